import { cosineLinear } from '../../../theorems/shared/instances.js';
import { theorem1 } from '../../../theorems/theorem-1/theorem-1.js';
import { userVerdicts } from '../../report/record/outcome.js';
import { boundClaim } from '../../theory/bounds/bound-claim.js';

const { cap: _, ...uncapped } = theorem1;

/** Somebody's theorem without a cap, of which they know that it cannot be proved on an instance. */
export const claim = boundClaim({
  id: 'uncapped',
  version: 1,
  theorem: uncapped,
  instances: [cosineLinear],
  iterations: { quick: [1, 4], standard: [], deep: [] },
  expected: userVerdicts,
  method: 'replicates',
});

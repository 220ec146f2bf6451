import { userVerdicts } from '../../report/record/outcome.js';
import { boundClaim } from '../../theory/bounds/bound-claim.js';
import { cosineLinear, spgmRate } from '../../theory/theorem/example-theorems.test.helper.js';

const { cap: _, ...uncapped } = spgmRate;

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

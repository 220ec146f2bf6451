import { loadClaims } from '../../src/claims/load-claims.js';
import type { StatefulClaim } from '../../src/judging/parts/stateful-claim.js';
import { statefulModules } from './stateful-modules.js';

/** The modules in `stateful/` by their paths from `properties` on: one for each algorithm with memory, with its rule in rationals and the claim that judges by it. */
export const statefulFiles = new Map(
  Object.entries(statefulModules).map(([name, load]) => [`algorithms/stateful/${name}`, load]),
);

/** The claims in them. */
export const loadStatefulClaims = (): Promise<readonly StatefulClaim[]> =>
  loadClaims((path) => statefulFiles.get(path)!(), [...statefulFiles.keys()]) as Promise<readonly StatefulClaim[]>;

import { readdirSync } from 'node:fs';
import { loadClaims } from '../../src/claims/load-claims.js';
import type { StatefulClaim } from '../../src/judging/parts/stateful-claim.js';

/** The files in `stateful/`, from `properties` on: one for each algorithm with memory, with its rule in rationals and the claim that judges by it. */
export const statefulFiles: readonly string[] = readdirSync(new URL('stateful/', import.meta.url))
  .filter((name) => /^(?!.*\.test\.).*\.js$/.test(name))
  .map((name) => `algorithms/stateful/${name.replace(/\.js$/, '')}`)
  .sort();

/** The claims in them. */
export const loadStatefulClaims = (): Promise<readonly StatefulClaim[]> =>
  loadClaims(new URL('../index.js', import.meta.url).href, statefulFiles) as Promise<readonly StatefulClaim[]>;

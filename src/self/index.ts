import { type ClaimModule, loadClaims } from '../claims/load-claims.js';

/** Claims about this copy of the suite: each plants errors in parts of it. */
export const selfModules: readonly ClaimModule[] = [
  ['statistics', 'self-statistics', 'self-alarms'],
  ['mathematics', 'self-constants', 'self-engines'],
  ['statistics', 'self-samplers', 'self-streams'],
  ['mathematics', 'self-judges', 'self-certificates'],
  ['answers', 'self-guard', 'self-verdicts'],
];

export const selfClaims = await loadClaims((path) => import(`./${path}.js`), selfModules);

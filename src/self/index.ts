import { loadClaims } from '../claims/load-claims.js';

/** Claims about this copy of the suite: the file of each, which is named by the id of the claim. */
export const selfFiles = [
  'self-statistics',
  'self-alarms',
  'self-constants',
  'self-engines',
  'self-samplers',
  'self-streams',
  'self-judges',
  'self-certificates',
  'self-guard',
  'self-verdicts',
];

export const selfClaims = await loadClaims(import.meta.url, selfFiles);

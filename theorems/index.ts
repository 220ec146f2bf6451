import { loadClaims } from '../src/claims/load-claims.js';
import { theoremModules } from './modules.js';

/** Claims about theorems, their proofs and counterexamples, in the order of the paper. */
export const theorems = await loadClaims((path) => import(`./${path}.js`), theoremModules);

/**
 * The paper that the suite began with: its two theorems and their sharpened forms as values, and the claims about them, their proofs and
 * counterexamples.
 *
 * @module signprox/paper
 */
import { loadClaims } from '../src/library/testing.js';
import { theoremModules } from './modules.js';

export {
  type BySetting,
  type FigureBand,
  type FigureImage,
  type FigureRecord,
  parseFigureRecord,
} from './experiments/figure-record.js';
export { report as paperReport } from './report/index.js';
export { theorem1 } from './theorem-1/theorem-1.js';
export { theorem1Sharp } from './theorem-1/theorem-1-sharp.js';
export { theorem2 } from './theorem-2/theorem-2.js';
export { theorem2Sharp } from './theorem-2/theorem-2-sharp.js';

/** Claims about theorems, their proofs and counterexamples, in the order of the paper. */
export const theorems = await loadClaims((path) => import(`./${path}.js`), theoremModules);

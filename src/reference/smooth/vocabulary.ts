// Written by `npm run generate`: one line for every file here that defines something.

export { cosine } from './cosine.js';
export { gemanMcClure } from './geman-mcclure.js';
export { smoothHuber } from './huber.js';
export { leastSquares } from './least-squares.js';
export { smoothLogCosh } from './log-cosh.js';
export { logisticRegression } from './logistic-regression.js';
export { phaseRetrieval } from './phase-retrieval.js';
export { piecewiseQuadratic } from './piecewise-quadratic.js';
export { smoothQuadratic } from './quadratic.js';
export { smoothZero } from './zero.js';

// One line a function: the registry, the parser, the listing and the tests of the vocabulary follow from here.
export { box } from './box.js';
export { proximalAverage } from './calculus/proximal-average.js';
export { elasticNet } from './elastic-net.js';
export { huber } from './huber.js';
export { l1 } from './l1.js';
export { l2Ball } from './l2-ball.js';
export { linear } from './linear.js';
export { logCosh } from './log-cosh.js';
export { nonnegative } from './nonnegative.js';
export { quadratic } from './quadratic.js';
export { simplex } from './simplex.js';
export { squaredL2 } from './squared-l2.js';
export { totalVariation2d } from './total-variation-2d.js';
export { zero } from './zero.js';

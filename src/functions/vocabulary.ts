// One line a function: the registry, the parser, the listing and the tests of the vocabulary follow from here.
export { proximalAverage } from './calculus/proximal-average.js';
export { l1 } from './l1.js';
export { linear } from './linear.js';
export { quadratic } from './quadratic.js';

export { blocks } from './blocks.js';
export { functionList, innerFunction } from './function.js';
export { count, fraction, nonzeroNumber, number, positiveNumber, weight } from './number.js';
export { optional } from './parameter.js';
export { matrix, semiOrthogonalMatrix } from './semi-orthogonal-matrix.js';
export { choice, flag, groups, shape } from './structure.js';
export { decreasingVector, numberOrVector, probabilities, vector } from './vector.js';

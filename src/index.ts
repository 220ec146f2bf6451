/**
 * The library behind the `signprox` command: functions with their proxes, problems with certified constants, algorithms, claims that judge
 * any implementation of them, and the statistics that decide. Each part can be imported alone, as `signprox/functions`,
 * `signprox/algorithms`, `signprox/claims`, `signprox/theorems`, `signprox/guard` and `signprox/statistics`. Apart from these there are
 * `signprox/exact`, rational arithmetic; `signprox/testing`, what claims are written with; `signprox/report`, what they add to reports; and
 * `signprox/paper`, the theorems of the paper.
 *
 * @module signprox
 */
export * from './library/algorithms.js';
export * from './library/claims.js';
export * as functions from './library/functions.js';
export * from './library/guard.js';
export * from './library/statistics.js';
export * from './library/theorems.js';
export * as smooth from './reference/smooth/index.js';

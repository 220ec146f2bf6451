// Arguments: spgm or sign-prox; kernel or reference. The problem is that of bench/c/monte-carlo.c.

import { referenceLeftSide } from '../../dist/src/theory/left-side/monte-carlo.js';
import { kernelLeftSide } from '../../dist/src/theory/left-side/monte-carlo-kernel.js';
import { theorem1 } from '../../dist/theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../dist/theorems/theorem-2/theorem-2.js';

const [algorithm, path] = process.argv.slice(2);
const [n, K, T] = [10, 20, 1000];
const vector = (length, entry) => Array.from({ length }, (_, i) => entry(i));
const curvature = vector(n, (i) => 0.5 + i / 10);
const theorem = algorithm === 'spgm' ? theorem1 : theorem2;
const schedule = theorem.schedule(T, {
  lipschitz: Math.max(...curvature),
  coordinateLipschitz: Float64Array.from(curvature),
});
const leftSide = (path === 'reference' ? referenceLeftSide : kernelLeftSide)(theorem, {
  problem: {
    smooth: { type: 'quadratic', curvature, center: vector(n, (i) => i / 7) },
    functions: vector(K, (k) => ({
      type: 'linear',
      coefficients: vector(n, (i) => (((k * 7 + i * 3) % 11) - 5) / 4),
    })),
    probabilities: vector(K, () => 1 / K),
  },
  start: vector(n, () => 1),
  iterations: T,
  ...{ seed: '1', check: 'bench', version: 1, signOfZero: 'zero' },
  ...schedule,
});
const [warm, replicates] = path === 'reference' ? [10, 50] : algorithm === 'spgm' ? [2000, 4000] : [200, 500];
let mean = 0;
for (let index = 0; index < warm; index++) leftSide(index);
const start = process.cpuUsage();
for (let index = 0; index < replicates; index++) mean += leftSide(index) / replicates;
const { user, system } = process.cpuUsage(start);
console.error(mean);
console.log((user + system) / 1e6 / replicates);

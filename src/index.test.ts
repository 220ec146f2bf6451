import test from 'ava';
import * as signprox from './index.js';

test('the library runs the paper: a problem, a step, signProx and the gradient mapping', (t) => {
  const problem = signprox.parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [
      { type: 'linear', coefficients: [1] },
      { type: 'linear', coefficients: [-1] },
    ],
    probabilities: [0.5, 0.5],
  });
  const visited: number[] = [];
  const end = signprox.runSignProx(problem, Float64Array.of(1), {
    ...{ step: 0.25, iterations: 4, miniBatch: 2 },
    // One of each: the noise cancels and x walks down by γ.
    indices: (_, indices) => indices.set([0, 1]),
    observer: (_, x) => visited.push(x[0]!),
  });
  t.deepEqual(visited, [1, 0.75, 0.5, 0.25, 0]);
  t.is(problem.at(0.25).gradientMapping(end)[0], 0);
});

test('the claims and the reference are exported', (t) => {
  t.true(signprox.properties.some(({ id }) => id === 'eq6-prox'));
  t.is(signprox.reference.reference, true);
});

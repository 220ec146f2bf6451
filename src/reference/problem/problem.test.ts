import test from 'ava';
import { parseFunction } from '../functions/index.js';
import { keyedStream } from '../sampling/keyed-stream.js';
import { parseSmooth } from '../smooth/index.js';
import { createProblem, parseProblem } from './create-problem.js';
import type { Problem, ProblemSpecification } from './problem.js';

const finding1: ProblemSpecification = {
  smooth: { type: 'zero' },
  functions: [
    { type: 'quadratic', curvature: 1, center: 1 },
    { type: 'quadratic', curvature: 3, center: -1 },
  ],
  probabilities: [0.5, 0.5],
};

const mixed: ProblemSpecification = {
  smooth: { type: 'geman-mcclure', weight: 2, scale: 0.5 },
  functions: [
    { type: 'l1', weight: 0.75 },
    { type: 'quadratic', curvature: [0.5, 2, 1], center: 0.25 },
    { type: 'linear', coefficients: [1, -2, 0.5] },
  ],
  probabilities: [0.5, 0.2, 0.3],
};

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-14): string | undefined {
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * (1 + Math.abs(expected[i]!));
    if (!(Math.abs(actual[i]! - expected[i]!) <= allowed)) return `entry ${i}: ${actual[i]} for ${expected[i]}`;
  }
  return undefined;
}

function points(dimension: number, count: number): Float64Array[] {
  const random = keyedStream('problem points');
  return Array.from({ length: count }, () => Float64Array.from({ length: dimension }, () => 6 * (random() - 0.5)));
}

/** Every batch of B indices below K. */
function batches(components: number, size: number): number[][] {
  if (size === 0) return [[]];
  return batches(components, size - 1).flatMap((batch) => Array.from({ length: components }, (_, k) => [...batch, k]));
}

const steps = [0.1, 0.7, 1, 3];

test('P_k minimises the linearised d plus r_k (7)', (t) => {
  const problem = parseProblem(mixed);
  const random = keyedStream('perturbations');
  for (const step of steps) {
    const at = problem.at(step);
    for (const x of points(3, 10)) {
      const gradient = problem.smooth.gradient(x);
      for (const [k, fn] of problem.functions.entries()) {
        const objective = (u: Float64Array) =>
          u.reduce((sum, ui, i) => sum + gradient[i]! * (ui - x[i]!) + (ui - x[i]!) ** 2 / (2 * step), fn.value(u));
        const image = at.proximalGradient(k, x);
        const least = objective(image);
        for (let trial = 0; trial < 20; trial++) {
          const size = 2 ** (-12 * random());
          const u = image.map((ui) => ui + size * (random() - 0.5));
          const away = u.reduce((sum, ui, i) => sum + (ui - image[i]!) ** 2, 0);
          // Strong convexity: a wrong step or component fails here.
          t.true(objective(u) >= least + (away / (2 * step)) * (1 - 1e-9) - 1e-12 * (1 + Math.abs(least)));
        }
      }
    }
  }
});

test('P is the expectation of P_k, and E[P̂] over all batches is P (8), (10)', (t) => {
  const problem = parseProblem(mixed);
  for (const step of steps) {
    const at = problem.at(step);
    for (const x of points(3, 5)) {
      const mean = at.mean(x);
      const expected = new Float64Array(3);
      problem.probabilities.forEach((theta, k) => {
        const image = at.proximalGradient(k, x);
        for (let i = 0; i < 3; i++) expected[i]! += theta * image[i]!;
      });
      t.is(assertNear(mean, expected), undefined);
      const overBatches = new Float64Array(3);
      const mapping = new Float64Array(3);
      for (const batch of batches(3, 3)) {
        const probability = batch.reduce((product, k) => product * problem.probabilities[k]!, 1);
        const image = at.miniBatch(batch, x);
        const slope = at.stochasticGradientMapping(batch, x);
        for (let i = 0; i < 3; i++) {
          overBatches[i]! += probability * image[i]!;
          mapping[i]! += probability * slope[i]!;
        }
      }
      t.is(assertNear(overBatches, mean), undefined);
      t.is(assertNear(mapping, at.gradientMapping(x)), undefined);
    }
  }
});

test('the γ-divided forms are (x − P)/γ and (x − P̂)/γ without the cancellation', (t) => {
  const problem = parseProblem(mixed);
  for (const step of steps) {
    const at = problem.at(step);
    for (const x of points(3, 10)) {
      const literal = (image: Float64Array) => x.map((xi, i) => (xi - image[i]!) / step);
      t.is(assertNear(at.gradientMapping(x), literal(at.mean(x)), 1e-13), undefined);
      const batch = [2, 0, 2, 1];
      t.is(assertNear(at.stochasticGradientMapping(batch, x), literal(at.miniBatch(batch, x)), 1e-13), undefined);
    }
  }
  // 1 − P(1) would be 0 in floating point.
  const tiny = parseProblem({ ...finding1, functions: [{ type: 'linear', coefficients: [1] }], probabilities: [1] });
  const at = tiny.at(2 ** -60);
  t.is(at.gradientMapping(Float64Array.of(1))[0], 1);
  t.is(at.mean(Float64Array.of(1))[0], 1);
});

test('counts and indices describe the same batch', (t) => {
  const at = parseProblem(mixed).at(0.7);
  for (const x of points(3, 5)) {
    const batch = [2, 0, 2, 2, 0];
    const counts = [2, 0, 3];
    t.is(assertNear(at.miniBatchFromCounts(counts, x), at.miniBatch(batch, x)), undefined);
    const slopes = at.stochasticGradientMappingFromCounts(counts, x);
    t.is(assertNear(slopes, at.stochasticGradientMapping(batch, x)), undefined);
  }
  const smooth = { type: 'quadratic', curvature: 1, center: 0 };
  const functions = [1, 2, 4].map((curvature) => ({ type: 'quadratic', curvature, center: 1 }));
  const problem = parseProblem({ smooth, functions, probabilities: [0.5, 0.25, 0.25] });
  const x = Float64Array.of(3);
  // 3 + (2·1·2 + 3·4·2)/5.
  t.is(problem.at(1).stochasticGradient({ counts: [2, 0, 3] }, x)[0], 8.6);
  t.is(problem.at(1).stochasticGradient([2, 0, 2, 2, 0], x)[0], 8.6);
});

test('on linear functions Ĝ is the plain mini-batch gradient, bit for bit', (t) => {
  const a = [0.7, -0.5, 0.9, -1.1];
  const problem = parseProblem({
    smooth: { type: 'zero' },
    functions: a.map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.25, 0.25, 0.25, 0.25],
  });
  const x = Float64Array.of(0.3);
  const sums = new Set<number>();
  for (const step of [1 / 6, ...steps]) {
    const at = problem.at(step);
    for (const batch of [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [0, 0, 3], [2], [1, 1, 1, 2, 2, 0, 3]]) {
      let sum = 0;
      for (const k of batch) sum += a[k]!;
      sums.add(sum);
      t.is(at.stochasticGradientMapping(batch, x)[0], sum / batch.length);
    }
  }
  // The first two batches are one batch in two orders: the order is part of the result.
  t.true(sums.has(0.7 - 0.5 + 0.9 - 1.1) && sums.has(-1.1 + 0.9 - 0.5 + 0.7));
  t.not(0.7 - 0.5 + 0.9 - 1.1, -1.1 + 0.9 - 0.5 + 0.7);
});

test('Ĝ adds the mean of the residuals to ∇d, as SGD code does', (t) => {
  const specification = { type: 'log-cosh', weight: 1.3, scale: 0.7 };
  const a = [0.1, 0.7, -0.4];
  const problem = parseProblem({
    smooth: specification,
    functions: a.map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.2, 0.3, 0.5],
  });
  for (const [xi] of points(1, 50)) {
    const x = Float64Array.of(xi!);
    const gradient = parseSmooth(specification).gradient(x)[0]!;
    t.is(problem.at(0.3).stochasticGradientMapping([0, 2, 1], x)[0], gradient + (0.1 - 0.4 + 0.7) / 3);
  }
});

test('results go into out, which may be x; x is left alone otherwise; dimensions may change between calls', (t) => {
  const at = parseProblem(finding1).at(0.7);
  const calls = [
    (x: Float64Array, out?: Float64Array) => at.proximalGradient(1, x, out),
    (x: Float64Array, out?: Float64Array) => at.mean(x, out),
    (x: Float64Array, out?: Float64Array) => at.miniBatch([0, 1, 1], x, out),
    (x: Float64Array, out?: Float64Array) => at.miniBatchFromCounts([1, 2], x, out),
    (x: Float64Array, out?: Float64Array) => at.gradientMapping(x, out),
    (x: Float64Array, out?: Float64Array) => at.stochasticGradientMapping([0, 1, 1], x, out),
    (x: Float64Array, out?: Float64Array) => at.stochasticGradientMappingFromCounts([1, 2], x, out),
  ];
  for (const call of calls) {
    for (const x of [...points(3, 1), ...points(1, 1)]) {
      const kept = x.slice();
      const expected = call(x);
      t.deepEqual(x, kept);
      const out = new Float64Array(x.length).fill(5);
      t.is(call(x, out), out);
      t.deepEqual(out, expected);
      t.is(call(x, x), x);
      t.deepEqual(x, expected);
      t.throws(() => call(kept, new Float64Array(x.length + 1)), { message: /out length is/ });
    }
  }
});

test('the objective is d plus the least Σθ_k r_k(u_k) + (1/2γ)Σθ_k(u_k − u)² over Σθ_k u_k = u (9)', (t) => {
  const problem = parseProblem({
    smooth: { type: 'cosine', weight: 1.5 },
    functions: [
      { type: 'l1', weight: 0.75 },
      { type: 'quadratic', curvature: 2, center: 0.5 },
    ],
    probabilities: [0.25, 0.75],
  });
  const [first, second] = problem.functions as [Problem['functions'][0], Problem['functions'][0]];
  for (const step of [0.1, 1, 3]) {
    const at = problem.at(step);
    for (const u of [-2, -0.4, 0, 0.3, 1.7]) {
      let least = Infinity;
      for (let j = -12288; j <= 12288; j++) {
        const u1 = j / 1024;
        const u2 = (u - 0.25 * u1) / 0.75;
        const spread = 0.25 * (u1 - u) ** 2 + 0.75 * (u2 - u) ** 2;
        const mean = 0.25 * first.value(Float64Array.of(u1)) + 0.75 * second.value(Float64Array.of(u2));
        least = Math.min(least, mean + spread / (2 * step));
      }
      const value = at.objective(Float64Array.of(u));
      const expected = 1.5 * (1 - Math.cos(u)) + least;
      t.true(value <= expected + 1e-12 && value >= expected - 1e-5, `${value}, ${expected}`);
    }
  }
});

test('P and f in one pass are P and f, whether or not d has its value with its gradient', (t) => {
  const data = [1, 2, 0, -1, 0.5, 3, 2, 1, 1, 0, -1, 2, 4, 1, -2];
  const phase = { type: 'phase-retrieval', matrix: { rows: 5, columns: 3, data }, intensities: [1, 0, 4, 2, 1] };
  for (const smooth of [phase, mixed.smooth]) {
    const at = parseProblem({ ...mixed, smooth }).at(0.1);
    for (const x of points(3, 5)) {
      const out = new Float64Array(3);
      const objective = at.meanAndObjective(x, out);
      t.deepEqual(out, at.mean(x));
      t.is(assertNear([objective], [at.objective(x)]), undefined);
    }
  }
});

test('the zero of G moves with the step: (a − b)/(a + b + 2γab)', (t) => {
  const problem = parseProblem(finding1);
  for (const step of [0.01, 0.1, 1, 3]) {
    const at = problem.at(step);
    const minimizer = (1 - 3) / (1 + 3 + 2 * step * 3);
    t.true(Math.abs(at.gradientMapping(Float64Array.of(minimizer))[0]!) < 1e-15);
    const least = at.objective(Float64Array.of(minimizer));
    for (const away of [-1, -0.01, 0.01, 1]) t.true(at.objective(Float64Array.of(minimizer + away)) > least);
    const { lower, upper } = at.infimum(1)!;
    t.true(lower <= least + 1e-14 && upper >= least - 1e-14 && upper - lower < 1e-9);
  }
  t.true(Math.abs(-2 / 10 + 0.2) < 1e-16 && problem.at(1).gradientMapping(Float64Array.of(-0.5))[0]! < -0.1);
});

test('a component of probability 0 takes no part in P, G and r', (t) => {
  const alone = parseProblem({ ...finding1, functions: [{ type: 'l1', weight: 2 }], probabilities: [1] });
  const withIdle = parseProblem({
    ...finding1,
    functions: [{ type: 'quadratic', curvature: 9, center: 9 }, ...alone.specification.functions],
    probabilities: [0, 1],
  });
  const x = Float64Array.of(1.3, -0.2);
  t.deepEqual(withIdle.at(0.5).mean(x), alone.at(0.5).mean(x));
  t.deepEqual(withIdle.at(0.5).gradientMapping(x), alone.at(0.5).gradientMapping(x));
  t.is(withIdle.at(0.5).objective(x), alone.at(0.5).objective(x));
  t.is(withIdle.at(0.5).constants(2).sigma, 0);
});

test('L is the largest over d and every r_k, and is absent when one has none', (t) => {
  const smooth = { type: 'quadratic', curvature: [1, 5], center: 0 };
  const problem = parseProblem({
    smooth,
    functions: [
      { type: 'quadratic', curvature: [4, 2], center: 0 },
      { type: 'linear', coefficients: [1, 1] },
    ],
    probabilities: [0.5, 0.5],
  });
  t.is(problem.dimension, 2);
  t.true(problem.separable);
  const coordinateConstants = Float64Array.of(4, 5);
  t.deepEqual(problem.lipschitz(2), {
    lipschitz: 5,
    coordinateLipschitz: coordinateConstants,
    majorant: coordinateConstants,
  });
  t.is(problem.at(1).constants(2).lipschitz, 5);
  t.is(parseProblem(finding1).lipschitz(1).lipschitz, 3);
  t.deepEqual(parseProblem(mixed).lipschitz(3), {});
  const coupled = parseProblem({
    smooth: { type: 'least-squares', matrix: { rows: 1, columns: 2, data: [3, 4] }, target: [1] },
    functions: [{ type: 'linear', coefficients: [1, 1] }],
    probabilities: [1],
  });
  t.false(coupled.separable);
  const { lipschitz, coordinateLipschitz } = coupled.lipschitz(2);
  t.true(lipschitz! >= 25 && lipschitz! < 25.01);
  t.is(coordinateLipschitz, undefined);
  t.is(coupled.at(1).infimum(2), undefined);
  const quartic = { type: 'phase-retrieval', matrix: { rows: 1, columns: 1, data: [1] }, intensities: [1] };
  t.deepEqual(parseProblem({ ...finding1, smooth: quartic }).lipschitz(1), {});
});

test('a problem survives JSON', (t) => {
  const problem = parseProblem(mixed);
  const again = parseProblem(JSON.parse(JSON.stringify(problem.specification)));
  t.deepEqual(again.specification, problem.specification);
  t.deepEqual(problem.specification, mixed);
});

test('the regulariser is the function whose prox P is: without d, P(x) = prox_{γr}(x)', (t) => {
  const at = parseProblem({ ...mixed, smooth: { type: 'zero' } }).at(0.7);
  t.is(at.regularizer, at.regularizer);
  for (const x of points(3, 5)) {
    t.is(assertNear(at.regularizer.prox(x, 0.7), at.mean(x)), undefined);
    t.is(at.objective(x), at.regularizer.value(x));
  }
});

test('constants and infima are computed once for a step', (t) => {
  const at = parseProblem(mixed).at(1);
  t.is(at.constants(3), at.constants(3));
  t.is(at.infimum(3), at.infimum(3));
});

const x = Float64Array.of(1, 2, 3);
const failures: [string, () => unknown, string][] = [
  [
    'no object',
    () => parseProblem([]),
    'problem: specification is []; allowed: an object with smooth, functions and probab',
  ],
  [
    'no functions',
    () => parseProblem({ smooth: { type: 'zero' } }),
    'problem: functions is missing; allowed: a non-empty',
  ],
  [
    'empty',
    () => parseProblem({ ...mixed, functions: [] }),
    'problem: functions is []; allowed: at least one function',
  ],
  ['bad smooth', () => parseProblem({ ...mixed, smooth: 3 }), 'smooth: smooth is 3; allowed: an object with a type'],
  [
    'nested',
    () => parseProblem({ ...mixed, functions: [{ type: 'l1', weight: -1 }] }),
    'l1: functions[0].weight is -1',
  ],
  ['θ sum', () => parseProblem({ ...mixed, probabilities: [0.5, 0.2, 0.2] }), 'numbers >= 0 that sum to 1'],
  ['θ < 0', () => parseProblem({ ...mixed, probabilities: [1, 0.5, -0.5] }), 'problem: probabilities[2] is -0.5'],
  ['θ NaN', () => parseProblem({ ...mixed, probabilities: [Number.NaN, 1, 0] }), 'problem: probabilities[0] is NaN'],
  [
    'θ length',
    () => parseProblem({ ...mixed, probabilities: [0.5, 0.5] }),
    'allowed: 3 numbers, one for each function',
  ],
  ['θ missing', () => parseProblem({ ...mixed, probabilities: undefined }), 'problem: probabilities is missing'],
  [
    'dimensions',
    () => parseProblem({ ...mixed, smooth: { type: 'quadratic', curvature: [1, 2], center: 0 } }),
    'problem: dimension of functions[1] is 3; allowed: 2',
  ],
  [
    'non-convex',
    () =>
      createProblem({
        smooth: parseSmooth({ type: 'zero' }),
        functions: [{ ...parseFunction({ type: 'l1', weight: 1 }), type: 'l0', convex: false }],
        probabilities: [1],
      }),
    'problem: functions[0] is "l0"; allowed: a convex function',
  ],
  ['step 0', () => parseProblem(mixed).at(0), 'problem: step is 0; allowed: a finite number > 0'],
  ['step < 0', () => parseProblem(mixed).at(-1), 'problem: step is -1; allowed: a finite number > 0'],
  ['step NaN', () => parseProblem(mixed).at(Number.NaN), 'problem: step is NaN; allowed: a finite number > 0'],
  ['step ∞', () => parseProblem(mixed).at(Infinity), 'problem: step is Infinity; allowed: a finite number > 0'],
  [
    'x NaN',
    () =>
      parseProblem(mixed)
        .at(1)
        .mean(Float64Array.of(1, Number.NaN, 0)),
    'problem: x[1] is NaN; allowed: a f',
  ],
  [
    'x ∞',
    () =>
      parseProblem(mixed)
        .at(1)
        .objective(Float64Array.of(1, 1, -Infinity)),
    'problem: x[2] is -Infinity',
  ],
  ['x length', () => parseProblem(mixed).at(1).mean(Float64Array.of(1)), 'problem: x length is 1; allowed: 3'],
  [
    'x empty',
    () => parseProblem(finding1).at(1).mean(new Float64Array(0)),
    'problem: x is []; allowed: at least one entry',
  ],
  [
    'component',
    () => parseProblem(mixed).at(1).proximalGradient(3, x),
    'component is 3; allowed: an integer from 0 to 2',
  ],
  [
    'index',
    () => parseProblem(mixed).at(1).miniBatch([0, 1.5], x),
    'indices[1] is 1.5; allowed: an integer from 0 to 2',
  ],
  ['index < 0', () => parseProblem(mixed).at(1).stochasticGradientMapping([-1], x), 'problem: indices[0] is -1'],
  ['no index', () => parseProblem(mixed).at(1).miniBatch([], x), 'problem: indices is []; allowed: at least one index'],
  [
    'counts',
    () => parseProblem(mixed).at(1).miniBatchFromCounts([1, 2], x),
    'counts length is 2; allowed: 3, one for each',
  ],
  [
    'count',
    () => parseProblem(mixed).at(1).miniBatchFromCounts([1, 2, -1], x),
    'counts[2] is -1; allowed: an integer >= 0',
  ],
  ['no draw', () => parseProblem(mixed).at(1).stochasticGradientMappingFromCounts([0, 0, 0], x), 'at least one draw'],
  ['dimension', () => parseProblem(mixed).at(1).infimum(2), 'problem: dimension is 2; allowed: 3'],
  ['dimension 0', () => parseProblem(finding1).at(1).constants(0), 'problem: dimension is 0; allowed: an integer >= 1'],
];
for (const [name, call, message] of failures) {
  test(`bad input: ${name}`, (t) => {
    const error = t.throws(call, { name: 'ParameterError' });
    t.true(error.message.includes(message), error.message);
    t.false(error.message.includes('\n'));
  });
}

test('constants are those of the dimension, the smaller majorant, and by coordinate only where f is separable', (t) => {
  const at = parseProblem({
    smooth: { type: 'quadratic', curvature: 2, center: 0 },
    functions: [{ type: 'huber', weight: 1, threshold: 1 }],
    probabilities: [1],
  }).at(1);
  t.deepEqual(
    [2, 3, 2].map((n) => at.constants(n).coordinateLipschitz!.length),
    [2, 3, 2],
  );
  // AᵀA = diag(1, 9): its own row sums are below 9 = L in both coordinates.
  const matrix = { rows: 2, columns: 2, data: [1, 0, 0, 3] };
  const diagonal = parseProblem({
    smooth: { type: 'least-squares', matrix, target: [0, 0] },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  });
  const { majorant } = diagonal.lipschitz(2);
  t.true(Math.abs(majorant![0]! - 1) < 1e-9 && Math.abs(majorant![1]! - 9) < 1e-9, `${majorant}`);
  const { coordinate: _, ...coupled } = parseSmooth({ type: 'quadratic', curvature: 2, center: 0 });
  const own = createProblem({ smooth: coupled, functions: [parseFunction({ type: 'zero' })], probabilities: [1] });
  t.false(own.separable);
  t.is(own.lipschitz(2).coordinateLipschitz, undefined);
});

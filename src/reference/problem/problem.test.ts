import test from 'ava';
import { valueLipschitzOf } from '../../theory/theorem/objective-constants.js';
import { parseFunction, registry } from '../functions/index.js';
import { keyedStream } from '../sampling/keyed-stream.js';
import { parseSmooth } from '../smooth/index.js';
import { createProblem, parseProblem } from './create-problem.js';
import type { ProblemSpecification } from './problem.js';

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

test('a subgradient is ∇d plus the shortest subgradient of r_γ, also at a kink', (t) => {
  const at = (functions: readonly object[], x: number, curvature = 2) =>
    parseProblem({
      smooth: { type: 'quadratic', curvature, center: 0 },
      functions: functions.map((fn) => ({ type: 'zero', ...fn })),
      probabilities: functions.map(() => 1 / functions.length),
    })
      .at(0.5)
      .subgradient(Float64Array.of(x))[0];
  const kink = { type: 'l1', weight: 3 };
  for (const x of [1, 2 ** -200, 1e12]) {
    t.is(at([kink], x), 2 * x + 3);
    t.is(at([kink], -x), -2 * x - 3);
  }
  t.is(at([kink], 0), 0);
  t.is(at([{ type: 'tilted', slope: [5], inner: kink }], 0), 2, '5 − 3');
  t.is(at([{ type: 'pinball', weight: 1, quantile: 0.25 }], -1), -2.75);
  t.is(at([{ type: 'huber', weight: 1, threshold: 1 }], 0.5), 1.5);
  // r_γ of ±x is 0: its slope is the mean of 1 and −1.
  t.is(
    at(
      [
        { type: 'linear', coefficients: [1] },
        { type: 'linear', coefficients: [-1] },
      ],
      4,
    ),
    8,
  );
});

test('of every function a subgradient lies below it, or none is given; and M bounds its slopes', (t) => {
  let checked = 0;
  for (const [type, { definition }] of registry) {
    if (definition.traits.convex === 'no') continue;
    for (const parameters of definition.examples) {
      const r = parseFunction({ type, ...parameters });
      if (!r.convex) continue;
      const problem = parseProblem({
        smooth: { type: 'zero' },
        functions: [{ type, ...parameters }],
        probabilities: [1],
      });
      const at = problem.at(1);
      const dimension = r.dimension ?? 3;
      const drawn = points(dimension, 40);
      if (r.accuracy !== undefined) {
        t.throws(() => at.subgradient(drawn[0]!), { instanceOf: TypeError, message: /iterative prox/ }, type);
        continue;
      }
      const M = valueLipschitzOf(problem, dimension) ?? Number.POSITIVE_INFINITY;
      for (const [k, x] of drawn.slice(1).entries()) {
        const [y, slope, value] = [drawn[k]!, at.subgradient(x), r.value(x)];
        if (value === Number.POSITIVE_INFINITY) continue;
        const way = y.map((entry, i) => entry - x[i]!);
        const rise = way.reduce((sum, entry, i) => sum + entry * slope[i]!, 0);
        t.true(r.value(y) >= value + rise - 1e-8 * (1 + Math.abs(value) + Math.abs(rise)), `${type} from ${x} to ${y}`);
        t.true(Math.abs(r.value(y) - value) <= M * Math.hypot(...way) * (1 + 1e-12), `M = ${M} of ${type}`);
        checked++;
      }
    }
  }
  t.true(checked > 1000);
});

test('results go into out, which may be x; x is left alone otherwise; dimensions may change between calls', (t) => {
  const at = parseProblem(finding1).at(0.7);
  const calls = [
    (x: Float64Array, out?: Float64Array) => at.proximalGradient(1, x, out),
    (x: Float64Array, out?: Float64Array) => at.mean(x, out),
    (x: Float64Array, out?: Float64Array) => at.miniBatch([0, 1, 1], x, out),
    (x: Float64Array, out?: Float64Array) => at.miniBatchFromCounts([1, 2], x, out),
    (x: Float64Array, out?: Float64Array) => at.gradientMapping(x, out),
    (x: Float64Array, out?: Float64Array) => at.subgradient(x, out),
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
const parse = (change: object) => () => parseProblem({ ...mixed, ...change });
const vectors = parseProblem(mixed);
const at = vectors.at(1);
const ofAnyLength = parseProblem(finding1).at(1);
const notConvex = {
  smooth: parseSmooth({ type: 'zero' }),
  functions: [{ ...parseFunction({ type: 'l1', weight: 1 }), type: 'l0', convex: false }],
  probabilities: [1],
};
const failures: [message: string, call: () => unknown][] = [
  ['problem: specification is []; allowed: an object with smooth, functions and probab', () => parseProblem([])],
  ['problem: functions is missing; allowed: a non-empty', () => parseProblem({ smooth: { type: 'zero' } })],
  ['problem: functions is []; allowed: at least one function', parse({ functions: [] })],
  ['smooth: smooth is 3; allowed: an object with a type', parse({ smooth: 3 })],
  ['l1: functions[0].weight is -1', parse({ functions: [{ type: 'l1', weight: -1 }] })],
  ['numbers >= 0 that sum to 1', parse({ probabilities: [0.5, 0.2, 0.2] })],
  ['problem: probabilities[2] is -0.5', parse({ probabilities: [1, 0.5, -0.5] })],
  ['problem: probabilities[0] is NaN', parse({ probabilities: [Number.NaN, 1, 0] })],
  ['allowed: 3 numbers, one for each function', parse({ probabilities: [0.5, 0.5] })],
  ['problem: probabilities is missing', parse({ probabilities: undefined })],
  [
    'problem: dimension of functions[1] is 3; allowed: 2',
    parse({ smooth: { type: 'quadratic', curvature: [1, 2], center: 0 } }),
  ],
  ['problem: functions[0] is "l0"; allowed: a convex function', () => createProblem(notConvex)],
  ...[0, -1, Number.NaN, Infinity].map((step): [string, () => unknown] => [
    `problem: step is ${step}; allowed: a finite number > 0`,
    () => vectors.at(step),
  ]),
  ['problem: x[1] is NaN; allowed: a f', () => at.mean(Float64Array.of(1, Number.NaN, 0))],
  ['problem: x[2] is -Infinity', () => at.objective(Float64Array.of(1, 1, -Infinity))],
  ['problem: x length is 1; allowed: 3', () => at.mean(Float64Array.of(1))],
  ['problem: x is []; allowed: at least one entry', () => ofAnyLength.mean(new Float64Array(0))],
  ['component is 3; allowed: an integer from 0 to 2', () => at.proximalGradient(3, x)],
  ['indices[1] is 1.5; allowed: an integer from 0 to 2', () => at.miniBatch([0, 1.5], x)],
  ['problem: indices[0] is -1', () => at.stochasticGradientMapping([-1], x)],
  ['problem: indices is []; allowed: at least one index', () => at.miniBatch([], x)],
  ['counts length is 2; allowed: 3, one for each', () => at.miniBatchFromCounts([1, 2], x)],
  ['counts[2] is -1; allowed: an integer >= 0', () => at.miniBatchFromCounts([1, 2, -1], x)],
  ['at least one draw', () => at.stochasticGradientMappingFromCounts([0, 0, 0], x)],
  ['problem: dimension is 2; allowed: 3', () => at.infimum(2)],
  ['problem: dimension is 0; allowed: an integer >= 1', () => ofAnyLength.constants(0)],
];
for (const [message, call] of failures) {
  test(`bad input: ${message}`, (t) => {
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

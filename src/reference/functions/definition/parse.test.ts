import test from 'ava';
import { conjugate, l0, l1, moreauEnvelope, parseFunction, proximalAverage, totalVariation2d } from '../index.js';
import { describeValue } from './arguments.js';
import { rememberRecent } from './parse.js';

const l1Json = { type: 'l1', weight: 1 };
const average = (probabilities: unknown, functions: unknown = [l1Json, l1Json]): unknown => ({
  type: 'proximal-average',
  functions,
  probabilities,
  step: 1,
});
const grouped = (groups: unknown): unknown => ({ type: 'group-l2', weight: 1, groups });
/** A function behind the matrix of these entries, row by row. */
const transformed = (rows: number, data: readonly unknown[], inner: unknown = l1Json): unknown => ({
  type: 'semi-orthogonal',
  matrix: { rows, columns: data.length / rows, data },
  inner,
});
const sum = (...blocks: unknown[]): unknown => ({ type: 'separable-sum', blocks });

const rejected: [json: unknown, message: RegExp][] = [
  [undefined, /^function: specification is missing; allowed: an object with a type$/],
  [[l1Json], /^function: specification is \[\{"type":"l1","weight":1\}\]; allowed/],
  [{ weight: 1 }, /^function: type is missing; allowed: one of .*l1.*$/],
  [{ type: 'l7' }, /^function: type is "l7"; allowed: one of .*quadratic.*$/],
  [{ type: 'l1' }, /^l1: weight is missing; allowed: a finite number >= 0$/],
  [{ type: 'l1', weight: -1 }, /^l1: weight is -1; allowed: a finite number >= 0$/],
  [{ type: 'l1', weight: Number.NaN }, /^l1: weight is NaN; /],
  [{ type: 'l1', weight: 'Infinity' }, /^l1: weight is "Infinity"; /],
  [{ type: 'l1', weight: 1, lambda: 2 }, /^l1: lambda is 2; allowed: no such parameter, l1 takes weight$/],
  [{ type: 'zero', weight: 1 }, /^zero: weight is 1; allowed: no such parameter, zero takes no parameters$/],
  [{ type: 'huber', weight: 1, threshold: 0 }, /^huber: threshold is 0; allowed: a finite number > 0$/],
  [{ type: 'linear', coefficients: [] }, /^linear: coefficients is \[\]; allowed: a non-empty array/],
  [{ type: 'linear', coefficients: 3 }, /^linear: coefficients is 3; allowed: a non-empty array/],
  [{ type: 'linear', coefficients: [1, 'a'] }, /^linear: coefficients\[1\] is "a"; allowed: a finite number$/],
  [
    { type: 'quadratic', curvature: [1, -2], center: 0 },
    /^quadratic: curvature\[1\] is -2; allowed: a finite number >= 0$/,
  ],
  [
    { type: 'quadratic', curvature: [1, 2], center: [1] },
    /^quadratic: length of center is 1; allowed: 2, the length of curvature$/,
  ],
  [{ type: 'box', lower: 2, upper: 1 }, /^box: upper is 1; allowed: > -Infinity and >= lower \(2\)$/],
  [{ type: 'box', lower: [0, 2], upper: 1 }, /^box: upper\[1\] is 1; allowed: .*>= lower \(2\)$/],
  [{ type: 'box', lower: 'Infinity', upper: 'Infinity' }, /^box: lower is Infinity; allowed: less than Infinity$/],
  [{ type: 'box', lower: '-Infinity', upper: '-Infinity' }, /^box: upper is -Infinity; /],
  [
    { type: 'box', lower: 'low', upper: 1 },
    /^box: lower is "low"; allowed: a number or ±Infinity, or a non-empty array of them$/,
  ],
  [
    { type: 'total-variation-2d', weight: 1, shape: [2], variant: 'isotropic' },
    /^total-variation-2d: shape is \[2\]; allowed: \[rows, columns\]/,
  ],
  [{ type: 'total-variation-2d', weight: 1, shape: [2, 1.5], variant: 'isotropic' }, /shape is \[2,1.5\]; /],
  [
    { type: 'total-variation-2d', weight: 1, shape: [2, 2], variant: 'both' },
    /variant is "both"; allowed: "isotropic" or "anisotropic"$/,
  ],
  [
    { type: 'total-variation-2d', weight: 1, shape: [2, 2], variant: 'isotropic', warmStart: 1 },
    /warmStart is 1; allowed: true or false$/,
  ],
  [{ type: 'scaled', factor: 0, inner: l1Json }, /^scaled: factor is 0; allowed: a finite number > 0$/],
  [{ type: 'scaled', factor: 1 }, /^scaled: inner is missing; allowed: a function of the vocabulary$/],
  [{ type: 'scaled', factor: 1, inner: 3 }, /^function: inner is 3; allowed: an object with a type$/],
  [{ type: 'scaled', factor: 1, inner: { type: 'l1', weight: -2 } }, /^l1: inner.weight is -2; allowed/],
  [{ type: 'scaled', factor: 1, inner: { type: 'lp' } }, /^function: inner.type is "lp"; allowed/],
  [
    { type: 'tilted', slope: [1, 2], inner: { type: 'linear', coefficients: [1] } },
    /^tilted: length of inner is 1; allowed: 2, the length of slope$/,
  ],
  [
    { type: 'conjugate', inner: { type: 'total-variation-2d', weight: 1, shape: [2, 2], variant: 'isotropic' } },
    /^conjugate: inner is "total-variation-2d"; allowed: a function whose conjugate is known$/,
  ],
  [average([0.5, 0.6]), /^proximal-average: probabilities is \[0.5,0.6\]; allowed: .* sum to 1, not to 1.1$/],
  [average([1.5, -0.5]), /^proximal-average: probabilities\[1\] is -0.5; allowed: a finite number >= 0$/],
  [average([1]), /^proximal-average: length of probabilities is 1; allowed: 2, one per function$/],
  [average([1], []), /^proximal-average: functions is \[\]; allowed: a non-empty array of functions/],
  [average([1], l1Json), /^proximal-average: functions is \{"type":"l1","weight":1\}; allowed/],
  [average([0.5, 0.5], [l1Json, { type: 'l1', weight: '1' }]), /^l1: functions\[1\].weight is "1"; allowed/],
  [sum(), /^separable-sum: blocks is \[\]; allowed: a non-empty array of/],
  [sum(3), /^separable-sum: blocks\[0\].length is missing; allowed: an integer >= 1$/],
  [sum({ length: 0, function: l1Json }), /^separable-sum: blocks\[0\].length is 0; /],
  [
    sum({ length: 1, function: l1Json, weight: 2 }),
    /^separable-sum: blocks\[0\].weight is 2; allowed: no such entry, only length, function$/,
  ],
  [
    sum({ length: 2, function: { type: 'linear', coefficients: [1] } }),
    /^separable-sum: blocks\[0\].length is 2; allowed: 1, the dimension/,
  ],
  [sum({ length: 1, function: { type: 'l1', weight: null } }), /^l1: blocks\[0\].function.weight is null; allowed/],
  [{ type: 'entropy', weight: 0 }, /^entropy: weight is 0; allowed: a finite number > 0$/],
  [
    { type: 'hyperplane', normal: [0, 0], offset: 1 },
    /^hyperplane: normal is \[0,0\]; allowed: a vector with an entry other/,
  ],
  [{ type: 'halfspace', normal: [0], offset: 1 }, /^halfspace: normal is \[0\]; allowed/],
  [
    { type: 'affine-set', matrix: { rows: 2, columns: 1, data: [1, 2] }, target: [1, 2] },
    /^affine-set: matrix.rows is 2; allowed: at most 1, the columns$/,
  ],
  [
    { type: 'affine-set', matrix: { rows: 2, columns: 2, data: [0.1, 0.3, 0.2, 0.6] }, target: [1, 2] },
    /^affine-set: row 1 of matrix is "a combination of those before"; allowed: independent rows$/,
  ],
  [
    { type: 'affine-set', matrix: { rows: 1, columns: 2, data: [0, 0] }, target: [0] },
    /^affine-set: row 0 of matrix is /,
  ],
  [
    { type: 'least-squares-loss', weight: 1, matrix: { rows: 1, columns: 2, data: [1, 0] }, target: [1, 2] },
    /^least-squares-loss: target length is 2; allowed: 1, the number of rows of matrix$/,
  ],
  [
    { type: 'least-squares-loss', weight: 1, matrix: { rows: 1, columns: 2, data: [1] }, target: [1] },
    /^least-squares-loss: matrix.data length is 1; allowed: 2, rows \* columns$/,
  ],
  [{ type: 'l0-ball', sparsity: 1.5 }, /^l0-ball: sparsity is 1.5; allowed: an integer >= 1$/],
  [{ type: 'sphere', radius: -1 }, /^sphere: radius is -1; allowed: a finite number >= 0$/],
  [{ type: 'pinball', weight: 1, quantile: 1.25 }, /^pinball: quantile is 1.25; allowed: a number >= 0 and <= 1$/],
  [{ type: 'sum-largest', weight: 1, count: 0 }, /^sum-largest: count is 0; allowed: an integer >= 1$/],
  [{ type: 'capped-simplex', total: 0 }, /^capped-simplex: total is 0; allowed: a finite number > 0$/],
  [
    { type: 'precomposed', factor: 0, inner: l1Json },
    /^precomposed: factor is 0; allowed: a finite number other than 0$/,
  ],
  [
    { type: 'regularized', weight: 1, center: [1, 2], inner: { type: 'linear', coefficients: [1] } },
    /^regularized: length of inner is 1; allowed: 2, the length of center$/,
  ],
  [grouped([]), /^group-l2: groups is \[\]; allowed: a non-empty array of non-empty arrays of indices/],
  [grouped([[0], []]), /^group-l2: groups\[1\] is \[\]; allowed: a non-empty array of indices$/],
  [grouped([0]), /^group-l2: groups\[0\] is 0; allowed: a non-empty array of indices$/],
  [grouped([[0, -1]]), /^group-l2: groups\[0\]\[1\] is -1; allowed: an integer >= 0$/],
  [grouped([[0], [1, 0]]), /^group-l2: groups\[1\]\[1\] is 0; allowed: an index that no group has yet$/],
  [grouped([[0], [2]]), /^group-l2: groups is \[\[0\],\[2\]\]; allowed: every index 0 ... n - 1, 1 included$/],
  [
    { type: 'weighted-group-l2', groupWeights: [1, 2, 3], groups: [[0, 2], [1]] },
    /^weighted-group-l2: length of groupWeights is 3; allowed: 2, one per group$/,
  ],
  [
    { type: 'complex-group-l2', weight: 1, groups: [[0, 2], [1]] },
    /^complex-group-l2: groups is \[\[0,2\],\[1\]\]; allowed: groups that hold both 0 and 1, the parts of one number$/,
  ],
  [
    { type: 'real-part-box', lower: 1, upper: 0 },
    /^real-part-box: upper is 0; allowed: > -Infinity and >= lower \(1\), which is less than Infinity$/,
  ],
  [{ type: 'scad', weight: 1, concavity: 2 }, /^scad: concavity is 2; allowed: a finite number > 2$/],
  [
    { type: 'sorted-l1', weights: [1, 0.5, 0.75] },
    /^sorted-l1: weights\[2\] is 0.75; allowed: at most 0.5, the entry before$/,
  ],
  [{ type: 'sorted-l1', weights: [1, -1] }, /^sorted-l1: weights\[1\] is -1; allowed: a finite number >= 0$/],
  [
    transformed(2, [1, 1]),
    /^semi-orthogonal: matrix.rows is 2; allowed: at most 1, the columns: W Wᵀ = νI and not WᵀW = νI$/,
  ],
  [transformed(1, [0, 0]), /^semi-orthogonal: matrix of squared row length is 0; allowed: a finite number > 0$/],
  [transformed(1, [2 ** 600]), /^semi-orthogonal: matrix of squared row length is Infinity; /],
  [
    transformed(2, [1, 1, 1, 0]),
    /^semi-orthogonal: matrix: product of rows 0 and 0 is 2; allowed: 1.5 to rounding, so that W Wᵀ = νI$/,
  ],
  [
    transformed(2, [1, 1, -1, 1.0001, 1, 0.9999]),
    /^semi-orthogonal: matrix: product of rows 0 and 0 is 3; allowed: 3.0000/,
  ],
  [transformed(2, [1, 2 ** -44, 0, 1]), /product of rows 0 and 1 is 5.68.*e-14; allowed: 0 to rounding/],
  [
    transformed(1, [1, 1], { type: 'linear', coefficients: [1, 2] }),
    /^semi-orthogonal: length of inner is 2; allowed: 1, the rows of matrix$/,
  ],
  [{ type: 'nuclear-norm', weight: 1, shape: [2, 0] }, /^nuclear-norm: shape is \[2,0\]; allowed: \[rows, columns\]/],
];

for (const [json, message] of rejected) {
  test(`rejected: ${describeValue(json)} ${message}`, (t) => {
    const error = t.throws(() => parseFunction(json), { name: 'ParameterError', instanceOf: RangeError, message });
    t.false(error?.message.includes('\n'));
  });
}

test('a path in a larger document prefixes the names', (t) => {
  t.throws(() => parseFunction({ type: 'l1', weight: -1 }, 'problem.functions[2]'), {
    message: /^l1: problem\.functions\[2\]\.weight is -1/,
  });
});

test('factories reject what only JSON may hold: a specification in place of a function', (t) => {
  t.throws(() => conjugate({ inner: l1Json }), {
    message: /^conjugate: inner is .*; allowed: a function of the vocabulary$/,
  });
  t.throws(() => l1(undefined as never), { message: /^l1: parameters is missing; allowed: an object with weight$/ });
});

test('averages, envelopes and conjugates need convex functions', (t) => {
  const inner = l0({ weight: 1 });
  const message = /is "l0"; allowed: a convex function$/;
  t.throws(() => conjugate({ inner }), { message });
  t.throws(() => moreauEnvelope({ inner, smoothing: 1 }), { message });
  t.throws(() => proximalAverage({ functions: [inner], probabilities: [1], step: 1 }), { message });
});

test('parameters are copied, and optional ones appear in JSON only when they differ from the default', (t) => {
  const coefficients = Float64Array.of(1, 2);
  const linear = parseFunction({ type: 'linear', coefficients });
  coefficients[0] = 9;
  t.is(linear.value(Float64Array.of(1, 0)), 1);
  const required = { weight: 1, shape: [2, 2] as const, variant: 'isotropic' as const };
  t.deepEqual(totalVariation2d({ ...required, accuracy: 1e-6 }).parameters, required);
  t.deepEqual(totalVariation2d({ ...required, accuracy: 1e-5 }).parameters, { ...required, accuracy: 1e-5 });
});

test('values in messages are short and on one line', (t) => {
  t.is(describeValue(-0), '-0');
  t.is(
    describeValue(() => 1),
    'a function',
  );
  t.is(describeValue([1, Number.NaN]), '[1,"NaN"]');
  t.is(describeValue(Float64Array.of(1, Number.NaN)), '[1,NaN]');
  t.is(describeValue(Symbol.iterator), 'Symbol(Symbol.iterator)');
  t.true(describeValue(new Array(1000).fill(1)).length < 100);
});

test('results of the last objects are kept, older ones are made again', (t) => {
  const made: object[] = [];
  const remembered = rememberRecent((key: object) => {
    made.push(key);
    return { key };
  }, 2);
  const [a, b, c] = [{}, {}, {}];
  const first = remembered(a);
  t.is(remembered(a), first);
  t.is(remembered(b).key, b);
  t.is(remembered(a), first);
  t.is(remembered(c).key, c);
  t.is(remembered(b).key, b);
  t.deepEqual(made, [a, b, c]);
  t.not(remembered(a), first);
  t.deepEqual(made, [a, b, c, a]);
});

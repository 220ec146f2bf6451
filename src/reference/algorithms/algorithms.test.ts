import test from 'ava';
import { box, l1, linear, quadratic } from '../functions/index.js';
import { createProblem } from '../problem/create-problem.js';
import type { Problem } from '../problem/problem.js';
import { categoricalSampler } from '../sampling/categorical.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import { smoothQuadratic, smoothZero } from '../smooth/index.js';
import { type AlgorithmName, type RunOptions, signConventions } from './algorithm.js';
import { gradientDescentStep, runGradientDescent } from './gradient-descent.js';
import { runAlgorithm, takeStep } from './iteration.js';
import { algorithms } from './registry.js';
import { runSgd, sgdStep } from './sgd.js';
import { signOf } from './sign.js';
import { runSignProx, signProxStep } from './sign-prox.js';
import { runSignSgd, signSgdStep } from './sign-sgd.js';
import { runSpgm, spgmStep } from './spgm.js';

const vector = (...entries: number[]) => Float64Array.from(entries);
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-14) =>
  a.length === b.length && Array.from(a).every((value, i) => Math.abs(value - b[i]!) <= tolerance);

/** d = ½Σ a_i(x_i − c_i)² and r_k = ½b(u − s_k)²: everything about it is a short formula, written out below. */
const [a, c, b] = [vector(0.5, 2), vector(1, -1), 0.75];
const centers = [vector(2, 0), vector(-1, 3), vector(0.5, 0.25)];
const probabilities = [0.5, 0.2, 0.3];
const quadratics = createProblem({
  smooth: smoothQuadratic({ curvature: a, center: c }),
  functions: centers.map((center) => quadratic({ curvature: b, center })),
  probabilities,
});
const step = 0.3;
const x = vector(0.4, -0.7);
const indices = [2, 0, 0, 1, 2, 2, 0, 0];
const counts = [4, 1, 3];

test('the printed form of SPGM keeps the iterate in the set', (t) => {
  const problem = createProblem({
    smooth: smoothQuadratic({ curvature: 1, center: 10 }),
    functions: [box({ lower: 0, upper: 0.1 })],
    probabilities: [1],
  });
  const run = runSpgm(problem, vector(0.05), { step: 0.3, iterations: 5, miniBatch: 1, seed: '1' });
  t.deepEqual(run, vector(0.1));
});

test('sgn(0) follows the convention, and only 0 does', (t) => {
  const never = () => {
    throw new Error('read');
  };
  for (const convention of signConventions) {
    t.is(signOf(5e-324, convention, never), 1);
    t.is(signOf(-5e-324, convention, never), -1);
    t.is(signOf(Number.NaN, convention, never), Number.NaN);
  }
  for (const zero of [0, -0]) {
    t.is(signOf(zero, 'zero', never), 0);
    t.is(signOf(zero, 'positive', never), 1);
    t.is(signOf(zero, 'negative', never), -1);
    t.is(
      signOf(zero, 'random', () => 0.49),
      -1,
    );
    t.is(
      signOf(zero, 'random', () => 0.5),
      1,
    );
  }
  // At the common zero of ∇f̂ and Ĝ every convention shows in the iterate.
  const at = createProblem({
    smooth: smoothZero({}),
    functions: [l1({ weight: 1 })],
    probabilities: [1],
  }).at(0.5);
  const zero = vector(0);
  for (const form of ['residual', 'literal'] as const) {
    t.deepEqual(signProxStep(at, zero, [0], { form }), vector(0));
    t.deepEqual(signProxStep(at, zero, [0], { form, signOfZero: 'positive' }), vector(-0.5));
    t.deepEqual(signProxStep(at, zero, [0], { form, signOfZero: 'negative' }), vector(0.5));
    t.deepEqual(signProxStep(at, zero, [0], { form, signOfZero: 'random', random: () => 0 }), vector(0.5));
    t.throws(() => signProxStep(at, zero, [0], { form, signOfZero: 'random' }), { message: /^random/ });
  }
});

test('a random sign of zero in a run comes from the seed and takes both values', (t) => {
  const problem = createProblem({
    smooth: smoothZero({}),
    functions: [linear({ coefficients: new Float64Array(64) })],
    probabilities: [1],
  });
  const run = (seed: string) =>
    runSignProx(problem, new Float64Array(64), { step: 1, iterations: 1, miniBatch: 1, seed, signOfZero: 'random' });
  t.deepEqual(run('a'), run('a'));
  t.notDeepEqual(run('a'), run('b'));
  t.deepEqual([...new Set(run('a'))].sort(), [-1, 1]);
});

test('a run is its steps one after the other, and tells the observer of every iterate', (t) => {
  const options = { step, iterations: 5, miniBatch: 3, seed: 'run' } as const;
  const random = keyedStream(streamKey('run', 'mini-batch', 1, 0));
  const sample = categoricalSampler(probabilities);
  const batches = Array.from({ length: 5 }, () => {
    const batch = new Int32Array(3);
    sample(random, batch);
    return batch;
  });
  const at = quadratics.at(step);
  for (const [name, run, stepOf] of [
    ['sgd', runSgd, sgdStep],
    ['sign-sgd', runSignSgd, signSgdStep],
    ['spgm', runSpgm, spgmStep],
    ['sign-prox', runSignProx, signProxStep],
    ['gradient-descent', runGradientDescent, (problem: typeof at, x: Float64Array) => gradientDescentStep(problem, x)],
  ] as const) {
    const expected: Float64Array[] = [x.slice()];
    for (const batch of batches) expected.push(stepOf(at, expected.at(-1)!, batch));
    const seen: Float64Array[] = [];
    const buffers = new Set<Float64Array>();
    const start = x.slice();
    const last = run(quadratics, start, {
      ...options,
      observer: (iteration, iterate) => {
        t.is(iteration, seen.length);
        seen.push(iterate.slice());
        buffers.add(iterate);
      },
    });
    t.deepEqual(seen, expected, name);
    t.deepEqual(last, expected.at(-1)!);
    t.deepEqual(start, x);
    t.is(buffers.size, 2, 'two buffers, whatever the number of iterations');
    t.deepEqual(run(quadratics, start, { ...options, iterations: 0 }), x);
  }
});

test('index streams and count streams replace the keyed default', (t) => {
  const options = { step, iterations: 4, miniBatch: 8 };
  const iterations: number[] = [];
  const byIndices = runSpgm(quadratics, x, {
    ...options,
    indices: (iteration, batch) => {
      iterations.push(iteration);
      batch.set(indices);
    },
  });
  t.deepEqual(iterations, [1, 2, 3, 4]);
  const byCounts = runSpgm(quadratics, x, { ...options, counts: (_, batch) => batch.set(counts) });
  t.true(close(byIndices, byCounts, 1e-13));
});

test('the loop hands its buffers to the problem and never asks for a new array', (t) => {
  let calls = 0;
  const strict: Problem = {
    ...quadratics,
    at: (gamma) => {
      const at = quadratics.at(gamma);
      const withOut = <A>(method: (batch: A, x: Float64Array, out?: Float64Array) => Float64Array) => {
        return (batch: A, point: Float64Array, out?: Float64Array) => {
          calls += 1;
          t.not(out, undefined);
          t.not(out, point);
          return method.call(at, batch, point, out);
        };
      };
      return {
        ...at,
        miniBatch: withOut(at.miniBatch),
        miniBatchFromCounts: withOut(at.miniBatchFromCounts),
        stochasticGradientMapping: withOut(at.stochasticGradientMapping),
        stochasticGradientMappingFromCounts: withOut(at.stochasticGradientMappingFromCounts),
      };
    },
  };
  for (const algorithm of [algorithms.spgm, algorithms['sign-prox']]) {
    for (const form of ['residual', 'literal'] as const) {
      const options = { step, iterations: 3, miniBatch: 8, form };
      runAlgorithm(algorithm, strict, x, { ...options, seed: '1' });
      runAlgorithm(algorithm, strict, x, { ...options, counts: (_, batch) => batch.set(counts) });
    }
  }
  t.is(calls, 24);
});

test('out may be the input itself', (t) => {
  const at = quadratics.at(step);
  for (const algorithm of Object.values(algorithms)) {
    const expected = takeStep(algorithm, at, x, indices);
    const inPlace = x.slice();
    t.is(takeStep(algorithm, at, inPlace, indices, {}, inPlace), inPlace);
    t.deepEqual(inPlace, expected);
  }
});

test('bad input is refused in one line that names it', (t) => {
  const at = quadratics.at(step);
  const options: RunOptions = { step, iterations: 1, miniBatch: 1, seed: '1' };
  const run = (changes: object, start = x) => runSgd(quadratics, start, { ...options, ...changes });
  for (const [message, call] of [
    [/^start\b/, () => run({}, vector())],
    [/^start\[1\]/, () => run({}, vector(0, Number.NaN))],
    [/^x\[0\]/, () => sgdStep(at, vector(Number.POSITIVE_INFINITY, 0), [0])],
    [/^out\b/, () => sgdStep(at, x, [0], {}, vector(0))],
    [/^iterations\b/, () => run({ iterations: -1 })],
    [/^iterations\b/, () => run({ iterations: Number.NaN })],
    [/^miniBatch\b/, () => run({ miniBatch: 0 })],
    [/^miniBatch\b/, () => run({ miniBatch: 1.5 })],
    [/^seed\b/, () => run({ seed: undefined })],
    [/^indices and counts\b/, () => run({ indices: () => {}, counts: () => {} })],
    [/indices\[0\] is 3/, () => sgdStep(at, x, [3])],
    [/indices\[1\] is -1/, () => sgdStep(at, x, [0, -1])],
    [/indices\[0\] is 0\.5/, () => signSgdStep(at, x, [0.5])],
    [/counts length is 2/, () => sgdStep(at, x, { counts: [1, 2] })],
    [/indices is \[\]/, () => sgdStep(at, x, [])],
    [/counts is \[0,0,0\]/, () => sgdStep(at, x, { counts: [0, 0, 0] })],
    [/counts\[1\] is -1/, () => sgdStep(at, x, { counts: [2, -1, 0] })],
    [/step/, () => run({ step: 0 })],
  ] as const) {
    t.throws(call, { instanceOf: RangeError, message });
  }
  const kinked = createProblem({ smooth: smoothZero({}), functions: [l1({ weight: 1 })], probabilities: [1] });
  for (const name of ['gradient-descent', 'sgd', 'sign-sgd'] satisfies AlgorithmName[]) {
    t.throws(() => takeStep(algorithms[name], kinked.at(1), x, [0]), {
      instanceOf: TypeError,
      message: /^functions\[0\] must be differentiable, l1 has no gradient$/,
    });
  }
});

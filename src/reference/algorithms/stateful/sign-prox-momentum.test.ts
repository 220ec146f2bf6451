import test from 'ava';
import fc from 'fast-check';
import { huber, linear, quadratic } from '../../functions/index.js';
import { createProblem } from '../../problem/create-problem.js';
import { keyedStream, streamKey } from '../../sampling/keyed-stream.js';
import { cosine, smoothQuadratic } from '../../smooth/index.js';
import { signConventions } from '../algorithm.js';
import { runAlgorithm } from '../iteration.js';
import { runSignProx } from '../sign-prox.js';
import { runSignProxMomentum, signProxMomentum, signProxMomentumStep } from './sign-prox-momentum.js';

const vector = (...entries: number[]) => Float64Array.from(entries);

/** Ties occur: at 0 the mean of one draw each of ±½ is 0. */
const problems = [
  createProblem({
    smooth: cosine({ weight: 1 }),
    functions: [linear({ coefficients: [0.5, -0.5] }), linear({ coefficients: [-0.5, 0.5] })],
    probabilities: [0.5, 0.5],
  }),
  createProblem({
    smooth: smoothQuadratic({ curvature: vector(1, 0.5), center: vector(0, 1) }),
    functions: [huber({ weight: 1, threshold: 0.5 }), quadratic({ curvature: 1, center: vector(2, -1) })],
    probabilities: [0.25, 0.75],
  }),
];

test('α = 1 is signProx bit for bit, with the same draws, under every convention and in both forms', (t) => {
  const property = fc.property(
    fc.record({
      problem: fc.constantFrom(...problems),
      start: fc.tuple(
        fc.constantFrom(0, 1, -0.75),
        fc.double({ min: -3, max: 3, noNaN: true, noDefaultInfinity: true }),
      ),
      step: fc.constantFrom(0.5, 0.1, 0.003),
      miniBatch: fc.constantFrom(1, 2, 5),
      signOfZero: fc.constantFrom(...signConventions),
      form: fc.constantFrom('residual' as const, 'literal' as const),
      seed: fc.string({ minLength: 1 }),
    }),
    ({ problem, start, ...rest }) => {
      const [own, plain]: number[][] = [[], []];
      const options = { ...rest, iterations: 12 };
      const into = (visited: number[]) => (_: number, x: Float64Array) => visited.push(...x);
      runSignProxMomentum(problem, vector(...start), { ...options, newestWeight: 1, observer: into(own!) });
      runSignProx(problem, vector(...start), { ...options, observer: into(plain!) });
      t.deepEqual(own, plain);
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 200, seed: 1 }));
});

test('what is out of range is named', (t) => {
  const [problem] = problems;
  for (const newestWeight of [0, -0.5, 1.5, Number.NaN]) {
    const message = `newestWeight must lie in (0, 1], got ${newestWeight}`;
    t.throws(() => signProxMomentum(newestWeight), { instanceOf: RangeError, message });
    t.throws(() => signProxMomentumStep(problem!.at(1), vector(0, 0), undefined, [0], { newestWeight }), { message });
  }
  t.throws(() => signProxMomentumStep(problem!.at(1), vector(0, 0), vector(0), [0], { newestWeight: 1 }), {
    message: 'mean must have length 2, got 1',
  });
  const options = { step: 1, iterations: 1, miniBatch: 1, signOfZero: 'random' } as const;
  t.throws(() => runAlgorithm(signProxMomentum(1), problem!, vector(0, 0), { ...options, indices: () => {} }), {
    message: /^random/,
  });
  const random = keyedStream(streamKey('1', 'ties', 1, 0));
  t.notThrows(() => runAlgorithm(signProxMomentum(1), problem!, vector(0, 0), { ...options, random, seed: '1' }));
});

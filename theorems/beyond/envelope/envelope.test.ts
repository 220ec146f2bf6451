import test from 'ava';
import { toDouble } from '../../../src/exact/arithmetic/rational.js';
import { runAlgorithm } from '../../../src/reference/algorithms/iteration.js';
import { signProx } from '../../../src/reference/algorithms/sign-prox.js';
import { parseProblem } from '../../../src/reference/problem/create-problem.js';
import { coupledBound } from '../../shared/sharp-bounds.js';
import {
  atBestStep,
  type KinkedConstants,
  kinkedConstants,
  kinkedInstances,
  smoothed,
  smoothedBound,
} from './smoothed-sign-prox.js';
import { restingDistance, walkLeft, walkStart } from './smoothed-sign-prox-lower-bound.js';

const constants: readonly KinkedConstants[] = [
  { lipschitz: [0], slopes: [1], gap: 1 },
  { lipschitz: [1, 0.25], slopes: [0.5, 2], gap: 3 },
  { lipschitz: [8, 0, 1], slopes: [1, 0, 1], gap: 0 },
];
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const squares = (values: readonly number[]): number => total(values.map((value) => value ** 2));

test('both corollaries are at least the bound at their γ, μ and B', (t) => {
  for (const given of constants) {
    const { lipschitz, slopes, gap } = given;
    const n = lipschitz.length;
    for (const iterations of [1, 8, 64, 4096]) {
      for (const omega of [0.25, 1, 4]) {
        const wide = omega * iterations ** (-1 / 4);
        const largest = total(lipschitz.map((own) => Math.max(own, 1 / wide)));
        const papers = { smoothing: wide, step: 1 / (2 * largest * Math.sqrt(iterations)), miniBatch: iterations };
        const grown = gap + ((papers.step + wide) / 2) * squares(slopes);
        const first =
          ((2 * n) / omega) * grown * iterations ** (-1 / 4) +
          (2 * total(lipschitz) * grown + 1 / 2 + total(slopes)) / Math.sqrt(iterations);
        t.true(smoothedBound(given, iterations, papers) <= first);
        t.true(papers.step <= (omega / (2 * n)) * iterations ** (-3 / 4) * (1 + 2 ** -40));

        const smoothing = omega * iterations ** (-1 / 3);
        const A = gap + (smoothing / 2) * squares(slopes);
        const curvature = total(lipschitz) + n / smoothing;
        const best = {
          smoothing,
          step: Math.sqrt((2 * A) / (curvature * iterations)),
          miniBatch: Math.ceil(iterations ** (2 / 3)),
        };
        const second =
          Math.sqrt((2 * A * curvature) / iterations) +
          squares(slopes) / (2 * iterations) +
          (1 + A / (n * smoothing * iterations)) * total(slopes) * iterations ** (-1 / 3);
        t.true(smoothedBound(given, iterations, best) <= second * (1 + 2 ** -40));
      }
    }
  }
});

test('what the bound is made of is what the problem has', (t) => {
  const [kink, twoKinds, hinges, plane] = kinkedInstances.map(kinkedConstants);
  t.deepEqual([kink!.lipschitz, kink!.slopes], [[0], [1]]);
  t.true(Math.abs(kink!.gap - 0.3) < 1e-9 && kink!.gap >= 0.3);
  t.deepEqual([twoKinds!.lipschitz, twoKinds!.slopes], [[0], [2]]);
  t.deepEqual([hinges!.lipschitz, hinges!.slopes], [[1], [1]]);
  t.deepEqual(plane!.slopes, [1, 1]);
  t.throws(
    () =>
      kinkedConstants({
        ...kinkedInstances[0]!,
        problem: { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [1] }], probabilities: [1] },
      }),
    { message: /certified infimum/ },
  );
});

test('the step of the second schedule is the one at which the bound is smallest', (t) => {
  for (const given of constants.slice(0, 2)) {
    const own = atBestStep(1000, given);
    const noiseless = { ...own, miniBatch: 2 ** 50 };
    const at = (factor: number): number => smoothedBound(given, 1000, { ...noiseless, step: factor * own.step });
    for (const factor of [0.9, 1.1]) t.true(at(1) < at(factor));
    t.is(own.miniBatch, 100);
  }
});

/** d and total variation on a path, which couples the coordinates. */
const path = (smoothing: number) =>
  parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: [2, -1, 0.5, 1] },
    functions: [{ type: 'moreau-envelope', smoothing, inner: { type: 'total-variation-1d', weight: 0.5 } }],
    probabilities: [1],
  });

test('envelopes of total variation satisfy (1) with 1/μ, and for no larger constant in place of μ', (t) => {
  for (const smoothing of [0.25, 1]) {
    const [envelope] = path(smoothing).functions;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < 200; k++) {
      const at = (shift: number) => Float64Array.from({ length: 4 }, (_, i) => 2 * Math.sin(7 * k + 3 * i + shift));
      const [u, v] = [at(0), at(k % 2 === 0 ? 1 : 0.01)];
      const [s, r] = [envelope!.gradient!(u), envelope!.gradient!(v)];
      const change = s.map((value, i) => value - r[i]!);
      const inner = change.reduce((sum, value, i) => sum + value * (u[i]! - v[i]!), 0);
      const square = change.reduce((sum, value) => sum + value * value, 0);
      if (square > 2 ** -30) least = Math.min(least, inner / square);
      // With slopes of at most w on either side of a coordinate.
      t.true(s.every((value) => Math.abs(value) <= 1 + 2 ** -40));
    }
    t.true(least >= smoothing * (1 - 2 ** -20) && least <= smoothing * 1.2, `${least} of ${smoothing}`);
  }
});

test('for total variation the bound for coupled problems holds with diag(max{L_i, 1/μ})', (t) => {
  for (const [iterations, smoothing] of [
    [16, 0.5],
    [64, 0.25],
    [256, 0.25],
  ] as const) {
    const problem = path(smoothing);
    const lipschitz = new Float64Array(4).fill(Math.max(1, 1 / smoothing));
    const step = 1 / (2 * 4 * lipschitz[0]! * Math.sqrt(iterations));
    const at = problem.at(step);
    const start = Float64Array.of(-1, 1, 2, -2);
    // Neither d nor r is negative.
    const gap = at.objective(start);
    const given = {
      coordinateLipschitz: lipschitz,
      coordinateSigma: [0, 0, 0, 0],
      gap,
      iterations,
      step,
      miniBatch: 1,
    };
    let left = 0;
    // There is one r, and so no noise: all runs are this one.
    runAlgorithm(signProx, problem, start, {
      ...{ step, iterations, miniBatch: 1, seed: '1' },
      observer(t_, x) {
        if (t_ < iterations) left += total(Array.from(at.gradientMapping(x), Math.abs)) / iterations;
      },
    });
    const bound = coupledBound(given);
    t.true(left <= bound && left > bound / 20, `${left} of ${bound}`);
  }
});

test('the walks of the lower bound are those of signProx in doubles', (t) => {
  for (const [step, smoothing] of [
    [0.125, 0.25],
    [3, 0.125],
    [0.75, 2],
  ] as const) {
    const setting = { step, smoothing, iterations: 16 };
    const start = toDouble(walkStart(setting));
    const instance = {
      name: '',
      problem: { smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] },
      start: [start],
    };
    const problem = parseProblem(smoothed(instance, smoothing).problem);
    const at = problem.at(step);
    let sum = 0;
    runAlgorithm(signProx, problem, Float64Array.of(start), {
      ...{ step, iterations: 16, miniBatch: 1, seed: '1' },
      observer: (iteration, x) => {
        if (iteration < 16) sum += Math.abs(at.gradientMapping(x)[0]!);
      },
    });
    t.true(Math.abs(sum / 16 - toDouble(walkLeft(setting))) < 1e-12);
    t.true(start <= 1);
    t.is(toDouble(restingDistance(setting)), smoothing < 1 ? (1 - 2 ** -10) * smoothing : 1);
  }
});

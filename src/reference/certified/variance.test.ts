import test from 'ava';
import { parseFunction } from '../functions/index.js';
import { parseProblem } from '../problem/create-problem.js';
import {
  box,
  cosine,
  elasticNet,
  type Functions,
  huber,
  l1,
  linear,
  logCosh,
  quadratic,
  scaled,
  steps,
  tilted,
  translated,
  zero,
} from './specifications.test.helper.js';
import { type BoxBound, type MonotoneFamily, supremumOverLine } from './variance.js';

/** ρ_k(y)/γ of every function, as (y − prox(y))/γ in the plain form. */
function slopes(functions: Functions, step: number, y: number): number[] {
  return functions.map((specification) => {
    const point = Float64Array.of(y);
    return (y - parseFunction(specification).prox(point, step)[0]!) / step;
  });
}

function moments(theta: readonly number[], values: readonly number[]): { variance: number; farthest: number } {
  const mean = values.reduce((sum, value, k) => sum + theta[k]! * value, 0);
  const deviations = values.map((value) => Math.abs(value - mean));
  return {
    variance: deviations.reduce((sum, deviation, k) => sum + theta[k]! * deviation ** 2, 0),
    farthest: Math.max(...deviations),
  };
}

const noisy: [name: string, functions: Functions, theta: number[]][] = [
  ['l1 of two weights', [l1(1), l1(0.25)], [0.5, 0.5]],
  ['l1 against linear', [l1(1), linear(-1), linear(0.5)], [0.5, 0.25, 0.25]],
  ['huber of two weights, one limit', [huber(2, 0.5), huber(0.5, 2)], [0.3, 0.7]],
  ['log-cosh of two scales, one limit', [logCosh(4, 0.25), logCosh(0.25, 4)], [0.5, 0.5]],
  ['log-cosh against linear', [logCosh(1, 1), linear(0.3)], [0.9, 0.1]],
  ['elastic nets of one l2 weight', [elasticNet(1, 2), elasticNet(0, 2), elasticNet(3, 2)], [0.2, 0.3, 0.5]],
  ['elastic net against a quadratic of the same curvature', [elasticNet(1, 0.5), quadratic(0.5, 3)], [0.6, 0.4]],
];

for (const [name, functions, theta] of noisy) {
  test.serial(`σ and S bound the noise and are nearly reached: ${name}`, (t) => {
    for (const step of steps) {
      const constants = parseProblem({ smooth: zero, functions, probabilities: theta }).at(step).constants(1);
      let [largest, farthest] = [0, 0];
      for (let j = -4000; j <= 4000; j++) {
        const y = Math.sinh(j / 400);
        const found = moments(theta, slopes(functions, step, y));
        largest = Math.max(largest, found.variance);
        farthest = Math.max(farthest, found.farthest);
      }
      const sigma = Math.sqrt(largest);
      t.true(sigma <= constants.sigma! * (1 + 1e-9), `${sigma} exceeds ${constants.sigma} at step ${step}`);
      t.true(sigma >= constants.sigma! * 0.99, `${sigma} is far from ${constants.sigma} at step ${step}`);
      const [attained] = constants.attainedSigma!;
      t.true(attained! >= sigma * (1 - 1e-4) && attained! <= constants.sigma!, `${attained} at step ${step}`);
      t.true(farthest <= constants.deviation! * (1 + 1e-9) && farthest >= constants.deviation! * 0.99);
      t.deepEqual(constants.coordinateSigma, Float64Array.of(constants.sigma!));
      t.false(constants.sigmaExact);
    }
  });
}

test.serial('where the deviation is one along an interval, σ is above what is attained, and that is known', (t) => {
  // Between their kinks both slopes rise together, 0.09375 apart: Var = θ₁θ₂·0.09375².
  const functions = [translated(0.125, huber(0.375, 1.875)), translated(0.375, huber(0.375, 1.75))];
  const theta = [0.25, 0.75];
  const { sigma, attainedSigma } = parseProblem({ smooth: zero, functions, probabilities: theta })
    .at(2 ** -20)
    .constants(1);
  const attained = 0.09375 * Math.sqrt(0.1875);
  t.true(Math.abs(attainedSigma![0]! / attained - 1) < 1e-5);
  t.true(sigma! > 1.003 * attained && sigma! < 1.02 * attained);
});

test.serial('σ is exact where P_k − P does not depend on x', (t) => {
  const theta = [0.25, 0.75];
  for (const step of steps) {
    for (const [functions, spread] of [
      [[linear(3), linear(-1)], 4],
      [[quadratic(2, 1), quadratic(2, -0.5)], (2 * 1.5) / (1 + step * 2)],
      [[{ type: 'squared-l2', weight: 2 }, quadratic(2, -0.5)], 1 / (1 + step * 2)],
      [[{ type: 'zero' }, linear(0.5)], 0.5],
      // ∇r = 2u − 2 against 2u − 1, three times.
      [[translated(1, quadratic(2, 0)), tilted(-1, { type: 'squared-l2', weight: 2 })], 1 / (1 + step * 2)],
      [[translated(0.5, quadratic(2, 0.5)), scaled(2, quadratic(1, 0.5))], 1 / (1 + step * 2)],
      [[quadratic(2, 1), tilted(1, translated(1, scaled(4, quadratic(0.5, 0))))], 1 / (1 + step * 2)],
    ] as const) {
      const { sigma, sigmaExact, deviation } = parseProblem({
        smooth: cosine(1),
        functions,
        probabilities: theta,
      })
        .at(step)
        .constants(1);
      t.true(sigmaExact);
      // Two values, spread apart: Var = θ₁θ₂·spread², the rarer one lies θ₂·spread from the mean.
      t.true(Math.abs(sigma! - spread * Math.sqrt(0.25 * 0.75)) < 1e-14);
      t.true(Math.abs(deviation! - spread * 0.75) < 1e-14);
    }
  }
});

test.serial('σ of several coordinates is the norm of the σ_i, whatever d is', (t) => {
  const functions = [linear(1, 5, 0), linear(-1, 5, 2)];
  const matrix = { rows: 1, columns: 3, data: [1, 2, 3] };
  const at = parseProblem({
    smooth: { type: 'phase-retrieval', matrix, intensities: [1] },
    functions,
    probabilities: [0.5, 0.5],
  }).at(0.5);
  const { sigma, coordinateSigma, deviation, sigmaExact, lipschitz } = at.constants(3);
  t.deepEqual(coordinateSigma, Float64Array.of(1, 0, 1));
  t.is(sigma, Math.SQRT2);
  t.is(deviation, Math.SQRT2);
  t.true(sigmaExact);
  t.is(lipschitz, undefined);
});

test.serial('one component, or the same one twice, has no noise even if it is not separable', (t) => {
  const ball = { type: 'l2-ball', radius: 1 };
  for (const [functions, probabilities] of [
    [[ball], [1]],
    [
      [ball, ball],
      [0.5, 0.5],
    ],
    [
      [l1(1), ball],
      [0, 1],
    ],
  ] as [Functions, number[]][]) {
    t.deepEqual(parseProblem({ smooth: zero, functions, probabilities }).at(1).constants(2), {
      sigma: 0,
      coordinateSigma: new Float64Array(2),
      attainedSigma: new Float64Array(2),
      sigmaExact: true,
      deviation: 0,
    });
  }
});

test.serial('σ is absent where it is infinite or not certified', (t) => {
  for (const functions of [
    [quadratic(1, 1), quadratic(3, -1)],
    [quadratic(1, 0), linear(1)],
    [elasticNet(1, 1), l1(1)],
    [box(-1, 1), l1(1)],
    [{ type: 'l2-ball', radius: 1 }, l1(1)],
  ]) {
    const constants = parseProblem({ smooth: zero, functions, probabilities: [0.5, 0.5] })
      .at(1)
      .constants(1);
    t.false('sigma' in constants || 'coordinateSigma' in constants || 'deviation' in constants);
  }
});

test('a cell whose bound cannot be computed is divided, not dropped', (t) => {
  // v(y) = y on the whole line and the bound 1/(1 + v²): over a box without end it is ∞·0, which is NaN.
  const family: MonotoneFamily = {
    size: 1,
    range: () => [-Infinity, Infinity],
    enclose(y, low, high) {
      low[0] = y;
      high[0] = y;
    },
  };
  const least = (low: number, high: number) => Math.max(0, low, -high);
  const bound: BoxBound = {
    at: ([v]) => 1 / (1 + (v! - 3) ** 2),
    over: ([low], [high]) => {
      const nearest = least(low! - 3, high! - 3);
      return Number.isFinite(low!) && Number.isFinite(high!) ? 1 / (1 + nearest ** 2) : Number.NaN;
    },
  };
  const { lower, upper } = supremumOverLine(family, bound);
  t.true(lower <= 1 && upper >= 1, `${lower}, ${upper}`);
});

import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { runFista } from '../fista.js';
import { runAlgorithm } from '../iteration.js';
import type { Layout } from '../layout.js';
import { runSgd } from '../sgd.js';
import { runSignSgd } from '../sign-sgd.js';
import { runErrorFeedbackSignProx } from './error-feedback-sign-prox.js';
import { type Hyperparameters, statefulIteration, statefulStep } from './iteration.js';
import type { StatefulAlgorithmName } from './names.js';
import { runSignProxMomentum } from './sign-prox-momentum.js';
import type { Memory } from './stateful-algorithm.js';

const vector = (...entries: number[]) => Float64Array.from(entries);

/** Slopes 2, −1, 2, … by the draws, at every x. */
const slopes = parseProblem({
  smooth: { type: 'zero' },
  functions: [
    { type: 'linear', coefficients: [2] },
    { type: 'linear', coefficients: [-1] },
  ],
  probabilities: [0.5, 0.5],
});
const draws = [0, 1, 0, 0];

/** d = ½x², with which the slope is x. */
const bowl = parseProblem({
  smooth: { type: 'quadratic', curvature: 1, center: 0 },
  functions: [{ type: 'huber', weight: 1, threshold: 0.25 }],
  probabilities: [1],
});

/** x¹, x², … from a point of one coordinate, with γ = ½ and the draws above. */
function iterates(name: StatefulAlgorithmName, hyperparameters: Hyperparameters, start: number): number[] {
  const visited: number[] = [];
  runAlgorithm(statefulIteration(name, hyperparameters), slopes, vector(start), {
    ...{ step: 0.5, iterations: draws.length, miniBatch: 1 },
    indices: (t, batch) => batch.fill(draws[t - 1]!),
    observer: (t, [x]) => t > 0 && visited.push(x!),
  });
  return visited;
}

test('iterates are those worked out by hand', (t) => {
  // b = 2, 0, 2, 3
  t.deepEqual(iterates('momentum-sgd', { momentum: 0.5 }, 0), [-1, -1, -2, -3.5]);
  // b = 2, ½·2 − ½ = ½, ½·½ + 1 = 1¼, 1⅝
  t.deepEqual(iterates('momentum-sgd', { momentum: 0.5, dampening: 0.5 }, 0), [-1, -1.25, -1.875, -2.6875]);
  // g + b/2 = 3, −1, 3, 3½
  t.deepEqual(iterates('momentum-sgd', { momentum: 0.5, nesterov: true }, 0), [-1.5, -1, -2.5, -4.25]);
  // 2 + 1 = 3, then b = 1½ − 1 − ½ = 0, b = 2 − ½ = 1½, b = ¾ + 2 − 1¼ = 1½
  t.deepEqual(iterates('momentum-sgd', { momentum: 0.5, weightDecay: 1 }, 1), [-0.5, -0.5, -1.25, -2]);
  // x ← x/2 − b/2 with b = 2, 0, 2, 3
  t.deepEqual(
    iterates('momentum-sgd', { momentum: 0.5, weightDecay: 1, decoupled: true }, 1),
    [-0.5, -0.25, -1.125, -2.0625],
  );
  // m = 1, 0, 1, 1½
  t.deepEqual(iterates('signum', { momentum: 0.5 }, 0), [-0.5, -0.5, -1, -1.5]);
  // At x = −4 the decay turns the sign of the mean: m = ½(2 − 4) = −1, …
  t.deepEqual(iterates('signum', { momentum: 0.5, weightDecay: 1 }, -4)[0], -3.5);
  t.deepEqual(iterates('signum', { momentum: 0.5, weightDecay: 1, decoupled: true }, -4)[0], -2.5);
  // c = 1, ½·1½ − ½ = ¼, …: m = 1½ (β₂ = ¼), then ⅜ − ¾ = −⅜, then c = −3/16 + 1, m = −3/32 + 3/2
  t.deepEqual(iterates('lion', { beta1: 0.5, beta2: 0.25 }, 0), [-0.5, -1, -1.5, -2]);
  t.deepEqual(iterates('lion', { beta1: 0.5, beta2: 0.25, weightDecay: 1 }, 1), [0, -0.5, -0.75, -0.875]);
  // Δ = ½; turned: ¼ and no step; then Δ = ¼; then Δ = ⅜
  const steps = { etaMinus: 0.5, etaPlus: 1.5, smallestStep: 0.0625, largestStep: 4 };
  t.deepEqual(iterates('rprop', steps, 0), [-0.5, -0.5, -0.75, -1.125]);
  t.deepEqual(iterates('rprop', { ...steps, largestStep: 0.25, smallestStep: 0.25 }, 0), [-0.25, -0.25, -0.5, -0.75]);
});

test('error feedback adds what a message left out to the next one', (t) => {
  const at = parseProblem({
    smooth: { type: 'zero' },
    functions: [{ type: 'linear', coefficients: [3, -1] }],
    probabilities: [1],
  }).at(0.5);
  const first = statefulStep('error-feedback-sign-sgd', {}, at, vector(0, 0), undefined, [0]);
  // m² = (½, ½) + (3/2, −½) = (2, 0), ‖m²‖₁/2 = 1
  const second = statefulStep('error-feedback-sign-sgd', {}, at, first.x, first.memory, [0]);
  t.deepEqual(second, { x: vector(-2, 1), memory: { error: vector(1, 0) } });
  t.deepEqual(first, { x: vector(-1, 1), memory: { error: vector(0.5, 0.5) } }, 'what is given is not written to');
});

test('without memory they are SGD and signSGD, bit for bit', (t) => {
  const options = { step: 0.3, iterations: 9, miniBatch: 1, seed: '5' };
  const run = (name: StatefulAlgorithmName, hyperparameters: Hyperparameters) =>
    runAlgorithm(statefulIteration(name, hyperparameters), bowl, vector(1.7), options);
  const plain = runSgd(bowl, vector(1.7), options);
  t.deepEqual(run('momentum-sgd', { momentum: 0 }), plain);
  t.deepEqual(run('momentum-sgd', { momentum: 0, dampening: 0.5 }), plain);
  t.deepEqual(run('error-feedback-sign-sgd', {}), plain, 'n = 1');
  t.deepEqual(run('signum', { momentum: 0 }), runSignSgd(bowl, vector(1.7), options));
});

test('on proxes they are signProx with error feedback, signProx with momentum and FISTA, bit for bit', (t) => {
  const problem = parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: [0.25, -3] },
    functions: [
      { type: 'l1', weight: 0.75 },
      { type: 'huber', weight: 2, threshold: 0.5 },
    ],
    probabilities: [0.5, 0.5],
  });
  const start = vector(1.7, -0.3);
  const options = { step: 0.3, iterations: 9, miniBatch: 2, seed: '5' };
  const run = (name: StatefulAlgorithmName, hyperparameters: Hyperparameters = {}) =>
    runAlgorithm(statefulIteration(name, hyperparameters), problem, start, options);
  t.deepEqual(run('error-feedback-sign-prox'), runErrorFeedbackSignProx(problem, start, options));
  t.deepEqual(
    run('sign-prox-momentum', { momentum: 0.75 }),
    runSignProxMomentum(problem, start, { ...options, newestWeight: 0.25 }),
  );
  t.deepEqual(run('fista'), runFista(problem.at(0.3), start, { iterations: 9, restart: false }).x);
});

test('Prox-SVRG takes a new anchor after every epoch', (t) => {
  const problem = parseProblem({
    smooth: { type: 'zero' },
    functions: [{ type: 'squared-l2', weight: 2 }, { type: 'zero' }],
    probabilities: [0.5, 0.5],
  });
  const at = problem.at(0.5);
  const run = (hyperparameters: Hyperparameters) => {
    let point: { x: Float64Array; memory?: Memory } = { x: vector(1) };
    return draws.map((k) => {
      point = statefulStep('prox-svrg', hyperparameters, at, point.x, point.memory, [k]);
      return point.x[0];
    });
  };
  // ∇f = x, and 2x or 0 of a draw: v = 1, 1, −1 with the anchor 1, then ½ with the anchor ½.
  t.deepEqual(run({ epoch: 3, regularizer: { type: 'zero' } }), [0.5, 0, 0.5, 0.25]);
  // The same v, and a threshold of ¼ after each: the last anchor is ¼.
  t.deepEqual(run({ epoch: 3, regularizer: { type: 'l1', weight: 0.5 } }), [0.25, 0, 0.25, 0]);
  // An anchor for each step: the proximal gradient method.
  t.deepEqual(run({ epoch: 1, regularizer: { type: 'zero' } }), [0.5, 0.25, 0.125, 0.0625]);
});

/** One step from x with the slope g at every x. */
const stepFrom = (
  name: StatefulAlgorithmName,
  hyperparameters: Hyperparameters,
  x: Float64Array,
  g: readonly number[],
  layout: Layout,
  memory?: Memory,
) => {
  const functions = [{ type: 'linear', coefficients: g }];
  const at = parseProblem({ smooth: { type: 'zero' }, functions, probabilities: [1] }).at(0.5);
  return statefulStep(name, hyperparameters, at, x, memory, [0], {}, layout);
};

test('Muon moves a matrix of rank one by its direction, and a batch of matrices one by one', (t) => {
  const hyperparameters = { momentum: 0, epsilon: 2 ** -100 };
  // φ⁵(1) for φ(s) = 3.4445s − 4.775s³ + 2.0315s⁵, times √2 for two rows of one entry.
  let sigma = 1;
  for (let k = 0; k < 5; k++) sigma = 3.4445 * sigma - 4.775 * sigma ** 3 + 2.0315 * sigma ** 5;
  const near = (x: Float64Array, right: readonly number[]): boolean =>
    t.true(
      x.every((value, i) => Math.abs(value - right[i]!) < 2 ** -45),
      `${x} is not ${right}`,
    );
  const zeros = new Float64Array(2);
  near(stepFrom('muon', hyperparameters, zeros, [3, 4], { shape: [1, 2] }).x, [-0.3 * sigma, -0.4 * sigma]);
  const tall = [-0.3, -0.4].map((part) => part * Math.SQRT2 * sigma);
  near(stepFrom('muon', hyperparameters, zeros, [3, 4], { shape: [2, 1] }).x, tall);
  const batch = { shape: [2, 1, 2], batch: true } as const;
  const both = stepFrom('muon', hyperparameters, new Float64Array(4), [3, 4, -30, 0], batch);
  near(both.x, [-0.3 * sigma, -0.4 * sigma, 0.5 * sigma, 0]);
  t.deepEqual(both.memory, { momentum: vector(3, 4, -30, 0) });
});

test('Adafactor divides by the means of rows and columns, and by the size of the step', (t) => {
  const hyperparameters = { beta2Decay: -0.5, epsilon1: 2 ** -100, epsilon2: 2, clipping: 64 };
  // Row means 5 and 10, column means 5 and 10, mean 7.5: the first of g² = 1, 9, 9, 11 has v = 25/7.5.
  const g = [1, 3, 3, Math.sqrt(11)];
  const first = stepFrom('adafactor', hyperparameters, new Float64Array(4), g, { shape: [2, 2] });
  const right = [
    1 / Math.sqrt(25 / 7.5),
    3 / Math.sqrt(50 / 7.5),
    3 / Math.sqrt(50 / 7.5),
    Math.sqrt(11 / (100 / 7.5)),
  ];
  t.true(first.x.every((value, i) => Math.abs(value + right[i]!) < 2 ** -45));
  // A vector has a mean of squares for each entry: u = sgn g, and the step ε₂γ = 1; then (1 − 2^−½)·9 + 2^−½·0.
  const start = vector(0, 0);
  const once = stepFrom('adafactor', hyperparameters, start, [3, -4], {});
  t.deepEqual(once.x, vector(-1, 1));
  const { memory } = stepFrom('adafactor', hyperparameters, once.x, [0, 0], {}, once.memory);
  t.true(Math.abs((memory['rows'] as Float64Array)[0]! - 9 * (1 - Math.SQRT1_2)) < 2 ** -45);
});

test('a shape that does not fit is named', (t) => {
  const step = (name: StatefulAlgorithmName, layout: Layout) => () =>
    stepFrom(name, name === 'muon' ? { momentum: 0, epsilon: 1 } : {}, vector(0, 0), [1, 1], layout);
  const ofMatrices = 'allowed: the rows and columns of a matrix, with 2 entries in all';
  t.throws(step('muon', {}), { instanceOf: RangeError, message: `muon: shape is missing; ${ofMatrices}` });
  t.throws(step('muon', { shape: [2, 2] }), { message: `muon: shape is [2,2]; ${ofMatrices}` });
  t.throws(step('muon', { shape: [2, 1], batch: true }), {
    message: /^muon: shape is \[2,1\]; allowed: the number of points and the rows and columns of a matrix, with 2/,
  });
  t.throws(step('error-feedback-sign-prox', { shape: [2, 1], batch: true }), {
    message: /: shape is \[2,1\]; allowed: /,
  });
});

test('a run starts with an empty memory, and so does the next one of the same algorithm', (t) => {
  const algorithm = statefulIteration('momentum-sgd', { momentum: 0.9 });
  const options = { step: 0.3, iterations: 3, miniBatch: 1, seed: '5' };
  const once = runAlgorithm(algorithm, bowl, vector(1), options);
  t.deepEqual(runAlgorithm(algorithm, bowl, vector(1), options), once);
});

test('what is out of range is named', (t) => {
  const step = (name: StatefulAlgorithmName, hyperparameters: Hyperparameters, memory?: Memory) =>
    statefulStep(name, hyperparameters, bowl.at(1), vector(0), memory, [0]);
  const refused: [StatefulAlgorithmName, Hyperparameters, string][] = [
    ['momentum-sgd', { momentum: 1 }, 'momentum-sgd: momentum is 1; allowed: a number >= 0 and < 1'],
    ['momentum-sgd', {}, 'momentum-sgd: momentum is missing; allowed: a number >= 0 and < 1'],
    [
      'momentum-sgd',
      { momentum: 0.5, dampening: 0.5, nesterov: true },
      'momentum-sgd: dampening is 0.5; allowed: 0 where nesterov is true',
    ],
    [
      'momentum-sgd',
      { momentum: 0, nesterov: true },
      'momentum-sgd: momentum is 0; allowed: positive where nesterov is true',
    ],
    ['signum', { momentum: 0.5, weightDecay: -1 }, 'signum: weightDecay is -1; allowed: a finite number >= 0'],
    ['lion', { beta1: 0.5, beta2: Number.NaN }, 'lion: beta2 is NaN; allowed: a number >= 0 and < 1'],
    [
      'rprop',
      { etaMinus: 0.5, etaPlus: 2, smallestStep: 2, largestStep: 1 },
      'rprop: smallestStep is 2; allowed: at most largestStep = 1',
    ],
  ];
  refused.push(
    ['sign-prox-momentum', { momentum: 1 }, 'sign-prox-momentum: momentum is 1; allowed: a number >= 0 and < 1'],
    ['prox-svrg', { epoch: 1.5, regularizer: { type: 'zero' } }, 'prox-svrg: epoch is 1.5; allowed: an integer >= 1'],
    [
      'prox-svrg',
      { epoch: 2, regularizer: { type: 'l1', weight: -1 } },
      'l1: regularizer.weight is -1; allowed: a finite number >= 0',
    ],
  );
  for (const [name, hyperparameters, message] of refused) {
    t.throws(() => step(name, hyperparameters), { instanceOf: RangeError, message });
  }
  t.throws(() => step('signum', { momentum: 0.5 }, { mean: vector(0, 0) }), {
    message: 'mean must have length 1, got 2',
  });
  t.throws(() => step('fista', {}, { ahead: vector(0), inertia: Number.NaN }), {
    message: 'inertia[0] must be finite, got NaN',
  });
});

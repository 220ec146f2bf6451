import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { runFista } from '../fista.js';
import { runAlgorithm } from '../iteration.js';
import type { Layout } from '../layout.js';
import { runErrorFeedbackSignProx } from './error-feedback-sign-prox.js';
import { type Hyperparameters, statefulIteration, statefulStep } from './iteration.js';
import type { StatefulAlgorithmName } from './names.js';
import { runSignProxMomentum } from './sign-prox-momentum.js';
import type { Memory } from './stateful-algorithm.js';

const vector = (...entries: number[]) => Float64Array.from(entries);

/** d = ½x², with which the slope is x. */
const bowl = parseProblem({
  smooth: { type: 'quadratic', curvature: 1, center: 0 },
  functions: [{ type: 'huber', weight: 1, threshold: 0.25 }],
  probabilities: [1],
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

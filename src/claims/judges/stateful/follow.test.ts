import test from 'ava';
import type { Hyperparameters } from '../../../reference/algorithms/stateful/iteration.js';
import { type StatefulAlgorithmName, statefulAlgorithmNames } from '../../../reference/algorithms/stateful/names.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { reference } from '../../implementation/reference.js';
import { type MemoryConventions, usualConventions } from './conventions.js';
import { judgeRun } from './follow.js';

/** Slopes that change their signs on the way, and components that differ. */
const problem = {
  smooth: { type: 'quadratic', curvature: [0.75, 2], center: [0.25, -0.375] },
  functions: [
    { type: 'huber', weight: 1.5, threshold: 0.5 },
    { type: 'quadratic', curvature: 0.5, center: [1.25, -3] },
  ],
  probabilities: [0.25, 0.75],
};
const batches = [[0], [1], [0, 1], [1], [0], [0], [1, 1], [0], [1], [0]];

const settings: Readonly<Record<StatefulAlgorithmName, readonly Hyperparameters[]>> = {
  'momentum-sgd': [
    { momentum: 0.9, nesterov: true, weightDecay: 0.5 },
    { momentum: 0.5, dampening: 0.25, weightDecay: 0.5, decoupled: true },
    { momentum: 0 },
  ],
  signum: [
    { momentum: 0.75, weightDecay: 4 },
    { momentum: 0.9, weightDecay: 0.5, decoupled: true },
  ],
  lion: [
    { beta1: 0.9, beta2: 0.5, weightDecay: 0.5 },
    { beta1: 0.25, beta2: 0.75 },
  ],
  rprop: [{ etaMinus: 0.5, etaPlus: 1.25, smallestStep: 2 ** -6, largestStep: 0.375 }],
  'error-feedback-sign-sgd': [{}],
  'error-feedback-sign-prox': [{}],
  'sign-prox-momentum': [{ momentum: 0.5 }, { momentum: 0.9 }],
  fista: [{}],
  'prox-svrg': [3, 1].map((epoch) => ({ epoch, regularizer: { type: 'l1', weight: 0.25 } })),
};

const caseOf = (hyperparameters: Hyperparameters): StatefulCase => ({
  ...{ problem, step: 0.25, x: Float64Array.of(1.75, -0.5), batches, hyperparameters },
});

async function runOf(
  algorithm: StatefulAlgorithmName,
  hyperparameters: Hyperparameters,
): Promise<readonly Float64Array[]> {
  const { x, step } = caseOf(hyperparameters);
  const { trajectory } = await reference.statefulRun!({
    algorithm,
    hyperparameters,
    problem,
    step,
    x,
    indices: batches,
  });
  return trajectory!;
}

const ratioOf = (
  algorithm: StatefulAlgorithmName,
  hyperparameters: Hyperparameters,
  iterates: readonly Float64Array[],
  conventions?: MemoryConventions,
): number => judgeRun(reference, algorithm, caseOf(hyperparameters), iterates, conventions).ratio;

for (const algorithm of statefulAlgorithmNames) {
  test(`runs of ${algorithm} are right, and an entry with a small error or a wrong sign is wrong`, async (t) => {
    for (const hyperparameters of settings[algorithm]) {
      const iterates = await runOf(algorithm, hyperparameters);
      t.true(ratioOf(algorithm, hyperparameters, iterates) <= 1);
      for (const at of [0, 4, 9]) {
        // What error feedback keeps may be off by twice as much after every iteration.
        for (const off of [at < 9 ? 2 ** -36 : 2 ** -30, 0.5]) {
          const wrong = iterates.map((x, t) => x.map((value, i) => (t === at && i === 1 ? value + off : value)));
          t.true(ratioOf(algorithm, hyperparameters, wrong) > 1, `x_${at + 1} off by ${off}`);
        }
      }
      const infinite = iterates.with(2, Float64Array.of(Number.POSITIVE_INFINITY, 0));
      t.is(ratioOf(algorithm, hyperparameters, infinite), Number.POSITIVE_INFINITY);
    }
  });
}

test('another convention is another run', async (t) => {
  const differing: readonly [StatefulAlgorithmName, number, Partial<MemoryConventions>][] = [
    ['momentum-sgd', 1, { first: 'weighted' }],
    ['momentum-sgd', 1, { buffer: 'mean' }],
    ['momentum-sgd', 1, { decay: 'after the step' }],
    ['signum', 1, { decay: 'after the step' }],
    ['lion', 0, { decay: 'after the step' }],
  ];
  for (const [algorithm, index, change] of differing) {
    const hyperparameters = settings[algorithm][index]!;
    const iterates = await runOf(algorithm, hyperparameters);
    t.true(ratioOf(algorithm, hyperparameters, iterates, { ...usualConventions, ...change }) > 1, algorithm);
  }
});

import fc from 'fast-check';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemCaseOptions } from './problem-case.js';
import { type RunCase, runCase } from './run-case.js';

/** A run of an algorithm with memory. */
export interface StatefulCase extends RunCase {
  readonly hyperparameters: Hyperparameters;
}

/** What kinds of problems a run is on. */
export interface StatefulCaseOptions extends ProblemCaseOptions {
  /** Types of regularisers, for algorithms that have one: of `regularizerTypes`, at least one. */
  readonly regularizers?: readonly string[];
}

/** Regularisers h by type, alike in all coordinates, with a slope that is felt beside those of the problems. */
const regularizers: Readonly<Record<string, fc.Arbitrary<FunctionSpecification>>> = {
  l1: fc.constantFrom({ type: 'l1', weight: 0.5 }, { type: 'l1', weight: 2 }),
  'squared-l2': fc.constant({ type: 'squared-l2', weight: 1.5 }),
  'elastic-net': fc.constant({ type: 'elastic-net', l1Weight: 0.5, l2Weight: 0.25 }),
  box: fc.constant({ type: 'box', lower: -0.75, upper: 0.5 }),
  nonnegative: fc.constant({ type: 'nonnegative' }),
  huber: fc.constant({ type: 'huber', weight: 1, threshold: 0.5 }),
  zero: fc.constant({ type: 'zero' }),
};

/** Types that a regulariser may have. */
export const regularizerTypes: readonly string[] = Object.keys(regularizers);

/** Weight decays: little, and so much that it turns signs. */
const decay = fc.constantFrom(0.125, 1, 4);
const momentum = fc.constantFrom(0.5, 0.9, 0.25);
const [yes, no, none] = [fc.constant(true), fc.constant(false), fc.constant(0)];

/** With what each algorithm is run: kinds of settings, so that each of them is met. */
const settings: Readonly<
  Record<Exclude<StatefulAlgorithmName, 'prox-svrg'>, readonly fc.Arbitrary<Hyperparameters>[]>
> = {
  'momentum-sgd': [
    fc.record({ momentum, dampening: none, nesterov: yes, weightDecay: decay, decoupled: no }),
    fc.record({ momentum, dampening: fc.constantFrom(0.5, 0.125), nesterov: no, weightDecay: decay, decoupled: yes }),
    fc.record({ momentum, dampening: none, nesterov: fc.boolean(), weightDecay: none, decoupled: fc.boolean() }),
  ],
  signum: [
    fc.record({ momentum, weightDecay: decay, decoupled: no }),
    fc.record({ momentum, weightDecay: decay, decoupled: yes }),
    fc.record({ momentum: fc.constantFrom(0.9, 0), weightDecay: none, decoupled: fc.boolean() }),
  ],
  lion: [
    fc.record({ beta1: momentum, beta2: fc.constantFrom(0.99, 0.5), weightDecay: decay }),
    fc.record({ beta1: fc.constantFrom(0.9, 0), beta2: fc.constantFrom(0.75, 0), weightDecay: none }),
  ],
  rprop: [
    fc.record({
      etaMinus: fc.constantFrom(0.5, 0.25),
      etaPlus: fc.constantFrom(1.2, 2, 1),
      smallestStep: fc.constantFrom(2 ** -10, 0.25),
      largestStep: fc.constantFrom(0.75, 50),
    }),
  ],
  'error-feedback-sign-sgd': [fc.constant({})],
  'error-feedback-sign-prox': [fc.constant({})],
  'sign-prox-momentum': [fc.record({ momentum: fc.constantFrom(0.5, 0.9, 0.25, 0) })],
  fista: [fc.constant({})],
};

function settingsOf(
  algorithm: StatefulAlgorithmName,
  types: readonly string[],
): readonly fc.Arbitrary<Hyperparameters>[] {
  if (algorithm !== 'prox-svrg') return settings[algorithm];
  const regularizer = fc.oneof(...types.map((type) => regularizers[type]!));
  return [fc.constantFrom(2, 3, 5), fc.constantFrom(1, 4)].map((epoch) => fc.record({ epoch, regularizer }));
}

/** Runs of an algorithm with memory: of each kind of settings in one coordinate with one component, in two with two, and in either. */
export function statefulCases(
  algorithm: StatefulAlgorithmName,
  { regularizers: types = regularizerTypes, ...options }: StatefulCaseOptions,
): readonly fc.Arbitrary<StatefulCase>[] {
  const problems = [
    runCase({ ...options, maximumComponents: 1 }).filter(({ x }) => x.length === 1),
    runCase({ ...options, maximumComponents: 2 }).filter(
      ({ x, problem }) => x.length > 1 && problem.functions.length > 1,
    ),
    runCase({ ...options, maximumComponents: 2 }),
  ];
  return settingsOf(algorithm, types).flatMap((drawn) =>
    problems.map((problem) =>
      fc.tuple(problem, drawn).map(([input, hyperparameters]) => ({ ...input, hyperparameters })),
    ),
  );
}

/** Categories of a run: those of its problem, and what its hyperparameters switch on. */
export function classifyStatefulCase({ x, problem, hyperparameters: given }: StatefulCase): string[] {
  const isOn = (name: string): boolean => given[name] !== undefined && Number(given[name]) !== 0;
  return [
    x.length === 1 ? 'one element' : 'several coordinates',
    problem.functions.length === 1 ? 'one component' : 'two components',
    ...['momentum', 'dampening', 'nesterov'].filter(isOn),
    ...(given['epoch'] === undefined
      ? []
      : [given['epoch'] === 1 ? 'an anchor for each step' : 'an anchor for several steps']),
    ...(isOn('weightDecay') ? [isOn('decoupled') ? 'decoupled decay' : 'weight decay'] : []),
  ];
}

import test from 'ava';
import fc from 'fast-check';
import { type StatefulAlgorithmName, statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import type { Schedule } from './run-case.js';
import { onIn, ordinaryShape, pairedSettings, statefulCases } from './stateful-case.js';

const schedules: readonly Schedule[] = ['constant', 'halved half-way', 'decaying', 'warm-up'];
const most: Readonly<Partial<Record<StatefulAlgorithmName, number>>> = { 'momentum-sgd': 24, nadam: 26 };

test('every two levels of every two hyperparameters meet in few settings, and every level meets every schedule', (t) => {
  for (const algorithm of statefulAlgorithmNames) {
    const settings = pairedSettings(algorithm, schedules);
    t.true(settings.length <= (most[algorithm] ?? 18), `${settings.length} settings of ${algorithm}`);
    const met = new Set(
      settings.flatMap(({ hyperparameters, schedule }) => {
        const entries = Object.entries({ ...hyperparameters, schedule }).map(String);
        return entries.flatMap((one) => entries.map((other) => `${one} ${other}`));
      }),
    );
    const names = Object.keys(settings[0]!.hyperparameters);
    const levelsOf = (name: string) => [...new Set(settings.map(({ hyperparameters }) => hyperparameters[name]))];
    for (const name of names) {
      for (const level of levelsOf(name)) {
        for (const schedule of schedules) t.true(met.has(`${name},${String(level)} schedule,${schedule}`));
        for (const other of names.filter((each) => each !== name)) {
          for (const second of levelsOf(other)) {
            const pair = `${name},${String(level)} ${other},${String(second)}`;
            // Nesterov's look-ahead of SGD needs momentum and no dampening.
            const isRefused =
              algorithm === 'momentum-sgd' &&
              /nesterov,true/.test(pair) &&
              /momentum,0( |$)|dampening,(0\.5|1)/.test(pair);
            t.is(met.has(pair), !isRefused, `${algorithm}: ${pair}`);
          }
        }
      }
    }
  }
});

test('what most people use is asked: each set of hyperparameters is on while the others are 0 or off', (t) => {
  const sorted = (names: string): string => names.split(', ').toSorted().join(', ');
  const wanted: Readonly<Partial<Record<StatefulAlgorithmName, readonly string[]>>> = {
    'momentum-sgd': ['', ', dampening', ', nesterov'].flatMap((form) =>
      ['', ', weightDecay', ', weightDecay, decoupled'].map((decay) => `momentum${form}${decay}`),
    ),
    nadam: ['beta1, beta2, epsilon, momentumDecay', 'beta1, beta2, epsilon, momentumDecay, weightDecay'],
    rmsprop: ['alpha, epsilon, centered, weightDecay', 'alpha, epsilon'],
    adam: ['beta1, beta2, epsilon', 'beta1, beta2, epsilon, weightDecay'],
  };
  for (const [algorithm, sets] of Object.entries(wanted)) {
    const settings = pairedSettings(algorithm as StatefulAlgorithmName, schedules);
    const met = settings.map(({ hyperparameters }) => sorted(onIn(hyperparameters)));
    for (const names of sets) t.true(met.includes(sorted(names)), `${algorithm}: ${names}`);
  }
});

test('0 is a level of every rate and weight, and flags take both values', (t) => {
  const levelsOf = (algorithm: StatefulAlgorithmName, name: string) =>
    new Set(pairedSettings(algorithm).map(({ hyperparameters }) => hyperparameters[name]));
  for (const name of ['momentum', 'dampening', 'weightDecay']) t.true(levelsOf('momentum-sgd', name).has(0), name);
  for (const name of ['beta1', 'beta2', 'weightDecay']) t.true(levelsOf('lion', name).has(0), name);
  for (const name of ['nesterov', 'decoupled']) t.is(levelsOf('momentum-sgd', name).size, 2, name);
  t.true(levelsOf('momentum-sgd', 'dampening').has(1));
});

test('muon is asked matrices that are large enough not to fall back, and none that is smaller than declared', (t) => {
  const options = { functionTypes: ['squared-l2', 'linear'], smoothTypes: ['zero'], shapes: ['matrix'] as const };
  const leastIn = (leastShape?: number): number[] => {
    const restrictions = leastShape === undefined ? {} : { leastShape };
    const cases = statefulCases('muon', { ...options, restrictions });
    return cases.flatMap((each) => fc.sample(each, { seed: 1, numRuns: 8 }).map(({ shape }) => Math.min(...shape!)));
  };
  t.true(leastIn().includes(1));
  t.true(leastIn().includes(ordinaryShape));
  t.is(Math.min(...leastIn(3)), 3);
});

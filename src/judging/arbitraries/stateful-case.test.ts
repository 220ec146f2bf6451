import test from 'ava';
import { type StatefulAlgorithmName, statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import type { Schedule } from './run-case.js';
import { pairedSettings } from './stateful-case.js';

const schedules: readonly Schedule[] = ['constant', 'halved half-way', 'decaying', 'warm-up'];
const most: Readonly<Partial<Record<StatefulAlgorithmName, number>>> = { 'momentum-sgd': 24 };

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

test('0 is a level of every rate and weight, and flags take both values', (t) => {
  const levelsOf = (algorithm: StatefulAlgorithmName, name: string) =>
    new Set(pairedSettings(algorithm).map(({ hyperparameters }) => hyperparameters[name]));
  for (const name of ['momentum', 'dampening', 'weightDecay']) t.true(levelsOf('momentum-sgd', name).has(0), name);
  for (const name of ['beta1', 'beta2', 'weightDecay']) t.true(levelsOf('lion', name).has(0), name);
  for (const name of ['nesterov', 'decoupled']) t.is(levelsOf('momentum-sgd', name).size, 2, name);
  t.true(levelsOf('momentum-sgd', 'dampening').has(1));
});

import test from 'ava';
import { properties } from '../../../properties/index.js';
import { decodeExact } from '../../claims/exact-encoding.js';
import { plantError } from '../../claims/implementation/planted-defect.js';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { judgeSubjects, shownCase } from '../../claims/subject-verdicts.js';
import { onIn, type StatefulCase } from '../arbitraries/stateful-case.js';
import { ordinaryInputs } from './shrink-failing.js';
import { simplerNumbersIn } from './simplifications.js';

test('shrinking simplifies one number at a time, the simplest first, and keeps places and lengths', (t) => {
  const input = {
    specification: { type: 'l1', weight: 2.625 },
    step: 1,
    y: Float64Array.of(0, -3),
    indices: [7],
    shape: [4, 6],
  };
  const simpler = [...simplerNumbersIn(input)] as (typeof input)[];
  t.deepEqual(simpler[0], { ...input, specification: { type: 'l1', weight: 0 } });
  t.deepEqual(simpler[1], { ...input, specification: { type: 'l1', weight: 1 } });
  t.true(simpler.every(({ indices, shape }) => indices[0] === 7 && shape[0] === 4));
  t.true(simpler.some(({ y }) => y[1] === 3));
  t.true(simpler.some(({ specification }) => specification.weight === 2.6));
  t.false(
    simpler.some(({ y }) => y[0] !== 0),
    '0 is as simple as it gets',
  );
  t.is(input.y[1], -3, 'the input is left as it is');
});

test('probabilities become uniform together', (t) => {
  t.deepEqual([...simplerNumbersIn({ probabilities: [0.25, 0.75] })], [{ probabilities: [0.5, 0.5] }]);
  t.deepEqual([...simplerNumbersIn({ probabilities: [0.5, 0.5] })], []);
});

test('an extreme input is tried at small integers, the step 1 and parameters of 1, at the same shape', (t) => {
  const vector = Float64Array.of(2 ** -30, 0, 0, 0, 0, 0);
  const specification = { type: 'nuclear-norm', weight: 0, shape: [2, 3] };
  const input = { specification, placed: [{ step: 0.7, points: [vector, vector] }] };
  for (const ordinary of ordinaryInputs(input) as Iterable<typeof input>) {
    t.deepEqual(ordinary.specification, { ...specification, weight: 1 });
    const [{ step, points }] = ordinary.placed as [(typeof input.placed)[0]];
    t.is(step, 1);
    t.true(points.every((point) => point.every((entry) => Number.isInteger(entry) && entry !== 0)));
    t.notDeepEqual(points[0], points[1], 'two points stay two');
  }
});

test('a counterexample of an optimiser has on only what is wrong, the fewest steps, one entry and numbers of 0 and 1', async (t) => {
  const planted: readonly (readonly [wrong: string, on: string, steps: number])[] = [
    ['the weight decay is ignored', 'weightDecay', 1],
    ['the buffer is 0 before every step', 'momentum', 2],
    ['Nesterov does not look ahead', 'momentum, nesterov', 1],
  ];
  const claim = properties.find(({ id }) => id === 'momentum-sgd')!;
  const subject = 'run of momentum-sgd';
  for (const [wrong, on, steps] of planted) {
    const { cells = [] } = await claim.check(plantError('momentum-sgd', wrong), quickBudget());
    const found = judgeSubjects([{ id: claim.id, evidence: { cells } }], 'f64').find(
      (each) => each.subject === subject,
    );
    const shown = shownCase(
      cells.find((cell) => cell.subject === subject),
      found?.counterexample,
    );
    const { hyperparameters, batches, x, step } = decodeExact(shown!.input) as StatefulCase;
    t.deepEqual([onIn(hyperparameters), batches.length, x.length, step], [on, steps, 1, 1], found!.counterexample);
  }
});

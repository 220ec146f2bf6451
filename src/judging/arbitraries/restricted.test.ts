import test from 'ava';
import fc from 'fast-check';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import { statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { functionSpecification, generatableTypes, nestedSpecification } from './function-specification.js';
import { neverWithout, withoutHyperparameters } from './restricted.js';
import { smoothSpecification } from './smooth-specification.js';
import { classifyStatefulCase, pairedSettings, type StatefulCase } from './stateful-case.js';

const sample = <Value>(arbitrary: fc.Arbitrary<Value>): Value[] => fc.sample(arbitrary, { numRuns: 200, seed: 1 });

const drawn = (type: string, n: number, restrictions?: Restrictions): Record<string, unknown>[] =>
  sample(functionSpecification(type, n, undefined, restrictions));

test('weights of 0 are drawn, and small ones if 0 is restricted', (t) => {
  const weights = (restrictions?: Restrictions): unknown[] =>
    drawn('elastic-net', 2, restrictions).flatMap(({ l1Weight, l2Weight }) => [l1Weight, l2Weight]);
  t.true(weights().includes(0));
  t.true((weights({ positiveWeights: true }) as number[]).every((weight) => weight > 0));
});

test('weights in vectors keep their number under restrictions: one for each group', (t) => {
  for (const [type, name] of [
    ['weighted-l1', 'weights'],
    ['weighted-group-l2', 'groupWeights'],
  ] as const) {
    const all = (restrictions?: Restrictions) => drawn(type, 6, restrictions).flatMap((drawn) => drawn[name]);
    t.true(all().includes(0));
    t.true((all({ positiveWeights: true }) as number[]).every((weight) => weight > 0));
  }
  for (const { groups } of drawn('complex-group-l2', 7, { equalGroups: true })) t.is((groups as number[][]).length, 1);
  for (const { groups, groupWeights } of drawn('weighted-group-l2', 12, { equalGroups: true })) {
    t.is((groupWeights as number[]).length, (groups as number[][]).length);
  }
});

test('groups are of one size and hold the same indices', (t) => {
  for (const n of [1, 2, 6, 7, 12]) {
    const sizes = drawn('group-l2', n, { equalGroups: true }).map(({ groups }) => {
      const all = groups as number[][];
      t.deepEqual(
        [...all.flat()].sort((one, other) => one - other),
        [...Array(n).keys()],
      );
      t.is(new Set(all.map(({ length }) => length)).size, 1);
      return all[0]!.length;
    });
    t.true(n === 1 || new Set(sizes).size > 1);
  }
});

test('a parameter with a number for each entry is one number if that is declared', (t) => {
  const isOne = (value: unknown): boolean => typeof value === 'number';
  for (const { lower, upper } of drawn('box', 6, { isotropic: true })) {
    t.true(isOne(lower) && isOne(upper) && (lower as number) <= (upper as number));
  }
  const terms = sample(smoothSpecification('quadratic', 3, { isotropic: ['curvature'] }));
  t.true(terms.every(({ curvature }) => isOne(curvature)));
  t.false(terms.every(({ center }) => isOne(center)));
  t.false(sample(smoothSpecification('quadratic', 3)).every(({ curvature }) => isOne(curvature)));
});

test('a hyperparameter that is not offered is 0 or false, and its categories need not be met', (t) => {
  const given = { momentum: 0.5, weightDecay: 1, nesterov: true };
  const without = withoutHyperparameters(['weightDecay', 'nesterov', 'decoupled']);
  t.deepEqual(without({ step: 1, hyperparameters: given }), {
    step: 1,
    hyperparameters: { momentum: 0.5, weightDecay: 0, nesterov: false },
  });
  t.deepEqual(without({ step: 1 }), { step: 1 });
  t.deepEqual(neverWithout(['decoupled', 'momentum']), ['decoupled decay']);
});

test('a category of runs that no run has without a hyperparameter need not be met without it', (t) => {
  const run = {
    x: Float64Array.of(1),
    step: 1,
    batches: [[0]],
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
  };
  for (const algorithm of statefulAlgorithmNames) {
    const categories = (lacking: readonly string[]): readonly string[] =>
      pairedSettings(algorithm).flatMap(({ hyperparameters }) =>
        classifyStatefulCase(withoutHyperparameters(lacking)({ ...run, hyperparameters }) as StatefulCase),
      );
    for (const [name, { optional }] of Object.entries(statefulAlgorithms[algorithm].parameters)) {
      if (!optional) continue;
      const left = new Set([...categories([name]), ...neverWithout([name])]);
      t.deepEqual(
        [...new Set(categories([]))].filter((category) => !left.has(category)),
        [],
        `${algorithm}: ${name}`,
      );
    }
  }
});

test('only declared functions are inside a wrapper, wrappers included', (t) => {
  const restrictions: Restrictions = { inner: { scaled: ['l1', 'translated'], conjugate: ['translated'] } };
  const insideOf = (specifications: readonly Record<string, unknown>[]): string[] =>
    [...new Set(specifications.map(({ inner }) => (inner as { readonly type: string }).type))].sort();
  t.deepEqual(insideOf(drawn('scaled', 2, restrictions)), ['l1']);
  t.true(insideOf(drawn('tilted', 2, restrictions)).length > 10);
  t.deepEqual(insideOf(sample(nestedSpecification('scaled', 2, undefined, restrictions)!)), ['translated']);
  // Of what stands on its own nothing may be conjugated.
  t.deepEqual(generatableTypes(['l1', 'scaled', 'conjugate'], restrictions), ['l1', 'scaled']);
  t.is(nestedSpecification('moreau-envelope', 2, undefined, { inner: { 'moreau-envelope': ['l1'] } }), undefined);
});

import test from 'ava';
import fc from 'fast-check';
import { parseFunction, sortedL1, sparseGroup, weightedGroupL2 } from '../../reference/functions/index.js';
import { fromDouble, type Rational, rational, square, sum, toDouble, two, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { projectOnto } from './projections.js';
import { coupledProx, proximalPoints } from './proximal-points.js';
import { functionValue } from './values.js';

const points = fc.integer({ min: -40, max: 40 }).map((k) => rational(BigInt(k), 8n));
const steps = fc.constantFrom(rational(1n, 10n), rational(1n), rational(3n));
const cases = fc.record({
  weights: fc
    .array(fc.integer({ min: 0, max: 16 }), { minLength: 4, maxLength: 4 })
    .map((values) => values.sort((a, b) => b - a).map((k) => k / 8)),
  y: fc.array(points, { minLength: 4, maxLength: 4 }),
  step: steps,
});

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => permutations(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}

/** Σ a_i b_i. */
const product = (a: readonly Rational[], b: readonly Rational[]): Rational =>
  sum(a.map((value, i) => value.mul(b[i]!)));

test('the sorted l1 norm is the largest of Σ w_π(i)|u_i| over all permutations π', (t) => {
  fc.assert(
    fc.property(cases, ({ weights, y }) => {
      const sizes = y.map((value) => value.abs());
      const all = permutations(weights.map(fromDouble)).map((permuted) => product(permuted, sizes));
      const largest = all.reduce((a, b) => (b.gt(a) ? b : a));
      return sortedL1({ weights }).value(Float64Array.from(y, toDouble)) === toDouble(largest);
    }),
    { numRuns: 200 },
  );
  t.pass();
});

test('the prox of the sorted l1 norm: (y − u)/γ is in the polytope of all permuted weights, and ⟨(y − u)/γ, u⟩ = r(u)', (t) => {
  fc.assert(
    fc.property(cases, ({ weights, y, step }) => {
      const u = coupledProx({ type: 'sorted-l1', weights }, step, y);
      const slope = y.map((value, i) => value.sub(u[i]!).div(step));
      const sizes = (v: readonly Rational[]) => v.map((value) => value.abs()).sort((a, b) => b.compare(a));
      const w = weights.map(fromDouble);
      const inside = sizes(slope).every((_, k) => sum(sizes(slope).slice(0, k + 1)).lte(sum(w.slice(0, k + 1))));
      return inside && product(slope, u).equals(product(w, sizes(u)));
    }),
    { numRuns: 500 },
  );
  t.pass();
});

test('the prox of the library is within rounding of the exact one', (t) => {
  fc.assert(
    fc.property(cases, ({ weights, y, step }) => {
      const exact = coupledProx({ type: 'sorted-l1', weights }, fromDouble(toDouble(step)), y);
      const u = sortedL1({ weights }).prox(Float64Array.from(y, toDouble), toDouble(step));
      return exact.every((value, i) => Math.abs(toDouble(value) - u[i]!) <= 2 ** -48);
    }),
    { numRuns: 500 },
  );
  t.pass();
});

test('sparse groups are thresholded, then shrunk, if the norm is rational', (t) => {
  const specification = { type: 'sparse-group', l1Weight: 1, groupWeight: 2.5, groups: [[0, 2], [1]] };
  const y = [4, 1.5, -5].map(fromDouble);
  // soft(y, 1) is (3, −4) of norm 5, and ½.
  t.deepEqual(coupledProx(specification, rational(1n), y).map(toDouble), [1.5, 0, -2]);
  const { type: _, ...parameters } = specification;
  t.deepEqual([...sparseGroup(parameters).prox(Float64Array.of(4, 1.5, -5), 1)], [1.5, 0, -2]);
  t.throws(() => coupledProx(specification, rational(1n), [2, 2, 2].map(fromDouble)), { instanceOf: NotRationalError });
  t.throws(() => coupledProx({ type: 'l2' }, rational(1n), [zero]), { instanceOf: NotRationalError });
});

test('groups are shrunk by their own weights, if the norm is rational', (t) => {
  const parameters = { groupWeights: [2.5, 0, 8], groups: [[0, 2], [1], [3]] };
  const y = [3, 1.5, -4, 7];
  const exact = coupledProx({ type: 'weighted-group-l2', ...parameters }, rational(1n), y.map(fromDouble));
  t.deepEqual(exact.map(toDouble), [1.5, 1.5, -2, 0]);
  t.deepEqual([...weightedGroupL2(parameters).prox(Float64Array.from(y), 1)], [1.5, 1.5, -2, 0]);
});

// 3 − 4i of modulus 5, −2i, and 3.5, which is real.
const complexPoint = [3, -4, 0, -2, 3.5];
const complexAnswers = [
  [{ type: 'complex-l1', weight: 2.5 }, [1.5, -2, 0, 0, 1]],
  [{ type: 'complex-group-l2', weight: 2.5, groups: [[1, 0], [4], [2, 3]] }, [1.5, -2, 0, 0, 1]],
  [{ type: 'complex-linf-ball', radius: 2.5 }, [1.5, -2, 0, -2, 2.5]],
  // Moduli 5, 2 and 3.5 fall by 2.5 each, except the one that becomes 0.
  [{ type: 'complex-l1-ball', radius: 3.5 }, [1.5, -2, 0, 0, 1]],
  [{ type: 'complex-l1-ball', radius: 10.5 }, complexPoint],
] as const;

test('complex numbers keep their directions, if their moduli are rational', (t) => {
  for (const [specification, right] of complexAnswers) {
    const exact = coupledProx(specification, rational(1n), complexPoint.map(fromDouble));
    t.deepEqual(exact.map(toDouble), [...right], specification.type);
    const u = parseFunction(specification).prox(Float64Array.from(complexPoint), 1);
    t.deepEqual([...u], [...right], specification.type);
  }
});
test('exact projections satisfy the conditions that characterise them', (t) => {
  const point = (...values: number[]) => values.map(fromDouble);
  for (const y of [point(1.5, -0.25, 1.5), point(0.3, 0.3, 0.3), point(-4), point(0.5, -1, 2, 0.25)]) {
    const u = projectOnto({ type: 'simplex', total: 0.7 }, y);
    t.true(sum(u).equals(fromDouble(0.7)));
    // y − u is one number τ where u > 0, and at most τ where u = 0.
    const pulls = y.map((value, i) => value.sub(u[i]!));
    const shift = pulls[u.findIndex((value) => value.gt(zero))]!;
    u.forEach((value, i) => {
      t.true(value.gt(zero) ? pulls[i]!.equals(shift) : value.equals(zero) && pulls[i]!.lte(shift));
    });
  }
  const u = projectOnto({ type: 'l2-ball', radius: 2.5 }, point(2, -3, 6));
  t.deepEqual(
    u.map((value) => value.toFraction()),
    ['5/7', '-15/14', '15/7'],
  );
  t.deepEqual(projectOnto({ type: 'l2-ball', radius: 2.5 }, [rational(1n, 3n)]).map(toDouble), [1 / 3]);
  t.throws(() => projectOnto({ type: 'l2-ball', radius: 1 }, point(1, 1)), { message: /norm of the point/ });
  t.throws(() => projectOnto({ type: 'rank-ball', rank: 1 }, point(1, 1)), { message: /no rational projection/ });
});

// Norms of these points, of their tails and of their groups are rational.
const rationalPoints = [
  [0.75, 3, 4, 0],
  [-6, 4, -3, 0],
  [1, 2, 1, -2],
  [0, -0.5, 1, 1],
  [-1, -1, 1, 1],
  [0, 0, 0, 0],
  [-2.875, 2, 1, -2],
  [0, -4, 4, 7],
  [0, 3, 4, 12],
].map((y) => y.map(fromDouble));

const coupled = [
  { type: 'halfspace', normal: [1, -2, 0.5, 1], offset: 0.75 },
  { type: 'hyperplane', normal: [1, -2, 0.5, 1], offset: 0.75 },
  { type: 'l0-ball', sparsity: 2 },
  { type: 'l1-ball', radius: 1.5 },
  { type: 'linf-ball', radius: 1.5 },
  { type: 'second-order-cone' },
  { type: 'sphere', radius: 1.5 },
  { type: 'group-l2', weight: 0.75, groups: [[1, 2, 3], [0]] },
  {
    type: 'group-linf',
    weight: 0.75,
    groups: [
      [3, 1],
      [0, 2],
    ],
  },
  { type: 'huber-norm', weight: 1.5, threshold: 0.5 },
  { type: 'linf', weight: 0.75 },
  { type: 'max', weight: 0.75 },
  { type: 'total-variation-1d', weight: 0.75 },
];

test('a minimiser is no worse than those of other points, and one of them is that of the library', (t) => {
  for (const specification of coupled) {
    let met = 0;
    for (const step of [fromDouble(0.125), fromDouble(3)]) {
      const found = rationalPoints.flatMap((y) => {
        try {
          return [{ y, minimisers: proximalPoints(specification, step, y) }];
        } catch (error) {
          if (!(error instanceof NotRationalError)) throw error;
          return [];
        }
      });
      const others = found.flatMap(({ minimisers }) => minimisers);
      for (const { y, minimisers } of found) {
        const objective = (u: readonly Rational[]): Rational | undefined => {
          try {
            const value = functionValue(specification, u)!;
            return sum(u.map((entry, i) => square(entry.sub(y[i]!)).div(two))).add(step.mul(value));
          } catch (error) {
            if (!(error instanceof NotRationalError)) throw error;
            return undefined;
          }
        };
        for (const u of minimisers) {
          const least = objective(u)!;
          t.false(
            others.map(objective).some((value) => value?.lt(least)),
            `${specification.type} at ${y.map(toDouble)}: ${u.map(toDouble)}`,
          );
        }
        const right = parseFunction(specification).prox(Float64Array.from(y, toDouble), toDouble(step));
        const isRight = (u: readonly Rational[]) => u.every((v, i) => Math.abs(toDouble(v) - right[i]!) < 2 ** -48);
        t.true(minimisers.some(isRight), `${specification.type} at ${y.map(toDouble)}: ${right}`);
        met++;
      }
    }
    t.true(met >= 8, `${specification.type}: ${met} points`);
  }
});

test('every minimiser is found where several are as good', (t) => {
  const answers = (specification: (typeof coupled)[number], ...y: number[]) =>
    proximalPoints(specification, rational(1n), y.map(fromDouble)).map((u) => u.map(toDouble));
  t.deepEqual(answers({ type: 'l0-ball', sparsity: 2 }, -1, 1, 3, 0), [
    [0, 1, 3, 0],
    [-1, 0, 3, 0],
  ]);
  t.deepEqual(answers({ type: 'l0-ball', sparsity: 2 }, 0, 1), [[0, 1]]);
  t.deepEqual(answers({ type: 'sphere', radius: 1.5 }, 0), [[-1.5], [1.5]]);
  t.deepEqual(answers({ type: 'sphere', radius: 0 }, 0, 0), [[0, 0]]);
  t.throws(() => answers({ type: 'sphere', radius: 1 }, 0, 0), {
    instanceOf: NotRationalError,
    message: /every point/,
  });
});

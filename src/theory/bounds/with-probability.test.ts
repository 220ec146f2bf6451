import test from 'ava';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import type { EngineChoice } from '../left-side/engine-names.js';
import { leftSide } from '../left-side/monte-carlo.js';
import { prove } from '../proofs/prove.js';
import { worst } from '../proofs/worst.js';
import type { BoundInstance, Theorem } from '../theorem/theorem.js';
import { NoModelError } from '../theorem/theorem-fields.js';
import { readTheoremFile } from '../theorem/theorem-file.js';
import { decideRow } from './bound-row.js';

/** SGD with γ = ½ or signSGD with γ = 1, B = 1, and b whatever the problem is. */
const theoremOf = (delta: number, bound: number, fields: Partial<Theorem> = {}): Theorem =>
  readTheoremFile({
    theorem: {
      ...{
        id: 'with-probability',
        statement: 'P((1/T) Σ ‖∇f̄(x^{t−1})‖² ≤ b) ≥ 1 − δ',
        hypotheses: [],
        objective: 'fixed',
      },
      ...{ algorithm: 'sgd', term: 'squared-gradient', schedule: () => ({ step: 0.5, miniBatch: 1 }) },
      ...{ delta, bound: () => bound },
      ...fields,
    },
  }).theorem;
const signs: Partial<Theorem> = {
  algorithm: 'sign-sgd',
  term: 'gradient-l1',
  schedule: () => ({ step: 1, miniBatch: 1 }),
};

/** d = ½x² from 0; a draw adds 3 to the gradient with probability ¼, and −1 otherwise. */
const skew: BoundInstance = {
  name: 'skew noise',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [3, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.25, 0.75],
  },
  start: [0],
};

async function decide(theorem: Theorem, instance: BoundInstance, iterations: number, engine: EngineChoice) {
  return decideRow({
    ...{ claim: 'with-probability', version: 1, theorem, instance, iterations, engine, budget: quickBudget() },
    unchosen: { minimumReplicates: 64 },
    replicates: (job) => async (from, to) => {
      const left = leftSide(theorem, job);
      return Array.from({ length: to - from }, (_, i) => left(from + i));
    },
  });
}

test('the probability that a run is above b is that of a law by hand, also at its atoms', async (t) => {
  const [rational, every] = [['enumeration', 'paths'] as const, ['enumeration', 'lattice', 'paths'] as const];
  const cases = [
    // x¹ = −3/2 or ½; x² = −9/4, −¼, −5/4 or ¾.
    { T: 2, from: 0, values: [1, 9], over: 8, weights: [12, 4], engines: rational },
    { T: 3, from: 0, values: [13, 29, 37, 117], over: 48, weights: [9, 3, 3, 1], engines: rational },
    // By signs x¹ = −1 or 1; x² = −2 or 0 from −1, and 0 or, at a tie, 1 from 1: rounding would decide the tie of disturbed paths.
    {
      T: 3,
      from: 0,
      values: [1, 2, 3],
      over: 3,
      weights: [6, 9, 1],
      engines: ['enumeration', 'lattice'],
      fields: signs,
    },
    // x¹ = −¾ or 5/4; x² = −7/4 or ¼ from −¾, and ¼ from 5/4: paths meet in ¼ with the sums 5/4 and 7/4, and go on to −¾ and 5/4.
    { T: 4, from: 0.25, values: [4, 5, 6, 7, 11], over: 8, weights: [3, 21, 36, 3, 1], engines: every, fields: signs },
  ] as const;
  for (const { T, from, over, engines, ...of } of cases) {
    const fields = 'fields' in of ? of.fields : {};
    const total = of.weights.reduce<number>((sum, weight) => sum + weight, 0);
    const law = of.values.map((value, i) => [value / over, of.weights[i]! / total] as const);
    for (const bound of law.flatMap(([value]) => [value * (1 - 1e-6), value, value * (1 + 1e-6)])) {
      const above = law.reduce((sum, [value, mass]) => sum + (value > bound * (1 + 1e-9) ? mass : 0), 0);
      for (const engine of engines) {
        for (const [delta, verdict] of [
          [above, 'holds'],
          [above + 0.01, 'holds'],
          [above - 0.01, 'violated'],
        ] as const) {
          if (!(delta > 0 && delta < 1)) continue;
          const row = await decide(theoremOf(delta, bound, fields), { ...skew, start: [from] }, T, engine);
          const asked = `${engine}, T = ${T}, b = ${bound}, δ = ${delta}`;
          const isProved =
            engine === 'enumeration' && verdict === 'holds' && delta > above && !law.some(([value]) => value === bound);
          t.is(row.verdict, isProved ? 'proved-exactly' : verdict, `${asked}: ${row.reason}`);
          t.true(row.leftInterval[0] <= above && above <= row.leftInterval[1], asked);
          t.true(row.leftInterval[1] - row.leftInterval[0] < 1e-12, asked);
          t.deepEqual([row.bound, row.threshold], [delta, bound], asked);
        }
      }
    }
  }
});

test('a run is left as soon as it is above b whatever follows, and counts once', async (t) => {
  for (const [engine, fields] of [
    ['enumeration', {}],
    ['paths', {}],
    ['lattice', signs],
  ] as const) {
    const row = await decide(theoremOf(0.5, 1, fields), { ...skew, start: [100] }, 5, engine);
    t.deepEqual([row.verdict, row.left > 1 - 1e-12, row.leftInterval[1] <= 1], ['violated', true, true], engine);
  }
});

test('the last iterate has a law too', async (t) => {
  // x² is −9/4, −¼, −5/4 or ¾ with probabilities 1, 3, 3 and 9 sixteenths.
  const last = theoremOf(0.25, 81 / 16 - 0.01, { onlyLast: true });
  const row = await decide(last, skew, 2, 'paths');
  t.true(Math.abs(row.left - 1 / 16) < 1e-12);
  const kept = await decide(theoremOf(0.01, 81 / 16, { onlyLast: true }), skew, 2, 'paths');
  t.deepEqual([kept.verdict, kept.left], ['holds', 0]);
});

test('sampling tests a share of runs, at the error of every row, and an atom at b is kept', async (t) => {
  const sampled = (delta: number, bound: number) => decide(theoremOf(delta, bound), skew, 2, 'monte-carlo');
  const kept = await sampled(0.5, 0.125);
  t.deepEqual([kept.verdict, kept.engine, kept.cap, kept.assumption], ['holds', 'monte-carlo', 1, 'M']);
  t.regex(kept.reason, /^P\(left side > 0\.125\) against δ = 0\.5: e-process crossed at n = \d+$/);
  t.true(Math.abs(kept.left - 0.25) < 0.2, 'a share, and no mean of left sides');
  t.is((await sampled(0.1, 0.125)).verdict, 'violated');
  t.is((await sampled(0.1, 1.125)).verdict, 'holds');
  const one = await decide(theoremOf(0.1, 0), skew, 1, 'monte-carlo');
  t.deepEqual([one.engine, one.verdict, one.left], ['deterministic', 'holds', 0]);
  const surely = await decide(theoremOf(0.1, 0.5), { ...skew, start: [1] }, 1, 'monte-carlo');
  t.deepEqual([surely.engine, surely.verdict, surely.left], ['deterministic', 'violated', 1]);
});

test('where the ends of f* leave b open nothing is decided between them', async (t) => {
  /** A bound at the two ends of f(x⁰) − f*, one after the other. */
  const between = (ends: readonly [number, number]): Theorem['bound'] => {
    let calls = 0;
    return () => ends[calls++ % 2]!;
  };
  for (const engine of ['enumeration', 'paths', 'monte-carlo'] as const) {
    const at = (ends: readonly [number, number]) =>
      decide(theoremOf(0.4, 0, { bound: between(ends) }), skew, 2, engine);
    t.is((await at([0.1, 0.2])).verdict, 'inconclusive', `${engine}: P is 1 above 0.1, and ¼ above 0.2`);
    t.is((await at([0.01, 0.02])).verdict, 'violated', engine);
    t.regex((await at([0.2, 0.3])).verdict, /^(?:holds|proved-exactly)$/, engine);
  }
  // The mean is ⅜.
  const { delta: _, ...mean } = theoremOf(0.4, 0, { bound: between([0.1, 1]) });
  const row = await decide({ ...mean, cap: () => 1.125 }, skew, 2, 'monte-carlo');
  t.is(row.verdict, 'inconclusive', row.reason);
});

/** d = ½x² from x*: once in 64 draws the gradient is off by 8 or −8, so that σ = 1. */
const rare: BoundInstance = {
  name: 'a rare event',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [0, 8, -8].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [63 / 64, 1 / 128, 1 / 128],
  },
  start: [0],
};

test('Markov’s inequality holds, and a bound of the mean is no bound of one run in a hundred', async (t) => {
  const mean: Theorem['bound'] = (_T, { sigma, gap, lipschitz }, { step }) =>
    (2 * gap.upper) / step + step * lipschitz! * sigma! ** 2;
  const markov = theoremOf(0.1, 0, {
    bound: (T, constants, ...rest) => mean(T, constants, ...rest) / constants.delta!,
  });
  const alone = theoremOf(0.01, 0, { bound: mean });
  // An event in one of the first three draws leaves γ²8²/4 = 4 at least; without one x stays at 0. The bound of the mean is ½.
  // An event in the second draw leaves (16 + 4)/4, which is Markov's b to the last bit, and keeps it.
  const eventful = 1 - (63 / 64) ** 3;
  for (const engine of ['enumeration', 'paths', 'monte-carlo'] as const) {
    t.is((await decide(markov, rare, 4, engine)).verdict, 'holds', engine);
    const row = await decide(alone, rare, 4, engine);
    t.is(row.verdict, 'violated', engine);
    if (engine !== 'monte-carlo') t.true(Math.abs(row.left - eventful) < 1e-12, engine);
  }
});

test('what has means alone says that it has no law', async (t) => {
  const theorem = theoremOf(0.1, 1);
  await t.throwsAsync(decide(theorem, skew, 2, 'moments'), { message: /needs its law; give --engine auto/ });
  await t.throwsAsync(prove(theorem), {
    instanceOf: NoModelError,
    message: /P\(left side ≤ b\) ≥ 1 − δ, δ = 0\.1, and models are about means/,
  });
  await t.throwsAsync(worst(theorem), { instanceOf: NoModelError, message: /models are about means/ });
  const plane = {
    ...skew,
    problem: { ...skew.problem, functions: skew.problem.functions.map((one) => ({ ...one, coefficients: [1, 1] })) },
  };
  const two = decide(theoremOf(0.1, 1, signs), { ...plane, start: [0, 0] }, 2, 'lattice');
  await t.throwsAsync(two, { message: /coordinates share their mini-batches/ });
  for (const [fields, message] of [
    [{ delta: 0 }, /theorem\.delta must be δ of "with probability at least 1 − δ", a number between 0 and 1, got 0/],
    [{ delta: 1 }, /got 1/],
    [{ relation: 'at-least' }, /delta is for a bound from above/],
    [{ cap: () => 1 }, /theorem\.cap is about a mean/],
    [{ sharp: () => 1 }, /theorem\.sharp is about a mean/],
  ] as const)
    t.throws(() => theoremOf(0.1, 1, fields as Partial<Theorem>), { message });
});

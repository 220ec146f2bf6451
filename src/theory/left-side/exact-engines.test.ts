import test from 'ava';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { decideRow } from '../bounds/bound-row.js';
import { withoutRoom } from '../bounds/comparison.js';
import {
  cosineLinear,
  littleNoise,
  matchedQuadratics,
  quadraticHubers,
  requestOf,
  signRate,
  spgmRate,
  threeSlopes,
} from '../theorem/example-theorems.test.helper.js';
import type { BoundInstance, Theorem } from '../theorem/theorem.js';
import type { ExactLeft, ExactRequest } from './exact-engine.js';
import { exactEngines } from './exact-engines.js';

const budget = quickBudget();
const reasonOf = (engine: keyof typeof exactEngines, asked: ExactRequest): string => {
  const answer = exactEngines[engine](asked);
  return 'inapplicable' in answer ? answer.inapplicable : `applies: ${answer.interval}`;
};

test('an engine that does not apply says why', (t) => {
  const one1 = requestOf(spgmRate, cosineLinear, 4);
  t.regex(reasonOf('enumeration', one1), /cosine does not have rational values/);
  t.regex(reasonOf('moments', one1), /cosine/);
  t.regex(reasonOf('moments', requestOf(spgmRate, quadraticHubers, 4)), /not every part is a quadratic/);
  t.regex(reasonOf('lattice', one1), /for signProx/);
  t.regex(reasonOf('moments', requestOf(signRate, littleNoise, 4)), /for SPGM/);
  const descent = { ...one1, theorem: { ...spgmRate, algorithm: 'gradient-descent' } as const };
  t.regex(reasonOf('enumeration', descent), /gradient-descent has no rational form/);
  const sgd = { ...requestOf(spgmRate, quadraticHubers, 4), theorem: { ...spgmRate, algorithm: 'sgd' } as const };
  t.regex(reasonOf('enumeration', sgd), /sgd has no rational form unless every r_k is linear/);
  const asked = requestOf(signRate, littleNoise, 4);
  const nowhere = { ...asked, instance: { ...littleNoise, start: [Number.NaN] } };
  t.throws(() => exactEngines.enumeration(nowhere), { name: 'RangeError' }, 'an error is no reason');
  t.regex(reasonOf('lattice', { ...asked, iterations: 20_000 }), /T must be at most/);
  const coupled: BoundInstance = {
    name: 'coupled',
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'l2-ball', radius: 1 }], probabilities: [1] },
    start: [0, 0],
  };
  t.regex(reasonOf('lattice', { ...asked, instance: coupled }), /not separable/);
  const many: BoundInstance = {
    ...littleNoise,
    problem: {
      smooth: littleNoise.problem.smooth,
      functions: Array.from({ length: 6 }, (_, k) => ({ type: 'linear', coefficients: [k - 2.5] })),
      probabilities: [0.25, 0.25, 0.125, 0.125, 0.125, 0.125],
    },
  };
  t.regex(reasonOf('lattice', { ...requestOf(signRate, many, 256) }), /too many outcomes/);
  // From x⁰ = 2⁻⁶⁰ the sign of sin x⁰ + (mean of ±½) is that of sin x⁰ at a tie, which is below rounding.
  const near: BoundInstance = {
    name: 'near a tie',
    problem: {
      smooth: { type: 'cosine', weight: 1 },
      functions: [
        { type: 'linear', coefficients: [0.5] },
        { type: 'linear', coefficients: [-0.5] },
      ],
      probabilities: [0.5, 0.5],
    },
    start: [2 ** -60],
  };
  const tanh: BoundInstance = {
    ...near,
    problem: { ...near.problem, smooth: { type: 'log-cosh', weight: 1, scale: 1 } },
  };
  t.regex(reasonOf('lattice', requestOf(signRate, tanh, 4)), /within rounding of 0/);
  t.regex(reasonOf('lattice', requestOf(signRate, { ...near, start: [0] }, 4)), /^applies/);
});

test('the lattice tells a sign below rounding where d is a cosine and the r_k are rational', (t) => {
  const instance = (start: number, signOfZero: BoundInstance['signOfZero'] = 'zero'): BoundInstance => ({
    name: 'near a tie',
    problem: {
      smooth: { type: 'cosine', weight: 1 },
      functions: [0.5, -0.5].map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: [0.5, 0.5],
    },
    ...{ start: [start], signOfZero: signOfZero! },
  });
  const middle = (of: BoundInstance): number => {
    const { interval } = exactEngines.lattice(requestOf(signRate, of, 16)) as ExactLeft;
    t.true(interval[1] - interval[0] < 1e-12);
    return interval[0] / 2 + interval[1] / 2;
  };
  // Just above 0 the sign of a tie is that of sin x⁰ > 0, just below it is −1, whatever sgn(0).
  const [positive, zero, negative] = (['positive', 'zero', 'negative'] as const).map((sign) =>
    middle(instance(0, sign)),
  );
  t.true(Math.abs(middle(instance(2 ** -60)) - positive!) < 1e-12);
  t.true(Math.abs(middle(instance(-(2 ** -60), 'positive')) - negative!) < 1e-12);
  t.true(Math.abs(zero! - positive!) > 1e-3, 'the convention matters');
  // The double next to π is below π, and sin is above 0 there.
  t.true(Math.abs(middle(instance(Math.PI, 'negative')) - middle(instance(Math.PI, 'positive'))) === 0);
  t.regex(reasonOf('lattice', requestOf(signRate, instance(100 * Math.PI), 4)), /within rounding of 0/);
});

test('of several coordinates a left side is the sum of those of each, whichever are the same', (t) => {
  const places = [
    [1, 1],
    [1, 1],
    [1, -2.5],
    [-1, 1],
  ] as const;
  const left = (engine: 'lattice' | 'moments', theorem: Theorem, own: readonly (readonly [number, number])[]) => {
    const instance: BoundInstance = {
      name: 'coordinates',
      problem: {
        smooth: { type: 'quadratic', curvature: 1, center: 0 },
        functions: [1, -1].map((sign) => ({ type: 'linear', coefficients: own.map(([slope]) => (sign + 2) * slope) })),
        probabilities: [0.5, 0.5],
      },
      start: own.map(([, start]) => start),
    };
    const schedule = { step: 0.25, miniBatch: 3 };
    return (exactEngines[engine]({ theorem, instance, iterations: 9, schedule }) as ExactLeft).interval[0];
  };
  for (const [engine, theorem] of [
    ['lattice', signRate],
    ['moments', spgmRate],
  ] as const) {
    const each = places.map((place) => left(engine, theorem, [place]));
    t.is(each[0], each[1]);
    t.is(new Set(each).size, 3, 'a start and a slope count');
    const sum = each.reduce((total, value) => total + value, 0);
    t.true(Math.abs(left(engine, theorem, places) / sum - 1) < 1e-13, engine);
  }
});

test('every engine accepts probabilities that sum to 1 only in floating point', (t) => {
  const thirds = (probabilities: number[]): BoundInstance => ({
    ...{ name: 'thirds', start: [0.75, -1] },
    problem: {
      smooth: { type: 'quadratic', curvature: [1, 0.5], center: 0.25 },
      functions: [
        { type: 'linear', coefficients: [0.5, -0.25] },
        { type: 'linear', coefficients: [0, 0] },
      ],
      probabilities,
    },
  });
  for (const [engine, theorem, T] of [
    ['lattice', signRate, 16],
    ['enumeration', signRate, 4],
    ['enumeration', spgmRate, 4],
    ['moments', spgmRate, 16],
  ] as const) {
    const left = (probabilities: number[]) =>
      (exactEngines[engine](requestOf(theorem, thirds(probabilities), T)) as ExactLeft).interval;
    // 1 − 2/3 differs from 1/3 by 2⁻⁵⁴, and so do the left sides at most a few times.
    const [rounded, whole] = [left([1 / 3, 2 / 3]), left([1 - 2 / 3, 2 / 3])];
    t.true(Math.max(Math.abs(rounded[0] - whole[0]), Math.abs(rounded[1] - whole[1])) < 1e-14, engine);
  }
});

/** d = 1 − cos x with two slopes: all sequences of counts, followed in plain doubles. */
function followed(slopes: readonly [number, number], theta: number, start: number, iterations: number): number {
  const step = 1 / (2 * Math.sqrt(iterations));
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const mapping = (x: number): number => Math.abs(Math.sin(x) + theta * slopes[0] + (1 - theta) * slopes[1]);
  const visit = (x: number, t: number): number => {
    if (t === iterations) return mapping(x);
    let rest = 0;
    for (let c = 0; c <= iterations; c++) {
      const probability = choose(iterations, c) * theta ** c * (1 - theta) ** (iterations - c);
      const direction = Math.sin(x) + (c * slopes[0] + (iterations - c) * slopes[1]) / iterations;
      rest += probability * visit(x - step * Math.sign(direction), t + 1);
    }
    return mapping(x) + rest;
  };
  return visit(start, 1) / iterations;
}

test('the lattice in floating point is the sum over all counts, ties at 0 included', (t) => {
  for (const start of [1, 0.3, 0]) {
    const instance: BoundInstance = {
      name: 'cosine',
      problem: {
        smooth: { type: 'cosine', weight: 1 },
        functions: [
          { type: 'linear', coefficients: [0.375] },
          { type: 'linear', coefficients: [-0.125] },
        ],
        probabilities: [0.25, 0.75],
      },
      start: [start],
    };
    const { interval } = exactEngines.lattice(requestOf(signRate, instance, 4)) as ExactLeft;
    const expected = followed([0.375, -0.125], 0.25, start, 4);
    t.true(interval[0] - 1e-14 <= expected && expected <= interval[1] + 1e-14, `${expected} in [${interval}]`);
    t.true(interval[1] - interval[0] < 1e-11);
  }
});

test('rows by an engine: a bound below the left side is violated, one inside the enclosure undecided', async (t) => {
  const row = (theorem: Theorem) =>
    decideRow({
      ...{ claim: 'test', version: 1, theorem, instance: matchedQuadratics, iterations: 16, budget },
      ...{ engine: 'moments', comparison: withoutRoom },
    });
  t.is((await row(spgmRate)).verdict, 'holds');
  const { sharp: _, ...paper } = spgmRate;
  const { left } = await row(spgmRate);
  const bounded = (bound: number): Theorem => ({ ...paper, bound: () => bound });
  const verdict = async (theorem: Theorem) => (await row(theorem)).verdict;
  t.is(await verdict(bounded(left / 2)), 'violated');
  t.is(await verdict(bounded(2 * left)), 'holds');
  t.is(await verdict({ ...bounded(2 * left), sharp: () => left / 2 }), 'violated');
  const [low, high] = (await row(bounded(1))).leftInterval;
  t.true(low < high);
  t.is(await verdict(bounded(low)), 'inconclusive');
});

test('all paths in doubles: an interval that misses the rational value is found, and a case that rounding decides is refused', (t) => {
  const left = (asked: ExactRequest): readonly [number, number] => {
    const answer = exactEngines.paths(asked);
    return 'inapplicable' in answer ? [Number.NaN, Number.NaN] : answer.interval;
  };
  const middle = ([lower, upper]: readonly [number, number]) => (lower + upper) / 2;
  // SPGM under a name of its own, with a state that counts, is SPGM: the batches are drawn in order.
  const asked = requestOf(spgmRate, quadraticHubers, 4);
  const own: Theorem['algorithm'] = {
    name: 'own',
    start: () => 0,
    iterate: ({ problem, x, batch, state }) => ({ x: problem.miniBatch(batch, x), state: (state as number) + 1 }),
  };
  const two = { ...asked, schedule: { ...asked.schedule, miniBatch: 2 } };
  const byName = left(two);
  const bySelf = left({ ...two, theorem: { ...spgmRate, algorithm: own } });
  t.true(Math.abs(middle(byName) - middle(bySelf)) < 1e-12);
  t.true(byName[1] - byName[0] < 1e-9 * byName[1]);
  // Where the order of the draws does not matter, fewer mini-batches have the same left side.
  const counted = left({ ...two, theorem: { ...spgmRate, algorithm: { ...own, unordered: true } as typeof own } });
  t.true(Math.abs(middle(counted) - middle(bySelf)) < 1e-12);
  const wide = { ...asked, schedule: { ...asked.schedule, miniBatch: 20 } };
  t.regex(reasonOf('paths', { ...wide, theorem: { ...spgmRate, algorithm: own } }), /too many/);
  t.true(left({ ...wide, theorem: { ...spgmRate, algorithm: { ...own, unordered: true } as typeof own } })[0] > 0);
  // The last iterate alone: after T = 1 iteration of SPGM on d = ½x², r = 0 from 2 with γ = ½ it is 1.
  const line: BoundInstance = {
    name: 'parabola',
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    start: [2],
  };
  const schedule = { step: 0.5, miniBatch: 1 };
  const last = { theorem: { ...spgmRate, onlyLast: true } as const, instance: line, iterations: 1, schedule };
  t.true(Math.abs(middle(left(last)) - 1) < 1e-12);
  // Paths that meet in x and not in what they remember stay apart, whatever holds it; what shows nothing of itself is refused.
  const late = <State>(keep: (k: number) => State, read: (state: State) => number): Theorem['algorithm'] => ({
    name: 'late',
    start: () => keep(0),
    iterate: ({ x, batch, state }) => ({
      x: x.map((value) => value + read(state as State)),
      state: keep(batch[0]! + 1),
    }),
  });
  const remembering = (algorithm: Theorem['algorithm']) => ({ ...asked, theorem: { ...spgmRate, algorithm } });
  const asVector = late(
    (k) => Float64Array.of(k),
    ([k]) => k!,
  );
  const asMap = late(
    (k) => ({ kept: new Map([['k', k]]) }),
    ({ kept }) => kept.get('k')!,
  );
  const asBuffer = late(
    (k) => Float64Array.of(k).buffer,
    (buffer) => new Float64Array(buffer)[0]!,
  );
  t.true(left(remembering(asVector))[0] > 0);
  t.deepEqual(left(remembering(asMap)), left(remembering(asVector)));
  t.regex(reasonOf('paths', remembering(asBuffer)), /states cannot be compared/);
  // An event of a known probability is followed both ways: from 2, x is halved or kept: ½(2 + ¼·½ + ¾·2).
  const halving: Theorem['algorithm'] = {
    name: 'halving',
    iterate: ({ x, chance }) => ({ x: [chance(0.25) ? x[0]! / 2 : x[0]!] }),
  };
  const halved = { ...spgmRate, algorithm: halving, term: (_: unknown, x: Float64Array) => x[0]! ** 2 / 2 };
  const [least, most] = left(requestOf(halved, line, 2));
  t.true(least <= 1.8125 && 1.8125 <= most && most - least < 1e-9, `${least}, ${most}`);
  const surely = {
    ...halving,
    iterate: ({ x, chance }: { x: Float64Array; chance(p: number): boolean }) => ({ x: [chance(2) ? 0 : x[0]!] }),
  };
  t.throws(() => reasonOf('paths', requestOf({ ...spgmRate, algorithm: surely }, matchedQuadratics, 4)), {
    message: 'halving: chance(2): a probability is a number from 0 to 1',
  });
  // A number is not an event, too many outcomes are counted, and rounding decides a tie.
  const coin: Theorem['algorithm'] = { name: 'coin', iterate: ({ x, random }) => ({ x: [x[0]! + random()] }) };
  const reason = (theorem: Theorem, instance: BoundInstance, T: number) =>
    reasonOf('paths', requestOf(theorem, instance, T));
  t.regex(reason({ ...spgmRate, algorithm: coin }, matchedQuadratics, 4), /draws random numbers/);
  t.regex(reason(spgmRate, matchedQuadratics, 64), /more than \d+ points/);
  t.regex(reason(signRate, threeSlopes, 1024), /too many/);
  t.regex(reason(signRate, cosineLinear, 16), /rounding decides/);
  const lost: Theorem['algorithm'] = { name: 'lost', iterate: () => ({ x: [] }) };
  t.throws(() => reason({ ...spgmRate, algorithm: lost }, matchedQuadratics, 4), {
    message: /^lost: iterate returned x = \(\): it must return \{ x, state \} with 1 finite numbers in x$/,
  });
});

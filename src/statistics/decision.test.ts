import test from 'ava';
import type { BoundCheck } from './bound-check.js';
import { slotAlpha } from './budget.js';
import { decideBound, type ReplicateSource } from './decision.js';
import { holdsProcessWithCap, holdsProcessWithSecondMoment } from './e-process.js';
import { constant, exponential, rateIsAbove, replicatesOf, twoPoint, uniform } from './laws.test.helper.js';
import { plannedReplicates } from './plan.js';

test('planted violations of twice the bound are detected at the slot level, within the plan if there is one', async (t) => {
  for (const law of [twoPoint(1, 0.2), uniform(0.4), exponential(0.2)]) {
    const bound = law.mean / 2;
    const decision = await decideBound({ bound, cap: law.cap, maximumReplicates: 5000 }, replicatesOf(law, 'planted'));
    t.is(decision.verdict, 'violated', law.name);
    t.true(decision.logE.violated >= -Math.log(slotAlpha));
    t.true(Math.abs(decision.mean! - law.mean) < law.mean / 2);
    t.is(decision.replicates, decision.crossing!);
    t.false(decision.trivial);
    t.is(decision.assumption, law.cap === undefined ? 'none' : 'M');
    if (law.cap !== undefined) {
      const situation = { side: 'violated', bound, cap: law.cap, mean: law.mean, alpha: slotAlpha } as const;
      t.true(decision.crossing! <= plannedReplicates(situation, 1e-6)!);
    }
  }
});

test('a bound above the mean holds with a cap or a second moment, and not without either', async (t) => {
  for (const [law, bound] of [
    [twoPoint(1, 0.1), 0.2],
    [uniform(1), 0.56],
    [exponential(1), 1.4],
  ] as const) {
    const source = replicatesOf(law, 'holds');
    const common = { bound, maximumReplicates: 20_000 };
    const { cap } = law;
    if (cap !== undefined) {
      const byCap = await decideBound({ ...common, cap, secondMoment: law.secondMoment }, source);
      t.like(byCap, { verdict: 'holds', assumption: 'M', trivial: false }, law.name);
      const situation = { side: 'holds', bound, cap, mean: law.mean, alpha: slotAlpha } as const;
      t.true(byCap.crossing! <= plannedReplicates(situation, 1e-6)!);
    }
    const byMoment = await decideBound({ ...common, secondMoment: law.secondMoment }, source);
    t.like(byMoment, { verdict: 'holds', assumption: 'v', trivial: false }, law.name);
    const neither = await decideBound(common, source);
    t.is(neither.verdict, 'not-refuted');
    t.is(neither.upper, undefined);
    t.is(neither.logE.holds, 0);
  }
});

test('a decision depends on the replicates in index order only, not on the chunks or on what lies beyond', async (t) => {
  const requests: [number, number][] = [];
  const source: ReplicateSource = (from, to) => {
    requests.push([from, to]);
    return replicatesOf(uniform(1), 'chunks')(from, to);
  };
  const check = { bound: 0.6, cap: 1, maximumReplicates: 5000 };
  const whole = await decideBound({ ...check, firstChunk: 5000 }, source);
  t.is(whole.verdict, 'holds');
  const expected = JSON.stringify(whole);
  for (const firstChunk of [1, 7, 64, whole.crossing!, whole.crossing! + 1]) {
    t.is(JSON.stringify(await decideBound({ ...check, firstChunk }, source)), expected);
  }
  requests.length = 0;
  await decideBound(check, source);
  t.true(requests.length > 1);
  t.true(
    requests.every(([from], i) => from === (i === 0 ? 0 : requests[i - 1]![1])),
    'contiguous prefix',
  );
  // The first crossing decides, whatever comes later.
  const tail: ReplicateSource = async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) => (from + i < 100 ? 0.1 : 1));
  const early = await decideBound({ ...check, firstChunk: 5000 }, tail);
  t.is(early.verdict, 'holds');
  t.true(early.crossing! < 100);
  const kept = await decideBound({ ...check, minimumReplicates: 2000 }, tail);
  t.like(kept, { verdict: 'holds', crossing: early.crossing, replicates: 2000 });
  t.true(Math.abs(kept.mean! - (100 * 0.1 + 1900) / 2000) < 1e-12);
});

test('an understated cap is a hard error, rounding of a correct one is not', async (t) => {
  await t.throwsAsync(
    decideBound({ bound: 0.45, cap: 0.9, maximumReplicates: 1000 }, replicatesOf(uniform(1), 'cap')),
    { instanceOf: RangeError, message: /above the derived cap M = 0\.9/ },
  );
  // Also when the cap alone decides and replicates are drawn for a chart only.
  await t.throwsAsync(
    decideBound({ bound: 1, cap: 0.9, maximumReplicates: 100, minimumReplicates: 100 }, constant(0.95)),
    { message: /above the derived cap/ },
  );
  const rounded = await decideBound({ bound: 0.5, cap: 1, maximumReplicates: 100 }, constant(1 + 2 ** -50));
  t.like(rounded, { verdict: 'violated', mean: 1 });
  await t.throwsAsync(decideBound({ bound: 0.5, cap: 1, maximumReplicates: 100 }, constant(1 + 2 ** -30)));
  for (const bad of [Number.NaN, -1e-300, Number.POSITIVE_INFINITY]) {
    await t.throwsAsync(decideBound({ bound: 0.5, maximumReplicates: 10 }, constant(bad)), {
      message: /left side of replicate 0 must be finite/,
    });
  }
  await t.throwsAsync(
    decideBound({ bound: 0.5, maximumReplicates: 10 }, async () => new Float64Array(3)),
    {
      message: /replicates 0 to 9 must be 10 left sides, got 3/,
    },
  );
});

test('decided without sampling: by the cap, by the second moment, and a bound of zero', async (t) => {
  const never: ReplicateSource = () => Promise.reject(new Error('sampled'));
  const byCap = await decideBound({ bound: 1, cap: 1, maximumReplicates: 10 }, never);
  t.like(byCap, { verdict: 'holds', trivial: true, replicates: 0, assumption: 'M' });
  t.is(byCap.mean, undefined);
  const byMoment = await decideBound({ bound: 1, secondMoment: 0.99, maximumReplicates: 10 }, never);
  t.like(byMoment, { verdict: 'holds', trivial: true, assumption: 'v' });
  // It is v ≤ b² that proves E[X] ≤ b: 0.4 is at most 0.5, and above 0.25.
  const large = decideBound({ bound: 0.5, secondMoment: 0.4, maximumReplicates: 10 }, never);
  await t.throwsAsync(large, { message: 'sampled' });
  const zero = await decideBound({ bound: 0, cap: 0, maximumReplicates: 10 }, never);
  t.like(zero, { verdict: 'holds', trivial: true });
  const three = { bound: 0, cap: 1, maximumReplicates: 3 };
  const refuted = await decideBound(three, async () => Float64Array.of(0, 1e-300, 0));
  t.like(refuted, { verdict: 'violated', crossing: 2 });
  t.is((await decideBound(three, constant(0))).verdict, 'inconclusive');
  // Replicates for a chart may contradict a derived second moment: that is a violation, not a pass.
  const drawn = { bound: 1, secondMoment: 1, maximumReplicates: 100, minimumReplicates: 100 };
  t.like(await decideBound(drawn, constant(3)), { verdict: 'violated', trivial: false });
  t.like(await decideBound(drawn, constant(1)), { verdict: 'holds', trivial: true, replicates: 100, mean: 1 });
});

test('the upper bound U is where H crosses, to rounding, and decides holds-within-rho', async (t) => {
  const source = replicatesOf(uniform(1), 'upper');
  const sample = await source(0, 4000);
  for (const secondMoment of [undefined, 1 / 3]) {
    const check = { bound: 0.5, maximumReplicates: 4000, ...(secondMoment ? { secondMoment } : { cap: 1 }) };
    const plain = await decideBound(check, source);
    t.is(plain.verdict, 'inconclusive');
    const upper = plain.upper!;
    const crosses = (mean: number) => {
      const process = secondMoment
        ? holdsProcessWithSecondMoment(mean, secondMoment, 0.5)
        : holdsProcessWithCap(mean, 1);
      for (const x of sample) process.observe(x);
      return process.logValue() >= -Math.log(slotAlpha);
    };
    t.true(crosses(upper));
    t.false(crosses(upper - 1e-6));
    const rho = upper / 0.5 - 1;
    t.is((await decideBound({ ...check, rho: rho + 1e-6 }, source)).verdict, 'holds-within-rho');
    t.is((await decideBound({ ...check, rho: rho - 1e-6 }, source)).verdict, 'inconclusive');
  }
  // Nothing below M was ever seen: U is M itself.
  t.is((await decideBound({ bound: 0.9, cap: 1, maximumReplicates: 5 }, constant(1))).upper, 1);
});

test('U falls below the true mean with frequency at most α', async (t) => {
  const alphaHolds = 0.05;
  const runs = 600;
  let misses = 0;
  for (let run = 0; run < runs; run++) {
    // The bound is far below the mean and V is asleep: only U is judged.
    const decision = await decideBound(
      { bound: 0.1, cap: 1, alphaHolds, alphaViolated: 1e-200, maximumReplicates: 40, firstChunk: 40 },
      replicatesOf(twoPoint(1, 0.5), `coverage ${run}`),
    );
    if (decision.upper! < 0.5) misses += 1;
  }
  t.false(rateIsAbove(alphaHolds, misses, runs), `${misses} of ${runs}`);
});

test('a check that cannot reach its stated power is refused unless declared underpowered', async (t) => {
  const check = { bound: 0.2, cap: 1, maximumReplicates: 100, power: { ratio: 2, probability: 0.99 } };
  const source = replicatesOf(twoPoint(1, 0.1), 'power');
  await t.throwsAsync(decideBound(check, source), { message: /maximumReplicates = 100 cannot detect a mean of 2·b/ });
  const declared = await decideBound({ ...check, underpowered: true }, source);
  t.true(declared.detectable! > 0.4);
  const enough = await decideBound({ ...check, maximumReplicates: 3000 }, source);
  t.true(enough.detectable! <= 0.4);
  t.is(enough.verdict, 'holds');
  // So few replicates that even the mean M goes unseen.
  await t.throwsAsync(decideBound({ ...check, maximumReplicates: 3 }, source), { message: /cannot detect/ });
  // A mean of 2b is impossible when M < 2b, and any replicate can refute b = 0: nothing to refuse.
  await t.notThrowsAsync(decideBound({ ...check, bound: 0.9 }, source));
  await t.notThrowsAsync(decideBound({ ...check, bound: 0 }, source));
});

test('bad options are refused by name', async (t) => {
  const good = { bound: 1, cap: 2, secondMoment: 3, maximumReplicates: 10 };
  for (const [name, value] of [
    ['bound', -1],
    ['bound', Number.NaN],
    ['bound', Number.POSITIVE_INFINITY],
    ['cap', -1],
    ['cap', Number.NaN],
    ['secondMoment', Number.NaN],
    ['alphaViolated', 0],
    ['alphaHolds', 1],
    ['maximumReplicates', 0],
    ['maximumReplicates', 1.5],
    ['minimumReplicates', 11],
    ['minimumReplicates', -1],
    ['firstChunk', 0],
    ['rho', -0.1],
    ['power', { ratio: 1, probability: 0.5 }],
    ['power', { ratio: 2, probability: 0 }],
  ] as const) {
    await t.throwsAsync(decideBound({ ...good, [name]: value }, constant(0)), {
      instanceOf: RangeError,
      message: new RegExp(`^${name}`),
    });
  }
});

test('each of the two verdicts has its own level', async (t) => {
  const common = { cap: 4, maximumReplicates: 2000 };
  const crossing = async (bound: number, alphaViolated: number, alphaHolds: number) => {
    const decision = await decideBound({ ...common, bound, alphaViolated, alphaHolds }, constant(1));
    return [decision.verdict, decision.crossing!] as const;
  };
  for (const [bound, verdict, side] of [
    [0.5, 'violated', 0],
    [2, 'holds', 1],
  ] as const) {
    const levels = [1e-2, 1e-12] as const;
    const at = (own: number, other: number) => (side === 0 ? crossing(bound, own, other) : crossing(bound, other, own));
    const [loose, strict] = await Promise.all(levels.map((own) => at(own, 1e-6)));
    t.is(loose![0], verdict);
    t.true(loose![1] < strict![1], `${loose![1]}, ${strict![1]}`);
    t.deepEqual(await at(1e-2, 1e-12), loose, 'whatever the level of the other');
  }
});

test('a sampler may return plain arrays, whole or in pieces, and nothing else', async (t) => {
  const check = { bound: 0.5, cap: 1, maximumReplicates: 1000 };
  const typed = await decideBound(check, constant(0.1));
  t.deepEqual(await decideBound(check, async (from, to) => Array(to - from).fill(0.1)), typed);
  const inPieces: ReplicateSource = async (from, to, take) => {
    const values = Array(to - from).fill(0.1);
    const middle = (to - from) / 2;
    return take!(values.slice(0, middle)) && take!(values.slice(middle)) ? values : values.slice(0, middle);
  };
  t.deepEqual(await decideBound(check, inPieces), typed);
  for (const wrong of [undefined, 0.1, [0.1, '0.1'], 'abc']) {
    await t.throwsAsync(
      decideBound({ ...check, firstChunk: 2 }, async () => wrong as never),
      { instanceOf: RangeError },
      `${wrong}`,
    );
  }
});

test('an unknown option is a TypeError with the nearest one', async (t) => {
  const misspelt = { bound: 0.5, capp: 1, maximumReplicates: 1000 } as BoundCheck;
  await t.throwsAsync(decideBound(misspelt, constant(0.1)), {
    instanceOf: TypeError,
    message: /^there is no option "capp" \(did you mean cap\?\): the options of decideBound are bound, cap, /,
  });
  const power = { bound: 0.5, cap: 1, maximumReplicates: 1000, power: { ratio: 2, probabilty: 0.9 } } as never;
  await t.throwsAsync(decideBound(power, constant(0.1)), {
    instanceOf: TypeError,
    message: /"probabilty" \(did you mean probability/,
  });
});

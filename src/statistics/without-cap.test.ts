import test from 'ava';
import { slotAlpha } from './budget.js';
import { decideBound, type ReplicateSource } from './decision.js';
import { violationProcess } from './e-process.js';
import { constant, crossings, exponential, rateIsAbove, replicatesOf, twoPoint } from './laws.test.helper.js';
import { detectableMean, plannedReplicates, undecidedProbability } from './plan.js';

/** So many replicates of 2b, in units of b, that a mean of 2b is missed with probability 0.01 at most by every law on [0, 100b]. */
const planned = (alpha: number): number =>
  plannedReplicates({ side: 'violated', bound: 1, cap: 100, mean: 2, alpha }, 0.01)!;

/** The same value except in one replicate. */
const withOne =
  (at: number, x: number): ReplicateSource =>
  async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) => (from + i === at ? x : 0));

test('without a cap a bound above the mean is not refuted, at the replicates that find twice the bound', async (t) => {
  const bound = 0.7;
  const found = await decideBound(
    { bound, maximumReplicates: 50_000 },
    replicatesOf(exponential(0.5), 'without a cap'),
  );
  t.is(found.replicates, planned(slotAlpha));
  t.true(found.replicates < 20_000);
  t.like(found, { verdict: 'not-refuted', assumption: 'none', trivial: false, crossing: undefined });
  t.deepEqual([found.detectable, found.familyCap], [2 * bound, 100 * bound]);
  t.is(
    found.reason,
    `no violation was found in ${found.replicates} replicates: a mean of 2·b or more would have been found with probability 0.99, if none can exceed 100·b`,
  );
  const twice = await decideBound(
    { bound: 0.25, maximumReplicates: 50_000 },
    replicatesOf(exponential(0.5), 'without a cap'),
  );
  t.is(twice.verdict, 'violated');
});

test('U is detected as often as stated even under the hardest law, and is the smallest such mean', async (t) => {
  const [alpha, paths] = [1e-3, 300];
  for (const maximumReplicates of [3000, 50_000]) {
    const check = { bound: 1, alphaViolated: alpha, maximumReplicates };
    const { replicates, detectable: upper, familyCap } = await decideBound(check, constant(0));
    const situation = { side: 'violated', bound: 1, cap: familyCap!, alpha } as const;
    t.true(undecidedProbability({ ...situation, mean: upper! }, replicates) <= 0.01);
    t.true(undecidedProbability({ ...situation, mean: upper! - 0.03 }, replicates) > 0.01);
    const hardest = twoPoint(familyCap!, upper!);
    const missed = paths - crossings(() => violationProcess(1), hardest, paths, replicates, alpha);
    t.false(rateIsAbove(0.01, missed, paths), `${missed} of ${paths} missed`);
  }
});

test('fewer replicates detect only larger means, and too few detect none: then the verdict is inconclusive', async (t) => {
  const check = { bound: 2, alphaViolated: 1e-6 };
  const upper = async (maximumReplicates: number): Promise<number> => {
    const found = await decideBound({ ...check, maximumReplicates }, constant(1));
    t.is(found.replicates, Math.min(maximumReplicates, planned(1e-6)));
    const exact = 2 * detectableMean({ bound: 1, cap: 100, alpha: 1e-6 }, found.replicates, 0.99)!;
    t.true(found.detectable! - exact < 0.021 && (found.detectable! >= exact || found.detectable === 4));
    return found.detectable!;
  };
  const [few, more, enough] = [await upper(1000), await upper(5000), await upper(100_000)];
  t.true(few > more && more > enough);
  t.is(enough, 4);
  t.like(await decideBound({ ...check, maximumReplicates: 3 }, constant(1)), {
    verdict: 'inconclusive',
    reason: 'no violation was found in 3 replicates, too few to be sure of finding any mean if none can exceed 100·b',
  });
  t.like(await decideBound({ ...check, bound: 0, maximumReplicates: 50 }, constant(0)), {
    verdict: 'inconclusive',
    reason: 'no violation was found in 50 replicates, and no number of them shows a mean of 0',
    replicates: 50,
  });
  // A chart may want more of them: then they count.
  const drawn = await decideBound({ ...check, maximumReplicates: 30_000, minimumReplicates: 20_000 }, constant(1));
  t.is(drawn.replicates, 20_000);
  t.true(drawn.detectable! < 4);
  const asked = { ...check, maximumReplicates: 50_000, power: { ratio: 3, probability: 0.9 } };
  const own = await decideBound(asked, constant(1));
  t.is(own.detectable, 6);
  t.regex(own.reason, /a mean of 3·b or more would have been found with probability 0\.9, /);
  t.true(own.replicates < planned(1e-6));
});

test('a replicate above 100·b leaves the family: U is about the next power of ten, at the same number of replicates', async (t) => {
  const bound = 0.5;
  const check = { bound, alphaViolated: 1e-6, maximumReplicates: 50_000 };
  const within = await decideBound(check, withOne(7, 50));
  t.is(within.familyCap, 50, 'exactly 100·b is within');
  const beyond = await decideBound(check, withOne(7, 51));
  t.is(beyond.replicates, within.replicates);
  t.deepEqual([within.verdict, beyond.verdict, beyond.familyCap], ['not-refuted', 'not-refuted', 500]);
  const exact = bound * detectableMean({ bound: 1, cap: 1000, alpha: 1e-6 }, beyond.replicates, 0.99)!;
  t.true(beyond.detectable! >= exact && beyond.detectable! < exact + 0.01);
  t.true(beyond.detectable! > within.detectable!);
  t.regex(beyond.reason, /^no violation .*, if none can exceed 1000·b, as one was 102·b$/);
});

test('with a second moment or a cap the decision names no such family', async (t) => {
  for (const known of [{ cap: 4 }, { secondMoment: 2 }]) {
    const found = await decideBound({ bound: 1.01, maximumReplicates: 100, ...known }, constant(1));
    t.is(found.verdict, 'inconclusive');
    t.is(found.familyCap, undefined);
    t.is(found.replicates, 100);
  }
});

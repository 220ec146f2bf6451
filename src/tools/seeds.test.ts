import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import test from 'ava';

interface Line {
  readonly seed: number;
  readonly alarms: readonly object[];
}

const seeds = (await import(new URL('../../../src/tools/seeds.mjs', import.meta.url).href)) as {
  seedsOf(depth: string): number[];
  linesOf(text: string, depth: string): Line[];
  upperRate(events: number, trials: number, error?: number): Promise<number>;
  summaryOf(lines: readonly Line[], depth: string, commit: string): Promise<string>;
};

test('the seeds are 200 and 20 consecutive numbers', (t) => {
  t.deepEqual(
    seeds.seedsOf('quick'),
    Array.from({ length: 200 }, (_, i) => 10_001 + i),
  );
  t.deepEqual(
    seeds.seedsOf('standard'),
    Array.from({ length: 20 }, (_, i) => 20_001 + i),
  );
});

test('the upper end of the rate is that of Clopper and Pearson', async (t) => {
  for (const [events, trials] of [
    [0, 1],
    [0, 200],
    [1, 200],
    [7, 20],
    [0, 20],
  ] as const) {
    const exact = betaQuantile(0.95, events + 1, trials - events);
    const found = await seeds.upperRate(events, trials);
    t.true(found >= exact && found <= exact + 1e-6, `${events} of ${trials}: ${found}, ${exact}`);
  }
  t.is(await seeds.upperRate(20, 20), 1);
});

test('only lines of the same commit and depth count, and a line that was cut off is none', async (t) => {
  const line = (commit: string, depth: string, seed: number, alarms: readonly object[] = []) =>
    JSON.stringify({ commit, depth, seed, alarms });
  const alarm = { claim: 'eq6-prox', outcome: 'fail', reason: 'violated by l1' };
  const text = [
    ...[line('a', 'quick', 10_001), line('b', 'quick', 10_002), line('a', 'standard', 20_001)],
    ...[line('a', 'quick', 10_003, [alarm]), line('a', 'quick', 10_004).slice(0, -9)],
  ].join('\n');
  const lines = seeds.linesOf(text, 'quick');
  t.deepEqual(
    lines.map(({ seed }) => seed),
    [10_001, 10_002, 10_003],
  );
  const [first, second] = (await seeds.summaryOf(lines, 'quick', 'a')).split('\n');
  t.regex(
    first!,
    /^quick: 2 of the 200 seeds from 10001 at commit a: 1 ended in an alarm; .* at most 97\.5 % of all seeds/,
  );
  t.is(second, '  seed 10003: eq6-prox (fail: violated by l1)');
  t.regex(await seeds.summaryOf([], 'quick', 'a'), /nothing has been run$/);
  const [clean, fitted] = (await seeds.summaryOf(lines, 'quick', 'b')).split('\n');
  t.regex(
    clean!,
    /^quick: 1 of the 200 seeds from 10001 at commit b: 0 ended in an alarm; .* at most 95\.1 % of all seeds/,
  );
  t.regex(fitted!, /^ {2}at commit a seed 10003 ended in an alarm: .* give no rate$/);
});

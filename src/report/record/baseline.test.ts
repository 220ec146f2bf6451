import test from 'ava';
import { toBits } from '../../claims/exact-encoding.js';
import { type Baseline, baselineOf, baselineSchema } from './baseline.js';
import { compareBaselines, type Difference, differenceText, isRegression } from './compare-baselines.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from './subjects-run.test.helper.js';
import { syntheticRecord } from './synthetic-run.test.helper.js';

type Claim = Baseline['claims'][number];

const part = { name: 'l1', cases: 60, verdict: 'holds', ratio: 0.25 } as const;
const row = { instance: 'quadratic', iterations: 16, verdict: 'holds', ratio: 0.5 } as const;
const claim: Claim = {
  id: 'eq6-prox',
  version: 1,
  cases: 60,
  verdict: 'holds',
  ratio: 0.25,
  cells: [],
  parts: [part],
  rows: [row],
};
const base: Baseline = {
  schemaVersion: 2,
  suiteVersion: '1.0.0',
  implementation: { name: 'mine', version: '1', language: 'c' },
  seed: '1',
  depth: 'quick',
  tolerance: { ratioFactor: 2, ratioFloor: 1 / 16, trajectoryUlps: 0, why: 'test' },
  claims: [claim],
  trajectories: { run: [[toBits(1)], [toBits(0.5)]] },
};

const everything = (): boolean => true;
const compare = (after: Partial<Baseline>, before: Partial<Baseline> = {}): Difference[] =>
  compareBaselines({ ...base, ...before }, { ...base, ...after }, everything);
const withPart = (changes: Partial<Claim['parts'][number]>): Partial<Baseline> => ({
  claims: [{ ...claim, parts: [{ ...part, ...changes }] }],
});

test('a run compared with itself has not changed', (t) => {
  t.deepEqual(compare({}), []);
  t.is(differenceText([]), 'against the baseline:\n  nothing changed');
  const twice = { claims: [{ ...claim, rows: [row, { ...row, ratio: 3 }] }] };
  t.deepEqual(compare(twice, twice), [], 'two rows of one name are two rows');
});

test('a ratio is worse beyond the stated factor and floor, though it still passes', (t) => {
  t.deepEqual(compare(withPart({ ratio: 0.5 })), []);
  const worse = compare(withPart({ ratio: 0.51 }));
  t.deepEqual(worse, [{ kind: 'worse', text: 'eq6-prox, l1: 0.51 of the allowed, 0.25 before' }]);
  t.true(isRegression(worse));
  const noise = withPart({ ratio: 0.001 });
  t.deepEqual(compare(withPart({ ratio: 1 / 16 }), noise), [], 'below the floor it is rounding');
  t.is(compare(withPart({ ratio: 0.07 }), noise)[0]!.kind, 'worse');
  const strict = { ...noise, tolerance: { ...base.tolerance, ratioFactor: 1, ratioFloor: 0 } };
  t.is(compare(withPart({ ratio: 0.0011 }), strict)[0]!.kind, 'worse', 'the tolerance of the file counts');
  t.deepEqual(
    compare(withPart({ ratio: 0.1 })).map(({ kind }) => kind),
    ['better'],
  );
  t.is(compare(withPart({ ratio: Number.POSITIVE_INFINITY }))[0]!.kind, 'worse');
  const rowOf = (ratio: number): Partial<Baseline> => ({ claims: [{ ...claim, rows: [{ ...row, ratio }] }] });
  t.deepEqual(compare(rowOf(1)), []);
  t.regex(compare(rowOf(1.1))[0]!.text, /^eq6-prox, quadratic, T = 16: 1.1 of the allowed/);
  const bare = (ratio: number): Partial<Baseline> => ({ claims: [{ ...claim, parts: [], rows: [], ratio }] });
  t.is(compare(bare(0.6), bare(0.25))[0]!.kind, 'worse', 'a claim without parts has a ratio of its own');
});

test('verdicts that fall, fewer cases and whatever is missing are regressions', (t) => {
  const kinds = (after: Partial<Baseline>): string[] => compare(after).map(({ kind }) => kind);
  for (const verdict of ['holds-within-rho', 'silent', 'not-applicable', 'inconclusive', 'violated'] as const) {
    t.deepEqual(kinds({ claims: [{ ...claim, verdict }] }), ['worse'], verdict);
  }
  t.deepEqual(kinds({ claims: [{ ...claim, verdict: 'proved-exactly' }] }), ['better']);
  t.deepEqual(kinds(withPart({ verdict: 'violated' })), ['worse']);
  t.deepEqual(kinds(withPart({ cases: 59 })), ['worse']);
  t.deepEqual(kinds(withPart({ name: 'l2' })), ['missing', 'new']);
  t.deepEqual(kinds({ claims: [{ ...claim, rows: [] }] }), ['missing']);
  t.deepEqual(kinds({ claims: [] }), ['missing']);
  t.true(isRegression(compare({ claims: [] })));
  const fallen = compare(
    { claims: [{ ...claim, verdict: 'violated' }] },
    { claims: [{ ...claim, verdict: 'inconclusive' }] },
  );
  t.deepEqual(
    fallen.map(({ kind }) => kind),
    ['worse'],
  );
  t.deepEqual(kinds({ claims: [claim, { ...claim, id: 'eq2-gradient-descent' }] }), ['new']);
  t.false(isRegression(compare({ claims: [claim, { ...claim, id: 'eq2-gradient-descent' }] })));
  t.deepEqual(
    compareBaselines(base, { ...base, claims: [] }, () => false),
    [],
    'what was not asked for is not missing',
  );
});

test('cells are compared by subject and claim, and their differences are not repeated', (t) => {
  const cell = { subject: 'prox of l1', cases: 60, verdict: 'right', ratio: 0.25 } as const;
  const withCell = (changes: Partial<Claim['cells'][number]>, more: Partial<Claim> = {}): Partial<Baseline> => ({
    claims: [{ ...claim, cells: [{ ...cell, ...changes }], ...more }],
  });
  const texts = (after: Partial<Baseline>): string[] =>
    compare(after, withCell({})).map(({ kind, text }) => `${kind}: ${text}`);
  t.deepEqual(texts(withCell({})), []);
  t.deepEqual(texts(withCell({ ratio: 0.6 }, { parts: [{ ...part, ratio: 0.6 }] })), [
    'worse: prox of l1/eq6-prox: 0.6 of the allowed, 0.25 before',
  ]);
  t.deepEqual(texts(withCell({ verdict: 'wrong' }, { verdict: 'violated' })), [
    'worse: prox of l1/eq6-prox: wrong, right before',
  ]);
  for (const verdict of ['thin', 'follows', 'extreme', 'inaccurate', 'not-offered', 'raises'] as const) {
    t.deepEqual(texts(withCell({ verdict })), [`worse: prox of l1/eq6-prox: ${verdict}, right before`]);
  }
  t.deepEqual(texts(withCell({ cases: 59 })), ['worse: prox of l1/eq6-prox: 59 cases judged, 60 before']);
  t.deepEqual(texts({ claims: [claim] }), ['missing: cell prox of l1/eq6-prox was there before']);
  t.deepEqual(texts(withCell({ ratio: 0.01 }, { parts: [{ ...part, ratio: 0.7 }] })), [
    'better: prox of l1/eq6-prox: 0.01 of the allowed, 0.25 before',
    'worse: eq6-prox, l1: 0.7 of the allowed, 0.25 before',
  ]);
  t.deepEqual(texts(withCell({ subject: 'prox of l2' })), [
    'missing: cell prox of l1/eq6-prox was there before',
    'new: cell prox of l2/eq6-prox',
  ]);
});

test('a baseline has a cell for each subject of a claim, the worst one if it is blamed for others', (t) => {
  const record = subjectsRecord([
    cellClaim('eq6-prox', [cellOf('prox of l1'), cellOf('prox of huber', failingCase(['huber']))]),
  ]);
  const [only] = baselineOf(record, new Map([['eq6-prox', 1]]), {}).claims;
  t.deepEqual(only!.cells, [
    { subject: 'prox of l1', cases: 10, verdict: 'right', ratio: 0.5 },
    { subject: 'prox of huber', cases: 10, verdict: 'wrong', ratio: 2 },
  ]);
});

test('ratios of other cases are not compared, verdicts are', (t) => {
  const after = { ...claim, parts: [{ ...part, ratio: 0.9, cases: 10 }] };
  t.deepEqual(compare({ claims: [after], suiteVersion: '2.0.0' }), []);
  t.deepEqual(compare({ claims: [{ ...after, version: 2 }] }), []);
  t.is(compare({ claims: [{ ...after, verdict: 'violated', version: 2 }] })[0]!.kind, 'worse');
});

test('a trajectory is compared bit for bit, or within the stated number of ulps', (t) => {
  const moved = { trajectories: { run: [[toBits(1)], [toBits(0.5 + 2 ** -53)]] } };
  const [difference] = compare(moved);
  t.is(difference!.kind, 'worse');
  t.regex(difference!.text, /^trajectory run: x_2\[0\] is 0.5000000000000001 \(3fe0000000000001\), 0.5 .*: 1 ulp$/);
  const tolerant = (trajectoryUlps: number): Partial<Baseline> => ({
    tolerance: { ...base.tolerance, trajectoryUlps },
  });
  t.deepEqual(compare(moved, tolerant(1)), []);
  t.is(compare({ trajectories: { run: [[toBits(2)], [toBits(0.5)]] } }, tolerant(1)).length, 1);
  for (const other of [[[toBits(1)]], [[toBits(1)], [toBits(0.5), toBits(0)]]]) {
    t.regex(compare({ trajectories: { run: other } })[0]!.text, /another number of iterates or elements/);
  }
  t.is(compare({ trajectories: { run: [[toBits(1)], [toBits(Number.NaN)]] } })[0]!.kind, 'worse');
  t.is(compare({ trajectories: {} })[0]!.kind, 'missing');
});

test('a record becomes a baseline that reads back', (t) => {
  const record = syntheticRecord();
  const versions = new Map(record.claims.map(({ id }) => [id, 1]));
  const baseline = baselineOf(record, versions, base.trajectories);
  t.is(baseline.claims.length, record.claims.length);
  t.deepEqual(baselineSchema.parse(JSON.parse(JSON.stringify(baseline))), baseline);
  t.true(baseline.claims.some(({ rows }) => rows.length > 0));
  t.deepEqual(compareBaselines(baseline, baseline, everything), []);
  t.deepEqual(baselineOf(record, new Map(), {}).claims, [], 'claims of no version are not kept');
});

test('differences are listed by kind and counted', (t) => {
  const text = differenceText(compare({ claims: [], trajectories: { other: [] } }));
  t.is(
    text,
    [
      'against the baseline:',
      '  missing: claim eq6-prox was there before',
      '  missing: trajectory run was there before',
      '  new: trajectory other',
      '  2 missing, 0 worse, 0 better, 1 new',
    ].join('\n'),
  );
});

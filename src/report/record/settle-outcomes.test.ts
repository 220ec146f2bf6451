import test from 'ava';
import type { RunDescription } from './build-run-record.js';
import { subjectsOf } from './subjects.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from './subjects-run.test.helper.js';

const known = (...keys: readonly string[]): Pick<RunDescription, 'known'> => ({
  known: keys.map((key) => {
    const [subject = '', claim = ''] = key.split('/');
    return { subject, claim, reason: `why ${key}` };
  }),
});

const wrong = (type: string) => cellOf(`prox of ${type}`, failingCase([type]));
const twoFail = [
  cellClaim('eq6-prox', [wrong('huber'), cellOf('prox of simplex')]),
  cellClaim('prox-values', [wrong('huber'), cellOf('value of huber')]),
];
const outcomesOf = (record: ReturnType<typeof subjectsRecord>): Record<string, string> =>
  Object.fromEntries(record.claims.map(({ id, outcome }) => [id, outcome]));

test('a known failure of one subject and claim hides neither another subject nor another claim', (t) => {
  const both = ['prox of huber/eq6-prox', 'prox of huber/prox-values'];
  const all = subjectsRecord(twoFail, known(...both));
  t.deepEqual(outcomesOf(all), { 'eq6-prox': 'xfail', 'prox-values': 'xfail' });
  t.is(all.exitCode, 0);
  const one = subjectsRecord(twoFail, known(both[0]!));
  t.deepEqual(outcomesOf(one), { 'eq6-prox': 'xfail', 'prox-values': 'fail' });
  t.is(one.exitCode, 1);
  const planted = [cellClaim('eq6-prox', [wrong('huber'), wrong('simplex')]), twoFail[1]!];
  const regression = subjectsRecord(planted, known(...both));
  t.deepEqual(outcomesOf(regression), { 'eq6-prox': 'fail', 'prox-values': 'xfail' });
  t.is(regression.exitCode, 1);
  const { subjects } = subjectsOf(regression);
  const told = Object.fromEntries(
    subjects.map(({ subject, verdict, known: declared }) => [subject, [verdict, declared]]),
  );
  t.deepEqual(told, {
    'prox of huber': ['wrong', true],
    'prox of simplex': ['wrong', undefined],
    'value of huber': ['right', undefined],
    'gradient of l1': ['not-offered', undefined],
    'gradient of huber': ['not-offered', undefined],
  });
});

test('a known failure that passes is an error, even beside one that fails', (t) => {
  const record = subjectsRecord(
    twoFail,
    known('prox of huber/eq6-prox', 'prox of huber/prox-values', 'value of huber/prox-values'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'xfail', 'prox-values': 'xpass' });
  t.is(record.exitCode, 5);
  const mended = subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of huber')])], known('prox of huber/eq6-prox'));
  t.deepEqual(outcomesOf(mended), { 'eq6-prox': 'xpass' });
});

test('a new failure outranks a known one that passes', (t) => {
  const record = subjectsRecord(
    [cellClaim('eq6-prox', [wrong('huber'), cellOf('prox of l1')])],
    known('prox of l1/eq6-prox'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'fail' });
});

test('a known failure for every claim may pass in some of them, but not in all', (t) => {
  const some = [cellClaim('eq6-prox', [wrong('huber')]), cellClaim('prox-values', [cellOf('prox of huber')])];
  t.deepEqual(outcomesOf(subjectsRecord(some, known('prox of huber/*'))), {
    'eq6-prox': 'xfail',
    'prox-values': 'pass',
  });
  const none = ['eq6-prox', 'prox-values'].map((id) => cellClaim(id, [cellOf('prox of huber')]));
  const record = subjectsRecord(none, known('prox of huber/*'));
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'xpass', 'prox-values': 'pass' });
  t.is(record.exitCode, 5);
});

test('a claim whose failures all follow from others is not a failure itself', (t) => {
  const follows = cellClaim('prox-values', [cellOf('prox of scaled', failingCase(['huber', 'scaled']))]);
  const record = subjectsRecord([cellClaim('eq6-prox', [wrong('huber')]), follows]);
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'fail', 'prox-values': 'follows' });
});

test('a cell that was not asked, was refused or follows from another does not count as passing', (t) => {
  const follows = cellOf('prox of scaled', failingCase(['huber', 'scaled']));
  const record = subjectsRecord(
    [cellClaim('eq6-prox', [wrong('huber'), follows, { ...cellOf('prox of box'), cases: 0 }])],
    known('prox of huber/eq6-prox', 'prox of scaled/eq6-prox', 'prox of box/eq6-prox', 'prox of l2/eq6-prox'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'xfail' });
});

test('a failure at extreme inputs only is neither a failure nor a pass; if it counts, it may be a known failure', (t) => {
  const checked = [cellClaim('eq6-prox', [cellOf('prox of l1', failingCase(['l1'], { extreme: 'weight 0' }))])];
  const outcome = (more: Partial<RunDescription>) => outcomesOf(subjectsRecord(checked, more))['eq6-prox'];
  t.is(outcome(known('prox of l1/eq6-prox')), 'extreme');
  t.is(outcome({ ...known('prox of l1/eq6-prox'), strict: true }), 'xfail');
  t.is(outcome({ strict: true }), 'fail');
});

test('an entry about the adapter hides no failing subject, and an error of the suite cannot be a known failure', (t) => {
  const adapter = known('adapter/eq6-prox');
  t.deepEqual(outcomesOf(subjectsRecord([cellClaim('eq6-prox', [wrong('huber')])], adapter)), { 'eq6-prox': 'fail' });
  const failure = { kind: 'protocol', message: 'no hello' } as const;
  const silent = cellClaim('eq6-prox', [], { verdict: 'inconclusive', failure });
  t.deepEqual(outcomesOf(subjectsRecord([silent], adapter)), { 'eq6-prox': 'xfail' });
  const broken = cellClaim('eq6-prox', [wrong('huber')], {
    verdict: 'inconclusive',
    failure: { kind: 'suite', message: 'm' },
  });
  t.deepEqual(outcomesOf(subjectsRecord([broken], known('prox of huber/eq6-prox'))), { 'eq6-prox': 'suite-error' });
});

test('a subject with a known and a new failure shows the new one', (t) => {
  const news = cellOf(
    'prox of huber',
    failingCase(['huber'], { text: 'prox of huber at y = 123456: returned 2, right is 3, or so' }),
  );
  const record = subjectsRecord(
    [cellClaim('eq6-prox', [wrong('huber')]), cellClaim('prox-values', [news])],
    known('prox of huber/eq6-prox'),
  );
  const [subject] = subjectsOf(record).subjects;
  t.regex(subject!.counterexample!, /123456/);
  t.is(subject!.known, undefined);
  t.deepEqual(
    subject!.cells.map(({ known: reason }) => reason),
    ['why prox of huber/eq6-prox', undefined],
  );
});

test('a known failure stays one if an extreme input fails beside it, if those do not count', (t) => {
  const extreme = cellOf('prox of huber', failingCase(['huber'], { extreme: 'weight 0' }));
  const checked = [cellClaim('eq6-prox', [wrong('huber')]), cellClaim('prox-values', [extreme])];
  const isKnown = (more: Partial<RunDescription>) =>
    subjectsOf(subjectsRecord(checked, { ...known('prox of huber/eq6-prox'), ...more })).subjects[0]!.known;
  t.true(isKnown({}));
  t.is(isKnown({ strict: true }), undefined);
});

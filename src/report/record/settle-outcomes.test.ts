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

test('what is declared of one subject and claim hides neither another subject nor another claim', (t) => {
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

test('a declared failure that holds now is an error, also beside one that fails as declared', (t) => {
  const record = subjectsRecord(
    twoFail,
    known('prox of huber/eq6-prox', 'prox of huber/prox-values', 'value of huber/prox-values'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'xfail', 'prox-values': 'xpass' });
  t.is(record.exitCode, 5);
  const mended = subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of huber')])], known('prox of huber/eq6-prox'));
  t.deepEqual(outcomesOf(mended), { 'eq6-prox': 'xpass' });
});

test('a new failure counts for more than a declared one that holds', (t) => {
  const record = subjectsRecord(
    [cellClaim('eq6-prox', [wrong('huber'), cellOf('prox of l1')])],
    known('prox of l1/eq6-prox'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'fail' });
});

test('a subject declared for every claim may hold in some of them, and not in all', (t) => {
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

test('a claim in which all that fails follows from another is no failure of its own', (t) => {
  const follows = cellClaim('prox-values', [cellOf('prox of scaled', failingCase(['huber', 'scaled']))]);
  const record = subjectsRecord([cellClaim('eq6-prox', [wrong('huber')]), follows]);
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'fail', 'prox-values': 'follows' });
});

test('what was not asked about, refused, or follows from another does not hold', (t) => {
  const follows = cellOf('prox of scaled', failingCase(['huber', 'scaled']));
  const record = subjectsRecord(
    [cellClaim('eq6-prox', [wrong('huber'), follows, { ...cellOf('prox of box'), cases: 0 }])],
    known('prox of huber/eq6-prox', 'prox of scaled/eq6-prox', 'prox of box/eq6-prox', 'prox of l2/eq6-prox'),
  );
  t.deepEqual(outcomesOf(record), { 'eq6-prox': 'xfail' });
});

test('what fails for extreme questions alone is no failure and does not hold either; where it counts, it may be declared', (t) => {
  const checked = [cellClaim('eq6-prox', [cellOf('prox of l1', failingCase(['l1'], { extreme: 'weight 0' }))])];
  const outcome = (more: Partial<RunDescription>) => outcomesOf(subjectsRecord(checked, more))['eq6-prox'];
  t.is(outcome(known('prox of l1/eq6-prox')), 'extreme');
  t.is(outcome({ ...known('prox of l1/eq6-prox'), strict: true }), 'xfail');
  t.is(outcome({ strict: true }), 'fail');
});

test('an entry about the adapter hides no failing subject, and no error of the suite can be declared', (t) => {
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

test('a subject of which one failure is declared and another is not shows the one that is not', (t) => {
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

test('a declared failure is no other one because an extreme question fails beside it, where such do not count', (t) => {
  const extreme = cellOf('prox of huber', failingCase(['huber'], { extreme: 'weight 0' }));
  const checked = [cellClaim('eq6-prox', [wrong('huber')]), cellClaim('prox-values', [extreme])];
  const isKnown = (more: Partial<RunDescription>) =>
    subjectsOf(subjectsRecord(checked, { ...known('prox of huber/eq6-prox'), ...more })).subjects[0]!.known;
  t.true(isKnown({}));
  t.is(isKnown({ strict: true }), undefined);
});

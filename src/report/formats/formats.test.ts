import test from 'ava';
import { everyOutcome, everySubject } from '../golden.test.helper.js';
import { htmlReport } from '../html/html-report.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord, poison } from '../record/hostile-record.test.helper.js';
import { parseRunRecord, type RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import {
  describeRun,
  knownClaim,
  syntheticClaims,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { longestMarkdown } from './bounded-markdown.js';
import { type Arrangement, formatNames } from './format-names.js';
import { formatReport, summaryOf } from './formats.js';
import { summarySchema } from './run-summary.js';

const empty = buildRunRecord(describeRun([]));
const hostile = [hostileRecord(), poison(everySubject(), '') as RunRecord];
const whole = [everyOutcome(), everySubject()];
const lacking = [empty, withoutTiming(syntheticRecord()), subjectsRecord([])];
const arrangements: readonly Arrangement[] = ['claims', 'subjects'];

/** Controls other than newline, bidirectional overrides, lone surrogates. */
const acting = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\uffff]|\p{Cs}/u;

for (const format of formatNames) {
  test(`${format}: no control character gets through, and what lacks times or claims is written`, (t) => {
    for (const by of arrangements) {
      for (const record of hostile) t.notRegex(formatReport(record, format, {}, by), acting);
      for (const record of lacking) t.notRegex(formatReport(record, format, {}, by), /undefined|\[object/);
    }
  });
}

test('json is the record itself', (t) => {
  const verdict = '8 claims, 0 failed';
  t.deepEqual(parseRunRecord(formatReport(syntheticRecord(), 'json')), { ...syntheticRecord(), verdict });
});

test('summary: one screen that a reader can parse, with what fails first and a count of the rest', (t) => {
  for (const by of arrangements) {
    for (const record of [...whole, ...hostile, ...lacking]) {
      const { failed, more = 0, exitCode } = summarySchema.parse(JSON.parse(formatReport(record, 'summary', {}, by)));
      t.is(exitCode, record.exitCode);
      t.true(failed.length === 3 || more === 0);
      for (const { counterexample = '', paste = '' } of failed) t.true(counterexample.length + paste.length < 1700);
    }
  }
  const { failed, more, counts } = summaryOf(subjectsRecord(), 'subjects', []);
  t.deepEqual(
    failed.map(({ name, verdict }) => `${name}: ${verdict}`),
    ['prox of huber: wrong', 'value of l1: raises', 'value of box: answers what is not finite'],
  );
  t.is(more, 2);
  t.is(counts['inaccurate'], 1);
  const [first] = failed;
  t.is(first?.counterexample, 'prox of huber at y = 1: returned 2, right is 3');
  t.is(first?.replay, 'signprox guard --claims eq6-prox --seed seed-1');
  const long = failingCase(['l1'], { text: 'x'.repeat(5000), paste: 'y'.repeat(5000) });
  const cut = summaryOf(subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of l1', long)])]), 'subjects', []);
  t.is(cut.failed[0]?.counterexample?.length, 801);
  t.is(cut.failed[0]?.paste, undefined, 'a part of a program does not run');
});

const tapLine = /^((not )?ok \d+ - | {2}---$| {2}\.\.\.$| {2}\w+: (".*"|\d+)$)/;

test('TAP 14: plan, numbering, and directives that only the suite can write', (t) => {
  for (const by of arrangements) {
    for (const record of [...whole, ...hostile]) {
      const lines = formatReport(record, 'tap', {}, by).trimEnd().split('\n');
      const points = lines.filter((line) => /^(not )?ok /.test(line));
      t.deepEqual(lines.slice(0, 2), ['TAP version 14', `1..${points.length}`]);
      points.forEach((point, i) => {
        t.regex(point, new RegExp(`^(not )?ok ${i + 1} - `));
        t.is(point.match(/(?<!\\)#/g)?.length ?? 0, / # (SKIP|TODO) /.test(point) ? 1 : 0);
      });
      for (const line of lines.slice(2)) t.regex(line, tapLine);
      if (by === 'subjects') continue;
      for (const [i, { outcome, evidence }] of record.claims.entries()) {
        const passes = ['pass', 'expected', 'n/a', 'extreme', 'follows'].includes(outcome);
        t.is(points[i]!.startsWith('ok '), passes, points[i]);
        const isSkipped = passes && outcome !== 'pass' && (outcome !== 'expected' || evidence.verdict === 'silent');
        t.is(/ # (SKIP|TODO) /.exec(points[i]!)?.[1], outcome === 'xfail' ? 'TODO' : isSkipped ? 'SKIP' : undefined);
      }
    }
  }
  t.is(formatReport(empty, 'tap'), 'TAP version 14\n1..0 # SKIP nothing ran\n');
});

test('annotations: no message can end its command', (t) => {
  for (const by of arrangements) {
    for (const record of [...whole, ...hostile]) {
      for (const line of formatReport(record, 'annotations', {}, by).trimEnd().split('\n'))
        t.regex(line, /^::(error|warning|notice) title=[^:,\n]+::/);
    }
  }
  t.is(formatReport(syntheticRecord(), 'annotations'), '::notice title=signprox%3A exit 0::8 claims, none fails\n');
});

test('Markdown: every row has as many cells as its heading, and no text becomes markup', (t) => {
  for (const record of [...whole, ...hostile]) {
    for (const by of arrangements) {
      const text = formatReport(record, 'github', {}, by);
      const cells = (line: string): number => line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length;
      for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
        const [heading, ...rows] = block.split('\n');
        for (const row of rows) t.is(cells(row), cells(heading!), row);
      }
      const bare = text.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
      t.notRegex(bare, /<(?!details>|\/details>|summary>|\/summary>)/);
      t.is(bare.match(/<details>/g)?.length, bare.match(/<\/details>/g)?.length);
    }
  }
  t.regex(formatReport(syntheticRecord(), 'github'), /^> \[!NOTE\]$/m);
});

test('Markdown is never longer than a comment may be, and names what it leaves out', (t) => {
  const many = Array.from({ length: 80 }, (_, i) => {
    const { claim, evidence } = syntheticClaims()[0]!;
    return { claim: { ...claim, id: `theorem-${i}` }, evidence };
  });
  const text = formatReport(buildRunRecord(describeRun([violatedClaim(), ...many])), 'markdown');
  t.true(text.length <= longestMarkdown && text.length > longestMarkdown / 2, `${text.length}`);
  t.regex(text, /^Left out, and in `index\.html`: Rows of theorem.* and \d+ sections more\.$/m);
  t.true(text.indexOf(': violated\n') < text.indexOf('<summary>Ledger'), 'what failed comes first');
  t.notRegex(formatReport(syntheticRecord(), 'markdown'), /Left out/);
});

test('long vectors of constants are cut, and an assumption is shown with its cap', (t) => {
  const { claim, evidence } = syntheticClaims()[0]!;
  const { cap: _, assumption: __, ...row } = evidence.rows![0]!;
  const long = { ...row, constants: { weights: Array.from({ length: 20 }, (_unused, i) => i) } };
  const record = buildRunRecord(describeRun([{ claim, evidence: { ...evidence, rows: [long, evidence.rows![1]!] } }]));
  const text = formatReport(record, 'markdown');
  for (const cell of ['weights = (0, 1, 2, 3, 4, 5, 6, 7, …)', '| M, M = 12 |', '| – | weights'])
    t.true(text.includes(cell));
});

test('a failure is known even if the record lacks the reason, and one that is fixed ends the run', (t) => {
  const fixed = violatedClaim('fixed');
  const record = syntheticRecord(
    [violatedClaim('known'), { ...fixed, evidence: { ...fixed.evidence, verdict: 'holds' } }],
    [knownClaim('known', 'upstream'), knownClaim('fixed', 'old')],
  );
  t.is(record.exitCode, 5);
  const claims = record.claims.map(({ knownFailure: _, ...claim }) => claim);
  t.regex(
    formatReport({ ...record, claims }, 'tap'),
    /^not ok \d+ - known # TODO known failure \(no reason given\): /m,
  );
});

test('not-refuted is no failure where it is accepted, and one under --strict', (t) => {
  const { claim, evidence } = violatedClaim();
  const own = { claim: { ...claim, expected: ['not-refuted' as const] }, evidence };
  const checked = [{ ...own, evidence: { ...evidence, verdict: 'not-refuted' as const } }];
  for (const [refuseNotRefuted, exit, tap] of [
    [false, 0, 'ok 1'],
    [true, 1, 'not ok 1'],
  ] as const) {
    const record = buildRunRecord({ ...describeRun(checked), refuseNotRefuted });
    t.is(record.exitCode, exit);
    t.regex(formatReport(record, 'tap'), new RegExp(`^${tap} `, 'm'));
  }
});

const incomplete = {
  remaining: ['prox-overflow', 'theorem-2'],
  resume: 'signprox verify --resume reports/incomplete/run.json',
};
const cutOff = buildRunRecord({ ...describeRun(), incomplete });

for (const format of [...formatNames.filter((name) => name !== 'json'), 'html' as const]) {
  test(`${format}: an incomplete report says so, how much is there, and how to have the rest`, (t) => {
    const write = (record: RunRecord): string =>
      (format === 'html' ? htmlReport(record) : formatReport(record, format)).replaceAll(/[\\`]/g, '');
    t.true(write(cutOff).includes('incomplete: the run was interrupted') && write(cutOff).includes(incomplete.resume));
    t.false(write(syntheticRecord()).includes('incomplete: '));
  });
}

test('an incomplete run is no success; its unchecked claims are skipped in JUnit, and TAP bails out', (t) => {
  t.is(cutOff.exitCode, 130);
  const xml = formatReport(cutOff, 'junit');
  t.is(xmlFault(xml), undefined);
  t.is(xml.split('<testcase ').length - 1, cutOff.claims.length + 2);
  t.regex(xml, /name="theorem-2" time="0\.000">\n +<skipped message="incomplete: /);
  t.regex(formatReport(cutOff, 'tap'), /^Bail out! incomplete: /m);
  const lost = buildRunRecord({ ...describeRun(), incomplete: { ...incomplete, lost: 'no Redis' } });
  t.is(lost.exitCode, 75);
  t.true(formatReport(lost, 'tap').includes('incomplete: no Redis, and 8 of 10'));
});

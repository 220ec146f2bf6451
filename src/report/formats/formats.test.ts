import test from 'ava';
import { encodeExact } from '../../claims/exact-encoding.js';
import { htmlReport } from '../html/html-report.js';
import { buildRunRecord, type CheckedClaim } from '../record/build-run-record.js';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { boundRatio } from '../record/outcome.js';
import { parseRunRecord, type RunRecord } from '../record/run-record.js';
import { subjectsRecord } from '../record/subjects-run.test.helper.js';
import {
  describeRun,
  knownClaim,
  syntheticClaims,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from '../record/synthetic-run.test.helper.js';
import { fixedLines } from '../view/subjects.js';
import { longestMarkdown } from './bounded-markdown.js';
import { formatNames } from './format-names.js';
import { formatReport } from './formats.js';
import { ledgerTable } from './ledger-table.js';

/** Controls other than newline, bidirectional overrides, lone surrogates. */
const acting = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\uffff]|\p{Cs}/u;

for (const format of formatNames) {
  test(`${format}: no control character of a hostile string gets through`, (t) => {
    t.notRegex(formatReport(hostileRecord(), format), acting);
  });

  test(`${format}: the same record gives the same text, and a record without times or claims is rendered`, (t) => {
    t.is(formatReport(syntheticRecord(), format), formatReport(syntheticRecord(), format));
    t.notRegex(formatReport(withoutTiming(syntheticRecord()), format), /undefined|\[object/);
    t.notRegex(formatReport(buildRunRecord(describeRun([])), format), /undefined|\[object|Infinity/);
  });
}

test('json is the record itself', (t) => {
  t.deepEqual(parseRunRecord(formatReport(syntheticRecord(), 'json')), syntheticRecord());
});

test('TAP 14: plan, numbering, and directives that only the suite can write', (t) => {
  for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
    const lines = formatReport(record, 'tap').trimEnd().split('\n');
    t.is(lines[0], 'TAP version 14');
    t.is(lines[1], `1..${record.claims.length}`);
    const points = lines.filter((line) => /^(not )?ok /.test(line));
    t.deepEqual(
      points.map((line) => Number(/^(?:not )?ok (\d+) - /.exec(line)![1])),
      record.claims.map((_, i) => i + 1),
    );
    for (const [i, claim] of record.claims.entries()) {
      const passes = ['pass', 'expected', 'n/a'].includes(claim.outcome);
      t.is(points[i]!.startsWith('ok '), passes, points[i]);
      const directive = / # (SKIP|TODO)/.exec(points[i]!)?.[1];
      const silent = claim.evidence.verdict === 'silent' && claim.outcome === 'expected';
      t.is(directive, claim.outcome === 'xfail' ? 'TODO' : claim.outcome === 'n/a' || silent ? 'SKIP' : undefined);
      t.is(points[i]!.match(/(?<!\\)#/g)?.length ?? 0, directive === undefined ? 0 : 1);
    }
    for (const line of lines.slice(2)) t.regex(line, /^((not )?ok \d+ - | {2}---$| {2}\.\.\.$| {2}\w+: (".*"|\d+)$)/);
  }
  t.is(formatReport(buildRunRecord(describeRun([])), 'tap'), 'TAP version 14\n1..0 # SKIP nothing ran\n');
});

for (const format of ['markdown', 'github'] as const) {
  test(`${format}: every table row has as many cells as its heading, whatever the strings`, (t) => {
    for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
      const text = formatReport(record, format);
      const cells = (line: string): number => line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length;
      for (const block of text
        .trimEnd()
        .split('\n\n')
        .filter((part) => part.startsWith('|'))) {
        const [heading, ...rows] = block.split('\n');
        for (const row of rows) t.is(cells(row), cells(heading!), row);
      }
      t.notRegex(text.replace(/`+[^`]*`+/g, ''), /<(?!details>|\/details>|summary>|\/summary>)/);
    }
  });
}

test('of a known failure that holds now it is said which of its entries to delete', (t) => {
  const told = (...holds: boolean[]): string[] => {
    const claims = holds.map((each, i) => ({ id: `claim-${i}`, knownCells: { l1: { holds: each } } }));
    return fixedLines({ claims } as unknown as RunRecord);
  };
  t.deepEqual(told(true), ['l1 holds now: delete its entry']);
  t.deepEqual(told(true, true), ['l1 holds now: delete its 2 entries']);
  t.deepEqual(told(true, false), ['l1 holds now in claim-0: delete that entry']);
  t.deepEqual(told(true, false, true), ['l1 holds now in claim-0, claim-2: delete those 2 entries']);
  t.deepEqual(told(false), []);
});

test('Markdown reports ledger, rows with every field, parts and budget', (t) => {
  const text = formatReport(syntheticRecord([violatedClaim()]), 'markdown');
  t.regex(text, /\*\*Exit 1: a claim failed\.\*\*/);
  t.regex(text, /\| §2\.1 \(9\) \| `eq9-proximal-average` \| \*\*violated\*\* \| 512 cases, max 81\.5: /);
  for (const heading of [
    'bound b',
    'left',
    'n',
    'log E violated',
    'log E holds',
    'α',
    'detectable',
    'assumption',
    'seed',
    'reproduce',
  ]) {
    t.true(text.includes(`| ${heading} |`), heading);
  }
  t.is(text.match(/^\| (1|4|16|64|256|1024) \| /gm)?.length, 48);
  t.regex(text, /\| huber \| holds \| 602 \| 0\.25 \|/);
  t.true(text.includes('| `prox-sets` | 2 | 0 of 1 |'));
  t.true(text.includes('\n| l1-step-dropped | ◉ |  | · |\n| box-open | ● | ✗ |  |\n'));
  t.regex(text, /48 slots/);
  t.true(text.includes('<details><summary>Ledger</summary>'));
  t.is(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
  const github = formatReport(syntheticRecord([violatedClaim()]), 'github');
  t.regex(github, /^> \[!CAUTION\]$/m);
  t.regex(formatReport(syntheticRecord(), 'github'), /^> \[!NOTE\]$/m);
});

test('Markdown is never longer than a comment may be, and names what it leaves out', (t) => {
  const many = Array.from({ length: 80 }, (_, i) => {
    const { claim, evidence } = syntheticClaims()[0]!;
    return { claim: { ...claim, id: `theorem-${i}` }, evidence };
  });
  const text = formatReport(buildRunRecord(describeRun([violatedClaim(), ...many])), 'markdown');
  t.true(text.length <= longestMarkdown && text.length > longestMarkdown / 2, `${text.length}`);
  const left = /^Left out, and in `index\.html`: Rows of theorem.* and \d+ sections more\.$/m;
  t.regex(text, left);
  t.true(text.indexOf(': violated\n') < text.indexOf('<summary>Ledger'), 'what failed comes first');
  t.notRegex(formatReport(syntheticRecord(), 'markdown'), /Left out/);
});

test('counterexamples are counted as misprints or as needed hypotheses', (t) => {
  const needed = ({ claim, evidence }: CheckedClaim): CheckedClaim => ({
    claim: { ...claim, expected: ['needed'] },
    evidence: { ...evidence, verdict: 'needed' },
  });
  const record = syntheticRecord([violatedClaim(), ...['one', 'other'].map((id) => needed(violatedClaim(id)))]);
  for (const format of ['html', 'markdown'] as const) {
    const told = (of: RunRecord): string => (format === 'html' ? htmlReport(of) : formatReport(of, format));
    t.regex(told(record), /11 checked · 1 failed · 1 misprint · 2 counterexamples beyond the hypotheses/, format);
    t.notRegex(told(buildRunRecord(describeRun([violatedClaim()]))), / checked · /, format);
  }
  t.regex(
    ledgerTable(record, { width: 100 }),
    /; 1 of 11 claims failed; 1 misprint;\s2 counterexamples\sbeyond\sthe\shypotheses\.\n$/,
  );
});

test('annotations: an error for each failure, one line for the run, and no message can end its command', (t) => {
  const lines = formatReport(syntheticRecord([violatedClaim()]), 'annotations')
    .trimEnd()
    .split('\n');
  t.is(lines.length, 2);
  t.true(lines[0]!.startsWith(`::error title=signprox%3A ${violatedClaim().claim.id}::`));
  t.regex(lines[1]!, /^::error title=signprox%3A exit 1::a claim failed$/);
  t.deepEqual(formatReport(syntheticRecord(), 'annotations').trimEnd().split('\n'), [
    '::notice title=signprox%3A exit 0::8 claims, none fails',
  ]);
  t.regex(
    formatReport(subjectsRecord(), 'annotations', {}, 'subjects'),
    /^::error title=signprox%3A prox of huber%3A wrong::/m,
  );
  for (const line of formatReport(hostileRecord(), 'annotations').trimEnd().split('\n')) {
    t.regex(line, /^::(error|warning|notice) title=[^:,\n]+::/);
  }
});

test('a failed bound names its rows, with left side and bound', (t) => {
  const { claim, evidence } = syntheticClaims()[0]!;
  const rows = evidence.rows!.map((row, i) => {
    if (i === 2) return { ...row, verdict: 'violated' as const, left: 5, bound: 0, upper: 7 };
    return i === 3 ? { ...row, verdict: 'inconclusive' as const } : row;
  });
  const record = buildRunRecord(describeRun([{ claim, evidence: { ...evidence, verdict: 'violated', rows } }]));
  const xml = formatReport(record, 'junit');
  t.regex(xml, /row quadratic-offset-linear, T = 16: violated, left 5, bound 0: H crossed/);
  t.is(xml.match(/^row /gm)?.length, 2);
  t.regex(ledgerTable(record), /24 rows, 1 violated/);
});

test('a left side of zero with a bound of zero has the ratio zero', (t) => {
  t.is(boundRatio({ left: 0, bound: 0 }), 0);
  t.is(boundRatio({ left: 1, bound: 4 }), 0.25);
  t.is(boundRatio({ left: 1, bound: 0 }), Number.POSITIVE_INFINITY);
});

test('long vectors of constants are cut, and an assumption is shown with its cap', (t) => {
  const { claim, evidence } = syntheticClaims()[0]!;
  const { cap: _, assumption: __, ...row } = evidence.rows![0]!;
  const long = { ...row, constants: { weights: Array.from({ length: 20 }, (_unused, i) => i) } };
  const record = buildRunRecord(describeRun([{ claim, evidence: { ...evidence, rows: [long, evidence.rows![1]!] } }]));
  const text = formatReport(record, 'markdown');
  t.true(text.includes('weights = (0, 1, 2, 3, 4, 5, 6, 7, …)'));
  t.true(text.includes('| M, M = 12 |'));
  t.true(text.includes('| – | weights'));
});

test('the unanswered, minimal and worst case come in this order; the first has a ratio only in Markdown', (t) => {
  const claim = violatedClaim();
  const unanswered = { part: 'huber', ratio: 0, input: encodeExact({ x: Float64Array.of(7) }) };
  const record = buildRunRecord(describeRun([{ ...claim, evidence: { ...claim.evidence, unanswered } }]));
  const casesIn = (format: 'table' | 'junit' | 'markdown'): string[] =>
    [...formatReport(record, format, { width: 160 }).matchAll(/(?:unanswered|minimal|worst) case[^{]*\{/g)].map(String);
  t.deepEqual(casesIn('table'), ['unanswered case: {', 'minimal case (44): {', 'worst case (81.5): {']);
  t.deepEqual(casesIn('junit'), ['unanswered case: {', 'minimal case (ratio 44): {', 'worst case (ratio 81.5): {']);
  t.deepEqual(casesIn('markdown'), [
    'unanswered case, ratio 0, huber: `{',
    'minimal case, ratio 44, l1: `{',
    'worst case, ratio 81.5, l1: `{',
  ]);
});

test('known failures are listed with their reason, even if a record lacks one', (t) => {
  const known = violatedClaim('known');
  const crash = { kind: 'timeout', message: 'no reply in 2 s' } as const;
  const record = syntheticRecord(
    [
      known,
      { ...violatedClaim('crashing'), evidence: { ...known.evidence, failure: crash } },
      { ...violatedClaim('mended'), evidence: { ...known.evidence, verdict: 'holds' } },
    ],
    [knownClaim('known', 'upstream'), knownClaim('crashing', 'slow'), knownClaim('mended', 'old')],
  );
  const text = ledgerTable(record, { width: 140 });
  t.regex(text, /Known failures: known \(xfail: violated\), crashing \(xfail: timeout\)/);
  t.regex(text, /xpass: holds mended\n {2}declared a known failure \(old\), but passed/);
  t.is(record.exitCode, 5);
  const claims = record.claims.map(({ knownFailure: _, ...claim }) => claim);
  t.regex(formatReport({ ...record, claims }, 'tap'), /^not ok \d+ - known # TODO no reason given$/m);
});

test('every outcome that needs attention has its reason and the way to reproduce it in the terminal', (t) => {
  const kinds = ['error', 'timeout', 'crash', 'protocol', 'suite'] as const;
  const { evidence, ...failed } = violatedClaim('fails');
  const claims = kinds.map((kind) => ({
    claim: { ...failed.claim, id: `ends-in-${kind}` },
    evidence: { ...evidence, verdict: 'inconclusive' as const, failure: { kind, message: `because of ${kind}` } },
  }));
  const text = ledgerTable(syntheticRecord(claims), { width: 140 });
  for (const kind of kinds) {
    t.regex(text, new RegExp(`^[a-z-]+ ends-in-${kind}\n {2}because of ${kind}\n[\\s\\S]*?reproduce`, 'm'), text);
  }
});

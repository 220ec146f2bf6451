import test, { type ExecutionContext } from 'ava';
import { edges, everyOutcome, everySubject } from '../golden.test.helper.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord, poison } from '../record/hostile-record.test.helper.js';
import { parseRunRecord, type RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import {
  describeRun,
  syntheticClaims,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { displayWidth } from '../wording/terminal-text.js';
import { longestMarkdown } from './bounded-markdown.js';
import { type Arrangement, type FormatName, formatNames } from './format-names.js';
import { formatReport, summaryOf } from './formats.js';
import { ledgerTable } from './ledger-table.js';
import { summarySchema } from './run-summary.js';

// What reports say is in the golden files. These tests are about what no text of a run may break.

const hostile = [hostileRecord(), poison(everySubject(), '') as RunRecord, poison(subjectsRecord(), '') as RunRecord];
const ours = [everyOutcome(), everySubject(), ...edges, withoutTiming(syntheticRecord()), subjectsRecord([])];
const arrangements: readonly Arrangement[] = ['claims', 'subjects'];

/** Controls other than newline, bidirectional overrides, lone surrogates. */
const acting = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\uffff]|\p{Cs}/u;

/** What every text of a format keeps to. */
const grammars: Partial<Record<FormatName, (t: ExecutionContext, text: string, record: RunRecord) => void>> = {
  summary(t, text, { exitCode }) {
    const { failed, more = 0, ...summary } = summarySchema.parse(JSON.parse(text));
    t.is(summary.exitCode, exitCode);
    t.true(failed.length === 3 || more === 0);
    for (const { counterexample = '', paste = '' } of failed) t.true(counterexample.length + paste.length < 1700);
  },
  tap(t, text) {
    const lines = text.trimEnd().split('\n');
    const points = lines.filter((line) => /^(not )?ok /.test(line));
    t.is(lines[0], 'TAP version 14');
    t.regex(lines[1]!, points.length === 0 ? /^1\.\.0 # SKIP / : new RegExp(`^1\\.\\.${points.length}$`));
    points.forEach((point, i) => {
      t.regex(point, new RegExp(`^(not )?ok ${i + 1} - `));
      // Only the suite can write a directive.
      t.is(point.match(/(?<!\\)#/g)?.length ?? 0, / # (SKIP|TODO) /.test(point) ? 1 : 0);
    });
    for (const line of lines.slice(2))
      t.regex(line, /^((not )?ok \d+ - | {2}---$| {2}\.\.\.$| {2}\w+: (".*"|\d+)$|Bail out! )/);
  },
  annotations(t, text) {
    for (const line of text.trimEnd().split('\n')) t.regex(line, /^::(error|warning|notice) title=[^:,\n]+::/);
  },
  markdown: keepsToMarkdown,
  github: keepsToMarkdown,
  junit(t, text) {
    t.is(xmlFault(text), undefined);
    const totals = /<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(text)!;
    const elements = ['testcase', 'failure', 'error', 'skipped'].map((name) => text.split(`<${name} `).length - 1);
    t.deepEqual(totals.slice(1).map(Number), elements);
    for (const schema of schemas) keepsTo(t, text, schema);
  },
};

function keepsToMarkdown(t: ExecutionContext, text: string): void {
  t.true(text.length <= longestMarkdown);
  const cells = (line: string): number => line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length;
  for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
    const [heading, ...rows] = block.split('\n');
    for (const row of rows) t.is(cells(row), cells(heading!), row);
  }
  const bare = text.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  t.notRegex(bare, /<(?!details>|\/details>|summary>|\/summary>)/);
  t.notRegex(text, /^## heading/m);
  t.is(bare.match(/<details>/g)?.length, bare.match(/<\/details>/g)?.length);
}

/** The attributes that a schema for JUnit files knows, by element: those that it requires, and the others. */
interface Schema {
  readonly root: string;
  readonly time: RegExp;
  readonly elements: Readonly<Record<string, readonly [required: string, optional: string]>>;
}

const schemas: readonly Schema[] = [
  // junit-10.xsd of Jenkins' xUnit plugin.
  {
    ...{ root: '<testsuites', time: /^\d*(\.\d*)?$/ },
    elements: {
      testsuites: ['', 'name time tests failures errors'],
      testsuite: ['', 'name tests failures errors group time skipped timestamp hostname id package file log url'],
      testcase: ['', 'name time classname group'],
      failure: ['', 'type message'],
      error: ['', 'type message'],
      skipped: ['', 'type message'],
      properties: ['', ''],
      property: ['', 'name value'],
      'system-out': ['', ''],
    },
  },
  // surefire-test-report.xsd of Maven, which is about a suite.
  {
    ...{ root: '<testsuite ', time: /^\d+\.\d{3}$/ },
    elements: {
      testsuite: ['name tests errors skipped failures', 'time group'],
      testcase: ['name time', 'classname group'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['', 'message'],
      properties: ['', ''],
      property: ['name value', ''],
      'system-out': ['', ''],
    },
  },
];

function keepsTo(t: ExecutionContext, text: string, { root, time, elements }: Schema): void {
  const xml = text.slice(text.indexOf(root), text.indexOf('</testsuites>'));
  for (const [, element, attributes] of xml.matchAll(/<([a-z][\w-]*)((?: [\w-]+="[^"]*")*) *\/?>/g)) {
    const [required, optional] = elements[element!]!.map((names) => names.split(' ').filter(Boolean));
    const found = [...attributes!.matchAll(/ ([\w-]+)="/g)].map(([, attribute]) => attribute!);
    for (const attribute of required!) t.true(found.includes(attribute), `${element} ${attribute}`);
    for (const attribute of found) t.true([...required!, ...optional!].includes(attribute), `${element} ${attribute}`);
  }
  for (const [, value] of xml.matchAll(/ time="([^"]*)"/g)) t.regex(value!, time);
  t.true(!xml.includes('<testcase') || xml.indexOf('<properties>') < xml.indexOf('<testcase'));
}

for (const format of formatNames) {
  test(`${format}: no text of a run acts or breaks the format, whatever the run lacks`, (t) => {
    for (const record of [...hostile, ...ours]) {
      for (const by of arrangements) {
        const text = formatReport(record, format, {}, by);
        t.notRegex(text, acting);
        if (ours.includes(record)) t.notRegex(text, /undefined|\[object/);
        grammars[format]?.(t, text, record);
      }
    }
  });
}

test('the XML judge finds planted errors', (t) => {
  const faults = ['<a><b></a></b>', '<a>', '<a/><b/>', '<a x=1/>', '<a>&</a>', '<a x="<"/>', '<a>\u0001</a>', 'x<a/>'];
  for (const bad of [...faults, '<a x="1" x="2"/>']) t.not(xmlFault(bad), undefined, bad);
  t.is(xmlFault('<?xml version="1.0"?>\n<a x="&lt;"><b/>&amp;</a>\n'), undefined);
});

test('json is the record itself', (t) => {
  const verdict = '8 claims, 0 failed';
  t.deepEqual(parseRunRecord(formatReport(syntheticRecord(), 'json')), { ...syntheticRecord(), verdict });
});

test('of a summary long texts are cut, and a program is left out, since a part of it does not run', (t) => {
  const long = failingCase(['l1'], { text: 'x'.repeat(5000), paste: 'y'.repeat(5000) });
  const cut = summaryOf(subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of l1', long)])]), 'subjects', []);
  t.is(cut.failed[0]?.counterexample?.length, 801);
  t.is(cut.failed[0]?.paste, undefined);
});

test('Markdown names what it leaves out, and what failed comes first', (t) => {
  const many = Array.from({ length: 80 }, (_, i) => {
    const { claim, evidence } = syntheticClaims()[0]!;
    return { claim: { ...claim, id: `theorem-${i}` }, evidence };
  });
  const text = formatReport(buildRunRecord(describeRun([violatedClaim(), ...many])), 'markdown');
  t.true(text.length <= longestMarkdown && text.length > longestMarkdown / 2, `${text.length}`);
  t.regex(text, /^Left out, and in `index\.html`: Rows of theorem.* and \d+ sections more\.$/m);
  t.true(text.indexOf(': violated\n') < text.indexOf('<summary>Ledger'));
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

test('a run of claims fits a terminal but for commands, which stay whole, as an id does if it fits', (t) => {
  const long = violatedClaim('a-claim-with-an-identifier-much-longer-than-the-column');
  const record = syntheticRecord([violatedClaim(), long]);
  for (const [width, ledger] of [40, 60, 80, 120].flatMap((own) => [[own, false] as const, [own, true] as const])) {
    const lines = [record, hostileRecord()].flatMap((one) => ledgerTable(one, { width, ledger }).split('\n'));
    for (const line of lines) t.true(displayWidth(line) <= width || /^ +(?:again|replay) /.test(line), line);
    for (const { id } of ledger ? record.claims : [])
      t.true(
        lines.some((line) => line.trimStart().startsWith(id.slice(0, width - 4))),
        id,
      );
  }
});

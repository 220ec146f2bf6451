import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import { encodeExact } from '../../claims/exact-encoding.js';
import { boundRatio } from '../record/bound-ratio.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { parseRunRecord } from '../record/run-record.js';
import {
  describeRun,
  syntheticClaims,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { inputText } from '../wording/case-input.js';
import { caseText } from '../wording/evidence-text.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { escapeMarkdown, escapeMarkup, markdownCode, printable, printableLine } from '../wording/sanitize.js';
import { sourceText } from '../wording/source-text.js';
import { displayWidth, hanging, textTable, truncate, wrap } from '../wording/terminal-text.js';
import { formatNames } from './format-names.js';
import { formatReport } from './formats.js';
import { ledgerTable, tableOptions } from './ledger-table.js';

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

for (const width of [40, 60, 80, 120]) {
  test(`the table fits ${width} columns but for commands, which stay whole`, (t) => {
    const long = violatedClaim('a-claim-with-an-identifier-much-longer-than-the-column');
    const record = syntheticRecord([violatedClaim(), long]);
    const lines = ledgerTable(record, { width }).split('\n');
    for (const line of lines) t.true(displayWidth(line) <= width || line.startsWith('  reproduce: '), line);
    for (const claim of record.claims)
      t.true(
        lines.some((line) => line.startsWith(claim.id.slice(0, width))),
        claim.id,
      );
    // Four columns need sixty: below, every claim has a block of lines.
    if (width < 60) return;
    const last = lines.findIndex((line) => line.startsWith('figure-1'));
    for (const line of lines.slice(0, last + 1).filter((text) => / (ms|s)$/.test(text)))
      t.is(displayWidth(line), width);
  });
}

test('a table that is too wide is written row by row, and words are broken where they fit no line alone', (t) => {
  const columns = [{ title: 'T', align: 'right' as const }, { title: 'left' }, { title: 'verdict' }];
  const rows = [
    ['1', '0.25', 'holds'],
    ['16', '0.125', 'violated by a counterexample'],
  ];
  const lines = (width?: number): string[] => {
    const table = textTable(columns, rows, width);
    return [...table.head, ...table.rows.flat()];
  };
  t.deepEqual(lines(), [
    ' T  left   verdict',
    '─'.repeat(39),
    ' 1  0.25   holds',
    '16  0.125  violated by a counterexample',
  ]);
  t.deepEqual(lines(30), [
    'T 1',
    '  left     0.25',
    '  verdict  holds',
    'T 16',
    '  left     0.125',
    '  verdict  violated by a',
    '           counterexample',
  ]);
  t.deepEqual(hanging('limits     ', 'counterexample-smoothness refutes: L', 30), [
    'limits',
    '    counterexample-smoothness',
    '    refutes: L',
  ]);
  t.deepEqual(hanging('', 'abcdefgh ij', 5), ['abcde', 'fgh', 'ij']);
});

test('a hostile table fits too, one line per claim', (t) => {
  const record = hostileRecord();
  const lines = ledgerTable(record).split('\n');
  for (const line of lines) t.true(displayWidth(line) <= 80 || line.startsWith('  reproduce: '), line);
});

test('the table says in full what failed, lists what holds within ρ, and sums the budget', (t) => {
  const text = ledgerTable(syntheticRecord([violatedClaim()]), { width: 100 });
  t.regex(text, /violated eq9-proximal-average\n {2}3 of 512 cycles/);
  t.regex(text, /minimal case \(44\): \{"x":\[0\.5\]\}: x = 0\.5, γ = 0\.7/);
  t.regex(text, / {2}reproduce: signprox verify --claims eq9-proximal-average --seed seed-1\n/);
  t.regex(text, /Holds only within ρ: theorem-2/);
  t.regex(text, /Not a pass, as the ledger expects: .*figure-1/s);
  t.regex(text, /^figure-1: /m, 'what is told is told in full');
  t.regex(text, /48 slots of level 2\.441e−13; false alarm ≤ 1\.172e−11/);
  t.regex(text, /bound rows: 48, of these 4 decided by the cap alone/);
  t.regex(text, /exit 1: a claim failed\n$/);
  t.regex(ledgerTable(syntheticRecord()), /exit 0: /);
});

test('an unexpected success says what was expected', (t) => {
  const checked = violatedClaim('finding');
  const record = syntheticRecord([
    {
      claim: { ...checked.claim, expected: ['refuted-as-stated'] },
      evidence: { ...checked.evidence, verdict: 'holds', reason: 'no counterexample' },
    },
  ]);
  t.regex(ledgerTable(record), /not expected: holds/);
  t.regex(ledgerTable(record), /no counterexample \(expected refuted-as-stated\)/);
});

test('colours only where asked, and they take no room', (t) => {
  const record = syntheticRecord([violatedClaim()]);
  const plain = ledgerTable(record);
  const coloured = ledgerTable(record, { colour: true });
  t.is(stripVTControlCharacters(plain), plain);
  t.true(coloured.includes('\u001b[31mviolated'));
  t.is(stripVTControlCharacters(coloured), plain);
});

test('a stream decides width and colour; NO_COLOR, a dumb terminal and a pipe are plain', (t) => {
  const terminal = { isTTY: true, columns: 132 };
  t.deepEqual(tableOptions(terminal, {}), { width: 132, colour: true });
  t.deepEqual(tableOptions(terminal, { NO_COLOR: '1' }), { width: 132, colour: false });
  t.deepEqual(tableOptions(terminal, { NO_COLOR: '' }), { width: 132, colour: true });
  t.deepEqual(tableOptions(terminal, { TERM: 'dumb' }), { width: 132, colour: false });
  t.deepEqual(tableOptions({ isTTY: true }, {}), { width: 80, colour: true });
  t.deepEqual(tableOptions({ columns: 132 }, {}), { width: 80, colour: false });
});

test('JUnit is well-formed, with totals that match its elements and nothing silent passed', (t) => {
  for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
    const xml = formatReport(record, 'junit');
    t.is(xmlFault(xml), undefined);
    const elements = (name: string): number => xml.split(`<${name} `).length - 1;
    const [, tests, failures, errors, skipped] =
      /<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml)!;
    t.is(Number(tests), record.claims.length);
    t.is(elements('testcase'), record.claims.length);
    t.is(elements('failure'), Number(failures));
    t.is(elements('error'), Number(errors));
    t.is(elements('skipped'), Number(skipped));
    const with_ = (outcomes: string[]) => record.claims.filter((claim) => outcomes.includes(claim.outcome)).length;
    t.is(Number(failures), with_(['fail', 'xpass']));
    t.is(Number(errors), with_(['error', 'timeout', 'crash']));
    t.is(
      Number(skipped),
      with_(['n/a', 'xfail']) + record.claims.filter((claim) => claim.evidence.verdict === 'silent').length,
    );
  }
});

/** The attributes that Jenkins' schema for JUnit files (junit-10.xsd of its xUnit plugin) knows, by element. */
const jenkinsAttributes: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
  testsuite: [
    ...['name', 'tests', 'failures', 'errors', 'group', 'time', 'skipped', 'timestamp', 'hostname', 'id'],
    ...['package', 'file', 'log', 'url'],
  ],
  testcase: ['name', 'time', 'classname', 'group'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['type', 'message'],
  properties: [],
  property: ['name', 'value'],
  'system-out': [],
};

test('JUnit has the elements and attributes that the schema of Jenkins knows, and times in its form', (t) => {
  for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
    const xml = formatReport(record, 'junit');
    for (const [, element, attributes] of xml.matchAll(/<([a-z][\w-]*)((?: [\w-]+="[^"]*")*) *\/?>/g)) {
      const known = jenkinsAttributes[element!];
      t.truthy(known, element);
      for (const [, name] of attributes!.matchAll(/ ([\w-]+)="/g)) t.true(known!.includes(name!), `${element} ${name}`);
    }
    for (const [, time] of xml.matchAll(/ time="([^"]*)"/g)) t.regex(time!, /^\d*(\.\d*)?$/);
  }
});

test('the XML judge sees what it must', (t) => {
  for (const bad of [
    '<a><b></a></b>',
    '<a>',
    '<a/><b/>',
    '<a x=1/>',
    '<a>&</a>',
    '<a x="<"/>',
    '<a>\u0001</a>',
    '<a x="1" x="2"/>',
    'x<a/>',
  ]) {
    t.not(xmlFault(bad), undefined, bad);
  }
  t.is(xmlFault('<?xml version="1.0"?>\n<a x="&lt;"><b/>&amp;</a>\n'), undefined);
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
  t.notRegex(text, /<details>/);
  const github = formatReport(syntheticRecord([violatedClaim()]), 'github');
  t.regex(github, /^> \[!CAUTION\]$/m);
  t.is(github.match(/<details>/g)?.length, github.match(/<\/details>/g)?.length);
  t.regex(formatReport(syntheticRecord(), 'github'), /^> \[!NOTE\]$/m);
});

test('escapes make acting characters visible', (t) => {
  t.is(printable('a\u001b[0m\nb\tc\u0085\ud800'), 'a\\u{1b}[0m\nb c\\u{85}\\u{d800}');
  t.is(printable('γ‖x‖ 😀 \u0301'), 'γ‖x‖ 😀 \u0301');
  t.is(printableLine(' a\r\nb\n\n c '), 'a b c');
  t.is(escapeMarkup(`<a href="x" id='y'>&amp;\n`), '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;\n');
  t.is(
    escapeMarkdown('*a* [b](http://c) | <i> `d` www.e.f'),
    '\\*a\\* \\[b\\](http\\://c) \\| &lt;i\\> \\`d\\` www\\.e.f',
  );
  t.is(escapeMarkdown('1. a'), '1\\. a');
  t.is(escapeMarkdown('2.25'), '2.25');
  t.is(escapeMarkdown('- a'), '\\- a');
  t.is(escapeMarkdown('# a'), '\\# a');
  t.is(markdownCode('a`b``c|d'), '``` a`b``c\\|d ```');
});

test('terminal text is measured in columns', (t) => {
  t.is(displayWidth('e\u0301γ漢😀'), 6);
  t.is(truncate('漢字漢字', 5), '漢字…');
  t.is(truncate('exact', 5), 'exact');
  t.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrap('abcdefgh ij', 3), ['abc', 'def', 'gh', 'ij']);
});

test('figures are short, signed with a minus and never cut to zero', (t) => {
  const written = [0, -0.5, 12.34567, 0.00012345, -1.5e-9, 1234567, 999999, 1 / 0, -1 / 0, Number.NaN, 2e10];
  t.deepEqual(written.map(formatNumber), [
    '0',
    '−0.5',
    '12.35',
    '1.234e−4',
    '−1.5e−9',
    '1.235e6',
    '999999',
    '∞',
    '−∞',
    'NaN',
    '2e10',
  ]);
  t.deepEqual([0.0001, 0.84, 12.44, 99.96, 3600].map(formatSeconds), ['<1 ms', '840 ms', '12.4 s', '100 s', '3600 s']);
});

test('a failed bound names its rows, and says left and bound', (t) => {
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

test('a bound of zero met by zero has the ratio zero', (t) => {
  t.is(boundRatio({ left: 0, bound: 0 }), 0);
  t.is(boundRatio({ left: 1, bound: 4 }), 0.25);
  t.is(boundRatio({ left: 1, bound: 0 }), Number.POSITIVE_INFINITY);
});

test('vectors of constants are cut where they get too long to read, and an assumption stands with its cap', (t) => {
  const { claim, evidence } = syntheticClaims()[0]!;
  const { cap: _, assumption: __, ...row } = evidence.rows![0]!;
  const long = { ...row, constants: { weights: Array.from({ length: 20 }, (_unused, i) => i) } };
  const record = buildRunRecord(describeRun([{ claim, evidence: { ...evidence, rows: [long, evidence.rows![1]!] } }]));
  const text = formatReport(record, 'markdown');
  t.true(text.includes('weights = (0, 1, 2, 3, 4, 5, 6, 7, …)'));
  t.true(text.includes('| M, M = 12 |'));
  t.true(text.includes('| – | weights'));
});

test('a case is shown by its values, cut where they get too long, and its explanation', (t) => {
  const input = encodeExact({ x: Float64Array.of(0.1, -0, Number.NaN), step: Number.POSITIVE_INFINITY, type: 'l1' });
  t.is(caseText({ input }), '{"x":[0.1,"-0","NaN"],"step":"Infinity","type":"l1"}');
  t.is(caseText({ input, explanation: 'why' }), '{"x":[0.1,"-0","NaN"],"step":"Infinity","type":"l1"}: why');
  const inner = { type: 'l1', weight: 0.7 };
  const prox = { specification: { type: 'scaled', factor: 2, inner }, step: 0.1, y: Float64Array.of(1, -0) };
  t.is(inputText(encodeExact(prox)), 'r = scaled(factor = 2, inner = l1(weight = 0.7)), γ = 0.1, y = [1,"-0"]');
  const placed = [
    { step: 0.1, points: [Float64Array.of(1, -0)] },
    { step: 4, points: [Float64Array.of(1), Float64Array.of(2)] },
  ];
  t.is(
    inputText(encodeExact({ specification: inner, placed })),
    'r = l1(weight = 0.7); γ = 0.1, y = [1,"-0"]; γ = 4, points [1], [2]',
  );
  const problem = { smooth: { type: 'zero' }, functions: [inner, { type: 'zero' }], probabilities: [0.5, 0.5] };
  t.is(
    inputText(encodeExact({ problem, step: 3, x: Float64Array.of(1), indices: [0, 1], workers: 2 })),
    'd = zero; r_k = l1(weight = 0.7), zero; θ = [0.5,0.5]; γ = 3, x = [1], mini-batch [0,1], workers = 2',
  );
  t.is(inputText(encodeExact({ problem, step: 3, x: Float64Array.of(1) })).slice(-14), 'γ = 3, x = [1]');
  for (const strange of [
    { ...prox, y: 1 },
    { problem: { ...problem, functions: [1] }, step: 1, x: prox.y },
    { problem: 1 },
    { specification: inner, placed: [{ step: 1, points: [1] }] },
    { specification: inner, placed: [1] },
  ]) {
    t.true(inputText(encodeExact(strange)).startsWith('{'), 'anything else is JSON');
  }
  t.is(inputText(encodeExact(new Float64Array(1000))).length, 600);
});

test('the unanswered, the minimal and the worst case stand in this order, the first without a ratio but in Markdown', (t) => {
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

test('known failures are listed with their reason, also where a record lacks one', (t) => {
  const known = violatedClaim('known');
  const record = syntheticRecord([
    { ...known, knownFailure: { reason: 'upstream' } },
    {
      ...violatedClaim('crashing'),
      evidence: { ...known.evidence, failure: { kind: 'timeout', message: 'no reply in 2 s' } },
      knownFailure: { reason: 'slow' },
    },
    { ...violatedClaim('mended'), evidence: { ...known.evidence, verdict: 'holds' }, knownFailure: { reason: 'old' } },
  ]);
  const text = ledgerTable(record, { width: 140 });
  t.regex(text, /Known failures: known \(xfail: violated\), crashing \(xfail: timeout\)/);
  t.regex(text, /xpass: holds mended\n {2}declared a known failure \(old\), but passed/);
  t.is(record.exitCode, 5);
  const claims = record.claims.map(({ knownFailure: _, ...claim }) => claim);
  t.regex(formatReport({ ...record, claims }, 'tap'), /^not ok \d+ - known # TODO no reason given$/m);
});

test('results beyond the paper are cited by their own words', (t) => {
  t.is(sourceText({ section: '5.2', equation: '(13)' }), '§5.2 (13)');
  t.is(sourceText({ section: '5' }), '§5');
  t.is(sourceText({ section: 'beyond the paper' }), 'beyond the paper');
  t.is(sourceText({ section: 'beyond the paper', equation: 'corollary' }), 'beyond the paper, corollary');
});

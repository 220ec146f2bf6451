import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import type { Verdict } from '../../claims/verdict.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { describeRun, syntheticClaims, syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
import { displayWidth, hanging, textTable } from '../wording/terminal-text.js';
import { ledgerTable, tableOptions } from './ledger-table.js';

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

test('a table that is too wide is printed row by row, and words longer than a line are broken', (t) => {
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

test('the table shows failures in full, lists verdicts within ρ, and sums the budget', (t) => {
  const text = ledgerTable(syntheticRecord([violatedClaim()]), { width: 100 });
  t.regex(text, /violated eq9-proximal-average\n {2}3 of 512 cycles/);
  t.regex(text, /minimal case \(44\): \{"x":\[0\.5\]\}: x = 0\.5, γ = 0\.7/);
  t.regex(text, / {2}reproduce: signprox verify --claims eq9-proximal-average --seed seed-1\n/);
  t.regex(text, /Holds only within ρ: theorem-2/);
  t.regex(text, /Not a pass, as the ledger expects: .*figure-1/s);
  t.regex(text, /^figure-1: /m, 'what is told is told in full');
  t.regex(text, /48 slots of level 2\.441e−13; false alarm ≤ 1\.172e−11/);
  t.regex(text, /bound rows: 48, of these 4 decided by the cap alone/);
  t.regex(text, /\nexit 1: a claim failed\n.*1 of 9 claims failed; 1 misprint\.\n$/);
  t.regex(ledgerTable(syntheticRecord()), /exit 0: /);
});

test('a run ends with what it says about the theorems', (t) => {
  /** The end of a run of which one claim has another verdict or outcome. */
  const ending = (id: string, verdict: Verdict, change: Partial<RunRecord> = {}): string => {
    const claims = syntheticClaims().map((checked) =>
      checked.claim.id === id ? { ...checked, evidence: { ...checked.evidence, verdict } } : checked,
    );
    const record = buildRunRecord(describeRun(claims));
    return ledgerTable({ ...record, ...change }, { width: 160 })
      .trimEnd()
      .split('\n')
      .at(-1)!;
  };
  t.is(ending('', 'holds'), 'Both theorems hold as checked; 0 of 8 claims failed; 1 misprint.');
  t.is(
    ending('theorem-2', 'violated'),
    'Theorem 1 holds as checked, Theorem 2 fails as checked; 1 of 8 claims failed; 1 misprint.',
  );
  t.regex(ending('theorem-1', 'inconclusive'), /^Theorem 1 is not decided, Theorem 2 holds as checked; 1 of 8 /);
  t.regex(ending('theorem-1', 'not-applicable'), /^Theorem 1 is not decided, Theorem 2 holds/);
  t.regex(ending('eq6-prox', 'violated'), /^Both theorems hold as checked; 1 of 8 claims failed; /);
  // Without its counterexample a misprint is a failure, and is not counted.
  t.is(ending('definition-1-gradient-mapping', 'holds'), 'Both theorems hold as checked; 1 of 8 claims failed.');
  const { claims: all } = buildRunRecord(describeRun());
  const [rest, first] = [all.filter(({ id }) => id !== 'theorem-1'), all.find(({ id }) => id === 'theorem-1')];
  t.regex(ending('', 'holds', { claims: rest }), /^0 of 7 claims failed; /);
  t.is(ending('', 'holds', { claims: [first!] }), '0 of 1 claim failed.');
  t.regex(ending('', 'holds', { command: 'signprox guard --module m.mjs' }), /^0 of 8 claims failed; /);
  t.regex(
    ending('', 'holds', { incomplete: { remaining: ['figure-1'], resume: 'signprox' } }),
    /^0 of 8 claims failed; /,
  );
});

test('an unexpected success names the expected verdict', (t) => {
  const checked = violatedClaim('finding');
  const record = syntheticRecord([
    {
      claim: { ...checked.claim, expected: ['needed'] },
      evidence: { ...checked.evidence, verdict: 'holds', reason: 'no counterexample' },
    },
  ]);
  t.regex(ledgerTable(record), /not expected: holds/);
  t.regex(ledgerTable(record), /no counterexample \(expected needed\)/);
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

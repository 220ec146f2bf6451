import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
import { displayWidth, hanging, textTable } from '../wording/terminal-text.js';
import { ledgerTable, tableOptions } from './ledger-table.js';

for (const width of [40, 60, 80, 120]) {
  test(`the table fits ${width} columns but for commands, which stay whole`, (t) => {
    const long = violatedClaim('a-claim-with-an-identifier-much-longer-than-the-column');
    const record = syntheticRecord([violatedClaim(), long]);
    const lines = ledgerTable(record, { width }).split('\n');
    for (const line of [...lines, ...ledgerTable(hostileRecord(), { width }).split('\n')])
      t.true(displayWidth(line) <= width || line.startsWith('  reproduce: '), line);
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

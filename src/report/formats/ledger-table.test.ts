import test from 'ava';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
import { tableOptions } from '../wording/screen.js';
import { displayWidth, hanging, textTable } from '../wording/terminal-text.js';
import { ledgerTable } from './ledger-table.js';

for (const width of [40, 60, 80, 120]) {
  test(`a run of claims fits ${width} columns but for commands, which stay whole`, (t) => {
    const long = violatedClaim('a-claim-with-an-identifier-much-longer-than-the-column');
    const record = syntheticRecord([violatedClaim(), long]);
    for (const ledger of [false, true]) {
      const lines = [record, hostileRecord()].flatMap((one) => ledgerTable(one, { width, ledger }).split('\n'));
      for (const line of lines) t.true(displayWidth(line) <= width || /^ +(?:again|replay) /.test(line), line);
      // An id stays in one piece if it fits.
      for (const { id } of ledger ? record.claims : [])
        t.true(
          lines.some((line) => line.trimStart().startsWith(id.slice(0, width - 4))),
          id,
        );
    }
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

test('a stream decides width and colour; NO_COLOR, a dumb terminal and a pipe are plain, FORCE_COLOR decides', (t) => {
  const terminal = { isTTY: true, columns: 132 };
  t.deepEqual(tableOptions(terminal, {}), { width: 132, colour: true });
  t.deepEqual(tableOptions(terminal, { NO_COLOR: '1' }), { width: 132, colour: false });
  t.deepEqual(tableOptions(terminal, { NO_COLOR: '' }), { width: 132, colour: true });
  t.deepEqual(tableOptions(terminal, { TERM: 'dumb' }), { width: 132, colour: false });
  t.deepEqual(tableOptions({ isTTY: true }, {}), { width: 80, colour: true });
  t.deepEqual(tableOptions({ columns: 132 }, {}), { width: 80, colour: false });
  t.deepEqual(tableOptions({}, { CI: 'true', FORCE_COLOR: '1' }), { width: 80, colour: true });
  t.deepEqual(tableOptions(terminal, { FORCE_COLOR: '0' }), { width: 132, colour: false });
});

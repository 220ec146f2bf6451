import test from 'ava';
import { encodeExact } from '../../claims/exact-encoding.js';
import { registry } from '../../reference/functions/index.js';
import { sourceText } from '../record/paper-sections.js';
import { caseText, knownReason } from '../view/claims.js';
import { notAsked, ofSymmetricMatrices } from '../view/subjects.js';
import { inputText } from './case-input.js';
import { formatEnclosed, formatNumber, formatSeconds } from './format-number.js';
import { escapeMarkdown, escapeMarkup, markdownCellCode, markdownCode, printable, printableLine } from './sanitize.js';
import { tableOptions } from './screen.js';
import { displayWidth, hanging, textTable, wrap } from './terminal-text.js';

test('escapes make control characters visible', (t) => {
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
  t.is(markdownCode('a`b``c|d'), '``` a`b``c|d ```');
  t.is(markdownCellCode('a`b``c|d'), '``` a`b``c\\|d ```');
});

test('terminal text is measured in columns', (t) => {
  t.is(displayWidth('e\u0301γ漢😀'), 6);
  t.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrap('abcdefgh ij', 3), ['abc', 'def', 'gh', 'ij']);
});

test('why a failure is known is said once, and so is that nobody said why', (t) => {
  const known = { reason: 'issue 7' };
  t.is(knownReason({ knownFailure: known, knownCells: { l1: known, l2: { reason: 'issue 8' } } }), 'issue 7; issue 8');
  t.is(knownReason({}), 'no reason given');
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

test('a number is rounded to nearest, an enclosure outwards, and a lower end downwards', (t) => {
  const same = (value: number, digits: number) => formatEnclosed([value, value], digits);
  t.deepEqual(
    [3.96899, 8 / 3, 4.11843, 2.63967].map((value) => same(value, 3)),
    ['3.97', '2.67', '4.12', '2.64'],
  );
  t.is(same(0.968751, 4), '0.9688');
  t.is(formatEnclosed([4 - 2 ** -40, 4 + 2 ** -40]), '4');
  t.is(formatEnclosed([0.9943477, 0.9943552]), '0.9943 to 0.9944');
  t.is(formatEnclosed([0.99926, Number.POSITIVE_INFINITY]), '≥ 0.9992');
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

test('results beyond the paper are cited by name', (t) => {
  t.is(sourceText({ section: '5.2', equation: '(13)' }), '§5.2 (13)');
  t.is(sourceText({ section: '5' }), '§5');
  t.is(sourceText({ section: 'beyond the paper' }), 'beyond the paper');
  t.is(sourceText({ section: 'beyond the paper', equation: 'corollary' }), 'beyond the paper, corollary');
});

test('the questions that restrictions exclude are named', (t) => {
  const told = (restrictions?: object): string | undefined =>
    notAsked({ ...(restrictions && { restrictions }) } as Parameters<typeof notAsked>[0]);
  t.is(told(), undefined);
  t.is(told({ positiveWeights: false, isotropic: false, inner: {} }), undefined);
  t.is(told({ positiveWeights: true, oneDraw: true }), 'weights of 0, mini-batches of more than one draw');
  t.is(
    told({ isotropic: true, equalGroups: true }),
    'a number for each entry in any parameter, groups of unequal sizes',
  );
  t.is(told({ isotropic: ['curvature', 'center'] }), 'a number for each entry in curvature or center');
  t.is(told({ isotropic: [] }), undefined);
  t.is(told({ oneDraw: true, withoutHyperparameters: ['decoupled'] }), 'mini-batches of more than one draw, decoupled');
  t.is(told({ inner: { 'moreau-envelope': ['l1', 'huber'] } }), 'moreau-envelope of anything but l1, huber');
});

test('functions of symmetric matrices are asked about others only if what they answer is declared', (t) => {
  const symmetric = [...registry].filter(([, { definition }]) => definition.drawn?.['shape'] === 'symmetric');
  t.deepEqual(
    symmetric.map(([type]) => type),
    [...ofSymmetricMatrices],
  );
  t.is(notAsked({ functions: ['l1', 'psd-cone'] }), 'psd-cone at matrices that are not symmetric');
  t.is(notAsked({ functions: ['l1', 'psd-cone'], nonsymmetric: 'project' }), undefined);
});

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

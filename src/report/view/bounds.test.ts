import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import { markHeights, rowsOf } from '../charts/charts.test.helper.js';
import { drawingSvg, lineMarks } from '../charts/drawing.js';
import { buildRunRecord, type CheckedClaim } from '../record/build-run-record.js';
import { boundRatio } from '../record/outcome.js';
import { describeRun } from '../record/synthetic-run.test.helper.js';
import { refutationCharts, slackCharts } from '../sections/ratio-charts.js';
import { refutations, rowColumns, slackLines } from './bounds.js';

const claim = (
  id: string,
  equation: string,
  rows: readonly Partial<BoundRow>[],
  verdict: 'holds' | 'needed' = 'holds',
): CheckedClaim => ({
  claim: { id, source: { section: '2.2', equation }, statement: 'left ≤ b', method: 'by rows', expected: [verdict] },
  evidence: {
    verdict,
    reason: 'rows',
    cases: 1,
    seed: '1',
    seconds: 0,
    reproduce: 'again',
    rows: rows.map((row) => ({ ...rowsOf('theorem-1')[0]!, bound: 2, verdict: 'holds' as const, ...row })),
  },
});
const recordOf = (...checked: readonly CheckedClaim[]) => buildRunRecord({ ...describeRun(), checked });

test('tightness: the largest left/bound by claim and T, without the claims that exceed their bounds on purpose', (t) => {
  const lines = slackLines(
    recordOf(
      claim('one', 'Theorem 1', [
        { iterations: 16, left: 1 },
        { iterations: 4, left: 0.5 },
        { iterations: 4, left: 1.5, instance: 'another' },
        { iterations: 1, left: 0, bound: 0 },
      ]),
      claim('two', 'Theorem 1', [{ iterations: 16, left: 1.75 }]),
      claim('controls', 'negative controls', [{ iterations: 4, left: 3, verdict: 'violated' }]),
      claim('other', 'Theorem 2', [{ iterations: 64, left: 0.25 }]),
    ),
  );
  t.deepEqual(
    lines.map(({ claim: { id }, largest }) => [id, ...largest]),
    [
      ['one', [1, 0], [4, 0.75], [16, 0.5]],
      ['two', [16, 0.875]],
      ['other', [64, 0.125]],
    ],
  );
  const panels = slackCharts(lines);
  t.deepEqual(
    panels.map(({ label, key }) => `${label}: ${key!.length}`),
    ['Theorem 1: 2', 'Theorem 2: 1'].map((name) => `largest left side over bound by T, ${name}`),
  );
  for (const panel of panels)
    t.notRegex(drawingSvg(panel), /stroke-width="1.5" fill="none"/, 'a maximum may be of another instance at every T');
  const heights = lineMarks.slice(0, 2).map(({ colour }) => markHeights(drawingSvg(panels[0]!), colour));
  const [zero, three, half] = heights[0]!;
  t.true(zero! > half! && half! > three! && three! > heights[1]![0]!);
  // Heights are rounded to hundredths of a pixel, by 0.005 each.
  t.true(Math.abs(zero! - three! - 1.5 * (zero! - half!)) <= 0.005 * (2 + 2 * 1.5), 'in proportion');
});

test('counterexamples: left/bound by T on one logarithmic axis, and none where a ratio cannot be drawn', (t) => {
  const rows = (...ratios: readonly number[]): Partial<BoundRow>[] =>
    ratios.map((ratio, i) => ({ iterations: 4 ** i, left: ratio, bound: 1, verdict: 'violated' }));
  const panels = refutationCharts(
    refutations(
      recordOf(
        claim('grows', 'a', rows(1, 10, 100), 'needed'),
        claim('small', 'b', rows(0.001, 10), 'needed'),
        claim('zero-bound', 'c', [{ left: 1, bound: 0 }], 'needed'),
        claim('right', 'd', rows(1)),
      ),
    ),
  );
  t.deepEqual(
    panels.map(({ label }) => label),
    ['grows', 'small'].map((id) => `left side over bound by T, ${id}`),
  );
  const [one, ten, hundred] = markHeights(drawingSvg(panels[0]!), lineMarks[0].colour);
  t.true(one! > ten! && Math.abs(one! - ten! - (ten! - hundred!)) <= 0.02, 'a decade is as high as the next');
  t.deepEqual(
    markHeights(drawingSvg(panels[1]!), lineMarks[0].colour),
    [190, ten],
    'what is far below stands at the edge',
  );
});

test('a table of rows omits empty columns, and shows a shared value once', (t) => {
  const rows = rowsOf('theorem-1').slice(0, 2);
  const { columns, shared } = rowColumns(rows.map(({ sharpBound: _, ...row }) => ({ ...row, verdict: 'holds' })));
  const headings = columns.map(({ heading }) => heading);
  t.deepEqual(headings.slice(0, 3), ['T', 'verdict', 'left']);
  for (const gone of ['sharp', 'seed', 'U']) t.false(headings.includes(gone), gone);
  const told = new Map(shared.map(([{ heading }, text]) => [heading, text]));
  t.is(told.get('seed'), 'seed-1');
  t.false(told.has('sharp') || told.has('U'));
});

test('a left side of zero with a bound of zero has the ratio zero', (t) => {
  const ratios = [
    boundRatio({ left: 0, bound: 0 }),
    boundRatio({ left: 1, bound: 4 }),
    boundRatio({ left: 1, bound: 0 }),
  ];
  t.deepEqual(ratios, [0, 0.25, Number.POSITIVE_INFINITY]);
});

import test from 'ava';
import { tightestFound } from '../../claims/claim.js';
import { instances } from '../record/synthetic-run.test.helper.js';
import { fitRate } from '../view/bounds.js';
import { boundPanels } from './bound-chart.js';
import { chartColours } from './chart-colours.js';
import { markHeights, rowsOf } from './charts.test.helper.js';
import { decadeTicks, iterationLabel, iterationTicks, tickLabel, valueRange } from './plot.js';

test('of many instances, those with a failing row and those closest to their bounds are drawn, in order', (t) => {
  const [row] = rowsOf('theorem-1');
  const made = (instance: string, left: number, verdict: 'holds' | 'violated' = 'holds') => ({
    ...{ ...row!, instance, left, leftInterval: [left, left] as const, bound: 1, verdict },
  });
  const rows = [
    made('far', 0.1),
    made('nearest', 0.9),
    made('failing', 0.01, 'violated'),
    made('near', 0.5),
    made('near', 0.2),
  ];
  const drawn = (most?: number): string[] => boundPanels(rows, most).map(({ instance }) => instance);
  t.deepEqual(drawn(), ['far', 'nearest', 'failing', 'near']);
  t.deepEqual(drawn(3), ['nearest', 'failing', 'near']);
  t.deepEqual(drawn(1), ['failing']);
});

test('a row on which the theorem is silent is not drawn, and does not change the others', (t) => {
  const rows = rowsOf('theorem-1');
  const nothing = { left: Number.NaN, leftInterval: [Number.NaN, Number.NaN] as const, bound: Number.NaN };
  const silent = { ...rows[0]!, ...nothing, instance: 'another', verdict: 'silent' as const };
  t.deepEqual(boundPanels([silent, ...rows]), boundPanels(rows));
});

test('rows of a search are about different problems, so they get no power law', async (t) => {
  const rows = rowsOf('theorem-1').filter((row) => row.instance === instances[0]);
  const [fitted] = boundPanels(rows);
  const [searched] = boundPanels(rows.map((row) => ({ ...row, instance: tightestFound })));
  t.regex(fitted!.svg, /fitted slope/);
  t.regex(fitted!.svg, /left side and bound/);
  t.notRegex(searched!.svg, /fitted slope/);
  t.regex(searched!.svg, /another problem for every T/);
  t.is(markHeights(searched!.svg, chartColours.left.light).length, rows.length);
});

test('rows without a logarithm are drawn at the edge or left out, never as NaN', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const { sharpBound: _, ...plain } = row;
  const panels = boundPanels([
    { ...plain, iterations: 4, left: 0, leftInterval: [0, Number.POSITIVE_INFINITY] },
    { ...plain, iterations: 9, left: 1e-300, leftInterval: [0, 1e-300], bound: 0 },
    { ...plain, iterations: 0 },
  ]);
  t.is(panels.length, 1);
  t.notRegex(panels[0]!.svg, /NaN|Infinity/);
  t.regex(panels[0]!.svg, /no slope/);
  t.is(markHeights(panels[0]!.svg, chartColours.left.light).length, 2);
  const zeros = boundPanels([{ ...plain, left: 0, leftInterval: [0, 0], bound: 0 }]);
  t.notRegex(zeros[0]!.svg, /NaN|Infinity/);
  t.deepEqual(boundPanels([]), []);
});

test('the fitted exponent is that of an exact power law, rows without a measured left side aside', (t) => {
  const rows = [1, 3, 10, 100].map((T) => ({
    iterations: T,
    left: 5 * T ** -0.7,
    engine: 'monte-carlo' as const,
    replicates: 9,
  }));
  const fit = fitRate([
    ...rows,
    { iterations: 1000, left: 7, engine: 'cap', replicates: 0 },
    { iterations: 1000, left: 0, engine: 'lattice', replicates: 0 },
  ])!;
  t.true(Math.abs(fit.slope + 0.7) < 1e-12);
  t.true(Math.abs(fit.at(50) / (5 * 50 ** -0.7) - 1) < 1e-12);
  t.is(fit.points, 4);
  t.is(fitRate([...rows, { iterations: 1000, left: 7, engine: 'cap', replicates: 64 }])!.points, 5);
  t.is(fitRate([rows[0]!, rows[0]!]), undefined);
  t.is(fitRate([rows[0]!, rows[1]!, rows[1]!]), undefined, 'two points lie on a line whatever they are');
});

test('a left side far beyond the bounds is drawn on the edge, so that the bounds stay distinguishable', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const at = (iterations: number, left: number) => ({ ...row, iterations, left, leftInterval: [left, left] as const });
  const [bottom, top] = valueRange([at(1, 1), at(4, 1e22)]);
  t.true(top < 1e5 * row.bound && top > row.bound && bottom < 1);
  const [panel] = boundPanels([at(1, 1), at(2, 1e11), at(4, 1e22)]);
  // The fitted line leaves the panel at its own slope instead of bending along the edge.
  const lines = Array.from(panel!.svg.matchAll(/<path d="(M[^"]*)" stroke="([^"]*)" stroke-width="1" /g));
  t.is(lines.length, 1);
  const corners = Array.from(lines[0]![1]!.matchAll(/([-\d.]+),([-\d.]+)/g), (match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  const slope = (i: number): number =>
    (corners[i]![1]! - corners[i - 1]![1]!) / (corners[i]![0]! - corners[i - 1]![0]!);
  for (let i = 2; i < corners.length; i++) t.true(Math.abs(slope(i) / slope(1) - 1) < 0.01);
  t.is(Math.min(...markHeights(panel!.svg, chartColours.left.light)), 0);
  const [marked] = boundPanels([at(1, 1), { ...at(4, 1e22), verdict: 'violated' }]);
  t.deepEqual(markHeights(marked!.svg, chartColours.violated.light), [0]);
});

test('axes hold every value near the bounds and keep their labels apart', (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const [bottom, top] = valueRange([{ ...row, left: 1e-20, bound: 10, sharpBound: 1, leftInterval: [0, 20] }]);
  t.true(top > 20 && bottom < 2e-5 && bottom > 1e-6);
  t.deepEqual(decadeTicks([0.3, 12]), [0.5, 1, 2, 5, 10]);
  t.deepEqual(decadeTicks([0.15, 0.45]), [0.2, 0.3, 0.4]);
  t.deepEqual(decadeTicks([1e-4, 2]), [1e-4, 1e-3, 0.01, 0.1, 1]);
  t.deepEqual([1e-12, 2e-5, 1e-3, 0.5, 20, 3e7].map(tickLabel), ['10⁻¹²', '2·10⁻⁵', '0.001', '0.5', '20', '3·10⁷']);
  t.deepEqual([1, 36, 65_536, 2 ** 20, 1e6].map(iterationLabel), ['1', '36', '65536', '2²⁰', '1\u202f000\u202f000']);
  t.deepEqual(iterationTicks([1, 4, 16]), [1, 4, 16]);
  t.deepEqual(iterationTicks([7]), [7]);
  const many = iterationTicks(Array.from({ length: 40 }, (_, i) => i + 1));
  t.true(many.length <= 7 && many.at(-1) === 40);
});

import { scaleLog } from 'd3-scale';
import type { ClaimRecord } from '../../src/library/guard.js';
import { chartColours } from '../../src/report/charts/chart-colours.js';
import { lineMark, type Place, pointMarks, ruleMark } from '../../src/report/charts/marks.js';
import { type AxisRange, decadeTicks, panelTitle, plotSvg } from '../../src/report/charts/plot.js';

const { left, bound, violated, background } = chartColours;

/** The lines of the chart, by the beginnings of their names in the run record. */
const sizeLines = [
  { name: 'signProx, normal', colour: left.light, shape: 'circle' },
  { name: 'SPGM, normal', colour: bound.light, shape: 'square' },
] as const;

const width = 420;
const height = 240;

/**
 * Left sides of both algorithms against τ, the size of sparse noise, and the bound of signProx as a line, as measured by `sparse-noise-size`.
 * Undefined if the claim lacks these figures.
 */
export function sizeChart({ evidence }: Pick<ClaimRecord, 'evidence'>): string | undefined {
  const { measured = {} } = evidence;
  const limit = Number(measured['bound of signProx']);
  const lines = sizeLines.map((line) => ({ ...line, points: pointsOf(measured, line.name) }));
  if (Number.isNaN(limit) || lines.some(({ points }) => points.length === 0)) return undefined;
  const sizes = lines[0]!.points.map(([size]) => size);
  const lefts = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const range: AxisRange = [Math.min(limit, ...lefts) / 1.6, Math.max(limit, ...lefts) * 1.6];
  const x = { scale: scaleLog([sizes[0]! / 1.5, sizes.at(-1)! * 1.5], [0, width]), ticks: sizes, title: 'τ' };
  const y = { scale: scaleLog(range, [height, 0]), ticks: decadeTicks(range), title: '(1/T) Σ E‖G‖₁' };
  const across = y.scale(limit);
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle('sparse noise of size τ, T = 256'),
    subtitle: '● signProx and its bound (dashed), ■ SPGM, from below',
    marks: [
      ruleMark([0, across], [width, across], { colour: violated.light, width: 1.5, dash: [5, 3] }),
      ...lines.flatMap(({ points, colour, shape }) => {
        const places = points.map(([size, value]): Place => [x.scale(size), y.scale(value)]);
        return [lineMark(places, { colour, width: 1.5 }), pointMarks(places, shape, 42, { fill: colour })];
      }),
    ],
  });
}

/** What the chart is, for those who do not see it. */
export const sizeLabel = 'left sides of signProx and SPGM against the size of sparse noise';

/** The same as a separate file, on white. */
export function sizeChartFile(claim: Pick<ClaimRecord, 'evidence'>): string | undefined {
  return sizeChart(claim)?.replace(
    /<svg [^>]*>/,
    (opening) => `${opening}<rect width="100%" height="100%" fill="${background.light}"/>`,
  );
}

/** τ with its left side, in ascending order. */
function pointsOf(measured: NonNullable<ClaimRecord['evidence']['measured']>, line: string): [number, number][] {
  return Object.entries(measured)
    .flatMap(([name, value]): [number, number][] => {
      const size = name.startsWith(`${line}, τ = `) ? name.slice(`${line}, τ = `.length) : undefined;
      return size === undefined ? [] : [[Number(size), Number(value)]];
    })
    .sort(([a], [b]) => a - b);
}

import { tightestFound } from '../../claims/claim.js';
import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { fitRate, nearestInstances, type RateFit } from '../view/bounds.js';
import { formatNumber } from '../wording/format-number.js';
import { chartColours } from './chart-colours.js';
import { dashMarks, lineMark, type Place, pointMarks, ruleMark } from './marks.js';
import { type AxisRange, iterationsAxis, panelTitle, plotAxis, plotSvg, powersBetween, valueRange } from './plot.js';

/** One panel of a claim's chart. */
export interface BoundPanel {
  readonly instance: string;
  /** A self-contained SVG document without ids, so that many can stand in one page. */
  readonly svg: string;
}

/**
 * The log-log chart of a claim's rows, one panel per instance, all with the same axes so that slopes and heights compare: left
 * side with its interval, its fitted power law, the bound, the sharpened bound, and a reference of slope −1/2 through the middle
 * of the fit. The same rows give the same bytes.
 *
 * @param most the largest number of panels; `nearestInstances` chooses them
 */
export function boundPanels(rows: readonly BoundRow[], most = Number.POSITIVE_INFINITY): readonly BoundPanel[] {
  // If the theorem is silent on an instance, there is nothing to draw.
  const drawable = rows.filter((row) => row.iterations > 0 && row.verdict !== 'silent');
  const range = valueRange(drawable);
  const iterations = [...new Set(drawable.map((row) => row.iterations))].sort((a, b) => a - b);
  return nearestInstances(drawable, most).map(([instance, group]) => ({
    instance,
    svg: panel(instance, group, range, iterations),
  }));
}

const { left, bound, sharp, reference, violated, background } = chartColours;

const width = 300;
const height = 210;

/** The mark of a row: shape, fill and outline. */
const marks = {
  decided: { shape: 'circle', fill: left.light, stroke: left.light },
  trivial: { shape: 'circle', fill: background.light, stroke: left.light },
  violated: { shape: 'cross', fill: violated.light, stroke: violated.light },
  below: { shape: 'triangle-down', fill: left.light, stroke: left.light },
  above: { shape: 'triangle-up', fill: left.light, stroke: left.light },
} as const;

function kindOf(row: BoundRow, range: AxisRange): keyof typeof marks {
  if (row.verdict === 'violated') return 'violated';
  if (row.trivial) return 'trivial';
  if (row.left < range[0]) return 'below';
  return row.left > range[1] ? 'above' : 'decided';
}

/** One panel, with a fitted power law and a reference of slope −1/2 through its middle where there is a fit. */
function panel(instance: string, rows: readonly BoundRow[], range: AxisRange, iterations: readonly number[]): string {
  const x = plotAxis(iterationsAxis(iterations), [0, width]);
  const y = plotAxis({ ends: range, logarithmic: true, title: 'left side and bound' }, [height, 0]);
  const clamp = (value: number): number => Math.min(range[1], Math.max(range[0], value));
  const place = (T: number, value: number): Place => [x.scale(T), y.scale(clamp(value))];
  const curve = (value: (row: BoundRow) => number | undefined): Place[] =>
    rows.flatMap((row) => {
      const found = value(row);
      return found !== undefined && found > 0 ? [place(row.iterations, found)] : [];
    });
  // A short stroke at every T: an instance with one row has a bound but no line.
  const boundMarks = (places: readonly Place[], colour: string, dash?: readonly number[]): string[] => [
    lineMark(places, { colour, width: 2, ...(dash && { dash }) }),
    dashMarks(places, 9.5, { colour, width: 2 }),
  ];
  const fit = fitRate(rows);
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle(instance),
    subtitle: slopeText(instance, fit),
    marks: [
      ...(fit === undefined ? [] : fitMarks(rows, fit, range, place)),
      ...boundMarks(
        curve((row) => row.bound),
        bound.light,
      ),
      ...boundMarks(
        curve((row) => row.sharpBound),
        sharp.light,
        [7, 3],
      ),
      ...rows.flatMap(({ iterations: T, leftInterval: [lower, upper] }) => {
        const [from, to] = [place(T, lower), place(T, upper)];
        // An interval smaller than its point is invisible.
        return from[1] - to[1] < 1 ? [] : ruleMark(from, to, { colour: left.light, width: 2 });
      }),
      ...Object.entries(marks).flatMap(([kind, { shape, fill, stroke }]) => {
        const places = rows.filter((row) => kindOf(row, range) === kind).map((row) => place(row.iterations, row.left));
        return pointMarks(places, shape, 36, { fill, stroke: { colour: stroke, width: 1.5 } });
      }),
    ],
  });
}

function slopeText(instance: string, fit: RateFit | undefined): string {
  if (fit === undefined) {
    return `no slope: ${instance === tightestFound ? 'another problem for every T' : 'too few points'}`;
  }
  return `fitted slope ${formatNumber(Number(fit.slope.toFixed(3)))} over ${plural(fit.points, 'point')}`;
}

function fitMarks(
  rows: readonly BoundRow[],
  fit: RateFit,
  range: AxisRange,
  place: (T: number, value: number) => Place,
): string[] {
  const ends = [
    Math.min(...rows.map((row) => row.iterations)),
    Math.max(...rows.map((row) => row.iterations)),
  ] as const;
  const middle = Math.sqrt(ends[0] * ends[1]);
  // Points outside the panel are dropped, not moved to its edge. A power law is a straight line between its ends.
  const straight = (value: (T: number) => number): Place[] => {
    const inside = powersBetween(...ends).filter((T) => value(T) >= range[0] && value(T) <= range[1]);
    return [inside[0], inside.at(-1)].flatMap((T) => (T === undefined ? [] : [place(T, value(T))]));
  };
  return [
    lineMark(
      straight((T) => fit.at(middle) * Math.sqrt(middle / T)),
      {
        colour: reference.light,
        width: 1.5,
        dash: [2, 3],
      },
    ),
    lineMark(straight(fit.at), { colour: left.light, width: 1 }),
  ];
}

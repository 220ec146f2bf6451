import type { TopLevelSpec } from 'vega-lite';
import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { tightestFound } from '../../claims/tightest-found.js';
import { formatNumber } from '../wording/format-number.js';
import { fitRate, type RateFit } from '../wording/rate-fit.js';
import { byInstance } from '../wording/row-fields.js';
import { chartColours } from './chart-colours.js';
import { type ChartContent, chartOf, chartStyle, iterationsAxis, iterationsRange, panelTitle } from './chart-style.js';
import { type AxisRange, decadeTicks, powersBetween, valueRange } from './log-axis.js';

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
 */
export async function boundPanels(rows: readonly BoundRow[]): Promise<readonly BoundPanel[]> {
  const drawable = rows.filter((row) => row.iterations > 0);
  const range = valueRange(drawable);
  const iterations = [...new Set(drawable.map((row) => row.iterations))].sort((a, b) => a - b);
  const panels: BoundPanel[] = [];
  for (const [instance, group] of byInstance(drawable)) {
    const fit = fitRate(group);
    const draw = fit === undefined ? panelWithoutFit() : panelWithFit();
    panels.push({ instance, svg: await draw(content(instance, group, fit, range, iterations)) });
  }
  return panels;
}

const { left, bound, sharp, reference, violated, background } = chartColours;

/** How a row is marked: shape, fill and outline. */
const marks = {
  decided: { shape: 'circle', fill: left.light, stroke: left.light },
  trivial: { shape: 'circle', fill: background.light, stroke: left.light },
  violated: { shape: 'cross', fill: violated.light, stroke: violated.light },
  below: { shape: 'triangle-down', fill: left.light, stroke: left.light },
  above: { shape: 'triangle-up', fill: left.light, stroke: left.light },
} as const;
const kinds = Object.keys(marks);
const styles = Object.values(marks);

function kindOf(row: BoundRow, range: AxisRange): keyof typeof marks {
  if (row.verdict === 'violated') return 'violated';
  if (row.trivial) return 'trivial';
  if (row.left < range[0]) return 'below';
  return row.left > range[1] ? 'above' : 'decided';
}

interface CurvePoint {
  readonly T: number;
  readonly value: number;
}

/** What one panel shows. */
function content(
  instance: string,
  rows: readonly BoundRow[],
  fit: RateFit | undefined,
  range: AxisRange,
  iterations: readonly number[],
): ChartContent {
  const clamp = (value: number): number => Math.min(range[1], Math.max(range[0], value));
  const curve = (value: (row: BoundRow) => number | undefined): CurvePoint[] =>
    rows.flatMap((row) => {
      const height = value(row);
      return height !== undefined && height > 0 ? [{ T: row.iterations, value: clamp(height) }] : [];
    });
  const ends = [Math.min(...rows.map((row) => row.iterations)), Math.max(...rows.map((row) => row.iterations))];
  const middle = Math.sqrt(ends[0]! * ends[1]!);
  const straight = (value: (T: number) => number): CurvePoint[] =>
    powersBetween(ends[0]!, ends[1]!)
      .map((T) => ({ T, value: value(T) }))
      .filter((point) => point.value >= range[0] && point.value <= range[1]);
  return {
    parameters: {
      ...iterationsRange(iterations),
      ...{ bottom: range[0], top: range[1], decades: decadeTicks(range) },
      instance: panelTitle(instance),
      slope:
        fit === undefined
          ? `no slope: ${instance === tightestFound ? 'another problem for every T' : 'too few points'}`
          : `fitted slope ${formatNumber(Number(fit.slope.toFixed(3)))} over ${plural(fit.points, 'point')}`,
    },
    data: {
      ...(fit && { reference: straight((T) => fit.at(middle) * Math.sqrt(middle / T)), fit: straight(fit.at) }),
      bound: curve((row) => row.bound),
      sharp: curve((row) => row.sharpBound),
      points: rows.map((row) => ({
        T: row.iterations,
        value: clamp(row.left),
        lower: clamp(row.leftInterval[0]),
        upper: clamp(row.leftInterval[1]),
        kind: kindOf(row, range),
      })),
    },
  };
}

/** The chart of one panel, with a fitted power law and a reference through its middle or without. */
function panel(fitted: boolean): TopLevelSpec {
  const names = new Set<string>();
  const parameter = (name: string): { expr: string } => {
    names.add(name);
    return { expr: name };
  };
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domainMin: parameter('bottom'), domainMax: parameter('top'), nice: false },
    axis: { title: 'left side and bound', values: parameter('decades'), format: '~g' },
  };
  const x = iterationsAxis({ first: parameter('first'), last: parameter('last'), ticks: parameter('ticks') });
  const line = (name: string, color: string, strokeWidth: number, strokeDash: number[] = []) => ({
    data: { name },
    mark: { type: 'line' as const, color, strokeWidth, strokeDash },
    encoding: { x, y },
  });
  // A short stroke at every T: an instance with one row has a bound but no line.
  const boundLine = (name: string, color: string, strokeDash: number[] = []) => {
    const { data, mark, encoding } = line(name, color, 2, strokeDash);
    const point = { shape: 'stroke', size: 90, strokeWidth: 2, filled: false, color, opacity: 1 };
    return { data, mark: { ...mark, point }, encoding };
  };
  const style = (property: 'shape' | 'fill' | 'stroke') => ({
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: kinds, range: styles.map((mark) => mark[property]) },
    legend: null,
  });
  const chart: TopLevelSpec = {
    width: 300,
    height: 210,
    // A subtitle may be a parameter as well, which its type leaves out.
    title: { text: parameter('instance'), subtitle: parameter('slope') as unknown as string, anchor: 'start' },
    layer: [
      ...(fitted ? [line('reference', reference.light, 1.5, [2, 3]), line('fit', left.light, 1)] : []),
      boundLine('bound', bound.light),
      boundLine('sharp', sharp.light, [7, 3]),
      {
        data: { name: 'points' },
        mark: { type: 'rule', color: left.light, strokeWidth: 2 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: { name: 'points' },
        mark: { type: 'point', filled: true, size: 36, opacity: 1, strokeWidth: 1.5 },
        encoding: { x, y, shape: style('shape'), fill: style('fill'), stroke: style('stroke') },
      },
    ],
    config: chartStyle,
  };
  return { ...chart, params: [...names].map((name) => ({ name })) };
}

const panelWithFit = once(() => chartOf(panel(true)));
const panelWithoutFit = once(() => chartOf(panel(false)));

/** Computes a value when it is first asked for. */
function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

import * as vega from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { printableLine } from '../wording/sanitize.js';
import { subscripted } from '../wording/subscripts.js';
import { wrap } from '../wording/terminal-text.js';
import { chartColours } from './chart-colours.js';
import { iterationTicks } from './log-axis.js';

const text = chartColours.text.light;
const line = chartColours.reference.light;
const grid = chartColours.grid.light;

/** Look of every chart: transparent, so that it sits on a light or a dark page, with horizontal grid lines only. */
export const chartStyle: Config = {
  font: 'DejaVu Sans, Verdana, Arial, sans-serif',
  background: 'transparent',
  view: { stroke: grid },
  // Roles and labels belong to the figure that holds the chart.
  aria: false,
  title: {
    color: text,
    subtitleColor: text,
    fontSize: 13,
    subtitleFontSize: 12,
    fontWeight: 'bold',
    offset: 8,
  },
  axis: {
    labelColor: text,
    titleColor: text,
    domainColor: line,
    tickColor: line,
    gridColor: grid,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
};

/** Characters of a title that surely fit above a panel. */
const titleWidth = 38;

/** The name of an instance or a statement above its panel, on as many lines as it needs. */
export function panelTitle(name: string): string[] {
  return wrap(subscripted(printableLine(name)), titleWidth);
}

/** Ends and ticks of the axis of T, or the parameters of a chart that hold them. */
export interface IterationsRange<Value = number, Values = number[]> {
  readonly first: Value;
  readonly last: Value;
  readonly ticks: Values;
}

/** From the smallest to the largest of `iterations`, which ascend. */
export function iterationsRange(iterations: readonly number[]): IterationsRange {
  return { first: iterations[0]! / 1.3, last: iterations.at(-1)! * 1.3, ticks: iterationTicks(iterations) };
}

/** The logarithmic axis of T. */
export function iterationsAxis<Value, Values>({ first, last, ticks }: IterationsRange<Value, Values>) {
  return {
    field: 'T',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domainMin: first, domainMax: last, nice: false },
    axis: { values: ticks, format: 'd', title: 'iterations T', grid: false },
  };
}

/** What is put into a chart: values of its parameters and rows of its data sets, both by name. */
export interface ChartContent {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, readonly object[]>>;
}

/**
 * A Vega-Lite chart that is compiled once and drawn with many contents, as SVG text and without a browser; the same content gives the
 * same bytes. Compiling takes several times as long as drawing.
 */
export function chartOf(spec: TopLevelSpec): (content: ChartContent) => Promise<string> {
  const runtime = vega.parse(compile(spec).spec);
  return async ({ parameters, data }) => {
    const view = new vega.View(runtime, { renderer: 'none', logLevel: vega.Error });
    for (const [name, value] of Object.entries(parameters)) view.signal(name, value);
    for (const [name, rows] of Object.entries(data)) view.data(name, [...rows]);
    try {
      return await view.toSVG();
    } finally {
      view.finalize();
    }
  };
}

/** A chart that is drawn once. */
export function renderChart(spec: TopLevelSpec): Promise<string> {
  return chartOf(spec)({ parameters: {}, data: {} });
}

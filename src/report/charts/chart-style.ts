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

/** The logarithmic axis of T, from the smallest to the largest of `iterations`, which ascend. */
export function iterationsAxis(iterations: readonly number[]) {
  return {
    field: 'T',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [iterations[0]! / 1.3, iterations.at(-1)! * 1.3], nice: false },
    axis: { values: iterationTicks(iterations), format: 'd', title: 'iterations T', grid: false },
  };
}

/** A Vega-Lite chart as SVG text, drawn without a browser; the same specification gives the same bytes. */
export async function renderChart(spec: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

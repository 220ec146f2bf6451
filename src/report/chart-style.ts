import type { Config } from 'vega-lite';
import { chartColours } from './chart-colours.js';

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

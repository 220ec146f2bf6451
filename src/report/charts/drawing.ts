import type { Chart, CurveChart, Drawing, RatioChart, Words } from '../document.js';
import { wrap } from '../wording/terminal-text.js';
import { chartColours } from './chart-colours.js';
import { stripSvg } from './front-charts.js';
import { lineMark, pointMarks, ruleMark, shapePath } from './marks.js';
import { chartFont, iterationsAxis, panelTitle, plotAxis, plotSvg, textMark } from './plot.js';

const { left, bound, sharp, reference, fifth, sixth, violated, text, background } = chartColours;

/** Shapes and colours of the lines of a chart: no two are the same, and no two of the first six have a colour in common. */
export const lineMarks = [
  { colour: left.light, shape: 'circle' },
  { colour: bound.light, shape: 'square' },
  { colour: sharp.light, shape: 'triangle-up' },
  { colour: reference.light, shape: 'diamond' },
  { colour: fifth.light, shape: 'cross' },
  { colour: sixth.light, shape: 'triangle-down' },
  { colour: sharp.light, shape: 'diamond' },
  { colour: reference.light, shape: 'square' },
] as const;

/** What a chart shows, as an SVG document without ids. */
export function drawingSvg(drawing: Drawing): string {
  if ('svg' in drawing) return drawing.svg;
  if ('strip' in drawing) return stripSvg(drawing.strip);
  return curvesSvg('ratios' in drawing ? ratioCurves(drawing.ratios) : drawing.curves);
}

/** A panel of left/bound over T as curves, with a rule at 1: a ratio above it refutes the bound. */
function ratioCurves({ iterations, range, ...panel }: RatioChart): CurveChart {
  const points = panel.lines.flat();
  const all = iterations ?? [...new Set(points.map(([T]) => T))].sort((a, b) => a - b);
  const largest = Math.max(1, ...points.map(([, ratio]) => ratio));
  return {
    subtitle: 'left / bound by T',
    ...panel,
    size: [300, 190],
    x: iterationsAxis(all),
    y: range === undefined ? { ends: [0, 1.05 * largest] } : { ends: range, logarithmic: true },
    limit: 1,
    curves: panel.lines.map((line) => line.map(([T, ratio]) => [T, Math.max(range?.[0] ?? ratio, ratio)])),
  };
}

function curvesSvg({ title, subtitle, size: [width, height], joined = true, ...chart }: CurveChart): string {
  const x = plotAxis(chart.x, [0, width]);
  const y = plotAxis(chart.y, [height, 0]);
  const across = y.scale(chart.limit);
  const marks = chart.curves.flatMap((curve, i) => {
    const { colour, shape } = lineMarks[i % lineMarks.length]!;
    const places = curve.map(([u, v]) => [x.scale(u), y.scale(v)] as const);
    const joint = joined ? [lineMark(places, { colour, width: 1.5 })] : [];
    return [...joint, pointMarks(places, shape, 42, { fill: colour })];
  });
  const rule = ruleMark([0, across], [width, across], { colour: violated.light, width: 1.5, dash: [5, 3] });
  const heading = title === undefined ? [] : panelTitle(title);
  return plotSvg({ width, height, x, y, title: heading, ...(subtitle && { subtitle }), marks: [rule, ...marks] });
}

const fileWidth = 440;
const margin = 12;
const sample = 34;
const letters = 12;
const lineHeight = 17;
/** In columns of a terminal: letters of the key are at most 0.64 of their size wide. */
const keyWidth = Math.floor((fileWidth - sample - 3 * margin) / (0.6 * letters));

const wordsOf = (name: Words): string => (typeof name === 'object' && 'math' in name ? name.math : String(name));

/**
 * A chart as an SVG file on white. One with a key stands below the title, and the name of each of its lines beside its mark below it.
 *
 * @example
 * assert.match(chartFile('ratios', { label: 'left/bound', ratios: { lines: [[[4, 0.5]]] } }), /^<svg /);
 */
export function chartFile(title: string, chart: Chart): string {
  const svg = drawingSvg(chart);
  const ground = `<rect width="100%" height="100%" fill="${background.light}"/>`;
  if (chart.key === undefined) return svg.replace(/<svg [^>]*>/, (opening) => `${opening}${ground}`);
  const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  const top = margin + lineHeight;
  let y = top + high! + lineHeight;
  const key = chart.key.flatMap((name, i) => {
    const { colour, shape } = lineMarks[i % lineMarks.length]!;
    const middle = y - 4;
    const lines = wrap(wordsOf(name), keyWidth);
    const named = lines.map((line, k) => textMark(line, margin + sample + margin, y + k * lineHeight));
    y += lines.length * lineHeight;
    const ends = [margin, margin + sample].map((x) => [x, middle] as const);
    const mark = `<path transform="translate(${margin + sample / 2},${middle})" d="${shapePath(shape, 42)}" fill="${colour}"/>`;
    return [lineMark(ends, { colour, width: 1.5 }), mark, ...named];
  });
  const height = y - lineHeight + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fileWidth}" height="${height}" viewBox="0 0 ${fileWidth} ${height}" font-family="${chartFont}" font-size="${letters}" fill="${text.light}">`,
    ground,
    svg.replace(
      '<svg xmlns="http://www.w3.org/2000/svg"',
      `<svg x="${Math.floor((fileWidth - wide!) / 2)}" y="${top}"`,
    ),
    textMark(title, margin, margin + letters, letters, ' font-weight="bold"'),
    ...key,
    '</svg>',
  ].join('');
}

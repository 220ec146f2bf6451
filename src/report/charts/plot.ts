import { escapeMarkup, printableLine } from '../wording/sanitize.js';
import { script, subscripted } from '../wording/subscripts.js';
import { wrap } from '../wording/terminal-text.js';
import { chartColours } from './chart-colours.js';
import { tickLabel } from './log-axis.js';
import { pixels } from './marks.js';

export const chartFont = 'DejaVu Sans, Verdana, Arial, sans-serif';

/** One axis: where a value stands, in pixels of the plot, and which values are written there. */
export interface PlotAxis {
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
  /** What is written at a tick; a number with four digits if left out. */
  readonly label?: (tick: number) => string;
  readonly title?: string;
}

/** Sizes of letters in pixels. */
export interface PlotLetters {
  readonly title: number;
  readonly axis: number;
  readonly label: number;
}

/** A plot with its axes; `marks` are SVG elements in coordinates of the plot, whose upper left corner is (0, 0). */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly subtitle?: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly marks: readonly string[];
  readonly letters?: PlotLetters;
}

const panelLetters: PlotLetters = { title: 13, axis: 12, label: 11 };

const text = chartColours.text.light;
const rule = chartColours.reference.light;
const grid = chartColours.grid.light;

/** What a character of the font is wide, at most, for each unit of its size: digits of DejaVu Sans are 0.64 of it. */
const characterWidth = 0.64;
const tickLength = 5;

/** Characters of a title that surely fit above a panel. */
const titleWidth = 38;

/** The name of an instance or a statement above its panel, on as many lines as it needs. */
export function panelTitle(name: string): string[] {
  return wrap(subscripted(printableLine(name)), titleWidth);
}

/**
 * A self-contained SVG document without ids, so that many can stand in one page; the same plot gives the same bytes. It is
 * transparent, so that it sits on a light or a dark page, with horizontal grid lines only.
 */
export function plotSvg({ width, height, title, subtitle, x, y, marks, letters = panelLetters }: Plot): string {
  const labelled = (axis: PlotAxis): [number, string][] =>
    axis.ticks.map((tick) => [axis.scale(tick), (axis.label ?? tickLabel)(tick)]);
  const rows = labelled(y);
  const columns = labelled(x);
  const widest = Math.max(0, ...rows.map(([, label]) => label.length)) * characterWidth * letters.label;
  const left = Math.ceil(widest + tickLength + 4 + (y.title === undefined ? 2 : letters.axis + 8));
  const heading = title.length * (letters.title + 3) + (subtitle === undefined ? 0 : letters.axis + 4);
  const top = heading + 8;
  const bottom = tickLength + 4 + letters.label + (x.title === undefined ? 0 : letters.axis + 6) + 4;
  // The last label of the horizontal axis stands in the middle below its tick, and may be wider than what is left beside the plot.
  const halfOf = (words: string): number => (words.length * characterWidth * letters.label) / 2;
  const overhang = columns.map(([at, words]) => at + halfOf(words) - width);
  const right = Math.ceil(Math.max(12, ...overhang));
  const whole: Size = [left + width + right, top + height + bottom];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole[0]} ${whole[1]}" font-family="${chartFont}" font-size="${letters.label}" fill="${text}">`,
    `<g transform="translate(${left},${top})">`,
    ...title.map((line, i) =>
      label(line, 0, letters.title - heading - 6 + i * (letters.title + 3), letters.title, ' font-weight="bold"'),
    ),
    subtitle === undefined ? '' : label(subtitle, 0, -10, letters.axis),
    `<rect width="${width}" height="${height}" fill="none" stroke="${grid}"/>`,
    `<path d="${rows.map(([at]) => `M0,${pixels(at)}H${width}`).join('')}" stroke="${grid}"/>`,
    `<path d="M0,0V${height}H${width}${rows.map(([at]) => `M0,${pixels(at)}h-${tickLength}`).join('')}${columns.map(([at]) => `M${pixels(at)},${height}v${tickLength}`).join('')}" fill="none" stroke="${rule}"/>`,
    '<g text-anchor="end">',
    ...rows.map(([at, words]) => label(words, -tickLength - 4, at + 0.36 * letters.label)),
    '</g><g text-anchor="middle">',
    ...apart(columns, halfOf).map(([at, words]) => label(words, at, height + tickLength + 3 + letters.label)),
    x.title === undefined ? '' : label(x.title, width / 2, height + bottom - 5, letters.axis),
    y.title === undefined
      ? ''
      : label(y.title, -height / 2, letters.axis - left, letters.axis, ' transform="rotate(-90)"'),
    '</g>',
    ...marks,
    '</g></svg>',
  ].join('');
}

/** The labels of ascending places that do not run into the next one that is written, from the last one down. */
function apart(columns: readonly [number, string][], halfOf: (words: string) => number): [number, string][] {
  let end = Number.POSITIVE_INFINITY;
  return columns
    .toReversed()
    .filter(([at, words]) => {
      if (at + halfOf(words) + 3 > end) return false;
      end = at - halfOf(words);
      return true;
    })
    .toReversed();
}

/** Indices for which there is no character of their own. */
const indexed = (words: string): string =>
  words.replaceAll(script, (whole, mark, braces, _parentheses, letter) =>
    mark === '_' ? `<tspan baseline-shift="sub" font-size="75%">${braces ?? letter}</tspan>` : whole,
  );

type Size = readonly [width: number, height: number];

function label(words: string, x: number, y: number, size?: number, more = ''): string {
  return `<text x="${pixels(x)}" y="${pixels(y)}"${size === undefined ? '' : ` font-size="${size}"`}${more}>${indexed(escapeMarkup(words))}</text>`;
}

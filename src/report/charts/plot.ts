import { scaleLinear, scaleLog } from 'd3-scale';
import type { BoundRow } from '../../claims/evidence.js';
import type { ChartAxis } from '../document.js';
import { formatCount, formatNumber, formatPower, script, subscripted } from '../wording/format-number.js';
import { escapeMarkup, printableLine } from '../wording/sanitize.js';
import { wrap } from '../wording/terminal-text.js';
import { chartColours } from './chart-colours.js';
import { type Place, pixels } from './marks.js';

/** The fonts of all charts, as an attribute of SVG names them. */
export const chartFont = 'DejaVu Sans, Verdana, Arial, sans-serif';

/** One axis: the position of a value in pixels of the plot, and the values at its ticks. */
export interface PlotAxis {
  /** Where a value is, in pixels. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
  /** The label of a tick; default: the number with four digits. */
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

/** A card and a phone show a panel at four fifths of its size: letters have 11 pixels there. */
const panelLetters: PlotLetters = { title: 14, axis: 14, label: 14 };

const text = chartColours.text.light;
const rule = chartColours.reference.light;
const grid = chartColours.grid.light;

/** Largest width of a character relative to the font size: digits of DejaVu Sans have 0.64. */
const characterWidth = 0.64;
const tickLength = 5;

/** The number of characters of a title that always fits above a panel. */
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
  // The last label of the horizontal axis is centred below its tick, and may be wider than the margin.
  const halfOf = (words: string): number => (words.length * characterWidth * letters.label) / 2;
  const overhang = columns.map(([at, words]) => at + halfOf(words) - width);
  const right = Math.ceil(Math.max(12, ...overhang));
  const whole: Size = [left + width + right, top + height + bottom];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole[0]} ${whole[1]}" font-family="${chartFont}" font-size="${letters.label}" fill="${text}">`,
    `<g transform="translate(${left},${top})">`,
    ...title.map((line, i) =>
      textMark(line, 0, letters.title - heading - 6 + i * (letters.title + 3), letters.title, ' font-weight="bold"'),
    ),
    subtitle === undefined ? '' : textMark(subtitle, 0, -10, letters.axis),
    `<rect width="${width}" height="${height}" fill="none" stroke="${grid}"/>`,
    `<path d="${rows.map(([at]) => `M0,${pixels(at)}H${width}`).join('')}" stroke="${grid}"/>`,
    `<path d="M0,0V${height}H${width}${rows.map(([at]) => `M0,${pixels(at)}h-${tickLength}`).join('')}${columns.map(([at]) => `M${pixels(at)},${height}v${tickLength}`).join('')}" fill="none" stroke="${rule}"/>`,
    '<g text-anchor="end">',
    ...rows.map(([at, words]) => textMark(words, -tickLength - 4, at + 0.36 * letters.label)),
    '</g><g text-anchor="middle">',
    ...apart(columns, halfOf).map(([at, words]) => textMark(words, at, height + tickLength + 3 + letters.label)),
    x.title === undefined ? '' : textMark(x.title, width / 2, height + bottom - 5, letters.axis),
    y.title === undefined
      ? ''
      : textMark(y.title, -height / 2, letters.axis - left, letters.axis, ' transform="rotate(-90)"'),
    '</g>',
    ...marks,
    '</g></svg>',
  ].join('');
}

/** The labels, at ascending places, that do not overlap the next label that is kept, from the last one down. */
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

/** Indices without their own Unicode character. */
const indexed = (words: string): string =>
  words.replaceAll(script, (whole, mark, braces, _parentheses, letter) =>
    mark === '_' ? `<tspan baseline-shift="sub" font-size="75%">${braces ?? letter}</tspan>` : whole,
  );

type Size = readonly [width: number, height: number];

/** Words at a place of an SVG, with their indices below the line. */
export function textMark(words: string, x: number, y: number, size?: number, more = ''): string {
  return `<text x="${pixels(x)}" y="${pixels(y)}"${size === undefined ? '' : ` font-size="${size}"`}${more}>${indexed(escapeMarkup(words))}</text>`;
}

/** Ends of a logarithmic axis. */
export type AxisRange = readonly [bottom: number, top: number];

/** Left sides are drawn up to these factors below the lowest and above the highest bound; others are drawn on the edge. */
const furthestBelow = 1e-5;
const furthestAbove = 1e3;

/**
 * A range that holds every bound, and every positive left side and interval end near the bounds. Far values, such as 10⁻³⁰ or the 10²¹ of
 * a diverging run, would flatten the rest.
 */
export function valueRange(rows: readonly BoundRow[]): AxisRange {
  const drawable = (value: number): boolean => value > 0 && Number.isFinite(value);
  const lefts = rows.flatMap((row) => [row.left, ...row.leftInterval]).filter(drawable);
  const bounds = rows.flatMap((row) => [row.bound, row.sharpBound ?? row.bound]).filter(drawable);
  const anchors = bounds.length > 0 ? bounds : lefts;
  if (anchors.length === 0) return [0.1, 10];
  const lowest = Math.min(...anchors);
  const highest = Math.max(...anchors);
  const bottom = Math.max(Math.min(lowest, ...lefts), lowest * furthestBelow);
  const top = Math.min(Math.max(highest, ...lefts), highest * furthestAbove);
  // The ends of an axis are normal doubles: a bound may be Number.MAX_VALUE.
  return [Math.max(bottom / 1.6, 1e-307), Math.min(top * 1.6, 1e308)];
}

/** At most twenty powers of ten in the range; if there are few, also 2 and 5 times them; if that leaves one tick, all multiples. */
export function decadeTicks([bottom, top]: AxisRange): number[] {
  const digits = top / bottom < 5 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : top / bottom < 1000 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  const [first, last] = [Math.floor(Math.log10(bottom)), Math.ceil(Math.log10(top))];
  const stride = Math.max(1, Math.ceil((last - first) / 20));
  for (let exponent = first; exponent <= last; exponent += stride) {
    for (const digit of digits) {
      const tick = Number(`${digit}e${exponent}`);
      if (tick >= bottom && tick <= top) ticks.push(tick);
    }
  }
  return ticks;
}

/** A number at a tick. With an exponent it is a power of ten, or a multiple of one. */
export function tickLabel(tick: number): string {
  const text = formatNumber(tick);
  const [digits, exponent] = text.split('e');
  if (exponent === undefined) return text;
  const power = formatPower(10, Number(exponent.replace('−', '-')));
  return digits === '1' ? power : `${digits}·${power}`;
}

/** A count of iterations at a tick: a large one is a power of two, or written in full. */
export function iterationLabel(iterations: number): string {
  const exponent = Math.log2(iterations);
  return iterations >= 1e5 && Number.isInteger(exponent) ? formatPower(2, exponent) : formatCount(iterations);
}

/** At most seven of the iteration counts, evenly spread from the last one down, so that labels do not overlap. */
export function iterationTicks(iterations: readonly number[]): number[] {
  const stride = Math.max(1, Math.ceil((iterations.length - 1) / 6));
  return iterations.filter((_, i) => (iterations.length - 1 - i) % stride === 0);
}

/** Abscissas of a power law, dense enough that points outside a panel can be dropped. */
export function powersBetween(first: number, last: number): number[] {
  const steps = 48;
  return Array.from({ length: steps + 1 }, (_, i) => first * (last / first) ** (i / steps));
}

/** The logarithmic axis of T from the smallest to the largest of `iterations`, which ascend. */
export function iterationsAxis(iterations: readonly number[]): ChartAxis {
  const ends = [iterations[0]! / 1.3, iterations.at(-1)! * 1.3] as const;
  const ticks = iterationTicks(iterations);
  return { title: 'iterations T', ends, logarithmic: true, ticks, label: iterationLabel };
}

/** An axis whose ends are at two places, in pixels of the plot. */
export function plotAxis({ ends, logarithmic, ticks, ...words }: ChartAxis, places: Place): PlotAxis {
  if (logarithmic) return { ...words, scale: scaleLog(ends, places), ticks: ticks ?? decadeTicks(ends) };
  const scale = scaleLinear(ends, places);
  return { ...words, scale, ticks: ticks ?? scale.ticks(5) };
}

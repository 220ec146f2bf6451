import { scaleLinear, scaleLog } from 'd3-scale';
import type { RatioLine, StripChart } from '../document.js';
import { escapeMarkup } from '../wording/sanitize.js';
import { chartColours } from './chart-colours.js';
import { lineMark, type Place, pixels, pointMarks, ruleMark } from './marks.js';
import { chartFont } from './plot.js';

const { left, bound, sharp, reference, violated, text } = chartColours;

const opened = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${chartFont}" font-size="12" fill="${text.light}">`;

const sparkWidth = 76;
const sparkHeight = 26;

/**
 * Left/bound over T on logarithmic axes without labels, with a dashed rule at 1: above it the bound is exceeded. Ratios below 1/30 are drawn at the
 * lower edge. No two lines are told apart.
 */
export function sparkline(lines: readonly RatioLine[]): string {
  const points = lines.flat();
  const iterations = points.map(([T]) => T);
  const highest = Math.max(2, ...points.map(([, ratio]) => ratio));
  const lowest = Math.max(1 / 30, Math.min(0.5, ...points.map(([, ratio]) => ratio)));
  const ends = [Math.min(...iterations), Math.max(...iterations)] as const;
  const x = scaleLog(ends[0] === ends[1] ? [ends[0] / 2, 2 * ends[0]] : ends, [4, sparkWidth - 4]);
  const y = scaleLog([lowest, highest], [sparkHeight - 4, 4]);
  const one = y(1);
  const drawn = lines.flatMap((line) => {
    const places = line.map(([T, ratio]): Place => [x(T), y(Math.max(lowest, ratio))]);
    const colour = line.some(([, ratio]) => ratio > 1) ? violated.light : left.light;
    return [
      lineMark(places, { colour, width: 1.5 }),
      pointMarks(places.length === 1 ? places : places.slice(-1), 'circle', 16, { fill: colour }),
    ];
  });
  const rule = ruleMark([0, one], [sparkWidth, one], { colour: reference.light, width: 1, dash: [3, 3] });
  return [opened(sparkWidth, sparkHeight), rule, ...drawn, '</svg>'].join('');
}

const stripWidth = 230;
const stripHeight = 88;
const edge = 14;
const axis = 50;

/** A bound at 1, a smaller one and the left sides of a family of instances on an axis from 0 to 1. */
export function stripSvg({ title, bound: whole, sharp: { name, part }, family }: StripChart): string {
  const x = scaleLinear([0, 1], [edge, stripWidth - edge]);
  const label = (words: string, at: number, y: number, anchor = 'middle'): string =>
    `<text x="${pixels(at)}" y="${y}" text-anchor="${anchor}">${escapeMarkup(words)}</text>`;
  const mark = (value: number, colour: string): string =>
    ruleMark([x(value), 15], [x(value), axis], { colour, width: 3 });
  const ends = [family[0]!, family.at(-1)!];
  return [
    opened(stripWidth, stripHeight),
    ruleMark([x(0), axis], [x(1), axis], { colour: reference.light, width: 1 }),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((tick) => [
      ruleMark([x(tick), axis], [x(tick), axis + 5], { colour: reference.light, width: 1 }),
      label(String(tick), x(tick), axis + 18),
    ]),
    mark(1, bound.light),
    mark(part, sharp.light),
    pointMarks(
      family.map(([, ratio]): Place => [x(ratio), axis - 9]),
      'circle',
      40,
      { fill: left.light },
    ),
    label(whole, x(1) + 8, 11, 'end'),
    label(name, x(part), 11),
    ...ends.map(([T, ratio]) => label(`T = ${T}`, x(ratio) - 5, axis - 20, 'end')),
    label(title, x(0.5), axis + 33),
    '</svg>',
  ].join('');
}

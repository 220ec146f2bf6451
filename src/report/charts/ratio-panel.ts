import { scaleLinear } from 'd3-scale';
import { chartColours } from './chart-colours.js';
import { iterationsAxis } from './iterations-axis.js';
import { lineMark, pointMarks, ruleMark } from './marks.js';
import { plotSvg } from './plot.js';

const { left, bound, sharp, reference, violated } = chartColours;

/** How the lines of a panel are told apart, by shape and by colour: no two of them are alike. */
export const ratioMarks = [
  { colour: left.light, shape: 'circle' },
  { colour: bound.light, shape: 'square' },
  { colour: sharp.light, shape: 'triangle-up' },
  { colour: reference.light, shape: 'diamond' },
  { colour: left.light, shape: 'cross' },
  { colour: bound.light, shape: 'triangle-down' },
  { colour: sharp.light, shape: 'diamond' },
  { colour: reference.light, shape: 'square' },
] as const;

/** Left/bound over T, as lines that a caption names in their order. */
export interface RatioPanel {
  readonly title: readonly string[];
  readonly subtitle: string;
  /** T ↦ left/bound, each in the order of T. */
  readonly lines: readonly ReadonlyMap<number, number>[];
  /** All T of the axis, from the smallest. */
  readonly iterations: readonly number[];
}

const width = 300;
const height = 190;

/** The chart of a panel: a ratio above 1, the line across, would refute what is bounded. */
export function ratioPanel({ title, subtitle, lines, iterations }: RatioPanel): string {
  const largest = Math.max(1, ...lines.flatMap((line) => [...line.values()]));
  const scale = scaleLinear([0, 1.05 * largest], [height, 0]);
  const x = iterationsAxis(iterations, width);
  const y = { scale, ticks: largest > 1 ? scale.ticks(5) : [0, 0.2, 0.4, 0.6, 0.8, 1] };
  const marks = lines.flatMap((line, i) => {
    const { colour, shape } = ratioMarks[i % ratioMarks.length]!;
    const places = Array.from(line, ([T, ratio]) => [x.scale(T), y.scale(ratio)] as const);
    return [lineMark(places, { colour, width: 1.5 }), pointMarks(places, shape, 42, { fill: colour })];
  });
  const one = y.scale(1);
  const refuted = ruleMark([0, one], [width, one], { colour: violated.light, width: 1.5, dash: [5, 3] });
  return plotSvg({ width, height, x, y, title, subtitle, marks: [refuted, ...marks] });
}

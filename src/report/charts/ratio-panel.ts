import { scaleLinear, scaleLog } from 'd3-scale';
import { boundRatio } from '../record/outcome.js';
import { byStatement, iterationsOf, type Refutation, type SlackLine } from '../view/bounds.js';
import { chartColours } from './chart-colours.js';
import { lineMark, pointMarks, ruleMark } from './marks.js';
import { type AxisRange, decadeTicks, iterationsAxis, type PlotAxis, panelTitle, plotSvg } from './plot.js';

const { left, bound, sharp, reference, violated } = chartColours;

/** Shapes and colours of the lines of a panel: no two are the same. */
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

/** T with left/bound, in the order of T. */
type Line = Iterable<readonly [iterations: number, ratio: number]>;

/** Left/bound over T, as marks that a caption names in their order. */
export interface RatioPanel {
  readonly title: readonly string[];
  readonly subtitle: string;
  readonly lines: readonly Line[];
  /** Whether the marks of a line are joined: not where each is about another instance. */
  readonly joined: boolean;
  /** All T of the axis, from the smallest. */
  readonly iterations: readonly number[];
  /** The axis of the ratios; default: from 0 to the largest, and at least to 1. */
  readonly y?: PlotAxis;
}

const width = 300;
const height = 190;

/** The chart of a panel, with a line at 1: a ratio above it refutes the bound. */
export function ratioPanel({ title, subtitle, lines, joined, iterations, y = linearAxis(lines) }: RatioPanel): string {
  const x = iterationsAxis(iterations, width);
  const marks = lines.flatMap((line, i) => {
    const { colour, shape } = ratioMarks[i % ratioMarks.length]!;
    const places = Array.from(line, ([T, ratio]) => [x.scale(T), y.scale(ratio)] as const);
    const joint = joined ? [lineMark(places, { colour, width: 1.5 })] : [];
    return [...joint, pointMarks(places, shape, 42, { fill: colour })];
  });
  const one = y.scale(1);
  const refuted = ruleMark([0, one], [width, one], { colour: violated.light, width: 1.5, dash: [5, 3] });
  return plotSvg({ width, height, x, y, title, subtitle, marks: [refuted, ...marks] });
}

function linearAxis(lines: readonly Line[]): PlotAxis {
  const largest = Math.max(1, ...lines.flatMap((line) => Array.from(line, ([, ratio]) => ratio)));
  const scale = scaleLinear([0, 1.05 * largest], [height, 0]);
  return { scale, ticks: largest > 1 ? scale.ticks(5) : [0, 0.2, 0.4, 0.6, 0.8, 1] };
}

/** The chart of one statement: largest left/bound over T, marks for each of its claims. A maximum may be of another instance at every T. */
export interface SlackPanel {
  readonly statement: string;
  readonly lines: readonly SlackLine[];
  readonly svg: string;
}

/** A panel for each statement. */
export function slackPanels(lines: readonly SlackLine[]): readonly SlackPanel[] {
  const iterations = iterationsOf(lines);
  return Array.from(byStatement(lines), ([statement, own]) => ({
    statement,
    lines: own,
    svg: ratioPanel({
      title: panelTitle(statement),
      subtitle: 'largest left / bound by T',
      lines: own.map(({ largest }) => largest),
      joined: false,
      iterations,
    }),
  }));
}

/** The chart of one counterexample: left/bound over T, a line for each of its instances. */
export interface RefutationPanel extends Refutation {
  readonly svg: string;
}

/** Smaller ratios are drawn at the edge: how far a harmless row is below its bound does not matter. */
const lowest = 0.1;

/** A panel for each counterexample over its own T, all with the same axis of ratios; untitled where its heading stands above. */
export function refutationPanels(all: readonly Refutation[], titled = true): readonly RefutationPanel[] {
  const rows = all.flatMap(({ instances }) => [...instances.values()].flat());
  const ratios = rows.map(boundRatio);
  const range: AxisRange = [Math.max(lowest, Math.min(1, ...ratios) / 1.3), Math.max(1, ...ratios) * 1.3];
  const y = { scale: scaleLog(range, [height, 0]), ticks: decadeTicks(range) };
  return all.map((one) => {
    const own = [...one.instances.values()];
    const svg = ratioPanel({
      title: titled ? panelTitle(one.claim.id) : [],
      subtitle: 'left / bound by T',
      lines: own.map((group) => group.map((row) => [row.iterations, Math.max(range[0], boundRatio(row))] as const)),
      joined: true,
      iterations: [...new Set(own.flat().map((row) => row.iterations))].sort((a, b) => a - b),
      y,
    });
    return { ...one, svg };
  });
}

import { scaleLinear } from 'd3-scale';
import { byStatement, iterationsOf, type SlackLine } from '../wording/slack.js';
import { chartColours } from './chart-colours.js';
import { iterationsAxis } from './iterations-axis.js';
import { lineMark, pointMarks, ruleMark } from './marks.js';
import { panelTitle, plotSvg } from './plot.js';

const { left, bound, sharp, reference, violated } = chartColours;

/** How the claims of a panel are told apart, by shape and by colour. */
export const slackMarks = [
  { colour: left.light, shape: 'circle' },
  { colour: bound.light, shape: 'square' },
  { colour: sharp.light, shape: 'triangle-up' },
  { colour: reference.light, shape: 'diamond' },
] as const;

/** The chart of one statement: largest left/bound over T, a line for each of its claims. */
export interface SlackPanel {
  readonly statement: string;
  readonly lines: readonly SlackLine[];
  readonly svg: string;
}

/** A panel for each statement; a ratio above 1, the line across, would refute it. */
export function slackPanels(lines: readonly SlackLine[]): readonly SlackPanel[] {
  const iterations = iterationsOf(lines);
  return Array.from(byStatement(lines), ([statement, own]) => ({
    statement,
    lines: own,
    svg: panel(statement, own, iterations),
  }));
}

const width = 300;
const height = 190;

function panel(statement: string, lines: readonly SlackLine[], iterations: readonly number[]): string {
  const x = iterationsAxis(iterations, width);
  const y = { scale: scaleLinear([0, 1.05], [height, 0]), ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };
  const marks = lines.flatMap(({ largest }, i) => {
    const { colour, shape } = slackMarks[i % slackMarks.length]!;
    const places = Array.from(largest, ([T, ratio]) => [x.scale(T), y.scale(ratio)] as const);
    return [lineMark(places, { colour, width: 1.5 }), pointMarks(places, shape, 42, { fill: colour })];
  });
  const one = y.scale(1);
  const refuted = ruleMark([0, one], [width, one], { colour: violated.light, width: 1.5, dash: [5, 3] });
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle(statement),
    subtitle: 'largest left / bound by T',
    marks: [refuted, ...marks],
  });
}

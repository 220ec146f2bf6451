import type { TopLevelSpec } from 'vega-lite';
import { byStatement, iterationsOf, type SlackLine } from '../wording/slack.js';
import { chartColours } from './chart-colours.js';
import { chartStyle, iterationsAxis, iterationsRange, panelTitle, renderChart } from './chart-style.js';

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
export async function slackPanels(lines: readonly SlackLine[]): Promise<readonly SlackPanel[]> {
  const iterations = iterationsOf(lines);
  const panels: SlackPanel[] = [];
  for (const [statement, own] of byStatement(lines)) {
    panels.push({ statement, lines: own, svg: await renderChart(panel(statement, own, iterations)) });
  }
  return panels;
}

function panel(statement: string, lines: readonly SlackLine[], iterations: readonly number[]): TopLevelSpec {
  const x = iterationsAxis(iterationsRange(iterations));
  const y = {
    field: 'ratio',
    type: 'quantitative' as const,
    scale: { domain: [0, 1.05], nice: false },
    axis: { title: null, values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: '.1f' },
  };
  return {
    width: 300,
    height: 190,
    title: {
      text: panelTitle(statement),
      subtitle: 'largest left / bound by T',
      anchor: 'start',
    },
    layer: [
      {
        data: { values: [{ ratio: 1 }] },
        mark: { type: 'rule', color: violated.light, strokeWidth: 1.5, strokeDash: [5, 3] },
        encoding: { y },
      },
      ...lines.map(({ largest }, i) => {
        const { colour, shape } = slackMarks[i % slackMarks.length]!;
        return {
          data: { values: Array.from(largest, ([T, ratio]) => ({ T, ratio })) },
          mark: {
            type: 'line' as const,
            color: colour,
            strokeWidth: 1.5,
            point: { shape, size: 42, filled: true, color: colour, opacity: 1 },
          },
          encoding: { x, y },
        };
      }),
    ],
    config: chartStyle,
  };
}

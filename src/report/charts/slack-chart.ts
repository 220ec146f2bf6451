import { byStatement, iterationsOf, type SlackLine } from '../wording/slack.js';
import { panelTitle } from './plot.js';
import { ratioPanel } from './ratio-panel.js';

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
    svg: ratioPanel({
      title: panelTitle(statement),
      subtitle: 'largest left / bound by T',
      lines: own.map(({ largest }) => largest),
      iterations,
    }),
  }));
}

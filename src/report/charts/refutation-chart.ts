import { scaleLog } from 'd3-scale';
import type { BoundRow } from '../../claims/evidence.js';
import { boundRatio } from '../record/bound-ratio.js';
import type { Refutation } from '../wording/refutations.js';
import { chartColours } from './chart-colours.js';
import { iterationsAxis } from './iterations-axis.js';
import { type AxisRange, decadeTicks } from './log-axis.js';
import { lineMark, type Place, pointMarks, ruleMark } from './marks.js';
import { panelTitle, plotSvg } from './plot.js';
import { ratioMarks } from './ratio-panel.js';

/** The chart of one counterexample: left/bound over T, a line for each of its instances. */
export interface RefutationPanel extends Refutation {
  readonly svg: string;
}

/** Ratios below are drawn at the edge: how far below its bound a harmless row is says nothing. */
const lowest = 0.1;
const width = 300;
const height = 190;

/** A panel for each counterexample over its own T, all with the same axis of ratios; what is above the line across refutes. */
export function refutationPanels(all: readonly Refutation[]): readonly RefutationPanel[] {
  const rows = all.flatMap(({ instances }) => [...instances.values()].flat());
  const ratios = rows.map(boundRatio);
  const range: AxisRange = [Math.max(lowest, Math.min(1, ...ratios) / 1.3), Math.max(1, ...ratios) * 1.3];
  return all.map((one) => ({ ...one, svg: panel(one, range) }));
}

function panel({ claim, instances }: Refutation, range: AxisRange): string {
  const iterations = [...new Set([...instances.values()].flat().map((row) => row.iterations))].sort((a, b) => a - b);
  const x = iterationsAxis(iterations, width);
  const y = { scale: scaleLog(range, [height, 0]), ticks: decadeTicks(range) };
  const place = (row: BoundRow): Place => [x.scale(row.iterations), y.scale(Math.max(range[0], boundRatio(row)))];
  const marks = [...instances.values()].flatMap((rows, i) => {
    const { colour, shape } = ratioMarks[i % ratioMarks.length]!;
    const places = rows.map(place);
    return [lineMark(places, { colour, width: 1.5 }), pointMarks(places, shape, 42, { fill: colour })];
  });
  const one = y.scale(1);
  const bound = ruleMark([0, one], [width, one], { colour: chartColours.violated.light, width: 1.5, dash: [5, 3] });
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle(claim.id),
    subtitle: 'left / bound by T',
    marks: [bound, ...marks],
  });
}

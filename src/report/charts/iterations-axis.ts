import { scaleLog } from 'd3-scale';
import { iterationLabel, iterationTicks } from './log-axis.js';
import type { PlotAxis } from './plot.js';

/** The logarithmic axis of T from the smallest to the largest of `iterations`, which ascend, over `width` pixels. */
export function iterationsAxis(iterations: readonly number[], width: number): PlotAxis {
  const ends = [iterations[0]! / 1.3, iterations.at(-1)! * 1.3];
  const ticks = iterationTicks(iterations);
  return { scale: scaleLog(ends, [0, width]), ticks, label: iterationLabel, title: 'iterations T' };
}

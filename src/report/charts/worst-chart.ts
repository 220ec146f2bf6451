import type { Worst } from '../../theory/proofs/search/worst.js';
import { chartColours } from './chart-colours.js';
import { lineMark, type Place, pointMarks } from './marks.js';
import { panelTitle, plotAxis, plotSvg } from './plot.js';

const { left, bound } = chartColours;
const [width, height] = [360, 240];

/** Positive values, and a logarithmic axis that holds them. */
function valueAxis(values: readonly number[], title: string) {
  const drawn = values.filter((value) => value > 0);
  const ends = [Math.min(...drawn) / 1.4, Math.max(...drawn) * 1.4] as const;
  return plotAxis({ ends, logarithmic: true, title }, [height, 0]);
}

/**
 * The worst case at each T, and the summand at the points of the run that attains it at the last T: the same bytes for the same values.
 *
 * @returns undefined if nothing was found
 */
export function worstChart({ theorem, left: side, unit, rows }: Worst): string | undefined {
  const known = rows.flatMap(({ iterations, ends }) => (ends === undefined ? [] : [[iterations, ends[1]] as const]));
  const drawable = known.filter(([, value]) => value > 0);
  if (drawable.length === 0) return undefined;
  const last = rows.findLast(({ attained }) => attained !== undefined);
  const run = (last?.attained?.terms ?? []).map((value, t) => [t, value] as const).filter(([, value]) => value > 0);
  const most = Math.max(...drawable.map(([T]) => T), ...run.map(([t]) => t));
  const ticks = Array.from({ length: most + 1 }, (_, t) => t);
  const x = plotAxis({ ends: [-0.2, most + 0.2], title: 'T, and the points of the run', ticks, label: String }, [
    0,
    width,
  ]);
  const y = valueAxis(
    [...drawable, ...run].map(([, value]) => value),
    `× ${unit}`,
  );
  const place = ([t, value]: readonly [number, number]): Place => [x.scale(t), y.scale(value)];
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle(`${theorem}: worst case of ${side}`),
    subtitle: run.length === 0 ? 'no run attains it here' : `crosses: the run that attains T = ${last!.iterations}`,
    marks: [
      lineMark(drawable.map(place), { colour: bound.light, width: 2 }),
      pointMarks(drawable.map(place), 'circle', 36, { fill: bound.light }),
      ...(run.length === 0
        ? []
        : [
            lineMark(run.map(place), { colour: left.light, width: 1, dash: [2, 3] }),
            pointMarks(run.map(place), 'cross', 40, { fill: left.light }),
          ]),
    ],
  });
}

/** The worst case at one T for many γL, as a solver in doubles finds it. */
export function stepsChart({ theorem, unit, rows, bySteps }: Worst): string | undefined {
  const known = (bySteps ?? []).filter(([, value]) => value > 0);
  if (known.length === 0) return undefined;
  const x = plotAxis(
    { ends: [0, 2], title: unit.startsWith('M') ? 'γM/‖x⁰ − x*‖' : 'γL', ticks: [0, 0.5, 1, 1.5, 2] },
    [0, width],
  );
  const y = valueAxis(
    known.map(([, value]) => value),
    `× ${unit}`,
  );
  const places = known.map(([step, value]): Place => [x.scale(step), y.scale(value)]);
  return plotSvg({
    ...{ width, height, x, y },
    title: panelTitle(`${theorem}: worst case at T = ${rows.at(-1)!.iterations}`),
    subtitle: 'by a solver in doubles, without a proof',
    marks: [
      lineMark(places, { colour: bound.light, width: 2 }),
      pointMarks(places, 'circle', 16, { fill: bound.light }),
    ],
  });
}

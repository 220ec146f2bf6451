import { findGrowth, type Growth } from './growth.js';
import type { Relation } from './relation.js';
import { axisDirections, mixedDirections, norm, normalized } from './search-points.js';
import { type Secant, secantMeter } from './secant-meter.js';

export interface SecantFindings {
  readonly worst?: Secant;
  readonly growth?: Growth;
  readonly pairs: number;
}

/** Distances of a pair, relative to max(1, ‖x‖). */
const distances = [1, 2 ** -6, 2 ** -16];
/** The best pairs are turned towards the direction in which their images differ, these many times. */
const turns = 24;
const refined = 4;

/**
 * Looks for the pair of largest ratio ‖g(x) − g(y)‖/‖x − y‖: pairs near and far, straddling kinks, along axes, differences of axes, the
 * diagonal and random directions; the best pairs are turned towards their own image difference (power iteration for a
 * symmetric Jacobian). Stops at the first pair of equal points with different images and at the first unbounded family, which is only
 * looked for where no constant is certified: ten scales of growth are no proof against one.
 */
export function searchSecants(
  relation: Relation,
  points: readonly Float64Array[],
  random: () => number,
  bounded: boolean,
): SecantFindings {
  const dimension = points[0]!.length;
  const meter = secantMeter(relation, dimension);
  const directions = [...axisDirections(dimension, 4, random), ...mixedDirections(dimension, random)];
  const growth = bounded ? undefined : findGrowth(relation, meter, points, directions);
  if (growth !== undefined) return { growth, worst: growth.last, pairs: meter.pairs };
  let record = 0;
  const best: (Secant & { base: Float64Array; distance: number; direction: Float64Array })[] = [];
  for (const base of points) {
    const along = [...axisDirections(dimension, 2, random), ...mixedDirections(dimension, random)];
    for (const direction of along) {
      for (const relative of distances) {
        const distance = relative * Math.max(1, norm(base));
        const secant = meter.measure(...meter.ends(base, distance, direction), record);
        record = Math.max(record, secant.ratio || 0);
        if (secant.ratio === Infinity) return { worst: secant, pairs: meter.pairs };
        if (Number.isNaN(secant.ratio)) continue;
        best.push({ base, distance, direction, ...secant });
        if (best.length > 8 * refined) keepBest(best);
      }
    }
  }
  keepBest(best);
  let worst: Secant | undefined = best[0];
  for (const { base, distance, direction } of best) {
    let turned = direction;
    for (let turn = 0; turn < turns && worst!.ratio < Infinity; turn++) {
      const secant = meter.measure(...meter.ends(base, distance, turned), worst!.ratio);
      if (secant.ratio > worst!.ratio) worst = secant;
      const difference = meter.g.map((value, i) => value - meter.h[i]!);
      if (!(norm(difference) > 0)) break;
      turned = normalized(difference);
    }
  }
  return { ...(worst && { worst }), pairs: meter.pairs };
}

function keepBest(secants: Secant[]): void {
  secants.sort((a, b) => b.ratio - a.ratio);
  secants.length = Math.min(secants.length, refined);
}

import { growsFarOut, growsWithoutEnd } from './climb.js';
import type { Relation } from './relation.js';
import { bothWays, farScales, norm } from './search-points.js';
import type { Secant, secantMeter } from './secant-meter.js';

/** A family of pairs whose ratios grow without an end in sight. */
export interface Growth {
  /** Ratios at geometric scales, in order. */
  readonly ratios: readonly number[];
  readonly last: Secant;
  /** `far apart` or `close together`. */
  readonly kind: 'far' | 'near';
}

/** Scales of pairs that look for growth inwards. */
const nearScales = Array.from({ length: 10 }, (_, j) => 16 ** -j);
/** Base points around which pairs close together are looked at. */
const nearBases = 8;

/** A family of pairs without a limit: ever farther out along a direction, or ever closer together around a point. */
export function findGrowth(
  relation: Relation,
  meter: ReturnType<typeof secantMeter>,
  points: readonly Float64Array[],
  directions: readonly Float64Array[],
): Growth | undefined {
  const far = (direction: Float64Array, scale: number): Secant => {
    const base = direction.map((value) => scale * value);
    return meter.measure(...meter.ends(base, scale, direction), 0);
  };
  const found = growing(bothWays(directions), farScales(relation.iterative), 'far', far);
  if (found !== undefined) return found;
  for (const base of points.slice(0, nearBases)) {
    const near = (direction: Float64Array, scale: number): Secant =>
      meter.measure(...meter.ends(base, scale * Math.max(1, norm(base)), direction), 0);
    const growth = growing(directions, nearScales, 'near', near);
    if (growth !== undefined) return growth;
  }
  return undefined;
}

/** The first direction along which the ratios grow without end. */
function growing(
  directions: readonly Float64Array[],
  scales: readonly number[],
  kind: Growth['kind'],
  measure: (direction: Float64Array, scale: number) => Secant,
): Growth | undefined {
  for (const direction of directions) {
    const secants = scales.map((scale) => measure(direction, scale));
    const infinite = secants.find(({ ratio }) => ratio === Infinity);
    if (infinite !== undefined) return { ratios: [Infinity], last: infinite, kind };
    const ratios = secants.map(({ ratio }) => ratio);
    const grows =
      kind === 'far' ? growsFarOut(ratios, (scale) => measure(direction, scale).ratio) : growsWithoutEnd(ratios);
    if (grows) return { ratios, last: secants.findLast(({ ratio }) => Number.isFinite(ratio))!, kind };
  }
  return undefined;
}

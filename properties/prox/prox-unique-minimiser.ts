import fc from 'fast-check';
import { showInequality } from '../../src/claims/judges/distance.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { ofAnything } from '../../src/claims/judges/precision.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/** Points of the first grid, and rounds of golden section around its best ones. */
const gridPoints = 48;
const rounds = 60;
const golden = (Math.sqrt(5) - 1) / 2;

/** Objective of equation (6) in one dimension; far outside of the domain a slope that leads back to it. */
function objectiveOf({ target, step }: FamilyPoint, y: number): (v: number) => number {
  const point = new Float64Array(1);
  return (v) => {
    point[0] = v;
    const outside = target.violation?.(point) ?? 0;
    if (outside > 0) return 1e100 * (1 + outside);
    return (v - y) ** 2 / 2 + step * target.value(point);
  };
}

/** Least value of f between left and right, where it has one valley. */
function leastBetween(
  f: (v: number) => number,
  left: number,
  right: number,
): { readonly at: number; readonly value: number } {
  let [low, high] = [left, right];
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  for (let round = 0; round < rounds; round++) {
    if (fa <= fb) {
      [high, b, fb] = [b, a, fa];
      a = high - golden * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + golden * (high - low);
      fb = f(b);
    }
  }
  return fa <= fb ? { at: a, value: fa } : { at: b, value: fb };
}

/** Looks for a point better than u on a grid, at the kinks, and by golden section in every valley of the grid. */
async function judge(input: FamilyPoint): Promise<Judgement> {
  const { target, step, points, precision, magnitude } = input;
  const y = points[0]![0]!;
  const u = (await input.prox(points[0]!))[0]!;
  const f = objectiveOf(input, y);
  const reach = 2 + Math.abs(y) + step * magnitude;
  const kinks = [...(target.kinks?.(step) ?? []).filter(Number.isFinite), 0, y, u];
  const low = Math.min(y, u, ...kinks) - Math.min(reach, 64);
  const high = Math.max(y, u, ...kinks) + Math.min(reach, 64);
  const grid = [...kinks, ...Array.from({ length: gridPoints + 1 }, (_, k) => low + (k / gridPoints) * (high - low))];
  grid.sort((a, b) => a - b);
  const values = grid.map(f);
  let best = { at: u, value: Number.POSITIVE_INFINITY };
  grid.forEach((at, k) => {
    const value = values[k]!;
    if (value < best.value) best = { at, value };
    if (k === 0 || k === grid.length - 1 || value > values[k - 1]! || value > values[k + 1]!) return;
    const valley = leastBetween(f, grid[k - 1]!, grid[k + 1]!);
    if (valley.value < best.value) best = valley;
  });
  // A rounded u may lie outside of the domain by rounding: its value is that of the nearest point.
  const own = Float64Array.of(u);
  const outside = target.violation?.(own) ?? 0;
  const valueAtU = (u - y) ** 2 / 2 + step * (outside > 0 ? target.finiteValue!(own) : target.value(own));
  const size = Math.abs(y) + Math.abs(u) + magnitude * (1 + step);
  const allowed = ofAnything * precision * size * size;
  const excess = best.value >= 1e100 ? 0 : valueAtU - best.value;
  // φ(v) ≥ φ(u) + ½(v − u)² leaves no second minimiser of a convex r.
  // Golden section knows v by values alone, each off by as much as is allowed: ½(v − u)² by two of them, beside the excess.
  const distance = best.value >= 1e100 || !target.convex ? 0 : (best.at - u) ** 2 / 2;
  const ratio = Math.max(
    outside / (ofAnything * precision * size),
    excess / allowed,
    (distance + excess) / (4 * allowed),
  );
  return {
    ratio,
    explanation: () => {
      const found =
        ratio <= 1
          ? `has ${showInequality('φ(u)', 'φ(v)', excess, excess / allowed)},`
          : `is not the minimiser: φ is less by ${excess}`;
      return `prox_{γr}(${y}) with γ = ${step}: u = ${u} ${found} at v = ${best.at}`;
    },
  };
}

/** The prox of equation (6) is *the* minimiser: in one dimension no point of the line does better, and none as well elsewhere. */
export const claim = propertyClaim({
  id: 'prox-unique-minimiser',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'prox_{γr}(y) is the unique minimiser of ½(v − y)² + γr(v) over the line, for every function, wrapper and γ',
  method:
    'brute force: a grid with the kinks, golden section in each of its valleys; functions that are not convex have minimisers that tie',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: () => true, dimension: fc.constant(1), judge }),
});

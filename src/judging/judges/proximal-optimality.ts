import { plural } from '../../claims/text.js';
import { innerOf, type Specification } from '../../exact/functions/parameters.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { registry, specificationOf } from '../../reference/functions/index.js';
import { euclideanNorm } from '../../reference/functions/numerics/vectors.js';
import { showInequality } from './distance.js';
import { carriedSize, entrySizeOf } from './entry-size.js';
import { type Judgement, judgeVector } from './judgement.js';
import { jumpWithin } from './jumps.js';
import { maximumNorm, ofAnything, showVector } from './precision.js';

/** The judged point u, claimed to be prox_{γr}(y), is compared with r's own value function. */
export interface ProximalClaim {
  readonly target: ProximableFunction;
  readonly step: number;
  readonly y: Float64Array;
  readonly u: Float64Array;
  /** Unit roundoff of the implementation, or its declared relative accuracy when that is larger. */
  readonly precision: number;
  /** Magnitude of the parameters, which bounds the cancellation inside r. */
  readonly magnitude: number;
  /** Whether every entry of u may have the error of the largest one, as for an accuracy that is declared for the norm. */
  readonly normwise?: boolean;
  /** A rival minimiser from an independent source; any v is legitimate in the inequality, a good one makes it sharp. */
  readonly rival?: Float64Array;
  /** Whether u is compared with y, 0, the rival and points between alone: what is far from right shows with few evaluations of r. */
  readonly roughly?: boolean;
}

/**
 * r(u), or if that is infinite r at the point that rounding may move u to, towards the domain: a minimiser on the boundary may be rounded to the
 * other side of it.
 */
function valueNear(target: ProximableFunction, step: number, u: Float64Array, allowed: number): number {
  const outside = (target.violation?.(u) ?? 0) > 0;
  const value = outside && target.finiteValue ? target.finiteValue(u) : target.value(u);
  if (value !== Number.POSITIVE_INFINITY) return value;
  // The image of u itself may be rounded to the boundary too; that of 0 is another point of the domain.
  for (const from of [u, new Float64Array(u.length)]) {
    const inside = target.prox(from, step);
    const distance = maximumNorm(inside.map((entry, i) => entry - u[i]!));
    const share = Math.min(1, allowed / distance);
    const near = target.value(u.map((entry, i) => entry + share * (inside[i]! - entry)));
    if (near < Number.POSITIVE_INFINITY) return near;
  }
  return value;
}

/**
 * How much smaller r becomes if one entry of u after the other is moved by its width: the possible effect of the rounding of u if r is steeper than
 * its slopes at u show, like exp, whose argument may be a difference of large numbers.
 */
function fallWithin(target: ProximableFunction, value: number, u: Float64Array, width: (i: number) => number): number {
  const moved = u.slice();
  return u.reduce((sum, entry, i) => {
    const [below, above] = [-width(i), width(i)].map((by) => {
      moved[i] = entry + by;
      return target.value(moved);
    }) as [number, number];
    moved[i] = entry;
    // A value that is not a number excuses nothing.
    const fall = value - Math.min(below, above);
    return fall > 0 ? sum + fall : sum;
  }, 0);
}

/** Allowed multiple of u·scale: the evaluation of r sums n terms and every term is rounded a few times. */
const roundings = ofAnything;

/** Largest number of coordinates whose neighbours are tried. */
const mostProbed = 48;

/** Distances at which neighbours of u are tried. */
const distances = [2 ** -24, 2 ** -18, 2 ** -12, 2 ** -8, 2 ** -5, 2 ** -3, 2 ** -2, 0.5, 1, 2, 4];

/**
 * Judges u = prox_{γr}(y) by the variational inequality that characterises the unique minimiser of the strongly convex
 * φ(v) = γr(v) + ½‖v − y‖² (equation 6): φ(v) ≥ φ(u) + ½‖v − u‖² for every v. Firm nonexpansiveness cannot detect a wrong γ; this can.
 * A minimiser for a non-convex r (there may be several) has φ(v) ≥ φ(u).
 */
export function judgeProximalPoint(claim: ProximalClaim): Judgement {
  const { target, step, y, u, precision, magnitude } = claim;
  const specification = specificationOf(target);
  if (u.length !== y.length)
    return impossible(claim, `returned ${plural(u.length, 'entry', 'entries')} for ${y.length}`);
  if (!u.every(Number.isFinite)) return impossible(claim, 'returned a value that is not finite');
  const size = Math.max(maximumNorm(u), maximumNorm(y), magnitude);
  const placeAt = (i: number, point: Float64Array): number =>
    entrySizeOf(specification, i, { step, y: y[i]!, u: point[i]! });
  // u itself is rounded, which changes the inner product by u·place_i|v_i − u_i|, or by that of the largest entry if entries depend on all of y.
  const places =
    target.coordinate === undefined || claim.normwise === true
      ? u.map(() => Math.max(size, carriedSize(specification, step, y)))
      : u.map((_, i) => placeAt(i, u));
  /** How much smaller r is within the rounding of the point than at it: 0 if r is continuous on its domain. */
  const missedAt = (point: Float64Array): number => {
    if (target.convex) return 0;
    const own = point.map((_, i) => placeAt(i, point));
    // Entries that depend on all of y are sums of numbers of its size, however small they are.
    const places = target.coordinate === undefined ? own.fill(Math.max(maximumNorm(own), maximumNorm(y))) : own;
    return jumpWithin(
      specification,
      point,
      places.map((place) => roundings * precision * place),
    );
  };
  const outside = target.violation?.(u) ?? 0;
  const allowedOutside = roundings * precision * size * Math.sqrt(u.length);
  // Rounding may miss a closed set. If r grows without bound towards the boundary, no prox is on it, but a wrapper's own rounding may lead there.
  if (outside > 0 && registry.get(target.type)?.definition.traits.barrier === 'yes')
    return impossible(claim, 'returned a point at which r is Infinity');
  const valueAtU = valueNear(target, step, u, allowedOutside) - missedAt(u);
  if (!Number.isFinite(valueAtU)) return impossible(claim, `r is ${valueAtU} at the returned point`);

  /** The strongest evidence against u, for a given value of r(u). */
  const probe = (valueAtU: number): { readonly worst: number; readonly note: string } => {
    let worst = outside === 0 ? 0 : outside / allowedOutside;
    let note = outside === 0 ? '' : `lies ${outside} outside the domain, allowed ${allowedOutside}`;
    const v = new Float64Array(u.length);
    const consider = (): void => {
      const inside = target.violation !== undefined && target.violation(v) > 0 ? target.prox(v, step) : v;
      // Inside, the value is the finite one, which needs no second look at the domain.
      const finite = (target.finiteValue?.(inside) ?? target.value(inside)) - missedAt(inside);
      if (!Number.isFinite(finite)) return;
      let deficit = 0;
      let scale = step * (Math.abs(valueAtU) + Math.abs(finite));
      for (let i = 0; i < u.length; i++) {
        // ½‖u−y‖² + ½‖v−u‖² − ½‖v−y‖² = ⟨y−u, v−u⟩, written so that nothing large cancels.
        const inner = (y[i]! - u[i]!) * (inside[i]! - u[i]!);
        deficit += target.convex ? inner : inner - (inside[i]! - u[i]!) ** 2 / 2;
        scale += Math.abs(inner) + places[i]! * Math.abs(inside[i]! - u[i]!);
        scale += Math.abs(y[i]! - u[i]!) * size + step * magnitude * size;
      }
      deficit += step * (valueAtU - finite);
      const ratio = deficit / (roundings * precision * scale + Number.MIN_VALUE);
      if (ratio > worst) {
        worst = ratio;
        const least = target.convex ? 'φ(u) + ½‖v − u‖²' : 'φ(u)';
        note = `has ${showInequality(least, 'φ(v)', deficit, ratio)}, at v = ${showVector(inside)}`;
      }
    };

    for (const candidate of [y, claim.rival]) {
      if (candidate === undefined) continue;
      v.set(candidate);
      consider();
      for (let i = 0; i < v.length; i++) v[i] = (candidate[i]! + u[i]!) / 2;
      consider();
    }
    v.fill(0);
    consider();
    if (claim.roughly === true) return { worst, note };
    // If r is not smooth at u, like a norm at 0, no coordinate direction need descend, although the direction to y does, or that of one group.
    for (const group of u.length === 1 || target.coordinate !== undefined ? [] : coupledIn(specification, u.length)) {
      const far = euclideanNorm(Float64Array.from(group, (i) => y[i]! - u[i]!));
      for (const distance of far === 0 ? [] : distances) {
        for (const share of [distance / far, -distance / far]) {
          v.set(u);
          for (const i of group) v[i] = u[i]! + share * (y[i]! - u[i]!);
          consider();
        }
      }
    }
    // Long vectors are probed at a few dozen coordinates: every probe evaluates r once.
    const stride = Math.max(1, Math.floor(u.length / mostProbed));
    for (let i = 0; i < u.length; i += stride) {
      for (const kink of (target.coordinate?.(i) ?? target).kinks?.(step) ?? []) {
        if (!Number.isFinite(kink)) continue;
        v.set(u);
        v[i] = kink;
        consider();
      }
      for (const distance of distances) {
        for (const signed of [distance, -distance]) {
          v.set(u);
          v[i] = u[i]! + signed;
          consider();
          if (u.length === 1 || target.coordinate !== undefined) continue;
          // Coupled functions: exchange between neighbours and common shifts, the directions that stay feasible.
          v[(i + 1) % u.length]! -= signed;
          consider();
          for (let j = 0; j < u.length; j++) v[j] = u[j]! + (j <= i ? signed : 0);
          consider();
        }
      }
    }
    return { worst, note };
  };
  const found = probe(valueAtU);
  const { worst, note } =
    found.worst > 1 && target.convex
      ? probe(valueAtU - fallWithin(target, valueAtU, u, (i) => roundings * precision * places[i]!))
      : found;
  return {
    ratio: worst,
    explanation: () =>
      `prox_{γr}(y) with γ = ${step}, y = ${showVector(y)}: u = ${showVector(u)} ${note || 'is optimal'}`,
  };
}

/**
 * Judges u = prox_{γr}(y) by u + γ∇r(u) = y if r has a gradient: to the level of rounding, while the inequality above, which compares values, cannot
 * detect an error below its square root.
 */
export function judgeStationarity(claim: ProximalClaim): Judgement {
  const { target, step, y, u, precision, magnitude } = claim;
  // An iterative gradient may not terminate at NaN.
  if (!u.every(Number.isFinite)) return impossible(claim, 'returned a value that is not finite');
  const gradient = target.gradient!(u);
  const curvature = target.smooth?.lipschitz ?? magnitude;
  const largest = maximumNorm(u);
  return judgeVector(
    'u + γ∇r(u)',
    u.map((value, i) => value + step * gradient[i]!),
    y,
    (i) => {
      // Entries that depend on all of y have rounding errors of the size of the largest.
      const [own, at] =
        target.coordinate === undefined || claim.normwise === true
          ? [largest, maximumNorm(y)]
          : [Math.abs(u[i]!), Math.abs(y[i]!)];
      // Slopes and shifts inside r may cancel in its gradient, so their size counts too.
      // So does that of y, from which a right formula may subtract a number as large: y − γw clip(y/(1 + γw), −δ, δ) for huber.
      const moved = magnitude + Math.abs(gradient[i]!) + curvature * (Math.max(own, at) + magnitude);
      return roundings * precision * (magnitude + own + at + step * moved);
    },
  );
}

function impossible(claim: ProximalClaim, why: string): Judgement {
  return {
    ratio: Number.POSITIVE_INFINITY,
    explanation: () => `prox_{γr}(y) with γ = ${claim.step}, y = ${showVector(claim.y)} ${why}`,
  };
}

const from = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);

/** Sets of entries that r may couple, for vectors of the given length: all entries, and its blocks, groups and complex numbers. */
function coupledIn(specification: Specification, length: number): number[][] {
  const { type, blocks, groups, inner, functions } = specification;
  const sets = [from(0, length)];
  if (Array.isArray(groups)) sets.push(...(groups as number[][]));
  if (type.startsWith('complex-')) for (let i = 0; i + 1 < length; i += 2) sets.push([i, i + 1]);
  if (Array.isArray(blocks)) {
    let offset = 0;
    for (const block of blocks as readonly { readonly length: number; readonly function: Specification }[]) {
      const first = offset;
      sets.push(...coupledIn(block.function, block.length).map((set) => set.map((i) => first + i)));
      offset += block.length;
    }
  }
  // A wrapper couples the entries that its inner functions couple, and a matrix couples more.
  if (inner !== undefined) sets.push(...coupledIn(innerOf(specification), length));
  if (Array.isArray(functions)) sets.push(...functions.flatMap((each: Specification) => coupledIn(each, length)));
  const distinct = new Map(sets.filter((set) => set.every((i) => i < length)).map((set) => [set.join(), set]));
  return [...distinct.values()];
}

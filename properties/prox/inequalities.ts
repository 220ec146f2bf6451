import fc from 'fast-check';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import { isPiecewiseQuadratic, rationalFunctionTypes } from '../../src/exact/functions/coordinate-function.js';
import { replacedEntry, symmetricOrder } from '../../src/judging/arbitraries/basic-functions.js';
import { showInequality } from '../../src/judging/judges/distance.js';
import { judgeMinimisers } from '../../src/judging/judges/global-minimiser.js';
import type { Judgement } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything, showVector } from '../../src/judging/judges/precision.js';
import { judgeProximalPoint, judgeStationarity } from '../../src/judging/judges/proximal-optimality.js';
import { type FamilyPoint, familyParts } from '../../src/judging/parts/function-family.js';
import { propertyClaim } from '../../src/judging/parts/property-claim.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';
import {
  EigenvalueDecomposition,
  Matrix,
  transposedPlace,
  withoutNegligible,
} from '../../src/reference/functions/numerics/matrices.js';

/**
 * Equation (6) for functions built from functions too: u = prox_{γr}(y) exactly when γ(r(v) − r(u)) ≥ ⟨y − u, v − u⟩ for every v. r is the
 * suite's own value function, written independently of every prox.
 */
export const proxVariationalInequalityClaim = propertyClaim({
  id: 'prox-variational-inequality',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'γ(r(v) − r(u)) ≥ ⟨y − u, v − u⟩ for all v at u = prox_{γr}(y), for every function, wrapper and γ',
  method:
    'compared with the value of r at neighbours, kinks and members of the domain; non-convex functions by the smallest value only',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: () => true,
      async judge({ target, step, points, precision, magnitude, normwise, prox }) {
        const y = points[0]!;
        return judgeProximalPoint({ target, step, y, u: await prox(y), precision, magnitude, normwise });
      },
    }),
});

/**
 * Where r is differentiable, u = prox_{γr}(y) solves u + γ∇r(u) = y. Values alone show an error of u down to the square root of rounding;
 * this equation shows it down to rounding itself.
 */
export const proxFirstOrderClaim = propertyClaim({
  id: 'prox-first-order',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'u + γ∇r(u) = y at u = prox_{γr}(y), for every smooth function, wrapper and γ',
  method: 'compared with the suite’s own gradient, to a few units of rounding',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex, smooth }) => convex && smooth,
      async judge({ target, step, points, precision, magnitude, normwise, prox }) {
        const y = points[0]!;
        return judgeStationarity({ target, step, y, u: await prox(y), precision, magnitude, normwise });
      },
    }),
});

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
async function judgeMinimiser(input: FamilyPoint): Promise<Judgement> {
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

/** Sets that are the whole line in one dimension, where nothing is outside. */
const wholeLines = ['l0-ball', 'monotone-cone', 'rank-ball'];

/** The prox of equation (6) is *the* minimiser: in one dimension no point of the line does better, and none as well elsewhere. */
export const proxUniqueMinimiserClaim = propertyClaim({
  id: 'prox-unique-minimiser',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'prox_{γr}(y) is the unique minimiser of ½(v − y)² + γr(v) over the line, for every function, wrapper and γ',
  method:
    'brute force: a grid with the kinks, golden section in each of its valleys; minimisers of non-convex functions may tie',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: (_traits, _wrapper, type) => !wholeLines.includes(type),
      dimension: fc.constant(1),
      judge: judgeMinimiser,
    }),
});

/** Minimisers are compared with the exact ones, which a wrapper without an exact twin has not. */
const exactWrappers = [...rationalFunctionTypes(), 'semi-orthogonal'];

/**
 * Equation (6) for functions that are not convex, whose objective may have several minima: values show which of them is least, and where
 * it lies only to the square root of rounding. A piecewise quadratic has finitely many candidates, which rationals tell apart.
 */
export const proxGlobalMinimiserClaim = propertyClaim({
  id: 'prox-global-minimiser',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'prox_{γr}(y) is a global minimiser of ½‖v − y‖² + γr(v), for every piecewise quadratic function that is not convex, wrapper and γ, below and above the step at which it jumps',
  method:
    'the stationary points and ends of every quadratic piece of r, compared in rationals; u is within the roundings of y and u of one of the best',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex }, wrapper, type) =>
        !convex && isPiecewiseQuadratic(type) && (wrapper === undefined || exactWrappers.includes(wrapper)),
      // Each entry is judged by itself, and only some of all places tell one minimum from another.
      dimension: fc.integer({ min: 4, max: 12 }),
      times: 4,
      async judge({ specification, step, points, precision, prox, error }) {
        const y = points[0]!;
        const u = await prox(y);
        if (u.length !== y.length || !u.every(Number.isFinite)) {
          return {
            ratio: Number.POSITIVE_INFINITY,
            explanation: () => `returned ${showVector(u)} for ${showVector(y)}`,
          };
        }
        const rounding = error(y) + ofAnything * precision * maximumNorm(u);
        return judgeMinimisers({ specification, step, y, u, rounding });
      },
    }),
});

async function judgeNonexpansive({ points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const [x, y] = [points[0]!, points[1]!];
  const [px, py] = [await prox(x), await prox(y)];
  const rounding = error(x) + error(y);
  let excess = 0;
  let scale = 0;
  for (let i = 0; i < x.length; i++) {
    const moved = px[i]! - py[i]!;
    const apart = x[i]! - y[i]!;
    excess += moved * (moved - apart);
    scale += 2 * Math.abs(moved) + Math.abs(apart) + rounding;
  }
  const ratio = excess / (rounding * scale);
  return {
    ratio,
    explanation: () =>
      `${showInequality('‖Px − Py‖²', '⟨Px − Py, x − y⟩', excess, ratio)}, at γ = ${step}, x = [${x}], y = [${y}]`,
  };
}

/** ‖Px − Py‖² ≤ ⟨Px − Py, x − y⟩ for P = prox_{γr}, r convex: what makes averages of proxes proxes again (section 2.1). */
export const proxFirmlyNonexpansiveClaim = propertyClaim({
  id: 'prox-firmly-nonexpansive',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement: '‖Px − Py‖² ≤ ⟨Px − Py, x − y⟩ for P = prox_{γr}, for every convex function, wrapper and γ',
  method: 'pairs of points, at and across kinks and boundaries',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 2, judge: judgeNonexpansive }),
});

async function judgeCycle({ points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const images: Float64Array[] = [];
  for (const point of points) images.push(await prox(point));
  const rounding = Math.max(...points.map(error));
  let total = 0;
  let scale = 0;
  points.forEach((point, j) => {
    const [own, next] = [images[j]!, images[(j + 1) % points.length]!];
    for (let i = 0; i < point.length; i++) {
      total += (point[i]! - own[i]!) * (next[i]! - own[i]!);
      scale += Math.abs(point[i]! - own[i]!) + Math.abs(next[i]! - own[i]!) + rounding;
    }
  });
  const ratio = total / (2 * rounding * scale);
  return {
    ratio,
    explanation: () => `${showInequality('the sum over the cycle', '0', total, ratio)}, at γ = ${step}`,
  };
}

/** Σ⟨y_j − Py_j, Py_{j+1} − Py_j⟩ ≤ 0 around every cycle: y − Py is γ times a subgradient of one convex function (Rockafellar). */
export const proxCyclicallyMonotoneClaim = propertyClaim({
  id: 'prox-cyclically-monotone',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement:
    'Σ⟨y_j − Py_j, Py_{j+1} − Py_j⟩ ≤ 0 around every cycle, P = prox_{γr}, for every convex function, wrapper and γ',
  method: 'random cycles of four points that start at kinks, ties and boundaries',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 4, judge: judgeCycle }),
});

/** e(y) = r(u) + ‖u − y‖²/(2γ) and g = (y − u)/γ at the implementation's u. */
async function envelopeAt({ target, step, prox }: FamilyPoint, y: Float64Array) {
  const u = await prox(y);
  const slope = y.map((value, i) => (value - u[i]!) / step);
  const value = (target.violation?.(u) ?? 0) > 0 ? target.finiteValue!(u) : target.value(u);
  return {
    value: value + (step / 2) * slope.reduce((sum, entry) => sum + entry * entry, 0),
    slope,
    own: Math.abs(value),
  };
}

async function judgeEnvelope(input: FamilyPoint): Promise<Judgement> {
  const { step, points, error } = input;
  const [x, y] = [points[0]!, points[1]!];
  const [atX, atY] = [await envelopeAt(input, x), await envelopeAt(input, y)];
  let linear = atX.value - atY.value;
  let change = 0;
  let scale = atX.own + atY.own;
  let slopes = 0;
  for (let i = 0; i < x.length; i++) {
    const difference = y[i]! - x[i]!;
    linear += atX.slope[i]! * difference;
    change += (atY.slope[i]! - atX.slope[i]!) ** 2;
    slopes += Math.abs(atX.slope[i]!) + Math.abs(atY.slope[i]!) + Math.abs(difference) / step;
    scale += Math.abs(atX.slope[i]! * difference);
  }
  // e(y) ≥ e(x) + ⟨g(x), y − x⟩ + (γ/2)‖g(y) − g(x)‖².
  const excess = linear + (step / 2) * change;
  const rounding = error(x) + error(y);
  const ratio = excess / (rounding * (scale + slopes + 1));
  const tangent = 'e(x) + ⟨(x − Px)/γ, y − x⟩ + (γ/2)‖g(y) − g(x)‖²';
  return {
    ratio,
    explanation: () => `${showInequality(tangent, 'e(y)', excess, ratio)}, at γ = ${step}, x = [${x}], y = [${y}]`,
  };
}

/**
 * The envelope e(y) = min_v r(v) + ‖v − y‖²/(2γ) is convex and differentiable with ∇e(y) = (y − prox_{γr}(y))/γ, 1/γ-Lipschitz: exactly
 * when e(y) ≥ e(x) + ⟨g(x), y − x⟩ + (γ/2)‖g(y) − g(x)‖² for all x and y. No differences, so nothing is lost to a step width.
 */
export const proxEnvelopeGradientClaim = propertyClaim({
  id: 'prox-envelope-gradient',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement:
    '(y − prox_{γr}(y))/γ is the 1/γ-Lipschitz gradient of the envelope, for every convex function, wrapper and γ',
  method: 'the inequality that characterises smooth convex functions, both ways, with r’s own value',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 2, judge: judgeEnvelope }),
});

/** Width of the differences: their curvature and their rounding are then of one size. */
const width = 2 ** -17;

/** Largest third derivative of a prox that the tolerance allows for. */
const curvature = 2 ** 12;

/** The point with coordinate k moved by `by`. */
const moved = (y: Float64Array, k: number, by: number): Float64Array =>
  y.map((value, i) => (i === k ? value + by : value));

/**
 * Whether the suite's own prox is differentiable at y, as far as differences along the axes tell. Of those of widths h, 2h and 4h
 *
 * - the bend, what those to both sides differ by, is 16 times as large at 4h as at h. That of a kink is 4 times as large: slopes that differ by s
 *   leave 12hs. What passes as rounding or as fourth derivatives is then no larger than what an entry of the Jacobian may be off by;
 * - the central ones agree as those of a function do whose third derivatives are at most `curvature`: those of h are off by h²/6 times that. Near
 *   the apex of a cone they do not, although both sides agree.
 */
export function isDifferentiable(target: ProximableFunction, y: Float64Array, step: number): boolean {
  const u = target.prox(y, step);
  const roundoff = ofAnything * unitRoundoff('f64') * (maximumNorm(y) + maximumNorm(u));
  return Array.from(y.keys()).every((k) => {
    const [narrow, wider, widest] = [1, 2, 4].map((times) => {
      const [ahead, behind] = [times * width, -times * width].map((by) => target.prox(moved(y, k, by), step));
      return (i: number) => ({
        slope: (ahead![i]! - behind![i]!) / (2 * times * width),
        bend: ahead![i]! - 2 * u[i]! + behind![i]!,
      });
    });
    return u.every((_, i) => {
      const [near, further, furthest] = [narrow!(i), wider!(i), widest!(i)];
      return (
        Math.abs(furthest.bend - 16 * near.bend) <= 12 * (curvature * width ** 3 + roundoff) &&
        Math.abs(further.slope - near.slope) <= ((4 + 1) * curvature * width ** 2) / 6 &&
        Math.abs(furthest.slope - near.slope) <= ((16 + 1) * curvature * width ** 2) / 6
      );
    });
  });
}

/** Size of entries up to which their squares do not overflow. */
const computable = 2 ** 500;

/**
 * The orthonormal directions in which a point may move: the unit vectors, or of symmetric matrices of that order the diagonal ones and
 * √½(e_ij + e_ji). Each has the place of an entry, and the factor from that entry to the coordinate.
 */
function directionsAt(
  n: number,
  order: number | undefined,
): readonly { readonly at: number; readonly factor: number }[] {
  return Array.from({ length: n }, (_, at) => ({ at, opposite: order === undefined ? at : transposedPlace(at, order) }))
    .filter(({ at, opposite }) => at <= opposite)
    .map(({ at, opposite }) => ({ at, factor: at === opposite ? 1 : Math.SQRT2 }));
}

async function judgeJacobian({ specification, target, points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  if (!isDifferentiable(target, y, step)) return { ratio: 0 };
  const order = symmetricOrder(specification);
  const directions = directionsAt(y.length, order);
  const n = directions.length;
  const jacobian = new Matrix(n, n);
  for (const [k, { at, factor }] of directions.entries()) {
    const movedBy = (by: number): Float64Array => replacedEntry(y, at, y[at]! + by / factor, order);
    const [ahead, behind] = [await prox(movedBy(width)), await prox(movedBy(-width))];
    directions.forEach((own, i) => {
      jacobian.set(i, k, (own.factor * (ahead[own.at]! - behind[own.at]!)) / (2 * width));
    });
  }
  const allowed = n * (error(y) / width + curvature * width * width);
  const largest = Math.max(...jacobian.to1DArray().map(Math.abs));
  // With eigenvalues in [0, 1] no entry exceeds 1, and eigenvalues of a matrix with such large entries, or NaN, cannot be computed.
  if (!(largest < computable)) {
    return {
      ratio: largest / allowed,
      explanation: () => `the Jacobian at γ = ${step}, y = [${y}] has an entry of size ${largest}`,
    };
  }
  const asymmetry = Matrix.sub(jacobian, jacobian.transpose()).norm();
  const mean = Matrix.add(jacobian, jacobian.transpose()).mul(0.5);
  const symmetric = Matrix.from1DArray(n, n, withoutNegligible(Float64Array.from(mean.to1DArray())));
  const eigenvalues = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;
  const beyond = Math.max(0, ...eigenvalues.map((value) => Math.max(-value, value - 1)));
  return {
    ratio: Math.max(asymmetry, beyond) / allowed,
    explanation: () =>
      `the Jacobian at γ = ${step}, y = [${y}] is asymmetric by ${asymmetry} and has eigenvalues ${eigenvalues.join(', ')}`,
  };
}

/**
 * Where prox_{γr} is differentiable its Jacobian is symmetric, for it is the gradient of a convex function, with eigenvalues in [0, 1], for
 * it is firmly nonexpansive (Moreau 1965): together the mark of a prox.
 */
export const proxJacobianClaim = propertyClaim({
  id: 'prox-jacobian',
  version: 2,
  source: { section: '2.1', equation: '(9)' },
  statement:
    'the Jacobian of prox_{γr} is symmetric with eigenvalues in [0, 1] where it exists, for every convex function, wrapper and γ',
  method:
    'central differences at points where one-sided ones and other widths agree; eigenvalues of the symmetric part',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      // Differences of an iterative prox measure its accuracy.
      accepts: ({ convex }, _wrapper, type) => convex && type !== 'total-variation-2d',
      mustReach: ['differentiable'],
      classify: (target, { step, points }) => (isDifferentiable(target, points[0]!, step) ? ['differentiable'] : []),
      judge: judgeJacobian,
    }),
});

import { parseProblem } from '../../src/library/algorithms.js';
import type { Claim, RowFinding } from '../../src/library/claims.js';
import {
  atStep,
  evaluate,
  fromDouble,
  type PiecewiseQuadratic,
  type Rational,
  rationalProblem,
  slopeOfPiece,
  valueAt,
} from '../../src/library/exact.js';
import {
  fixedConstants as certifiedConstants,
  claimMaker,
  evidenceOfRows,
  rationalFamilies,
  rationalSmoothTypes,
  rowClaim,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../src/library/testing.js';
import type { BoundInstance, FixedConstants, Theorem, TheoremConstants } from '../../src/library/theorems.js';
import { magnitude, negative, of, product, quotient, sum } from '../lines/arithmetic.js';
import { coordinateConstants } from '../lines/exact-iteration.js';
import { atMost, type Line } from '../lines/iteration.js';
import { exactLinesClaim } from '../lines/line-claim.js';
import { theorem1Instances, theorem2Instances } from '../shared/instances.js';
import { sharpBound1, sharpBound2 } from '../shared/sharp-bounds.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem1 } from './theorem-1.js';

export type { FixedConstants };

/**
 * σ₀ and Δ̄ of an instance. Since r_γ ≤ r̄, inf f̄ ≥ inf (d + r_γ) for every γ, and a tiny γ loses next to nothing.
 *
 * @throws RangeError when the variance of ∇r_k or the infimum is not certified
 */
export function fixedConstants({ problem, start }: BoundInstance): FixedConstants {
  const constants = certifiedConstants(parseProblem(problem), Float64Array.from(start));
  if (constants === undefined) {
    throw new RangeError('problem must have a certified variance of ∇r_k and a certified infimum');
  }
  return constants;
}

/** The constants of the instance at hand, which the hypotheses `fixed-variance` and `fixed-bounded-below` say are certified. */
export const ofInstance = ({ fixed }: TheoremConstants): FixedConstants => fixed!()!;

const difference = (a: Rational, b: Rational): Rational => sum(a, negative(b));
const slopeAt = (pieces: PiecewiseQuadratic, u: Rational): Rational =>
  slopeOfPiece(pieces.find(({ to }) => !to?.lt(u))!, u);

/** The factors of the inequalities, as numbers of their own so that tests can change them. */
interface CorollaryConstants {
  /** 2 of 2(r̄ − r_γ)/γ in the lower inequality, and in the upper one. */
  readonly lower: number;
  readonly upper: number;
  /** 1 of γ²L²(G² + V). */
  readonly bias: number;
}

/** The inequalities in each coordinate, at y = x − γ∇d(x) and u = P(x). */
function linesOf(input: SmoothProblemCase, c: CorollaryConstants): Line[] {
  const x = Array.from(input.x, fromDouble);
  const problem = rationalProblem(input.problem, x.length);
  const step = fromDouble(input.step);
  const at = atStep(problem, step);
  const lipschitz = coordinateConstants(problem);
  const theta = problem.probabilities;
  const mean = (values: readonly Rational[]): Rational => sum(...values.map((value, k) => product(theta[k]!, value)));
  const variance = (values: readonly Rational[]): Rational => {
    const center = mean(values);
    return mean(values.map((value) => product(difference(value, center), difference(value, center))));
  };
  return x.flatMap((value, i): Line[] => {
    const { smooth, proximalMaps, regularizer } = at.coordinates[i]!;
    const { functions } = problem.coordinates[i]!;
    const y = difference(value, product(step, smooth.derivative(value)));
    const images = proximalMaps.map((map) => evaluate(map, y));
    const u = mean(images);
    const atImages = variance(images.map((image) => quotient(difference(y, image), step)));
    const excess = difference(mean(functions.map((pieces) => valueAt(pieces, u)!)), valueAt(regularizer, u)!);
    const between = (factor: number): Rational => quotient(product(of(factor), excess), step);
    const mapping = quotient(difference(value, u), step);
    const slope = sum(smooth.derivative(value), mean(functions.map((pieces) => slopeAt(pieces, value))));
    const beyond = difference(magnitude(slope), magnitude(mapping));
    const curved = product(step, lipschitz[i]!);
    return [
      atMost(`Var ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ, coordinate ${i}`, atImages, between(c.lower)),
      atMost(
        `2(r̄(u) − r_γ(u))/γ ≤ Var ∇r_k(u), coordinate ${i}`,
        between(c.upper),
        variance(functions.map((pieces) => slopeAt(pieces, u))),
      ),
      atMost(
        `(|∇(d + r̄)(x)_i| − |G_i|)₊² ≤ (γL_i)²(G_i² + V_i), coordinate ${i}`,
        beyond.s > 0n ? product(beyond, beyond) : of(0),
        product(of(c.bias), curved, curved, sum(product(mapping, mapping), atImages)),
      ),
    ];
  });
}

/**
 * What the proximal average r_γ has to do with the plain average r̄ = Σθ_kr_k, at any y and u = Σθ_k prox_{γr_k}(y):
 *
 *     Var_θ ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ ≤ Var_θ ∇r_k(u).
 *
 * The left end is σ² of Assumption (d) at this point. So σ_γ ≤ σ₀ = sup_u (Var_θ∇r_k(u))^½ and r̄ − γσ₀²/2 ≤ r_γ ≤ r̄: Theorem 1 holds with constants that do not move
 * with T, as (1/√T)[2LΔ̄ + 3σ₀²] + σ₀²/T, and Theorem 2 with ‖σ₀‖²/T more. And ‖∇(d + r̄)(x)‖ ≤ ‖G(x)‖ + γL√(‖G(x)‖² + σ²): zeros of G are critical points of
 * d + r̄ up to γLσ.
 */
export const corollaryFixedObjectiveClaim = exactLinesClaim({
  id: 'corollary-fixed-objective',
  version: 1,
  source: { section: 'beyond the paper', equation: 'T-free constants' },
  statement:
    'Var ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ ≤ Var ∇r_k(u) at u = P⁰(y), and ‖∇(d + r̄)(x)‖ ≤ ‖G(x)‖ + γL√(‖G(x)‖² + σ²)',
  method:
    'in each coordinate of generated instances, in rationals without a tolerance, with the variance at x in place of σ²',
  hypotheses: ['assumption-1c'],
  constants: { lower: 2, upper: 2, bias: 1 },
  arbitrary: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies }),
  linesOf,
  classify: ({ problem }) => (problem.functions.length > 1 ? ['several components'] : []),
  mustReach: ['several components'],
});

const { sharp: _, bound: __, ...shared } = theorem1;

/** (1 + γL)²·(a bound of ‖G‖²) + γL(1 + γL)σ₀², since ‖∇f̄‖ ≤ ‖G‖ + γL√(‖G‖² + σ²). */
const carriedOver = (bound: number, product: number, { sigma }: FixedConstants): number =>
  (1 + product) ** 2 * bound + product * (1 + product) * sigma ** 2;

/**
 * Theorem 1 about the objective of (1) and (3), f̄ = d + Σθ_k r_k, instead of d + r_γ: with γ = 1/(L√T), σ₀² = sup_u Var_θ∇r_k(u) and Δ̄ = f̄(x⁰) − inf f̄,
 *
 *     E[(1/T) Σ ‖∇f̄(x^{t−1})‖²] ≤ (1 + 1/√T)² (L(Δ̄ + γσ₀²/2) + (1 − 1/T)σ₀²)/(√T − ½) + (1/√T)(1 + 1/√T)σ₀².
 *
 * So SPGM does reach critical points of the plain average, at the rate 1/√T, with constants that do not move with T. Proof in PROOFS.md.
 */
export function fixedObjective1(constantsOf: (own: TheoremConstants) => FixedConstants = ofInstance): Theorem {
  return {
    ...shared,
    hypotheses: [...shared.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
    id: 'theorem-1-fixed-objective',
    module: import.meta.url,
    source: { section: 'beyond the paper', equation: 'Theorem 1 for d + Σθ_k r_k' },
    statement: 'E[(1/T) Σ ‖∇(d + Σθ_k r_k)(x^{t−1})‖²] = O(1/√T) for SPGM, with Δ̄ and σ₀ of d + Σθ_k r_k',
    term: 'squared-gradient',
    bound(iterations, own, schedule) {
      const { lipschitz } = own;
      const constants = constantsOf(own);
      const variance = constants.sigma ** 2;
      const gap = constants.gap + (schedule.step * variance) / 2;
      const sharp = sharpBound1({ lipschitz: lipschitz!, variance, gap, iterations, ...schedule });
      return carriedOver(sharp, schedule.step * lipschitz!, constants);
    },
    cap(problem, start, iterations, own) {
      const cap = theorem1.cap!(problem, start, iterations, own);
      return cap === undefined ? undefined : carriedOver(cap, problem.step * own.lipschitz!, constantsOf(own));
    },
  };
}

export const theorem1FixedObjective = fixedObjective1();

const iterationsByDepth = { quick: [1, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256] } as const;

/** σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2, between certified numbers: the reason that a row's constants are too small, or undefined. */
export function outOfOrder(row: RowFinding, { sigma, gap }: FixedConstants): string | undefined {
  const { sigma: own, gapLower } = row.constants as Readonly<Record<string, number>>;
  const where = `${row.instance}, T = ${row.iterations}`;
  // Both are upper ends within 0.1 %.
  if (!(own! <= sigma * (1 + 2 ** -10))) return `${where}: σ_γ = ${own} > σ₀ = ${sigma}`;
  if (!(gapLower! <= gap + (row.step * sigma ** 2) / 2)) return `${where}: Δ_γ = ${gapLower} > Δ̄ + γσ₀²/2`;
  return undefined;
}

/** A theorem about the fixed objective, whose bound is made of its constants. */
interface FixedObjectiveClaim extends Pick<Claim, 'id' | 'version' | 'method'> {
  readonly theorem: Theorem;
  readonly instances: readonly BoundInstance[];
}

/** Rows of such a theorem, with the order of its constants checked on each. */
export const fixedObjectiveClaim = claimMaker(({ theorem, instances, ...claim }: FixedObjectiveClaim): Claim => {
  const { source, statement, hypotheses } = theorem;
  return rowClaim(
    { ...claim, source, statement, hypotheses, requires: { referenceOnly: true } },
    {
      plan: ({ depth }) =>
        instances.flatMap((instance) =>
          iterationsByDepth[depth].map((iterations) => ({ theorem, instance, iterations })),
        ),
      conclude(rows, _budget, planned) {
        const failures = rows.flatMap((row, i) => outOfOrder(row, fixedConstants(planned[i]!.instance)) ?? []);
        const evidence = evidenceOfRows(rows);
        return failures.length === 0 ? evidence : { ...evidence, verdict: 'violated', reason: failures.join('; ') };
      },
    },
  );
});

export const theorem1FixedObjectiveClaim = fixedObjectiveClaim({
  id: 'theorem-1-fixed-objective',
  version: 2,
  method:
    'two e-processes per instance and T, with σ₀ and Δ̄ certified once for all T; σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2 on every row',
  theorem: theorem1FixedObjective,
  instances: theorem1Instances,
});

const { sharp: _sharp, bound: _bound, ...shared2 } = theorem2;

/** (1 + γ‖L‖_∞)·(a bound of ‖G‖₁) + γΣL_iσ_i, since |∇f̄_i| ≤ |G_i| + γL_i(|G_i| + σ_i). */
function carriedOver2(
  bound: number,
  step: number,
  lipschitz: Float64Array,
  { coordinateSigma }: FixedConstants,
): number {
  const noise = lipschitz.reduce((sum, entry, i) => sum + entry * coordinateSigma[i]!, 0);
  return (1 + step * Math.max(...lipschitz)) * bound + step * noise;
}

/**
 * Theorem 2 about f̄ = d + Σθ_k r_k: with the paper's γ and B, σ₀ per coordinate and Δ̄ = f̄(x⁰) − inf f̄, E[(1/T) Σ ‖∇f̄(x^{t−1})‖₁] is at most (1 + γ‖L‖_∞) times the bound of
 * Theorem 2♯ with Δ̄ + γ‖σ₀‖²/2 and σ₀, plus γΣL_iσ₀_i: of order 1/√T, with constants that do not move with T. Proof in PROOFS.md.
 */
export function fixedObjective2(constantsOf: (own: TheoremConstants) => FixedConstants = ofInstance): Theorem {
  return {
    ...shared2,
    hypotheses: [...shared2.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
    id: 'theorem-2-fixed-objective',
    module: import.meta.url,
    source: { section: 'beyond the paper', equation: 'Theorem 2 for d + Σθ_k r_k' },
    statement: 'E[(1/T) Σ ‖∇(d + Σθ_k r_k)(x^{t−1})‖₁] = O(1/√T) for signProx, with Δ̄ and σ₀ of d + Σθ_k r_k',
    term: 'gradient-l1',
    bound(iterations, given, schedule) {
      const { coordinateLipschitz } = given;
      const constants = constantsOf(given);
      const { coordinateSigma, sigma } = constants;
      const gap = constants.gap + (schedule.step * sigma ** 2) / 2;
      const own = { coordinateLipschitz: coordinateLipschitz!, coordinateSigma, gap, iterations, ...schedule };
      return carriedOver2(sharpBound2(own), schedule.step, coordinateLipschitz!, constants);
    },
    cap(problem, start, iterations, own) {
      const cap = theorem2.cap!(problem, start, iterations, own);
      return cap === undefined
        ? undefined
        : carriedOver2(cap, problem.step, own.coordinateLipschitz!, constantsOf(own));
    },
  };
}

export const theorem2FixedObjective = fixedObjective2();

export const theorem2FixedObjectiveClaim = fixedObjectiveClaim({
  id: 'theorem-2-fixed-objective',
  version: 1,
  method:
    'two e-processes per instance and T, with σ₀ and Δ̄ certified once for all T; σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2 on every row',
  theorem: theorem2FixedObjective,
  instances: theorem2Instances,
});

import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { objectiveLipschitz } from './objective-constants.js';
import type { TermName } from './terms.js';
import type { Theorem } from './theorem.js';

/** A run in which every iteration moves every coordinate by −γ, 0 or γ, as in signProx, signSGD and a majority vote. */
export interface SignSteps {
  /** The average over the iterates is of ‖V‖₁ or ‖V‖² of some V, such as G or ∇f̄. */
  readonly norm: 'l1' | 'l2-squared';
  /** T. */
  readonly iterations: number;
  /** γ. */
  readonly step: number;
  /** x⁰. */
  readonly start: Float64Array;
  /** V(x⁰). */
  readonly first: Float64Array;
  /** M with ‖V(x) − V(x′)‖ ≤ M‖x − x′‖, or M_i with |V(x)_i − V(x′)_i| ≤ M_i|x_i − x′_i| if V_i is a function of x_i alone. */
  readonly lipschitz: number | Float64Array;
  /** Whether the left side is that of x^T alone, instead of the average over x⁰ … x^{T−1}. */
  readonly onlyLast?: boolean;
}

/** Room for the rounding of V and of the sum, relative to the cap. */
const slack = 2 ** -30;

/**
 * A cap on (1/T) Σ_{t<T} ‖V(x^t)‖₁ or ‖V(x^t)‖² for every run by steps of −γ, 0 or γ in each coordinate from x⁰, whatever decides their signs; undefined
 * where it is beyond double precision. After t iterations |x^t_i − x⁰_i| ≤ tγ and ‖x^t − x⁰‖ ≤ √n·tγ, hence
 *
 *     |V(x^t)_i| ≤ |V(x⁰)_i| + M_i tγ,   or   ‖V(x^t)‖ ≤ ‖V(x⁰)‖ + M√n·tγ and ‖V(x^t)‖₁ ≤ ‖V(x⁰)‖₁ + Mn·tγ,
 *
 * and the averages of t and t² over t < T are (T − 1)/2 and (T − 1)(2T − 1)/6.
 *
 * @example
 * // d(x) = x²/2 and r = 0: G(x) = x.
 * const from = Float64Array.of(1);
 * const run = { norm: 'l1', iterations: 3, step: 0.25, start: from, first: from, lipschitz: 1 };
 * assert.ok(Math.abs(signStepCap(run) - (1 + 1.25 + 1.5) / 3) < 1e-8);
 */
export function signStepCap(run: SignSteps): number | undefined {
  const last = run.iterations - 1;
  const [mean, meanSquare] = run.onlyLast
    ? [run.iterations, run.iterations ** 2]
    : [last / 2, (last * (2 * last + 1)) / 6];
  let total = 0;
  for (const { size, growth } of linesOf(run)) {
    total +=
      run.norm === 'l1' ? size + growth * mean : size * size + 2 * size * growth * mean + growth * growth * meanSquare;
  }
  const cap = total * (1 + slack);
  return Number.isFinite(cap) ? cap : undefined;
}

/** `size` + t·`growth` bounds one of the numbers whose sum, or sum of squares, the term is. */
interface Line {
  readonly size: number;
  readonly growth: number;
}

function linesOf({ norm, iterations, step, start, first, lipschitz }: SignSteps): Line[] {
  // The subtraction in a sign step rounds x by at most 2⁻⁵³|x|.
  const reach = Array.from(start, (x) => step + 2 ** -52 * (Math.abs(x) + iterations * step));
  const sizes = Array.from(first, Math.abs);
  if (typeof lipschitz !== 'number') return sizes.map((size, i) => ({ size, growth: lipschitz[i]! * reach[i]! }));
  const [n, farthest] = [start.length, Math.max(...reach)];
  if (norm === 'l1') return [{ size: sizes.reduce((sum, size) => sum + size, 0), growth: lipschitz * n * farthest }];
  return [{ size: Math.hypot(...sizes), growth: lipschitz * Math.sqrt(n) * farthest }];
}

/** The algorithms with a name that take sign steps. A majority vote does too, and takes several mini-batches. */
const signSteps: readonly Theorem['algorithm'][] = ['sign-prox', 'sign-sgd'];

const norms: Partial<Record<TermName, SignSteps['norm']>> = {
  'gradient-mapping-l1': 'l1',
  'squared-gradient-mapping': 'l2-squared',
  'gradient-l1': 'l1',
  'squared-gradient': 'l2-squared',
};

/**
 * The cap of a theorem that declares none, if its algorithm takes sign steps and its term is a norm of G or of ∇f̄; undefined for other theorems, and
 * if no Lipschitz constant is certified.
 *
 * For ∇f̄ = ∇d + Σθ_k ∇r_k a certified constant is known. G(x) = ∇d(x) + Σθ_k u_k(x − γ∇d(x)) with
 * u_k(y) = (y − prox_{γr_k}(y))/γ = ∇r_k(prox_{γr_k}(y)). For convex r_k with an L-Lipschitz gradient,
 * ‖∇r_k(p) − ∇r_k(p′)‖² ≤ L⟨∇r_k(p) − ∇r_k(p′), p − p′⟩, and with y = p + γ∇r_k(p) this is (1 + γL)‖u_k(y) − u_k(y′)‖ ≤ L‖y − y′‖. Since
 * x ↦ x − γ∇d(x) is (1 + γL)-Lipschitz, ‖G(x) − G(x′)‖ ≤ L‖x − x′‖ + L‖x − x′‖: G is 2L-Lipschitz for every γ > 0. If d and the r_k are separable, the
 * same holds for each coordinate alone, with L_i.
 */
export function derivedCap(
  { algorithm, term, onlyLast }: Pick<Theorem, 'algorithm' | 'term' | 'onlyLast'>,
  problem: ProblemAtStep,
  start: Float64Array,
  iterations: number,
): number | undefined {
  const norm = typeof term === 'string' ? norms[term] : undefined;
  if (norm === undefined || !signSteps.includes(algorithm)) return undefined;
  const { step, problem: anyStep } = problem;
  const ofMapping = term === 'gradient-mapping-l1' || term === 'squared-gradient-mapping';
  const objective = ofMapping ? 'proximal-average' : 'fixed';
  const constants = objectiveLipschitz({ objective }, anyStep, start.length);
  // The (L_i) of a problem that is not separable bound its Hessian, not its single coordinates.
  const known = anyStep.separable ? constants.coordinateLipschitz : constants.lipschitz;
  if (known === undefined) return undefined;
  const factor = ofMapping ? 2 : 1;
  return signStepCap({
    ...{ norm, iterations, step, start, onlyLast: onlyLast === true },
    first: ofMapping ? problem.gradientMapping(start) : problem.gradient(start),
    lipschitz: typeof known === 'number' ? factor * known : known.map((constant) => factor * constant),
  });
}

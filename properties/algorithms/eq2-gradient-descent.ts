import type { ProblemCase } from '../../src/claims/arbitraries/problem-case.js';
import { showInequality } from '../../src/claims/judges/distance.js';
import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import {
  maximumNorm,
  ofAnything,
  parameterMagnitude,
  showVector,
  unitRoundoff,
} from '../../src/claims/judges/precision.js';
import { differentiableTypes, problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { inVariants } from '../../src/claims/properties/property-part.js';

/** f̄(x) = d(x) + Σθ_k r_k(x), the plain average that gradient descent works on, with the size of its summands. */
function plainObjective({ problem }: ProblemCase, x: Float64Array): { value: number; size: number } {
  const oracle = oracleOf(problem);
  let value = oracle.smooth.value(x);
  let size = Math.abs(value);
  problem.probabilities.forEach((probability, k) => {
    const summand = probability * oracle.functions[k]!.value(x);
    value += summand;
    size += Math.abs(summand);
  });
  return { value, size };
}

/** f̄(x⁺) ≤ f̄(x) − γ(1 − γL/2)‖∇f̄(x)‖² for γ < 2/L: the descent lemma, which a wrong gradient cannot satisfy at every x. */
function judgeDescent(input: ProblemCase, next: Float64Array, precision: number): Judgement | undefined {
  const { problem, step, x } = input;
  const oracle = oracleOf(problem);
  let lipschitz = oracle.smooth.lipschitz ?? Number.POSITIVE_INFINITY;
  problem.probabilities.forEach((probability, k) => {
    lipschitz += probability * (oracle.functions[k]!.smooth?.lipschitz ?? Number.POSITIVE_INFINITY);
  });
  if (!(step * lipschitz < 2)) return undefined;
  const before = plainObjective(input, x);
  const after = plainObjective(input, next);
  let squared = 0;
  for (let i = 0; i < x.length; i++) squared += ((x[i]! - next[i]!) / step) ** 2;
  const excess = after.value - before.value + step * (1 - (step * lipschitz) / 2) * squared;
  const magnitude = parameterMagnitude(problem);
  const size = before.size + after.size + step * squared + magnitude * (1 + maximumNorm(x) + maximumNorm(next)) ** 2;
  const ratio = excess / (ofAnything * precision * size);
  return {
    ratio,
    explanation: () =>
      `${showInequality('f(x⁺)', 'f(x) − γ(1 − γL/2)‖∇f(x)‖²', excess, ratio)}, from x = ${showVector(x)} to x⁺ = ${showVector(next)}, γ = ${step}`,
  };
}

/** x⁺ = x − γ∇f(x), equation (2), on f̄ = d + Σθ_k r_k. */
export const claim = propertyClaim({
  id: 'eq2-gradient-descent',
  version: 2,
  source: { section: '1', equation: '(2)' },
  statement: 'x⁺ = x − γ∇f(x) with ∇f = ∇d + Σ θ_k ∇r_k',
  method: 'the formula written out, and the descent lemma with the certified Lipschitz constant where γ < 2/L',
  requires: { methods: ['step'], algorithms: ['gradient-descent'] },
  success: 'holds',
  parts: (offered) =>
    inVariants(offered, (implementation) =>
      problemPartsOfAnySize(
        implementation,
        async (input) => {
          const { problem, step, x } = input;
          const oracle = oracleOf(problem);
          const precision = unitRoundoff(implementation.description.dtype);
          const error = oracle.roundingError(step, x, precision) + step * ofAnything * precision * (1 + maximumNorm(x));
          const next = await implementation.step({
            algorithm: 'gradient-descent',
            problem,
            step,
            x: x.slice(),
            indices: [],
          });
          const gradient = oracle.gradient(problem.probabilities, x)!;
          const expected = x.map((value, i) => value - step * gradient[i]!);
          const formula = judgeVector('x⁺', next, expected, () => error * parameterMagnitude(problem));
          const descent = judgeDescent(input, next, precision);
          return descent === undefined ? formula : worstOf([formula, descent]);
        },
        { functionTypes: differentiableTypes },
      ),
    ),
});

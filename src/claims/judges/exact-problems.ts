import { fromDouble, type Rational, sum, toDouble } from '../../exact/arithmetic/rational.js';
import type { Specification } from '../../exact/functions/parameters.js';
import { atStep, batchWeights, componentMappings, rationalProblem } from '../../exact/problem/rational-problem.js';
import type { ProblemCase } from '../arbitraries/problem-case.js';
import { judgeFloat } from './exact-functions.js';
import type { Judgement } from './judgement.js';
import { proximalErrors } from './rounding-bounds.js';

const u = 2 ** -53;

/** Roundings of ∇d_i, relative to the result: every factor is rounded once, and nothing cancels but x − c, which is one rounding. */
export const gradientRoundings: Readonly<Record<string, { readonly count: number; readonly why: string }>> = {
  zero: { count: 0, why: 'nothing is computed' },
  quadratic: { count: 2, why: 'x − c, ×' },
  huber: { count: 1, why: '×' },
  'geman-mcclure': { count: 9, why: 't = x/s thrice in the formula, t², 1 + t², t/q, 2w ×, s·q, ÷' },
};

/** What floating-point code returned at x for the mini-batch of the case. */
export interface ProblemResults {
  readonly gradient: Float64Array;
  /** P_k(x) for every k. */
  readonly components: readonly Float64Array[];
  readonly mean: Float64Array;
  readonly miniBatch: Float64Array;
  readonly gradientMapping: Float64Array;
  readonly stochasticMapping: Float64Array;
  /** x⁺ of SPGM in the literal form, x⁺ = P̂(x), and in the residual form, x⁺ = x − γĜ(x). */
  readonly spgm: readonly [literal: Float64Array, residual: Float64Array];
  /** x⁺ of signProx with sgn(0) = 0. */
  readonly signProx: Float64Array;
}

/** ∇d, P_k, P, P̂, G, Ĝ and an iteration of SPGM and of signProx against the rationals, within the roundings of their formulas. */
export function judgeProblem({ problem, step, x, indices }: ProblemCase, results: ProblemResults): Judgement[] {
  const exact = atStep(rationalProblem(problem, x.length), fromDouble(step));
  const point = Array.from(x, fromDouble);
  const theta = exact.problem.probabilities;
  const batch = batchWeights(indices, problem.functions.length);
  const judgements: Judgement[] = [];
  x.forEach((xi, i) => {
    const coordinate = exact.coordinates[i]!;
    const gradient = coordinate.smooth.derivative(point[i]!);
    const slope = Math.abs(toDouble(gradient));
    const gradientError = gradientRoundings[problem.smooth.type]!.count * u * slope;
    const y = xi - step * results.gradient[i]!;
    // y = x − γ∇d(x): the error of ∇d, the product and the difference.
    const forwardError = step * gradientError + u * (step * slope + Math.abs(y));
    const errors = problem.functions.map((component) => proximalErrors(component as Specification, i, y, step));
    const images = problem.functions.map((_, k) => exact.proximalGradient(k, point)[i]!);
    const mappings = componentMappings(coordinate, exact.step, point[i]!);

    judgements.push(judgeFloat(`∇d_${i}`, results.gradient[i]!, gradient, gradientError));
    images.forEach((image, k) => {
      judgements.push(judgeFloat(`P_${k}(x)_${i}`, results.components[k]![i]!, image, errors[k]!.prox + forwardError));
    });
    const average = (weights: readonly Rational[], terms: number) => {
      let proxError = forwardError;
      let slopeError = gradientError + forwardError / step;
      let [proxes, slopes] = [0, 0];
      weights.forEach((weight, k) => {
        const w = toDouble(weight);
        proxError += w * errors[k]!.prox;
        slopeError += w * errors[k]!.slope;
        proxes += w * Math.abs(toDouble(images[k]!));
        slopes += w * Math.abs(toDouble(mappings[k]!.sub(gradient)));
      });
      // Products with weights, additions one after another, the division by B; G adds ∇d.
      const sums = (terms + 1) * u;
      return { prox: proxError + sums * proxes, mapping: slopeError + sums * slopes + u * (slope + slopes) };
    };
    const [all, drawn] = [average(theta, theta.length), average(batch, indices.length)];
    const weighted = (weights: readonly Rational[], values: readonly Rational[]): Rational =>
      sum(weights.map((weight, k) => weight.mul(values[k]!)));
    const direction = weighted(batch, mappings);
    const next = weighted(batch, images);
    // γĜ and the difference are rounded.
    const moved = step * drawn.mapping + u * (step * Math.abs(toDouble(direction)) + Math.abs(toDouble(next)));
    judgements.push(
      judgeFloat(`P(x)_${i}`, results.mean[i]!, weighted(theta, images), all.prox),
      judgeFloat(`P̂(x)_${i}`, results.miniBatch[i]!, next, drawn.prox),
      judgeFloat(`SPGM, literal_${i}`, results.spgm[0][i]!, next, drawn.prox),
      judgeFloat(`SPGM, residual_${i}`, results.spgm[1][i]!, next, moved),
      judgeFloat(`G(x)_${i}`, results.gradientMapping[i]!, weighted(theta, mappings), all.mapping),
      judgeFloat(`Ĝ(x)_${i}`, results.stochasticMapping[i]!, direction, drawn.mapping),
      judgeSign(`signProx_${i}`, { from: xi, step, to: results.signProx[i]!, direction, error: drawn.mapping }),
    );
  });
  return judgements;
}

/** x⁺ = x − γ sgn Ĝ, by either sign or none where Ĝ is within its error of 0. */
function judgeSign(
  name: string,
  { from, step, to, direction, error }: { from: number; step: number; to: number; direction: Rational; error: number },
): Judgement {
  const certain = Math.abs(toDouble(direction)) > error;
  const signs = certain ? [Number(direction.s)] : [-1, 0, 1];
  const right = signs.some((sign) => to === from - step * sign);
  return {
    ratio: right ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `${name} went from ${from} to ${to} with γ = ${step}, Ĝ is exactly ${toDouble(direction)}`,
  };
}

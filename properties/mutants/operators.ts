import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { parseOnce } from '../../src/reference/functions/index.js';
import type { ProblemAtStep, ProblemSpecification } from '../../src/reference/problem/problem.js';
import { claim as definition1 } from '../algorithms/definition-1-gradient-mapping.js';
import {
  eq7ProximalGradientMappingClaim as eq7,
  eq8ConvexCombinationClaim as eq8,
  eq10MiniBatchClaim as eq10,
  type Operators,
  operatorsOf,
} from '../algorithms/operators.js';
import { claim as majorityVote } from '../algorithms/remark-majority-vote.js';
import { claim as eq9 } from '../calculus/eq9-proximal-average.js';

const { operatorsAt } = operatorsOf;

/** The operators of a problem at a step, wrong ones in the place of some. */
const wrong =
  (change: (problem: ProblemSpecification, step: number, right: Operators) => Partial<Operators>) => () => ({
    operatorsAt(problem: ProblemSpecification, step: number): Operators {
      const { proximalGradient, miniBatch, gradientMapping } = operatorsAt(problem, step);
      const right = { proximalGradient, miniBatch, gradientMapping };
      return { ...right, ...change(problem, step, right) };
    },
  });

/** x − γ∇d(x). */
const forward = (problem: ProblemSpecification, step: number, x: Float64Array): Float64Array =>
  operatorsAt({ ...problem, functions: [{ type: 'zero' }], probabilities: [1] }, step)
    .proximalGradient(0, x)
    .slice();

/** Those of another problem. */
const of = (change: (problem: ProblemSpecification) => Partial<ProblemSpecification>) =>
  wrong((problem, step) => {
    const { proximalGradient, miniBatch, gradientMapping } = operatorsAt({ ...problem, ...change(problem) }, step);
    return { proximalGradient, miniBatch, gradientMapping };
  });
const ofBatch = (change: (indices: number[]) => number[]) =>
  wrong((_problem, _step, right) => ({ miniBatch: (indices, x) => right.miniBatch(change(Array.from(indices)), x) }));
const ofMapping = (change: (entry: number, step: number) => number) =>
  wrong((_problem, step, right) => ({
    gradientMapping: (x) => right.gradientMapping(x).map((entry) => change(entry, step)),
  }));

/** G from a sum of the P_k with weights. */
const weighted = (weightOf: (theta: readonly number[], k: number) => number) =>
  wrong(({ probabilities }, step, { proximalGradient }) => ({
    gradientMapping(x) {
      const images = probabilities.map((_, k) => proximalGradient(k, x).slice());
      const mean = x.map((_, i) => images.reduce((sum, image, k) => sum + weightOf(probabilities, k) * image[i]!, 0));
      return x.map((entry, i) => (entry - mean[i]!) / step);
    },
  }));

type Prox = (step: number, y: Float64Array, problem: ProblemSpecification) => Float64Array;

/** G from another map of y = x − γ∇d(x) than the mean of the proxes. */
const byMap = (map: Prox) =>
  wrong((problem, step) => ({
    gradientMapping(x) {
      const u = map(step, forward(problem, step, x), problem);
      return x.map((entry, i) => (entry - u[i]!) / step);
    },
  }));

const proxOf = ({ functions }: ProblemSpecification, k: number, step: number, y: Float64Array): Float64Array =>
  parseOnce(functions[k]!).prox(y, step);

/** prox of step·Σ θ_k r_k by consensus: copies of u, one per component, pulled together by multipliers (ADMM). */
const proxOfAverage: Prox = (step, y, problem) => {
  const theta = problem.probabilities;
  const multipliers = theta.map(() => new Float64Array(y.length));
  let u = y;
  for (let iteration = 0; iteration < 300; iteration++) {
    // argmin_v θ_k(½‖v − y‖² + step·r_k(v)) + ½θ_k‖v − u + m‖²: a prox with half the step.
    const copies = multipliers.map((multiplier, k) =>
      proxOf(
        problem,
        k,
        step / 2,
        y.map((v, i) => (v + u[i]! - multiplier[i]!) / 2),
      ).slice(),
    );
    u = y.map((_, i) => theta.reduce((sum, p, k) => sum + p * (copies[k]![i]! + multipliers[k]![i]!), 0));
    for (const [k, multiplier] of multipliers.entries()) {
      for (const i of u.keys()) multiplier[i]! += copies[k]![i]! - u[i]!;
    }
  }
  return u;
};

/** A specification with every number in single precision. */
function single(value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (Array.isArray(value)) return value.map(single);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, single(entry)]));
}

/** x⁺ = x − γ·`direction`, of the workers' Ĝ. */
const voting = (direction: (mappings: readonly Float64Array[], i: number) => number) => () => ({
  vote(problem: ProblemAtStep, x: Float64Array, workers: readonly (readonly number[])[]) {
    const mappings = workers.map((indices) => problem.stochasticGradientMapping(indices, x).slice());
    return x.map((entry, i) => entry - problem.step * direction(mappings, i));
  },
});
const total = (mappings: readonly Float64Array[], of: (mapping: Float64Array) => number): number =>
  mappings.reduce((sum, mapping) => sum + of(mapping), 0);

/** Wrong operators of the paper. */
export const operatorMutants: readonly ClaimMutant[] = [
  ...violated(eq7, {
    'a gradient step on d that goes up': wrong((problem, step) => ({
      proximalGradient: (k, x) =>
        proxOf(
          problem,
          k,
          step,
          forward(problem, step, x).map((v, i) => 2 * x[i]! - v),
        ),
    })),
    'the first function for every component': wrong((_problem, _step, right) => ({
      proximalGradient: (_k, x) => right.proximalGradient(0, x),
    })),
    'a prox at x, without the gradient step on d': of(() => ({ smooth: { type: 'zero' } })),
    'a step that reaches the gradient but not the prox': wrong((problem, step) => ({
      proximalGradient: (k, x) => proxOf(problem, k, 1, forward(problem, step, x)),
    })),
    'a gradient step on d of length γ²': wrong((problem, step) => ({
      proximalGradient: (k, x) => proxOf(problem, k, step, forward(problem, step * step, x)),
    })),
  }),
  ...violated(eq8, {
    'components after the fourth that do not count': weighted((theta, k) => (k < 4 ? theta[k]! : 0)),
    'a uniform average in place of one by θ': weighted((theta) => 1 / theta.length),
    'components that are added up': weighted(() => 1),
    'probabilities in single precision': weighted((theta, k) => Math.fround(theta[k]!)),
  }),
  ...violated(eq9, {
    'proxes one after the other': byMap((step, y, problem) =>
      problem.probabilities.reduce((u, p, k) => (p > 0 ? proxOf(problem, k, p * step, u) : u), y),
    ),
    'the prox of the average function': byMap(proxOfAverage),
    // P(x) is half of x, turned a little, which is firmly nonexpansive, and cyclically monotone for cycles of a few points.
    'a map that turns': wrong((problem, step, right) => ({
      gradientMapping(x) {
        if (x.length !== 2 || !problem.functions.some(({ type }) => type === 'semi-orthogonal'))
          return right.gradientMapping(x);
        return x.map((value, i) => (value / 2 - (i === 0 ? 1 : -1) * 2 ** -8 * x[1 - i]!) / step);
      },
    })),
  }),
  ...violated(eq10, {
    'an index drawn twice that counts once': ofBatch((indices) => [...new Set(indices)]),
    'a buffer of four, beyond which draws are lost': ofBatch((indices) => indices.slice(0, 4)),
    'the first index for the whole batch': ofBatch(([first]) => [first!]),
    'a division by B − 1': wrong((_problem, _step, right) => ({
      miniBatch: (indices, x) =>
        right.miniBatch(indices, x).map((v) => (v * indices.length) / Math.max(indices.length - 1, 1)),
    })),
    'proxes that are added up': wrong((_problem, _step, right) => ({
      miniBatch: (indices, x) => right.miniBatch(indices, x).map((v) => v * indices.length),
    })),
    'a first element that is NaN': wrong((_problem, _step, right) => ({
      miniBatch: (indices, x) => right.miniBatch(indices, x).map((v, i) => (i === 0 && x.length > 1 ? Number.NaN : v)),
    })),
    'parameters in single precision': of(
      ({ smooth, functions }) => single({ smooth, functions }) as Partial<ProblemSpecification>,
    ),
    'a batch drawn with θ that is weighted with θ once more': wrong(({ probabilities }, _step, right) => ({
      miniBatch(indices, x) {
        const drawn = Array.from(indices);
        const sum = drawn.reduce((before, k) => before + probabilities[k]!, 0);
        const images = drawn.map((k) => right.proximalGradient(k, x).slice());
        return x.map((_, i) =>
          images.reduce((before, image, b) => before + (probabilities[drawn[b]!]! / sum) * image[i]!, 0),
        );
      },
    })),
  }),
  ...violated(definition1, {
    'y − P(x) with y = x − γ∇d(x)': wrong((problem, step, right) => ({
      gradientMapping(x) {
        const y = forward(problem, step, x);
        return right.gradientMapping(x).map((entry, i) => entry + (y[i]! - x[i]!) / step);
      },
    })),
    'x − P(x) that is not divided': ofMapping((entry, step) => entry * step),
    'x − P(x) divided by γ²': ofMapping((entry, step) => entry / step),
    'P(x) − x': ofMapping((entry) => -entry),
  }),
  ...violated(majorityVote, {
    'directions that are averaged': voting((mappings, i) => Math.sign(total(mappings, (mapping) => mapping[i]!))),
    'a last worker whose vote is not counted': voting((mappings, i) =>
      Math.sign(total(mappings.slice(0, Math.max(1, mappings.length - 1)), (mapping) => Math.sign(mapping[i]!))),
    ),
    'a first worker that decides alone': voting(([first], i) => Math.sign(first![i]!)),
    'the mean of the votes': voting(
      (mappings, i) => total(mappings, (mapping) => Math.sign(mapping[i]!)) / mappings.length,
    ),
    'a worker that abstains under 10⁻⁸': voting((mappings, i) =>
      Math.sign(total(mappings, (mapping) => (Math.abs(mapping[i]!) < 1e-8 ? 0 : Math.sign(mapping[i]!)))),
    ),
  }),
];

import fc from 'fast-check';
import type { Depth } from '../../claims/claim.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, specificationOf } from '../../reference/functions/index.js';
import { type PhaseRetrievalProblem, phaseRetrievalProblem } from '../../reference/imaging/phase-retrieval-problem.js';
import { createProblem } from '../../reference/problem/create-problem.js';
import type { Problem } from '../../reference/problem/problem.js';
import { showInequality } from '../judges/distance.js';
import { type Judgement, judgeVector, worstOf } from '../judges/judgement.js';
import { maximumNorm } from '../judges/precision.js';
import { judgeProximalPoint } from '../judges/proximal-optimality.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

function forward({ problem, step }: PhantomCase, x: Float64Array): Float64Array {
  const gradient = problem.smooth.gradient(x);
  return x.map((value, i) => value - step * gradient[i]!);
}

/** Σ_k w_k prox_{γr_k}(y), written out. */
function averageOfProxes({ components, step }: PhantomCase, y: Float64Array, shares: readonly number[]): Float64Array {
  const sum = new Float64Array(y.length);
  components.forEach((component, k) => {
    component.prox(y, step).forEach((value, i) => {
      sum[i]! += shares[k]! * value;
    });
  });
  return sum;
}

/** Error that the iterative proxes may carry: their relative accuracy times the spread of y, entry by entry and in norm. */
function allowedError({ accuracy }: PhantomCase, y: Float64Array): number {
  return 4 * accuracy * Math.sqrt(y.length) * maximumNorm(y);
}

/** Equation (6) for TV on the noisy phantom: optimality against the value of TV, with the phantom itself as a rival. */
export function judgePhantomProx(input: PhantomCase): Judgement {
  const target = input.components[1]!;
  const y = input.start;
  const u = target.prox(y, input.step);
  return judgeProximalPoint({
    target,
    step: input.step,
    y,
    u,
    rival: input.image,
    precision: input.accuracy,
    magnitude: maximumNorm(y),
  });
}

/** Equation (9): P⁰ of three total variations is firmly nonexpansive and cyclically monotone on images. */
export function judgePhantomAverage(input: PhantomCase): Judgement {
  const shares = Array.from(input.stochastic.probabilities);
  const points = [input.start, input.image, forward(input, input.start)];
  const images = points.map((point) => averageOfProxes(input, point, shares));
  const judgements: Judgement[] = [];
  let cycle = 0;
  let reach = 0;
  points.forEach((point, j) => {
    const next = (j + 1) % points.length;
    let excess = 0;
    let scale = 0;
    for (let i = 0; i < point.length; i++) {
      const moved = images[j]![i]! - images[next]![i]!;
      excess += moved * (moved - (point[i]! - points[next]![i]!));
      cycle += (point[i]! - images[j]![i]!) * -moved;
      scale += moved * moved + (point[i]! - points[next]![i]!) ** 2;
    }
    const allowed = allowedError(input, point) * Math.sqrt(scale);
    reach += allowed;
    const ratio = excess / allowed;
    judgements.push({ ratio, explanation: () => showInequality('‖Px − Py‖²', '⟨Px − Py, x − y⟩', excess, ratio) });
  });
  const ratio = cycle / reach;
  judgements.push({ ratio, explanation: () => showInequality('the cycle sum of three images', '0', cycle, ratio) });
  return worstOf(judgements);
}

/** Equation (10): P̂ of a batch with repeats, by indices and by counts, and E[P̂] = P over all batches of two. */
export function judgePhantomBatch(input: PhantomCase): Judgement {
  const { stochastic, step, start } = input;
  const atStep = stochastic.at(step);
  const y = forward(input, start);
  const error = allowedError(input, y);
  const expected = averageOfProxes(input, y, [0.25, 0.25, 0.5]);
  const expectation = new Float64Array(y.length);
  const { probabilities } = stochastic;
  for (let first = 0; first < 3; first++) {
    for (let second = 0; second < 3; second++) {
      atStep.miniBatch([first, second], start).forEach((value, i) => {
        expectation[i]! += probabilities[first]! * probabilities[second]! * value;
      });
    }
  }
  return worstOf([
    judgeVector('P̂(x) by indices', atStep.miniBatch([0, 2, 1, 2], start), expected, () => error),
    judgeVector('P̂(x) by counts', atStep.miniBatchFromCounts([1, 1, 2], start), expected, () => error),
    judgeVector('E[P̂(x)]', expectation, averageOfProxes(input, y, Array.from(probabilities)), () => error),
  ]);
}

/** Definition 1: G(x) = (x − P(x))/γ at the start; and G − ∇d is a subgradient of TV at P(x), so G = 0 would be critical. */
export function judgePhantomMapping(input: PhantomCase): Judgement {
  const { problem, step, start } = input;
  const target = problem.functions[0]!;
  const mapping = problem.at(step).gradientMapping(start);
  const y = forward(input, start);
  const mean = target.prox(y, step);
  const expected = start.map((value, i) => (value - mean[i]!) / step);
  const u = start.map((value, i) => value - step * mapping[i]!);
  return worstOf([
    judgeVector('G(x)', mapping, expected, () => allowedError(input, y) / step),
    judgeProximalPoint({
      target,
      step,
      y,
      u,
      rival: input.image,
      precision: input.accuracy,
      magnitude: maximumNorm(y),
    }),
  ]);
}

/** Size of the phase-retrieval problem: the paper's own from standard depth on, a small one for the test suite. */
const phantomSize: Readonly<
  Record<Depth, { readonly side: number; readonly measurements: number; readonly weight: number }>
> = {
  // λ is smaller on the small image, whose edges are a larger share of it.
  quick: { side: 12, measurements: 400, weight: 3e-4 },
  standard: { side: 50, measurements: 3000, weight: 1e-3 },
  deep: { side: 50, measurements: 3000, weight: 1e-3 },
};

/** Multiples of λ of the three total variations whose proximal average stands for a stochastic r on real input. */
const multiples = [0.5, 1, 2] as const;
const probabilities = [0.25, 0.5, 0.25] as const;

/** The paper's imaging problem, and beside it the same d with three components r_k in place of its one. */
export interface PhantomCase extends PhaseRetrievalProblem {
  /** The step the claims use on it: γ ≥ 2 diverges. */
  readonly step: number;
  readonly side: number;
  /** d with r_k = λ_k TV, K = 3. */
  readonly stochastic: Problem;
  readonly components: readonly ProximableFunction[];
  /** Relative accuracy of the iterative prox. */
  readonly accuracy: number;
}

const built = new Map<string, PhantomCase>();

/**
 * The case of a depth; data built once per seed, because the matrix of the full size holds 60 MB, and a problem of its own for
 * each caller, because its total variation remembers its last call.
 */
function phantomCase(depth: Depth, seed: string): PhantomCase {
  const { side, measurements, weight } = phantomSize[depth];
  const key = `${side}/${measurements}/${seed}`;
  let found = built.get(key);
  if (found === undefined) {
    built.clear();
    const base = phaseRetrievalProblem({ side, measurements, weight, startDeviation: 0.1, seed });
    const components = multiples.map((multiple) =>
      parseFunction({
        type: 'total-variation-2d',
        weight: multiple * weight,
        shape: [side, side],
        variant: 'isotropic',
      }),
    );
    found = {
      ...base,
      step: 0.5,
      side,
      stochastic: createProblem({
        smooth: base.problem.smooth,
        functions: components,
        probabilities: [...probabilities],
      }),
      components,
      accuracy: Math.max(...components.map((component) => component.accuracy ?? 0)),
    };
    built.set(key, found);
  }
  const { smooth, functions, probabilities: theta } = found.problem;
  const fresh = functions.map((fn) => parseFunction(specificationOf(fn)));
  return { ...found, problem: createProblem({ smooth, functions: fresh, probabilities: theta }) };
}

/** One part that judges the paper's own problem: for the reference only, since a request would carry the whole matrix. */
export function phantomPart(
  implementation: Implementation,
  budget: { readonly depth: Depth; readonly seed: string },
  judge: (input: PhantomCase) => Judgement,
): PropertyPart[] {
  if (!implementation.reference) return [];
  const { side, measurements } = phantomSize[budget.depth];
  return [
    propertyPart<{ readonly side: number; readonly seed: string }>({
      name: `phantom ${side}×${side}, m = ${measurements}`,
      arbitrary: fc.constant({ side, seed: budget.seed }),
      runs: 1,
      judge: ({ seed }) => judge(phantomCase(budget.depth, seed)),
    }),
  ];
}

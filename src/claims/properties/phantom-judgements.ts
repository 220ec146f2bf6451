import { showInequality } from '../judges/distance.js';
import { type Judgement, judgeVector, worstOf } from '../judges/judgement.js';
import { maximumNorm } from '../judges/precision.js';
import { judgeProximalPoint } from '../judges/proximal-optimality.js';
import type { PhantomCase } from './phantom-parts.js';

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
    ...{ target, step: input.step, y, u, rival: input.image },
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
      ...{ target, step, y, u, rival: input.image },
      precision: input.accuracy,
      magnitude: maximumNorm(y),
    }),
  ]);
}

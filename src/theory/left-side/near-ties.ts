import { parseProblem } from '../../reference/problem/create-problem.js';
import type { MiniBatch } from '../../reference/problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../../reference/problem/problem.js';
import type { Theorem } from '../theorem/theorem.js';
import type { BoundJob } from './bound-job.js';
import { referenceLeftSide } from './monte-carlo.js';

/** Roundings of G_k, of at most eight operations with two operands each; the sum of K of them takes 2K more. */
const roundingsOfMapping = 16;
/** Most iterations that are looked at. */
const largestWork = 2 ** 14;

/** Signs of mini-batch means along runs of signProx, and how many of them rounding may have decided. */
interface NearTies {
  readonly signs: number;
  readonly doubtful: number;
}

/**
 * Counts, on the first replicates of a job, the coordinates of Ĝ that are within rounding of 0. A mini-batch whose mean is exactly 0 comes out as
 * a few units in the last place of either sign as often as not: floats then move where sgn(0) = 0 would stay, and an exact engine, which
 * sees the tie, gives another left side. Without such signs both must agree.
 */
function countNearTies(theorem: Theorem, job: BoundJob): NearTies {
  const problem = parseProblem(job.problem);
  const atStep = problem.at(job.step);
  let [signs, doubtful] = [0, 0];
  const run = referenceLeftSide(theorem, job, (x, batch) => {
    signs += x.length;
    doubtful += doubtfulSigns(problem, atStep, x, batch);
  });
  for (let index = 0; index < 64 && (index + 1) * (job.iterations - 1) <= largestWork; index++) run(index);
  return { signs, doubtful };
}

function doubtfulSigns(problem: Problem, atStep: ProblemAtStep, x: Float64Array, batch: MiniBatch): number {
  const gradient = problem.smooth.gradient(x);
  const lipschitz = problem.lipschitz(x.length).coordinateLipschitz;
  const components = problem.functions.map((_, k) =>
    atStep.stochasticGradientMappingFromCounts(
      problem.functions.map((_, l) => (l === k ? 1 : 0)),
      x,
    ),
  );
  const mapping =
    'counts' in batch
      ? atStep.stochasticGradientMappingFromCounts(batch.counts, x)
      : atStep.stochasticGradientMapping(batch, x);
  const rounding = (roundingsOfMapping + 2 * problem.functions.length) * 2 ** -53;
  let doubtful = 0;
  for (let i = 0; i < x.length; i++) {
    const slope = Math.abs(gradient[i]!);
    const spread = Math.max(...components.map((component) => Math.abs(component[i]! - gradient[i]!)));
    const moved = (lipschitz?.[i] ?? 0) * (Math.abs(x[i]!) + atStep.step);
    if (Math.abs(mapping[i]!) <= rounding * (slope + spread + moved)) doubtful++;
  }
  return doubtful;
}

/** What a row by Monte Carlo says about ties; undefined when there were none, as along SPGM, which takes no sign. */
export function nearTies(theorem: Theorem, job: BoundJob): string | undefined {
  if (theorem.algorithm !== 'sign-prox') return undefined;
  const { signs, doubtful } = countNearTies(theorem, job);
  if (doubtful === 0) return undefined;
  const share = (100 * doubtful) / signs;
  return `${share.toPrecision(2)} % of ${signs} signs of Ĝ are within rounding of 0: where Ĝ is exactly 0 floats may take either sign, and an exact engine the given sgn(0)`;
}

import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import { problemAt } from '../../src/claims/implementation/reference.js';
import { plural } from '../../src/claims/text.js';
import { dyadic, stepSize } from '../../src/judging/arbitraries/dyadic.js';
import { drawable, type ProblemCase, tinyScale } from '../../src/judging/arbitraries/problem-case.js';
import { sharesOf } from '../../src/judging/judges/declared-accuracy.js';
import { type Judgement, worstOf } from '../../src/judging/judges/judgement.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { judgeSignStep } from '../../src/judging/judges/sign-step.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { problemParts, problemPartsOfAnySize } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { majorityVoteStep } from '../../src/reference/algorithms/majority-vote.js';
import { signProxStep } from '../../src/reference/algorithms/sign-prox.js';
import type { ProblemAtStep } from '../../src/reference/problem/problem.js';
import { toleranceAt } from './operators.js';

type Workers = readonly (readonly number[])[];
type Vote = (problem: ProblemAtStep, x: Float64Array, workers: Workers) => Float64Array;

const precision = unitRoundoff('f64');

/** M mini-batches of one size that walk through the components at different paces, so that workers differ. */
function workersOf({ problem, indices }: ProblemCase, count: number): Workers {
  const allowed = drawable(problem.probabilities);
  return Array.from({ length: count }, (_, m) =>
    indices.map((k, b) => allowed[(allowed.indexOf(k) + m * (b + 1)) % allowed.length]!),
  );
}

/** M of a case: 1 to 6, odd and even, a function of the case so that saved cases replay. */
const workerCount = ({ indices, x }: ProblemCase): number =>
  1 + ((indices.reduce((sum, k) => sum + k + 1, 0) + Math.round(16 * Math.abs(x[0]!))) % 6);

/**
 * One step by vote: every coordinate moves by γ against the sign of the sum of the workers' signs. A worker whose direction is
 * rounding may vote either way or abstain; if a sum of 0 is then possible, so are all three moves (the result of a tie is a convention).
 */
function judgeVotes({ problem, step, x }: ProblemCase, workers: Workers, next: Float64Array): Judgement {
  const oracle = oracleOf(problem);
  const sum = new Float64Array(x.length);
  const uncertain = new Float64Array(x.length);
  for (const indices of workers) {
    const batch = oracle.miniBatch(indices, step, x);
    const { error } = toleranceAt(problem, step, x, sharesOf(indices, oracle.functions.length));
    for (let i = 0; i < x.length; i++) {
      const direction = x[i]! - batch[i]!;
      if (Math.abs(direction) <= error) uncertain[i]!++;
      else sum[i]! += Math.sign(direction);
    }
  }
  // The step is judged on the sum of votes, with an "error" that makes a sum of 0 possible if and only if uncertain votes do.
  return worstOf(
    Array.from(x, (_, i) =>
      judgeSignStep({
        name: `vote of ${plural(workers.length, 'worker')} in coordinate ${i}`,
        step,
        precision,
        x: x.subarray(i, i + 1),
        next: next.subarray(i, i + 1),
        direction: sum.subarray(i, i + 1),
        error: uncertain[i]!,
      }),
    ),
  );
}

/** The step, and the same with the workers in another order: a vote does not depend on who casts it. */
const judgeStep =
  (vote: Vote) =>
  (input: ProblemCase): Judgement => {
    const at = problemAt(input.problem, input.step);
    const workers = workersOf(input, workerCount(input));
    const next = vote(at, input.x, workers);
    const again = vote(at, input.x, [...workers.slice(1), workers[0]!].reverse());
    return worstOf([
      judgeVotes(input, workers, next),
      judgeSame('the vote of the workers in another order', again, next),
    ]);
  };

interface Ballot {
  readonly honest: number;
  readonly adversaries: number;
  readonly slopes: readonly number[];
  readonly step: number;
  /** Whether the vote is at 0 with slopes of the size of 2⁻⁴⁰: x − P̂(x) is as small, and its sign as certain. */
  readonly tiny: boolean;
}

const ballot: fc.Arbitrary<Ballot> = fc.integer({ min: 1, max: 6 }).chain((honest) =>
  fc.record({
    honest: fc.constant(honest),
    adversaries: fc.integer({ min: 0, max: honest - 1 }),
    slopes: fc.array(
      dyadic().filter((slope) => slope !== 0),
      { minLength: 1, maxLength: 3 },
    ),
    step: stepSize(),
    tiny: fc.boolean(),
  }),
);

/** H honest workers that agree against A < H adversaries that all say the opposite: the step is that of the honest. */
const judgeBallot =
  (vote: Vote) =>
  ({ honest, adversaries, slopes: ordinary, step, tiny }: Ballot): Judgement => {
    const slopes = ordinary.map((slope) => (tiny ? slope * tinyScale : slope));
    // The adversaries' component is larger, so that an average would follow them.
    const functions = [1, -64].map((factor) => ({
      type: 'linear',
      coefficients: slopes.map((slope) => factor * slope),
    }));
    const problem = { smooth: { type: 'zero' }, functions, probabilities: [0.5, 0.5] };
    const workers = [
      ...Array.from({ length: adversaries }, () => [1, 1]),
      ...Array.from({ length: honest }, () => [0, 0]),
    ];
    const x = new Float64Array(slopes.length).fill(tiny ? 0 : 0.5);
    const next = vote(problemAt(problem, step), x, workers);
    const name = `${honest} against ${adversaries}`;
    return judgeSignStep({ name, x, step, next, direction: Float64Array.from(slopes), error: 0, precision });
  };

/**
 * The majority vote of signSGD, which "also directly applies" to signProx (section 2.2): M workers with mini-batches of their own,
 * x⁺ = x − γ sgn(Σ_m sgn(x − P̂_{k^m}(x))). It applies as an algorithm; as a gain not for every noise (claim majority-vote-noise).
 */
export const claim = claimOf({ vote: majorityVoteStep as Vote }, ({ vote }) =>
  propertyClaim({
    id: 'remark-majority-vote',
    version: 2,
    source: { section: '2.2', equation: 'majority vote' },
    statement:
      'x⁺ = x − γ sgn(Σ_m sgn(x − P̂_{k^m}(x))) for M workers; M = 1 is signProx; a minority cannot flip a unanimous sign',
    method:
      'every step of 1 to 6 workers compared with the votes, counted one by one; reordered workers and M = 1 bit for bit; planted adversaries',
    requires: { referenceOnly: true },
    success: 'holds',
    effort: 0.5,
    parts: (implementation) => [
      ...problemPartsOfAnySize(implementation, judgeStep(vote), { maximumBatch: 3 }).map((part) => ({
        ...part,
        classify: (input: unknown) => [
          ...(part.classify?.(input) ?? []),
          workerCount(input as ProblemCase) % 2 === 0 ? 'even number of workers' : 'odd number of workers',
        ],
        mustReach: [...(part.mustReach ?? []), 'even number of workers', 'odd number of workers'],
      })),
      ...problemParts(
        implementation,
        ({ problem, step, x, indices }) => {
          const at = problemAt(problem, step);
          return judgeSame('the vote of one worker', vote(at, x, [indices]), signProxStep(at, x, indices));
        },
        { smoothTypes: ['quadratic'] },
      ).map((part) => ({ ...part, name: 'M = 1 is signProx' })),
      propertyPart<Ballot>({
        name: 'fewer than half adversaries cannot flip a unanimous sign',
        arbitrary: ballot,
        classify: ({ honest, adversaries, tiny }) => [
          ...(tiny ? ['certain sign of a tiny direction'] : []),
          ...(adversaries === honest - 1 && adversaries > 0 ? ['one vote short of half'] : []),
          ...(adversaries === 0 ? ['no adversary'] : []),
        ],
        mustReach: ['one vote short of half', 'no adversary', 'certain sign of a tiny direction'],
        judge: judgeBallot(vote),
      }),
    ],
  }),
);

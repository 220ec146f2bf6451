import fc from 'fast-check';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { plural } from '../../src/claims/text.js';
import { dyadic, stepSize } from '../../src/judging/arbitraries/dyadic.js';
import { drawable, hasTiny, type ProblemCase, tinyScale } from '../../src/judging/arbitraries/problem-case.js';
import { type Judgement, worstOf } from '../../src/judging/judges/judgement.js';
import { judgeSignStep } from '../../src/judging/judges/sign-step.js';
import { judgeVote } from '../../src/judging/judges/vote-step.js';
import { judgeSame, stepAndRun } from '../../src/judging/parts/algorithm-parts.js';
import { problemParts } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { inVariants, type PropertyPart } from '../../src/judging/parts/property-part.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';

type Workers = readonly (readonly number[])[];

/** Iterations of a run that is judged step by step from its own iterates. */
const iterations = 3;

/** M mini-batches of one size that walk through the components at different paces, so that workers differ. */
function workersOf({ problem, indices }: ProblemCase, count: number, shift: number): Workers {
  const allowed = drawable(problem.probabilities);
  return Array.from({ length: count }, (_, m) =>
    indices.map((k, b) => allowed[(allowed.indexOf(k) + (m + shift) * (b + 1)) % allowed.length]!),
  );
}

/** M of a case: 1 to 6, odd and even, a function of the case so that saved cases replay. */
const workerCount = ({ indices, x }: ProblemCase): number =>
  1 + ((indices.reduce((sum, k) => sum + k + 1, 0) + Math.round(16 * Math.abs(x[0]!))) % 6);

/** The step, and every iterate of a run where `run` is offered. */
function voteParts(implementation: Implementation): PropertyPart[] {
  const algorithm = 'majority-vote';
  const judgeStep = async (input: ProblemCase): Promise<Judgement> => {
    const { problem, step, x } = input;
    const workers = workersOf(input, workerCount(input), 0);
    const next = (
      await implementation.ask({ method: 'step', algorithm, problem, step, x: x.slice(), indices: [], workers })
    ).x;
    const vote = judgeVote(implementation, input, x, workers, next);
    if (implementation.description.conventions.signOfZero === 'random') return vote;
    // A vote does not depend on who casts it.
    const reordered = [...workers.slice(1), workers[0]!].reverse();
    const again = (
      await implementation.ask({
        method: 'step',
        algorithm,
        problem,
        step,
        indices: [],
        x: x.slice(),
        workers: reordered,
      })
    ).x;
    return worstOf([vote, judgeSame('the vote of the workers in another order', again, next)]);
  };
  const judgeRun = async (input: ProblemCase): Promise<Judgement> => {
    const { problem, step, x } = input;
    const rounds = Array.from({ length: iterations }, (_, t) => workersOf(input, workerCount(input), t));
    const request = { algorithm, problem, step, x: x.slice(), indices: [], workers: rounds } as const;
    const reply = await implementation.ask({ method: 'run', ...request });
    const trajectory = reply.trajectory ?? [];
    if (reply.trajectory !== undefined && trajectory.length !== iterations) {
      return {
        ratio: Number.POSITIVE_INFINITY,
        explanation: () => `the run returned ${plural(trajectory.length, 'iterate')}`,
      };
    }
    const judgements = trajectory.map((iterate, t) =>
      judgeVote(implementation, input, trajectory[t - 1] ?? x, rounds[t]!, iterate),
    );
    if (trajectory.length > 0) judgements.push(judgeSame('the end of the run', reply.x, trajectory.at(-1)!));
    return judgements.length === 0 ? { ratio: 0 } : worstOf(judgements);
  };
  return stepAndRun(implementation, { judgeStep, judgeRun }, { maximumBatch: 3 }).map((part) => ({
    ...part,
    classify: (input) => {
      const count = workerCount(input as ProblemCase);
      return [...(part.classify?.(input) ?? []), count % 2 === 0 ? 'even number of workers' : 'odd number of workers'];
    },
    mustReach: [...(part.mustReach ?? []), 'even number of workers', 'odd number of workers'],
  }));
}

/** A single worker is signProx: bit for bit on the same implementation. */
function singleWorkerPart(implementation: Implementation): PropertyPart[] {
  const { algorithms, conventions } = implementation.description;
  if (!algorithms.includes('sign-prox') || conventions.signOfZero === 'random') return [];
  return problemParts(
    implementation,
    async ({ problem, step, x, indices }) => {
      const vote = (
        await implementation.ask({
          method: 'step',
          algorithm: 'majority-vote',
          problem,
          step,
          indices: [],
          x: x.slice(),
          workers: [indices],
        })
      ).x;
      const alone = (
        await implementation.ask({ method: 'step', algorithm: 'sign-prox', problem, step, x: x.slice(), indices })
      ).x;
      return judgeSame('the vote of one worker', vote, alone);
    },
    { smoothTypes: ['quadratic'] },
  ).map((part) => ({ ...part, name: 'M = 1 is signProx' }));
}

interface Ballot {
  readonly honest: number;
  readonly adversaries: number;
  readonly slopes: readonly number[];
  readonly step: number;
  /** Whether the vote is at 0 with slopes of the size of 2⁻⁴⁰: x − P̂(x) is as small, and its sign as certain. */
  readonly tiny: boolean;
}

/** H honest workers that agree against A < H adversaries that all say the opposite: the step is that of the honest. */
function adversaryPart(implementation: Implementation): PropertyPart[] {
  const { dtype, functions, smooth, restrictions } = implementation.description;
  if (!functions.includes('linear') || !smooth.includes('zero')) return [];
  const batchOf = (k: number): number[] => (restrictions?.oneDraw === true ? [k] : [k, k]);
  const precision = unitRoundoff(dtype);
  const canBeTiny = hasTiny(dtype);
  const arbitrary: fc.Arbitrary<Ballot> = fc.integer({ min: 1, max: 6 }).chain((honest) =>
    fc.record({
      honest: fc.constant(honest),
      adversaries: fc.integer({ min: 0, max: honest - 1 }),
      slopes: fc.array(
        dyadic().filter((slope) => slope !== 0),
        { minLength: 1, maxLength: 3 },
      ),
      step: stepSize(),
      tiny: canBeTiny ? fc.boolean() : fc.constant(false),
    }),
  );
  return [
    propertyPart<Ballot>({
      name: 'fewer than half adversaries cannot flip a unanimous sign',
      arbitrary,
      classify: ({ honest, adversaries, tiny }) => [
        ...(tiny ? ['certain sign of a tiny direction'] : []),
        ...(adversaries === honest - 1 && adversaries > 0 ? ['one vote short of half'] : []),
        ...(adversaries === 0 ? ['no adversary'] : []),
      ],
      mustReach: [
        ...['one vote short of half', 'no adversary'],
        ...(canBeTiny ? ['certain sign of a tiny direction'] : []),
      ],
      judge: async ({ honest, adversaries, slopes: ordinary, step, tiny }) => {
        const slopes = ordinary.map((slope) => (tiny ? slope * tinyScale : slope));
        // The adversaries' component is larger, so that an average would follow them.
        const problem: ProblemSpecification = {
          smooth: { type: 'zero' },
          functions: [
            { type: 'linear', coefficients: slopes },
            { type: 'linear', coefficients: slopes.map((slope) => -64 * slope) },
          ],
          probabilities: [0.5, 0.5],
        };
        const workers = [
          ...Array.from({ length: adversaries }, () => batchOf(1)),
          ...Array.from({ length: honest }, () => batchOf(0)),
        ];
        const x = new Float64Array(slopes.length).fill(tiny ? 0 : 0.5);
        const next = (
          await implementation.ask({
            method: 'step',
            algorithm: 'majority-vote',
            problem,
            step,
            indices: [],
            workers,
            x: x.slice(),
          })
        ).x;
        const direction = Float64Array.from(slopes);
        return judgeSignStep({
          name: `${honest} against ${adversaries}`,
          x,
          step,
          next,
          direction,
          error: 0,
          precision,
        });
      },
    }),
  ];
}

/**
 * The majority vote of signSGD, which "also directly applies" to signProx (section 2.2): M workers with mini-batches of their own,
 * x⁺ = x − γ sgn(Σ_m sgn(x − P̂_{k^m}(x))). It applies as an algorithm; as a gain not for every noise (claim majority-vote-noise).
 */
export const claim = propertyClaim({
  id: 'remark-majority-vote',
  version: 2,
  source: { section: '2.2', equation: 'majority vote' },
  statement:
    'x⁺ = x − γ sgn(Σ_m sgn(x − P̂_{k^m}(x))) for M workers; M = 1 is signProx; a minority cannot flip a unanimous sign',
  method:
    'every step and iterate of 1 to 6 workers compared with the votes, counted one by one; reordered workers and M = 1 bit for bit; planted adversaries',
  requires: { methods: ['step'], algorithms: ['majority-vote'] },
  success: 'holds',
  effort: 0.5,
  parts: (implementation) =>
    inVariants(implementation, (own) => [...voteParts(own), ...singleWorkerPart(own), ...adversaryPart(own)]),
});

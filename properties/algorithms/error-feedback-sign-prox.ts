import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { fromDouble, type Rational, toDouble, zero } from '../../src/exact/arithmetic/rational.js';
import { spgmIteration } from '../../src/exact/engines/algorithms.js';
import { errorFeedbackIteration, scaledSigns } from '../../src/exact/engines/error-feedback.js';
import { atStep, batchWeights, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import {
  certifiedFamilies,
  certifiedSmoothTypes,
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../src/judging/arbitraries/smooth-problem-case.js';
import { judgeTrue, worstOf } from '../../src/judging/judges/judgement.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { runAlgorithm } from '../../src/reference/algorithms/iteration.js';
import { algorithms } from '../../src/reference/algorithms/registry.js';
import {
  type ErrorFeedbackState,
  errorFeedbackStep,
} from '../../src/reference/algorithms/stateful/error-feedback-sign-prox.js';
import { statefulIteration } from '../../src/reference/algorithms/stateful/iteration.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';

/** What is judged, in doubles and in rationals. */
const subjects = {
  errorFeedbackSignProx: statefulIteration('error-feedback-sign-prox', {}),
  errorFeedbackStep,
  exactSigns: scaledSigns,
};
type Subjects = typeof subjects;

const conventions = ['zero', 'positive', 'negative'] as const;

/** Iterations of a run. */
const iterations = 4;

/** Mini-batches that walk through the components, so that they differ from one iteration to the next. */
const batchesOf = ({ indices, problem }: SmoothProblemCase): number[][] => {
  const allowed = Array.from(problem.probabilities.keys()).filter((k) => problem.probabilities[k]! > 0);
  return Array.from({ length: iterations }, (_, t) =>
    indices.map((k, b) => allowed[(allowed.indexOf(k) + t * (b + 1)) % allowed.length]!),
  );
};

/** The iterates x¹ … x^T of one algorithm on the mini-batches of a case. */
function iteratesOf(
  algorithm: Subjects['errorFeedbackSignProx'],
  input: SmoothProblemCase,
  form: 'residual' | 'literal',
): Float64Array[] {
  const batches = batchesOf(input);
  const visited: Float64Array[] = [];
  runAlgorithm(algorithm, parseProblem(input.problem), input.x, {
    step: input.step,
    iterations,
    miniBatch: input.indices.length,
    form,
    signOfZero: input.signOfZero,
    indices: (t, indices) => indices.set(batches[t - 1]!),
    observer: (t, x) => t > 0 && visited.push(x.slice()),
  });
  return visited;
}

const joined = (parts: readonly Float64Array[]): Float64Array => Float64Array.from(parts.flatMap((part) => [...part]));

/** For n = 1 nothing is left out: SPGM in its residual form, bit for bit. */
const oneCoordinatePart = ({ errorFeedbackSignProx: algorithm }: Subjects) =>
  propertyPart<SmoothProblemCase>({
    name: 'n = 1 is SPGM',
    arbitrary: smoothProblemCase({ smoothTypes: certifiedSmoothTypes, families: certifiedFamilies, dimension: 1 }),
    judge: (input) =>
      judgeSame(
        'x¹ … x⁴',
        joined(iteratesOf(algorithm, input, 'residual')),
        joined(iteratesOf(algorithms.spgm, input, 'residual')),
      ),
  });

/** The same in rationals, from the proxes. */
const exactCoordinatePart = ({ exactSigns }: Subjects) =>
  propertyPart<SmoothProblemCase>({
    name: 'n = 1 is SPGM, in rationals',
    arbitrary: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies, dimension: 1 }),
    judge(input) {
      const problem = atStep(rationalProblem(input.problem, 1), fromDouble(input.step));
      const weights = batchWeights(input.indices, input.problem.functions.length);
      const x = Array.from(input.x, fromDouble);
      const fed = errorFeedbackIteration(problem, weights, { x, error: [zero] }, exactSigns(input.signOfZero));
      const [next] = spgmIteration(problem, weights, x, input.signOfZero);
      return judgeTrue('x⁺ = P̂(x) and e⁺ = 0', fed.x[0]!.equals(next!.x[0]!) && fed.error[0]!.equals(zero));
    },
  });

/** Problems on which few iterations round nowhere: linear r_k, parabolas d, and a power of two of draws and of coordinates. */
const dyadicCase = fc.constantFrom(1, 2, 2, 4).chain((dimension) =>
  smoothProblemCase({ smoothTypes: ['zero', 'quadratic'], families: ['linear', 'balanced'], dimension }).map(
    (input): SmoothProblemCase => ({
      ...input,
      indices: input.indices.slice(0, 2 ** Math.floor(Math.log2(input.indices.length))),
    }),
  ),
);

/** The states (x^t, e^t) in rationals, with the messages. */
function exactRun(input: SmoothProblemCase, exactSigns: Subjects['exactSigns']) {
  const { problem, x, step, signOfZero } = input;
  const at = atStep(rationalProblem(problem, x.length), fromDouble(step));
  let state: { x: readonly Rational[]; error: readonly Rational[] } = {
    x: Array.from(x, fromDouble),
    error: Array.from(x, () => zero),
  };
  return batchesOf(input).map((batch) => {
    const next = errorFeedbackIteration(
      at,
      batchWeights(batch, problem.functions.length),
      state,
      exactSigns(signOfZero),
    );
    state = next;
    return next;
  });
}

/** The iterates and the errors in doubles are those in rationals. */
const exactPart = ({ errorFeedbackSignProx: algorithm, errorFeedbackStep: advance, exactSigns }: Subjects) =>
  propertyPart<SmoothProblemCase>({
    name: 'doubles and rationals',
    arbitrary: dyadicCase,
    classify(input) {
      const messages = exactRun(input, exactSigns).map(({ message }) => message);
      const ties = messages.some((message) => message.some((entry) => entry.n === 0n));
      return [
        ...(ties ? [`an entry of 0 with sgn(0) ${input.signOfZero}`] : []),
        ...(input.x.length > 1 ? ['n > 1'] : []),
      ];
    },
    mustReach: ['n > 1', ...conventions.map((convention) => `an entry of 0 with sgn(0) ${convention}`)],
    judge(input) {
      const exact = exactRun(input, exactSigns);
      const expected = joined(exact.map(({ x }) => Float64Array.from(x, toDouble)));
      const problem = parseProblem(input.problem).at(input.step);
      let state: ErrorFeedbackState = { x: input.x, error: new Float64Array(input.x.length) };
      const stepped = batchesOf(input).map((batch) => {
        state = advance(problem, state, batch, { signOfZero: input.signOfZero });
        return state;
      });
      return worstOf([
        judgeSame('x¹ … x⁴', joined(iteratesOf(algorithm, input, 'residual')), expected),
        judgeSame('x¹ … x⁴ as printed', joined(iteratesOf(algorithm, input, 'literal')), expected),
        judgeSame('x¹ … x⁴, step by step', joined(stepped.map(({ x }) => x)), expected),
        judgeSame(
          'e¹ … e⁴',
          joined(stepped.map(({ error }) => error)),
          joined(exact.map(({ error }) => Float64Array.from(error, toDouble))),
        ),
      ]);
    },
  });

/**
 * signProx with error feedback, which keeps what its bits leave out: e⁰ = 0, m = e + γĜ(x), x⁺ = x − C(m), e⁺ = m − C(m) with C(m) = (‖m‖₁/n) sgn m. For n = 1
 * nothing is left out.
 */
export const claim = claimOf(subjects, (own: Subjects) =>
  propertyClaim({
    id: 'error-feedback-sign-prox',
    version: 1,
    source: { section: 'beyond the paper', equation: 'signProx with error feedback' },
    statement:
      'signProx with error feedback is x⁺ = x − C(m), e⁺ = m − C(m) with m = e + γĜ(x), e⁰ = 0, and SPGM for n = 1',
    method:
      'runs of four iterations in both forms, equal to rationals bit for bit if nothing rounds; for n = 1 equal to SPGM bit for bit',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [oneCoordinatePart(own), exactCoordinatePart(own), exactPart(own)],
  }),
);

import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { type AnswersInPlace, answering } from '../../src/claims/implementation/implementation.js';
import { plantError } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { rational, two } from '../../src/exact/arithmetic/rational.js';
import { atStep } from '../../src/exact/problem/rational-problem.js';
import { joinedPoints, type Layout, pointsOf } from '../../src/reference/algorithms/layout.js';
import { algorithms } from '../../src/reference/algorithms/registry.js';
import { statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import { parseFunction } from '../../src/reference/functions/index.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { claim as errorFeedback } from '../algorithms/error-feedback-sign-prox.js';
import { scaledSignMessageClaim as message, remarkOneBitClaim as oneBit } from '../algorithms/messages.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';
import { claim as proxForms } from '../contract/prox-forms.js';
import {
  exactAgreementClaim as exactAgreement,
  exactFormsClaim as exactForms,
} from '../second-implementation/exact-agreement.js';
import { exactSignLossClaim as exactSignLoss } from '../second-implementation/sign-loss.js';
import { kernelMutants } from './kernels.js';
import { claim as killMatrix } from './kill-matrix.js';
import { operatorMutants } from './operators.js';

/** Six units in the last place of a number. */
const slightly = 1 + 6 * 2 ** -52;

const parseSlightlyWrong: typeof parseFunction = (json) => {
  const right = parseFunction(json);
  return right.type === 'l1'
    ? { ...right, prox: (y, step, out) => right.prox(y, step, out).map((value) => value * slightly) }
    : right;
};

const statefulClaims = await loadStatefulClaims();

/** The request with the matrices of a batch below one another, as one. */
function asOneMatrix<Request extends object>(request: Request): Request {
  const { shape, batch } = request as Layout;
  return batch === true ? { ...request, batch: undefined, shape: [shape![0]! * shape![1]!, shape![2]!] } : request;
}

/** The claims about algorithms of matrices, each asked about the reference that takes a batch for one matrix. */
const withoutBatches = statefulClaims
  .filter(({ memory }) => statefulAlgorithms[memory.algorithm].points !== undefined)
  .map((claim): ClaimMutant => {
    const { reference: _, ...rest } = reference;
    const planted = answering(rest, {
      step: (question, own) => own(asOneMatrix(question)),
      run: (question, own) => own(asOneMatrix(question)),
    });
    const check: typeof claim.check = (_own, budget) => claim.check(planted, budget);
    return { claim: { ...claim, check }, wrong: 'a batch is one matrix', verdict: 'violated' };
  });

/** The claims about algorithms with memory, each asked about the reference with an error of the definition in it. */
const plantedErrors = statefulClaims.flatMap((claim) => {
  const { algorithm } = claim.memory;
  return Object.keys(statefulAlgorithms[algorithm].errors).map((wrong): ClaimMutant => {
    const planted = plantError(algorithm, wrong);
    return { claim: { ...claim, check: (_, budget) => claim.check(planted, budget) }, wrong, verdict: 'violated' };
  });
});

/** Proxes whose result goes to an array that they still read, that add to what is in it, or that take no heed of the shape of x. */
const carelessPlaces: Readonly<Record<string, NonNullable<AnswersInPlace['prox']>>> = {
  'a batch is one vector': (question, own) =>
    own(question.function.type === 'l2-ball' ? { ...question, batch: undefined } : question),
  'of a batch only the first point is computed': async (question, own) => {
    const { x } = await own(question);
    return {
      x: question.batch === true ? joinedPoints(pointsOf(x, question).with(1, pointsOf(question.x, question)[1]!)) : x,
    };
  },
  'a matrix is read column by column': async (question, own) => {
    const { x } = await own(question);
    const [m, n] = question.shape ?? [1, 1];
    return { x: question.batch === true || m === 1 ? x : x.map((_, i) => x[(i % m!) * n! + Math.floor(i / m!)]!) };
  },
  'the first entry of the result replaces that of y too early': async ({ form, ...question }, own) => {
    const plain = await own({ ...question, x: question.x.slice() });
    if (form !== 'aliased') return plain;
    question.x[0] = plain.x[0]!;
    return own({ ...question, form });
  },
  'the result is added to what the array for it held': async ({ form, ...question }, own) => {
    const { x } = await own({ ...question, x: question.x.slice() });
    return { x: form === 'out' ? x.map((value) => value + 1) : x };
  },
};

const misplaced = Object.entries(carelessPlaces).map(
  ([wrong, prox]): ClaimMutant => ({
    claim: { ...proxForms, check: (_, budget) => proxForms.check(answering(reference, { prox }), budget) },
    wrong,
    verdict: 'violated',
  }),
);

/** Wrong versions of the claims that no implementation under test answers; the others have theirs in fixtures/mutants. */
export const propertyMutants: readonly ClaimMutant[] = [
  ...misplaced,
  ...violated(exactAgreement, {
    'a prox six units in the last place off': () => ({ parseFunction: parseSlightlyWrong }),
    'θ in another order': () => ({
      parseProblem(json) {
        const problem = json as ProblemSpecification;
        return parseProblem({ ...problem, probabilities: problem.probabilities.toReversed() });
      },
    }),
  }),
  ...violated(exactForms, {
    'a residual form without ∇d': () => ({
      operatorsAt: (problem, step) => {
        const right = atStep(problem, step);
        return {
          ...right,
          residualMapping: (weights, x) =>
            right
              .residualMapping(weights, x)
              .map((entry, i) => entry.sub(right.coordinates[i]!.smooth.derivative(x[i]!))),
        };
      },
    }),
    'P̂ with half of the step': () => ({
      operatorsAt: (problem, step) => ({
        ...atStep(problem, step),
        weightedMean: atStep(problem, step.div(two)).weightedMean,
      }),
    }),
  }),
  ...violated(exactSignLoss, {
    'the literal form in place of the residual one': ({ forms: [literal] }) => ({ forms: [literal!, literal!] }),
    'the residual form in place of the literal one': ({ forms: [, residual] }) => ({ forms: [residual!, residual!] }),
  }),
  ...violated(killMatrix, {
    'a harmless mutant': () => ({
      planted: () => [{ name: 'harmless', type: 'l1', description: 'nothing is wrong', change: () => ({}) }],
    }),
  }),
  ...violated(errorFeedback, {
    'e that is never read': ({ errorFeedbackStep }) => ({
      errorFeedbackStep: (problem, { x }, ...rest) =>
        errorFeedbackStep(problem, { x, error: new Float64Array(x.length) }, ...rest),
    }),
    'e that is written before it is read': ({ errorFeedbackStep }) => ({
      errorFeedbackStep(problem, { x, error }, ...rest) {
        const early = errorFeedbackStep(problem, { x, error }, ...rest);
        return errorFeedbackStep(problem, { x, error: early.error }, ...rest);
      },
    }),
    'a step that is applied to e too': ({ errorFeedbackStep }) => ({
      errorFeedbackStep: (problem, { x, error }, ...rest) =>
        errorFeedbackStep(problem, { x, error: error.map((entry) => problem.step * entry) }, ...rest),
    }),
    'signProx in one coordinate': () => ({ errorFeedbackSignProx: algorithms['sign-prox'] }),
  }),
  ...violated(message, {
    'a number in single precision': ({ packScaledSign }) => ({
      packScaledSign(m, zero) {
        const bytes = packScaledSign(m, zero);
        const scale = new DataView(bytes.buffer);
        scale.setFloat64(0, Math.fround(scale.getFloat64(0, true)), true);
        return bytes;
      },
    }),
    'a receiver that knows the signs only': ({ unpackScaledSign }) => ({
      unpackScaledSign: (bytes, n) => unpackScaledSign(bytes, n).map(Math.sign),
    }),
    '‖m‖₁ in place of ‖m‖₁/n': ({ exactSigns }) => ({
      exactSigns: (signOfZero) => (m) =>
        exactSigns(signOfZero)(m).map((entry) => entry.mul(rational(BigInt(m.length)))),
    }),
  }),
  ...violated(oneBit, {
    'a bit that is always set': ({ packSigns }) => ({
      packSigns(vector, zero) {
        const bytes = packSigns(vector, zero);
        bytes[0]! |= 1;
        return bytes;
      },
    }),
    'the last sign of the wrong value': ({ unpackSigns }) => ({
      unpackSigns(bytes, n, out) {
        const signs = unpackSigns(bytes, n, out);
        signs[n - 1] = -signs[n - 1]!;
        return signs;
      },
    }),
    'ties that are votes against': ({ voteOnPackedSigns }) => ({
      voteOnPackedSigns: (messages, n) => voteOnPackedSigns(messages, n, { convention: 'negative' }),
    }),
  }),
  ...kernelMutants,
  ...operatorMutants,
  ...plantedErrors,
  ...withoutBatches,
];

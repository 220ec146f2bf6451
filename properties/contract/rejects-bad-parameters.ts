import type { Claim } from '../../src/claims/claim.js';
import type { Finding } from '../../src/claims/evidence.js';
import {
  type Implementation,
  ImplementationError,
  type MethodName,
  refusalOf,
} from '../../src/claims/implementation/implementation.js';
import type { Verdict } from '../../src/claims/verdict.js';
import {
  type AnyRequest,
  type BadRequest,
  badFunctions,
  badHyperparameters,
  badProblems,
  badProxes,
  badSamples,
  badSmoothTerms,
} from '../../src/judging/arbitraries/bad-request.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { problemCase } from '../../src/judging/arbitraries/problem-case.js';
import { generatedSmoothTypes } from '../../src/judging/arbitraries/smooth-specification.js';
import { directFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { type PropertyClaim, propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { iterationAt, statefulTypes } from '../../src/judging/parts/stateful-runs.js';
import { layoutOf } from '../../src/reference/algorithms/layout.js';
import type { StatefulAlgorithmName } from '../../src/reference/algorithms/stateful/names.js';

/** How many cases are tried for each defect of a request. */
const repetitions = 2;

/** Algorithms that take any r_k. */
const proximalAlgorithms = ['spgm', 'sign-prox'] as const;

const problemMethods = ['step', 'run'] as const;

/** The bad requests that were not refused as they should be: by what was wrong, how they were answered. */
type Answered = Map<string, string>;

function call(
  implementation: Implementation,
  method: MethodName,
  request: AnyRequest,
  remembering?: StatefulAlgorithmName,
): Promise<unknown> {
  // Each method takes some of it, which the requests for that method hold.
  const { specification, problem, step, indices, x } = request as Required<AnyRequest>;
  if (remembering !== undefined) {
    const { hyperparameters } = request as Required<AnyRequest>;
    const about = { algorithm: remembering, ...iterationAt(remembering, { problem, batches: [indices] }, 0, x) };
    return implementation.ask({
      method: 'step',
      ...about,
      hyperparameters,
      state: null,
      ...layoutOf(request),
      step,
      x,
    });
  }
  const algorithm = proximalAlgorithms.find((name) => implementation.description.algorithms.includes(name))!;
  switch (method) {
    case 'prox':
      return implementation.ask({ method: 'prox', function: specification, step, x });
    case 'value':
      return implementation.ask({ method: 'value', function: specification, x });
    case 'gradient':
      return implementation.ask({ method: 'gradient', function: specification, x });
    case 'step':
      return implementation.ask({ method: 'step', algorithm, problem, step, x, indices });
    case 'run':
      return implementation.ask({ method: 'run', algorithm, problem, step, x, indices: [indices] });
    case 'sample':
      return implementation.ask({ method: 'sample', probabilities: problem.probabilities, count: 2, seed: 1 });
  }
}

/** Who refuses everything checks nothing. A point outside of a domain may be refused. */
async function mustAnswer(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof ImplementationError && error.code === 'domain')) throw error;
  });
}

function partsOf(implementation: Implementation, answered: Answered): PropertyPart[] {
  const { methods, functions, smooth, algorithms, statefulAlgorithms = [], restrictions } = implementation.description;
  const part = (
    name: string,
    method: MethodName,
    arbitrary: ReturnType<typeof badFunctions>,
    remembering?: StatefulAlgorithmName,
  ): PropertyPart =>
    propertyPart<BadRequest>({
      name,
      arbitrary,
      runs: repetitions * arbitrary.length,
      async judge({ valid, bad, wrong, codes }) {
        await mustAnswer(call(implementation, method, valid, remembering));
        const refusal = await refusalOf(implementation, () =>
          call(implementation, method, { ...valid, ...bad }, remembering),
        );
        const right = refusal !== undefined && codes.includes(refusal);
        const answer = refusal === undefined ? 'with a result' : `by ${refusal}`;
        if (!right) answered.set(`${name}: ${wrong}`, answer);
        return {
          ratio: right ? 0 : Number.POSITIVE_INFINITY,
          explanation: () => `${method} with ${wrong} is answered ${answer}, right is the error code ${codes[0]}`,
        };
      },
    });

  const types = generatableTypes(functions, restrictions);
  const terms = generatedSmoothTypes.filter((type) => smooth.includes(type));
  const direct = generatableTypes(
    directFunctionTypes.filter((type) => functions.includes(type)),
    restrictions,
  );
  const ofFunctions = (['prox', 'value', 'gradient'] as const).find((method) => methods.includes(method));
  const parts: PropertyPart[] = [];
  if (ofFunctions !== undefined) {
    parts.push(...types.map((type) => part(type, ofFunctions, badFunctions(type, functions, restrictions))));
  }
  if (methods.includes('prox') && types.length > 0) parts.push(part('prox', 'prox', badProxes(types, restrictions)));
  if (methods.includes('gradient')) {
    // What is a function too has been asked as one.
    const others = terms.filter((type) => !functions.includes(type));
    parts.push(...others.map((type) => part(`d = ${type}`, 'gradient', badSmoothTerms(type, restrictions))));
  }
  if (terms.length > 0 && direct.length > 0) {
    const problem = problemCase({ smoothTypes: terms, functionTypes: direct, restrictions });
    const solves = proximalAlgorithms.some((name) => algorithms.includes(name));
    const offered = problemMethods.filter((method) => solves && methods.includes(method));
    parts.push(...offered.map((method) => part(method, method, badProblems(problem))));
  }
  if (methods.includes('step')) {
    for (const algorithm of statefulAlgorithms) {
      const options = statefulTypes(implementation, algorithm, false);
      if (options === undefined) continue;
      parts.push(part(`step of ${algorithm}`, 'step', badHyperparameters(algorithm, options), algorithm));
    }
  }
  if (methods.includes('sample')) parts.push(part('sample', 'sample', badSamples));
  return parts.filter(({ arbitrary }) => (arbitrary as readonly unknown[]).length > 0);
}

const about: Omit<PropertyClaim, 'parts'> = {
  id: 'rejects-bad-parameters',
  version: 3,
  source: { section: 'beyond the paper', equation: 'protocol 2.0' },
  statement:
    'a parameter or hyperparameter out of its range, of a wrong length or NaN is refused with bad-request, an unknown function with unsupported',
  method:
    'every declared parameter, hyperparameter, step, θ and index is made invalid in turn, beside the same valid request; reported, and a failure only if the implementation declares rejectsBadParameters',
  requires: {},
  judges: [],
  expected: ['holds', 'illustrated'],
  success: 'holds',
};

/** The evidence on an implementation that does not promise to check: what it does is reported. */
function reportedOnly(evidence: Finding, answered: Answered): Finding {
  const { worst: _, minimal: __, failure, parts = [], ...rest } = evidence;
  const verdict: Verdict = 'illustrated';
  const [example] = answered;
  const first = example === undefined ? '' : `, e.g. ${example[0]} is answered ${example[1]}`;
  const ended = failure === undefined ? '' : `; not asked further after this: ${failure.message}`;
  return {
    ...rest,
    verdict,
    parts: parts.map((part) => (part.verdict === 'holds' ? part : { ...part, verdict, worstRatio: 0 })),
    reason: `told only, as rejectsBadParameters is not declared: ${answered.size} kinds of bad request are not refused by bad-request${first}${ended}`,
  };
}

/**
 * A weight of −1, lower > upper, Σθ ≠ 1, NaN, a wrong length: nothing that a prox, a step or a sample of could be right. An answer to it is
 * no wrong mathematics, so it fails only who declares in `conventions` that it is refused.
 */
export const claim: Claim = {
  ...about,
  async check(implementation, budget): Promise<Finding> {
    const answered: Answered = new Map();
    const evidence = await propertyClaim({ ...about, parts: () => partsOf(implementation, answered) }).check(
      implementation,
      budget,
    );
    const promised = implementation.description.conventions.rejectsBadParameters === true;
    return promised || ['holds', 'not-applicable'].includes(evidence.verdict)
      ? evidence
      : reportedOnly(evidence, answered);
  },
};

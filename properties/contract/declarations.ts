import type { Answered, Claim } from '../../src/claims/claim.js';
import type { Finding } from '../../src/claims/evidence.js';
import { termOf } from '../../src/claims/implementation/call.js';
import { describeConventions, detectConventions } from '../../src/claims/implementation/detect-conventions.js';
import type { ImplementationDescription, MethodName } from '../../src/claims/implementation/implementation.js';
import { withinRestrictions } from '../../src/claims/implementation/within-restrictions.js';
import { refusingThemselves } from '../../src/claims/subject-verdicts.js';
import { plural } from '../../src/claims/text.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { averagedTypes, averageType } from '../../src/judging/arbitraries/prox-case.js';
import { generatedSmoothTypes } from '../../src/judging/arbitraries/smooth-specification.js';
import { describeMemories } from '../../src/judging/parts/memory-conventions.js';
import {
  algorithmsOfGradients,
  differentiableTypes,
  directFunctionTypes,
} from '../../src/judging/parts/problem-parts.js';
import type { AlgorithmName } from '../../src/reference/algorithms/algorithm.js';
import { isStateful, type StatefulAlgorithmName } from '../../src/reference/algorithms/stateful/names.js';
import { isGivenGradients, statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import { registry } from '../../src/reference/functions/index.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';

/**
 * What the paper leaves open: the value of sgn at exactly 0 (one bit cannot carry it), the outcome of a tie, and what definitions often
 * disagree about, the ½ in squared norms, the first memory of a momentum and the place of a decay. Told, never failed: whether it matters, other claims decide.
 */
export const conventionsClaim: Claim = {
  id: 'conventions',
  version: 2,
  source: { section: '1', equation: 'sgn(0), ties, ½' },
  statement: 'sgn(0), ties, the ½ in squared norms and the first momentum follow some convention',
  method:
    'questions whose answers differ between the conventions, and short runs for memories; a sign is asked for 36 times',
  requires: {},
  judges: [],
  expected: ['illustrated'],
  async check(implementation): Promise<Finding> {
    const { statefulAlgorithms = [] } = implementation.description;
    const memories = statefulAlgorithms.length > 0 ? (await loadStatefulClaims()).map(({ memory }) => memory) : [];
    const words = {
      ...describeConventions(await detectConventions(implementation)),
      ...(await describeMemories(withinRestrictions(implementation), memories)),
    };
    const { signOfZero } = implementation.description.conventions;
    const declared = Object.entries(words).map(([name, value]) => {
      const otherwise = name === 'sgn(0)' && value !== signOfZero ? ` (declared ${signOfZero})` : '';
      return `${name}: ${value}${otherwise}`;
    });
    return {
      verdict: declared.length > 0 ? 'illustrated' : 'not-applicable',
      reason: declared.length > 0 ? declared.join('; ') : 'nothing that it offers depends on one of them',
      cases: declared.length,
      measured: words,
    };
  },
};

const ofFunctions: readonly MethodName[] = ['prox', 'value', 'gradient'];
const ofAlgorithms: readonly MethodName[] = ['step', 'run'];

/** Something declared, e.g. `method run`, and why no claim asks about it. */
interface Unjudged {
  readonly name: string;
  readonly reason: string;
  /** Whether all its questions were refused, or some valid ones. */
  readonly isRefused?: true;
}

/** How the reason begins where questions were asked, and none was answered. */
const refusedAlways = 'every question was refused';

/** Subjects of which valid questions were refused, beside others that were answered. */
function refusedInPart(answered: ReadonlyMap<string, Answered> = new Map()): Unjudged[] {
  const refusing = [...answered].flatMap(([subject, { cases, refused }]) =>
    refused === undefined ? [] : [{ subject, cases, refused: refused.count }],
  );
  return refusingThemselves(refusing)
    .filter(({ cases }) => cases > 0)
    .map(({ subject, cases, refused }) => {
      return { name: subject, reason: `${refused} of ${plural(cases + refused, 'case')} refused`, isRefused: true };
    });
}

/** The algorithms that are declared, those with memory last. */
const algorithmsOf = ({ algorithms, statefulAlgorithms = [] }: ImplementationDescription) => [
  ...algorithms,
  ...statefulAlgorithms,
];

/** What an implementation declares and no claim can ask about, or refuses whenever it is asked. */
function unjudged(
  description: ImplementationDescription,
  answered: ReadonlyMap<string, Answered> | undefined = new Map(),
): Unjudged[] {
  const { methods, functions, smooth, accuracy = {}, variants = [], unknown, restrictions } = description;
  const algorithms = algorithmsOf(description);
  const offers = (names: readonly MethodName[]): boolean => methods.some((method) => names.includes(method));
  const generatable = [
    ...generatableTypes(functions, restrictions),
    ...(averagedTypes(functions, restrictions).length > 0 ? [averageType] : []),
  ];
  const terms = smooth.filter((type) => generatedSmoothTypes.includes(type));
  const direct = generatableTypes(
    directFunctionTypes.filter((type) => functions.includes(type)),
    restrictions,
  );
  const problems = terms.length > 0 && direct.length > 0;
  // The gradient of a term that is a function too is asked for as that of the function.
  const differentiated = methods.includes('gradient')
    ? terms.filter((type) => !(registry.has(type) && functions.includes(type)))
    : [];
  const areGiven = algorithms.length > 0 && algorithms.every(isGivenGradients);
  const inProblems = problems && offers(ofAlgorithms) && !areGiven;

  /** Why none of the cases was judged that were asked about any of these; undefined where one was, or none was asked. */
  const refusalOf = (subjects: readonly string[]): string | undefined => {
    const asked = subjects.flatMap((subject) => answered.get(subject) ?? []);
    if (asked.length === 0 || asked.some(({ cases }) => cases > 0)) return undefined;
    const said = asked.find(({ refusal }) => refusal !== undefined)?.refusal;
    return said === undefined ? 'no case was answered' : `${refusedAlways}: ${said}`;
  };
  const ofFunction = (type: string): string | undefined => {
    if (!registry.has(type)) return 'not in the vocabulary';
    if (!generatable.includes(type)) return 'nothing is declared that it could be made of';
    if (!offers(ofFunctions)) {
      return inProblems && direct.includes(type) ? undefined : 'no method is declared that takes it';
    }
    return refusalOf(ofFunctions.filter((method) => methods.includes(method)).map((method) => `${method} of ${type}`));
  };
  const ofTerm = (type: string): string | undefined => {
    if (!terms.includes(type)) return 'not in the vocabulary';
    if (!inProblems && !differentiated.includes(type)) return 'no method is declared that takes it';
    return refusalOf([termOf(type), ...(differentiated.includes(type) ? [`gradient of ${type}`] : [])]);
  };
  const ofMethod = (method: MethodName): string | undefined => {
    const asked = ofFunctions.includes(method)
      ? generatable.length > 0 || (method === 'gradient' && differentiated.length > 0)
      : problems || algorithms.some(isGivenGradients) || !ofAlgorithms.includes(method);
    if (!asked) return 'nothing is declared that it could be asked about';
    if (ofAlgorithms.includes(method) && algorithms.length === 0) return 'no algorithm is declared';
    return refusalOf([...answered.keys()].filter((name) => name === method || name.startsWith(`${method} of `)));
  };
  const differentiable = generatableTypes(
    differentiableTypes.filter((type) => functions.includes(type)),
    restrictions,
  );
  const ofAlgorithm = (algorithm: AlgorithmName | StatefulAlgorithmName): string | undefined => {
    if (!offers(ofAlgorithms)) return 'neither step nor run is declared';
    const ofGradients = isStateful(algorithm)
      ? statefulAlgorithms[algorithm].takes === 'gradients' && !isGivenGradients(algorithm)
      : algorithmsOfGradients.includes(algorithm);
    if (ofGradients && differentiable.length === 0) {
      return 'no differentiable function is declared';
    }
    return refusalOf(ofAlgorithms.map((method) => `${method} of ${algorithm}`));
  };
  const ofVariant = (variant: string): string | undefined =>
    offers(ofAlgorithms) && algorithms.length > 0
      ? refusalOf([`variant ${variant}`])
      : 'nothing is declared that it could be a variant of';
  const ofAccuracy = (type: string): string | undefined =>
    functions.includes(type) ? undefined : 'no such function is declared';
  const foreign = (): string => 'not in the protocol';

  const list = <Name extends string>(
    kind: string,
    names: readonly Name[],
    why: (name: Name) => string | undefined,
  ): Unjudged[] =>
    names.flatMap((name) => {
      const reason = why(name);
      if (reason === undefined) return [];
      return [
        { name: `${kind} ${name}`, reason, ...(reason.startsWith(refusedAlways) && { isRefused: true as const }) },
      ];
    });
  return [
    ...list('function', functions, ofFunction),
    ...list('smooth term', smooth, ofTerm),
    ...list('method', methods, ofMethod),
    ...list('algorithm', algorithms, ofAlgorithm),
    ...list('variant', variants, ofVariant),
    ...list('method', unknown?.methods ?? [], foreign),
    ...list('algorithm', unknown?.algorithms ?? [], foreign),
    ...list('accuracy of', Object.keys(accuracy), ofAccuracy),
  ];
}

const naming = (what: string, things: readonly Unjudged[]): string =>
  things.length === 0 ? '' : `${what}: ${things.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`;

/** Names what a reader of the report could take for judged because it is declared. Told, never failed: nobody need stay in the vocabulary. */
export const declaredIsJudgedClaim: Claim = {
  id: 'declared-is-judged',
  version: 2,
  source: { section: 'beyond the paper', equation: 'protocol 2.0' },
  statement: 'every declared function, term, method, algorithm and variant is judged on some case',
  method:
    'the declaration is compared with what the generators can produce, and with the cases that earlier claims have judged',
  requires: {},
  sumsUp: true,
  expected: ['holds', 'illustrated'],
  async check({ description }, { answered }): Promise<Finding> {
    const { methods, functions, smooth, variants = [], unknown } = description;
    const algorithms = algorithmsOf(description);
    const left = unjudged(description, answered);
    // What refuses every question is refused in all that is made of it.
    const partly = left.some(({ isRefused }) => isRefused) ? [] : refusedInPart(answered);
    const declared = [
      methods,
      functions,
      smooth,
      algorithms,
      variants,
      unknown?.methods ?? [],
      unknown?.algorithms ?? [],
    ];
    const cases = declared.reduce((sum, names) => sum + names.length, 0);
    // Where nothing is judged, no claim applies, and this one must not look like one that did.
    const nothing =
      !left.some(({ isRefused }) => isRefused) &&
      methods.every((method) => left.some(({ name }) => name === `method ${method}`));
    const some = left.length + partly.length === 0 ? 'holds' : 'illustrated';
    return {
      verdict: nothing ? 'not-applicable' : some,
      reason:
        left.length + partly.length === 0
          ? `each of ${cases} declared things is judged`
          : [naming('not judged', left), naming('valid questions refused', partly)].filter(Boolean).join('; '),
      cases,
      parts: [...left, ...partly].map((entry) => {
        // Inconclusive where valid questions were refused, so that `--strict` fails: nothing is known about something declared.
        const { name, reason, isRefused } = entry;
        return { name, reason, verdict: isRefused ? 'inconclusive' : 'not-applicable', cases: 0, worstRatio: 0 };
      }),
    };
  },
};

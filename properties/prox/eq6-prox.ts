import type { Budget, Depth } from '../../src/claims/claim.js';
import { isBuiltOfFunctions, typesIn } from '../../src/claims/implementation/call.js';
import { type Dtype, spacing, unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { isPiecewiseQuadratic } from '../../src/exact/functions/coordinate-function.js';
import { askable, isShaped, isSymmetric } from '../../src/judging/arbitraries/basic-functions.js';
import { extremeSteps, stepCategory } from '../../src/judging/arbitraries/dyadic.js';
import { generatableTypes, wrapperTypes } from '../../src/judging/arbitraries/function-specification.js';
import { classifyPoint } from '../../src/judging/arbitraries/points.js';
import {
  averageCase,
  averagedTypes,
  averageType,
  besideKinksCase,
  blockCases,
  hasKinks,
  isBall,
  longerProxCase,
  nonsymmetricCase,
  type ProxCase,
  pointBallCase,
  proxCase,
  structuredCases,
} from '../../src/judging/arbitraries/prox-case.js';
import { declaredError, declaredPrecision } from '../../src/judging/judges/declared-accuracy.js';
import { roundingOfProx } from '../../src/judging/judges/distance.js';
import { judgeMinimisers } from '../../src/judging/judges/global-minimiser.js';
import { type Judgement, judgeVector, worstAnswered, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything, ofSum, underflow } from '../../src/judging/judges/precision.js';
import { judgeProximalPoint, judgeStationarity } from '../../src/judging/judges/proximal-optimality.js';
import { nestedMagnitude, ownMagnitude } from '../../src/judging/judges/specification-size.js';
import { judgePhantomProx, phantomPart } from '../../src/judging/parts/phantom-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseFunction, parseOnce, registry } from '../../src/reference/functions/index.js';

/** What every run must have met: the guaranteed steps, 1-element and zero vectors, kinks and both sides of a domain. */
function placesToReach(type: string): string[] {
  const always = ['step 0.1', 'step 0.7', 'step 1', 'step 3', 'one element', 'zero vector'];
  const definition = registry.get(type)!.definition;
  // A wrapper has the kinks and the domain of whatever it wraps, so no single run need meet them.
  if (isBuiltOfFunctions(type)) return always;
  const example = parseFunction({ type, ...definition.examples[0] });
  const coordinate = example.coordinate?.(0) ?? example;
  return [
    ...always,
    ...(coordinate.kinks?.(1).some(Number.isFinite) ? ['kink', 'near a kink'] : []),
    ...(example.violation ? ['inside', 'outside'] : []),
    ...(definition.traits.separable === 'no' ? ['tie'] : []),
  ];
}

/**
 * Factor by which roundings enter the prox of a proximal average with parameter μ at a step σ: it solves P⁰(x) + (σ/μ)(x − P⁰(x)) = y for x, and the equation
 * multiplies the rounding of x by up to σ/μ.
 */
const averageFactor = (specification: FunctionSpecification, step: number): number =>
  Math.max(1, step / (specification['step'] as number));

/** Whether a wrapper stands inside of another. */
const twiceWrapped = (specification: FunctionSpecification): boolean =>
  typesIn(specification).filter((type) => wrapperTypes.includes(type)).length > 1;

/**
 * How thoroughly a prox is judged: by few comparisons, by the distance to the suite's own minimiser alone where there is one, or also by the exact
 * minimisers of a piecewise quadratic function that is not convex: values show where these are only to the square root of rounding.
 */
interface Thoroughness {
  readonly roughly?: boolean;
  readonly byDistance?: boolean;
  readonly exactly?: boolean;
}

/** Whether rationals tell the minimisers: of these types, alone or behind one matrix. */
const hasExactMinimisers = (specification: FunctionSpecification): boolean =>
  typesIn(specification).every((type) => isPiecewiseQuadratic(type) || type === specification.type) &&
  (isPiecewiseQuadratic(specification.type) || specification.type === 'semi-orthogonal');

async function judgeProx(
  implementation: Implementation,
  { specification, step, y }: ProxCase,
  { roughly = false, byDistance = false, exactly = false }: Thoroughness = {},
): Promise<Judgement> {
  const { type } = specification;
  const target = parseOnce(specification);
  const u = (await implementation.ask({ method: 'prox', function: specification, step, x: y.slice() })).x;
  const isAverage = type === averageType;
  const { dtype, computeDtype = dtype } = implementation.description;
  const factor = isAverage ? averageFactor(specification, step) : 1;
  const precisionIn = (format: Dtype): number =>
    Math.max(factor * declaredPrecision(implementation, specification, format), target.accuracy ?? 0);
  const precision = precisionIn(dtype);
  // An average multiplies what is declared for its components, so it is judged by its precision alone.
  const declared = isAverage ? 0 : declaredError(implementation, specification, target, step, y);
  // One wrapper enlarges rounding errors by no more than the judgement leaves room for, two of them by the product.
  const nested = declared > 0 || twiceWrapped(specification);
  const magnitude = nested ? nestedMagnitude(specification) : ownMagnitude(specification);
  const rival = implementation.reference ? undefined : target.prox(y, step);
  const normwise = declared > 0;
  const claimed = { target, step, y, u, precision, magnitude, normwise, roughly, ...(rival ? { rival } : {}) };
  const isFar = byDistance && rival !== undefined && target.convex && u.length === y.length;
  const judgements = isFar ? [] : [judgeProximalPoint(claimed)];
  if (u.length !== y.length) return judgements[0]!;
  if (target.gradient !== undefined) judgements.push(judgeStationarity(claimed));
  if (exactly && !target.convex && u.every(Number.isFinite) && hasExactMinimisers(specification)) {
    const size = maximumNorm(y) + (1 + step) * nestedMagnitude(specification) + maximumNorm(u);
    judgements.push(judgeMinimisers({ specification, step, y, u, rounding: ofAnything * precision * size }));
  }
  // Minimisers of a non-convex function tie: another one is as right as the suite's own.
  if (rival !== undefined && target.convex) {
    // An accuracy is declared for the distance, so it is taken at its word there; the suite's own iterations have theirs.
    const relative = declared > 0 ? unitRoundoff(computeDtype) : precisionIn(computeDtype);
    const ofEntry = roundingOfProx(target, step, y, rival, { precision: relative, magnitude });
    // A norm or a threshold of a longer vector is a longer sum.
    const rounding = (i: number): number => Math.max(1, ofSum(y.length) / ofAnything) * ofEntry(i);
    const iterated = declared > 0 ? (target.accuracy ?? 0) * Math.hypot(...y) + declared : 0;
    // What is computed with more digits is rounded once.
    const last = (error: number, i: number): number =>
      computeDtype === dtype ? 0 : spacing(dtype, Math.abs(rival[i]!) + error) / 2;
    const distance = judgeVector('prox_{γr}(y)', u, rival, (i) => {
      const error = rounding(i) + iterated;
      return error + last(error, i) + underflow(dtype);
    });
    const worst = worstOf([...judgements, distance]);
    const [optimality] = judgements;
    if (optimality === undefined) return worst;
    // Whichever of them fails, a reader wants the right answer and why the returned one is not.
    return {
      ratio: worst.ratio,
      explanation: () => `${distance.explanation!()}; ${(worst === distance ? optimality : worst).explanation!()}`,
    };
  }
  return worstOf(judgements);
}

/**
 * How many longer vectors are judged for each function: few, because each costs more, and fewest of the reference, whose ordinary runs judge
 * all the rest too.
 */
const longerRuns: Readonly<Record<Depth, number>> = { quick: 20, standard: 60, deep: 300 };

/** Judges another step for the same y: what was kept of the first answer shows in the second, and the case tells the first step only. */
const judgeOtherStep = (implementation: Implementation, input: ProxCase): Promise<Judgement> =>
  judgeAgain(implementation, { ...input, step: 4 * input.step }, `at 4γ = ${4 * input.step}`);

/**
 * Judges that step for the entries of y in another order, but for the first. What is kept under the length, the first entry, the sum or the
 * size of y, and not under all of it, shows.
 */
const judgeOtherOrder = (implementation: Implementation, { specification, step, y }: ProxCase): Promise<Judgement> =>
  judgeAgain(
    implementation,
    { specification, step: 4 * step, y: askable(specification, Float64Array.of(y[0]!, ...y.subarray(1).toReversed())) },
    `at 4γ = ${4 * step} with all entries of y but the first in reverse order`,
  );

/** An answer that was kept is far from right, which few comparisons show. */
async function judgeAgain(implementation: Implementation, input: ProxCase, how: string): Promise<Judgement> {
  const { explanation, ...judgement } = await judgeProx(implementation, input, { roughly: true });
  return { ...judgement, ...(explanation && { explanation: () => `asked again ${how}: ${explanation()}` }) };
}

/** Vectors that are long enough for rectangles, several segments and several blocks, at steps near 1 and far from it. */
function longerParts(implementation: Implementation, { depth }: Budget): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const runs = longerRuns[implementation.reference && depth === 'standard' ? 'quick' : depth];
  return generatableTypes(functions, restrictions).map((type) =>
    propertyPart<ProxCase>({
      name: `${type}, longer vectors`,
      arbitrary: longerProxCase(type, functions, true, restrictions),
      runs,
      classify: ({ specification, step }) => {
        const [rows, columns] = (specification['shape'] ?? []) as number[];
        return [
          ...stepCategory(step),
          ...(rows === undefined ? [] : [rows > 1 && columns! > 1 && rows !== columns ? 'rectangle' : 'row or column']),
          ...(twiceWrapped(specification) ? ['twice wrapped'] : []),
        ];
      },
      mustReach: [...Object.keys(extremeSteps), ...(isShaped(type) && !isSymmetric(type) ? ['rectangle'] : [])],
      judge: async (input) =>
        worstAnswered([judgeProx, judgeOtherStep, judgeOtherOrder].map((judge) => () => judge(implementation, input))),
    }),
  );
}

/** How often each length of long vectors is asked. */
const blockRuns: Readonly<Record<Depth, number>> = { quick: 1, standard: 2, deep: 20 };

/**
 * Vectors that are longer than blocks and registers. They are judged by the distance to the suite's own minimiser, which costs as much as the
 * prox itself; the reference, and minimisers that tie, by values, which cost more.
 */
function blockParts(implementation: Implementation, { depth }: Budget): PropertyPart[] {
  const { restrictions, dtype, ...declared } = implementation.description;
  // What is declared need not be in the vocabulary.
  const functions = declared.functions.filter((type) => registry.has(type));
  return generatableTypes(functions, restrictions).flatMap((type) => {
    const isSlow = implementation.reference === true || registry.get(type)!.definition.traits.convex === 'no';
    const cases = blockCases(type, functions, { dtype, restrictions }, isSlow);
    if (cases.length === 0) return [];
    return [
      propertyPart<ProxCase>({
        name: `${type}, blocks`,
        arbitrary: cases,
        runs: blockRuns[depth] * cases.length,
        judge: (input) => judgeProx(implementation, input, { byDistance: true }),
      }),
    ];
  });
}

/** Places where few cases fall and a wrong prox shows, each for the types that have it. */
function specialParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions, dtype, nonsymmetric } = implementation.description;
  const types = generatableTypes(functions, restrictions);
  const partsOf = (
    special: string,
    among: readonly string[],
    casesOf: (type: string) => PropertyPart<ProxCase>['arbitrary'],
    rest: Pick<PropertyPart<ProxCase>, 'runs' | 'classify' | 'mustReach'>,
  ) =>
    among.map((type) =>
      propertyPart<ProxCase>({
        name: `${type}, ${special}`,
        arbitrary: casesOf(type),
        judge: (input) => judgeProx(implementation, input),
        ...rest,
      }),
    );
  return [
    // A kink or a limit that is a few per cent off.
    ...partsOf('beside kinks', types.filter(hasKinks), (type) => besideKinksCase(type, 'prox', restrictions), {
      runs: 20,
    }),
    // Balls that are a point, to which a projection must not divide by the length of 0.
    ...partsOf('radius 0', generatableTypes(functions).filter(isBall), pointBallCase, {
      runs: 20,
      classify: ({ specification, step, y }) => classifyPoint(y, parseOnce(specification), step),
      mustReach: ['zero vector', 'outside'],
    }),
    // Diagonal matrices, multiples of the identity and matrices of rank one, where a closed form may divide by 0 or take a wrong branch, and
    // matrices whose singular values are far apart: about eight of each.
    ...partsOf('structured', types.filter(isShaped), (type) => structuredCases(type, dtype, restrictions), {
      runs: 40,
    }),
    // Matrices that are not symmetric, where the implementation promises to project them onto the symmetric ones.
    ...partsOf('not symmetric', nonsymmetric === 'project' ? types.filter(isSymmetric) : [], nonsymmetricCase, {
      runs: 20,
    }),
  ];
}

/** The proximal average as a function of its own, at its own step and at others. */
function averageParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const types = averagedTypes(functions, restrictions);
  if (types.length === 0) return [];
  return [
    propertyPart<ProxCase>({
      name: averageType,
      arbitrary: averageCase(types, restrictions),
      classify: ({ specification, step, y }) => [
        ...classifyPoint(y, parseOnce(specification), step),
        ...stepCategory(step),
        step === specification['step'] ? 'step of the average' : 'step of its own',
      ],
      mustReach: [...placesToReach(averageType), 'step of the average', 'step of its own'],
      judge: (input) => judgeProx(implementation, input),
    }),
  ];
}

/**
 * prox_{γr}(y) = argmin_x ½‖x − y‖² + γr(x), equation (6): u is judged by the variational inequality of the minimiser against the
 * suite's own value of r, and another implementation's u also by the distance to the suite's own minimiser.
 */
export const claim = propertyClaim({
  id: 'eq6-prox',
  version: 2,
  source: { section: '1', equation: '(6)' },
  statement: 'prox_{γr}(y) is the unique minimiser of ½‖x − y‖² + γ r(x)',
  method:
    'variational inequality with an independently written r at neighbours, kinks, ties and members of the domain; if an accuracy a ' +
    'is declared for a type in r, ‖u − prox(y)‖ ≤ a(‖y‖ + ‖prox(y)‖), in wrappers + a(1 + γ)M√n with M the size of their numbers',
  requires: { methods: ['prox'] },
  judgesFunctions: true,
  success: 'holds',
  parts: (implementation, budget) => [
    ...generatableTypes(implementation.description.functions, implementation.description.restrictions).map((type) =>
      propertyPart<ProxCase>({
        name: type,
        arbitrary: proxCase(type, implementation.description.functions, implementation.description.restrictions),
        classify: ({ specification, step, y }) => [
          ...classifyPoint(y, parseOnce(specification), step),
          ...stepCategory(step),
        ],
        mustReach: placesToReach(type),
        judge: (input) => judgeProx(implementation, input, { exactly: true }),
      }),
    ),
    ...specialParts(implementation),
    ...longerParts(implementation, budget),
    ...blockParts(implementation, budget),
    ...averageParts(implementation),
    ...phantomPart(implementation, budget, judgePhantomProx),
  ],
});

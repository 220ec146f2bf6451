import fc from 'fast-check';
import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import { type Implementation, ImplementationError } from '../../src/claims/implementation/implementation.js';
import { isShaped, manyCoordinates } from '../../src/judging/arbitraries/basic-functions.js';
import { boundaryCase, isInsideExactly, onBoundary } from '../../src/judging/arbitraries/boundary.js';
import { dyadic, smallDimension } from '../../src/judging/arbitraries/dyadic.js';
import {
  generatableTypes,
  generatedFunctionTypes,
  wrapperTypes,
} from '../../src/judging/arbitraries/function-specification.js';
import { classifyPoint } from '../../src/judging/arbitraries/points.js';
import {
  averageCase,
  averagedTypes,
  averageType,
  besideKinksCase,
  blockCases,
  hasKinks,
  isBall,
  isInShell,
  largeCase,
  longerProxCase,
  type ProxCase,
  pointBallCase,
  proxCase,
  shellCase,
  structuredCases,
} from '../../src/judging/arbitraries/prox-case.js';
import { generatedSmoothTypes, smoothSpecification } from '../../src/judging/arbitraries/smooth-specification.js';
import { declaredPrecision } from '../../src/judging/judges/declared-accuracy.js';
import { differenceQuotients, exactGradient, exactValue, quotientStep } from '../../src/judging/judges/exact-judges.js';
import { type Judgement, judgeVector, overflows } from '../../src/judging/judges/judgement.js';
import { jumpOfRounding } from '../../src/judging/judges/jumps.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { maximumNorm, ofAnything, parameterMagnitude, showVector } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { differentiableTypes, directFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';
import { type ProximalAverage, parseFunction, parseOnce, registry } from '../../src/reference/functions/index.js';
import { specificationOf } from '../../src/reference/functions/parameters/function.js';
import type { SmoothSpecification } from '../../src/reference/smooth/definition/smooth-function.js';

/** Distance from y at which rounding may put it on the other side of a domain's boundary. */
const roundings = ofAnything;

/** How many vectors of many coordinates are judged for each function. */
const longerRuns = 10;

/** How many points in the shell of a set, and how many of balls of radius 0. */
const specialRuns = 20;

/** r(y) as the implementation has it: outside of the domain, a rejection with the code `domain` says the same as +∞. */
async function statedValue(implementation: Implementation, { specification, y }: ProxCase): Promise<number> {
  try {
    return (await implementation.ask({ method: 'value', function: specification, x: y.slice() })).value;
  } catch (error) {
    if (error instanceof ImplementationError && error.code === 'domain') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

const exampleOf = (type: string): ProximableFunction =>
  parseFunction({ type, ...registry.get(type)!.definition.examples[0] });

/** True when the second implementation has functions of this type. */
function isRational(type: string): boolean {
  const example = exampleOf(type);
  return exactValue(specificationOf(example), new Float64Array(example.dimension ?? 1)) !== undefined;
}

/**
 * r(u) = Σθ_k[r_k(u_k) + ‖u_k − u‖²/2μ] with u_k = prox_{μr_k}(x) for the x with Σθ_k u_k = u. All of u and u_k are of the size of x and the
 * parameters at the most; an error δ of x moves the sum by ‖x − u‖/μ·δ.
 */
function valueAverageParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const types = averagedTypes(functions, restrictions);
  if (types.length === 0) return [];
  return [
    propertyPart<ProxCase>({
      name: averageType,
      arbitrary: averageCase(types, restrictions),
      async judge({ specification, y }) {
        const precision = declaredPrecision(implementation, specification);
        const actual = (await implementation.ask({ method: 'value', function: specification, x: y.slice() })).value;
        const expected = exactValue(specification, y)!;
        const parameter = specification['step'] as number;
        const magnitude = 1 + parameterMagnitude(specification);
        const x = (parseOnce(specification) as ProximalAverage).preimage(y);
        const size = maximumNorm(y) + maximumNorm(x) + (1 + parameter) * magnitude;
        const allowed = roundings * precision * size * size * (magnitude + 1 / parameter) * y.length;
        return {
          ratio: Math.abs(actual - expected) / allowed,
          explanation: () => `r(y) at y = ${showVector(y)}: returned ${actual}, right is ${expected}`,
        };
      },
    }),
  ];
}

/** The same part on long vectors, one of each length. */
function blockPart(part: PropertyPart<ProxCase>, cases: ReturnType<typeof blockCases>): PropertyPart[] {
  if (cases.length === 0) return [];
  return [propertyPart({ ...part, name: `${part.name}, blocks`, arbitrary: cases, runs: cases.length, mustReach: [] })];
}

/**
 * r as the vocabulary defines it, ½s, weights and domains included. The suite judges optimality by its own values, so a wrong one
 * here spoils nothing else; it is what an objective is monitored by.
 */
export const functionValuesClaim = propertyClaim({
  id: 'function-values',
  version: 2,
  source: { section: '1', equation: '(1)' },
  statement: 'r(u) is the function that it is named after, +∞ outside its domain',
  method:
    'compared with the suite’s own value at kinks and a few per cent beside them, inside and outside of domains; either answer on a boundary if rounding decides',
  requires: { methods: ['value'] },
  judgesFunctions: true,
  success: 'holds',
  effort: 0.5,
  parts: (implementation) => {
    const { functions, restrictions } = implementation.description;
    // The reference is judged by the second implementation alone: against itself it would always be right.
    const types = generatableTypes(functions, restrictions).filter(
      (type) => !implementation.reference || isRational(type),
    );
    const { dtype } = implementation.description;
    const parts = types.flatMap((type) => {
      // A wrapper has the domain of whatever it wraps, so no single run need meet both sides of one.
      const { parameters } = registry.get(type)!.definition;
      const domain = exampleOf(type).violation !== undefined && !('inner' in parameters || 'blocks' in parameters);
      const part: PropertyPart<ProxCase> = {
        name: type,
        arbitrary: proxCase(type, functions, restrictions),
        classify: ({ specification, step, y }) => classifyPoint(y, parseOnce(specification), step),
        mustReach: ['one element', ...(domain ? ['inside', 'outside'] : [])],
        judge: (input) => judgeValue(input, false),
      };
      const judgeValue = async (input: ProxCase, isDecided: boolean): Promise<Judgement> => {
        const { specification, y } = input;
        const target = parseOnce(specification);
        const precision = declaredPrecision(implementation, specification);
        const actual = await statedValue(implementation, input);
        const expected = exactValue(specification, y) ?? target.value(y);
        const size = 1 + maximumNorm(y) + parameterMagnitude(specification);
        const reach = roundings * Math.max(precision, target.accuracy ?? 0) * size;
        const explanation = (): string => `r(y) at y = ${showVector(y)}: returned ${actual}, right is ${expected}`;
        const slack = Math.sqrt(precision) * size;
        const either = !isDecided && onBoundary(target, y, reach, slack);
        if (either && (actual === Number.POSITIVE_INFINITY || Number.isFinite(actual))) {
          const inside = Number.isFinite(expected) ? expected : target.finiteValue!(y);
          const error = actual === Number.POSITIVE_INFINITY ? 0 : Math.abs(actual - inside);
          return { ratio: error / (reach * size * y.length), explanation };
        }
        if (!Number.isFinite(expected)) {
          return { ratio: actual === expected ? 0 : Number.POSITIVE_INFINITY, explanation };
        }
        // Large weights of many terms make a sum that is large beside its terms' arguments.
        const sum = y.length < manyCoordinates ? 0 : roundings * precision * Math.abs(expected);
        const allowed = reach * size * y.length + sum;
        if (Math.abs(actual) === Number.POSITIVE_INFINITY && overflows(dtype, expected, allowed)) return { ratio: 0 };
        const error = Math.abs(actual - expected) - jumpOfRounding(specification, y, roundings * precision);
        return { ratio: Math.max(0, error) / allowed, explanation };
      };
      const special = (
        name: string,
        runs: number,
        arbitrary: PropertyPart<ProxCase>['arbitrary'],
        rest: Partial<PropertyPart<ProxCase>> = {},
      ) => propertyPart({ ...part, name: `${type}, ${name}`, arbitrary, runs, mustReach: [], ...rest });
      return [
        propertyPart(part),
        special('longer vectors', longerRuns, longerProxCase(type, functions, false)),
        ...blockPart(part, blockCases(type, functions, { dtype, restrictions }, implementation.reference)),
        // The root of a singular value that is rounded off 0 has half of its digits wrong.
        ...(isShaped(type) ? [special('structured', 2 * specialRuns, structuredCases(type, dtype, restrictions))] : []),
        ...(exampleOf(type).violation === undefined
          ? [special('large entries', longerRuns, largeCase(type, functions, restrictions))]
          : []),
        ...(hasKinks(type) ? [special('beside kinks', specialRuns, besideKinksCase(type, 'value', restrictions))] : []),
        ...(domain || isBuiltOfFunctions(type)
          ? [
              special('on a boundary', 2 * specialRuns, boundaryCase(type, functions, restrictions), {
                classify: (input) => (isInsideExactly(input) ? ['inside without rounding'] : []),
                mustReach: domain ? ['inside without rounding'] : [],
                judge: (input) => judgeValue(input, isInsideExactly(input)),
              }),
            ]
          : []),
        ...(domain
          ? [
              special('in a thin shell', specialRuns, shellCase(type), {
                classify: ({ specification, y }) => (isInShell(y, parseOnce(specification)) ? ['thin shell'] : []),
                mustReach: ['thin shell'],
              }),
            ]
          : []),
        ...(isBall(type)
          ? [special('radius 0', specialRuns, pointBallCase(type), { mustReach: ['zero vector', 'outside'] })]
          : []),
      ];
    });
    return [...parts, ...valueAverageParts(implementation)];
  },
});

/**
 * Error of a difference quotient: h²/6 = 2⁻³⁷ times the third derivative, which may be 2¹⁷ of what the numbers of a function are in size, for a factor enters by its cube
 * and a scale of ⅛ by its inverse square. Only the reference is judged by it, whose gradients other claims judge to rounding.
 */
const roughness = 2 ** -20;

/** Error of a difference quotient beside a kink of the gradient, as those of Huber's function: it averages what is L-Lipschitz. */
const kinkError = (lipschitz = 0): number => (lipschitz * quotientStep) / 2;

/** Wrappers that are differentiable around differentiable functions. */
const differentiableWrappers = wrapperTypes.filter(
  (type) => registry.get(type)!.definition.traits.smooth === 'inherited',
);

/** What may be generated inside of a function of the type so that it has a gradient; undefined where nothing gives it one. */
function insidesFor(type: string): readonly string[] | undefined {
  // The gradient of an envelope is (u − prox_{μr}(u))/μ, of any convex r.
  if (type === 'moreau-envelope') return directFunctionTypes;
  return differentiableWrappers.includes(type) || differentiableTypes.includes(type) ? differentiableTypes : undefined;
}

function functionParts(implementation: Implementation): PropertyPart[] {
  const { dtype, functions, restrictions } = implementation.description;
  return generatedFunctionTypes.flatMap((type) => {
    const insides = insidesFor(type)?.filter((inside) => functions.includes(inside));
    if (insides === undefined || !functions.includes(type)) return [];
    if (!generatableTypes([...insides, type], restrictions).includes(type)) return [];
    const part: PropertyPart<ProxCase> = {
      name: `r = ${type}`,
      arbitrary: proxCase(type, insides, restrictions),
      judge: async ({ specification, y }) => {
        const actual = (await implementation.ask({ method: 'gradient', function: specification, x: y.slice() })).x;
        const precision = declaredPrecision(implementation, specification);
        const magnitude = 1 + nestedMagnitude(specification);
        const size = magnitude * (magnitude + maximumNorm(y));
        const exact = exactGradient(specification, y);
        if (exact !== undefined) return judgeVector('∇r(x)', actual, exact, () => ofAnything * precision * size, dtype);
        const target = parseOnce(specification);
        if (!implementation.reference) {
          return judgeVector('∇r(x)', actual, target.gradient!(y), () => ofAnything * precision * size, dtype);
        }
        const kinked = kinkError(target.smooth?.lipschitz);
        // Values of the size of size·(1 + ‖x‖), and x itself beside the step, are rounded before they cancel.
        const rounding = (ofAnything * precision * size * (1 + maximumNorm(y))) / quotientStep;
        const rough = differenceQuotients(target.value, y);
        return judgeVector('∇r(x)', actual, rough, () => roughness * size + kinked + rounding);
      },
    };
    return [
      propertyPart(part),
      propertyPart({
        ...part,
        name: `r = ${type}, longer vectors`,
        arbitrary: longerProxCase(type, insides, false, restrictions),
        runs: longerRuns,
      }),
      ...blockPart(part, blockCases(type, insides, { dtype, restrictions }, implementation.reference)),
      propertyPart({
        ...part,
        name: `r = ${type}, large entries`,
        arbitrary: largeCase(type, insides, restrictions),
        runs: longerRuns,
      }),
    ];
  });
}

/**
 * ∇r(u) = (x − u)/μ for the x with Σθ_k prox_{μr_k}(x) = u: a map whose slope is at least 1/(1 + μL), so that an error of the left side is
 * enlarged by at most that in x.
 */
function gradientAverageParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const types = averagedTypes(functions, restrictions).filter((type) => differentiableTypes.includes(type));
  if (types.length === 0) return [];
  return [
    propertyPart<ProxCase>({
      name: `r = ${averageType}`,
      arbitrary: averageCase(types, restrictions),
      judge: async ({ specification, y }) => {
        const actual = (await implementation.ask({ method: 'gradient', function: specification, x: y.slice() })).x;
        const precision = declaredPrecision(implementation, specification);
        const parameter = specification['step'] as number;
        const magnitude = 1 + parameterMagnitude(specification);
        const x = (parseOnce(specification) as ProximalAverage).preimage(y);
        const size = maximumNorm(y) + maximumNorm(x) + (1 + parameter) * magnitude;
        const allowed = (ofAnything * precision * size * (1 + parameter * magnitude)) / parameter;
        return judgeVector('∇r(x)', actual, exactGradient(specification, y)!, () => allowed);
      },
    }),
  ];
}

interface SmoothCase {
  readonly smooth: SmoothSpecification;
  readonly x: Float64Array;
}

/** Smooth terms that no function of the vocabulary shares its name with: those are judged as functions. */
function smoothParts(implementation: Implementation): PropertyPart[] {
  const { smooth, functions, dtype } = implementation.description;
  return generatedSmoothTypes
    .filter((type) => smooth.includes(type) && !(registry.has(type) && functions.includes(type)))
    .map((type) =>
      propertyPart<SmoothCase>({
        name: `d = ${type}`,
        arbitrary: smallDimension(3).chain((n) =>
          fc
            .record({
              smooth: smoothSpecification(type, n, implementation.description.restrictions),
              x: fc.array(dyadic(), { minLength: n, maxLength: n }),
            })
            .map((input) => ({ ...input, x: Float64Array.from(input.x) })),
        ),
        judge: async ({ smooth: specification, x }) => {
          const actual = (await implementation.ask({ method: 'gradient', function: specification, x: x.slice() })).x;
          const oracle = oracleOf({ smooth: specification, functions: [{ type: 'zero' }], probabilities: [1] });
          if (implementation.reference) {
            const size = ((1 + parameterMagnitude(specification)) * (1 + maximumNorm(x))) ** 3;
            const rough = differenceQuotients(oracle.smooth.value, x);
            return judgeVector('∇d(x)', actual, rough, () => roughness * size + kinkError(oracle.smooth.lipschitz));
          }
          const error = oracle.roundingError(1, x, unitRoundoff(dtype));
          return judgeVector('∇d(x)', actual, oracle.smooth.gradient(x), () => error, dtype);
        },
      }),
    );
}

/** ∇d and ∇r_k, from which equations (2) to (5) are made. */
export const functionGradientsClaim = propertyClaim({
  id: 'function-gradients',
  version: 2,
  source: { section: '1', equation: '(2)' },
  statement: '∇d(x) and ∇r(x) are the gradients of the functions that they are named after',
  method:
    'entry by entry compared with slopes in rationals or the suite’s own gradients, which are compared with difference quotients',
  requires: { methods: ['gradient'] },
  judgesFunctions: true,
  success: 'holds',
  effort: 0.5,
  parts: (implementation) => [
    ...smoothParts(implementation),
    ...functionParts(implementation),
    ...gradientAverageParts(implementation),
  ],
});

import fc from 'fast-check';
import { dyadic, smallDimension } from '../../src/claims/arbitraries/dyadic.js';
import {
  generatableTypes,
  generatedFunctionTypes,
  wrapperTypes,
} from '../../src/claims/arbitraries/function-specification.js';
import {
  averageCase,
  averagedTypes,
  averageType,
  longerProxCase,
  type ProxCase,
  proxCase,
} from '../../src/claims/arbitraries/prox-case.js';
import { generatedSmoothTypes, smoothSpecification } from '../../src/claims/arbitraries/smooth-specification.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { differenceQuotients, exactGradient, quotientStep } from '../../src/claims/judges/exact-judges.js';
import { judgeVector } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { maximumNorm, ofAnything, parameterMagnitude, unitRoundoff } from '../../src/claims/judges/precision.js';
import { nestedMagnitude } from '../../src/claims/judges/specification-size.js';
import { declaredPrecision } from '../../src/claims/properties/function-family.js';
import { differentiableTypes, directFunctionTypes } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import { type ProximalAverage, parseOnce, registry } from '../../src/reference/functions/index.js';
import type { SmoothSpecification } from '../../src/reference/smooth/definition/smooth-function.js';

/**
 * Error of a difference quotient: h²/6 = 2⁻³⁷ times the third derivative, which may be 2¹⁷ of what the numbers of a function are in size, for a factor enters by its cube
 * and a scale of ⅛ by its inverse square. Only the reference is judged by it, whose gradients other claims judge to rounding.
 */
const roughness = 2 ** -20;

/** How many vectors of many coordinates are judged for each function. */
const longerRuns = 10;

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
  const { functions, restrictions } = implementation.description;
  return generatedFunctionTypes.flatMap((type) => {
    const insides = insidesFor(type)?.filter((inside) => functions.includes(inside));
    if (insides === undefined || !functions.includes(type)) return [];
    if (!generatableTypes([...insides, type], restrictions).includes(type)) return [];
    const part: PropertyPart<ProxCase> = {
      name: `r = ${type}`,
      arbitrary: proxCase(type, insides, restrictions),
      judge: async ({ specification, y }) => {
        const actual = await implementation.gradient(specification, y.slice());
        const precision = declaredPrecision(implementation, specification);
        const magnitude = 1 + nestedMagnitude(specification);
        const size = magnitude * (magnitude + maximumNorm(y));
        const exact = exactGradient(specification, y);
        if (exact !== undefined) return judgeVector('∇r(x)', actual, exact, () => ofAnything * precision * size);
        const target = parseOnce(specification);
        if (!implementation.reference) {
          return judgeVector('∇r(x)', actual, target.gradient!(y), () => ofAnything * precision * size);
        }
        // The gradient of an envelope is Lipschitz but may have kinks, over which a quotient averages.
        const kinked = type === 'moreau-envelope' ? (target.smooth!.lipschitz * quotientStep) / 2 : 0;
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
    ];
  });
}

/**
 * ∇r(u) = (x − u)/μ for the x with Σθ_k prox_{μr_k}(x) = u: a map whose slope is at least 1/(1 + μL), so that an error of the left side is
 * enlarged by at most that in x.
 */
function averageParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const types = averagedTypes(functions, restrictions).filter((type) => differentiableTypes.includes(type));
  if (types.length === 0) return [];
  return [
    propertyPart<ProxCase>({
      name: `r = ${averageType}`,
      arbitrary: averageCase(types, restrictions),
      judge: async ({ specification, y }) => {
        const actual = await implementation.gradient(specification, y.slice());
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
  const { smooth, dtype } = implementation.description;
  return generatedSmoothTypes
    .filter((type) => smooth.includes(type) && !registry.has(type))
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
          const actual = await implementation.gradient(specification, x.slice());
          const oracle = oracleOf({ smooth: specification, functions: [{ type: 'zero' }], probabilities: [1] });
          if (implementation.reference) {
            const size = ((1 + parameterMagnitude(specification)) * (1 + maximumNorm(x))) ** 3;
            const rough = differenceQuotients(oracle.smooth.value, x);
            return judgeVector('∇d(x)', actual, rough, () => roughness * size);
          }
          const error = oracle.roundingError(1, x, unitRoundoff(dtype));
          return judgeVector('∇d(x)', actual, oracle.smooth.gradient(x), () => error);
        },
      }),
    );
}

/** ∇d and ∇r_k, from which equations (2) to (5) are made. */
export const claim = propertyClaim({
  id: 'function-gradients',
  version: 2,
  source: { section: '1', equation: '(2)' },
  statement: '∇d(x) and ∇r(x) are the gradients of the functions that they are named after',
  method: 'entry by entry against slopes in rationals or the suite’s own gradients; those against difference quotients',
  requires: { methods: ['gradient'] },
  judgesFunctions: true,
  success: 'holds',
  effort: 0.5,
  parts: (implementation) => [
    ...smoothParts(implementation),
    ...functionParts(implementation),
    ...averageParts(implementation),
  ],
});

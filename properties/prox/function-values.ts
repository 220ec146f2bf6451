import { manyCoordinates } from '../../src/claims/arbitraries/basic-functions.js';
import { boundaryCase, isInsideExactly } from '../../src/claims/arbitraries/boundary.js';
import { generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import { classifyPoint } from '../../src/claims/arbitraries/points.js';
import {
  averageCase,
  averagedTypes,
  averageType,
  besideKinksCase,
  hasKinks,
  isBall,
  isInShell,
  longerProxCase,
  type ProxCase,
  pointBallCase,
  proxCase,
  shellCase,
} from '../../src/claims/arbitraries/prox-case.js';
import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import { type Implementation, ImplementationError } from '../../src/claims/implementation/implementation.js';
import { exactValue } from '../../src/claims/judges/exact-judges.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { jumpOfRounding } from '../../src/claims/judges/jumps.js';
import { maximumNorm, ofAnything, parameterMagnitude, showVector } from '../../src/claims/judges/precision.js';
import { declaredPrecision } from '../../src/claims/properties/function-family.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';
import { type ProximalAverage, parseFunction, parseOnce, registry } from '../../src/reference/functions/index.js';
import { specificationOf } from '../../src/reference/functions/parameters/function.js';

/** Distance from y at which rounding may put it on the other side of a domain's boundary. */
const roundings = ofAnything;

/** How many vectors of many coordinates are judged for each function. */
const longerRuns = 10;

/** How many points in the shell of a set, and how many of balls of radius 0. */
const specialRuns = 20;

/** r(y) as the implementation has it: outside of the domain, a rejection with the code `domain` says the same as +∞. */
async function statedValue(implementation: Implementation, { specification, y }: ProxCase): Promise<number> {
  try {
    return await implementation.value(specification, y.slice());
  } catch (error) {
    if (error instanceof ImplementationError && error.code === 'domain') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/**
 * True when both a finite value and +∞ are right: a change of y by rounding leaves the domain, or y is outside by no more than the
 * feasibility tolerance that most libraries have, of the order of the root of rounding.
 */
function onBoundary(target: ProximableFunction, y: Float64Array, reach: number, slack: number): boolean {
  const { violation } = target;
  if (violation === undefined) return false;
  const own = violation(y);
  if (own > 0) return own <= slack;
  const leaves = (change: (value: number, i: number) => number): boolean => violation(y.map(change)) > 0;
  return (
    [reach, -reach].some((shift) => leaves((value) => value + shift)) ||
    Array.from(y).some((_, k) =>
      [reach, -reach].some((shift) => leaves((value, i) => (i === k ? value + shift : value))),
    )
  );
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
function averageParts(implementation: Implementation): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const types = averagedTypes(functions, restrictions);
  if (types.length === 0) return [];
  return [
    propertyPart<ProxCase>({
      name: averageType,
      arbitrary: averageCase(types, restrictions),
      async judge({ specification, y }) {
        const precision = declaredPrecision(implementation, specification);
        const actual = await implementation.value(specification, y.slice());
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

/**
 * r as the vocabulary defines it, ½s, weights and domains included. The suite judges optimality by its own values, so a wrong one
 * here spoils nothing else; it is what an objective is monitored by.
 */
export const claim = propertyClaim({
  id: 'function-values',
  version: 2,
  source: { section: '1', equation: '(1)' },
  statement: 'r(u) is the function that it is named after, +∞ outside its domain',
  method:
    'against the suite’s own value at kinks and a few per cent beside them, inside and outside of domains; either answer on a boundary where rounding decides',
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
        const error = Math.abs(actual - expected) - jumpOfRounding(specification, y, roundings * precision);
        return { ratio: Math.max(0, error) / (reach * size * y.length + sum), explanation };
      };
      return [
        propertyPart(part),
        propertyPart({
          ...part,
          name: `${type}, longer vectors`,
          arbitrary: longerProxCase(type, functions, false),
          runs: longerRuns,
          mustReach: [],
        }),
        ...(hasKinks(type)
          ? [
              propertyPart({
                ...part,
                name: `${type}, beside kinks`,
                arbitrary: besideKinksCase(type, 'value', restrictions),
                runs: specialRuns,
                mustReach: [],
              }),
            ]
          : []),
        ...(domain || isBuiltOfFunctions(type)
          ? [
              propertyPart({
                ...part,
                name: `${type}, on a boundary`,
                arbitrary: boundaryCase(type, functions, restrictions),
                runs: 2 * specialRuns,
                classify: (input: ProxCase) => (isInsideExactly(input) ? ['inside without rounding'] : []),
                mustReach: domain ? ['inside without rounding'] : [],
                judge: (input) => judgeValue(input, isInsideExactly(input)),
              }),
            ]
          : []),
        ...(domain
          ? [
              propertyPart({
                ...part,
                name: `${type}, in a thin shell`,
                arbitrary: shellCase(type),
                runs: specialRuns,
                classify: ({ specification, y }: ProxCase) =>
                  isInShell(y, parseOnce(specification)) ? ['thin shell'] : [],
                mustReach: ['thin shell'],
              }),
            ]
          : []),
        ...(isBall(type)
          ? [
              propertyPart({
                ...part,
                name: `${type}, radius 0`,
                arbitrary: pointBallCase(type),
                runs: specialRuns,
                mustReach: ['zero vector', 'outside'],
              }),
            ]
          : []),
      ];
    });
    return [...parts, ...averageParts(implementation)];
  },
});

import type { Budget, Depth } from '../../claims/claim.js';
import { typesIn } from '../../claims/implementation/call.js';
import { unitRoundoff } from '../../claims/implementation/dtype.js';
import { type Implementation, UnsupportedError } from '../../claims/implementation/implementation.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, parseOnce, registry } from '../../reference/functions/index.js';
import { guaranteedSteps, stepCategory } from '../arbitraries/dyadic.js';
import {
  type FamilyCase,
  type FamilyOptions,
  type FamilyTraits,
  functionFamily,
  wrappersFor,
} from '../arbitraries/function-family.js';
import { generatedFunctionTypes, wrapperTypes } from '../arbitraries/function-specification.js';
import { classifyPoint } from '../arbitraries/points.js';
import { type Judgement, worstOf } from '../judges/judgement.js';
import { maximumNorm, ofAnything, showVector } from '../judges/precision.js';
import { nestedMagnitude } from '../judges/specification-size.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

/** The input of a judge of the family: one function at one step, with its rounding errors. */
export interface FamilyPoint {
  readonly implementation: Implementation;
  readonly specification: FunctionSpecification;
  /** The suite's own function. */
  readonly target: ProximableFunction;
  readonly step: number;
  readonly points: readonly Float64Array[];
  /** Unit roundoff, or the declared accuracy of an iterative prox when that is larger. */
  readonly precision: number;
  /** Size of the parameters: the product of those of wrappers and of inner functions. */
  readonly magnitude: number;
  /** Whether that precision is declared, and so about the norm of the whole u. */
  readonly normwise: boolean;
  /** u = prox_{γr}(y) of the implementation. */
  prox(y: Float64Array): Promise<Float64Array>;
  /** Largest rounding error of an entry of prox_{γr}(y). */
  error(y: Float64Array): number;
}

export interface FamilyParts {
  /**
   * Whether the claim is about functions with these traits; `wrapper` is the type of the function that they stand inside of, undefined where
   * they stand alone. By default it is about all that are convex.
   */
  accepts?(traits: FamilyTraits, wrapper: string | undefined, type: string): boolean;
  /** Points per case; 1 by default. */
  readonly count?: number;
  readonly dimension?: FamilyOptions['dimension'];
  /** Factor for the number of cases, if few functions give few strata; 1 by default. */
  readonly times?: number;
  judge(input: FamilyPoint): Promise<Judgement> | Judgement;
  /** Categories that every part must have met too. */
  readonly mustReach?: readonly string[];
  /** Categories beside the wrapper, the step and the place of the first point. */
  classify?(target: ProximableFunction, placed: FamilyCase['placed'][number]): readonly string[];
}

/** Cases for each combination of function, wrapper and step. */
const casesByDepth: Readonly<Record<Depth, number>> = { quick: 1, standard: 2, deep: 40 };

/** Allowed multiple of u·scale. */
const roundings = ofAnything;

/** Unit roundoff of the dtype, or the largest accuracy that is declared for a type in the specification when that is larger. */
export function declaredPrecision(
  { description }: Implementation,
  specification: FunctionSpecification,
  dtype = description.dtype,
): number {
  const { accuracy = {} } = description;
  return Math.max(unitRoundoff(dtype), ...typesIn(specification).map((type) => accuracy[type] ?? 0));
}

function contextOf(implementation: Implementation, specification: FunctionSpecification, target: ProximableFunction) {
  const precision = Math.max(declaredPrecision(implementation, specification), target.accuracy ?? 0);
  const magnitude = nestedMagnitude(specification);
  return ({ step, points }: FamilyCase['placed'][number]): FamilyPoint => ({
    implementation,
    specification,
    target,
    step,
    points,
    precision,
    magnitude,
    normwise: precision > unitRoundoff(implementation.description.dtype),
    prox: (y) => implementation.ask({ method: 'prox', function: specification, step, x: y.slice() }).then(({ x }) => x),
    error: (y) => roundings * precision * (maximumNorm(y) + (1 + step) * magnitude),
  });
}

/** The claim's judgement. If it fails because of an answer that is not finite, the message is about that answer: nothing computed from it is meaningful. */
async function judgeAnswers({ judge }: FamilyParts, at: FamilyPoint): Promise<Judgement> {
  let explanation: Judgement['explanation'];
  const prox = async (y: Float64Array): Promise<Float64Array> => {
    const u = await at.prox(y);
    if (!u.every(Number.isFinite)) {
      explanation ??= () =>
        `prox_{γr}(y) with γ = ${at.step}, y = ${showVector(y)} returned ${showVector(u)}: not finite`;
    }
    return u;
  };
  const judgement = await judge({ ...at, prox });
  return judgement.ratio <= 1 || explanation === undefined ? judgement : { ...judgement, explanation };
}

/** Categories that every run must have met for a type. */
function placesToReach(type: string, options: FamilyOptions): string[] {
  const wrappers = wrappersFor(type, options);
  const example = parseFunction({ type, ...registry.get(type)!.definition.examples[0] });
  const kinks = (example.coordinate?.(0) ?? example).kinks?.(1).filter(Number.isFinite) ?? [];
  const fixed = options.dimension !== undefined;
  return [
    ...wrappers.filter((wrapper) => wrapper !== undefined).map((wrapper) => `in ${wrapper}`),
    ...(options.steps === 'all' ? guaranteedSteps.map((step) => `step ${step}`) : []),
    ...(wrappers.includes(undefined)
      ? [
          'zero vector',
          ...(fixed ? [] : ['one element', 'tie']),
          ...(kinks.length > 0 ? ['kink', 'near a kink'] : []),
          ...(kinks.length > 1 ? ['between kinks'] : []),
          ...(example.violation ? ['inside', 'outside'] : []),
          ...(type === 'huber' ? ['between δ and δ(1 + γw)'] : []),
        ]
      : []),
  ];
}

/**
 * One part per basic type of the vocabulary that the implementation offers, over the cross product function × wrapper × γ: every stratum is visited,
 * which is counted.
 */
export function familyParts(implementation: Implementation, budget: Budget, options: FamilyParts): PropertyPart[] {
  const { functions, restrictions } = implementation.description;
  const { count = 1, times = 1, dimension, accepts = ({ convex }) => convex } = options;
  return generatedFunctionTypes
    .filter((type) => functions.includes(type) && !wrapperTypes.includes(type))
    .flatMap((type) => {
      const family: FamilyOptions = {
        known: functions,
        restrictions,
        count,
        ...(dimension && { dimension }),
        accepts: (traits, wrapper) => accepts(traits, wrapper, type),
        steps: budget.depth === 'quick' && !implementation.reference ? 'one' : 'all',
      };
      const strata = functionFamily(type, family);
      if (strata.length === 0) return [];
      return [
        propertyPart<FamilyCase>({
          name: type,
          arbitrary: strata,
          runs: strata.length * casesByDepth[budget.depth] * times,
          mustReach: [...placesToReach(type, family), ...(options.mustReach ?? [])],
          classify({ specification, placed }) {
            const target = parseOnce(specification);
            const places = placed.flatMap(({ step, points }) => [
              ...(specification.type === type ? classifyPoint(points[0]!, target, step) : []),
              ...(options.classify?.(target, { step, points }) ?? []),
              ...stepCategory(step),
            ]);
            return [...new Set(places), ...(specification.type === type ? [] : [`in ${specification.type}`])];
          },
          async judge({ specification, placed }) {
            const target = parseOnce(specification);
            const at = contextOf(implementation, specification, target);
            return worstAnswered(placed.map((each) => () => judgeAnswers(options, at(each))));
          },
        }),
      ];
    });
}

/**
 * The worst of several judgements of one case, made one after another: a refused question does not discard the answers to the others. If all are
 * refused, so is the case.
 */
export async function worstAnswered(judges: Iterable<() => Promise<Judgement>>): Promise<Judgement> {
  const judgements: Judgement[] = [];
  let refusal: UnsupportedError | undefined;
  for (const judge of judges) {
    try {
      judgements.push(await judge());
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal === undefined) return worstOf(judgements);
  if (judgements.length === 0) throw refusal;
  return { ...worstOf(judgements), refused: refusal.message };
}

import fc from 'fast-check';
import {
  type Implementation,
  isRemembering,
  type Question,
  refusalOf,
} from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { type Layout, layoutOf } from '../../reference/algorithms/layout.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import { isGivenGradients } from '../../reference/algorithms/stateful/registry.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { replacedEntry } from '../arbitraries/basic-functions.js';
import { generatableTypes } from '../arbitraries/function-specification.js';
import { type RunCase, runCase } from '../arbitraries/run-case.js';
import { hasRegularizer, statefulCases } from '../arbitraries/stateful-case.js';
import type { Judgement } from '../judges/judgement.js';
import { algorithmsOfGradients, differentiableTypes, directFunctionTypes } from './problem-parts.js';
import { propertyPart } from './property-claim.js';
import { inVariants, type PropertyPart } from './property-part.js';
import { iterationAt, statefulTypes } from './stateful-runs.js';

/** An iteration after some ordinary ones, before which an entry of x becomes NaN. */
interface NonfiniteStepCase extends RunCase, Layout {
  readonly hyperparameters?: Hyperparameters;
  /** Ordinary iterations before it. */
  readonly after: number;
  readonly component: number;
}

/**
 * d by where a NaN stands that is in entry k of x. The r_k beside it are sums over coordinates, whose prox and gradient compare nothing. Who is given
 * gradients alone, as those of linear r_k without d, is given one with a NaN.
 */
const terms = {
  quadratic: (k: number) => `entry ${k} of x and in one entry of the gradient`,
  'least-squares': (k: number) => `entry ${k} of x and in every entry of the gradient`,
  zero: (k: number) => `entry ${k} of the gradient`,
} as const;
const plain = ['linear', 'zero', 'squared-l2'];
const isGiven = (smoothType: string): boolean => smoothType === 'zero';

/** Methods that make iterations, and the algorithms of a description. */
type Way = 'step' | 'run';
type Algorithm = Question<Way>['algorithm'];

/** The length of x, unless an algorithm of matrices has one: a NaN in one entry has others beside it. */
const dimension = 3;

/** Cases of a part at least: one for each setting of an algorithm with memory. */
const fewest = 12;

/** Most ordinary iterations before the one with a NaN: a memory is then not empty. */
const longest = 2;

/** Ordinary numbers that show whether an answer depends on an entry: their squares fit into 16 bits. */
const ordinary = [64, -64] as const;
/** Numbers that turn on what depends on size, such as a clipping, in doubles. */
const far = [2 ** 40, -(2 ** 40)] as const;

/** The iterate after an entry has been replaced; undefined replaces none. */
async function iterateWith(
  implementation: Implementation,
  { algorithm, way }: { readonly algorithm: Algorithm; readonly way: Way },
  input: NonfiniteStepCase,
  value: number | undefined,
): Promise<Float64Array> {
  const { problem, step, batches, after, component, hyperparameters } = input;
  const fields = { algorithm, step, ...(hyperparameters && { hyperparameters }), ...layoutOf(input) };
  const isGradient = isGiven(problem.smooth.type);
  // What is refused is a NaN in x.
  const isPoint = !isGradient || implementation.description.nonfinite === 'reject';
  const replaced = (x: Float64Array): Float64Array =>
    value === undefined || !isPoint ? x.slice() : replacedEntry(x, component, value);
  const there =
    value === undefined || !isGradient
      ? input
      : {
          ...input,
          problem: { ...problem, functions: problem.functions.map((each) => withSlope(each, component, value)) },
        };
  if (way === 'run') {
    const x = replaced(input.x);
    const own = batches.slice(0, after + 1).map((_, t) => iterationAt(algorithm, there, t, x));
    const about = isGivenGradients(algorithm)
      ? { gradients: own.map(({ gradient }) => gradient!) }
      : { problem: there.problem, indices: own.map(({ indices }) => indices!) };
    return (await implementation.ask({ method: 'run', ...fields, ...about, x } as Question<'run'>)).x;
  }
  let [x, state]: [Float64Array, unknown] = [input.x.slice(), null];
  for (let t = 0; t <= after; t++) {
    const at = t === after ? replaced(x) : x.slice();
    const about = iterationAt(algorithm, t === after ? there : input, t, at);
    const question = { method: 'step', ...fields, ...about, x: at };
    const isWithMemory = isRemembering(question as Question<'step'>);
    const reply = await implementation.ask({ ...question, ...(isWithMemory && { state }) } as Question<'step'>);
    [x, state] = [reply.x, reply.state ?? null];
  }
  return x;
}

/** A linear r with another slope in one entry. */
const withSlope = (linear: FunctionSpecification, component: number, value: number): FunctionSpecification => ({
  ...linear,
  coefficients: [...replacedEntry(Float64Array.from(linear['coefficients'] as number[]), component, value)],
});

/** By entry, whether it changes with the entry that is replaced. */
async function dependence(
  implementation: Implementation,
  about: { readonly algorithm: Algorithm; readonly way: Way },
  input: NonfiniteStepCase,
  numbers: readonly number[],
): Promise<(k: number) => boolean> {
  const answers: Float64Array[] = [];
  for (const value of [undefined, ...numbers]) answers.push(await iterateWith(implementation, about, input, value));
  const [own, ...others] = answers;
  return (k) => others.some((other) => other[k] !== own![k]);
}

/** The case on a problem where no coordinate is special: whatever couples coordinates there is the algorithm. */
const generic = (input: NonfiniteStepCase): NonfiniteStepCase => ({
  ...input,
  problem: {
    smooth: { type: 'quadratic', curvature: Array.from(input.x, () => 1), center: Array.from(input.x, () => 0.375) },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  x: input.x.map((_, i) => i + 1),
  batches: input.batches.map(() => [0]),
});

async function judge(
  implementation: Implementation,
  about: { readonly algorithm: Algorithm; readonly way: Way },
  input: NonfiniteStepCase,
): Promise<Judgement> {
  const { component, problem } = input;
  const policy = implementation.description.nonfinite!;
  const own = await iterateWith(implementation, about, input, undefined);
  if (!own.every(Number.isFinite)) return { ratio: 0 };
  let u: Float64Array;
  try {
    u = await iterateWith(implementation, about, input, Number.NaN);
  } catch (error) {
    // An iteration that stops with an error hides nothing, so either policy allows it.
    const refusal = await refusalOf(implementation, () => Promise.reject(error));
    if (refusal !== undefined) return { ratio: 0 };
    throw error;
  }
  const wrong = (explanation: () => string): Judgement => ({
    ratio: Number.POSITIVE_INFINITY,
    answer: u,
    explanation,
  });
  const cause = `NaN in ${terms[problem.smooth.type as keyof typeof terms](component)}`;
  if (policy === 'reject')
    return wrong(() => `${cause}: returned [${u.join(', ')}], and "nonfinite": "reject" promises an error`);
  const isOnlyOne = problem.smooth.type !== 'least-squares';
  const depends = await dependence(implementation, about, input, ordinary);
  // Entries that meet the NaN in a norm only may be NaN or not: the NaN shows in its own entry.
  const hidden = u.findIndex((value, k) => (k === component || !isOnlyOne) && depends(k) && !Number.isNaN(value));
  if (hidden >= 0) return wrong(() => `${cause}: entry ${hidden} of x⁺ is ${u[hidden]}, right is NaN`);
  if (!isOnlyOne || u.every((value, k) => k === component || value === own[k])) return { ratio: 0 };
  const couples = await dependence(reference, about, generic(input), far);
  const other = u.findIndex((value, k) => k !== component && !depends(k) && !couples(k) && value !== own[k]);
  if (other < 0) return { ratio: 0 };
  return wrong(() => `${cause}: entry ${other} of x⁺ is ${u[other]}, right is ${own[other]} as without the NaN`);
}

/** Cases with and without iterations before the NaN; a run has it from the start. */
const casesOf = (runs: fc.Arbitrary<RunCase>): fc.Arbitrary<NonfiniteStepCase> =>
  fc
    .tuple(runs, fc.integer({ min: 0, max: longest }), fc.nat())
    .map(([input, after, place]) => ({ ...input, after, component: place % input.x.length }));

/**
 * For every algorithm, where a policy is declared: steps and runs at a point with a NaN, and so with a gradient that is NaN in one entry or in all.
 * With `propagate`, entries that depend on it must be NaN, and all others what they are without it: a NaN that a step takes for 0, or for which it
 * leaves x as it is, hides the error that made it; an error of the step does not. A vote is not asked: one bit carries no NaN.
 */
export function nonfiniteStepParts(offered: Implementation): PropertyPart[] {
  const { algorithms, statefulAlgorithms = [], conventions, functions, methods, nonfinite } = offered.description;
  const { restrictions, rounding, smooth } = offered.description;
  // Two answers at random to one question say nothing about an entry.
  if (nonfinite === undefined || rounding === 'stochastic' || conventions.signOfZero === 'random') return [];
  const ways = (['step', 'run'] as const).filter((way) => methods.includes(way));
  const computes = Object.keys(terms).filter((type) => smooth.includes(type) && !isGiven(type));
  const given = smooth.filter((type) => isGiven(type) && functions.includes('linear'));
  const typesOf = (algorithm: Algorithm) =>
    isGivenGradients(algorithm) ? ['zero'] : computes.length > 0 ? computes : given;
  const isPlain = (type: string): boolean =>
    (computes.length > 0 ? plain : ['linear']).includes(type) && functions.includes(type);
  return inVariants(offered, (implementation) => {
    const partsOf = (algorithm: Algorithm, runsOf: (type: string) => readonly fc.Arbitrary<RunCase>[]) =>
      ways.flatMap((way) =>
        typesOf(algorithm).map((type) => {
          const arbitrary = runsOf(type).map((runs) => casesOf(runs));
          return propertyPart<NonfiniteStepCase>({
            name: `${way} of ${algorithm}, d = ${type}`,
            arbitrary,
            runs: Math.max(arbitrary.length, fewest),
            judge: (input) => judge(implementation, { algorithm, way }, input),
          });
        }),
      );
    return [
      ...algorithms.flatMap((algorithm) => {
        const all = algorithmsOfGradients.includes(algorithm) ? differentiableTypes : directFunctionTypes;
        const functionTypes = generatableTypes(all.filter(isPlain), restrictions);
        if (functionTypes.length === 0) return [];
        return partsOf(algorithm, (type) => [runCase({ smoothTypes: [type], functionTypes, restrictions, dimension })]);
      }),
      ...statefulAlgorithms.flatMap((algorithm) => {
        const options = statefulTypes(implementation, algorithm, false);
        if (options === undefined) return [];
        if (isGivenGradients(algorithm))
          return partsOf(algorithm, () => statefulCases(algorithm, { ...options, dimension }));
        const functionTypes = options.functionTypes.filter(isPlain);
        const regularizers = options.regularizers!.filter(isPlain);
        if (functionTypes.length === 0 || (hasRegularizer(algorithm) && regularizers.length === 0)) return [];
        return partsOf(algorithm, (type) =>
          statefulCases(algorithm, { ...options, functionTypes, regularizers, dimension, smoothTypes: [type] }),
        );
      }),
    ];
  });
}

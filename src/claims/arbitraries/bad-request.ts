import fc from 'fast-check';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { registry } from '../../reference/functions/index.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import type { Restrictions } from '../implementation/restrictions.js';
import { type Specification, type SpecificationDefect, specificationDefects } from './bad-parameters.js';
import { functionSpecification } from './function-specification.js';
import type { ProblemCase } from './problem-case.js';
import { smoothSpecification } from './smooth-specification.js';
import { type StatefulCaseOptions, statefulCases } from './stateful-case.js';

/** What a method of an implementation takes: a function or a problem, a step, a point and a mini-batch. */
export interface AnyRequest extends Partial<ProblemCase> {
  readonly hyperparameters?: Hyperparameters;
  readonly specification?: Specification;
}

/** A request that is right, and the same with one thing wrong. */
export interface BadRequest {
  readonly valid: AnyRequest;
  /** The fields that differ. */
  readonly bad: AnyRequest;
  /** The error in words. */
  readonly wrong: string;
  /** The error codes that are right. */
  readonly codes: readonly string[];
}

interface Defect {
  readonly wrong: string;
  readonly codes: readonly string[];
  spoil(valid: AnyRequest): AnyRequest;
}

const dimension = 4;
const refused = ['bad-request', 'domain'];
/** Of a NaN, `nonfinite` says the same. */
const refusedNaN = [...refused, 'nonfinite'];

const zero = { type: 'zero' };

const withProbabilities = ({ problem }: AnyRequest, probabilities: readonly number[]): AnyRequest => ({
  problem: { ...problem!, probabilities },
});

const ofProbabilities: readonly Defect[] = [
  {
    wrong: 'probabilities that add up to 3/4',
    codes: refused,
    spoil: (valid) =>
      withProbabilities(
        valid,
        valid.problem!.probabilities.map((theta) => 0.75 * theta),
      ),
  },
  {
    wrong: 'a negative probability',
    codes: refused,
    spoil(valid) {
      const { functions, probabilities } = valid.problem!;
      const problem = { ...valid.problem!, functions: [...functions, functions[0]!, functions[0]!] };
      return withProbabilities({ problem }, [...probabilities, 0.5, -0.5]);
    },
  },
  {
    wrong: 'a probability that is NaN',
    codes: refusedNaN,
    spoil: (valid) => withProbabilities(valid, valid.problem!.probabilities.with(0, Number.NaN)),
  },
];

const ofSteps: readonly Defect[] = [
  { wrong: 'step = -1', codes: refused, spoil: () => ({ step: -1 }) },
  { wrong: 'step = NaN', codes: refusedNaN, spoil: () => ({ step: Number.NaN }) },
];

const ofProblems: readonly Defect[] = [
  ...ofProbabilities,
  {
    wrong: 'one probability too many',
    codes: refused,
    spoil: (valid) => withProbabilities(valid, [...valid.problem!.probabilities, 0]),
  },
  ...ofSteps,
];

const ofIndices: readonly Defect[] = [
  {
    wrong: 'the index K of K components',
    codes: refused,
    spoil: (valid) => ({ indices: [valid.problem!.functions.length] }),
  },
  { wrong: 'the index -1', codes: refused, spoil: () => ({ indices: [-1] }) },
];

const unknownType: Defect = {
  wrong: 'a type that is in no vocabulary',
  codes: ['unsupported'],
  spoil: () => ({ specification: { type: 'no-such-function' } }),
};

const ofSpecification = ({ wrong, nan, spoil }: SpecificationDefect): Defect => ({
  wrong,
  codes: nan ? refusedNaN : refused,
  spoil: (valid) => ({ specification: spoil(valid.specification!, dimension) }),
});

type Strata = readonly fc.Arbitrary<BadRequest>[];

const strata = (valid: fc.Arbitrary<AnyRequest>, defects: readonly Defect[]): Strata =>
  defects.map(({ wrong, codes, spoil }) =>
    valid.map((request) => ({ valid: request, bad: spoil(request), wrong, codes })),
  );

const about = (specification: fc.Arbitrary<Specification>): fc.Arbitrary<AnyRequest> =>
  specification.map((valid) => ({ specification: valid, step: 0.5, x: Float64Array.of(0.5, 1, 0.25, 2) }));

/** Requests about a function of the type with one parameter spoilt each; none for a type without parameters. */
export function badFunctions(type: string, known: readonly string[], restrictions?: Restrictions): Strata {
  const defects = specificationDefects(registry.get(type)!.definition.parameters);
  return strata(about(functionSpecification(type, dimension, known, restrictions)), defects.map(ofSpecification));
}

/** The same about a smooth term, which may be non-convex: errors of functions that concern convexity are left out. */
export function badSmoothTerms(type: string, restrictions?: Restrictions): Strata {
  const defects = specificationDefects(smoothRegistry.get(type)!.definition.parameters);
  const certain = defects.filter(({ convexity }) => !convexity);
  return strata(about(smoothSpecification(type, dimension, restrictions)), certain.map(ofSpecification));
}

/** Requests for a prox with a bad step, and for that of a function that nobody knows. */
export function badProxes(types: readonly string[], restrictions?: Restrictions): Strata {
  const known = fc.constantFrom(...types).chain((type) => functionSpecification(type, dimension, types, restrictions));
  return strata(about(known), [...ofSteps, unknownType]);
}

/** Requests about a problem with bad probabilities, a bad step or, where components are picked, an index of none. */
export function badProblems(problem: fc.Arbitrary<ProblemCase>, picks: boolean): Strata {
  return strata(problem, picks ? [...ofProblems, ...ofIndices] : ofProblems);
}

/** Hyperparameters with one invalid value, or one unknown name. */
function hyperparameterDefects(algorithm: StatefulAlgorithmName): Defect[] {
  const { parameters } = statefulAlgorithms[algorithm];
  const spoilt = (wrong: string, name: string, value: unknown): Defect => ({
    wrong,
    codes: Number.isNaN(value) ? refusedNaN : refused,
    spoil: ({ hyperparameters }) => ({ hyperparameters: { ...hyperparameters, [name]: value as number } }),
  });
  const ofEach = Object.entries(parameters).flatMap(([name, { kind, optional }]) => {
    // An implementation that always omits an optional value may not know it.
    if (optional) return [];
    if (kind === 'count') return [spoilt(`${name} = 0`, name, 0)];
    if (kind !== 'number') return [];
    return [spoilt(`${name} = -1`, name, -1), spoilt(`${name} = NaN`, name, Number.NaN)];
  });
  return [...ofEach, ...(algorithm === 'rprop' ? [spoilt('smallestStep > largestStep', 'smallestStep', 2 ** 20)] : [])];
}

/** Requests for a step of an algorithm with memory with a bad hyperparameter. */
export function badHyperparameters(algorithm: StatefulAlgorithmName, options: StatefulCaseOptions): Strata {
  const [first] = statefulCases(algorithm, options);
  const valid = first!.map(({ batches, ...request }) => ({ ...request, indices: batches[0]! }));
  return strata(valid, hyperparameterDefects(algorithm));
}

/** Requests for samples with bad probabilities. */
export const badSamples: Strata = strata(
  fc.constant({ problem: { smooth: zero, functions: [zero], probabilities: [1] } }),
  ofProbabilities,
);

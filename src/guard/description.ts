import { z } from 'zod';
import { type Dtype, dtypeNames, holds } from '../claims/implementation/dtype.js';
import { type ImplementationDescription, methodNames, shapeNames } from '../claims/implementation/implementation.js';
import { isWeight, parametersOf, type Restrictions } from '../claims/implementation/restrictions.js';
import { canWrap, wrapperTypes } from '../judging/arbitraries/function-specification.js';
import { averageType } from '../judging/arbitraries/prox-case.js';
import { algorithmNames, signConventions } from '../reference/algorithms/algorithm.js';
import {
  isStateful,
  type StatefulAlgorithmName,
  statefulAlgorithmNames,
} from '../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../reference/algorithms/stateful/registry.js';
import { registry } from '../reference/functions/index.js';

/** The parts of a description that restrictions apply to. */
interface Declared {
  readonly dtype: Dtype;
  readonly computeDtype?: Dtype | null | undefined;
  readonly stateDtype?: Dtype | null | undefined;
  readonly rounding?: string | null | undefined;
  readonly methods: readonly string[];
  readonly functions: readonly string[];
  readonly smooth: readonly string[];
  readonly algorithms: readonly string[];
  readonly restrictions?: Restrictions | undefined;
  readonly follows?: Readonly<Record<string, string>> | undefined;
  readonly shapes?: readonly string[] | undefined;
}

/** A restriction that applies to nothing declared, and why: it is misspelt, or about something that the adapter does not offer. */
export interface Unmatched {
  readonly path: readonly string[];
  readonly message: string;
}

const withBatches = ['step', 'run'];

const leaveOut = 'leave the restriction out, or declare what it applies to';

function unmatchedRestrictions(declared: Declared): Unmatched[] {
  const { methods, functions, smooth, algorithms, restrictions = {} } = declared;
  const { positiveWeights, oneDraw, isotropic, equalGroups, constantStep, inner = {} } = restrictions;
  const parameters = [...functions, ...smooth].flatMap((type) => Object.entries(parametersOf(type)));
  const names = (kind: string): string[] => parameters.flatMap(([name, own]) => (own.kind === kind ? [name] : []));
  const eitherWay = names('number-or-vector');
  const unmatched = (path: readonly string[], why: string): Unmatched => ({ path, message: `${why}: ${leaveOut}` });
  return [
    ...(positiveWeights === true && ![...names('number'), ...names('vector')].some(isWeight)
      ? [unmatched(['positiveWeights'], 'no function that is declared has a weight')]
      : []),
    ...(oneDraw === true && !methods.some((method) => withBatches.includes(method))
      ? [unmatched(['oneDraw'], `none of ${withBatches.join(', ')} is declared`)]
      : []),
    ...(isotropic === true && eitherWay.length === 0
      ? [unmatched(['isotropic'], 'nothing that is declared has a parameter of one number for each entry')]
      : []),
    ...(Array.isArray(isotropic) ? (isotropic as readonly string[]) : [])
      .filter((name) => !eitherWay.includes(name))
      .map((name) => {
        const others = eitherWay.length === 0 ? '' : `, only ${[...new Set(eitherWay)].join(', ')} may be`;
        return unmatched(['isotropic'], `"${name}" is not one number for each entry of anything declared${others}`);
      }),
    ...(equalGroups === true && names('groups').length === 0
      ? [unmatched(['equalGroups'], 'no function that is declared has groups')]
      : []),
    ...(constantStep === true && !methods.includes('run')
      ? [unmatched(['constantStep'], 'the method run is not declared')]
      : []),
    ...Object.entries(inner).flatMap(([outer, types]) =>
      unmatchedInsides(outer, types, functions).map((why) => unmatched(['inner', outer], why)),
    ),
    ...(restrictions.leastShape !== undefined && !algorithms.some((each) => isStateful(each) && ofMatrices(each))
      ? [unmatched(['leastShape'], 'no algorithm that is declared takes matrices alone')]
      : []),
    ...unmatchedHyperparameters(declared).map((why) => unmatched(['withoutHyperparameters'], why)),
    ...Object.keys(restrictions.fixedHyperparameters ?? {})
      .filter((name) => !hyperparametersOf(declared).some(([own]) => own === name))
      .map((name) => unmatched(['fixedHyperparameters'], `"${name}" is not a hyperparameter of a declared algorithm`)),
  ];
}

const ofMatrices = (algorithm: StatefulAlgorithmName): boolean => statefulAlgorithms[algorithm].points === 'matrices';

const hyperparametersOf = ({ algorithms }: Declared) =>
  algorithms.filter(isStateful).flatMap((algorithm) => Object.entries(statefulAlgorithms[algorithm].parameters));

function unmatchedHyperparameters(declared: Declared): string[] {
  const { restrictions = {} } = declared;
  const optional = hyperparametersOf(declared).flatMap(([name, own]) => (own.optional ? [name] : []));
  return (restrictions.withoutHyperparameters ?? [])
    .filter((name) => !optional.includes(name))
    .map((name) => `"${name}" is not a hyperparameter that a declared algorithm may leave out`);
}

function unmatchedInsides(outer: string, types: readonly string[], functions: readonly string[]): string[] {
  if (!functions.includes(outer)) return ['no such function is declared'];
  const isWrapper = wrapperTypes.includes(outer);
  if (!isWrapper && outer !== averageType) return ['it is built of no other functions'];
  const missing = types.filter((type) => !functions.includes(type)).map((type) => `"${type}" is not declared`);
  if (missing.length > 0) return missing;
  const isBasic = (type: string): boolean => registry.has(type) && ![...wrapperTypes, averageType].includes(type);
  return types.some((type) => isBasic(type) && (!isWrapper || canWrap(outer, type)))
    ? []
    : ['names no function that can be inside it and is not a wrapper itself'];
}

const name = z.string().min(1).max(200);

/** The description that an implementation gives of itself. Unknown fields are ignored, so that newer adapters stay usable. */
export const descriptionSchema = z.object({
  name,
  version: z.string().max(100),
  language: z.string().max(100),
  dtype: z.enum(dtypeNames),
  /** The dtype in which a prox is computed before the result is rounded. */
  computeDtype: z.enum(dtypeNames).optional(),
  /** The dtype of all that an algorithm with memory computes and keeps except x. */
  stateDtype: z.enum(dtypeNames).optional(),
  /** How an algorithm with memory rounds x. */
  rounding: z.enum(['nearest', 'stochastic']).optional(),
  methods: z.array(z.enum(methodNames).or(name)).max(100),
  functions: z.array(name).max(1000),
  smooth: z.array(name).max(1000),
  algorithms: z.array(z.enum([...algorithmNames, ...statefulAlgorithmNames]).or(name)).max(100),
  /** Variants of a step and a run. */
  variants: z
    .array(name)
    .max(20)
    .refine((names) => new Set(names).size === names.length, { error: 'a variant is named twice' })
    .optional(),
  /** Further variants of a run, of which a few cases are asked. */
  circumstances: z.array(name).max(20).optional(),
  /** Another process can go on from the state of an algorithm with memory. */
  resume: z.boolean().optional(),
  /** By algorithm with memory, the paper or the library whose conventions it follows. */
  follows: z.record(name, name).optional(),
  /** What becomes of NaN and ±∞ in a point. */
  nonfinite: z.enum(['propagate', 'reject']).optional(),
  nonsymmetric: z.literal('project').optional(),
  /** Forms in which a prox may be called, beside the plain one. */
  forms: z
    .array(name)
    .max(20)
    .refine((names) => new Set(names).size === names.length, { error: 'a form is named twice' })
    .optional(),
  /** What x may be beside a vector. */
  shapes: z.array(z.enum(shapeNames)).max(shapeNames.length).optional(),
  conventions: z
    .object({
      signOfZero: z.enum([...signConventions, 'unknown']).default('unknown'),
      halfInSquaredNorm: z.boolean().default(true),
      /** Bad parameters are refused with the code bad-request. If absent, what happens to them is reported but is not a failure. */
      rejectsBadParameters: z.boolean().exactOptional(),
    })
    .default({ signOfZero: 'unknown', halfInSquaredNorm: true }),
  /** By type: a in ‖u − prox_{γr}(y)‖ ≤ a(‖y‖ + ‖prox_{γr}(y)‖), for proxes that iterate. At a = 1 even u = 0 would be right. */
  accuracy: z.record(z.string(), z.number().positive().max(0.1)).optional(),
  /** Notes for the user, e.g. how the arguments of a function were interpreted. */
  notes: z.array(z.string().max(1000)).max(20).optional(),
  /** Limits of what is declared, beyond which nothing is asked: see Restrictions. */
  restrictions: z
    .object({
      positiveWeights: z.boolean().exactOptional(),
      oneDraw: z.boolean().exactOptional(),
      isotropic: z.boolean().or(z.array(name).max(100)).exactOptional(),
      equalGroups: z.boolean().exactOptional(),
      constantStep: z.boolean().exactOptional(),
      inner: z.record(name, z.array(name).max(1000)).exactOptional(),
      leastShape: z.number().int().min(1).max(16).exactOptional(),
      withoutHyperparameters: z.array(name).max(100).exactOptional(),
      fixedHyperparameters: z.record(name, z.number().or(z.boolean()).nullable()).exactOptional(),
    })
    .optional(),
});

/** Why an algorithm does not follow what it is said to follow; undefined if it may. */
function unfollowed(algorithm: string, name: string, algorithms: readonly string[]): string | undefined {
  if (!algorithms.includes(algorithm)) return 'no such algorithm is declared';
  if (!isStateful(algorithm)) return 'it leaves no convention open';
  const known = Object.keys(statefulAlgorithms[algorithm].references ?? {});
  if (known.includes(name)) return undefined;
  return known.length === 0 ? 'there is nothing on file that it could follow' : `must be one of ${known.join(', ')}`;
}

/**
 * Reports restrictions and references that apply to nothing declared: a misspelt one must not look as if it were respected. Also algorithms of
 * matrices without matrices, and dtypes that are none.
 */
export function checkRestrictions(declared: Declared, context: z.RefinementCtx): void {
  const { dtype, stateDtype } = declared;
  if (declared.rounding === 'stochastic' && (stateDtype == null || stateDtype === dtype)) {
    const message = `needs a stateDtype that has more digits than ${dtype}, in which x is known before it is rounded`;
    context.addIssue({ code: 'custom', path: ['rounding'], message });
  }
  for (const name of ['computeDtype', 'stateDtype'] as const) {
    const given = declared[name];
    // A wider format holds every number of the narrower one.
    if (given == null || given === dtype || holds(given, dtype)) continue;
    context.addIssue({ code: 'custom', path: [name], message: `must hold every number of ${dtype}` });
  }
  for (const [algorithm, name] of Object.entries(declared.follows ?? {})) {
    const message = unfollowed(algorithm, name, declared.algorithms);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['follows', algorithm], message });
  }
  for (const algorithm of declared.algorithms.filter(isStateful)) {
    if (!ofMatrices(algorithm) || declared.shapes?.includes('matrix')) continue;
    const message = `${algorithm} takes matrices: declare "shapes": ["matrix"]`;
    context.addIssue({ code: 'custom', path: ['shapes'], message });
  }
  for (const { path, message } of unmatchedRestrictions(declared)) {
    context.addIssue({ code: 'custom', path: ['restrictions', ...path], message });
  }
}

/** Methods of the protocol that are not methods of an implementation. */
const frame = ['hello', 'echo', 'batch', 'bye'];

/** Separates the methods and algorithms that this version of the suite knows from the others, which it cannot judge. */
export function knownDescription(parsed: z.infer<typeof descriptionSchema>): ImplementationDescription {
  const { accuracy, restrictions, nonfinite, nonsymmetric, resume, follows, ...others } = parsed;
  const { forms = [], shapes = [], variants = [], circumstances = [], notes = [], ...more } = others;
  const { computeDtype, stateDtype, rounding, ...rest } = more;
  const stateful = statefulAlgorithmNames.filter((algorithm) => parsed.algorithms.includes(algorithm));
  const known: readonly string[] = [...algorithmNames, ...stateful];
  const unknown = {
    methods: parsed.methods.filter((method) => ![...methodNames, ...frame].includes(method)),
    algorithms: parsed.algorithms.filter((algorithm) => !known.includes(algorithm)),
  };
  return {
    ...rest,
    methods: methodNames.filter((method) => parsed.methods.includes(method)),
    algorithms: algorithmNames.filter((algorithm) => parsed.algorithms.includes(algorithm)),
    ...(stateful.length === 0 ? {} : { statefulAlgorithms: stateful }),
    ...(variants.length > 0 ? { variants } : {}),
    ...(circumstances.length > 0 ? { circumstances } : {}),
    ...(forms.length > 0 ? { forms } : {}),
    ...(shapes.length > 0 ? { shapes } : {}),
    ...(resume === true && { resume }),
    ...(computeDtype === undefined ? {} : { computeDtype }),
    ...(stateDtype === undefined ? {} : { stateDtype }),
    ...(rounding === 'stochastic' && { rounding }),
    ...(follows === undefined ? {} : { follows }),
    ...(nonfinite === undefined ? {} : { nonfinite }),
    ...(nonsymmetric === undefined ? {} : { nonsymmetric }),
    ...(accuracy === undefined ? {} : { accuracy }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(restrictions === undefined ? {} : { restrictions }),
    ...(unknown.methods.length + unknown.algorithms.length === 0 ? {} : { unknown }),
  };
}

/** All problems of a failed validation in one line: missing fields first, then the place and problem of the others. */
export function allIssues(error: z.ZodError, given: unknown): string {
  const isMissing = ({ path }: z.core.$ZodIssue): boolean =>
    path.length === 1 && (given as Readonly<Record<string, unknown>>)[String(path[0])] === undefined;
  const missing = error.issues.filter(isMissing).map(({ path }) => String(path[0]));
  const others = error.issues.filter((issue) => !isMissing(issue));
  return [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`]),
    ...others.map(({ path, message }) => `${path.join('.') || 'the value'}: ${message}`),
  ].join('; ');
}

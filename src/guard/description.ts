import { z } from 'zod';
import { type ImplementationDescription, methodNames } from '../claims/implementation/implementation.js';
import { algorithmNames, signConventions } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
import { type Declared, unmatchedRestrictions } from './unmatched-restrictions.js';

const name = z.string().min(1).max(200);

/** What an implementation says about itself, as data; unknown fields are ignored so that newer adapters stay usable. */
export const descriptionSchema = z.object({
  name,
  version: z.string().max(100),
  language: z.string().max(100),
  dtype: z.enum(['f64', 'f32']),
  methods: z.array(z.enum(methodNames).or(name)).max(100),
  functions: z.array(name).max(1000),
  smooth: z.array(name).max(1000),
  algorithms: z.array(z.enum([...algorithmNames, ...statefulAlgorithmNames]).or(name)).max(100),
  /** Ways in which a step and a run can be made. */
  variants: z
    .array(name)
    .max(20)
    .refine((names) => new Set(names).size === names.length, { error: 'a variant is named twice' })
    .optional(),
  conventions: z
    .object({
      signOfZero: z.enum([...signConventions, 'unknown']).default('unknown'),
      halfInSquaredNorm: z.boolean().default(true),
      /** Bad parameters are refused by the code bad-request: without it what becomes of them is told and not failed. */
      rejectsBadParameters: z.boolean().exactOptional(),
    })
    .default({ signOfZero: 'unknown', halfInSquaredNorm: true }),
  /** By type: a in ‖u − prox_{γr}(y)‖ ≤ a(‖y‖ + ‖prox_{γr}(y)‖), for proxes that iterate. At a = 1 even u = 0 would be right. */
  accuracy: z.record(z.string(), z.number().positive().max(0.1)).optional(),
  /** Notes for the user, e.g. how the arguments of a function were interpreted. */
  notes: z.array(z.string().max(1000)).max(20).optional(),
  /** What is not offered of what is declared, and so not asked: see Restrictions. */
  restrictions: z
    .object({
      positiveWeights: z.boolean().exactOptional(),
      oneDraw: z.boolean().exactOptional(),
      isotropic: z.boolean().or(z.array(name).max(100)).exactOptional(),
      equalGroups: z.boolean().exactOptional(),
      inner: z.record(name, z.array(name).max(1000)).exactOptional(),
      withoutHyperparameters: z.array(name).max(100).exactOptional(),
    })
    .optional(),
});

/** Tells of the restrictions that nothing declared falls under: one that is misspelt must not look as if it were kept to. */
export function checkRestrictions(declared: Declared, context: z.RefinementCtx): void {
  for (const { path, message } of unmatchedRestrictions(declared)) {
    context.addIssue({ code: 'custom', path: ['restrictions', ...path], message });
  }
}

/** Methods of the protocol that are no methods of an implementation. */
const frame = ['hello', 'echo', 'batch', 'bye'];

/**
 * Keeps the methods and algorithms that this version of the suite knows apart from the others, which it cannot judge. Protocol 1.0 has no
 * algorithms with memory and no variants: who speaks it may mean something else by these words.
 */
export function knownDescription(
  parsed: z.infer<typeof descriptionSchema>,
  protocol: '1.0' | '1.1' = '1.1',
): ImplementationDescription {
  const { accuracy, restrictions, variants = [], notes = [], ...rest } = parsed;
  const later = protocol !== '1.0';
  const stateful = statefulAlgorithmNames.filter((algorithm) => later && parsed.algorithms.includes(algorithm));
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
    ...(later && variants.length > 0 ? { variants } : {}),
    ...(accuracy === undefined ? {} : { accuracy }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(restrictions === undefined ? {} : { restrictions }),
    ...(unknown.methods.length + unknown.algorithms.length === 0 ? {} : { unknown }),
  };
}

/** All problems of a failed validation in one line: the fields that are missing, and of the others where and what. */
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

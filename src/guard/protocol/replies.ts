import * as z from 'zod';
import { type ImplementationDescription, methodNames } from '../../claims/implementation/implementation.js';
import { checkRestrictions, descriptionSchema, knownDescription } from '../description.js';
import { type EncodingName, encodingNames, type RealEncoding } from './real-encoding.js';

/** The version of the protocol, in the suite's hello and in that of the adapter. */
export const protocolVersion = '2.0';

/** Error codes of a reply. Any other word counts as `internal`; `shape` means that the library returned a result of another shape. */
export const errorCodes = ['unsupported', 'domain', 'nonfinite', 'bad-request', 'shape', 'internal'] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const errorSchema = z.object({
  code: z.enum(errorCodes).or(z.string()),
  message: z.string().nullish(),
});

/** The frame of every reply: the id of its request, and either `ok` or `error`. Unknown fields are ignored everywhere. */
export const replySchema = z.object({
  id: z.number().int(),
  ok: z.record(z.string(), z.unknown()).nullish(),
  error: errorSchema.nullish(),
});

/** A reply inside a batch. Its position says which request it answers, so the id may be left out. */
export const batchedReplySchema = replySchema.extend({ id: z.number().int().nullish() });

const { name, version, language, dtype, methods, functions, smooth, algorithms, variants, conventions, ...others } =
  descriptionSchema.shape;
const {
  accuracy,
  restrictions,
  notes,
  nonfinite,
  nonsymmetric,
  resume,
  follows,
  forms,
  shapes,
  circumstances,
  ...dtypes
} = others;
const { computeDtype, stateDtype, rounding } = dtypes;

const helloFields = z.object({
  protocol: z.literal(protocolVersion),
  encoding: z.enum(encodingNames).default('bits'),
  implementation: z.object({
    name,
    version: version.or(z.number().transform(String)).default('unknown'),
    language: language.default('unknown'),
  }),
  dtype: dtype.default('f64'),
  computeDtype: computeDtype.nullish().transform((value) => value ?? undefined),
  stateDtype: stateDtype.nullish().transform((value) => value ?? undefined),
  rounding: rounding.nullish().transform((value) => value ?? undefined),
  methods,
  functions: functions.default([]),
  smooth: smooth.default([]),
  algorithms: algorithms.default([]),
  conventions,
  resume: resume.nullish().transform((value) => value ?? undefined),
  follows: follows.nullish().transform((value) => value ?? undefined),
  nonfinite: nonfinite.nullish().transform((value) => value ?? undefined),
  nonsymmetric: nonsymmetric.nullish().transform((value) => value ?? undefined),
  accuracy: accuracy.nullish().transform((value) => value ?? undefined),
  restrictions: restrictions.nullish().transform((value) => value ?? undefined),
  notes: notes.nullish().transform((value) => value ?? undefined),
  /** Variants of a step and a run; a request then names one. */
  variants: variants.nullish().transform((value) => value ?? undefined),
  /** Further variants of a run, of which a few cases are asked. */
  circumstances: circumstances.nullish().transform((value) => value ?? undefined),
  /** Forms in which a prox may be called; a request then may name one. */
  forms: forms.nullish().transform((value) => value ?? undefined),
  /** What x may be beside a vector; a request then may have a shape. */
  shapes: shapes.nullish().transform((value) => value ?? undefined),
  /** Replies have `input`, the x of the request after the call. */
  inPlace: z.boolean().nullish(),
  /** A step may say which iterations follow it. */
  ahead: z.boolean().nullish(),
  /** Usually offered as a method; a separate field is accepted too. */
  batch: z.boolean().nullish(),
});

/** The content of `ok` in the reply to `hello`. Fields with a default may be left out. */
export const helloSchema = helloFields.superRefine(checkRestrictions);

/** The agreement of `hello`. */
export interface Handshake {
  readonly description: ImplementationDescription;
  readonly encoding: EncodingName;
  /** Whether several requests may be sent as one. */
  readonly batch: boolean;
  /** Whether a step may say which iterations follow it. */
  readonly ahead: boolean;
}

/** The agreement that a valid hello makes. */
export function handshakeOf(hello: z.output<typeof helloSchema>): Handshake {
  const { implementation, encoding, batch, ahead, protocol: _, inPlace, ...described } = hello;
  const description = knownDescription({ ...implementation, ...described });
  return {
    description: { ...description, ...(inPlace === true && { inPlace }) },
    encoding,
    batch: batch === true || hello.methods.includes('batch'),
    ahead: ahead === true,
  };
}

const count = z.number().int().nonnegative();

/** Every method of the protocol. */
const wireMethods = ['hello', 'echo', ...methodNames, 'batch', 'bye'] as const;
export type WireMethod = (typeof wireMethods)[number];

/** The content of `ok` by method, with numbers in the given encoding. */
export function resultSchemas<R extends z.ZodType>(real: R) {
  const vector = z.array(real, { error: 'not an array of numbers' });
  const point = z.object({ x: vector });
  return {
    echo: point,
    prox: point,
    value: z.object({ value: real }),
    gradient: point,
    step: point.extend({
      state: z.unknown().optional().describe('for algorithms with memory: any JSON of at most 1 MiB'),
      trajectory: z.array(vector).nullish().describe('where the request has `ahead`: the x after each iteration'),
    }),
    run: z.object({ x: vector, trajectory: z.array(vector).nullish() }),
    sample: z.object({ counts: z.array(count) }),
  };
}
export type ResultSchemas = ReturnType<typeof resultSchemas<RealEncoding['real']>>;

/**
 * The same with `input`, the x of the request after the call: in every result of an adapter that declares `inPlace`, and from the server of a
 * JavaScript module if x has changed. For any other adapter `input` may mean something else.
 */
export function seeingInputs<R extends z.ZodType>(
  plain: ReturnType<typeof resultSchemas<R>>,
  real: R,
  always: boolean,
): ReturnType<typeof resultSchemas<R>> {
  const input = z.array(real, { error: 'not an array of numbers, which inPlace declares' });
  const beside = { input: always ? input : input.optional() };
  return {
    ...plain,
    prox: plain.prox.extend(beside),
    value: plain.value.extend(beside),
    gradient: plain.gradient.extend(beside),
    step: plain.step.extend(beside),
    run: plain.run.extend(beside),
  };
}

import * as z from 'zod';
import { type ImplementationDescription, methodNames } from '../../claims/implementation/implementation.js';
import { checkRestrictions, descriptionSchema, knownDescription } from '../description.js';
import { type EncodingName, encodingNames, type RealEncoding } from './real-encoding.js';

/** The protocol that this suite speaks. */
export const protocolVersion = '1.0';

/** Error codes of a reply. Any other word counts as `internal`. */
export const errorCodes = ['unsupported', 'domain', 'nonfinite', 'bad-request', 'internal'] as const;
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

/** A reply inside of a batch, where the position says what is answered: the id may be left out. */
export const batchedReplySchema = replySchema.extend({ id: z.number().int().nullish() });

const { name, version, language, dtype, methods, functions, smooth, algorithms, conventions, accuracy, restrictions } =
  descriptionSchema.shape;

const helloFields = z.object({
  protocol: z.string().regex(/^1(\.\d+)?$/, { error: `not ${protocolVersion}, which this suite speaks` }),
  encoding: z.enum(encodingNames).default('bits'),
  implementation: z.object({
    name,
    version: version.or(z.number().transform(String)).default('unknown'),
    language: language.default('unknown'),
  }),
  dtype: dtype.default('f64'),
  methods,
  functions: functions.default([]),
  smooth: smooth.default([]),
  algorithms: algorithms.default([]),
  conventions,
  accuracy: accuracy.nullish().transform((value) => value ?? undefined),
  restrictions: restrictions.nullish().transform((value) => value ?? undefined),
  /** Offered like a method; a field of its own is understood too. */
  batch: z.boolean().nullish(),
});

/** The content of `ok` in the reply to `hello`. What the protocol gives a default may be left out. */
export const helloSchema = helloFields.superRefine(checkRestrictions);

/** What `hello` agreed on. */
export interface Handshake {
  readonly description: ImplementationDescription;
  readonly encoding: EncodingName;
  /** Several requests may travel in one. */
  readonly batch: boolean;
}

/** The agreement that a valid hello makes. */
export function handshakeOf(hello: z.output<typeof helloSchema>): Handshake {
  const { implementation, encoding, batch, protocol: _, ...described } = hello;
  return {
    description: knownDescription({ ...implementation, ...described }),
    encoding,
    batch: batch === true || hello.methods.includes('batch'),
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
    'proximal-gradient': point,
    'mini-batch': point,
    'gradient-mapping': point,
    step: point,
    run: z.object({ x: vector, trajectory: z.array(vector).nullish() }),
    sample: z.object({ counts: z.array(count) }),
  };
}
export type ResultSchemas = ReturnType<typeof resultSchemas<RealEncoding['real']>>;

/**
 * The same for the server of a JavaScript module, which says beside a result what the module made of the x of the request. That is no part
 * of the protocol: an adapter may call something else `input`.
 */
export function seeingInputs(plain: ResultSchemas, real: RealEncoding['real']): ResultSchemas {
  const beside = { input: z.array(real).optional() };
  return {
    ...plain,
    prox: plain.prox.extend(beside),
    value: plain.value.extend(beside),
    gradient: plain.gradient.extend(beside),
    'proximal-gradient': plain['proximal-gradient'].extend(beside),
    'mini-batch': plain['mini-batch'].extend(beside),
    'gradient-mapping': plain['gradient-mapping'].extend(beside),
    step: plain.step.extend(beside),
    run: plain.run.extend(beside),
  };
}

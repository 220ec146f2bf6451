import * as z from 'zod';
import { algorithmNames, methodNames, statefulAlgorithmNames } from '../../claims/implementation/implementation.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { registry } from '../../reference/functions/index.js';
import type { Parameter, Parameters } from '../../reference/functions/parameters/parameter.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import { anyReal, encodingNames } from './real-encoding.js';
import {
  errorSchema,
  helloSchema,
  protocolVersion,
  replySchema,
  resultSchemas,
  seeingInputs,
  type WireMethod,
} from './replies.js';

const real = anyReal;
const vector = z.array(real);
const count = z.number().int().nonnegative();
const size = z.number().int().positive();

/** The vocabulary's definition of a type, from both registries. */
interface Described {
  readonly definition: {
    readonly type: string;
    readonly formula: string;
    readonly parameters: Parameters;
  };
}

function parameterSchema(parameter: Parameter): z.ZodType {
  switch (parameter.kind) {
    case 'number':
      return real;
    case 'count':
      return size;
    case 'number-or-vector':
      return z.union([real, vector]);
    case 'vector':
    case 'probabilities':
      return vector;
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(parameter.choices as [string, ...string[]]);
    case 'shape':
      return z.tuple([size, size]);
    case 'groups':
      return z.array(z.array(count).min(1)).min(1);
    case 'matrix':
      return matrix;
    case 'function':
      return z.lazy(() => functionSchema);
    case 'functions':
      return z.array(z.lazy(() => functionSchema)).min(1);
    case 'blocks':
      return z.array(z.object({ length: size, function: z.lazy(() => functionSchema) })).min(1);
  }
}

function parametersSchema(parameters: Parameters): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const schema = parameterSchema(parameter).describe(parameter.allowed);
    shape[name] = parameter.optional ? schema.optional() : schema;
  }
  return shape;
}

const typeSchema = ({ definition: { type, formula, parameters } }: Described): z.ZodObject =>
  z.object({ type: z.literal(type), ...parametersSchema(parameters) }).describe(formula);

const matrix = z.object({ rows: size, columns: size, data: vector.describe('row by row') });
const functionTypes = new Map([...registry.values()].map((entry) => [entry.definition.type, typeSchema(entry)]));
const smoothTypes = new Map([...smoothRegistry.values()].map((entry) => [entry.definition.type, typeSchema(entry)]));
const anyOf = (types: ReadonlyMap<string, z.ZodObject>): z.ZodType =>
  z.union([...types.values()] as [z.ZodObject, ...z.ZodObject[]]);
const functionSchema: z.ZodType = anyOf(functionTypes).describe('r: a function of the vocabulary');
const smoothSchema: z.ZodType = anyOf(smoothTypes).describe('d: a smooth term of the vocabulary');
const problem = z
  .object({ smooth: smoothSchema, functions: z.array(functionSchema).min(1), probabilities: vector })
  .describe('f = d + r: the smooth term, the components r_1 … r_K and their probabilities θ');

const layout = {
  shape: z.array(size).min(2).optional().describe('of x row by row, where it is no vector; hello declares it'),
  batch: z.literal(true).optional().describe('the first number of the shape counts points with answers of their own'),
};
const indices = z.array(count).min(1);
const hyperparameters = z
  .union(
    Object.entries(statefulAlgorithms).map(([name, { parameters }]) =>
      z.object(parametersSchema(parameters)).describe(`of ${name}`),
    ) as [z.ZodObject, ...z.ZodObject[]],
  )
  .optional()
  .describe('for algorithms with memory');
const ofGradients =
  'of algorithms with memory that take neither a prox nor a gradient elsewhere, in place of the problem';
const iteration = {
  algorithm: z.enum([...algorithmNames, ...statefulAlgorithmNames]),
  hyperparameters,
  problem: problem.optional(),
  x: vector,
  ...layout,
  variant: z.string().optional().describe('one of those that hello declares'),
};
const step = { step: real, x: vector };

/** The fields of a request by method, beside `id` and `method`. */
const requestFields: Readonly<Record<WireMethod, z.ZodRawShape>> = {
  hello: {
    protocol: z.literal(protocolVersion),
    suite: z.string(),
    encodings: z.array(z.enum(encodingNames)),
  },
  echo: { x: vector },
  prox: {
    function: functionSchema,
    ...step,
    form: z.string().optional().describe('one of those that hello declares; absent for the plain call'),
    ...layout,
  },
  value: { function: z.union([functionSchema, smoothSchema]), x: vector },
  gradient: { function: z.union([functionSchema, smoothSchema]), x: vector },
  step: {
    ...iteration,
    step: real,
    gradient: vector.optional().describe(ofGradients),
    indices: z.array(count).optional().describe('the mini-batch, 0-based'),
    state: z.unknown().optional().describe('for algorithms with memory: what the step before answered, null at first'),
    ahead: z
      .array(z.object({ step: real, gradient: vector.optional(), indices: indices.optional() }))
      .optional()
      .describe('the iterations that follow, if hello declares `ahead`: x and state are then those after the last'),
  },
  run: {
    ...iteration,
    step: real.optional().describe('γ, if it is the same in every iteration'),
    steps: vector.optional().describe('γ of each iteration, if it changes'),
    gradients: z.array(vector).optional().describe(`one per iteration: ${ofGradients}`),
    indices: z.array(z.array(count)).optional().describe('one mini-batch per iteration'),
  },
  sample: { probabilities: vector, count: size, seed: count },
  batch: { requests: z.array(z.lazy(() => batched)).min(1) },
  bye: {},
};

const requestOf = (method: WireMethod): z.ZodObject =>
  z.object({ id: count, method: z.literal(method), ...requestFields[method] });

/** Requests by method: what the suite sends. */
export const requestSchemas: ReadonlyMap<WireMethod, z.ZodObject> = new Map(
  (Object.keys(requestFields) as WireMethod[]).map((method) => [method, requestOf(method)]),
);

const batched: z.ZodType = z.union(
  ['echo' as const, ...methodNames].map((method) => requestSchemas.get(method)!) as [z.ZodObject, ...z.ZodObject[]],
);

const batchResult = z.object({ replies: z.array(replySchema.partial({ id: true })) });

/** Replies by method: what the suite accepts. Unknown fields are ignored everywhere. */
export const replySchemas: ReadonlyMap<WireMethod, z.ZodType> = new Map(
  Object.entries({
    ...{ hello: helloSchema, ...seeingInputs(resultSchemas(real), real, false) },
    ...{ batch: batchResult, bye: z.object({}) },
  }).map(([method, ok]) => [
    method as WireMethod,
    z.union([z.object({ id: count, ok }), z.object({ id: count, error: errorSchema })]),
  ]),
);

/**
 * The JSON Schemas (draft 2020-12) of every message and of every function and smooth term, by file name without `.json`; they refer to
 * each other by file name.
 */
export function wireJsonSchemas(): Record<string, object> {
  const published = z.registry<{ id: string }>();
  const add = (id: string, schema: z.ZodType): unknown => published.add(schema, { id });
  add('real', real);
  add('vector', vector);
  add('matrix', matrix);
  add('function', functionSchema);
  add('smooth', smoothSchema);
  add('problem', problem);
  for (const [type, schema] of functionTypes) add(`function-${type}`, schema);
  for (const [type, schema] of smoothTypes) add(`smooth-${type}`, schema);
  for (const [method, schema] of requestSchemas) add(`request-${method}`, schema);
  for (const [method, schema] of replySchemas) add(`reply-${method}`, schema);
  return z.toJSONSchema(published, { io: 'input', uri: (id) => `${id}.json` }).schemas;
}

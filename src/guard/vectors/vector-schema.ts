import * as z from 'zod';

/** 16 hex digits of a double, big-endian. */
const bits = z.string().regex(/^[0-9a-f]{16}$/);
const rational = z.string().regex(/^-?\d+(\/\d+)?$/);

/** Kinds of questions: methods of the protocol, and `mean` for P(x) = Σθ_k P_k(x), for which the protocol has no method. */
const vectorMethods = ['prox', 'proximal-gradient', 'mean', 'mini-batch', 'gradient-mapping', 'step', 'run'] as const;

const request = z
  .looseObject({ method: z.enum(vectorMethods), step: bits, x: z.array(bits).min(1) })
  .describe(
    'the request of the protocol in encoding bits, without its id; "mean" is P(x) = Σθ_k P_k(x) and no method of the protocol',
  );

const tolerance = z
  .strictObject({
    mode: z.enum(['exact', 'ulp', 'condition']),
    k: z.number().int().nonnegative(),
    scale: z.number().nonnegative(),
    why: z.string().min(1),
  })
  .describe(
    'exact: equal as numbers (−0 is 0). ulp: |ŷ − y| ≤ k ulp(y). condition: |ŷ − y| ≤ max(k ulp(y), k·2⁻⁵³·scale), in exact arithmetic. The t-th iterate of a trajectory is allowed t times as much.',
  );

const signOfZero = z
  .enum(['zero', 'positive', 'negative'])
  .exactOptional()
  .describe('the value of sgn at exactly 0 under which this answer is right; absent when it does not matter');

const shared = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}$/)
    .describe('name of the file and 32 bits of the SHA-256 of the request: assigned by the tool, the same for ever'),
  description: z.string().min(1),
  flags: z.array(z.string()),
  request,
  tolerance,
};

const exact = 'the right answer as fractions p/q';
const rounded = 'the doubles nearest to it, ties to even';

const vector = z.strictObject({
  ...shared,
  accepted: z
    .array(
      z.strictObject({
        signOfZero,
        exact: z.array(rational).min(1).describe(exact),
        bits: z.array(bits).min(1).describe(rounded),
      }),
    )
    .min(1),
});
const trajectory = z.strictObject({
  ...shared,
  accepted: z
    .array(
      z.strictObject({
        signOfZero,
        exact: z.array(z.array(rational).min(1)).min(1).describe(`x_1, …, x_T: ${exact}`),
        bits: z.array(z.array(bits).min(1)).min(1).describe(rounded),
      }),
    )
    .min(1),
});

const heading = {
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  source: z.strictObject({ section: z.string(), equation: z.string() }),
  statement: z.string().min(1),
  flags: z.record(z.string(), z.string()).describe('what the flags of this file mean: why a vector is there'),
};

/** A file of `fixtures/vectors`. */
export const vectorFileSchema = z
  .strictObject({ ...heading, vectors: z.array(vector).min(1) })
  .describe('signprox test vectors: one answer each');
/** A file of `fixtures/trajectories`. */
export const trajectoryFileSchema = z
  .strictObject({ ...heading, vectors: z.array(trajectory).min(1) })
  .describe('signprox trajectories: the iterates of a run');

export type VectorFile = z.output<typeof vectorFileSchema>;
export type TrajectoryFile = z.output<typeof trajectoryFileSchema>;
export type AnyVector = (VectorFile | TrajectoryFile)['vectors'][number];
export type Tolerance = z.output<typeof tolerance>;

const outputNumber = z
  .union([z.number(), bits, z.enum(['-0', 'NaN', 'Infinity', '-Infinity'])])
  .describe('a JSON number, the 16 hex digits of a double, or "-0", "NaN", "Infinity", "-Infinity"');

/** What an implementation that cannot be driven live hands in. */
export const outputsSchema = z
  .record(
    z.string(),
    z.union([z.null(), z.array(outputNumber), z.array(z.array(outputNumber)).describe('the iterates of a trajectory')]),
  )
  .describe('signprox outputs: the answer by id of the vector; null or absent for what is not offered');
export type Outputs = z.output<typeof outputsSchema>;

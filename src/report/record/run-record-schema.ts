import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { type BoundRow, type CaseRecord, type Evidence, type Part, verdicts } from '../../claims/evidence.js';
import { decodeExact } from '../../claims/exact-encoding.js';
import {
  algorithmNames,
  type ImplementationDescription,
  methodNames,
  signConventions,
} from '../../claims/implementation/implementation.js';
import { figureSchema, realSchema } from './json-numbers.js';
import { exitCodes, outcomes } from './outcome.js';
import { type ClaimRecord, type RunRecord, schemaVersion } from './run-record.js';

const count = z.number().int().nonnegative();
const verdict = z.enum(verdicts);

function isExact(input: unknown): boolean {
  try {
    decodeExact(input);
    return true;
  } catch {
    return false;
  }
}

const caseSchema = z.strictObject({
  part: z.string(),
  ratio: realSchema,
  input: z.unknown().refine(isExact, 'not an exact encoding of a case'),
  explanation: z.string().exactOptional(),
});

const rowSchema = z.strictObject({
  instance: z.string(),
  iterations: count,
  step: realSchema,
  miniBatch: count,
  engine: z.enum(['monte-carlo', 'enumeration', 'moments', 'lattice', 'deterministic', 'cap']),
  left: realSchema,
  leftInterval: z.tuple([realSchema, realSchema]),
  bound: realSchema,
  sharpBound: realSchema.exactOptional(),
  verdict,
  reason: z.string(),
  trivial: z.boolean(),
  replicates: count,
  logE: z.strictObject({ violated: realSchema, holds: realSchema }).exactOptional(),
  alpha: realSchema.exactOptional(),
  cap: realSchema.exactOptional(),
  assumption: z.enum(['M', 'v', 'none']).exactOptional(),
  detectable: realSchema.exactOptional(),
  upper: realSchema.exactOptional(),
  constants: z.record(z.string(), z.union([realSchema, z.array(realSchema)])),
  seed: z.string(),
  reproduce: z.string(),
});

const partSchema = z.strictObject({
  name: z.string(),
  verdict,
  cases: count,
  worstRatio: realSchema,
  reason: z.string().exactOptional(),
});

const matrixSchema = z.strictObject({
  claims: z.array(z.string()),
  mutants: z.array(
    z.strictObject({
      name: z.string(),
      killedBy: z.string(),
      caught: z.array(z.string()),
      missed: z.array(z.string()),
    }),
  ),
});

const evidenceSchema = z.strictObject({
  verdict,
  reason: z.string(),
  cases: count,
  worst: caseSchema.exactOptional(),
  minimal: caseSchema.exactOptional(),
  unanswered: caseSchema.exactOptional(),
  parts: z.array(partSchema).exactOptional(),
  rows: z.array(rowSchema).exactOptional(),
  matrix: matrixSchema.exactOptional(),
  exact: z.strictObject({ left: z.string(), bound: z.string() }).exactOptional(),
  measured: z.record(z.string(), figureSchema).exactOptional(),
  statistical: z.strictObject({ alpha: realSchema, falseHolds: realSchema, slots: count }).exactOptional(),
  failure: z
    .strictObject({ kind: z.enum(['error', 'timeout', 'crash', 'protocol']), message: z.string() })
    .exactOptional(),
  seed: z.string(),
  reproduce: z.string(),
});

const implementationSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  language: z.string(),
  dtype: z.enum(['f64', 'f32']),
  methods: z.array(z.enum(methodNames)),
  functions: z.array(z.string()),
  smooth: z.array(z.string()),
  algorithms: z.array(z.enum(algorithmNames)),
  conventions: z.strictObject({
    signOfZero: z.enum([...signConventions, 'unknown']),
    halfInSquaredNorm: z.boolean(),
    rejectsBadParameters: z.boolean().exactOptional(),
  }),
  accuracy: z.record(z.string(), realSchema).exactOptional(),
  unknown: z.strictObject({ methods: z.array(z.string()), algorithms: z.array(z.string()) }).exactOptional(),
});

const claimSchema = z.strictObject({
  id: z.string().min(1),
  source: z.strictObject({ section: z.string(), equation: z.string().exactOptional() }),
  statement: z.string(),
  method: z.string(),
  expected: z.array(verdict),
  knownFailure: z.strictObject({ reason: z.string(), url: z.string().exactOptional() }).exactOptional(),
  outcome: z.enum(outcomes),
  evidence: evidenceSchema,
});

/** The record as JSON; decodes to a `RunRecord`. */
const runRecordSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  suite: z.strictObject({ name: z.string(), version: z.string() }),
  environment: z.strictObject({ node: z.string(), platform: z.string() }),
  command: z.string(),
  seed: z.string(),
  depth: z.enum(depths),
  implementation: implementationSchema,
  claims: z.array(claimSchema),
  budget: z.strictObject({
    slotsUsed: count,
    alphaPerSlot: realSchema,
    totalFalseAlarm: realSchema,
    totalFalseHolds: realSchema,
    withinBudget: z.boolean(),
  }),
  counts: z.strictObject({
    verdicts: z.partialRecord(verdict, count),
    outcomes: z.partialRecord(z.enum(outcomes), count),
    rows: z.strictObject({ total: count, trivial: count }),
  }),
  exitCode: z.literal(Object.values(exitCodes)),
  timing: z
    .strictObject({
      startedAt: z.string().exactOptional(),
      seconds: realSchema,
      claims: z.record(z.string(), realSchema),
    })
    .exactOptional(),
});

/** A field added to one side only must not be dropped on the way through JSON: this fails to compile instead. */
type SameKeys<A, B> = [Exclude<keyof A, keyof B> | Exclude<keyof B, keyof A>] extends [never] ? true : never;
true satisfies SameKeys<Omit<Evidence, 'seconds'>, z.output<typeof evidenceSchema>>;
true satisfies SameKeys<BoundRow, z.output<typeof rowSchema>>;
true satisfies SameKeys<Part, z.output<typeof partSchema>>;
true satisfies SameKeys<CaseRecord, z.output<typeof caseSchema>>;
true satisfies SameKeys<ImplementationDescription, z.output<typeof implementationSchema>>;
true satisfies SameKeys<ClaimRecord, z.output<typeof claimSchema>>;
true satisfies SameKeys<RunRecord, z.output<typeof runRecordSchema>>;

/**
 * Reads the text of a `bounds.json`. Throws a RangeError of one line that names the place, the value and what is allowed there.
 */
export function parseRunRecord(json: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError(`run record: not JSON: ${oneLine((error as SyntaxError).message)}`);
  }
  const result = runRecordSchema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new RangeError(`run record: ${describeIssue(issues[0]!)}${more}`);
}

/** JSON Schema (draft 2020-12) of the text that `parseRunRecord` reads. */
export function runRecordJsonSchema(): Record<string, unknown> {
  return { title: 'signprox run record', ...z.toJSONSchema(runRecordSchema, { io: 'input' }) };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const got = issue.input === undefined ? '' : `, got ${oneLine(JSON.stringify(issue.input)).slice(0, 60)}`;
  return `${place.replace(/^\./, '') || 'the top level'}: ${oneLine(issue.message)}${got}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

import * as z from 'zod';
import type { DeepReadonly } from './deep-readonly.js';
import { decodeExact } from './exact-encoding.js';
import { failureKinds } from './implementation/implementation.js';
import { countSchema, figureSchema, realSchema } from './real-schema.js';
import { verdicts } from './verdict.js';

// What checks find, once for the compiler and for JSON. Only files that read or describe JSON import the schemas; the others import
// types, which load nothing.

function isExact(input: unknown): boolean {
  try {
    decodeExact(input);
    return true;
  } catch {
    return false;
  }
}

const caseSchema = z.strictObject({
  /** The part of the claim that the case belongs to, e.g. a function type. */
  part: z.string(),
  /** measured / allowed; at most 1 passes, Infinity when no tolerance applies. */
  ratio: realSchema,
  /** The case in the JSON encoding of `encodeExact`: doubles as their 16 hex digits. */
  input: z.unknown().refine(isExact, 'not an exact encoding of a case'),
  /** The same in the terms of the mathematics, for people. */
  explanation: z.string().exactOptional(),
});

/** A failing (or the worst) case, kept as exact values so that it can be replayed after generators change. */
export type CaseRecord = DeepReadonly<z.output<typeof caseSchema>>;

const rowSchema = z.strictObject({
  instance: z.string(),
  iterations: countSchema,
  step: realSchema,
  miniBatch: countSchema,
  engine: z.enum(['monte-carlo', 'enumeration', 'moments', 'lattice', 'deterministic', 'cap']),
  /** Estimate (or exact value) of the left side. */
  left: realSchema,
  /**
   * The enclosure of an exact engine; by Monte Carlo an interval that misses the left side with probability `intervalError` at most, never part
   * of the verdict. Its upper end is Infinity where nothing bounds one replicate.
   */
  leftInterval: z.tuple([realSchema, realSchema]),
  bound: realSchema,
  sharpBound: realSchema.exactOptional(),
  verdict: z.enum(verdicts),
  /** Why this verdict: `decided by the cap M ≤ b`, `E-process crossed at n = 312`. */
  reason: z.string(),
  /** Decided without sampling because the cap is below the bound. */
  trivial: z.boolean(),
  replicates: countSchema,
  logE: z.strictObject({ violated: realSchema, holds: realSchema }).exactOptional(),
  alpha: realSchema.exactOptional(),
  cap: realSchema.exactOptional(),
  assumption: z.enum(['M', 'v', 'none']).exactOptional(),
  /** Smallest true mean that V would have detected at the replicate cap with the stated probability. */
  detectable: realSchema.exactOptional(),
  /** Anytime-valid upper confidence bound U when undecided. */
  upper: realSchema.exactOptional(),
  constants: z.record(z.string(), z.union([realSchema, z.array(realSchema)])),
  seed: z.string(),
  reproduce: z.string(),
});

/** One row of a Monte Carlo or exact bound check. */
export type BoundRow = DeepReadonly<z.output<typeof rowSchema>>;

/** A row as a check finds it: the run of the claims adds the rest. */
export interface RowFinding extends Omit<BoundRow, 'trivial' | 'seed' | 'reproduce'> {
  /** The command that gives this row again, where there is a shorter one than that of its claim. */
  readonly reproduce?: string;
}

const partSchema = z.strictObject({
  name: z.string(),
  verdict: z.enum(verdicts),
  cases: countSchema,
  worstRatio: realSchema,
  reason: z.string().exactOptional(),
});

/** A row as a check finds it: the run of the claims adds the rest. */
export interface RowFinding extends Omit<BoundRow, 'trivial' | 'seed' | 'reproduce'> {
  /** The command that gives this row again, where there is a shorter one than that of its claim. */
  readonly reproduce?: string;
}

/** One part of a claim, e.g. one function of the vocabulary. */
export type Part = DeepReadonly<z.output<typeof partSchema>>;

const matrixSchema = z.strictObject({
  /** Ids of the claims that were tried, in the order of the columns. */
  claims: z.array(z.string()),
  mutants: z.array(
    z.strictObject({
      name: z.string(),
      /** The claim that must catch it. */
      killedBy: z.string(),
      caught: z.array(z.string()),
      /** Claims that were tried and found nothing; those in neither list were not tried. */
      missed: z.array(z.string()),
    }),
  ),
});

/** Which claims catch which planted defects. */
export type KillMatrix = DeepReadonly<z.output<typeof matrixSchema>>;

const findingSchema = z.strictObject({
  verdict: z.enum(verdicts),
  /** One line: how the verdict was reached. */
  reason: z.string(),
  /** Cases judged (property), draws (statistical) or instances (exact). */
  cases: countSchema,
  worst: caseSchema.exactOptional(),
  /** The smallest failing case after shrinking; present only when violated. */
  minimal: caseSchema.exactOptional(),
  /** The case that the implementation failed to answer. */
  unanswered: caseSchema.exactOptional(),
  parts: z.array(partSchema).exactOptional(),
  rows: z.array(rowSchema).exactOptional(),
  matrix: matrixSchema.exactOptional(),
  exact: z.strictObject({ left: z.string(), bound: z.string() }).exactOptional(),
  /** Named measured figures, e.g. a fitted rate exponent or counted coverage of the generator. */
  measured: z.record(z.string(), figureSchema).exactOptional(),
  /** What the check spent of the error budget: totals over its slots. */
  statistical: z.strictObject({ alpha: realSchema, falseHolds: realSchema, slots: countSchema }).exactOptional(),
  /** Present when the implementation failed instead of answering; the verdict is then `inconclusive`. */
  failure: z.strictObject({ kind: z.enum(failureKinds), message: z.string() }).exactOptional(),
});

/** What a check found. */
export type Finding = Omit<DeepReadonly<z.output<typeof findingSchema>>, 'rows'> & {
  readonly rows?: readonly RowFinding[];
};

/** How an implementation kept a claim from being decided. */
export type Failure = NonNullable<Finding['failure']>;

/** What a check found, and how anyone can find it again: the run of the claims adds the latter. */
export const evidenceSchema = findingSchema.extend({ seed: z.string(), reproduce: z.string() });

/** Evidence as JSON keeps it, and the seconds that the check took. */
export type Evidence = DeepReadonly<z.output<typeof evidenceSchema>> & { readonly seconds: number };

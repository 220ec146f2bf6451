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
  /** Name of the problem and start. */
  instance: z.string(),
  /** T. */
  iterations: countSchema,
  /** γ. */
  step: realSchema,
  /** B. */
  miniBatch: countSchema,
  engine: z.enum(['monte-carlo', 'enumeration', 'moments', 'lattice', 'deterministic', 'cap']),
  /** Estimate (or exact value) of the left side. */
  left: realSchema,
  /**
   * The enclosure of an exact engine; by Monte Carlo an interval that misses the left side with probability `intervalError` at most, never part
   * of the verdict. Its upper end is Infinity where nothing bounds one replicate.
   */
  leftInterval: z.tuple([realSchema, realSchema]),
  /** What the theorem says that the left side is at most. */
  bound: realSchema,
  /** The same by the sharpened theorem. */
  sharpBound: realSchema.exactOptional(),
  verdict: z.enum(verdicts),
  /** Why this verdict: `decided by the cap M ≤ b`, `E-process crossed at n = 312`. */
  reason: z.string(),
  /** Decided without sampling because the cap is below the bound. */
  trivial: z.boolean(),
  /** Independent runs behind an estimated left side; 0 where nothing was sampled. */
  replicates: countSchema,
  /** Natural logarithms of the e-processes against E[X] ≤ b (`violated`) and against E[X] ≥ b (`holds`). */
  logE: z.strictObject({ violated: realSchema, holds: realSchema }).exactOptional(),
  /** Probability of a false `violated`; that of a false `holds` is the same. An e-process decides when it reaches its reciprocal. */
  alpha: realSchema.exactOptional(),
  /** M, which the left side of one replicate never exceeds. */
  cap: realSchema.exactOptional(),
  /** What the proof of `holds` rests on: the cap M, the second moment v of the left side, or nothing. */
  assumption: z.enum(['M', 'v', 'none']).exactOptional(),
  /** Smallest true mean that V would have detected at the replicate cap with the stated probability. */
  detectable: realSchema.exactOptional(),
  /** Anytime-valid upper confidence bound U when undecided. */
  upper: realSchema.exactOptional(),
  /** The constants in the bound by name: L, sigma, startObjective = f(x⁰), infimumLower and infimumUpper around f*. */
  constants: z.record(z.string(), z.union([realSchema, z.array(realSchema)])),
  /** Seed of the run that the row belongs to. */
  seed: z.string(),
  /** The command that gives the row again. */
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
  /** Cases judged. */
  cases: countSchema,
  /** The largest measured / allowed of them. */
  worstRatio: realSchema,
  /** Why there is no verdict, where there is none. */
  reason: z.string().exactOptional(),
});

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
  /** Both sides of a comparison in exact arithmetic, written out. */
  exact: z.strictObject({ left: z.string(), bound: z.string() }).exactOptional(),
  /** Named measured figures, e.g. a fitted rate exponent or counted coverage of the generator. */
  measured: z.record(z.string(), figureSchema).exactOptional(),
  /** What the check spent of the error budget: the probabilities of a false `violated` and of a false `holds`, summed over its slots. */
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

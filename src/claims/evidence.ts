import * as z from 'zod';
import { type Asked, besides } from './asked.js';
import { decodeExact } from './exact-encoding.js';
import { failureKinds } from './implementation/implementation.js';
import { countSchema, type DeepReadonly, figureSchema, realSchema } from './schemas.js';
import { silentKinds, verdicts } from './verdict.js';

// The results of checks, defined once for the compiler and for JSON. Only files that read or describe JSON import the schemas; the others
// import types, which load nothing.

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
  /** The same in mathematical terms, for display. */
  explanation: z.string().exactOptional(),
});

/** A failing (or the worst) case, kept as exact values so that it can be replayed after generators change. */
export interface CaseRecord extends DeepReadonly<z.output<typeof caseSchema>> {}

const rowSchema = z.strictObject({
  /** Name of the problem with its start. */
  instance: z.string(),
  /** T. */
  iterations: countSchema,
  /** The algorithm of the theorem, if the row is about an implementation's and not about the reference's. */
  algorithm: z.string().exactOptional(),
  /** γ as the theorem sets it; NaN if its constants give none. */
  step: realSchema,
  /** B as the theorem sets it: draws of one mini-batch; 0 if there is no step. */
  miniBatch: countSchema,
  /** The engine that computed the left side. */
  engine: z.enum(['monte-carlo', 'enumeration', 'moments', 'lattice', 'paths', 'deterministic', 'cap']),
  /** The left side, in the unit of the bound: its exact value, or the mean of the replicates. */
  left: realSchema,
  /**
   * The enclosure of an exact engine; by Monte Carlo an interval that misses the left side with probability `intervalError` at most, never part
   * of the verdict. Its upper end is Infinity if nothing bounds a replicate.
   */
  leftInterval: z.tuple([realSchema, realSchema]),
  /** b, the right side of the theorem's inequality; δ of a theorem with probability 1 − δ, whose `left` is P(left side > `threshold`). */
  bound: realSchema,
  /** b of a theorem with probability 1 − δ. */
  threshold: realSchema.exactOptional(),
  /** The right side of the sharpened form of the theorem, in the same unit. */
  sharpBound: realSchema.exactOptional(),
  /** The decision about it. */
  verdict: z.enum(verdicts),
  /** Why this verdict: `decided by the cap M ≤ b`, `E-process crossed at n = 312`. */
  reason: z.string(),
  /** Decided without sampling because the cap is below the bound. */
  trivial: z.boolean(),
  /** How many independent runs of the algorithm `left` is the mean of; 0 by an exact engine. */
  replicates: countSchema,
  /** Natural logarithms of the two e-processes at the end: V, which looks for a violation, and H, which looks for the proof that the bound holds. */
  logE: z
    .strictObject({
      /** ln V. */
      violated: realSchema,
      /** ln H. */
      holds: realSchema,
    })
    .exactOptional(),
  /** α, a probability: V crosses at ln(1/α), which happens with probability at most α if the bound holds; for H, if it does not. */
  alpha: realSchema.exactOptional(),
  /** M, in the unit of the bound: no replicate exceeds it. */
  cap: realSchema.exactOptional(),
  /** The basis of H: `M`, the cap; `v`, a bound on the second moment of a replicate; `none`: without either only a violation can be found. */
  assumption: z.enum(['M', 'v', 'none']).exactOptional(),
  /**
   * Smallest true mean, in the unit of the bound, that V detects with probability 0.99: within the largest number of replicates, and where the
   * row is `not-refuted` within those that were drawn, if none can exceed `familyCap`.
   */
  detectable: realSchema.exactOptional(),
  /** For `not-refuted`, in the unit of the bound: the cap of replicates that `detectable` assumes. */
  familyCap: realSchema.exactOptional(),
  /** U if undecided, in the unit of the bound: the true mean is at most U except with probability α, whenever sampling stopped. */
  upper: realSchema.exactOptional(),
  /** L, σ and the others that the bound is made of, by name; those of a coordinate each as a list. */
  constants: z.record(z.string(), z.union([realSchema, z.array(realSchema)])),
  /** The seed of the whole run. */
  seed: z.string(),
  /** The command that gives this row again. */
  reproduce: z.string(),
});

/** One row of a Monte Carlo or exact bound check. */
export interface BoundRow extends DeepReadonly<z.output<typeof rowSchema>> {}

/** A row as a check finds it: the run of the claims adds the rest. */
export interface RowFinding extends Omit<BoundRow, 'trivial' | 'seed' | 'reproduce'> {
  /** The command that reproduces this row, if shorter than that of its claim. */
  readonly reproduce?: string;
}

const partSchema = z.strictObject({
  /** E.g. the type of the function that the part is about. */
  name: z.string(),
  /** The decision about it. */
  verdict: z.enum(verdicts),
  /** How many inputs were judged. */
  cases: countSchema,
  /** The largest measured / allowed of them; at most 1 where all pass. */
  worstRatio: realSchema,
  /** One line: how the verdict was reached. */
  reason: z.string().exactOptional(),
});

/** One part of a claim, e.g. one function of the vocabulary. */
export interface Part extends DeepReadonly<z.output<typeof partSchema>> {}

/** How a case fails: a wrong answer, one that is not finite, or none that can be judged. */
const failingKinds = ['wrong', 'not-finite', ...silentKinds] as const;

const failingSchema = z.strictObject({
  /** How it fails: a wrong answer, one that is not finite, or none that can be judged. */
  kind: z.enum(failingKinds),
  /** Types of the functions that the question is about, and the term of its problem: `d = quadratic`, `huber`. */
  of: z.array(z.string()),
  /** The question and the answer in one line: `prox of logistic(weight 1) at y = 1, γ = 2: returned −0.1192, right is 0.2381`. */
  text: z.string(),
  /** The same in the implementation's language, with every number exact, to be pasted: a line of data, or the lines of a program that asks it. */
  paste: z.string().exactOptional(),
  /** Correct decimal digits of the answer, in the worst of such cases; absent if there is no right answer to compare with. */
  digits: realSchema.exactOptional(),
  /** The extreme value in the question, e.g. `weight 0`; absent for an ordinary one. */
  extreme: z.string().exactOptional(),
  /** What to do if the implementation differs on purpose. */
  advice: z.string().exactOptional(),
  case: caseSchema,
});

/** Of the cases about the same types that fail in the same way, the shortest to write. */
export interface FailingCase extends Omit<DeepReadonly<z.output<typeof failingSchema>>, 'case'> {
  /** The question, to be asked again. */
  readonly case: CaseRecord;
}

/** What was asked about a subject, as `Asked` says it. */
export const askedSchema = z.strictObject({
  numbers: z.record(
    z.string(),
    z.strictObject({
      values: z.array(realSchema).exactOptional(),
      from: realSchema.exactOptional(),
      to: realSchema.exactOptional(),
      also: z.array(z.enum(besides)).exactOptional(),
    }),
  ),
  words: z.record(z.string(), z.array(z.string())),
});

/** Valid questions that an implementation refused although it declares nothing that leaves them out. */
export const refusedSchema = z.strictObject({
  /** How many. */
  count: countSchema,
  /** How many of them are ordinary: no extreme number is in them. */
  ordinary: countSchema,
  /** The one that is shortest to write, an ordinary one if there is any, with the message: `prox of l1(weight 0) at y = 1, γ = 1: no weight 0`. */
  text: z.string(),
});

/** Valid questions that an implementation refused although it declares nothing that leaves them out. */
export interface Refused extends DeepReadonly<z.output<typeof refusedSchema>> {}

const cellSchema = z.strictObject({
  /** The subject, e.g. `prox of huber`, `step of sign-prox`. */
  subject: z.string(),
  /** Cases that were judged, those that were not answered included. */
  cases: countSchema,
  /** The largest measured / allowed of those that were answered. */
  worst: realSchema,
  /** Numbers of refused cases, by the message of the implementation. */
  skipped: z.record(z.string(), countSchema).exactOptional(),
  /** Valid questions that were refused. */
  refused: refusedSchema.exactOptional(),
  /** What was not met because the implementation refused cases, or took longer than it was given. */
  thin: z.string().exactOptional(),
  /** One for each set of types and way to fail, those about the fewest types first. */
  failing: z.array(failingSchema).exactOptional(),
  /** Of the failing cases, as they were generated: what shrinking ended with, the one with the largest ratio, the smallest without an answer. */
  minimal: caseSchema.exactOptional(),
  worstCase: caseSchema.exactOptional(),
  unanswered: caseSchema.exactOptional(),
});

/** What became of one subject in one claim. */
export interface Cell extends Omit<DeepReadonly<z.output<typeof cellSchema>>, 'failing' | KeptCase> {
  /** One for each set of types and way to fail, those about the fewest types first. */
  readonly failing?: readonly FailingCase[];
  /** The result of shrinking the generated failing cases. */
  readonly minimal?: CaseRecord;
  /** Of the failing cases: the one with the largest ratio. */
  readonly worstCase?: CaseRecord;
  /** The smallest case without an answer. */
  readonly unanswered?: CaseRecord;
  /** What the judged cases asked, of an implementation other than the reference. A record keeps it by subject, for all claims together. */
  readonly asked?: Asked;
}

type KeptCase = 'minimal' | 'worstCase' | 'unanswered';

const matrixSchema = z.strictObject({
  /** Ids of the claims that were tried, in the order of the columns. */
  claims: z.array(z.string()),
  /** The planted defects. */
  mutants: z.array(
    z.strictObject({
      /** Name of the planted defect. */
      name: z.string(),
      /** The claim that must catch it. */
      killedBy: z.string(),
      /** Claims that were tried and came out violated. */
      caught: z.array(z.string()),
      /** Claims that were tried and found nothing; those in neither list were not tried. */
      missed: z.array(z.string()),
    }),
  ),
});

/** Which claims catch which planted defects. */
export interface KillMatrix extends DeepReadonly<z.output<typeof matrixSchema>> {}

const findingSchema = z.strictObject({
  /** The verdict. */
  verdict: z.enum(verdicts),
  /** One line: how the verdict was reached. */
  reason: z.string(),
  /** Cases judged (property), draws (statistical) or instances (exact). */
  cases: countSchema,
  /** The case with the largest ratio. */
  worst: caseSchema.exactOptional(),
  /** The smallest failing case after shrinking; present only when violated. */
  minimal: caseSchema.exactOptional(),
  /** The case that the implementation failed to answer. */
  unanswered: caseSchema.exactOptional(),
  /** Of a property claim: its families of inputs. */
  parts: z.array(partSchema).exactOptional(),
  /** The same by what was asked about. */
  cells: z.array(cellSchema).exactOptional(),
  /** Of a claim about a bound: one row per instance and T. */
  rows: z.array(rowSchema).exactOptional(),
  /** For the claim that plants defects: which claims caught them. */
  matrix: matrixSchema.exactOptional(),
  /** Both sides of an exact comparison, as fractions or in roots. */
  exact: z
    .strictObject({
      /** The left side. */
      left: z.string(),
      /** b. */
      bound: z.string(),
    })
    .exactOptional(),
  /** Named measured figures, e.g. a fitted rate exponent or counted coverage of the generator. */
  measured: z.record(z.string(), figureSchema).exactOptional(),
  /** The part of the error budget that the check spent. */
  statistical: z
    .strictObject({
      /** The largest probability that some slot answers `violated` for a true bound. */
      alpha: realSchema,
      /** The largest probability that some slot answers `holds` for a false bound. */
      falseHolds: realSchema,
      /** How many slots it occupies. */
      slots: countSchema,
    })
    .exactOptional(),
  /** Present if the implementation did not answer a request, or, for `suite`, if the check itself failed. */
  failure: z
    .strictObject({
      /** Whether it threw, hung, died or broke the protocol; `suite` where the check itself did. */
      kind: z.enum([...failureKinds, 'suite']),
      /** One line. */
      message: z.string(),
    })
    .exactOptional(),
});

/** The findings of a check. */
export interface Finding
  extends Omit<DeepReadonly<z.output<typeof findingSchema>>, keyof NamedParts | 'rows'>,
    NamedParts {
  /** Of a claim about a bound: one row per instance and T. */
  readonly rows?: readonly RowFinding[];
}

/** What a finding holds of the types above, by their names. */
interface NamedParts {
  /** The case with the largest ratio. */
  readonly worst?: CaseRecord;
  /** The smallest failing case after shrinking; present only when violated. */
  readonly minimal?: CaseRecord;
  /** The case that the implementation failed to answer. */
  readonly unanswered?: CaseRecord;
  /** Of a property claim: its families of inputs. */
  readonly parts?: readonly Part[];
  /** The same by what was asked about. */
  readonly cells?: readonly Cell[];
  /** For the claim that plants defects: which claims caught them. */
  readonly matrix?: KillMatrix;
}

/** How an implementation kept a claim from being decided. */
export type Failure = NonNullable<Finding['failure']>;

/** What a check found, and how anyone can find it again: the run of the claims adds the latter. */
export const evidenceSchema = findingSchema.extend({
  /** The seed of the whole run. */
  seed: z.string(),
  /** The command that checks the claim again. */
  reproduce: z.string(),
});

/** Evidence as JSON keeps it. */
export interface RecordedEvidence
  extends Omit<DeepReadonly<z.output<typeof evidenceSchema>>, keyof NamedParts | 'rows'>,
    NamedParts {
  /** Of a claim about a bound: one row per instance and T. */
  readonly rows?: readonly BoundRow[];
}

/** The evidence in its JSON form, and the seconds that the check took. */
export interface Evidence extends RecordedEvidence {
  /** Wall-clock time, which JSON keeps apart. */
  readonly seconds: number;
}

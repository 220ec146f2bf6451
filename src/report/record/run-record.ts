import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { askedSchema, evidenceSchema, type RecordedEvidence } from '../../claims/evidence.js';
import { dtypeNames } from '../../claims/implementation/dtype.js';
import {
  algorithmNames,
  type ImplementationDescription,
  methodNames,
  shapeNames,
  signConventions,
  statefulAlgorithmNames,
} from '../../claims/implementation/implementation.js';
import { countSchema, type DeepReadonly, realSchema, sourceSchema } from '../../claims/schemas.js';
import { type Verdict, verdicts } from '../../claims/verdict.js';
import { parseRecord } from './json-numbers.js';
import { exitCodes, type Outcome, outcomes } from './outcome.js';

/** Raised when a reader of an older record would misread a newer one. */
export const schemaVersion = 2;

const implementationSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  language: z.string(),
  dtype: z.enum(dtypeNames),
  /** Where a prox is computed with more digits. */
  computeDtype: z.enum(dtypeNames).exactOptional(),
  /** Where an algorithm with memory computes and keeps more digits than those of x. */
  stateDtype: z.enum(dtypeNames).exactOptional(),
  /** How an algorithm with memory rounds x, if not to nearest. */
  rounding: z.literal('stochastic').exactOptional(),
  methods: z.array(z.enum(methodNames)),
  functions: z.array(z.string()),
  smooth: z.array(z.string()),
  algorithms: z.array(z.enum(algorithmNames)),
  /** Those with memory. */
  statefulAlgorithms: z.array(z.enum(statefulAlgorithmNames)).exactOptional(),
  /** Ways in which it can make a step or a run. */
  variants: z.array(z.string()).exactOptional(),
  /** Further variants of a run, of which a few cases are asked. */
  circumstances: z.array(z.string()).exactOptional(),
  /** Forms in which a prox may be called. */
  forms: z.array(z.string()).exactOptional(),
  /** What x may be beside a vector. */
  shapes: z.array(z.enum(shapeNames)).exactOptional(),
  /** Whether it tells what became of x. */
  inPlace: z.boolean().exactOptional(),
  /** Whether another process can go on from a state. */
  resume: z.boolean().exactOptional(),
  /** By algorithm with memory, the paper or the library whose conventions it follows. */
  follows: z.record(z.string(), z.string()).exactOptional(),
  /** What becomes of NaN and ±∞ in a point. */
  nonfinite: z.enum(['propagate', 'reject']).exactOptional(),
  nonsymmetric: z.literal('project').exactOptional(),
  conventions: z.strictObject({
    signOfZero: z.enum([...signConventions, 'unknown']),
    /** Whether its answers show that value, and it declares none. */
    isDetected: z.literal(true).exactOptional(),
    halfInSquaredNorm: z.boolean(),
    rejectsBadParameters: z.boolean().exactOptional(),
  }),
  /** Declared relative error of an iterative prox, by type of function. */
  accuracy: z.record(z.string(), realSchema).exactOptional(),
  notes: z.array(z.string()).exactOptional(),
  /** What it does not offer of what it declares, and was not asked. */
  restrictions: z
    .strictObject({
      positiveWeights: z.boolean().exactOptional(),
      oneDraw: z.boolean().exactOptional(),
      isotropic: z.boolean().or(z.array(z.string())).exactOptional(),
      equalGroups: z.boolean().exactOptional(),
      constantStep: z.boolean().exactOptional(),
      inner: z.record(z.string(), z.array(z.string())).exactOptional(),
      leastShape: countSchema.exactOptional(),
      withoutHyperparameters: z.array(z.string()).exactOptional(),
      fixedHyperparameters: z.record(z.string(), z.number().or(z.boolean()).nullable()).exactOptional(),
    })
    .exactOptional(),
  /** What it offers that this suite does not know. */
  unknown: z.strictObject({ methods: z.array(z.string()), algorithms: z.array(z.string()) }).exactOptional(),
});

/** What an implementation offers to be asked about. */
const declaredSchema = implementationSchema.pick({
  ...{ methods: true, functions: true, smooth: true, algorithms: true, statefulAlgorithms: true },
});

/** A field added to one side only must not be dropped on the way through JSON: this fails to compile instead. */
type SameKeys<A, B> = [Exclude<keyof A, keyof B> | Exclude<keyof B, keyof A>] extends [never] ? true : never;
true satisfies SameKeys<ImplementationDescription, z.output<typeof implementationSchema>>;

const knownFailureSchema = z.strictObject({
  /** Why it is accepted for now. */
  reason: z.string(),
  /** Where it is discussed. */
  url: z.string().exactOptional(),
});

const knownCellSchema = knownFailureSchema.extend({
  /** Declared for every claim in which the subject fails. */
  everyClaim: z.literal(true).exactOptional(),
  /** It does not fail any more. */
  holds: z.literal(true).exactOptional(),
});

const claimSchema = z.strictObject({
  /** Stable key of the claim. */
  id: z.string().min(1),
  /** Its place in the paper, or its other source. */
  source: sourceSchema,
  /** The statement, as a formula or a sentence. */
  statement: z.string(),
  /** How it is checked, in a few words. */
  method: z.string(),
  /** Verdicts that count as success. */
  expected: z.array(z.enum(verdicts)),
  /** For a claim without subjects: why its failure was declared in advance. */
  knownFailure: knownFailureSchema.exactOptional(),
  /** The same of one that is about subjects, by subject. */
  knownCells: z.record(z.string(), knownCellSchema).exactOptional(),
  /** The consequence of the verdict for the run, given `expected` and what was declared in advance. */
  outcome: z.enum(outcomes),
  /** The commands that judge the failing cases that were kept again, by subject; `adapter` for a claim without subjects. */
  replay: z.record(z.string(), z.string()).exactOptional(),
  evidence: evidenceSchema,
});

/** One claim of the ledger with its findings. Wall-clock time is kept in `timing` of the record. */
export interface ClaimRecord extends Omit<DeepReadonly<z.output<typeof claimSchema>>, 'evidence' | 'knownCells'> {
  /** For a claim about subjects: why its failure was declared in advance, by subject. */
  readonly knownCells?: Readonly<Record<string, KnownCell>>;
  /** What its check found. */
  readonly evidence: RecordedEvidence;
}

/** A failure that the user has declared in advance. */
export type KnownFailure = NonNullable<ClaimRecord['knownFailure']>;

/** A failure of one subject that the user has declared in advance. */
export interface KnownCell extends DeepReadonly<z.output<typeof knownCellSchema>> {}

const runRecordSchema = z.strictObject({
  /** Raised when a reader of an older record would misread a newer one. */
  schemaVersion: z.literal([1, schemaVersion]),
  /** What judged. */
  suite: z.strictObject({
    /** `signprox`. */
    name: z.string(),
    /** Its version. */
    version: z.string(),
  }),
  /** Where it ran. */
  environment: z.strictObject({
    /** Version of Node. */
    node: z.string(),
    /** System and processor, e.g. `linux-x64`. */
    platform: z.string(),
  }),
  /** The command line that was typed. */
  command: z.string(),
  /** What all random numbers of the run derive from. */
  seed: z.string(),
  /** How much work each claim did. */
  depth: z.enum(depths),
  /** What was judged. */
  implementation: implementationSchema,
  /** What it declares, if --only selects some of it. */
  declared: declaredSchema.exactOptional(),
  /** In the paper's order. */
  claims: z.array(claimSchema),
  /** What the judged cases asked, by subject; absent for the reference. */
  asked: z.record(z.string(), askedSchema).exactOptional(),
  /** By subject that is wrong, the known bugs that explain all its answers to the test vectors. */
  looksLike: z.record(z.string(), z.string()).exactOptional(),
  /** The error budget that the run has spent: sums over all statistical decisions (union bound). */
  budget: z.strictObject({
    /** How many slots of the error budget the run's statistical decisions occupy. */
    slotsUsed: countSchema,
    /** Level α of each of them: the probability of a false `violated`, and as much of a false `holds`. */
    alphaPerSlot: realSchema,
    /** Bound on the probability that any `violated` of the run is a false alarm. */
    totalFalseAlarm: realSchema,
    /** Bound on the probability that any statistical `holds` of the run is false. */
    totalFalseHolds: realSchema,
    /** False when the run has spent more slots or probability than the suite allows itself. */
    withinBudget: z.boolean(),
  }),
  counts: z.strictObject({
    /** Claims by verdict, and by outcome. */
    verdicts: z.partialRecord(z.enum(verdicts), countSchema),
    outcomes: z.partialRecord(z.enum(outcomes), countSchema),
    /** Rows of bound checks; those decided by the cap alone are counted apart. */
    rows: z.strictObject({ total: countSchema, trivial: countSchema }),
  }),
  /** The verdict of the run in words, as the first line on a terminal says it; absent in older records. */
  verdict: z.string().exactOptional(),
  /** The exit code of the run: 0 where nothing fails. */
  exitCode: z.literal(Object.values(exitCodes)),
  /** Present if the run was interrupted, or lost its queue: the record has the finished claims. */
  incomplete: z
    .strictObject({
      /** Ids of the claims that were not checked. */
      remaining: z.array(z.string()).min(1),
      /** Why nobody computed what was left, where replicates ran elsewhere. */
      lost: z.string().exactOptional(),
      /** What was given as --claims. */
      selection: z.string().exactOptional(),
      /** The command that checks the remaining claims and writes the whole report. */
      resume: z.string(),
    })
    .exactOptional(),
  /** The only part of a record that two runs with the same seed, command and environment do not share. */
  timing: z
    .strictObject({
      /** ISO 8601. */
      startedAt: z.string().exactOptional(),
      /** Wall-clock seconds of the whole run. */
      seconds: realSchema,
      /** Wall-clock seconds by claim id. */
      claims: z.record(z.string(), realSchema),
      /** Processor time of the whole run in seconds, its threads included. */
      processorSeconds: realSchema.exactOptional(),
    })
    .exactOptional(),
});

/** A run as data: the content of `reports/run.json`. Every other format is a pure function of it. */
export interface RunRecord
  extends Omit<DeepReadonly<z.output<typeof runRecordSchema>>, 'claims' | 'implementation' | 'counts'> {
  /** What was judged. */
  readonly implementation: ImplementationDescription;
  /** In the paper's order. */
  readonly claims: readonly ClaimRecord[];
  /** How many there are of each. */
  readonly counts: {
    /** Claims by verdict. */
    readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
    /** Claims by what their verdict means for the run. */
    readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
    /** Rows of bound checks; those decided by the cap alone are counted apart. */
    readonly rows: {
      /** All of them. */
      readonly total: number;
      /** Those decided by the cap. */
      readonly trivial: number;
    };
  };
}

/**
 * Reads the text of a `run.json`.
 *
 * @throws RangeError of one line that names the place, the value and what is allowed there
 * @example
 * const record = await judge(reference, { claims: 'eq9-*' });
 * assert.deepEqual(parseRunRecord(formatReport(record, 'json')).counts, record.counts);
 */
export function parseRunRecord(json: string): RunRecord {
  return parseRecord('run record', runRecordSchema, json);
}

/** JSON Schema (draft 2020-12) of the text that `parseRunRecord` reads. */
export function runRecordJsonSchema(): Record<string, unknown> {
  return { title: 'signprox run record', ...z.toJSONSchema(runRecordSchema, { io: 'input' }) };
}

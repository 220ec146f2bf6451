import * as z from 'zod';
import { countSchema, type DeepReadonly } from '../../claims/schemas.js';
import { exitCodes, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { incompleteText, keptCases, verdictLabel, verdictReason } from '../view/claims.js';
import { failedSubjects, reproduceCommand, type Subject, severityText } from '../view/subjects.js';
import type { Arrangement } from './format-names.js';

/** Most failures in full: a program that has more to fix starts with these. */
const mostFailed = 3;

/** Most characters of a text. Lines to paste that are longer are left out, since a part of them does not run. */
const longest = 800;

const failedSchema = z.strictObject({
  /** The subject, e.g. `prox of l1`; or the claim, where no subject is to blame. */
  name: z.string(),
  /** What is wrong with it, e.g. `wrong`, `inaccurate: 8 digits are right`, `violated`. */
  verdict: z.string(),
  /** The simplest failing case, or why the claim failed. */
  counterexample: z.string().exactOptional(),
  /** The same as a line of the implementation's language, with every number exact. */
  paste: z.string().exactOptional(),
  /** The command that judges it again. */
  replay: z.string().exactOptional(),
});

/** A run in one screen: the output of `guard` and `verify` with `--format summary`. */
export const summarySchema = z.strictObject({
  /** The verdict of the run in words, as the first line on a terminal says it. */
  verdict: z.string(),
  exitCode: z.literal(Object.values(exitCodes)),
  /** Subjects by verdict, or claims by outcome. */
  counts: z.record(z.string(), countSchema),
  /** What failed, the worst first. */
  failed: z.array(failedSchema).max(mostFailed),
  /** How many more failed. */
  more: countSchema.exactOptional(),
  /** Of a run that was interrupted or lacks parts: how much was checked, and the command that checks the rest. */
  incomplete: z.string().exactOptional(),
  resume: z.string().exactOptional(),
  /** The page of the run; `run.json` and `report.md` are beside it. */
  report: z.string().exactOptional(),
});

/** A run in one screen. */
export interface RunSummary extends DeepReadonly<z.output<typeof summarySchema>> {}

/** What failed in a run with its first counterexamples, and counts of the rest. */
export function runSummary(
  record: RunRecord,
  by: Arrangement,
  verdict: string,
  report: string | undefined,
): RunSummary {
  const { subjects, counts } = subjectsOf(record);
  const failed =
    by === 'claims'
      ? record.claims.filter(isTrouble).map(failedClaim)
      : [
          ...failedSubjects(subjects).map((subject) => failedSubject(subject, record)),
          ...claimsApart(record, subjects).map(failedClaim),
        ];
  const incomplete = incompleteText(record);
  const more = failed.length - mostFailed;
  return {
    ...{ verdict, exitCode: record.exitCode },
    counts: by === 'claims' ? record.counts.outcomes : counts,
    failed: failed.slice(0, mostFailed),
    ...(more > 0 && { more }),
    ...(incomplete && { incomplete: incomplete.checked, resume: incomplete.resume }),
    ...(report !== undefined && { report }),
  };
}

type Failed = RunSummary['failed'][number];

function failedSubject(subject: Subject, record: RunRecord): Failed {
  const { counterexample, paste } = subject;
  const replay = reproduceCommand(subject, record);
  return {
    ...{ name: subject.subject, verdict: severityText(subject) },
    ...(counterexample !== undefined && { counterexample: cut(counterexample) }),
    ...(paste !== undefined && paste.length <= longest && { paste }),
    ...(replay !== undefined && { replay }),
  };
}

function failedClaim(claim: ClaimRecord): Failed {
  const explanation = keptCases(claim.evidence)[0]?.[1].explanation;
  return {
    ...{ name: claim.id, verdict: verdictLabel(claim) },
    counterexample: cut([verdictReason(claim), ...(explanation === undefined ? [] : [explanation])].join(': ')),
    replay: Object.values(claim.replay ?? {})[0] ?? claim.evidence.reproduce,
  };
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

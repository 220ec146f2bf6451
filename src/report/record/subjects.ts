import * as z from 'zod';
import { askedSchema, refusedSchema } from '../../claims/evidence.js';
import { countSchema, type DeepReadonly, realSchema } from '../../claims/schemas.js';
import {
  type JudgedCell,
  type JudgedSubject,
  judgeSubjects,
  type SubjectVerdict,
  subjectVerdictNames,
} from '../../claims/subject-verdicts.js';
import { silentKinds } from '../../claims/verdict.js';
import { notAskedIn } from './not-asked.js';
import { exitCodes, failingOutcomes } from './outcome.js';
import type { RunRecord } from './run-record.js';

const verdictSchema = z.enum(subjectVerdictNames);

const subjectSchema = z.strictObject({
  /** The subject, e.g. `prox of huber`, `step of sign-prox`. */
  subject: z.string(),
  /** Its verdict: the worst that was found, unless it follows from another subject. */
  verdict: verdictSchema,
  /** Decimal digits that are right in the worst ordinary case, of a wrong or an inaccurate one. */
  digits: countSchema.exactOptional(),
  /** The extreme value in the failing questions, if only extreme ones fail, e.g. `weight 0`. */
  extreme: z.string().exactOptional(),
  /** Cases that were judged. */
  cases: countSchema,
  /** Numbers of refused cases, by the message of the implementation. */
  skipped: z.record(z.string(), countSchema),
  /** The valid questions that it refused although it declares nothing that leaves them out, and the simplest of them. */
  refused: refusedSchema.exactOptional(),
  /** The simplest failing case in one line. */
  counterexample: z.string().exactOptional(),
  /** The same as a line of the implementation's language, with every number exact. */
  paste: z.string().exactOptional(),
  /** The known bugs that explain all its answers to the test vectors. */
  looksLike: z.string().exactOptional(),
  /** What to do if the implementation differs on purpose. */
  advice: z.string().exactOptional(),
  /** What was not met of a thin one because the implementation refused it. */
  thin: z.string().exactOptional(),
  /** The subjects that it follows from. */
  of: z.array(z.string()).exactOptional(),
  /** What the judged cases asked about it. */
  asked: askedSchema.exactOptional(),
  /** What left it out, if it is declared and no judged case asked about it, or none was answered. */
  why: z.string().exactOptional(),
  /** Present if all its failures were declared in advance. */
  known: z.literal(true).exactOptional(),
  /** What each claim about it found. */
  cells: z.array(
    z.strictObject({
      claim: z.string(),
      outcome: verdictSchema,
      extreme: z.string().exactOptional(),
      /** The simplest failing case of this claim in one line. */
      counterexample: z.string().exactOptional(),
      paste: z.string().exactOptional(),
      /** The subjects that it follows from. */
      of: z.array(z.string()).exactOptional(),
      /** Why it was declared in advance that this fails. */
      known: z.string().exactOptional(),
      cases: countSchema,
      /** The largest measured / allowed. */
      worst: realSchema,
    }),
  ),
});

/** The result of one subject in a run, or what is declared and was not asked. */
export interface SubjectRecord extends DeepReadonly<z.output<typeof subjectSchema>> {}

/** A run by subject: the output of `signprox guard --format json`. */
export const subjectsSchema = z.strictObject({
  subjects: z.array(subjectSchema),
  /** Subjects by verdict. */
  counts: z.partialRecord(verdictSchema, countSchema),
  /** The verdict of the run in words, as the first line on a terminal says it; absent in older records. */
  verdict: z.string().exactOptional(),
  /** The exit code of the run that it is made of. */
  exitCode: z.literal(Object.values(exitCodes)),
});

/** A run by what was asked about. */
export interface SubjectsRecord extends Omit<DeepReadonly<z.output<typeof subjectsSchema>>, 'subjects' | 'counts'> {
  /** Subjects by verdict. */
  readonly counts: Readonly<Partial<Record<SubjectVerdict, number>>>;
  /** By name, those that are not offered included. */
  readonly subjects: readonly SubjectRecord[];
}

/**
 * The subjects of a record, including those that the implementation does not offer.
 *
 * @example
 * const { subjects } = subjectsOf(await judge(reference, { claims: 'algorithm-1-spgm' }));
 * assert.equal(subjects.find(({ subject }) => subject === 'step of spgm').verdict, 'right');
 */
export function subjectsOf(record: RunRecord): SubjectsRecord {
  const found = judgeSubjects(record.claims, record.implementation.dtype);
  const strict = extremeCounts(record, found);
  const judged = found.map((subject) => withAsked(declared(subject, record, strict), record));
  const named = new Set(judged.map(({ subject }) => subject));
  const left = notAskedIn(record).filter(({ name }) => !named.has(name));
  const subjects = [
    ...judged,
    ...notOffered(record, named),
    ...left.map(({ name, why }) => ({ ...unasked(name, 'not-asked'), why })),
  ];
  const counts: Partial<Record<(typeof subjects)[number]['verdict'], number>> = {};
  for (const { verdict } of subjects) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return { subjects, counts, exitCode: record.exitCode };
}

/** The subject with what was asked about it, and the name of its bug. */
function withAsked(subject: SubjectRecord, { asked = {}, looksLike = {} }: RunRecord): SubjectRecord {
  const own = asked[subject.subject];
  const like = looksLike[subject.subject];
  const isRefused = subject.verdict === 'not-offered' && Object.keys(subject.skipped).length > 0;
  return {
    ...subject,
    ...(like && { looksLike: like }),
    ...(own && { asked: own }),
    ...(isRefused && { why: 'refused' }),
  };
}

/** The subject with its known failures. Its counterexample is not a known failure, if there is one that is not. */
function declared(subject: JudgedSubject, { claims }: RunRecord, strict: boolean): SubjectsRecord['subjects'][number] {
  const cells = subject.cells.map((cell) => {
    const known = claims.find(({ id }) => id === cell.claim)?.knownCells?.[subject.subject];
    return known === undefined || !isFault(cell) ? cell : { ...cell, known: known.reason };
  });
  if (!cells.some((cell) => 'known' in cell)) return subject;
  // If failures at extreme inputs only do not count, they need no declaration either.
  const news = cells.filter((cell) => isFault(cell) && !('known' in cell) && (strict || cell.extreme === undefined));
  const example = news.find(({ counterexample }) => counterexample !== undefined);
  return {
    ...subject,
    cells,
    ...(example && exampleOf(example)),
    ...(news.length === 0 && { known: true }),
  };
}

const exampleOf = ({ counterexample, paste }: JudgedCell) => ({
  counterexample: counterexample!,
  ...(paste !== undefined && { paste }),
});

const faults: readonly string[] = ['wrong', 'inaccurate', 'extreme', ...silentKinds, 'not-finite'];

/** Whether a claim found a failure of its subject that does not follow from another. */
export function isFault({ outcome }: Pick<JudgedCell, 'outcome'>): boolean {
  return faults.includes(outcome);
}

/** Whether the run counts failures at extreme inputs only: then a claim with no other failure has failed. */
export function extremeCounts(
  { claims }: RunRecord,
  subjects: readonly { readonly cells: readonly JudgedCell[] }[],
): boolean {
  return claims.some(({ id, outcome }) => {
    const own = subjects.flatMap(({ cells }) => cells.filter((cell) => cell.claim === id && isFault(cell)));
    return failingOutcomes.includes(outcome) && own.length > 0 && own.every(({ extreme }) => extreme !== undefined);
  });
}

/** The subjects that have wrong answers. */
export const wrongSubjects = (record: RunRecord): readonly string[] =>
  subjectsOf(record).subjects.flatMap(({ subject, verdict }) =>
    verdict === 'wrong' || verdict === 'inaccurate' ? [subject] : [],
  );

/** The subjects that make a run fail: a claim finds a failure of theirs that the run counts. */
export function countedFailures(record: RunRecord): string[] {
  const { subjects } = subjectsOf(record);
  const strict = extremeCounts(record, subjects);
  const counted = new Set(record.claims.filter(({ outcome }) => failingOutcomes.includes(outcome)).map(({ id }) => id));
  return subjects
    .filter(({ cells }) =>
      cells.some(
        (cell) =>
          isFault(cell) &&
          counted.has(cell.claim) &&
          cell.known === undefined &&
          (strict || cell.extreme === undefined),
      ),
    )
    .map(({ subject }) => subject);
}

/** The failed claims for which no subject is to blame. */
export function claimsApart({ claims }: RunRecord, subjects: SubjectsRecord['subjects']): RunRecord['claims'] {
  const seen = new Set(subjects.flatMap(({ cells }) => cells.filter(isFault).map(({ claim }) => claim)));
  return claims.filter(({ id, outcome }) => {
    return outcome === 'suite-error' || outcome === 'xpass' || (failingOutcomes.includes(outcome) && !seen.has(id));
  });
}

/** Methods that a declared function has in a library that offers all of them. */
const methods = ['prox', 'value', 'gradient'] as const;

function notOffered({ implementation, declared }: RunRecord, judged: ReadonlySet<string>): SubjectsRecord['subjects'] {
  return methods
    .filter((method) => !(declared ?? implementation).methods.includes(method))
    .flatMap((method) => implementation.functions.map((type) => `${method} of ${type}`))
    .filter((subject) => !judged.has(subject))
    .map((subject) => unasked(subject, 'not-offered'));
}

const unasked = (subject: string, verdict: SubjectVerdict): SubjectRecord => ({
  ...{ subject, verdict, cases: 0, skipped: {}, cells: [] },
});

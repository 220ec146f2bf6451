import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { claimsApart, countedFailures, type SubjectsRecord } from '../record/subjects.js';
import type { Verdict } from '../wording/screen.js';
import { leftText } from './asked.js';
import { conclusionClauses, incompleteText, verdictLabel } from './claims.js';
import { failedSubjects, isFixed, type Subject, unlikeTexts } from './subjects.js';

// The verdict of a run in words: the first line on a terminal, and the field `verdict` of JSON.

/** What is said of a subject in place of its verdict. */
const saying: Readonly<Record<Subject['verdict'], string>> = {
  right: 'is right',
  wrong: 'is wrong',
  inaccurate: 'loses digits',
  extreme: 'fails only at extreme inputs',
  raises: 'raises',
  crashes: 'crashes',
  hangs: 'hangs',
  garbled: 'is garbled: it does not answer as the protocol asks',
  nondeterministic: 'is nondeterministic: it answers differently when asked again',
  'not-finite': 'answers what is not finite',
  thin: 'is right as far as it was asked',
  follows: 'fails only where what it is built of fails',
  refuses: 'refuses every question',
  'not-offered': 'is not offered',
  'not-asked': 'was not asked',
};

/** Most names in the first line. */
const mostNamed = 3;

/** `a, b, c and 4 more`. */
export function named(names: readonly string[], most = mostNamed): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}

/** What was judged: its name and version; a file that only exports functions has none. */
export const implementationText = ({ name, version }: Pick<RunRecord['implementation'], 'name' | 'version'>): string =>
  version === '0' ? name : `${name} ${version}`;

/** One subject in words: `prox of l1 is wrong (only at weight 0)`. */
export function subjectVerdict({ subject, verdict, digits, extreme, of = [], known }: Subject): Verdict {
  const text =
    verdict === 'inaccurate'
      ? `is inaccurate: ${plural(digits ?? 0, 'digit')} are right`
      : verdict === 'follows'
        ? `fails only because ${named(of)} does`
        : saying[verdict];
  if (verdict === 'extreme' && extreme !== undefined)
    return { mark: 'warn', text: `${subject} fails only at ${extreme}` };
  const only = extreme === undefined ? '' : ` (only at ${extreme})`;
  const mark = ['right', 'thin'].includes(verdict) ? 'good' : verdict === 'extreme' || known ? 'warn' : 'bad';
  return { mark, text: `${subject} ${text}${only}` };
}

/** The subjects that a run asked about: what is not offered has no verdict. */
export const judgedSubjects = (subjects: readonly Subject[]): Subject[] =>
  subjects.filter(({ verdict }) => verdict !== 'not-offered' && verdict !== 'not-asked');

/** A run on an implementation in words: `prox of l1 is wrong`, `3 of 12 are wrong: …`, `4 of 4 right`. */
export function guardVerdict(record: RunRecord, { subjects }: Pick<SubjectsRecord, 'subjects'>): Verdict {
  const { exitCode } = record;
  const judged = judgedSubjects(subjects);
  const right = judged.filter(({ verdict }) => verdict === 'right' || verdict === 'thin');
  const score =
    judged.length === 1 && right.length === 1
      ? subjectVerdict(judged[0]!).text
      : `${right.length} of ${judged.length} right`;
  const incomplete = incompleteText(record);
  if (exitCode !== 0 && exitCode !== 1) {
    const fixed = record.claims.some(isFixed);
    const refusing = judged.filter(({ verdict }) => verdict === 'refuses').map(({ subject }) => subject);
    if (exitCode === 6 && refusing.length > 0)
      return { mark: 'warn', text: `nothing ran: every question about ${named(refusing)} was refused` };
    return {
      mark: exitCode === 6 ? 'warn' : 'bad',
      text: fixed ? `${score}, and a known failure passes` : exitMeanings[exitCode],
    };
  }
  if (exitCode === 1) {
    const counted = new Set(countedFailures(record));
    const failing = failedSubjects(subjects).filter(({ subject }) => counted.has(subject));
    const [one, ...others] = failing;
    if (one !== undefined)
      return { mark: 'bad', text: others.length === 0 ? subjectVerdict(one).text : severalText(failing, judged) };
    const refusing = judged.filter(({ verdict }) => verdict === 'refuses').map(({ subject }) => subject);
    const refused: Verdict = { mark: 'bad', text: `every question about ${named(refusing)} was refused` };
    if (refusing.length > 0 && right.length === 0) return refused;
    const apart = claimsApart(record, subjects).map(({ id }) => id);
    if (apart.length > 0) return { mark: 'bad', text: `${named(apart)} failed; ${score}` };
    if (refusing.length > 0) return refused;
    return { mark: 'bad', text: `worse than the baseline: ${score}` };
  }
  if (incomplete !== undefined) return { mark: 'warn', text: `${incomplete.checked}: ${score} so far` };
  const buts = butTexts(record, subjects);
  if (buts.length > 0) return { mark: 'warn', text: `${score}, but ${buts.join(', and ')}` };
  const known = subjects.filter((subject) => subject.known).length;
  // Its base class promises the convention of a library: what differs comes before how much was right.
  const unlike = unlikeTexts(record);
  if (known === 0 && unlike.length > 0 && right.length === judged.length) {
    return { mark: 'good', text: `right, but ${unlike.join(', and ')}` };
  }
  return { mark: 'good', text: known === 0 ? score : `nothing new fails: ${score}, ${plural(known, 'known failure')}` };
}

/** What a run without a failure does not say, or found beside the verdicts. */
function butTexts({ claims }: RunRecord, subjects: readonly Subject[]): string[] {
  const of = (...verdicts: readonly Subject['verdict'][]) =>
    subjects.filter(({ verdict, known }) => verdicts.includes(verdict) && !known).map(({ subject }) => subject);
  const [extreme, refusing] = [failedSubjects(subjects).map(({ subject }) => subject), of('refuses')];
  return [
    ...(claims.some(({ id }) => id === 'guard-crashes') ? ['the program crashed'] : []),
    ...(extreme.length === 0 ? [] : [`${named(extreme)} ${extreme.length === 1 ? 'fails' : 'fail'} at extreme inputs`]),
    ...(refusing.length === 0
      ? []
      : [`${named(refusing)} ${refusing.length === 1 ? 'refuses' : 'refuse'} every question`]),
    ...(leftText(subjects.filter(({ verdict }) => verdict !== 'thin')) === undefined
      ? []
      : ['not all that is declared was asked']),
  ];
}

function severalText(failing: readonly Subject[], judged: readonly Subject[]): string {
  const alike = failing.every(({ verdict }) => verdict === 'wrong');
  const names = failing.map(({ subject, verdict }) => (alike ? subject : `${subject} (${verdict})`));
  return `${failing.length} of ${judged.length} ${alike ? 'are wrong' : 'fail'}: ${named(names)}`;
}

/** A run of claims in words: its own, where more was found than its claims say, or `Both theorems hold under their hypotheses. 238 claims, 0 failed.` */
export function runVerdict(record: RunRecord, from: readonly Contribution[] = []): Verdict {
  const verdict = claimsVerdict(record, from);
  return { ...verdict, text: record.verdict ?? verdict.text };
}

function claimsVerdict(record: RunRecord, from: readonly Contribution[]): Verdict {
  const { claims, exitCode } = record;
  const failed = claims.filter(isTrouble).map(({ id }) => id);
  const incomplete = incompleteText(record);
  const count = plural(claims.length, 'claim');
  if (failed.length > 0) {
    const text = failed.length === 1 ? `${failed[0]} failed` : `${failed.length} of ${count} failed: ${named(failed)}`;
    return { mark: 'bad', text: [...conclusionClauses(record, from), text].join('. ') };
  }
  if (incomplete !== undefined) return { mark: 'warn', text: `${incomplete.checked}, 0 failed` };
  if (exitCode !== 0) return { mark: exitCode === 6 ? 'warn' : 'bad', text: exitMeanings[exitCode] };
  const [only] = claims;
  if (claims.length === 1) return { mark: 'good', text: `${only!.id}: ${verdictLabel(only!)}` };
  return { mark: 'good', text: [...conclusionClauses(record, from), `${count}, 0 failed`].join('. ') };
}

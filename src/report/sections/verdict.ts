import { plural } from '../../claims/text.js';
import type { Contribution } from '../contribution.js';
import type { Block, Section, Words } from '../document.js';
import type { Arrangement } from '../formats/format-names.js';
import { isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { countsStrip, incompleteText, labelCounts, verdictLabel } from '../view/claims.js';
import { besideCode, failedSubjects, orderedCounts, reproduceCommand, severityText } from '../view/subjects.js';
import { guardVerdict, runVerdict } from '../view/verdicts.js';
import { formatSeconds } from '../wording/format-number.js';
import { signs, type Verdict } from '../wording/screen.js';
import { badge } from './claim.js';
import { findingsOf } from './findings.js';
import { runFacts } from './run.js';
import { failureAnchors, subjectTones } from './subjects.js';

/** A card that says how many fail, with more below it. */
export const outcomeCard = (failed: number, all: string, more: readonly Block[]): Block => {
  const says = `${failed === 0 ? 'None' : failed} of ${all} ${failed === 1 ? 'fails' : 'fail'}`;
  const card: readonly Block[] = [{ paragraph: { strong: says }, class: 'headline' }, ...more];
  return { card, class: outcomeClass(failed === 0) };
};

/** Things that a reader must not miss: failures that are not shown above, verdicts that hold only within ρ, known failures. */
export function attention(record: RunRecord, by: Arrangement): Section | undefined {
  const told = ['pass', 'expected', 'n/a'];
  // Beside no failure the little there is stands in the verdict.
  if (by === 'claims' && !record.claims.some(({ outcome }) => !told.includes(outcome))) return undefined;
  const apart = claimsApart(record, subjectsOf(record).subjects);
  const claims = record.claims.filter((claim) => {
    if (claim.evidence.verdict === 'holds-within-rho') return true;
    return by === 'claims' ? !told.includes(claim.outcome) : claim.outcome === 'xfail' || apart.includes(claim);
  });
  if (claims.length === 0) return undefined;
  return { id: 'attention', title: 'Needs attention', blocks: [{ card: claims.map(attentionLine) }] };
}

/** The claims whose verdicts hold only within ρ, where nothing else needs attention. */
const withinRho = (record: RunRecord): Block[] =>
  attention(record, 'claims') === undefined
    ? record.claims.filter(({ evidence }) => evidence.verdict === 'holds-within-rho').map(attentionLine)
    : [];

const attentionLine = (claim: ClaimRecord): Block => ({
  paragraph: [
    badge(claim),
    ' ',
    { claim: claim.id },
    ': ',
    claim.evidence.failure?.message ?? { math: claim.evidence.reason },
  ],
});

/** The first screen: what was checked, what it says of the collections, and the failures. */
export const verdictSection = (
  record: RunRecord,
  by: Arrangement,
  sentences: readonly string[],
  from: readonly Contribution[],
): Section => ({
  id: 'verdict',
  title: 'Verdict',
  blocks: [by === 'claims' ? claimsVerdict(record, sentences, from) : subjectsVerdict(record, from)],
});

/** `236 claims in 304 s, 988 bound rows of which 14 are decided by the cap alone`. */
function checkedText({ claims, counts: { rows }, timing }: RunRecord): string {
  const time = timing === undefined ? '' : ` in ${formatSeconds(timing.seconds)}`;
  const bounds =
    rows.total === 0
      ? ''
      : `, ${plural(rows.total, 'bound row')} of which ${rows.trivial} ${rows.trivial === 1 ? 'is' : 'are'} decided by the cap alone`;
  return `${plural(claims.length, 'claim')}${time}${bounds}`;
}

const outcomeClass = (isGood: boolean): string => `outcome${isGood ? '' : ' failed'}`;

/** The verdict in the words of the terminal; an exit code that is not 0 stands behind it. */
const headline = ({ mark, text }: Verdict, { exitCode }: RunRecord): Block => ({
  paragraph: [
    { strong: [`${signs[mark]} `, { math: text }], tone: mark },
    exitCode === 0 ? '' : [' ', { soft: `exit ${exitCode}` }],
  ],
  class: 'headline',
});

/** The command and the versions of a run, closed, below some blocks. */
const commandAndVersions = (record: RunRecord, checked: string, between: readonly Block[] = []): Block => ({
  summary: 'Command and versions',
  details: [{ paragraph: `${checked}.` }, ...between, runFacts(record)],
  class: 'rows',
});

function claimsVerdict(record: RunRecord, sentences: readonly string[], from: readonly Contribution[]): Block {
  const strip = countsStrip(record);
  const failed = record.claims.some(isTrouble);
  const sign: Words = record.exitCode === 0 ? { strong: `${signs.good} `, tone: 'good' } : '';
  const said: Block[] = [
    ...sentences.map((math, k) => ({ paragraph: [k === 0 ? sign : '', { math }], class: 'said' })),
    ...(strip === undefined ? [] : [{ paragraph: strip, class: 'strip' }]),
  ];
  const exit: Block[] = [
    // What the collections say of a run without a failure is its headline.
    ...(record.exitCode === 0 && sentences.length > 0 ? [] : [headline(runVerdict(record, from), record)]),
    ...withinRho(record),
    ...incompleteNotice(record),
    ...(failed ? [{ heading: 'Failed' }, ...failures(record, 'claims')] : []),
  ];
  // A verdict links to the ledger, which then shows the claims with it.
  const counts = labelCounts(record.claims.map(verdictLabel)).map(([verdict, count]) => ({
    ...{ to: 'ledger', verdict, says: [{ strong: count }, ` ${verdict}`] },
  }));
  const all = commandAndVersions(record, checkedText(record), [{ list: counts, class: 'counts' }]);
  // What failed comes before what holds nevertheless.
  const card = record.exitCode === 0 ? [...said, ...exit, all] : [...exit, ...said, all];
  return { card, class: outcomeClass(record.exitCode === 0) };
}

function subjectsVerdict(record: RunRecord, from: readonly Contribution[]): Block {
  const { subjects, counts } = subjectsOf(record);
  const strip = countsStrip(record);
  const verdict = guardVerdict(record, { subjects });
  const others = failures(record, 'subjects');
  const beside = besideCode(record, subjects);
  const silent = record.exitCode === 0 && (verdict.mark === 'warn' || beside.length > 0) ? ' silent' : '';
  const list = orderedCounts(counts).map(([one, count]) => ({ sign: `${count} ${one}`, tone: subjectTones[one] }));
  return {
    card: [
      headline(verdict, record),
      ...beside.map((text) => ({ paragraph: text, class: 'warn' })),
      ...incompleteNotice(record),
      ...firstFailure(record),
      ...(others.length === 0 ? [] : [{ heading: 'Also failed' }, ...others]),
      { list, class: 'counts' },
      ...(strip === undefined ? [] : [{ paragraph: strip }]),
      ...findingLinks(record, from),
      commandAndVersions(record, `${plural(subjects.length, 'subject')} by ${checkedText(record)}`),
    ],
    class: `${outcomeClass(record.exitCode === 0)}${silent}`,
  };
}

/** The failure to fix first, as a sentence, and the command that judges it again. */
function firstFailure(record: RunRecord): Block[] {
  const { subjects } = subjectsOf(record);
  const [first] = failedSubjects(subjects);
  if (first === undefined) return [];
  const command = reproduceCommand(first, record);
  const link = {
    to: failureAnchors(subjects).get(first.subject)!,
    says: severityText(first),
    badge: subjectTones[first.verdict],
  };
  return [
    { paragraph: [link, ' ', first.counterexample], class: 'said' },
    ...(command === undefined ? [] : [{ paragraph: ['After the fix, judge it again: ', { code: command }] }]),
  ];
}

/** The number that fits on one screen. */
const most = 8;

/** The first of some lines, and how many more there are where a link leads. */
function firstOf(lines: readonly Words[], count: number, to: string): Block {
  const more = { to, says: `and ${lines.length - count} more` };
  return { list: [...lines.slice(0, count), ...(lines.length > count ? [more] : [])] };
}

/** The failed claims, or the failed subjects after the first and the claims for which no subject is to blame. */
function failures(record: RunRecord, by: Arrangement): Block[] {
  const { subjects } = subjectsOf(record);
  const failed = by === 'claims' ? [] : failedSubjects(subjects).slice(1);
  const anchors = failureAnchors(subjects);
  const claims = by === 'claims' ? record.claims.filter(isTrouble) : claimsApart(record, subjects);
  const lines = [
    ...failed.map((one) => [{ to: anchors.get(one.subject)!, says: one.subject }, `: ${severityText(one)}`]),
    ...claims.map((claim) => [{ claim: claim.id }, ' ', badge(claim)]),
  ];
  return lines.length === 0 ? [] : [firstOf(lines, most, failed.length > 0 ? 'failures' : 'ledger')];
}

function incompleteNotice(record: RunRecord): Block[] {
  const incomplete = incompleteText(record);
  if (incomplete === undefined) return [];
  return [
    { paragraph: [`${incomplete.checked}. For the rest: `, { code: incomplete.resume }] },
    { paragraph: `Not checked: ${incomplete.remaining}.`, class: 'soft' },
  ];
}

/** Most findings that are named on the first screen. */
const mostFindings = 5;

/** The titles of the first findings, with links to them. */
const findingLinks = (record: RunRecord, from: readonly Contribution[]): Block[] =>
  findingsOf(record, from).flatMap(({ about, findings }) => [
    { heading: `Found about ${about}` },
    firstOf(
      findings.map(({ anchor, title }) => ({ to: anchor, says: { math: title } })),
      mostFindings,
      'findings',
    ),
  ]);

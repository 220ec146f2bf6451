import type { Verdict } from '../../claims/verdict.js';
import type { Fact, Words } from '../document.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { caseText, keptCases, verdictReason } from '../view/claims.js';
import { adviceText, reproduceCommand, type Subject, seenBy } from '../view/subjects.js';
import { formatNumber } from '../wording/format-number.js';

// What failed, as every report tells it.

/** Most claims that are named as seeing a failure. */
const mostSeeing = 12;

/** The failure of a subject, the claims that see it if `seen`, and the command that asks it again. */
export function failureFacts(subject: Subject, record: RunRecord, seen: boolean): Fact[] {
  const again = reproduceCommand(subject, record);
  return [
    ...failingFacts(subject, record.implementation),
    ...(seen ? [['seen by', claimNames(seenBy(subject))] as const] : []),
    ...(again === undefined ? [] : [['again', { code: again }] as const]),
  ];
}

const claimNames = (ids: readonly string[]): Words => [
  ids.slice(0, mostSeeing).map((claim, i) => (i === 0 ? { claim } : [', ', { claim }])),
  ids.length > mostSeeing ? ` and ${ids.length - mostSeeing} more` : '',
];

/** What was asked, returned and right, as a line to paste too, and what else may be tried. */
export function failingFacts(subject: Subject, implementation: Pick<RunRecord['implementation'], 'dtype'>): Fact[] {
  const advice = adviceText(subject, implementation);
  return [
    ...counterexampleFacts(subject),
    ...(subject.looksLike === undefined ? [] : [['looks like', subject.looksLike] as const]),
    ...(subject.paste === undefined ? [] : [['paste', { pre: subject.paste }] as const]),
    ...(advice === undefined ? [] : [['perhaps', advice] as const]),
  ];
}

/** A counterexample in its parts; the others of an unusual one stay together. */
function counterexampleFacts({ subject, counterexample = '' }: Subject): Fact[] {
  const [, asked, returned, right] = /^(.*): returned (.*), right is (.*)$/s.exec(counterexample) ?? [];
  if (asked === undefined) return counterexample === '' ? [] : [['case', counterexample]];
  const why = subject.startsWith('prox of ') && /^[[−\d]/.test(right!) ? ', which minimises ½‖u − y‖² + γ r(u)' : '';
  return [
    ['asked', asked],
    ['returned', returned!],
    ['right', `${right}${why}`],
  ];
}

/** Why a claim fails, with its simplest case. */
export function whyFacts(claim: Pick<ClaimRecord, 'evidence' | 'outcome' | 'expected'>): Fact[] {
  const explanation = keptCases(claim.evidence)[0]?.[1].explanation;
  return [['why', verdictReason(claim)], ...(explanation === undefined ? [] : [['case', explanation] as const])];
}

/** Verdicts of rows that are told where a claim fails. */
const told: readonly Verdict[] = ['violated', 'inconclusive', 'not-refuted'];

/** The rows for which a claim fails. */
export const failingRows = ({ evidence: { rows = [] } }: ClaimRecord): (readonly [label: string, text: string])[] =>
  rows
    .filter(({ verdict }) => told.includes(verdict))
    .map(({ instance, iterations, verdict, left, bound, reason }) => {
      const sides = `left ${formatNumber(left)}, bound ${formatNumber(bound)}`;
      return [`row ${instance}, T = ${iterations}`, `${verdict}, ${sides}: ${reason}`];
    });

/** Why a claim fails, the cases that it keeps, and the commands that judge it and the first of them again. */
export function claimFailure(claim: ClaimRecord): Fact[] {
  const { evidence, replay = {} } = claim;
  return [
    ['why', verdictReason(claim)],
    ...keptCases(evidence).map(([name, kept]): Fact => {
      const ratio = kept === evidence.unanswered ? '' : ` (${formatNumber(kept.ratio)})`;
      return [`${name.replace(/ case$/, '')}${ratio}`, caseText(kept)];
    }),
    ['again', { code: evidence.reproduce }],
    ...Object.values(replay)
      .slice(0, 1)
      .map((command): Fact => ['replay', { code: command }]),
  ];
}

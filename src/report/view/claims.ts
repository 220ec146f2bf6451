import type { CaseRecord, KillMatrix } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { refutingVerdicts, type Verdict, verdicts } from '../../claims/verdict.js';
import type { Contribution } from '../contribution.js';
import type { Tone } from '../document.js';
import { boundRatio, isTrouble, type Outcome } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { inputText } from '../wording/case-input.js';
import { formatNumber } from '../wording/format-number.js';

/**
 * The shortest honest summary of how much was judged and how close it came: `4096 cases, max 0.83`, where `word` stands before the
 * largest ratio of measured to allowed.
 */
export function evidenceFigures(evidence: ClaimRecord['evidence'], word = 'max'): string {
  if (evidence.verdict === 'not-applicable') return '';
  if (evidence.rows !== undefined && evidence.rows.length > 0) {
    const violated = evidence.rows.filter((row) => row.verdict === 'violated').length;
    if (violated > 0) return `${plural(evidence.rows.length, 'row')}, ${violated} violated`;
    const worst = Math.max(...evidence.rows.map(boundRatio));
    return `${plural(evidence.rows.length, 'row')}, ${word} ${formatNumber(worst)}`;
  }
  const cases = plural(evidence.cases, 'case');
  // An exact proof has no tolerance, so there is no ratio.
  if (evidence.worst === undefined || evidence.verdict === 'proved-exactly') return cases;
  return `${cases}, ${word} ${formatNumber(evidence.worst.ratio)}`;
}

/** The tone of an outcome in every report. */
export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  pass: 'good',
  expected: 'warn',
  fail: 'bad',
  error: 'bad',
  timeout: 'bad',
  crash: 'bad',
  protocol: 'bad',
  'suite-error': 'bad',
  extreme: 'warn',
  follows: 'warn',
  'n/a': 'mute',
  xfail: 'warn',
  xpass: 'bad',
};

const failureLabels: readonly Outcome[] = [
  'error',
  'timeout',
  'crash',
  'protocol',
  'suite-error',
  'extreme',
  'follows',
];

/** The label in the verdict column: the verdict, unless the implementation failed or the verdict is unexpected. */
export function verdictLabel(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): string {
  const { outcome, evidence } = claim;
  const { verdict } = evidence;
  if (outcome === 'n/a') return 'n/a';
  if (failureLabels.includes(outcome)) return outcome;
  if (outcome === 'xfail') return `xfail: ${evidence.failure?.kind ?? verdict}`;
  if (outcome === 'xpass') return `xpass: ${verdict}`;
  if (surprises(claim)) return `not expected: ${verdict}`;
  return verdict;
}

/** A verdict that is not a failure in general but not the expected one, such as `holds` for a known counterexample. */
function surprises({ outcome, evidence: { verdict } }: Pick<ClaimRecord, 'outcome' | 'evidence'>): boolean {
  return outcome === 'fail' && verdict !== 'violated' && verdict !== 'inconclusive';
}

type Declared = Pick<ClaimRecord, 'knownFailure' | 'knownCells'>;

/** Why a failure is known. */
export function knownReason({ knownFailure, knownCells = {} }: Declared): string {
  const reasons = [knownFailure, ...Object.values(knownCells)].flatMap((known) => known?.reason ?? []);
  return [...new Set(reasons)].join('; ') || 'no reason given';
}

/** The line that explains the verdict. */
export function verdictReason(claim: Pick<ClaimRecord, 'evidence' | 'outcome' | 'expected'> & Declared): string {
  const { evidence, outcome } = claim;
  const reason = evidence.failure === undefined ? evidence.reason : evidence.failure.message;
  if (outcome === 'xfail') return `known failure (${knownReason(claim)}): ${reason}`;
  if (outcome === 'xpass') return `${fixedText(claim)}: ${reason}`;
  if (surprises(claim)) return `${reason} (expected ${claim.expected.join(' or ') || 'what --strict accepts'})`;
  return reason;
}

/** The known failures that pass. */
function fixedText(claim: Declared): string {
  const held = Object.entries(claim.knownCells ?? {}).filter(([, { holds }]) => holds);
  if (held.length === 0) return `declared a known failure (${knownReason(claim)}), but passed`;
  const names = held.map(([subject, { reason }]) => `${subject} (${reason})`);
  return `declared ${plural(held.length, 'known failure')}, but passed: ${names.join(', ')}`;
}

/** The cases that evidence keeps, with their kinds: without an answer, smallest failing, worst. */
export function keptCases({ unanswered, minimal, worst }: ClaimRecord['evidence']): (readonly [string, CaseRecord])[] {
  return Object.entries({ unanswered, minimal, worst }).flatMap(([name, kept]) =>
    kept === undefined ? [] : [[`${name} case`, kept] as const],
  );
}

/** A kept case for display: its input, and what is wrong with the answer. */
export function caseText(record: Pick<CaseRecord, 'explanation' | 'input'>): string {
  const input = inputText(record.input);
  return record.explanation === undefined ? input : `${input}: ${record.explanation}`;
}

/** The number of each label of the verdict column, in the order of the verdicts; labels that are not verdicts come last. */
export function labelCounts(labels: readonly string[]): (readonly [label: string, count: number])[] {
  const order: readonly string[] = [...verdicts, ...labels];
  return [...new Set(labels)]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((label) => [label, labels.filter((own) => own === label).length]);
}

/** `215 holds, 4 misprint`: the verdicts of a run. */
export function verdictCounts({ counts }: Pick<RunRecord, 'counts'>): string {
  const verdictsMet = Object.entries(counts.verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return verdictsMet.join(', ') || 'none ran';
}

/** `219 checked · 0 failed · 4 misprints · 17 counterexamples beyond the hypotheses`; undefined where the run found no counterexample. */
export function countsStrip(record: Pick<RunRecord, 'claims'>): string | undefined {
  const counterexamples = counterexampleCounts(record);
  if (counterexamples.length === 0) return undefined;
  const { claims } = record;
  return [`${claims.length} checked`, `${claims.filter(isTrouble).length} failed`, ...counterexamples].join(' · ');
}

/** `4 misprints`, `17 counterexamples beyond the hypotheses`: the expected counterexamples of a run, by what they refute; empty if it found none. */
export function counterexampleCounts({ claims }: Pick<RunRecord, 'claims'>): string[] {
  const found = (verdict: Verdict): number =>
    claims.filter(({ outcome, evidence }) => outcome === 'expected' && evidence.verdict === verdict).length;
  const [misprints, needed] = refutingVerdicts.map(found) as [number, number];
  return [
    ...(misprints > 0 ? [plural(misprints, 'misprint')] : []),
    ...(needed > 0 ? [`${needed} ${needed === 1 ? 'counterexample' : 'counterexamples'} beyond the hypotheses`] : []),
  ];
}

/** How the main statements of a run ended: `Both theorems hold under their hypotheses`. */
export const conclusionClauses = (record: RunRecord, from: readonly Contribution[]): string[] =>
  from.flatMap((one) => one.conclusion(record));

/** The chance that a decision by samples is wrong, in a sentence or two; undefined where a run made none. */
export function budgetText(budget: RunRecord['budget']): string | undefined {
  const { slotsUsed, totalFalseAlarm, totalFalseHolds, withinBudget } = budget;
  if (slotsUsed === 0) return undefined;
  const chance = formatNumber(totalFalseAlarm + totalFalseHolds);
  const decided = plural(slotsUsed, 'statistical decision');
  const overspent = withinBudget ? '' : ' OVERSPENT: more than the suite allows itself.';
  return `The chance that one of ${decided} is wrong is at most ${chance}. Other verdicts compare with derived rounding tolerances.${overspent}`;
}

/** The open part of a run that was interrupted or has lost its queue: how much is there, and how to get the rest. */
export interface IncompleteText {
  readonly checked: string;
  readonly resume: string;
  readonly remaining: string;
}

/** The parts of the notice that a report of an interrupted run begins with; undefined for a whole one. */
export function incompleteText({ claims, incomplete }: RunRecord): IncompleteText | undefined {
  if (incomplete === undefined) return undefined;
  const { lost, remaining, resume } = incomplete;
  const all = claims.length + remaining.length;
  const why = lost === undefined ? 'the run was interrupted when' : `${lost}, and`;
  return {
    checked: `incomplete: ${why} ${claims.length} of ${plural(all, 'claim')} had been checked`,
    resume,
    remaining: remaining.join(', '),
  };
}

/** A planted error that a claim finds. */
export interface FoundError {
  readonly name: string;
  /** Whether this is the claim that must find it. */
  readonly namedFor: boolean;
}

/** The planted errors that a claim finds, from the kill matrix of the run; none if the run has no kill matrix. */
export function foundErrors(claims: readonly Pick<ClaimRecord, 'evidence'>[], id: string): FoundError[] {
  return claims
    .flatMap(({ evidence }) => evidence.matrix?.mutants ?? [])
    .filter(({ caught }) => caught.includes(id))
    .map(({ name, killedBy }) => ({ name, namedFor: killedBy === id }));
}

/** The values of a cell of the kill matrix. */
export type MatrixCell = 'caught as named' | 'caught' | 'missed' | 'missed as named' | 'not tried';

/** Signs of the cells, distinguishable without colour. */
export const cellSigns: Readonly<Record<MatrixCell, string>> = {
  'caught as named': '◉',
  caught: '●',
  missed: '·',
  'missed as named': '✗',
  'not tried': '',
};

/** One line that explains the signs. */
export const matrixLegend = '◉ caught by the claim named for it, ● caught, · tried and not caught, empty: not tried';

export function matrixCell(mutant: KillMatrix['mutants'][number], claim: string): MatrixCell {
  const named = claim === mutant.killedBy;
  if (mutant.caught.includes(claim)) return named ? 'caught as named' : 'caught';
  if (mutant.missed.includes(claim)) return named ? 'missed as named' : 'missed';
  return 'not tried';
}

/** `12 of 30`: how many of the mutants that were tried on a claim it caught. */
export function caughtOf({ mutants }: KillMatrix, claim: string): string {
  const caught = mutants.filter((mutant) => mutant.caught.includes(claim)).length;
  const missed = mutants.filter((mutant) => mutant.missed.includes(claim)).length;
  return `${caught} of ${caught + missed}`;
}

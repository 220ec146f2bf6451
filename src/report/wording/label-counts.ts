import { plural } from '../../claims/plural.js';
import { refutingVerdicts, type Verdict, verdicts } from '../../claims/verdict.js';
import { isTrouble } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';

/** How often each label of a verdict column is met, in the order of the verdicts, and what is no verdict by itself last. */
export function labelCounts(labels: readonly string[]): (readonly [label: string, count: number])[] {
  const order: readonly string[] = [...verdicts, ...labels];
  return [...new Set(labels)]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((label) => [label, labels.filter((own) => own === label).length]);
}

/** `219 checked · 0 failed · 4 misprints · 17 hypotheses needed`; undefined where the run found no counterexample. */
export function countsStrip({ claims }: Pick<RunRecord, 'claims'>): string | undefined {
  const found = (verdict: Verdict): number =>
    claims.filter(({ outcome, evidence }) => outcome === 'expected' && evidence.verdict === verdict).length;
  const [misprints, needed] = refutingVerdicts.map(found) as [number, number];
  if (misprints + needed === 0) return undefined;
  const failed = claims.filter(isTrouble).length;
  const counterexamples = `${plural(misprints, 'misprint')} · ${needed} ${needed === 1 ? 'hypothesis' : 'hypotheses'} needed`;
  return `${claims.length} checked · ${failed} failed · ${counterexamples}`;
}

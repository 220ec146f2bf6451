import type { BoundRow } from '../../claims/evidence.js';
import type { Chart, RatioLine } from '../document.js';
import { boundRatio } from '../record/outcome.js';
import { sourceText } from '../record/paper-sections.js';
import type { ClaimRecord } from '../record/run-record.js';
import { byInstance, byStatement, iterationsOf, type Refutation, refutations, type SlackLine } from '../view/bounds.js';

/** T with left/bound of some rows, a line for each instance. */
export const ratioLines = (rows: readonly BoundRow[]): RatioLine[] => linesOf(byInstance(rows)).lines;

/** The lines of some instances, with their names. */
const linesOf = (instances: ReadonlyMap<string, readonly BoundRow[]>) => ({
  lines: Array.from(instances.values(), (rows) => rows.map((row) => [row.iterations, boundRatio(row)] as const)),
  key: Array.from(instances.keys(), (math) => ({ math })),
});

/** The chart of each statement: largest left/bound over T, marks for each of its claims. A maximum may be of another instance at every T. */
export function slackCharts(lines: readonly SlackLine[]): readonly Chart[] {
  const iterations = iterationsOf(lines);
  return Array.from(byStatement(lines), ([title, own]) => ({
    label: `largest left side over bound by T, ${title}`,
    ratios: {
      title,
      subtitle: 'largest left / bound by T',
      lines: own.map(({ largest }) => [...largest]),
      joined: false,
      iterations,
    },
    key: own.map(({ claim }) => claim.id),
  }));
}

/** Smaller ratios are drawn at the edge: how far a harmless row is below its bound does not matter. */
const lowest = 0.1;

/** The axis of ratios of some counterexamples. */
function rangeOf(all: readonly Refutation[]): readonly [number, number] {
  const ratios = all.flatMap(({ instances }) => [...instances.values()].flat().map(boundRatio));
  return [Math.max(lowest, Math.min(1, ...ratios) / 1.3), Math.max(1, ...ratios) * 1.3];
}

/** The chart of each counterexample: left/bound over its own T, a line for each of its instances, all with the same axis of ratios. */
export function refutationCharts(all: readonly Refutation[]): readonly Chart[] {
  const range = rangeOf(all);
  return all.map(({ claim, instances }) => {
    const { lines, key } = linesOf(instances);
    return {
      label: `left side over bound by T, ${claim.id}`,
      ratios: { title: claim.id, lines, range },
      caption: [{ claim: claim.id }, `, ${sourceText(claim.source)}: `, { statement: claim.statement }],
      key,
    };
  });
}

/** Left/bound of the rows of a claim over their T, a line for each instance; without a title, for a place that has one. Undefined without rows. */
export function claimChart(claim: ClaimRecord): Chart | undefined {
  const refuted = refutations({ claims: [claim] });
  const instances = refuted[0]?.instances ?? byInstance(claim.evidence.rows ?? []);
  if (instances.size === 0) return undefined;
  const { lines, key } = linesOf(instances);
  const ratios = { lines, ...(refuted.length > 0 && { range: rangeOf(refuted) }) };
  return { label: `left side over bound by T, ${claim.id}`, ratios, key };
}

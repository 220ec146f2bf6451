import type { Cell, Evidence, FailingCase } from '../../claims/evidence.js';
import { buildRunRecord, type CheckedClaim, type RunDescription } from './build-run-record.js';
import type { RunRecord } from './run-record.js';
import { describeRun, syntheticClaims } from './synthetic-run.test.helper.js';

/** A failing case about some types of functions. */
export const failingCase = (of: readonly string[], more: Partial<FailingCase> = {}): FailingCase => ({
  ...{ kind: 'wrong', of, text: `prox of ${of.join(' in ')} at y = 1: returned 2, right is 3`, digits: 0 },
  case: { part: 'planted', ratio: Number.POSITIVE_INFINITY, input: 0 },
  ...more,
});

/** What a claim found about one subject. */
export const cellOf = (subject: string, ...failing: readonly FailingCase[]): Cell => ({
  ...{ subject, cases: 10, worst: failing.length > 0 ? 2 : 0.5 },
  ...(failing.length > 0 && { failing }),
});

/** A claim with cells: violated, or not answered, where one of them fails. */
export function cellClaim(id: string, cells: readonly Cell[], more: Partial<Evidence> = {}): CheckedClaim {
  const failing = cells.flatMap((cell) => cell.failing ?? []);
  const silent = failing.length > 0 && failing.every(({ kind }) => kind === 'raises');
  const violated = failing.length > 0 && !silent;
  return {
    claim: { id, source: { section: '2.1' }, statement: `statement of ${id}`, method: 'by cells' },
    evidence: {
      verdict: violated ? 'violated' : silent ? 'inconclusive' : 'holds',
      reason: violated ? 'a case fails' : 'every case is right',
      ...{ cases: 10, seed: 'seed-1', seconds: 0.1, reproduce: `signprox guard --claims ${id} --seed seed-1`, cells },
      ...(silent && { failure: { kind: 'error' as const, message: failing[0]!.text } }),
      ...more,
    },
  };
}

/** A library with a function of every fate, and a claim without cells. */
export const everyFate: readonly CheckedClaim[] = [
  cellClaim('eq6-prox', [
    cellOf('prox of l1'),
    cellOf('prox of huber', failingCase(['huber'])),
    cellOf('prox of log-cosh', failingCase(['log-cosh'], { digits: 12 })),
    cellOf('prox of zero', failingCase(['zero'], { extreme: 'weight 0' })),
    cellOf('prox of scaled', failingCase(['huber', 'scaled'])),
    { ...cellOf('prox of box'), thin: 'never reached weight 0', skipped: { 'weight > 0': 3 } },
  ]),
  cellClaim('prox-values', [cellOf('prox of huber', failingCase(['huber'])), cellOf('value of huber')]),
  cellClaim('function-values', [
    cellOf('value of l1', failingCase(['l1'], { kind: 'raises', text: 'value of l1: raised KeyError' })),
    cellOf('value of box', failingCase(['box'], { kind: 'not-finite', text: 'value of box: answered NaN' })),
  ]),
  cellClaim('extreme-alone', [cellOf('prox of zero', failingCase(['zero'], { extreme: 'weight 0' }))]),
  syntheticClaims().at(-1)!,
];

export function subjectsRecord(
  checked: readonly CheckedClaim[] = everyFate,
  more: Partial<RunDescription> = {},
): RunRecord {
  const run = describeRun(checked);
  const implementation = { ...run.implementation, methods: ['prox', 'value'] as const };
  return buildRunRecord({ ...run, implementation, ...more });
}

import { verdicts } from '../../claims/verdict.js';

/** How often each label of a verdict column is met, in the order of the verdicts, and what is no verdict by itself last. */
export function labelCounts(labels: readonly string[]): (readonly [label: string, count: number])[] {
  const order: readonly string[] = [...verdicts, ...labels];
  return [...new Set(labels)]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((label) => [label, labels.filter((own) => own === label).length]);
}

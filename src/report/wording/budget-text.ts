import { plural } from '../../claims/plural.js';
import type { RunRecord } from '../record/run-record.js';
import { formatNumber } from './format-number.js';

/** The error budget in one sentence. */
export function budgetText(budget: RunRecord['budget']): string {
  return (
    `error budget: ${plural(budget.slotsUsed, 'slot')} of level ${formatNumber(budget.alphaPerSlot)}; ` +
    `false alarm ≤ ${formatNumber(budget.totalFalseAlarm)}, false holds ≤ ${formatNumber(budget.totalFalseHolds)}` +
    (budget.withinBudget ? '' : '; OVERSPENT') +
    '; other claims rest on derived tolerances, for which no rate is claimed'
  );
}

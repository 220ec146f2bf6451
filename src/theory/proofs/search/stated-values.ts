import type { Formula } from '../../formulas/formula.js';
import type { Theorem } from '../../theorem/theorem.js';
import { boundFormula, scheduleFormulas } from '../../theorem/written-theorem.js';

/** The same with what L stands for: 1/γ, or M/‖x⁰ − x*‖. */
export function inUnit(unit: 'step' | 'slope' | undefined, text: string): string {
  if (unit === 'step')
    return text.replaceAll('γL = 1 and ', '').replaceAll(/L(²?)(‖x⁰ − x\*‖²|\(f\(x⁰\) − f\*\))/g, '$2/γ$1');
  if (unit === undefined) return text;
  return text.replaceAll('L²‖x⁰ − x*‖²', 'M²').replaceAll('L‖x⁰ − x*‖²', 'M‖x⁰ − x*‖').replaceAll('γL', 'γM/‖x⁰ − x*‖');
}

/** γ, B and the bound of a theorem as they are written. */
export type StatedValues = Readonly<Record<'step' | 'miniBatch' | 'bound', Formula>>;

/** The formulas of a theorem; none where a schedule or a bound is a function. */
export function statedValues(theorem: Theorem): StatedValues[] {
  const [schedule, bound] = [scheduleFormulas(theorem), boundFormula(theorem.bound)];
  return schedule === undefined || bound === undefined
    ? []
    : [{ step: schedule.step, miniBatch: schedule.miniBatch, bound }];
}

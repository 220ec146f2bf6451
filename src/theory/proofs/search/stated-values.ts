import { type Rational, rational, two, zero } from '../../../exact/arithmetic/rational.js';
import type { Formula } from '../../formulas/formula.js';
import { isOne } from '../../formulas/formula-text.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { boundFormula, scheduleFormulas } from '../../theorem/written-theorem.js';
import type { Polynomial } from '../certificates/polynomial.js';
import { highestFirst, type RationalFunction } from './rational-function.js';
import type { StatedValues } from './read-formulas.js';
import { powerOf, readForAll, type SymbolicReading } from './read-theorem.js';

/** The same with what L stands for: 1/γ, or M/‖x⁰ − x*‖. */
export function inUnit(unit: 'step' | 'slope' | undefined, text: string): string {
  if (unit === 'step')
    return text.replaceAll('γL = 1 and ', '').replaceAll(/L(²?)(‖x⁰ − x\*‖²|\(f\(x⁰\) − f\*\))/g, '$2/γ$1');
  if (unit === undefined) return text;
  return text.replaceAll('L²‖x⁰ − x*‖²', 'M²').replaceAll('L‖x⁰ − x*‖²', 'M‖x⁰ − x*‖').replaceAll('γL', 'γM/‖x⁰ − x*‖');
}

const number = (value: Rational): Formula => ({ kind: 'number', value });

const times = (left: Formula, right: Formula): Formula => (isOne(left) ? right : { kind: '·', left, right });

/** A polynomial in T or s = √T as a formula, the highest power first. */
function polynomialFormula(polynomial: Polynomial): Formula {
  const name: Formula = { kind: 'name', name: 'T' };
  const terms = [...highestFirst(polynomial).values()].map(({ powers: [factor], coefficient }) => {
    const size = number(coefficient.abs());
    const isNegative = coefficient.lt(zero);
    if (factor === undefined) return { isNegative, of: size };
    const base: Formula = factor[0] === 's' ? { kind: 'root', of: name } : name;
    const power: Formula =
      factor[1] === 1 ? base : { kind: '^', left: base, right: number(rational(BigInt(factor[1]))) };
    return { isNegative, of: times(size, power) };
  });
  const [first, ...rest] = terms;
  if (first === undefined) return number(zero);
  return rest.reduce<Formula>(
    (left, { isNegative, of }) => ({ kind: isNegative ? '−' : '+', left, right: of }),
    first.isNegative ? { kind: 'opposite', of: first.of } : first.of,
  );
}

/** γ, B and the bound as they were fitted to the values of a file. */
function fittedValues({ step, noiseDivisor, gap, noise, distance }: SymbolicReading, scale: 0 | 1 | 2): StatedValues {
  const quotient = ({ numerator, denominator }: RationalFunction): Formula => {
    const [left, right] = [polynomialFormula(numerator), polynomialFormula(denominator)];
    return isOne(right) ? left : { kind: '/', left, right };
  };
  const name = (text: string): Formula => ({ kind: 'name', name: text });
  const square = (text: string): Formula => ({ kind: '^', left: name(text), right: number(two) });
  const L = name('L');
  const over = (left: Formula, right: Formula): Formula => ({ kind: '/', left, right });
  const parts = [
    [gap, [times(L, name('Δ')), name('Δ'), over(name('Δ'), L)][scale]!],
    [distance, [times(square('L'), square('D')), times(L, square('D')), square('D')][scale]!],
    [noise, [square('σ'), over(square('σ'), L), over(square('σ'), square('L'))][scale]!],
  ] as const;
  const terms = parts.flatMap(([factor, unit]) => (factor.numerator.size === 0 ? [] : [times(quotient(factor), unit)]));
  return {
    isFitted: true,
    ...{ step: { kind: '/', left: quotient(step), right: L }, miniBatch: quotient(noiseDivisor) },
    bound: terms.length === 0 ? number(zero) : terms.reduce((left, right) => ({ kind: '+', left, right })),
  };
}

/** γ, B and the bound of a theorem: its formulas; or of a theorem of the suite whose schedule and bound are functions, those that were fitted to their values. */
export function statedValues(theorem: Theorem): StatedValues[] {
  const [schedule, bound] = [scheduleFormulas(theorem), boundFormula(theorem.bound)];
  if (schedule !== undefined && bound !== undefined)
    return [{ step: schedule.step, miniBatch: schedule.miniBatch, bound }];
  try {
    const fitted = readForAll(theorem);
    return fitted === undefined ? [] : [fittedValues(fitted, powerOf(theorem.term))];
  } catch (error) {
    if (error instanceof NoModelError) return [];
    throw error;
  }
}

import { maximum, type Rational, rational, sum, zero } from '../../exact/arithmetic/rational.js';
import type { LowerConstants } from '../../exact/problem/constants.js';
import { type Enclosure, enclosures, evaluate, known, rootOf } from '../formulas/evaluate.js';
import type { Formula } from '../formulas/formula.js';
import type { Theorem } from './theorem.js';
import { boundFormula, scheduleFormulas } from './written-theorem.js';

/** γ, B and the right sides of a theorem of formulas at T in rationals: with their ends where they are not rational. */
export interface EnclosedTheorem {
  readonly miniBatch: number;
  /** γ from (L_1 … L_n). */
  step(lipschitz: readonly Rational[]): Enclosure;
  /** b at γ, from L_i, σ_i² and f(x⁰) − f*. */
  bound(step: Rational, constants: LowerConstants): Enclosure;
  /** The sharpened bound, if there is one. */
  readonly sharp?: EnclosedTheorem['bound'];
}

/**
 * @throws TypeError for a theorem whose schedule or bound is a function
 */
export function enclosedTheorem(theorem: Theorem, iterations: number): EnclosedTheorem {
  const T = rational(BigInt(iterations));
  const [schedule, bound] = [scheduleFormulas(theorem), boundFormula(theorem.bound)];
  if (schedule === undefined || bound === undefined) throw new TypeError(`${theorem.id} is not made of formulas`);
  const at = (formula: Formula, lipschitz: readonly Rational[], others: Readonly<Record<string, Enclosure>>) =>
    evaluate(formula, {
      ...enclosures((name, i) => {
        const of = name === 'L' ? known(i === undefined ? lipschitz.reduce(maximum, zero) : lipschitz[i]!) : undefined;
        const found = of ?? others[i === undefined ? name : `${name}_${i}`];
        if (found === undefined) throw new TypeError(`${theorem.id} has ${name}, which is not known in rationals`);
        return found;
      }),
      dimension: lipschitz.length,
    });
  const miniBatch = at(schedule.miniBatch, [], { T: known(T) });
  const rightSide =
    (of: Formula): EnclosedTheorem['bound'] =>
    (step, { coordinateLipschitz, variance, gap }) =>
      at(of, coordinateLipschitz, {
        ...{ T: known(T), γ: known(step), B: miniBatch, Δ: known(gap), σ: rootOf(sum(variance)) },
        ...Object.fromEntries(variance.map((each, i) => [`σ_${i}`, rootOf(each)])),
      });
  const sharp = boundFormula(theorem.sharp);
  return {
    miniBatch: Number(miniBatch.lower.n),
    step: (lipschitz) => at(schedule.step, lipschitz, { T: known(T) }),
    bound: rightSide(bound),
    ...(sharp && { sharp: rightSide(sharp) }),
  };
}

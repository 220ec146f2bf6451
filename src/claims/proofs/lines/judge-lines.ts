import { worstOf } from '../../judges/proximal-optimality.js';
import type { Judgement } from '../../properties/property-check.js';
import type { Arithmetic } from './arithmetic.js';
import type { Line } from './step.js';

/** Judges every line; at a sign of 0 the equalities that take signs for ±1 are judged as inequalities. */
export function judgeLines<N>(lines: readonly Line<N>[], arithmetic: Arithmetic<N>, signOfZeroMet: boolean): Judgement {
  return worstOf(
    lines.map(({ name, left, relation, right }) => {
      const equality = relation === '=' || (relation === '= for signs ±1' && !signOfZeroMet);
      const above = arithmetic.excess(left, right);
      const ratio = equality ? Math.max(above, arithmetic.excess(right, left)) : above;
      const line = (): string => `${name}: ${arithmetic.show(left)} ${equality ? '=' : '≤'} ${arithmetic.show(right)}`;
      // The worst of the cases that pass is shown too.
      return { ratio, explanation: () => (ratio <= 1 ? line() : `${line()} is false`) };
    }),
  );
}

import type { Judgement } from '../../src/library/claims.js';
import { type SmoothProblemCase, worstOf } from '../../src/library/testing.js';
import type { Arithmetic } from './arithmetic.js';
import type { Line } from './iteration.js';

/** Judges every line; at a sign of 0, equalities that assume signs ±1 are judged as inequalities. */
export function judgeLines<N>(lines: readonly Line<N>[], arithmetic: Arithmetic<N>, signOfZeroMet: boolean): Judgement {
  return worstOf(
    lines.map(({ name, left, relation, right }) => {
      const equality = relation === '=' || (relation === '= for signs ±1' && !signOfZeroMet);
      const above = arithmetic.excess(left, right);
      const ratio = equality ? Math.max(above, arithmetic.excess(right, left)) : above;
      const line = (): string => `${name}: ${arithmetic.show(left)} ${equality ? '=' : '≤'} ${arithmetic.show(right)}`;
      // The worst passing case is shown too.
      return { ratio, explanation: () => (ratio <= 1 ? line() : `${line()} is false`) };
    }),
  );
}

/** A case with one coordinate, which has every line once. */
export const plainCase: SmoothProblemCase = {
  problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
  ...{ x: Float64Array.of(0), indices: [0], step: 1, root: 1, signOfZero: 'positive' },
};

/** The name of a line without its coordinate. */
export function nameOfLine({ name }: { readonly name: string }): string {
  return name.replace(/, coordinate \d+$/, '');
}

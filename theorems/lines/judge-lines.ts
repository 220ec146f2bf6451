import type { Judgement } from '../../src/library/claims.js';
import { type SmoothProblemCase, worstOf } from '../../src/library/testing.js';
import { show } from './arithmetic.js';
import type { Line } from './iteration.js';

/** Judges every line; at a sign of 0, equalities that assume signs ±1 are judged as inequalities. */
export function judgeLines(lines: readonly Line[], signOfZeroMet = false): Judgement {
  return worstOf(
    lines.map(({ name, left, relation, right }) => {
      const equality = relation === '=' || (relation === '= for signs ±1' && !signOfZeroMet);
      const holds = left.lte(right) && (!equality || right.lte(left));
      const ratio = holds ? 0 : Number.POSITIVE_INFINITY;
      const line = (): string => `${name}: ${show(left)} ${equality ? '=' : '≤'} ${show(right)}`;
      // The worst passing case is shown too.
      return { ratio, explanation: () => (holds ? line() : `${line()} is false`) };
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

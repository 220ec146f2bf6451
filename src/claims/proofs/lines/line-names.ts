import type { SmoothProblemCase } from '../../arbitraries/smooth-problem-case.js';

/** A case of one coordinate, which has every line once. */
export const plainCase: SmoothProblemCase = {
  problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
  ...{ x: Float64Array.of(0), indices: [0], step: 1, root: 1, signOfZero: 'positive' },
};

/** What a line is called whichever coordinate it is about. */
export function nameOfLine({ name }: { readonly name: string }): string {
  return name.replace(/, coordinate \d+$/, '');
}

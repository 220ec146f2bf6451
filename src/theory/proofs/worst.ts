import { readTheoremWithoutBound } from '../theorem/theorem-file.js';
import { isWritten, type WrittenTheorem } from '../theorem/written-theorem.js';
import type { TheoremWithoutBound, Worst, WorstOptions } from './search/worst.js';

/**
 * The worst case of a theorem's left side for T = 1, 2, 3, …, as a multiple of f(x⁰) − f* or ‖x⁰ − x*‖²: what the smallest bound is.
 *
 * It knows what `prove` proves by all T steps at once: gradient descent and algorithms of one's own that are linear in gradients, without noise, for smooth functions that are
 * convex, strongly convex or neither. A value is `exact` where a certificate proves it and a function of one variable attains it, both in rationals, and an exact engine runs the
 * algorithm on that function; elsewhere it is between two fractions that are proved. Its modules are loaded when it is called.
 *
 * @throws NoModelError of one line for a theorem of another form
 * @example
 * const descent = {
 *   id: 'my-descent',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
 *   algorithm: 'gradient-descent',
 *   schedule: { step: '1/L', miniBatch: '1' },
 *   term: 'objective-gap',
 *   onlyLast: true,
 * };
 * const { answer, unit, rows } = await worst(descent, { iterations: [1, 2] });
 * assert.deepEqual([answer, unit, ...rows.map((row) => row.upper)], ['exact', 'L‖x⁰ − x*‖²', '1/6', '1/10']);
 */
export async function worst(
  theorem: TheoremWithoutBound | Omit<WrittenTheorem, 'bound'>,
  options: WorstOptions = {},
): Promise<Worst> {
  const search = await import('./search/worst.js');
  return search.worst(
    isWritten(theorem) ? readTheoremWithoutBound({ theorem }).theorem : (theorem as TheoremWithoutBound),
    options,
  );
}

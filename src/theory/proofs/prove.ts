import type { Theorem } from '../theorem/theorem.js';
import { readTheoremFile } from '../theorem/theorem-file.js';
import { isWritten, type WrittenTheorem } from '../theorem/written-theorem.js';
import type { ProveOptions, Proving } from './search/prove.js';

/**
 * Searches a proof of a theorem and checks it in rationals, or refutes the theorem.
 *
 * Its schedule, bound and algorithm are formulas, or it is a theorem of `readTheoremFile` in whose file they are: functions are refused. It knows gradient
 * descent, SGD and SPGM with a step γ = a/L, where the number a may depend on T, and a bound that is a sum of multiples of f(x⁰) − f*, L‖x⁰ − x*‖² and
 * the variance; signSGD with constants of every coordinate; momentum; the accelerated gradient; and own algorithms that are linear in gradients. It looks
 * for one step in expectation that holds for every γ, as a combination of the inequalities that define the class (descent, convexity) with a potential f or
 * ½‖x − x*‖², sums it, and compares the sum with the bound for all T at once; without noise also for all T steps at once, T ≤ 16, by interpolation
 * inequalities. Its modules are loaded when it is called.
 *
 * @throws NoModelError of one line for a theorem of another form
 * @example
 * const theorem = {
 *   id: 'my-bound',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
 *   algorithm: 'gradient-descent',
 *   schedule: { step: '1/L', miniBatch: '1' },
 *   term: 'squared-gradient',
 *   bound: '2LΔ/T',
 * };
 * const { answer, scope } = await prove(theorem);
 * assert.equal(`${answer} for ${scope}`, 'proved for every T ≥ 1');
 */
export async function prove(theorem: Theorem | WrittenTheorem, options: ProveOptions = {}): Promise<Proving> {
  const search = await import('./search/prove.js');
  return search.prove(isWritten(theorem) ? readTheoremFile({ theorem }).theorem : (theorem as Theorem), options);
}

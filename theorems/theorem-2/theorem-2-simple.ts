import { boundClaim, type Theorem } from '../../src/library/theorems.js';
import { theorem2Instances } from '../shared/instances.js';
import { tightnessClaim } from '../shared/tight-series-claim.js';
import { written } from '../shared/written.js';
import { rareEventsOnLattice, theorem2 } from './theorem-2.js';
import { series } from './theorem-2-sharp.js';

/**
 * Theorem 2♯ at the paper's step in its simplest form, for every T ≥ 1:
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ (1/√T) [2‖L‖₁(f(x⁰) − f*) + ½ + ‖σ‖₁],
 *
 * which is ½, ⅛ and ¼ of the terms of Theorem 2. It follows from κ(γL_i) ≤ 1 + ½(γL_i)², γL_i ≤ 1/(2√T) and (1 − 1/T)(1 + 1/(8T)) ≤ 1.
 * Proof in PROOFS.md.
 */
export const theorem2Simple: Theorem = written({
  ...theorem2,
  id: 'theorem-2-simple',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯, simple form' },
  statement: 'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (1/√T)[2‖L‖₁(f(x⁰) − f*) + ½ + ‖σ‖₁] for signProx with γ = 1/(2‖L‖₁√T), B = T',
  bound: '(2‖L‖₁Δ + ½ + ‖σ‖₁)/√T',
});

export const theorem2SimpleClaim = boundClaim({
  id: 'theorem-2-simple',
  version: 1,
  theorem: theorem2Simple,
  machineChecked: { file: 'theorem_2', theorem: 'theorem_2_sharp' },
  engine: 'lattice',
  referenceOnly: true,
  method:
    'the Markov chain of every coordinate on the lattice x⁰ + γZ, on the instances of Theorem 2 and on rare events, also against the bound of 2♯',
  instances: [...theorem2Instances, rareEventsOnLattice],
  iterations: { quick: [1, 4, 16], standard: [1, 4, 16, 64, 256], deep: [1, 4, 16, 64, 256, 1024] },
});

/** The families of 2♯ at the paper's step: without noise both bounds are the same. */
const families = series.filter(({ name }) => /^(?:Δ|‖L‖₁|σ, B = T):/.test(name));

/** What its terms can be cut to: those in Δ and ½ not at all, and ‖σ‖₁ to √ln 2 = 0.8326 of it at most, as for Theorem 2♯. */
export const theorem2SimpleTightClaim = tightnessClaim({
  id: 'theorem-2-simple-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯, simple form' },
  statement: '(1/√T)[2‖L‖₁Δ + ½ + ‖σ‖₁] is asymptotically attained in Δ and in ½; the noise reaches √ln 2 of its term',
  method: 'the law of the iterate on x⁰ + γZ, exactly or with an enclosure, on three families; closed forms',
  series: families.map((family) => ({ ...family, theorem: theorem2Simple })),
});

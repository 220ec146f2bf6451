import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';

const { sum, product, negative, of } = exact;
const { squaredNorm } = vectorsOver(exact);

/** The conditional expectation of the one-step inequality of Theorem 1♯. */
export const claim = lawClaim({
  id: 'theorem-1-sharp-expectation',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯, conditional expectation' },
  statement: 'E[f(x⁺) − f(x) | x] ≤ −γ(1 − γL/2)‖G‖² + γ²Lσ²/B',
  hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
  algorithm: 'spgm',
  constants: { descent: 1, noise: 1 },
  lines({ iterate, step, lipschitz, variances, expectation }, { descent, noise }) {
    const norm = squaredNorm(iterate.mapping);
    const curved = product(step, step, lipschitz);
    return [
      {
        name: 'E[f(x⁺) − f(x) | x] ≤ −γ(1 − γL/2)‖G‖² + γ²Lσ²/B',
        left: expectation(({ next }) => sum(objective(exact, next), negative(objective(exact, iterate.x)))),
        relation: '≤',
        right: sum(
          negative(product(of(descent), step, norm)),
          product(of(1 / 2), curved, norm),
          product(of(noise), curved, sum(...variances)),
        ),
      },
    ];
  },
});

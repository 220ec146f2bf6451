import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';
import { restingIterate } from './sign-of-zero.js';

/**
 * §5.2, (13): −GᵀsgnĜ in two lines. The second equality counts 2|G_i| for every wrong sign, which is right for −1 against +1 and twice
 * too much for 0 against ±1: there it is an inequality.
 */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-7',
  version: 2,
  source: { section: '5.2', equation: '(13)' },
  statement:
    '−γGᵀsgn Ĝ = −γ‖G‖₁ + γGᵀ[sgn G − sgn Ĝ] = −γ‖G‖₁ + 2γ Σ |G_i| 1[sgn G_i ≠ sgn Ĝ_i], so that f(x⁺) − f(x) ≤ (13)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { wrong: 2, moved: 3 / 2, mapped: 1 },
  refutation: {
    name: 'the second equality with sgn(0) = 0',
    instead: 'with ≤ in place of = the line holds for every value of sgn(0)',
    input: restingIterate,
  },
  counterexamples: [
    'd = ½u², r_k = ±u, θ = (¾, ¼), x = 0, one draw of each: G = ½ and Ĝ = 0, so Gᵀ[sgn G − sgn Ĝ] is ½ and not 1.',
  ],
  lines(iteration, constants) {
    const { arithmetic, step, mapping, mappingSigns, stochasticSigns, coordinateLipschitz, x, next } = iteration;
    const { sum, product, of, negative, magnitude } = arithmetic;
    const { inner, absoluteNorm } = vectorsOver(arithmetic);
    const norm = absoluteNorm(mapping);
    const alongSigns = negative(product(step, inner(mapping, stochasticSigns.map(of))));
    const gap = mappingSigns.map((sign, i) => of(sign - stochasticSigns[i]!));
    const wrong = sum(
      ...mapping.map((entry, i) => product(of(mappingSigns[i] === stochasticSigns[i] ? 0 : 1), magnitude(entry))),
    );
    const change = product(step, inner(mapping, gap));
    const ofWrongSigns = product(of(constants.wrong), step, wrong);
    const curved = product(step, step, sum(...coordinateLipschitz));
    const oneStep = sum(alongSigns, product(of(3 / 2), curved), product(curved, norm));
    const split = sum(
      negative(product(step, norm)),
      product(of(constants.moved), curved),
      product(of(constants.mapped), curved, norm),
      ofWrongSigns,
    );
    return [
      {
        name: '−γGᵀsgn Ĝ = −γ‖G‖₁ + γGᵀ[sgn G − sgn Ĝ]',
        left: alongSigns,
        relation: '=',
        right: sum(negative(product(step, norm)), change),
      },
      {
        name: 'γGᵀ[sgn G − sgn Ĝ] = 2γ Σ |G_i| 1[sgn G_i ≠ sgn Ĝ_i]',
        left: change,
        relation: '= for signs ±1',
        right: ofWrongSigns,
      },
      { name: 'the bound of one step ≤ (13)', left: oneStep, relation: '≤', right: split },
      {
        name: 'f(x⁺) − f(x) ≤ (13)',
        left: sum(objective(arithmetic, next), negative(objective(arithmetic, x))),
        relation: '≤',
        right: split,
      },
    ];
  },
});

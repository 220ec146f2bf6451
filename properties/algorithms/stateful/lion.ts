import { worstOf } from '../../../src/claims/judges/judgement.js';
import { maximumNorm, ofFormula, unitRoundoff } from '../../../src/claims/judges/precision.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** Lion, whose decay outside of the sign keeps the iterates within 1/λ. */
export const claim = propertyClaim({
  id: 'lion',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Chen et al. 2023' },
  statement:
    'x ← (1 − γλ)x − γ sgn(β₁m + (1 − β₁)∇f̂(x)), then m ← β₂m + (1 − β₂)∇f̂(x); ‖x_t‖_∞ − 1/λ ≤ (1 − γλ)^t(‖x_0‖_∞ − 1/λ)',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns',
  requires: { algorithms: ['lion'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => {
    const u = unitRoundoff(implementation.description.dtype);
    return [
      ...(await statefulParts(implementation, 'lion', { mustReach: ['weight decay'] })),
      ...statefulInvariant(implementation, 'lion', {
        name: 'its iterates stay within 1/λ',
        // 0 < γλ ≤ ¾.
        change: (input) => {
          const product = input.hyperparameters['weightDecay'] === 4 ? 0.75 : 0.25;
          return { ...input, hyperparameters: { ...input.hyperparameters, weightDecay: product / input.step } };
        },
        judge({ step, x, hyperparameters }, iterates) {
          const decay = hyperparameters['weightDecay'] as number;
          return worstOf(
            iterates.map((next, t) => {
              const bound = 1 / decay + (1 - step * decay) ** (t + 1) * (maximumNorm(x) - 1 / decay);
              const allowed = ofFormula * (t + 2) * u * (maximumNorm(x) + 1 / decay);
              const excess = maximumNorm(next) - bound;
              return {
                ratio: excess <= 0 ? 0 : excess / allowed,
                explanation: () => `‖x_${t + 1}‖_∞ = ${maximumNorm(next)}, at most ${bound} is right`,
              };
            }),
          );
        },
      }),
    ];
  },
});

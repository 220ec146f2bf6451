import { unitRoundoff } from '../../../src/claims/implementation/dtype.js';
import { worstOf } from '../../../src/judging/judges/judgement.js';
import { maximumNorm, ofFormula } from '../../../src/judging/judges/precision.js';
import {
  againstSign,
  decoupledStep,
  exactly,
  fromNothing,
  type Rule,
  remembering,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions, signOfZero }) => {
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const means = remembering(fromNothing(beta2, u));
  let before: readonly Uncertain[] | undefined;
  return ({ x, step, stochasticGradient }) => {
    const gradient = stochasticGradient(x);
    const directions = gradient.map((g, i) => fromNothing(beta1, u)(before?.[i], g));
    before = means(gradient);
    return x.map((value, i) =>
      againstSign(directions[i]!, signOfZero, (sign) =>
        decoupledStep({ step, decay, u, conventions }, value, exactly(sign)),
      ),
    );
  };
};

/** Lion, whose decay outside of the sign keeps the iterates within 1/λ. */
export const claim = statefulClaim({
  algorithm: 'lion',
  version: 2,
  equation: 'Chen et al. 2023',
  statement:
    'x ← (1 − γλ)x − γ sgn(β₁m + (1 − β₁)∇f̂(x)), then m ← β₂m + (1 − β₂)∇f̂(x); ‖x_t‖_∞ − 1/λ ≤ (1 − γλ)^t(‖x_0‖_∞ − 1/λ)',
  rule,
  open: ['decay'],
  mustReach: ['weight decay'],
  invariants: [
    {
      name: 'its iterates stay within 1/λ',
      // 0 < γλ ≤ ¾.
      change: (input) => {
        const product = input.hyperparameters['weightDecay'] === 4 ? 0.75 : 0.25;
        return { ...input, hyperparameters: { ...input.hyperparameters, weightDecay: product / input.step } };
      },
      judge({ step, x, hyperparameters }, iterates, { description }) {
        // By induction, for any λ ≥ 0: ‖x_{t+1}‖_∞ ≤ |1 − γλ|‖x_t‖_∞ + γ. Who has no λ is asked at λ = 0.
        const kept = Math.abs(1 - step * (hyperparameters['weightDecay'] as number));
        let [bound, largest] = [maximumNorm(x), maximumNorm(x)];
        return worstOf(
          iterates.map((next, t) => {
            bound = kept * bound + step;
            largest = Math.max(largest, bound);
            const limit = bound;
            const allowed = ofFormula * (t + 2) * unitRoundoff(description.dtype) * largest;
            const excess = maximumNorm(next) - limit;
            return {
              ratio: excess <= 0 ? 0 : excess / allowed,
              explanation: () => `‖x_${t + 1}‖_∞ = ${maximumNorm(next)}, at most ${limit} is right`,
            };
          }),
        );
      },
    },
  ],
});

import { one, type Rational, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  anyOf,
  combination,
  decoupledStep,
  difference,
  exactly,
  isDecoupled,
  isSet,
  nothing,
  product,
  quotient,
  type Rule,
  remembering,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = (followed) => {
  const { given, u, conventions } = followed;
  const [momentum, dampening, decay] = [given('momentum'), given('dampening'), given('weightDecay')];
  const [nesterov, decoupled] = [isSet(given('nesterov')), isDecoupled(followed)];
  // Where every gradient has the weight 1, two conventions make no difference, and without momentum a third one.
  const weightOf = (): Rational => {
    if (isSet(momentum)) return one.sub(conventions.buffer === 'mean' ? momentum : dampening);
    return isSet(dampening) && conventions.dampened === 'always' && conventions.buffer !== 'mean'
      ? one.sub(dampening)
      : one;
  };
  const weight = weightOf();
  const keepsMoves = isSet(momentum) && conventions.remembered === 'moves';
  const buffers = remembering((before, g) => {
    const isFirst = before === undefined && (weight.equals(one) || conventions.first === 'whole');
    if (isFirst || (weight.equals(one) && !isSet(momentum))) return g;
    return combination(momentum, before ?? nothing, weight, g, u);
  });
  let last: { readonly x: readonly Uncertain[]; readonly step: Rational } | undefined;
  /**
   * The buffer as the difference of the last two iterates, x − γg + μ(x − x⁻): Polyak's own form of the heavy ball remembers x⁻. The difference has
   * the roundings of x in it, which the buffer of a recursion has not: in a long run they differ by more than the roundings of one step. It
   * is computed from observed iterates, so that the form needs no more tolerance. What decays after the step has moved otherwise.
   */
  const fromDifferences = (x: readonly Uncertain[]): readonly Uncertain[] | undefined => {
    const before = last;
    if (before === undefined || !isSet(momentum) || nesterov) return undefined;
    if (decoupled && conventions.decay === 'after the step') return undefined;
    return x.map((value, i) => {
      const from = before.x[i]!;
      const start = decoupled ? combination(one, from, before.step.mul(decay).neg(), from, u) : from;
      const moved = difference(start, value);
      return keepsMoves ? moved : quotient(moved, exactly(before.step), u);
    });
  };
  return ({ x, anew, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const newest = keepsMoves ? slopes.map((g) => product(exactly(step), g, u)) : slopes;
    const now = buffers(newest);
    const differences = anew ? undefined : fromDifferences(x);
    last = { x, step };
    const outside = { step, decay: decoupled ? decay : zero, u, conventions, ...(keepsMoves && { factor: one }) };
    return x.map((value, i) => {
      const direction = nesterov ? combination(one, newest[i]!, momentum, now[i]!, u) : now[i]!;
      const another = differences && combination(momentum, differences[i]!, weight, newest[i]!, u);
      return anyOf([direction, ...(another ? [another] : [])].map((each) => decoupledStep(outside, value, each)));
    });
  };
};

/** SGD with momentum as PyTorch has it; without, it is SGD. */
export const claim = statefulClaim({
  algorithm: 'momentum-sgd',
  version: 3,
  equation: 'torch.optim.SGD',
  statement: 'b ← μb + (1 − τ)(∇f̂(x) + λx), x ← x − γb, with look-ahead and decoupled decay; at μ = 0 it is SGD',
  rule,
  open: ['first', 'buffer', 'decay', 'coupling', 'dampened', 'remembered'],
  mustReach: ['momentum', 'dampening', 'nesterov', 'weight decay', 'decoupled decay'],
});

import { one } from '../../../src/exact/arithmetic/rational.js';
import {
  adaptiveDivisor,
  anyOf,
  combination,
  exactly,
  fromNothing,
  isSet,
  meanOfSquares,
  minus,
  nothing,
  product,
  quotient,
  type Rule,
  remembering,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions }) => {
  const [alpha, epsilon, momentum, decay] = [given('alpha'), given('epsilon'), given('momentum'), given('weightDecay')];
  const squares = meanOfSquares(alpha, u, () => (conventions.initialSquare === '0' ? nothing : exactly(one)));
  const means = remembering(fromNothing(alpha, u));
  const buffers = remembering((before = nothing, newest) => combination(momentum, before, one, newest, u));
  // Without momentum there is nothing to remember.
  const keepsMoves = isSet(momentum) && conventions.remembered === 'moves';
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => withDecay(g, decay, x[i]!, u));
    const [square, mean] = [squares(slopes), means(slopes)];
    const directions = slopes.map((g, i) => {
      const variance = isSet(given('centered')) ? minus(square[i]!, product(mean[i]!, mean[i]!, u), u) : square[i]!;
      return quotient(g, adaptiveDivisor(variance, exactly(epsilon), conventions, u), u);
    });
    const moves = keepsMoves ? directions.map((d) => product(exactly(step), d, u)) : directions;
    const factor = keepsMoves ? one : step;
    return buffers(moves).map((kept, i) => anyOf([combination(one, x[i]!, factor.neg(), kept, u)]));
  };
};

/** RMSprop, whose steps are divided by the root of a mean of squares, or of a variance. */
export const claim = statefulClaim({
  algorithm: 'rmsprop',
  version: 1,
  equation: 'Tieleman and Hinton 2012; torch.optim.RMSprop',
  statement:
    'g = ∇f̂(x) + λx, v ← αv + (1 − α)g², b ← μb + g/(√v + ε), x ← x − γb; centred: v − a² in the root, a ← αa + (1 − α)g',
  rule,
  open: ['epsilon', 'remembered', 'initialSquare'],
  mustReach: ['momentum', 'no momentum', 'centred', 'weight decay'],
});

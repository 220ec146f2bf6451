import { one } from '../../../src/exact/arithmetic/rational.js';
import {
  anyOf,
  combination,
  exactly,
  meanOfSquares,
  nothing,
  plus,
  product,
  quotient,
  type Rule,
  root,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u }) => {
  const [rho, epsilon, decay] = [given('rho'), exactly(given('epsilon')), given('weightDecay')];
  const [squares, squaresOfMoves] = [meanOfSquares(rho, u), meanOfSquares(rho, u)];
  let moved: readonly Uncertain[] | undefined;
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => withDecay(g, decay, x[i]!, u));
    const square = squares(slopes);
    const directions = slopes.map((g, i) => {
      const [above, below] = [moved?.[i] ?? nothing, square[i]!].map((v) => root(plus(v, epsilon, u), u));
      return product(quotient(above!, below!, u), g, u);
    });
    moved = squaresOfMoves(directions);
    return x.map((value, i) => anyOf([combination(one, value, step.neg(), directions[i]!, u)]));
  };
};

/** Adadelta, whose steps have the size of those before them. */
export const claim = statefulClaim({
  algorithm: 'adadelta',
  version: 1,
  equation: 'Zeiler 2012; torch.optim.Adadelta',
  statement: 'g = ∇f̂(x) + λx, v ← ρv + (1 − ρ)g², Δ = √((u + ε)/(v + ε)) g, u ← ρu + (1 − ρ)Δ², x ← x − γΔ',
  rule,
  mustReach: ['weight decay'],
});

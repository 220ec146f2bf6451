import { type Rational, squareRootBelow } from '../../src/library/exact.js';
import type { SmoothProblemCase } from '../../src/library/testing.js';
import {
  absoluteNorm,
  inner,
  magnitude,
  minus,
  negative,
  of,
  plus,
  product,
  quotient,
  sum,
} from '../lines/arithmetic.js';
import type { ConditionalLaw } from '../lines/conditional-law.js';
import { atMost, equal, type Iteration, type Line, objective } from '../lines/iteration.js';
import { lawClaim, pathwiseClaim } from '../lines/line-claim.js';
import { slopes } from '../shared/instances.js';

/**
 * d = ½u², r_k = ±u with θ = (¾, ¼), x = 0: G = ½, but the mini-batch of one of each gives Ĝ = 0. With sgn(0) = 0 the iterate rests,
 * although two equalities of §5.2 count a full step ±γ.
 */
const restingIterate: SmoothProblemCase = {
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.75, 0.25],
  },
  x: Float64Array.of(0),
  indices: [0, 1],
  step: 0.5,
  root: 1,
  signOfZero: 'zero',
};

/** §5.2, what one iteration is, and the first bound: the coordinate-wise Lipschitz continuity of ∇d, and the convexity of r at x⁺. */
export const theorem2Step1Claim = pathwiseClaim({
  id: 'theorem-2-step-1',
  version: 2,
  source: { section: '5.2', equation: 'first inequality' },
  statement:
    'with x⁺ = x − γsgn(x − P̂(x)) = x − γsgn Ĝ(x) and x̃ = P(x) = x − γG(x), f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1 / 2 },
  lines(current, { curvature }) {
    const { coordinateLipschitz, x, next, full, step, mapping, stochasticMapping } = current;
    const moved = minus(next.point, x.point);
    const after = (i: number, direction: typeof step) => sum(x.point[i]!, negative(product(step, direction)));
    const iteration = mapping.flatMap((entry, i) => [
      {
        // γ > 0, so that the signs are the same.
        name: `x − P̂(x) = γĜ(x), coordinate ${i}`,
        left: sum(x.point[i]!, negative(current.miniBatchMean[i]!)),
        relation: '=' as const,
        right: product(step, stochasticMapping[i]!),
      },
      equal(`x⁺ = x − γ sgn Ĝ(x), coordinate ${i}`, next.point[i]!, after(i, of(current.stochasticSigns[i]!))),
      equal(`x̃ = P(x) = x − γG(x), coordinate ${i}`, full.point[i]!, after(i, entry)),
    ]);
    return [
      ...iteration,
      atMost(
        'f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
        objective(next),
        sum(
          objective(x),
          inner(plus(x.smoothGradient, next.regularizerGradient), moved),
          ...coordinateLipschitz.map((L, i) => product(of(curvature), L, moved[i]!, moved[i]!)),
        ),
      ),
    ];
  },
});

/** §5.2, the same bound with ∇r(x̃) added and taken away. */
export const theorem2Step2Claim = pathwiseClaim({
  id: 'theorem-2-step-2',
  version: 2,
  source: { section: '5.2', equation: 'first equality' },
  statement: 'the first bound = f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1 / 2, change: 1 },
  lines({ coordinateLipschitz, x, next, full }, { curvature, change }) {
    const moved = minus(next.point, x.point);
    const quadratic = (factor: number) =>
      sum(...coordinateLipschitz.map((L, i) => product(of(factor), L, moved[i]!, moved[i]!)));
    const right = sum(
      objective(x),
      inner(plus(x.smoothGradient, full.regularizerGradient), moved),
      quadratic(curvature),
      product(of(change), inner(minus(next.regularizerGradient, full.regularizerGradient), moved)),
    );
    return [
      equal(
        'the first bound = f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
        sum(
          x.smooth,
          inner(x.smoothGradient, moved),
          quadratic(1 / 2),
          x.regularizer,
          inner(next.regularizerGradient, moved),
        ),
        right,
      ),
      atMost(
        'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
        objective(next),
        right,
      ),
    ];
  },
});

/** §5.2, the last term of the bound: split at x, then bounded by absolute values. */
export const theorem2Step3Claim = pathwiseClaim({
  id: 'theorem-2-step-3',
  version: 2,
  source: { section: '5.2', equation: 'split of the last term' },
  statement:
    '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x) = [∇r(x⁺) − ∇r(x)]ᵀ(x⁺ − x) + [∇r(x) − ∇r(x̃)]ᵀ(x⁺ − x) ≤ Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i]',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1 },
  lines({ x, next, full }, constants) {
    const moved = minus(next.point, x.point);
    const toNext = minus(next.regularizerGradient, x.regularizerGradient);
    const fromFull = minus(x.regularizerGradient, full.regularizerGradient);
    const split = sum(inner(toNext, moved), inner(fromFull, moved));
    return [
      equal(
        '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x) = [∇r(x⁺) − ∇r(x)]ᵀ(x⁺ − x) + [∇r(x) − ∇r(x̃)]ᵀ(x⁺ − x)',
        inner(minus(next.regularizerGradient, full.regularizerGradient), moved),
        split,
      ),
      atMost(
        'by absolute values, ≤ Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i]',
        split,
        sum(
          ...moved.flatMap((entry, i) => [
            product(of(constants.moved), magnitude(toNext[i]!), magnitude(entry)),
            product(of(constants.mapped), magnitude(fromFull[i]!), magnitude(entry)),
          ]),
        ),
      ),
    ];
  },
});

/** §5.2, the smoothness of r in each coordinate, from x to x⁺ and from x to x̃. */
export const theorem2Step4Claim = pathwiseClaim({
  id: 'theorem-2-step-4',
  version: 2,
  source: { section: '5.2', equation: 'smoothness of r' },
  statement:
    'Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i] ≤ Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i]',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1 },
  lines({ coordinateLipschitz, x, next, full }, constants) {
    const moved = minus(next.point, x.point).map(magnitude);
    const mapped = minus(x.point, full.point).map(magnitude);
    const toNext = minus(next.regularizerGradient, x.regularizerGradient).map(magnitude);
    const fromFull = minus(x.regularizerGradient, full.regularizerGradient).map(magnitude);
    return coordinateLipschitz.flatMap((L, i) => [
      atMost(
        `|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i ≤ L_i(x⁺ − x)_i², coordinate ${i}`,
        product(toNext[i]!, moved[i]!),
        product(of(constants.moved), L, moved[i]!, moved[i]!),
      ),
      atMost(
        `|∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i ≤ L_i|x − x̃|_i|x⁺ − x|_i, coordinate ${i}`,
        product(fromFull[i]!, moved[i]!),
        product(of(constants.mapped), L, mapped[i]!, moved[i]!),
      ),
    ]);
  },
});

/**
 * §5.2, what the last term comes to when every coordinate moves by γ, then by ‖L‖_∞ ≤ ‖L‖₁ and x − x̃ = γG. The equality is one only for
 * signs ±1: a coordinate with sgn Ĝ_i = 0 does not move, and the left side is smaller.
 */
export const theorem2Step5Claim = pathwiseClaim({
  id: 'theorem-2-step-5',
  version: 2,
  source: { section: '5.2', equation: 'bound of the last term' },
  statement:
    'Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i] = γ²‖L‖₁ + γΣ L_i|x − x̃|_i ≤ γ²‖L‖₁ + γ‖L‖_∞‖x − x̃‖₁ ≤ γ²‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1, largest: 1, total: 1 },
  refutation: {
    name: 'the equality with sgn(0) = 0',
    instead: 'with ≤ in place of = the line holds for every value of sgn(0)',
    input: restingIterate,
  },
  counterexamples: [
    'd = ½u², r_k = ±u, θ = (¾, ¼), x = 0, one draw of each: Ĝ = 0, so with sgn(0) = 0 the left side is 0.',
  ],
  lines({ step, lipschitz, coordinateLipschitz, mapping, x, next, full }, constants) {
    const moved = minus(next.point, x.point).map(magnitude);
    const mapped = minus(x.point, full.point).map(magnitude);
    const total = sum(...coordinateLipschitz);
    const ofMove = product(of(constants.moved), step, step, total);
    const ofMapping = sum(
      ofMove,
      ...coordinateLipschitz.map((L, i) => product(of(constants.mapped), step, L, mapped[i]!)),
    );
    // L of the certified families is the largest L_i.
    const byLargest = sum(ofMove, product(of(constants.largest), step, lipschitz, sum(...mapped)));
    return [
      {
        name: 'Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i] = γ²‖L‖₁ + γΣ L_i|x − x̃|_i',
        left: sum(
          ...coordinateLipschitz.flatMap((L, i) => [
            product(L, moved[i]!, moved[i]!),
            product(L, mapped[i]!, moved[i]!),
          ]),
        ),
        relation: '= for signs ±1',
        right: ofMapping,
      },
      atMost('by L_i ≤ ‖L‖_∞, ≤ γ²‖L‖₁ + γ‖L‖_∞‖x − x̃‖₁', ofMapping, byLargest),
      atMost(
        'by ‖L‖_∞ ≤ ‖L‖₁ and x − x̃ = γG, ≤ γ²‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
        byLargest,
        sum(ofMove, product(of(constants.total), step, step, total, absoluteNorm(mapping))),
      ),
    ];
  },
});

/** §5.2, the bound of the last term in the original inequality. */
export const theorem2Step6Claim = pathwiseClaim({
  id: 'theorem-2-step-6',
  version: 2,
  source: { section: '5.2', equation: 'one step' },
  statement: 'f(x⁺) − f(x) ≤ −γG(x)ᵀsgn(Ĝ(x)) + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 3 / 2, mapped: 1 },
  lines({ step, coordinateLipschitz, mapping, stochasticSigns, x, next, full }, constants) {
    const moved = minus(next.point, x.point);
    const total = sum(...coordinateLipschitz);
    const curved = product(step, step, total);
    const right = sum(
      negative(product(step, inner(mapping, stochasticSigns.map(of)))),
      product(of(constants.moved), curved),
      product(of(constants.mapped), curved, absoluteNorm(mapping)),
    );
    return [
      atMost(
        'f(x⁺) − f(x) ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁',
        sum(objective(next), negative(objective(x))),
        right,
      ),
      atMost(
        'the first bound with its last term bounded ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁',
        sum(
          inner(plus(x.smoothGradient, full.regularizerGradient), moved),
          ...coordinateLipschitz.map((L, i) => product(of(1 / 2), L, moved[i]!, moved[i]!)),
          curved,
          product(curved, absoluteNorm(mapping)),
        ),
        right,
      ),
    ];
  },
});

/**
 * §5.2, (13): −GᵀsgnĜ in two lines. The second equality counts 2|G_i| for every wrong sign, which is right for −1 against +1 and twice
 * too much for 0 against ±1: there it is an inequality.
 */
export const theorem2Step7Claim = pathwiseClaim({
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
    const { step, mapping, mappingSigns, stochasticSigns, coordinateLipschitz, x, next } = iteration;
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
      equal('−γGᵀsgn Ĝ = −γ‖G‖₁ + γGᵀ[sgn G − sgn Ĝ]', alongSigns, sum(negative(product(step, norm)), change)),
      {
        name: 'γGᵀ[sgn G − sgn Ĝ] = 2γ Σ |G_i| 1[sgn G_i ≠ sgn Ĝ_i]',
        left: change,
        relation: '= for signs ±1',
        right: ofWrongSigns,
      },
      atMost('the bound of one step ≤ (13)', oneStep, split),
      atMost('f(x⁺) − f(x) ≤ (13)', sum(objective(next), negative(objective(x))), split),
    ];
  },
});

type Constant = 'relaxation' | 'markov' | 'jensen' | 'variance';

/**
 * §5.2, the probability of a wrong sign in one coordinate. For G_i ≠ 0 the lines are as printed, with the square root of Jensen's
 * inequality squared away. For G_i = 0 the printed chain divides by 0, and the lines are judged multiplied by |G_i|, which is all that (13)
 * needs of them. The last ≤ is an equality when σ_i² is the variance at x, and is judged as such.
 */
function linesOfCoordinate(law: ConditionalLaw, i: number, c: Readonly<Record<Constant, number>>): Line[] {
  const { iterate, iterations, variances, expectation } = law;
  const G = iterate.mapping[i]!;
  const error = ({ stochasticMapping }: Iteration): Rational => sum(stochasticMapping[i]!, negative(G));
  const probability = (event: (iteration: Iteration) => boolean): Rational =>
    expectation((iteration) => of(event(iteration) ? 1 : 0));
  const wrong = probability(({ mappingSigns, stochasticSigns }) => mappingSigns[i] !== stochasticSigns[i]);
  const far = probability((iteration) => magnitude(error(iteration)).gte(product(of(c.relaxation), magnitude(G))));
  const mean = expectation((iteration) => magnitude(error(iteration)));
  const square = expectation((iteration) => product(error(iteration), error(iteration)));
  const variance = quotient(product(of(c.variance), variances[i]!), iterations);
  const perSize = (value: Rational, power: 1 | 2): Rational =>
    G.n === 0n ? value : quotient(value, power === 1 ? magnitude(G) : product(G, G));
  const timesSize = (value: Rational): Rational => (G.n === 0n ? of(0) : value);
  return [
    atMost(`P[sgn G_i ≠ sgn Ĝ_i] ≤ P[|Ĝ_i − G_i| ≥ |G_i|], coordinate ${i}`, wrong, far),
    atMost(
      `P[|Ĝ_i − G_i| ≥ |G_i|] ≤ E|Ĝ_i − G_i|/|G_i|, coordinate ${i}`,
      timesSize(far),
      perSize(product(of(c.markov), mean), 1),
    ),
    atMost(
      `(E|Ĝ_i − G_i|)²/G_i² ≤ E(Ĝ_i − G_i)²/G_i², coordinate ${i}`,
      perSize(product(mean, mean), 2),
      perSize(product(of(c.jensen), square), 2),
    ),
    equal(`E(Ĝ_i − G_i)²/G_i² ≤ σ_i²/(T G_i²), coordinate ${i}`, perSize(square, 2), perSize(variance, 2)),
  ];
}

export const theorem2Step8Claim = lawClaim({
  id: 'theorem-2-step-8',
  version: 2,
  source: { section: '5.2', equation: 'probability of a wrong sign' },
  statement:
    'E[1[sgn G_i ≠ sgn Ĝ_i]] = P[sgn G_i ≠ sgn Ĝ_i] ≤ P[|Ĝ_i − G_i| ≥ |G_i|] ≤ E|Ĝ_i − G_i|/|G_i| ≤ √E(Ĝ_i − G_i)²/|G_i| ≤ σ_i/(√T|G_i|)',
  hypotheses: ['assumption-2d'],
  algorithm: 'sign-prox',
  constants: { relaxation: 1, markov: 1, jensen: 1, variance: 1 },
  counterexamples: [
    'G_i = 0: the chain divides by 0 as printed; multiplied by |G_i| it holds, and (13) uses it in that form only.',
  ],
  lines: (law, constants) => law.iterate.mapping.flatMap((_, i) => linesOfCoordinate(law, i, constants)),
  undefinedAt: {
    name: 'G_i = 0',
    reason: 'the chain divides by |G_i| = 0; multiplied by |G_i| it is 0 ≤ 0, which is what (13) needs',
    meets: ({ iterate }) => iterate.mapping.some(({ n }) => n === 0n),
  },
});

/**
 * §5.2, the conditional expectation, and what it becomes for γ = 1/(2‖L‖₁√T); the last line uses 1/T ≤ 1/√T. σ_i is the square root of
 * the variance at x, rounded down where it is not rational: every bound grows with it, so what holds below it holds. The second ≤ is an equality, and is
 * judged as one.
 */
export const theorem2Step9Claim = lawClaim({
  id: 'theorem-2-step-9',
  version: 2,
  source: { section: '5.2', equation: 'conditional expectation' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁ ≤ −‖G‖₁/(2‖L‖₁√T) + ‖G‖₁/(4‖L‖₁T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T) ≤ −‖G‖₁/(4‖L‖₁√T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
  hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
  algorithm: 'sign-prox',
  constants: {
    moved: 3 / 2,
    mapped: 1,
    noise: 2,
    scheduled: 1 / 4,
    scheduledMove: 3 / 8,
    scheduledNoise: 1,
    rate: 1 / 4,
  },
  lines({ iterate, step, coordinateLipschitz, root, iterations, variances, expectation }, c) {
    const total = sum(...coordinateLipschitz);
    const norm = absoluteNorm(iterate.mapping);
    const sigma = sum(...variances.map(squareRootBelow));
    const curved = product(step, step, total);
    /** The terms of (13) that the probability bound does not touch. */
    const without = (moved: number, mapped: number) =>
      sum(negative(product(step, norm)), product(of(moved), curved), product(of(mapped), curved, norm));
    const wrong = expectation(({ mapping, mappingSigns, stochasticSigns }) =>
      sum(...mapping.map((entry, i) => (mappingSigns[i] === stochasticSigns[i] ? of(0) : magnitude(entry)))),
    );
    const expected = sum(without(c.moved, c.mapped), quotient(product(of(c.noise), step, sigma), root));
    const over = (constant: number, value: typeof norm, size: typeof norm) =>
      quotient(product(of(constant), value), product(total, size));
    const rest = sum(over(c.scheduledMove, of(1), iterations), over(c.scheduledNoise, sigma, iterations));
    const scheduled = sum(negative(over(1 / 2, norm, root)), over(c.scheduled, norm, iterations), rest);
    return [
      atMost(
        'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
        expectation(({ next }) => sum(objective(next), negative(objective(iterate.x)))),
        expected,
      ),
      atMost(
        'the expectation of (13) ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
        sum(without(3 / 2, 1), product(of(2), step, wrong)),
        expected,
      ),
      equal('for γ = 1/(2‖L‖₁√T), ≤ −‖G‖₁/(2‖L‖₁√T) + ‖G‖₁/(4‖L‖₁T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)', expected, scheduled),
      atMost(
        'by 1/T ≤ 1/√T, ≤ −‖G‖₁/(4‖L‖₁√T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
        scheduled,
        sum(negative(over(c.rate, norm, root)), rest),
      ),
    ];
  },
});

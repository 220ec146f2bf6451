import { scaledSign } from '../../src/library/algorithms.js';
import { rational } from '../../src/library/exact.js';
import {
  type ClaimMutant,
  faster,
  inconclusive,
  silent,
  type TheoremChange,
  times,
  violated,
  withBatch,
  withoutGap,
  withoutNoise,
} from '../../src/library/testing.js';
import type { BoundClaim, BoundInstance, ClaimOf, OwnAlgorithm, OwnHypothesis } from '../../src/library/theorems.js';
import {
  adamMapClaim,
  amsgradRegretClaim,
  counterexampleAdamClaim,
  counterexampleAdamStochasticClaim,
  drawnGames,
  threeRoundGames,
} from '../beyond/adaptive/adam.js';
import { claim as admm } from '../beyond/others/admm-nonconvex.js';
import { claim as errorFeedback, moment } from '../beyond/others/ef-sign-sgd.js';
import { claim as average } from '../beyond/others/gradient-descent-average.js';
import { claim as convex } from '../beyond/others/gradient-descent-convex.js';
import { claim as smallest } from '../beyond/others/gradient-descent-smallest.js';
import { claim as projected, startInX } from '../beyond/others/projected-sgd.js';
import { many, claim as qsgd } from '../beyond/others/qsgd.js';
import { claim as sgdConvex } from '../beyond/others/sgd-convex.js';
import { claim as sgd } from '../beyond/others/sgd-nonconvex.js';
import { claim as success, successProbabilityBounds } from '../beyond/others/sign-descent-success.js';
import { claim as signSgd } from '../beyond/others/sign-sgd-large-batch.js';
import { kinked, onOne } from '../shared/changed-theorems.js';
import { slopes } from '../shared/instances.js';

/** The step multiplied; the bound is that of the theorem's own step. */
const timesStep =
  (factor: number): TheoremChange =>
  (theorem) => ({
    ...theorem,
    schedule: (...given) => {
      const { step, miniBatch } = theorem.schedule(...given);
      return { step: factor * step, miniBatch };
    },
    bound: (iterations, constants, { step, miniBatch }) =>
      theorem.bound(iterations, constants, { step: step / factor, miniBatch }),
  });

/** The bound of another distance. */
const timesDistance =
  (factor: number): TheoremChange =>
  (theorem) => ({
    ...theorem,
    bound: (iterations, { distance, ...constants }, schedule) => {
      const { lower, upper } = distance!;
      const own = { ...constants, distance: { lower: factor * lower, upper: factor * upper } };
      return theorem.bound(iterations, own, schedule);
    },
  });

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

/** `kinked` without its kink. */
const smooth: BoundInstance = { ...kinked, problem: { ...kinked.problem, functions: [{ type: 'zero' }] } };

/** Minimisers at every multiple of 2π. */
const valleys: BoundInstance = { ...smooth, problem: { ...smooth.problem, smooth: { type: 'cosine', weight: 1 } } };

/** Three draws of four have the wrong sign wherever 0 < d′ < 1, as it is everywhere on the way up. */
const mostlyWrong: BoundInstance = {
  name: 'cosine, noise that is mostly wrong',
  problem: { smooth: { type: 'cosine', weight: 0.75 }, functions: slopes(3, -1), probabilities: [0.25, 0.75] },
  start: [0],
};

/** Curvatures that differ: the variance of ∇r_k is not bounded. */
const unlikeCurvatures: BoundInstance = {
  name: 'quadratics of unlike curvature',
  problem: {
    smooth: parabola,
    functions: [1, 2].map((curvature) => ({ type: 'quadratic', curvature, center: 0 })),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** The noise along (1, −1) hides the slope along (1, 1) from the signs. */
const hidden: BoundInstance = {
  name: 'logistic, noise across the slope, n = 2',
  problem: {
    smooth: {
      type: 'logistic-regression',
      matrix: { rows: 4, columns: 2, data: Array<number>(8).fill(0.5) },
      labels: [1, -1, 1, -1],
    },
    functions: [1.25, -1.25].map((slope) => ({ type: 'linear', coefficients: [slope, -slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [2.5, 2.5],
};

/** EF-signSGD that forgets its errors. */
const forgetful: OwnAlgorithm = {
  name: 'scaled signSGD',
  iterate({ problem, step, x, batch }) {
    const compressed = scaledSign(problem.stochasticGradient(batch, x));
    return { x: x.map((entry, i) => entry - step * compressed[i]!) };
  },
};

/** The iteration that does nothing. */
const resting: OwnAlgorithm = { name: 'nothing', iterate: ({ x }) => ({ x }) };

/** Single draws against the bound for m = T. */
const singleDraws: TheoremChange = (theorem) => ({
  ...withBatch(1)(theorem),
  bound: (iterations, constants, { step }) => theorem.bound(iterations, constants, { step, miniBatch: iterations }),
});

/** The parabola about 0 with the noise of the first instance. */
const fromMinimiser = ({ instances }: BoundClaim): BoundInstance => ({
  ...instances[0]!,
  problem: { ...instances[0]!.problem, smooth: parabola },
  start: [0],
});

/** Half a unit from the minimiser, and eight from X = [−2, 2]. */
const outsideOfX: BoundInstance = {
  ...smooth,
  problem: { ...smooth.problem, smooth: { ...parabola, center: 9.5 } },
  start: [10],
};

/** Problems that do not meet a hypothesis, by what they lack. */
const outside = {
  'a variance without bound': unlikeCurvatures,
  'gradients without bound': smooth,
  'a d without a smallest value': {
    ...smooth,
    problem: { ...smooth.problem, smooth: { ...parabola, curvature: -1 } },
  },
  'a d that is not convex': valleys,
  'a problem whose signs are mostly wrong': mostlyWrong,
  'a problem that starts outside of X': outsideOfX,
  'a kink': kinked,
} satisfies Readonly<Record<string, BoundInstance>>;

/** A theorem on problems of which it says nothing. */
const silentOn = (claim: ClaimOf<BoundClaim>, ...lacks: readonly (keyof typeof outside)[]): ClaimMutant[] =>
  silent(claim, Object.fromEntries(lacks.map((name) => [name, onOne((theorem) => theorem, outside[name], 4)])));

/** A theorem without one of its hypotheses. */
const withoutHypothesis =
  (dropped: OwnHypothesis): TheoremChange =>
  (theorem) => ({
    ...theorem,
    hypotheses: theorem.hypotheses.filter((entry) => typeof entry === 'string' || entry.id !== dropped.id),
  });

/** The bound multiplied by a function of T. */
const timesAt =
  (factor: (iterations: number) => number): TheoremChange =>
  (theorem) => ({
    ...theorem,
    bound: (iterations, ...rest) => factor(iterations) * theorem.bound(iterations, ...rest),
  });

/** False variants of the theorems of others: a constant, an exponent, a hypothesis. */
export const otherTheoremMutants: readonly ClaimMutant[] = [
  ...violated(amsgradRegretClaim, {
    'half of 2√v/α': () => ({ start: 1 / 2 }),
    'half of αG/√(1 − β₂)': () => ({ noise: 1 / 2 }),
    'no αG/√(1 − β₂)': () => ({ noise: 0 }),
    'Adam, whose v forgets': () => ({ largest: false }),
  }),
  ...violated(adamMapClaim, { 'AMSGrad, which β₂ = 1/17 does not harm': () => ({ largest: true }) }),
  ...inconclusive(counterexampleAdamClaim, {
    'AMSGrad in the same game': () => ({ compare: ({ depth }) => threeRoundGames(depth, { largest: true }) }),
    'β₂ = 99/100, which remembers C': () => ({
      compare: ({ depth }) => threeRoundGames(depth, { decay: rational(99n, 100n) }),
    }),
  }),
  ...inconclusive(counterexampleAdamStochasticClaim, {
    'eight rounds, in which both are possible': () => ({
      compare: () => drawnGames('quick').filter(({ iterations }) => iterations === 8),
    }),
  }),
  ...violated(sgd, {
    'nine tenths of 2LΔ/T without noise': onOne(times(0.9), 1, 64),
    'two fifths of the bound': onOne(times(0.4), 0, 64),
    '1/T in place of 1/√T': onOne(faster, 0, 64),
    'no σ': onOne(withoutNoise, 0, 64),
    'γ = 1/L whatever σ is': onOne((theorem) => ({ ...theorem, schedule: () => ({ step: 1, miniBatch: 1 }) }), 0, 64),
  }),
  ...silentOn(sgd, 'a variance without bound', 'a kink'),
  ...violated(signSgd, {
    '0.99 of the bound': onOne(times(0.99), 1, 256),
    '1/T in place of 1/√T': onOne(faster, 1, 16),
    'no Δ': onOne(withoutGap, 0, 16),
    'B = 1 in place of B = T': onOne(withBatch(1), mostlyWrong, 256),
  }),
  ...silentOn(signSgd, 'a variance without bound', 'a kink'),
  ...violated(success, {
    '0.99 of the bound': onOne(times(0.99), 1, 64),
    '1/T in place of 1/√T': onOne(faster, 1, 64),
    'no γ‖L‖₁/2': onOne(
      (theorem) => ({
        ...theorem,
        bound: (...given) => theorem.bound(...given) - given[2].step / 2,
      }),
      1,
      64,
    ),
    '‖∇f̄‖₁ in place of ‖∇f̄‖_ρ': onOne((theorem) => ({ ...theorem, term: 'gradient-l1' }), 0, 36),
    'signs that are mostly wrong': onOne(withoutHypothesis(successProbabilityBounds), mostlyWrong, 81),
  }),
  ...silentOn(success, 'a problem whose signs are mostly wrong', 'a kink'),
  ...violated(errorFeedback, {
    'two fifths of the bound': onOne(times(0.4), 0, 64),
    '1/T in place of 1/√T': onOne(faster, 0, 64),
    'no Δ': onOne(withoutGap, 0, 64),
    'no memory of the errors': onOne((theorem) => ({ ...theorem, algorithm: forgetful }), hidden, 64),
  }),
  ...silentOn(errorFeedback, 'gradients without bound', 'a kink'),
  ...violated(projected, {
    'three tenths of the bound': onOne(times(0.3), 0, 4),
    '1/T^{3/2} in place of 1/T': onOne(faster, 0, 16),
    'no σ': (data) => onOne(withoutNoise, fromMinimiser(data), 4)(data),
    'm = 1 in place of m = T': (data) => onOne(singleDraws, fromMinimiser(data), 64)(data),
    'x⁰ outside of X': onOne(withoutHypothesis(startInX), outsideOfX, 4),
  }),
  ...silentOn(projected, 'a problem that starts outside of X', 'a variance without bound', 'a kink'),
  ...violated(qsgd, {
    'two fifths of the bound': onOne(times(0.4), 1, 16),
    'a bound that tends to 0': onOne(faster, 1, 64),
    'no Δ': onOne(withoutGap, 0, 16),
    'no σ²': onOne(withoutNoise, 1, 64),
    'no quantiser in the bound': onOne(
      (theorem) => ({ ...theorem, bound: (...given) => theorem.bound(...given) - moment ** 2 / 2 }),
      many,
      64,
    ),
  }),
  ...silentOn(qsgd, 'gradients without bound', 'a kink'),
  ...violated(admm, {
    'a tenth of the bound': onOne(times(0.1), 1, 64),
    '1/T^{3/2} in place of 1/T': onOne(faster, 1, 64),
    'no Δ': onOne(withoutGap, 1, 4),
    'a run that stays at x⁰': onOne((theorem) => ({ ...theorem, algorithm: resting }), 0, 64),
  }),
  ...silentOn(admm, 'a d without a smallest value'),
  ...violated(average, {
    '0.99 of the bound': onOne(times(0.99), 0, 16),
    '1/T^{3/2} in place of 1/T': onOne(faster, 0, 16),
    'γ = 2.5/L': onOne(timesStep(2.5), 0, 16),
  }),
  ...silentOn(average, 'a kink'),
  ...violated(smallest, {
    '4LΔ/(3T + 2.1) in place of 4LΔ/(3T + 2)': onOne(
      timesAt((T) => (3 * T + 2) / (3 * T + 2.1)),
      1,
      4,
    ),
    '1/T^{3/2} in place of 1/T': onOne(faster, 2, 16),
    'γ = 1/(16L)': onOne(timesStep(1 / 16), smooth, 16),
  }),
  ...silentOn(smallest, 'a kink'),
  ...violated(convex, {
    '0.99 of the bound': onOne(times(0.99), 1, 4),
    'LD²/(6T + 2) in place of LD²/(4T + 2)': onOne(
      timesAt((T) => (4 * T + 2) / (6 * T + 2)),
      2,
      16,
    ),
    '1/T^{3/2} in place of 1/T': onOne(faster, 2, 16),
    'half the distance': onOne(timesDistance(0.5), 1, 4),
    'γ = 1/(16L)': onOne(timesStep(1 / 16), smooth, 16),
  }),
  ...silentOn(convex, 'a kink', 'a d that is not convex'),
  ...violated(sgdConvex, {
    '0.99 of the bound': onOne(times(0.99), 1, 4),
    '1/T^{3/2} in place of 1/T': onOne(faster, 1, 4),
    'no σ': onOne(withoutNoise, 2, 10),
    'half the distance': onOne(timesDistance(0.5), 1, 4),
    'γ = 4/L': onOne(timesStep(4), 1, 4),
  }),
  ...silentOn(sgdConvex, 'a variance without bound', 'a kink', 'a d that is not convex'),
];

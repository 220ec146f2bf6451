import { scaledSign } from '../../../src/library/algorithms.js';
import {
  type BoundInstance,
  boundClaim,
  type OwnAlgorithm,
  type OwnHypothesis,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { slopes, tilted } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/** M: the instances are scaled so that E‖∇f̂(x)‖² ≤ M² everywhere. */
export const moment = 2.5;

/** E‖∇f̂(x)‖² ≤ M² for single draws. */
export const boundedMoment: OwnHypothesis = {
  id: 'bounded-second-moment',
  statement: `E‖∇f̂(x)‖² ≤ ${moment ** 2} for all x`,
  search(problem, points) {
    const { probabilities } = problem.problem;
    for (const x of points) {
      const squared = probabilities.reduce((sum, probability, k) => {
        const drawn = problem.stochasticGradient([k], x);
        return sum + probability * drawn.reduce((total, entry) => total + entry * entry, 0);
      }, 0);
      if (squared > moment ** 2 * (1 + 2 ** -40))
        return { x, explanation: `E‖∇f̂(x)‖² = ${squared} at x = (${Array.from(x).join(', ')})` };
    }
    return undefined;
  },
};

/** m = γ∇f̂(x) + e, x⁺ = x − C(m), e⁺ = m − C(m), with e⁰ = 0. */
const efSignSgd: OwnAlgorithm<Float64Array> = {
  name: 'EF-signSGD',
  start: (x0) => new Float64Array(x0.length),
  iterate({ problem, step, x, state, batch }) {
    const drawn = problem.stochasticGradient(batch, x);
    const m = drawn.map((entry, i) => step * entry + state[i]!);
    const compressed = scaledSign(m);
    return { x: x.map((entry, i) => entry - compressed[i]!), state: m.map((entry, i) => entry - compressed[i]!) };
  },
};

/** S = Δ/(γT) + γLM²/2, the bound of SGD under a bounded second moment, and Q. */
const uncompressed = `Δ/(γT) + γL·${moment}²/2`;
const error = `(1 − 1/T)(γL·${moment}√(1 − 1/n)/(1 − √(1 − 1/n)))²`;

/**
 * EF-signSGD (restated; Karimireddy, Rebjock, Stich and Jaggi 2019). Let ∇f̄ be L-Lipschitz and E‖∇f̂(x)‖² ≤ M² for all x. With a compressor of
 * ‖m − C(m)‖² ≤ (1 − δ)‖m‖² and any γ
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖²] ≤ 2Δ/(γT) + γLM² + 4γ²L²M²(1 − δ)/δ².
 *
 * T is the number of gradients that are averaged; C(m) = (‖m‖₁/n) sgn m has δ = 1/n, and γ = 1/√T. Proof in PROOFS.md. The sharpened bound is (√(S + Q/4) + √(Q/4))² with S = Δ/(γT) + γLM²/2, Q = (1 − 1/T)(γLMω)²,
 * ω = √(1 − δ)/(1 − √(1 − δ)).
 */
export const theorem: Theorem = written({
  id: 'ef-sign-sgd',
  module: import.meta.url,
  source: { section: 'Karimireddy et al., Error feedback fixes signSGD, ICML 2019', equation: 'restated' },
  statement:
    'E[(1/T) Σ ‖∇f̄(x^{t−1})‖²] ≤ 2Δ/(γT) + γLM² + 4γ²L²M²n(n − 1) for EF-signSGD with γ = 1/√T, B = 1, where E‖∇f̂‖² ≤ M²',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', boundedMoment],
  algorithm: efSignSgd as OwnAlgorithm,
  schedule: { step: '1/√T' },
  term: 'squared-gradient',
  bound: `2(${uncompressed}) + 4(${moment}γL)²n(n − 1)`,
  sharp: `(√(${uncompressed} + ${error}/4) + √(${error}/4))²`,

  /** ‖∇f̄‖² ≤ E‖∇f̂‖² everywhere. */
  cap: () => moment ** 2 * (1 + 2 ** -30),
});

/** One coordinate: C is the identity, and EF-signSGD is SGD. On the slope of a Huber function every ‖∇f̂‖² is M². */
const slope: BoundInstance = {
  name: 'Huber d of slope M, n = 1',
  problem: {
    smooth: { type: 'huber', weight: 1, threshold: moment },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [moment * 8],
};

const cosine: BoundInstance = {
  name: 'cosine, linear r_k, n = 2',
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: [
      { type: 'linear', coefficients: [1.5, -0.75] },
      { type: 'linear', coefficients: [-0.5, 0.25] },
    ],
    probabilities: [0.25, 0.75],
  },
  start: [1.25, -1],
};

/** The noise of the first coordinate has the wrong sign three times of four, and that of the second is large. */
const skewed: BoundInstance = {
  name: 'log cosh d, tilted log cosh r_k, n = 2',
  problem: {
    smooth: { type: 'log-cosh', weight: 0.5, scale: 1 },
    functions: [
      [-0.5, 1],
      [-0.5, -1],
      [1.5, 1],
      [1.5, -1],
    ].map((tilt) => tilted(tilt, { type: 'log-cosh', weight: 0.25, scale: 1 })),
    probabilities: [0.375, 0.375, 0.125, 0.125],
  },
  start: [1, 1],
};

export const instances: readonly BoundInstance[] = [
  slope,
  {
    ...slope,
    name: 'Huber d, r_k = ±u, n = 1',
    problem: {
      ...slope.problem,
      smooth: { type: 'huber', weight: 1, threshold: 2 },
      functions: slopes(1, -1),
      probabilities: [0.5, 0.5],
    },
  },
  cosine,
  skewed,
];

export const controls: readonly TheoremControl[] = [{ name: 'a tenth of the bound', bound: 0.1 }];

export const claim = boundClaim({
  id: 'ef-sign-sgd',
  version: 1,
  method: 'all sequences of draws in doubles with measured rounding, the memory of the errors beside the iterate',
  theorem,
  instances,
  iterations: ({ problem }) =>
    problem.functions.length === 1
      ? { quick: [1, 16, 64], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64] }
      : { quick: [1, 5], standard: [1, 4, 6], deep: [1, 2, 4, 6, 8] },
  exactFrom: 1,
  referenceOnly: true,
});

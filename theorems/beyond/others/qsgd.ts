import {
  type BoundInstance,
  boundClaim,
  type OwnAlgorithm,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { slopes } from '../../shared/instances.js';
import { written } from '../../shared/written.js';
import { boundedMoment, moment, instances as ofBoundedMoment } from './ef-sign-sgd.js';

/** s: the levels of the quantiser between 0 and ‖v‖. */
const levels = 4;

/** Q_s(v)_i = ‖v‖ sgn(v_i) ξ_i, where ξ_i is one of the two multiples of 1/s next to |v_i|/‖v‖, of mean |v_i|/‖v‖. */
function quantised(v: Float64Array, chance: (probability: number) => boolean): Float64Array {
  const size = Math.hypot(...v);
  if (size === 0) return v;
  return v.map((entry) => {
    const place = (Math.abs(entry) / size) * levels;
    const level = Math.min(levels - 1, Math.floor(place));
    const above = chance(Math.min(1, place - level));
    return size * Math.sign(entry) * ((above ? level + 1 : level) / levels);
  });
}

const qsgd: OwnAlgorithm = {
  name: 'QSGD',
  iterate({ problem, step, x, batch, chance }) {
    const sent = quantised(problem.stochasticGradient(batch, x), chance);
    return { x: x.map((entry, i) => entry - step * sent[i]!) };
  },
};

/** σ² + ωM², with ω of E‖Q_s(v) − v‖² ≤ ω‖v‖². */
const variance = `σ² + ${moment}²·min(n/${levels}², √n/${levels})`;

/**
 * QSGD (restated; Alistarh, Grubic, Li, Tomioka and Vojnović, NeurIPS 2017). Let ∇f̄ be L-Lipschitz, E‖∇f̂(x)‖² ≤ M² and
 * E‖∇f̂(x) − ∇f̄(x)‖² ≤ σ² for all x. With γ = 1/L, s levels and ω = min(n/s², √n/s)
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖²] ≤ 2LΔ/T + σ² + ωM².
 *
 * Here s = 4. ωM² is the variance of Q_s(∇f̂) about ∇f̂, and not about ∇f̄: without σ² the bound is false, as in one dimension, where Q_s(v) = v.
 */
export const theorem: Theorem = written({
  id: 'qsgd',
  module: import.meta.url,
  source: {
    section: 'Alistarh et al., QSGD, NeurIPS 2017',
    equation: 'restated',
  },
  statement:
    'E[(1/T) Σ ‖∇f̄(x^{t−1})‖²] ≤ 2LΔ/T + σ² + min(n/s², √n/s)M² for QSGD with s = 4 levels, γ = 1/L, B = 1, where E‖∇f̂‖² ≤ M²',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance', boundedMoment],
  algorithm: qsgd,
  schedule: { step: '1/L' },
  term: 'squared-gradient',
  bound: `2LΔ/T + ${variance}`,

  /** The last step is not seen, and one coordinate is sent as it is. */
  sharp: `2LΔ/T + (1 − 1/T)(σ² if n = 1 else ${variance})`,

  /** ‖∇f̄‖² ≤ E‖∇f̂‖² everywhere. */
  cap: () => moment ** 2 * (1 + 2 ** -30),
});

/** d is a parabola within reach of the minimiser, from which the noise leads. */
const huber = (threshold: number, functions: BoundInstance['problem']['functions'], start: readonly number[]) => ({
  problem: { smooth: { type: 'huber', weight: 1, threshold }, functions, probabilities: [0.5, 0.5] },
  start,
});

/** x^t = ±1.75 from x¹ on: (1 − 1/T)σ² is attained. */
const fromMinimiser: BoundInstance = { name: 'Huber d, r_k = ±u, n = 1', ...huber(1.75, slopes(1.75, -1.75), [0]) };

/** Eight equal entries are not multiples of ‖v‖/4: quantising them has an eighth of their second moment for variance. */
export const many: BoundInstance = {
  name: 'Huber d, equal slopes, n = 8',
  ...huber(
    0.75,
    [0.45, -0.45].map((entry) => ({ type: 'linear', coefficients: new Array<number>(8).fill(entry) })),
    new Array<number>(8).fill(0),
  ),
};

const [slope, , cosine] = ofBoundedMoment;

export const instances: readonly BoundInstance[] = [slope!, fromMinimiser, cosine!, many];

export const controls: readonly TheoremControl[] = [{ name: 'a third of the bound', bound: 1 / 3 }];

export const claim = boundClaim({
  id: 'qsgd',
  version: 1,
  method: 'all sequences of draws and of roundings in doubles where they are few, else two e-processes under a cap',
  theorem,
  instances,
  iterations: ({ start }) =>
    start.length === 1
      ? { quick: [1, 4, 16], standard: [1, 4, 16], deep: [1, 4, 16, 64] }
      : { quick: [1, 4, 64], standard: [1, 4, 64], deep: [1, 2, 4, 64, 256] },
  exactFrom: 1,
  referenceOnly: true,
});

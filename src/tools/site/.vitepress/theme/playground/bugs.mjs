// Bugs that others met, rebuilt in a few lines: by their threads in fixtures/track-record, or by their headings in docs/findings-in-libraries.md.
// src/guard/field-bugs.test.ts judges each of them.
import { adadelta, adam, changed, momentumSgd, nuclearNorm, rmsprop, valued } from './texts.mjs';

const prox = (type, text) => ({ subject: `prox of ${type}`, text });

const falling = `  const falling = [...y].sort((a, b) => b - a);
  const sum = (count) => falling.slice(0, count).reduce((all, v) => all + v, 0);
`;
const cut = '  return y.map((v) => Math.max(v - level, 0));\n';

/** A projection onto the simplex, with the lines that find the level. */
const simplex = (lines) =>
  prox(
    'simplex',
    `export const simplex = (y, γ, { total }) => {
${falling}${lines}${cut}};
`,
  );

/** An error in a step of a right file. */
const step = (algorithm, text) => (right, wrong) => ({
  subject: `step of ${algorithm}`,
  text: changed(text, right, wrong),
});
const ofMomentum = step('momentum-sgd', momentumSgd);
const ofAdam = step('adam', adam);

const method = (name, type, lines) => ({ subject: `${name} of ${type}`, text: valued(name, type, lines) });

/** What each is an error of, and the text of its file, by its thread. */
export const bugs = {
  'tensorly/tensorly#354': simplex(`  // The test of which entries stay forgets to divide.
  const count = falling.filter((v, i) => v > sum(i + 1) - total).length;
  const level = (sum(count) - total) / Math.max(1, count);
`),
  'litian96/fair_flearn#10': simplex(`  // Each partial sum lacks its last entry.
  const last = falling.findLastIndex((v, i) => v - (sum(i) - total) / (i + 1) > 0);
  const level = (sum(last + 1) - total) / (last + 1);
`),
  'quantopian/quantopian-algos#1': simplex(`  // Partial sums are divided by a count that starts at 0.
  const last = falling.findLastIndex((v, i) => i === 0 || v > (sum(i + 1) - total) / i);
  const level = Math.max(0, (sum(last + 1) - total) / (last + 1));
`),
  'madeleineudell/LowRankModels.jl#29': simplex(`  // Where no entry becomes 0, the level leaves out the total.
  const count = falling.findIndex((v, i) => i > 0 && (sum(i) - total) / i >= v);
  const level = count === -1 ? sum(y.length) / y.length : (sum(count) - total) / count;
`),
  'scikit-learn-contrib/lightning#72': simplex(`  // What adds up to less than the total is returned as it is.
  if (sum(y.length) <= total) return y;
  const last = falling.findLastIndex((v, i) => v > (sum(i + 1) - total) / (i + 1));
  const level = (sum(last + 1) - total) / (last + 1);
`),
  'google-deepmind/open_spiel#308': prox(
    'simplex',
    `// Negative entries are set to 0, and the rest is divided by its sum.
export const simplex = (y, γ, { total }) => {
  const kept = y.map((v) => Math.max(v, 0));
  const sum = kept.reduce((all, v) => all + v, 0);
  return kept.map((v) => (total * v) / sum);
};
`,
  ),
  'odlgroup/odl#1613': prox(
    'l1-ball',
    `// A point inside of the ball is moved to its sphere.
export const l1Ball = (y, γ, { radius }) => {
  const falling = y.map(Math.abs).sort((a, b) => b - a);
  const sum = (count) => falling.slice(0, count).reduce((all, v) => all + v, 0);
  const last = falling.findLastIndex((v, i) => v > (sum(i + 1) - radius) / (i + 1));
  const level = (sum(last + 1) - radius) / (last + 1);
  return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - level, 0));
};
`,
  ),
  'PyLops/pyproximal#189': prox(
    'huber',
    `// The formula is chosen by |y| ≤ threshold in place of |y| ≤ threshold (1 + γ weight).
export const huber = (y, γ, { threshold, weight }) =>
  y.map((v) => (Math.abs(v) <= threshold ? v / (1 + γ * weight) : v - γ * weight * threshold * Math.sign(v)));
`,
  ),
  'PyLops/pyproximal#65': prox(
    'log-penalty',
    `// r(u) = weight Σ log(1 + |u| / scale). The stationary point is taken where 0 has the smaller value.
export const logPenalty = (y, γ, { weight, scale }) =>
  y.map((v) => {
    const size = Math.abs(v);
    const under = (size + scale) ** 2 - 4 * γ * weight;
    return under < 0 ? 0 : Math.sign(v) * Math.max((size - scale + Math.sqrt(under)) / 2, 0);
  });
`,
  ),
  'unc-optimization/FedDR#1': prox(
    'squared-l2',
    `// The prox of the squared norm is that of the norm.
export const squaredL2 = (y, γ, { weight }) => {
  const length = Math.hypot(...y);
  return y.map((v) => (length === 0 ? 0 : v * Math.max(0, 1 - (γ * weight) / length)));
};
`,
  ),
  'daducci/COMMIT#73': prox(
    'l2',
    `// A projection onto a ball stands in place of the prox of the norm.
export const l2 = (y, γ, { weight }) => {
  const length = Math.hypot(...y);
  return length <= γ * weight ? y : y.map((v) => (γ * weight * v) / length);
};
`,
  ),
  'jolars/SLOPE#13': prox(
    'sorted-l1',
    `// The answer is 0 where the solution is the prox.
export const sortedL1 = (y) => y.map(() => 0);
`,
  ),
  'PaddlePaddle/Paddle#12231': ofMomentum('g + momentum * buffer[i]', 'g - momentum * buffer[i]'),
  'chainer/chainer#261': ofMomentum('slope[i] + weightDecay', 'slope[i] - weightDecay'),
  'ml-explore/mlx#440': ofMomentum('decoupled ? slope', 'decoupled || momentum === 0 ? slope'),
  'OverLordGoldDragon/keras-adamw#44': ofMomentum('decoupled ? 1 -', 'decoupled && momentum > 0 ? 1 -'),
  'microsoft/CNTK#2411': ofMomentum(
    'x: x.map((v, i) => kept * v - step * direction[i])',
    'x: x.map((v, i) => (slope[i] === 0 ? v : kept * v - step * direction[i]))',
  ),
  'clab/dynet#70': ofMomentum(
    'gradient.map((g, i) => momentum * state[i] + (1 - dampening) * g)',
    'gradient.map((g, i) => (slope[i] === 0 ? state[i] : momentum * state[i] + (1 - dampening) * g))',
  ),
  'karpathy/convnetjs#107': ofAdam('(step * mean[i]) / first', 'step * mean[i] * first'),
  'eriklindernoren/ML-From-Scratch#35': ofAdam('[1 - beta1 ** t, 1 - beta2 ** t]', '[1 - beta1, 1 - beta2]'),
  'tensorflow/tensorflow#61411': ofAdam('root[i] + epsilon', 'root[i] - epsilon'),
  'flagos-ai/FlagGems#4988': ofAdam('v - (step * mean[i])', 'v * (1 - step * weightDecay) - (step * mean[i])'),
  'PyWavelets/pywt#322': prox(
    'complex-l1',
    `// y has the real and the imaginary part of each number in turn. Each part is thresholded alone.
export const complexL1 = (y, γ, { weight }) =>
  y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - γ * weight, 0));
`,
  ),
  'PyLops/pylops#170': prox(
    'complex-l1',
    `// y has the real and the imaginary part of each number in turn. 0 is divided by its modulus.
export const complexL1 = (y, γ, { weight }) => {
  const modulus = (i) => Math.hypot(y[i - (i % 2)], y[i - (i % 2) + 1] ?? 0);
  return y.map((v, i) => (Math.max(modulus(i) - γ * weight, 0) * v) / modulus(i));
};
`,
  ),
  'dganguli/robust-pca#13': {
    subject: 'prox of nuclear-norm',
    text: changed(nuclearNorm, 'threshold = γ * weight', 'threshold = 1 / (γ * weight)'),
  },
  'cvxgrp/cvxcla#710': prox(
    'capped-simplex',
    `// What was clipped to [0, 1] is scaled to the total, and leaves [0, 1] again.
export const cappedSimplex = (y, γ, { total }) => {
  const kept = y.map((v) => Math.min(Math.max(v, 0), 1));
  const sum = kept.reduce((all, v) => all + v, 0);
  return kept.map((v) => (total * v) / sum);
};
`,
  ),
  'marlbenchmark/on-policy#47': method(
    'value',
    'huber',
    `  // An error far below 0 counts as 0.
  value({ weight, threshold }, x) {
    const of = (v) => (Math.abs(v) <= threshold ? (v * v) / 2 : v > threshold ? threshold * (v - threshold / 2) : 0);
    return weight * x.reduce((sum, v) => sum + of(v), 0);
  },
`,
  ),
  'CamDavidsonPilon/lifelines#1251': method(
    'value',
    'elastic-net',
    `  // The squared part lacks its factor ½.
  value: ({ l1Weight, l2Weight }, x) => x.reduce((sum, v) => sum + l1Weight * Math.abs(v) + l2Weight * v * v, 0),
`,
  ),
  'JuliaFirstOrder/ProximalOperators.jl#HuberLoss': method(
    'gradient',
    'huber',
    `  // Near 0 the weight is missing.
  gradient: ({ weight, threshold }, x) =>
    x.map((v) => (Math.abs(v) <= threshold ? v : weight * threshold * Math.sign(v))),
`,
  ),
  'PyTorch: centred RMSprop is NaN where gradients stay equal': step('rmsprop', rmsprop)(
    'Math.max(v - mean[i] ** 2, 0)',
    'v - mean[i] ** 2',
  ),
  'PyTorch: soft_margin_loss overflows, and its gradient is NaN': method(
    'gradient',
    'logistic',
    `  // r(u) = weight Σ log(1 + exp(u)): the exponential overflows from 710 on.
  gradient: ({ weight }, x) => x.map((v) => (weight * Math.exp(v)) / (1 + Math.exp(v))),
`,
  ),
  'PyTorch: renorm divides by the norm plus 10⁻⁷': prox(
    'l2-ball',
    `// 10⁻⁷ is added to the norm.
export const l2Ball = (y, γ, { radius }) => {
  const length = Math.hypot(...y);
  return length <= radius ? y : y.map((v) => (radius * v) / (length + 1e-7));
};
`,
  ),
  'TensorFlow.js: adadelta divides by the previous mean of squares': step('adadelta', adadelta)(
    'Math.sqrt(square[i] + epsilon)',
    'Math.sqrt(before.square[i] + epsilon)',
  ),
  'TensorFlow.js: centred rmsprop subtracts ε under the root': step('rmsprop', rmsprop)(
    '.map((v) => Math.sqrt(v) + epsilon)',
    '.map((v) => (centered ? Math.sqrt(v - epsilon) : Math.sqrt(v) + epsilon))',
  ),
};

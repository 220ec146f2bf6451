// The texts of files that the playground starts from. Bugs that others met are rebuilt in a few lines, by their threads in fixtures/track-record:
// src/guard/field-bugs.test.ts judges each of them.

/** The prox of l1, soft thresholding. */
export const l1 = `// r(u) = weight ‖u‖₁, prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u)
export const l1 = (y, γ, { weight }) =>
  y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - γ * weight, 0));
`;

/** SGD with momentum, which needs a whole object: it makes steps. */
export const momentumSgd = `export default {
  describe: () => ({
    name: 'mine',
    version: '1.0.0',
    language: 'javascript',
    dtype: 'f64',
    methods: ['step'],
    functions: ['linear'],
    smooth: ['zero'],
    algorithms: ['momentum-sgd'],
  }),
  // b ← μb + (1 − τ)g, b = g at first; x ← x − γb, or x − γ(g + μb) with Nesterov's look-ahead
  step({ problem, indices, hyperparameters, step, x, state }) {
    const { momentum, dampening = 0, nesterov = false, weightDecay = 0, decoupled = false } = hyperparameters;
    // ∇r_k of a linear r_k is its coefficients, and the mini-batch draws k with repetition.
    const slopes = indices.map((k) => problem.functions[k].coefficients);
    const gradient = x.map((v, i) => {
      const mean = slopes.reduce((sum, slope) => sum + slope[i], 0) / slopes.length;
      return decoupled ? mean : mean + weightDecay * v;
    });
    const buffer =
      state === null || momentum === 0 ? gradient : gradient.map((g, i) => momentum * state[i] + (1 - dampening) * g);
    const direction = nesterov ? gradient.map((g, i) => g + momentum * buffer[i]) : buffer;
    const kept = decoupled ? 1 - step * weightDecay : 1;
    return { x: x.map((v, i) => kept * v - step * direction[i]), state: buffer };
  },
};
`;

/** A bound of SGD that is true. */
export const theorem = `export const theorem = {
  id: 'my-bound',
  statement: 'E[(1/T) Σ ‖∇f(x^{t−1})‖²] ≤ 2Δ/(γT) + γLσ² for SGD with γ = 1/(L√T), B = 1',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'],
  algorithm: 'sgd',
  schedule: (T, { lipschitz }) => ({ step: 1 / (lipschitz * Math.sqrt(T)), miniBatch: 1 }),
  term: 'squared-gradient',
  // Δ = f(x⁰) − f*
  bound: (T, { lipschitz, sigma, gap }, { step }) => (2 * gap.upper) / (step * T) + step * lipschitz * sigma ** 2,
};

// An error that the check must find.
export const controls = [{ name: 'a fifth of the bound', bound: 0.2 }];
`;

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

/** A text with one place changed. */
export function changed(text, right, wrong) {
  const other = text.replace(right, () => wrong);
  if (other === text) throw new Error(`not in the text: ${right}`);
  return other;
}

const step = (right, wrong) => ({ subject: 'step of momentum-sgd', text: changed(momentumSgd, right, wrong) });

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
  'PaddlePaddle/Paddle#12231': step('g + momentum * buffer[i]', 'g - momentum * buffer[i]'),
  'chainer/chainer#261': step('mean + weightDecay * v', 'mean - weightDecay * v'),
  'ml-explore/mlx#440': step('decoupled ? mean', 'decoupled || momentum === 0 ? mean'),
  'OverLordGoldDragon/keras-adamw#44': step('decoupled ? 1 -', 'decoupled && momentum > 0 ? 1 -'),
};

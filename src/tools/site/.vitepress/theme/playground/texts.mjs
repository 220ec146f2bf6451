// Files that are right, and from which the playground starts.

/** The prox of l1, soft thresholding. */
export const l1 = `// r(u) = weight ‖u‖₁, prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u)
export const l1 = (y, γ, { weight }) =>
  y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - γ * weight, 0));
`;

/** An object that offers one method of one function or algorithm. */
const offering = (offers, method) => `export default {
  describe: () => ({
    name: 'mine',
    version: '1.0.0',
    language: 'javascript',
    dtype: 'f64',
${offers}  }),
${method}};
`;

/** Steps need a whole object; \`lines\` make the gradient, \`slope\`, and what is remembered into an answer. */
const stepping = (algorithm, update, lines) =>
  offering(
    `    methods: ['step'],
    functions: [],
    smooth: [],
    algorithms: ['${algorithm}'],
`,
    `  // ${update}
  step({ gradient: slope, hyperparameters, step, x, state }) {
${lines}  },
`,
  );

/** An object that offers a value or a gradient, of which \`lines\` are the method. */
export const valued = (method, type, lines) =>
  offering(
    `    methods: ['${method}'],
    functions: ['${type}'],
    smooth: [],
    algorithms: [],
`,
    lines,
  );

/** SGD with momentum. */
export const momentumSgd = stepping(
  'momentum-sgd',
  "b ← μb + (1 − τ)g, b = g at first; x ← x − γb, or x − γ(g + μb) with Nesterov's look-ahead",
  `    const { momentum, dampening = 0, nesterov = false, weightDecay = 0, decoupled = false } = hyperparameters;
    const gradient = x.map((v, i) => (decoupled ? slope[i] : slope[i] + weightDecay * v));
    const buffer =
      state === null || momentum === 0 ? gradient : gradient.map((g, i) => momentum * state[i] + (1 - dampening) * g);
    const direction = nesterov ? gradient.map((g, i) => g + momentum * buffer[i]) : buffer;
    const kept = decoupled ? 1 - step * weightDecay : 1;
    return { x: x.map((v, i) => kept * v - step * direction[i]), state: buffer };
`,
);

/** Adam. */
export const adam = stepping(
  'adam',
  'm ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²; x ← x − γm̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)',
  `    const { beta1, beta2, epsilon, amsgrad = false, weightDecay = 0 } = hyperparameters;
    const gradient = x.map((v, i) => slope[i] + weightDecay * v);
    const t = (state?.t ?? 0) + 1;
    const mean = gradient.map((g, i) => beta1 * (state?.mean[i] ?? 0) + (1 - beta1) * g);
    const square = gradient.map((g, i) => beta2 * (state?.square[i] ?? 0) + (1 - beta2) * g * g);
    const largest = square.map((v, i) => Math.max(v, state?.largest[i] ?? 0));
    const [first, second] = [1 - beta1 ** t, 1 - beta2 ** t];
    const root = (amsgrad ? largest : square).map((v) => Math.sqrt(v / second));
    return {
      x: x.map((v, i) => v - (step * mean[i]) / first / (root[i] + epsilon)),
      state: { t, mean, square, largest },
    };
`,
);

/** RMSprop, as PyTorch has it. */
export const rmsprop = stepping(
  'rmsprop',
  'v ← αv + (1 − α)g², a ← αa + (1 − α)g; b ← μb + g/(√v + ε), or √(v − a²) if centred; x ← x − γb',
  `    const { alpha, epsilon, momentum = 0, centered = false, weightDecay = 0 } = hyperparameters;
    const gradient = x.map((v, i) => slope[i] + weightDecay * v);
    const square = gradient.map((g, i) => alpha * (state?.square[i] ?? 0) + (1 - alpha) * g * g);
    const mean = gradient.map((g, i) => alpha * (state?.mean[i] ?? 0) + (1 - alpha) * g);
    const variance = square.map((v, i) => (centered ? Math.max(v - mean[i] ** 2, 0) : v));
    const divisor = variance.map((v) => Math.sqrt(v) + epsilon);
    const buffer = gradient.map((g, i) => momentum * (state?.buffer[i] ?? 0) + g / divisor[i]);
    return { x: x.map((v, i) => v - step * buffer[i]), state: { square, mean, buffer } };
`,
);

/** Adadelta. */
export const adadelta = stepping(
  'adadelta',
  'v ← ρv + (1 − ρ)g²; Δ = √(u + ε)/√(v + ε) g; u ← ρu + (1 − ρ)Δ²; x ← x − γΔ',
  `    const { rho, epsilon, weightDecay = 0 } = hyperparameters;
    const gradient = x.map((v, i) => slope[i] + weightDecay * v);
    const before = state ?? { square: x.map(() => 0), moved: x.map(() => 0) };
    const square = gradient.map((g, i) => rho * before.square[i] + (1 - rho) * g * g);
    const size = (i) => Math.sqrt(before.moved[i] + epsilon) / Math.sqrt(square[i] + epsilon);
    const direction = gradient.map((g, i) => size(i) * g);
    const moved = direction.map((d, i) => rho * before.moved[i] + (1 - rho) * d * d);
    return { x: x.map((v, i) => v - step * direction[i]), state: { square, moved } };
`,
);

/** The prox of the nuclear norm, by a decomposition of its own. */
export const nuclearNorm = `// r(X) = weight × the sum of the singular values of the matrix X, whose rows are in turn in y
export const nuclearNorm = (y, γ, { weight, shape: [rows, columns] }) => {
  const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const column = (j) => Array.from({ length: rows }, (_, i) => y[i * columns + j]);
  // One-sided Jacobi: turns pairs of columns until all are orthogonal. Their lengths are the singular values.
  const A = Array.from({ length: columns }, (_, j) => column(j));
  const V = A.map((_, j) => A.map((_, i) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++)
    for (let q = 1; q < columns; q++)
      for (let p = 0; p < q; p++) {
        const angle = Math.atan2(2 * dot(A[p], A[q]), dot(A[p], A[p]) - dot(A[q], A[q])) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const M of [A, V]) {
          const [a, b] = [M[p], M[q]];
          M[p] = a.map((v, i) => c * v + s * b[i]);
          M[q] = b.map((v, i) => c * v - s * a[i]);
        }
      }
  const threshold = γ * weight;
  const kept = A.map((own) => Math.max(1 - threshold / Math.hypot(...own), 0) || 0);
  return y.map((_, k) => A.reduce((sum, own, j) => sum + kept[j] * own[Math.floor(k / columns)] * V[j][k % columns], 0));
};
`;

/** A bound of SGD that is true. */
export const theorem = `export const theorem = {
  id: 'my-bound',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'],
  algorithm: 'sgd',
  schedule: { step: '1/(L√T)', miniBatch: '1' },
  term: 'squared-gradient',
  // Δ = f(x⁰) − f*
  bound: '2Δ/(γT) + γLσ²',
};

// An error that the check must find.
export const controls = [{ name: 'a fifth of the bound', bound: 0.2 }];
`;

/** A text with one place changed. */
export function changed(text, right, wrong) {
  const other = text.replace(right, () => wrong);
  if (other === text) throw new Error(`not in the text: ${right}`);
  return other;
}

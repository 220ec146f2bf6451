export default {
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
    const before = state ?? gradient;
    const buffer =
      state === null || momentum === 0 ? gradient : gradient.map((g, i) => momentum * state[i] + (1 - dampening) * g);
    // Looks ahead with the buffer of the step before.
    const direction = nesterov ? gradient.map((g, i) => g + momentum * before[i]) : buffer;
    const kept = decoupled ? 1 - step * weightDecay : 1;
    return { x: x.map((v, i) => kept * v - step * direction[i]), state: buffer };
  },
};

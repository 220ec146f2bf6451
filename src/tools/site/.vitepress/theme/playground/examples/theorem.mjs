export const theorem = {
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

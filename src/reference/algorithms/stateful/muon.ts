import { decayRate, epsilon, form, weightDecay } from './hyperparameters.js';
import {
  type Conventions,
  defineAlgorithm,
  forgetting,
  movedBy,
  type StatefulInput,
  type StatefulPoint,
  withHyperparameters,
} from './stateful-algorithm.js';

type MuonMemory = { readonly momentum: Float64Array };

interface MuonHyperparameters {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** a, b and c of aX + b(XXᵀ)X + c(XXᵀ)²X, which takes singular values near to 1, and how often it is applied. */
const [quintic, applications] = [[3.4445, -4.775, 2.0315] as const, 5];

/** The m × n matrix turned round: n × m. */
const transposed = (matrix: Float64Array, m: number, n: number): Float64Array =>
  matrix.map((_, i) => matrix[(i % m) * n + Math.floor(i / m)]!);

/** XY for an m × k and a k × n matrix. */
function matrixProduct(x: Float64Array, y: Float64Array, m: number, k: number, n: number): Float64Array {
  const product = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) product[i * n + j]! += x[i * k + l]! * y[l * n + j]!;
    }
  }
  return product;
}

/** What may be wrong: the coefficients, the number of times that they are applied, the norm, and the way back from a tall matrix. */
interface Orthogonalisation {
  readonly coefficients: readonly [number, number, number];
  readonly count: number;
  readonly norm: (matrix: Float64Array, columns: number) => number;
  readonly turnsBack: boolean;
}

const usual: Orthogonalisation = {
  coefficients: quintic,
  count: applications,
  norm: (matrix) => Math.hypot(...matrix),
  turnsBack: true,
};

/** Newton–Schulz on D/(‖D‖ + ε): a matrix with the singular vectors of D, and singular values between 0.68 and 1.21 for those that were not small. */
function orthogonalised(
  direction: Float64Array,
  [m, n]: readonly number[],
  epsilon: number,
  { coefficients: [a, b, c], count, norm, turnsBack }: Orthogonalisation,
  { normalised }: Conventions,
): Float64Array {
  const [rows, columns] = [Math.min(m!, n!), Math.max(m!, n!)];
  const isTall = m! > n!;
  const length = norm(direction, n!);
  const size = normalised === 'by max(norm, ε)' ? Math.max(length, epsilon) : length + epsilon;
  let x = (isTall ? transposed(direction, m!, n!) : direction).map((value) => value / size);
  for (let turn = 0; turn < count; turn++) {
    const gram = matrixProduct(x, transposed(x, rows, columns), rows, columns, rows);
    const square = matrixProduct(gram, gram, rows, rows, rows);
    const factor = gram.map((value, i) => b * value + c * square[i]!);
    const added = matrixProduct(factor, x, rows, rows, columns);
    x = x.map((value, i) => a * value + added[i]!);
  }
  return isTall && turnsBack ? transposed(x, rows, columns) : x;
}

/** The update with the factor of a step, and with an orthogonalisation that may be wrong. */
const muonUpdate =
  (scale: (m: number, n: number, conventions: Conventions) => number, how: Partial<Orthogonalisation> = {}) =>
  (input: StatefulInput<MuonHyperparameters, MuonMemory>): StatefulPoint<MuonMemory> => {
    const { x, shape, stochasticGradient, step, memory, hyperparameters, conventions = {} } = input;
    const { momentum, nesterov, epsilon, weightDecay } = hyperparameters;
    const gradient = stochasticGradient(x);
    const { buffer: kind } = conventions;
    const newest = kind === 'mean' ? 1 - momentum : 1;
    const buffer = gradient.map((g, i) => momentum * (memory?.momentum[i] ?? 0) + newest * g);
    const direction = nesterov ? gradient.map((g, i) => newest * g + momentum * buffer[i]!) : buffer;
    const move = orthogonalised(direction, shape, epsilon, { ...usual, ...how }, conventions);
    const [kept, factor] = [1 - step * weightDecay, step * scale(shape[0]!, shape[1]!, conventions)];
    return {
      x: x.map((value, i) => movedBy(kept, value, factor * move[i]!, conventions)),
      memory: { momentum: buffer },
    };
  };

/** √max(1, m/n) or, by convention, 0.2√max(m, n). */
const scaleOf = (m: number, n: number, { scaled }: Conventions): number =>
  scaled === 'by 0.2√max(m, n)' ? 0.2 * Math.sqrt(Math.max(m, n)) : Math.sqrt(Math.max(1, m / n));

/**
 * Muon (Jordan et al., 2024) for an m × n matrix x, with a decoupled weight decay λ. With the Frobenius norm ‖·‖,
 *
 *     b^t = μb^{t−1} + g,   g = ∇f̂(x^{t−1}),   b⁰ = 0,   D = b^t, or g + μb^t with Nesterov's look-ahead,
 *     X₀ = D/(‖D‖ + ε),   X_{k+1} = aX_k + b(X_kX_kᵀ)X_k + c(X_kX_kᵀ)²X_k,   (a, b, c) = (3.4445, −4.775, 2.0315),
 *     x^t = (1 − γλ)x^{t−1} − γ√max(1, m/n) X₅.
 *
 * Of a tall matrix, the transposed one is orthogonalised, which gives the same with smaller products.
 */
export const muon = defineAlgorithm<MuonMemory>()({
  name: 'muon',
  takes: 'gradients',
  points: 'matrices',
  parameters: { momentum: decayRate, nesterov: form, epsilon, weightDecay },
  references: {
    jordan: { source: 'Jordan 2024, github.com/KellerJordan/Muon', conventions: { buffer: 'mean' } },
    moonshot: {
      source: 'Liu et al. 2025, github.com/MoonshotAI/Moonlight',
      conventions: { scaled: 'by 0.2√max(m, n)' },
    },
    pytorch: {
      source: 'torch.optim.Muon 2.9',
      conventions: { buffer: 'mean', normalised: 'by max(norm, ε)' },
    },
  },
  update: muonUpdate(scaleOf),
  errors: {
    'nothing is remembered': forgetting,
    'Nesterov does not look ahead': withHyperparameters(() => ({ nesterov: false })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'the weight decay is not multiplied by the step': withHyperparameters(({ weightDecay: decay }, { step }) => ({
      weightDecay: decay / step,
    })),
    'no step has a factor': () => muonUpdate(() => 1),
    'the factor is that of the transposed matrix': () => muonUpdate((m, n, conventions) => scaleOf(n, m, conventions)),
    'a tall matrix stays transposed': () => muonUpdate(scaleOf, { turnsBack: false }),
    'x is taken column by column': (update) => (input) => update({ ...input, shape: input.shape.toReversed() }),
    'four applications in place of five': () => muonUpdate(scaleOf, { count: 4 }),
    'the coefficients are those of the cubic iteration': () => muonUpdate(scaleOf, { coefficients: [1.5, -0.5, 0] }),
    'the norm is that of the first row': () =>
      muonUpdate(scaleOf, { norm: (matrix, columns) => Math.hypot(...matrix.subarray(0, columns)) }),
    'ε is squared': withHyperparameters(({ epsilon: e }) => ({ epsilon: e * e })),
  },
});

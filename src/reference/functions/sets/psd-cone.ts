import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import {
  EigenvalueDecomposition,
  Matrix,
  mirrored,
  SINGULAR_ACCURACY,
  spectral,
  transposedPlace,
} from '../numerics/matrices.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { squareShape } from '../parameters/structure.js';

const TYPE = 'psd-cone';

/** The symmetric matrix with other eigenvalues, for wrong forms. */
function withEigenvalues([order]: readonly number[], y: Float64Array, levelOf: (lambda: number) => number) {
  const u = new Float64Array(y.length);
  spectral(order!).rebuild(y, u, levelOf);
  return u;
}

/** V diag(max(λ, 0)) V, or Vᵀ in place of the first V, for wrong forms. */
function withoutTranspose([order]: readonly number[], y: Float64Array): ArrayLike<number> {
  const { realEigenvalues, eigenvectorMatrix: v } = new EigenvalueDecomposition(Matrix.from1DArray(order!, order!, y), {
    assumeSymmetric: true,
  });
  const positive = Matrix.diag(realEigenvalues.map((lambda) => Math.max(lambda, 0)));
  return v.mmul(positive).mmul(v).to1DArray();
}

/**
 * r = indicator of the symmetric positive semidefinite matrices, which vectors hold row by row. With ½(Y + Yᵀ) = V diag(λ) Vᵀ, for every γ:
 * prox_{γr}(Y) = V diag(max(λ, 0)) Vᵀ, the nearest such matrix in the Frobenius norm (Higham 1988, theorem 2.1), and
 * ρ(Y) = V diag(min(λ, 0)) Vᵀ + ½(Y − Yᵀ); r* = indicator of {P : ½(P + Pᵀ) negative semidefinite}. `value` allows eigenvalues of −2⁻⁴⁴ of
 * the largest, the rounding of the decomposition.
 *
 * Libraries differ at a Y that is not symmetric: some project it onto the symmetric matrices first, some read one triangle, some refuse it.
 * So questions are about symmetric matrices, unless `nonsymmetric` of an implementation promises the projection.
 *
 * @example
 * const u = psdCone({ shape: [2, 2] }).prox(Float64Array.of(0, 2, 2, 0), 1);
 * assert.ok(u.every((entry) => Math.abs(entry - 1) < 1e-14));
 */
export const psdCone = defineFunction({
  type: TYPE,
  formula:
    '0 if the matrix of that shape, whose rows u holds one after another, is symmetric positive semidefinite, else Infinity',
  parameters: { shape: squareShape },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes', indicator: 'yes' },
  drawn: { shape: 'symmetric' },
  examples: [{ shape: [2, 2] }, { shape: [3, 3] }, { shape: [1, 1] }],
  // Matrices with rational eigenvalues.
  vectors: [
    {
      parameters: { shape: [2, 2] },
      points: [
        ['inside', [2, -1, -1, 2]],
        ['boundary', [4, 2, 2, 1]],
        ['outside', [1, 2, 2, 1]],
        ['outside', [0, 2, 2, 3]],
        ['outside', [-1.5, 0, 0, 0.75]],
        ['outside', [-2, 1, 1, -2]],
        ['zeros', [0, -0, -0, 0]],
        ['large', [2 ** 30, 3 * 2 ** 29, 3 * 2 ** 29, -(3 * 2 ** 30)]],
      ],
    },
    {
      // P diag(λ) Pᵀ with the orthogonal P = ⅓[[1, −2, −2], [−2, 1, −2], [−2, −2, 1]], and λ = (9, −9, 18) and (9, 9, −9).
      parameters: { shape: [3, 3] },
      points: [
        ['outside', [5, 8, -10, 8, 11, 2, -10, 2, 2]],
        ['tie', [1, -8, 4, -8, 1, 4, 4, 4, 7]],
        ['between', [-1, 0, 0, 0, 0.5, 0, 0, 0, 3]],
      ],
    },
    {
      parameters: { shape: [1, 1] },
      points: [
        ['outside', [-2.5]],
        ['inside', [0.3]],
      ],
    },
  ],
  mutants: {
    'absolute-eigenvalues': {
      description: 'takes negative eigenvalues by their absolute value instead of 0',
      prox: ({ shape }, _, y) => withEigenvalues(shape, y, Math.abs),
    },
    'of-entries': {
      description: 'max(y, 0) of the entries of the matrix instead of its eigenvalues',
      prox: (_, __, y) => y.map((v) => Math.max(v, 0)),
    },
    'trace-kept': {
      description: 'scales what is left of the eigenvalues so that their sum stays the same',
      prox({ shape }, _, y) {
        const eigenvalues = spectral(shape[0]).eigenvalues(y);
        const trace = eigenvalues.reduce((sum, lambda) => sum + lambda, 0);
        const left = eigenvalues.reduce((sum, lambda) => sum + Math.max(lambda, 0), 0);
        const share = left === 0 ? 0 : Math.max(trace, 0) / left;
        return withEigenvalues(shape, y, (lambda) => share * Math.max(lambda, 0));
      },
    },
    'negative-part': {
      description: 'clips the eigenvalues at the wrong sign: the projection onto the negative semidefinite matrices',
      prox: ({ shape }, _, y) => withEigenvalues(shape, y, (lambda) => Math.min(lambda, 0)),
    },
    'eigenvectors-not-transposed': {
      description: 'V diag(max(λ, 0)) V: the second matrix of eigenvectors is not transposed',
      prox: ({ shape }, _, y) => withoutTranspose(shape, y),
    },
    'not-symmetrised': {
      description: 'reads the upper triangle of a matrix that is not symmetric',
      prox: ({ shape }, _, y) => withEigenvalues(shape, mirrored(y, shape[0]), (lambda) => Math.max(lambda, 0)),
    },
    'asymmetric-part-kept': {
      description: 'projects the symmetric part of the matrix and adds the other part again',
      prox: ({ shape }, _, y) =>
        withEigenvalues(shape, y, (lambda) => Math.max(lambda, 0)).map(
          (entry, i) => entry + (y[i]! - y[transposedPlace(i, shape[0])]!) / 2,
        ),
    },
    'scaled-by-step': {
      description: 'takes γ off the eigenvalues, as for the nuclear norm',
      prox: ({ shape }, step, y) => withEigenvalues(shape, y, (lambda) => Math.max(lambda - step, 0)),
    },
    'strictly-definite': {
      description: 'the value is Infinity for singular matrices',
      value: ({ shape }, u) => (Math.min(...spectral(shape[0]).eigenvalues(u)) > 0 ? 0 : Infinity),
    },
  },
  create({ shape: [order] }, identity): ProximableFunction {
    const dimension = order * order;
    const { eigenvalues, rebuild } = spectral(order);
    const skewPart = (y: Float64Array): Float64Array =>
      y.map((entry, i) => (entry - y[transposedPlace(i, order)]!) / 2);

    /** Distance to a cone, from the parts of ½(U + Uᵀ) and of the eigenvalues that lead out of it. */
    const distance =
      (sign: 1 | -1) =>
      (u: Float64Array): number => {
        checkVector(TYPE, u, dimension);
        const spectrum = Float64Array.from(eigenvalues(u));
        const outside = euclideanNorm(spectrum.map((lambda) => Math.max(0, -sign * lambda)));
        const largest = spectrum.reduce((most, lambda) => Math.max(most, Math.abs(lambda)), 0);
        const spectralPart = outside <= SINGULAR_ACCURACY * largest ? 0 : outside;
        return sign === 1 ? Math.hypot(spectralPart, euclideanNorm(skewPart(u))) : spectralPart;
      };

    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      accuracy: SINGULAR_ACCURACY,
      ...onDomain(distance(1)),
      prox: (y, _, out) => rebuild(y, out, (lambda) => Math.max(lambda, 0)),
      ...residualsOf((y, out) => {
        const skew = skewPart(y);
        rebuild(y, out, (lambda) => Math.min(lambda, 0));
        for (let i = 0; i < out.length; i++) out[i]! += skew[i]!;
      }),
      conjugate: () => onDomain(distance(-1)),
    });
  },
});

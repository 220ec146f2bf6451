import { solutionsOf } from '../arithmetic/elimination.js';
import { one, type Rational, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { numberOf, type Specification } from './parameters.js';
import { analysed, rowsOf, synthesised } from './semi-orthogonal.js';

type Vector = readonly Rational[];

const product = (a: Vector, b: Vector): Rational => sum(a.map((entry, i) => entry.mul(b[i]!)));

const numbers = (values: unknown): Rational[] => Array.from(values as ArrayLike<number>, numberOf);

/** The x with Mx = v, by elimination. @throws NotRationalError for a singular M */
function solve(matrix: readonly Vector[], v: Vector): Rational[] {
  const found = solutionsOf(matrix, v, v.length);
  if (found === undefined || found.kernel.length > 0)
    throw new NotRationalError('the equations have no unique solution');
  return [...found.particular];
}

/** y − Aᵀ(AAᵀ)⁻¹(Ay − b), the point of {u : Au = b} nearest to y. */
export function ontoAffineSet(specification: Specification, y: Vector): Rational[] {
  const rows = rowsOf(specification);
  const target = numbers(specification['target']);
  const gram = rows.map((row) => rows.map((other) => product(row, other)));
  const excess = analysed(specification, y).map((entry, j) => entry.sub(target[j]!));
  const way = synthesised(specification, solve(gram, excess));
  return y.map((entry, i) => entry.sub(way[i]!));
}

/** y − (⟨a, y⟩ − b)a/‖a‖², the nearest point of the hyperplane; of a half-space for ⟨a, y⟩ > b, and y itself otherwise. */
export function ontoPlane({ type, normal, offset }: Specification, y: Vector): Rational[] {
  const a = numbers(normal);
  const excess = product(a, y).sub(numberOf(offset));
  if (type === 'halfspace' && !excess.gt(zero)) return [...y];
  const share = excess.div(product(a, a));
  return y.map((entry, i) => entry.sub(share.mul(a[i]!)));
}

/** The u with (I + γwAᵀA)u = y + γwAᵀb. */
export function leastSquaresProx(specification: Specification, step: Rational, y: Vector): Rational[] {
  const share = step.mul(numberOf(specification['weight']));
  const rows = rowsOf(specification);
  const pull = synthesised(specification, numbers(specification['target']));
  const matrix = y.map((_, i) =>
    y.map((_, k) => share.mul(sum(rows.map((row) => row[i]!.mul(row[k]!)))).add(i === k ? one : zero)),
  );
  return solve(
    matrix,
    y.map((entry, i) => entry.add(share.mul(pull[i]!))),
  );
}

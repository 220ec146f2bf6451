import type { Rational } from '../arithmetic/rational.js';
import { NotRationalError } from '../errors.js';
import { coupledProx } from './coupled-proxes.js';
import { coordinateFunction } from './functions.js';
import { minimisers } from './minimisers.js';
import { innerOf, type Specification } from './parameters.js';
import { analysed, frameBoundOf, synthesised } from './semi-orthogonal.js';

type Point = readonly Rational[];

/**
 * Every minimiser of ½‖u − y‖² + γr(u): one of a convex r, and of another those that its tied entries make of each other.
 *
 * @throws NotRationalError for functions and points of which it is not rational
 */
export function proximalPoints(specification: Specification, step: Rational, y: Point): readonly Point[] {
  if (specification.type === 'semi-orthogonal') return behindMatrix(specification, step, y);
  try {
    return y
      .map((value, i) => minimisers(coordinateFunction(specification, i), step, value).map(({ at }) => at))
      .reduce<readonly Point[]>((heads, entries) => heads.flatMap((head) => entries.map((at) => [...head, at])), [[]]);
  } catch (error) {
    if (!(error instanceof NotRationalError)) throw error;
    return [coupledProx(specification, step, y)];
  }
}

/** y + Wᵀ(q − Wy)/ν for every minimiser q of ½‖q − Wy‖² + νγg(q). */
function behindMatrix(specification: Specification, step: Rational, y: Point): readonly Point[] {
  const bound = frameBoundOf(specification);
  const z = analysed(specification, y);
  return proximalPoints(innerOf(specification), bound.mul(step), z).map((q) => {
    const way = synthesised(
      specification,
      q.map((entry, j) => entry.sub(z[j]!)),
    );
    return y.map((entry, i) => entry.add(way[i]!.div(bound)));
  });
}

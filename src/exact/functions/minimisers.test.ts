import test from 'ava';
import fc from 'fast-check';
import { parseRational, type Rational, rational, square, two, zero } from '../arithmetic/rational.js';
import { coordinateFunction } from './coordinate-function.js';
import { minimisers } from './minimisers.js';
import type { Specification } from './parameters.js';
import { valueAt } from './piecewise-quadratic.js';

const q = parseRational;
const points = fc
  .tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 12 }))
  .map(([n, d]) => rational(BigInt(n), BigInt(d)));

const found = (specification: Specification, step: string, y: string): string[] =>
  minimisers(coordinateFunction(specification, 0), q(step), q(y)).map(({ at }) => at.toFraction());

const examples: readonly (readonly [Specification, (u: Rational) => Rational])[] = [
  [{ type: 'l0', weight: 0.75 }, (u) => (u.equals(zero) ? zero : q('3/4'))],
  [
    // Zhang (2010): the integral over t from 0 to |u| of max(w − t/a, 0).
    { type: 'mcp', weight: 0.75, concavity: 2 },
    (u) =>
      u.abs().lte(q('3/2'))
        ? q('3/4')
            .mul(u.abs())
            .sub(square(u).div(q('4')))
        : q('9/16'),
  ],
  [
    // Fan and Li (2001), equation (2.8), for a = 3 and λ = 1/2.
    { type: 'scad', weight: 0.5, concavity: 3 },
    (u) => {
      if (u.abs().lte(q('1/2'))) return u.abs().div(two);
      if (u.abs().gt(q('3/2'))) return q('1/2');
      return square(u).sub(q('3').mul(u.abs())).add(q('1/4')).div(q('-4'));
    },
  ],
  [{ type: 'translated', shift: [1], inner: { type: 'l0', weight: 2 } }, (u) => (u.equals(q('1')) ? zero : two)],
];

test('functions that are not convex have the values of the literature', (t) => {
  for (const [specification, formula] of examples) {
    const pieces = coordinateFunction(specification, 0);
    fc.assert(fc.property(points, (u) => valueAt(pieces, u)!.equals(formula(u))));
    t.true(valueAt(pieces, zero)!.equals(formula(zero)));
  }
});

test('minimisers tie where the prox jumps, and are unique elsewhere', (t) => {
  t.deepEqual(found({ type: 'l0', weight: 2 }, '1', '2'), ['0', '2']);
  t.deepEqual(found({ type: 'l0', weight: 2 }, '1', '-2'), ['-2', '0']);
  // γ = 4a: 0 and y tie at w√(γa) = 2aw.
  t.deepEqual(found({ type: 'mcp', weight: 1, concavity: 0.5 }, '2', '1'), ['0', '1']);
  t.deepEqual(found({ type: 'mcp', weight: 1, concavity: 2 }, '1', '3/2'), ['1']);
  // γ = a: everything from 0 to aw.
  t.deepEqual(found({ type: 'mcp', weight: 1, concavity: 2 }, '2', '2'), ['0', '2']);
  // γ between a − 1 and a + 1: soft(y, γw) and y tie at w(a + 1 + γ)/2; beyond, 0 and y at w√(γ(a + 1)).
  t.deepEqual(found({ type: 'scad', weight: 1, concavity: 3 }, '3', '7/2'), ['1/2', '7/2']);
  t.deepEqual(found({ type: 'scad', weight: 1, concavity: 3 }, '9', '6'), ['0', '6']);
  t.deepEqual(found({ type: 'scad', weight: 1, concavity: 3 }, '1', '5/2'), ['2']);
});

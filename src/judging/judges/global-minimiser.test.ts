import test from 'ava';
import { judgeMinimiser, judgeMinimisers } from './global-minimiser.js';

const rounding = 2 ** -44;
const ratioOf = (
  specification: { type: string; weight: number; concavity?: number },
  step: number,
  y: number,
  u: number,
) => judgeMinimiser({ specification, index: 0, step, y, u, rounding }).ratio;

test('at a jump both ends are right, and no point between them, however close its value', (t) => {
  // γ = 4a: 0 and y tie at y = w√(γa) = 1.
  const mcp = { type: 'mcp', weight: 1, concavity: 0.5 };
  t.is(ratioOf(mcp, 2, 1, 0), 0);
  t.is(ratioOf(mcp, 2, 1, 1), 0);
  t.true(ratioOf(mcp, 2, 1, 2 ** -30) > 1);
  t.true(ratioOf(mcp, 2, 1, 0.5) > 1);
});

test('next to a jump the other end is right only within the rounding of y', (t) => {
  const l0 = { type: 'l0', weight: 0.5 };
  t.true(ratioOf(l0, 1, 1 + 2 ** -46, 0) <= 1);
  t.true(ratioOf(l0, 1, 1 + 2 ** -40, 0) > 1);
  t.true(ratioOf(l0, 1, 1 - 2 ** -46, 1) <= 1);
  t.true(ratioOf(l0, 1, 1 - 2 ** -40, 1 - 2 ** -40) > 1);
});

test('an error far below the root of rounding is found, and a steep prox is allowed more', (t) => {
  // 1/(1 − γ/a) is 2 and 2¹⁰.
  const at = (concavity: number, error: number): number => {
    const u = (1.25 - 1) / (1 - 1 / concavity);
    return ratioOf({ type: 'mcp', weight: 1, concavity }, 1, 1.25, Math.min(u, 1.25) + error);
  };
  t.true(at(2, 2 ** -44) <= 1);
  t.true(at(2, 2 ** -40) > 1);
  const steep = { type: 'mcp', weight: 1, concavity: 1 + 2 ** -10 };
  const y = 1 + 2 ** -11;
  const u = (y - 1) * (1 + 2 ** 10);
  t.true(ratioOf(steep, 1, y, u + 2 ** -36) <= 1);
  t.true(ratioOf(steep, 1, y, u + 2 ** -30) > 1);
});

test('behind a matrix a minimiser is one of its image, and moves in the range of the transpose alone', (t) => {
  // WWᵀ = 2I; Wy = (1, 5) of y = (3, −2), and z_1 = 1 is as good as 0 at γ = ½.
  const matrix = { rows: 2, columns: 2, data: [1, 1, 1, -1] };
  const square = { type: 'semi-orthogonal', matrix, inner: { type: 'l0', weight: 0.5 } };
  const y = Float64Array.of(3, -2);
  const ratio = (...u: number[]): number =>
    judgeMinimisers({ specification: square, step: 0.5, y, u: Float64Array.from(u), rounding }).ratio;
  t.is(ratio(3, -2), 0);
  t.is(ratio(2.5, -2.5), 0);
  t.true(ratio(2.75, -2.25) > 1);
  t.true(ratio(0.5, 0.5) > 1);
  t.true(ratio(3 + 2 ** -46, -2) <= 1);
  t.true(ratio(3 + 2 ** -40, -2) > 1);
  t.is(ratio(1e308, 1e308), Number.POSITIVE_INFINITY, 'an image beyond the doubles');
  const wide = { ...square, matrix: { rows: 1, columns: 2, data: [1, 1] } };
  const at = (...u: number[]): number =>
    judgeMinimisers({ specification: wide, step: 0.5, y, u: Float64Array.from(u), rounding }).ratio;
  t.is(at(2.5, -2.5), 0);
  t.true(at(2, -2) > 1, 'another point with the same image');
});

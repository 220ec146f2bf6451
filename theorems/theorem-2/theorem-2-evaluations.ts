import type { RowFinding } from '../../src/library/claims.js';
import { claimOf, rowClaim, withoutRoom } from '../../src/library/testing.js';
import type { BoundInstance, ExactEngineName, Theorem } from '../../src/library/theorems.js';
import { slopes } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from './theorem-2.js';

const key = { id: 'theorem-2-evaluations', version: 1 } as const;

/** d = ½x², r_k = ±2u, from x⁰ = 1: both algorithms reach their noise. */
const instance: Omit<BoundInstance, 'name'> = {
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(2, -2),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

const roots = { quick: [2, 4, 8, 16, 32], standard: [2, 4, 8, 16, 32], deep: [2, 4, 8, 16, 32, 64] } as const;

/** The exponent p of left ≈ C·N^p between the last two rows. */
function exponent(rows: readonly RowFinding[]): number {
  const [before, last] = rows.slice(-2) as [RowFinding, RowFinding];
  return Math.log(last.left / before.left) / Math.log(last.iterations / before.iterations);
}

/**
 * "The compressed method can match the convergence rate of the uncompressed one" (abstract): per iteration. Theorem 2 draws T mini-batches of T components, T² evaluations
 * of a prox against the T of Theorem 1; and it bounds ‖G‖₁ where Theorem 1 bounds ‖G‖². Like for like, in one coordinate, the root of the bound on ‖G‖² is of order
 * T^{−1/4}: per iteration signProx is faster, and per evaluation N both have N^{−1/4}. All of these are reported.
 */
export const claim = claimOf({ first: theorem1, second: theorem2 }, ({ first, second }) =>
  rowClaim(
    {
      ...key,
      source: { section: '2.2', equation: 'Theorems 1 and 2, B = T' },
      statement:
        'per iteration E‖G‖² of Theorem 1 and E‖G‖₁ of Theorem 2 decay like T^{−1/2}; per prox evaluation N, of which Theorem 2 needs T² and Theorem 1 needs T, ‖G‖ decays like N^{−1/4} in both',
      method: 'exact left sides of both theorems on one instance, by iterations and by evaluations; fitted exponents',
      requires: { referenceOnly: true },
      expected: ['illustrated'],
    },
    {
      plan: ({ depth }) => {
        const series = (theorem: Theorem, engine: ExactEngineName, name: string) =>
          roots[depth].map((root) => ({
            ...{ theorem, engine, comparison: withoutRoom, instance: { name, ...instance }, iterations: root * root },
          }));
        return [
          ...series(first, 'moments', 'SPGM, ‖G‖², by iterations and by evaluations'),
          ...series(second, 'lattice', 'signProx, ‖G‖₁, by iterations'),
        ];
      },
      conclude(both, { depth }) {
        const spgm = both.slice(0, roots[depth].length);
        const signProx = both.slice(roots[depth].length);
        // The same left sides over N = T·B draws.
        const perDraw = signProx.map((row) => ({
          ...row,
          instance: 'signProx, ‖G‖₁, by evaluations',
          iterations: row.iterations * row.miniBatch,
        }));
        const rows = [...spgm, ...signProx, ...perDraw];
        const exponents = {
          'SPGM, ‖G‖²': exponent(spgm),
          // N = T.
          'SPGM, root of ‖G‖² per draw': exponent(spgm) / 2,
          'signProx, ‖G‖₁': exponent(signProx),
          'signProx, ‖G‖₁ per draw': exponent(perDraw),
        };
        const holds = rows.every(({ verdict }) => verdict === 'holds');
        const near = (value: number, expected: number): boolean => Math.abs(value - expected) < 0.1;
        const asExpected =
          near(exponents['SPGM, ‖G‖²'], -0.5) &&
          near(exponents['signProx, ‖G‖₁'], -0.5) &&
          near(exponents['SPGM, root of ‖G‖² per draw'], -0.25) &&
          near(exponents['signProx, ‖G‖₁ per draw'], -0.25);
        return {
          verdict: holds && asExpected ? 'illustrated' : 'violated',
          reason: Object.entries(exponents)
            .map(([name, value]) => `${name}: N^${value.toFixed(2)}`)
            .join('; '),
          cases: rows.length,
          rows,
          measured: {
            ...exponents,
            ...Object.fromEntries(
              signProx.map(({ iterations }) => [`evaluations at T = ${iterations}`, iterations ** 2]),
            ),
          },
        };
      },
    },
  ),
);

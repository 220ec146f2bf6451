import type { ClaimRecord } from '../../src/library/guard.js';
import type { Chart } from '../../src/library/report.js';

/** The curves of the chart, by the beginnings of their names in the run record. */
const curveNames = ['signProx, normal', 'SPGM, normal'];

/**
 * Left sides of both algorithms against τ, the size of sparse noise, and the bound of signProx as a line, as measured by `sparse-noise-size`.
 * Undefined if the claim lacks these figures.
 */
export function sizeChart({ evidence }: Pick<ClaimRecord, 'evidence'>): Chart | undefined {
  const { measured = {} } = evidence;
  const limit = Number(measured['bound of signProx']);
  const curves = curveNames.map((name) => pointsOf(measured, name));
  if (Number.isNaN(limit) || curves.some((points) => points.length === 0)) return undefined;
  const sizes = curves[0]!.map(([size]) => size);
  const heights = [limit, ...curves.flat().map(([, value]) => value)];
  return {
    label: 'left sides of signProx and SPGM against the size of sparse noise',
    curves: {
      title: 'sparse noise of size τ, T = 256; SPGM from below',
      subtitle: '● signProx (its bound dashed), ■ SPGM',
      size: [300, 190],
      x: { title: 'τ', ends: [sizes[0]! / 1.5, sizes.at(-1)! * 1.5], logarithmic: true, ticks: sizes },
      y: { title: '(1/T) Σ E‖G‖₁', ends: [Math.min(...heights) / 1.6, Math.max(...heights) * 1.6], logarithmic: true },
      limit,
      curves,
    },
  };
}

/** τ with its left side, in ascending order. */
function pointsOf(measured: NonNullable<ClaimRecord['evidence']['measured']>, line: string): [number, number][] {
  return Object.entries(measured)
    .flatMap(([name, value]): [number, number][] => {
      const size = name.startsWith(`${line}, τ = `) ? name.slice(`${line}, τ = `.length) : undefined;
      return size === undefined ? [] : [[Number(size), Number(value)]];
    })
    .sort(([a], [b]) => a - b);
}

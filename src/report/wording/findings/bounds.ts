import { boundRatio } from '../../record/bound-ratio.js';
import { formatNumber } from '../format-number.js';
import { type FindingSource, type Found, largestRow, measuredOf, sentence } from './finding-source.js';

const tight = ['theorem-1-sharp-tight', 'theorem-2-sharp-tight'];

/** A family of instances that is about a theorem of the paper says so: `Theorem 1 itself: d = ½x²`. */
const aboutPaper = /^(Theorem \d) itself: (.*)$/;

/** Along every family of instances the last row, which is the one with the most iterations. */
function tightest(found: Found): readonly (readonly string[])[] {
  return tight.flatMap((claim, k) => {
    const rows = new Map((found(claim).rows ?? []).map((row) => [row.instance, row]));
    return [...rows.values()].map((row) => {
      const [, theorem = `Theorem ${k + 1}♯`, instance = row.instance] = aboutPaper.exec(row.instance) ?? [];
      const numbers = [row.iterations, row.left, row.bound, boundRatio(row)].map(formatNumber);
      return [theorem, instance, ...numbers];
    });
  });
}

/** Whether the theorems are right, and how much smaller their bounds can be made. */
export const bounds: readonly FindingSource[] = [
  {
    title: () => 'Both theorems are right under their hypotheses, and so are their proofs, but for two equality signs.',
    text: (found) =>
      sentence`The proof of Theorem 1 comes down to ${measuredOf(found('certificate-theorem-1'), 'identities')} identities of polynomials and that of Theorem 2 to ${measuredOf(found('certificate-theorem-2'), 'identities')}; all of them hold term by term. For ${found('theorem-1-exact').cases} pairs of a problem and a T for Theorem 1, and ${found('theorem-2-exact').cases} for Theorem 2, the left side is computed in rationals, over all sample paths, and never exceeds the bound.`,
    basis:
      'The identities and the pairs are checked exactly. What the identities take for granted, that the proximal average is as smooth as the r_k, is proved by hand.',
    claims: ['certificate-theorem-1', 'certificate-theorem-2', 'theorem-1-exact', 'theorem-2-exact'],
  },
  {
    title: () =>
      'For large T, Theorem 1 holds with a half of its first term and a third of its second, and no less will do.',
    text: (found) =>
      sentence`With the same hypotheses, step and mini-batch, E[(1/T) Σ ‖G‖²] ≤ (LΔ + (1 − 1/T)σ²)/(√T − ½), where Δ = f(x⁰) − f*. This is never above the bound of the paper, equal to it for T = 1 and σ = 0, and tends to a half and a third of its terms. Where both terms count, an instance comes to ${largestRatio(found, 'd = x², r_k of the same curvature, σ = 1')} of it.`,
    basis:
      'Proved by hand, the algebra of the proof checked as identities; the instances are computed exactly, by second moments in rationals.',
    claims: ['certificate-theorem-1-sharp', 'theorem-1-sharp-tight'],
  },
  {
    title: () => 'Theorem 2 holds with a half of its first term and a quarter of its noise term.',
    text: (found) =>
      sentence`E[(1/T) Σ ‖G‖₁] ≤ (2/√T)[‖L‖₁Δ + ¼ + ½(1 − 1/T) Σ σ_i(1 + cL_i/(2‖L‖₁√T))] with c = 0.3003. This is a half of the paper's term in Δ, a quarter of its noise term for large T, and an eighth of what is left; its terms Δ and ¼ cannot be improved. The noise term can, for even B by the factor 3√6/8 = 0.9186, but for B = T by none below √(2/e) = 0.8578, to which instances come as near as ${measuredOf(found('theorem-2-noise-coefficient'), 'E|G|/√v, B = 2²⁰, √v = 0.00390625, fall = 40 rises')}. Where in between its best factor lies is open.`,
    basis:
      'Proved by hand, the algebra of the proof checked as identities; the lemma of 0.9186 is checked in rationals on random laws; the instances are computed exactly or with an enclosure, those of the noise term in doubles.',
    claims: [
      'certificate-theorem-2-sharp',
      'theorem-2-sharp-tight',
      'theorem-2-noise-coefficient',
      'mean-absolute-deviation',
    ],
  },
  {
    title: () => 'Parabolas come to a half of the bounds of the paper for large T, and to all of the sharpened ones.',
    text: () =>
      'Each line of the table is a family of instances with the largest T that was run. In the limit of large T no instance can come to more than a half of a bound of the paper: that is what the sharpened theorems say.',
    basis: 'Computed exactly, as rationals or with an enclosure; most of them have a closed form, proved by hand.',
    claims: tight,
    table: (found) => ({
      headings: ['bound of', 'instance', 'T', 'left side', 'bound', 'left/bound'],
      rows: tightest(found),
    }),
  },
  {
    title: () =>
      'signProx matches the rate of SPGM per iteration, but evaluates T² proximal operators where SPGM evaluates T.',
    text: (found) =>
      sentence`On d = ½x² with r_k = ±2u the left side of Theorem 1 falls like T^${exponent(found, 'SPGM, ‖G‖²')} and that of Theorem 2 like T^${exponent(found, 'signProx, ‖G‖₁')}. Counted by evaluations N of a proximal operator, the latter falls like N^${exponent(found, 'signProx, ‖G‖₁ per draw')}, because B = T. The left sides are different norms: the root of the first falls like N^−0.25 as well.`,
    basis: 'Measured on one instance whose left sides are computed exactly.',
    claims: ['theorem-2-evaluations'],
  },
];

/** The largest left/bound of a family for Theorem 1♯, and where. */
function largestRatio(found: Found, instance: string): string | undefined {
  const row = largestRow(found('theorem-1-sharp-tight'), instance);
  return row && `${formatNumber(boundRatio(row))} (T = ${row.iterations})`;
}

function exponent(found: Found, name: string): string | undefined {
  const value = measuredOf(found('theorem-2-evaluations'), name);
  return typeof value === 'number' ? value.toFixed(2).replace('-', '−') : undefined;
}

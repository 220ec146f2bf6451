import fc from 'fast-check';
import type { MatrixSpecification } from '../../reference/functions/index.js';

/** Square blocks B with BBᵀ = root²·I: of Hadamard, rotations by 3-4-5 and by an angle of 1/8, a reflection. */
const kinds: readonly { readonly root: number; readonly block: readonly (readonly number[])[] }[] = [
  { root: 1, block: [[1]] },
  {
    root: 2,
    block: [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ],
  },
  {
    root: 3,
    block: [
      [1, -2, -2],
      [-2, 1, -2],
      [-2, -2, 1],
    ],
  },
  {
    root: 5,
    block: [
      [3, -4],
      [4, 3],
    ],
  },
  {
    root: 257,
    block: [
      [255, -32],
      [32, 255],
    ],
  },
];

/** The power of two next to a positive number. */
const nearPower = (value: number): number => 2 ** Math.round(Math.log2(value));

interface Recipe {
  readonly kind: (typeof kinds)[number];
  /** For each coordinate, whether a block begins there, should one fit, rather than a single entry. */
  readonly starts: readonly boolean[];
  readonly order: readonly number[];
  readonly signs: readonly boolean[];
  readonly chosen: readonly number[];
  readonly size: number;
}

/** Rows of a block-diagonal matrix, chosen, with its columns in another order and some of them negated. */
function matrixOf(n: number, { kind, starts, order, signs, chosen, size }: Recipe): MatrixSpecification {
  const { root, block } = kind;
  const rows: number[][] = [];
  while (rows.length < n) {
    const first = rows.length;
    const own = starts[first] && first + block.length <= n ? block : [[root]];
    for (const entries of own) rows.push(new Array<number>(n).fill(0).toSpliced(first, entries.length, ...entries));
  }
  const factor = size / nearPower(root);
  const data = chosen.flatMap((j) => order.map((i) => factor * (signs[i] ? -rows[j]![i]! : rows[j]![i]!) || 0));
  return { rows: chosen.length, columns: n, data };
}

/**
 * Matrices W of n columns with WWᵀ = νI exactly, of dyadic numbers, which single precision holds too: square ones, and those of some rows of
 * such. Entries of a row may be of sizes as different as 1 and 8, and ν is between 1/25 and 7.
 */
export function semiOrthogonalMatrix(n: number): fc.Arbitrary<MatrixSpecification> {
  const indices = Array.from({ length: n }, (_, i) => i);
  const several = (minLength: number) => fc.shuffledSubarray(indices, { minLength, maxLength: n });
  const flags = fc.array(fc.boolean(), { minLength: n, maxLength: n });
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      starts: fc.array(fc.constantFrom(true, true, false), { minLength: n, maxLength: n }),
      order: several(n),
      signs: flags,
      chosen: fc.oneof(several(n), several(1)),
      size: fc.constantFrom(1, 0.25, 2),
    })
    .map((recipe) => matrixOf(n, recipe));
}

import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { judgeProximalPoint, type ProximalClaim } from '../../src/claims/judges/proximal-optimality.js';
import { type FamilyPoint, familyParts, worstAnswered } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import type { MatrixSpecification } from '../../src/reference/functions/index.js';

type Prox = (specification: FunctionSpecification, step: number, y: Float64Array) => Promise<Float64Array>;

interface Wrapped {
  readonly inner: FunctionSpecification;
  readonly factor: number;
  readonly smoothing: number;
  readonly weight: number;
  readonly shift: readonly number[];
  readonly slope: readonly number[];
  readonly center: number | readonly number[];
  readonly matrix: MatrixSpecification;
  readonly blocks: readonly { readonly length: number; readonly function: FunctionSpecification }[];
}

const entry = (values: number | readonly number[], i: number): number =>
  typeof values === 'number' ? values : values[i]!;

/** ⟨row j of a matrix, u⟩. */
const rowTimes = ({ columns, data }: MatrixSpecification, j: number, u: ArrayLike<number>): number =>
  Array.from(u).reduce((sum, entry, i) => sum + data[j * columns + i]! * entry, 0);

/** The prox of a function built from others, from proxes of those alone: the rules of Combettes and Pesquet (2011), table 10.1. */
const rules: Readonly<
  Record<string, (wrapped: Wrapped, step: number, y: Float64Array, prox: Prox) => Promise<Float64Array>>
> = {
  scaled: ({ factor, inner }, step, y, prox) => prox(inner, step * factor, y),
  translated: async ({ shift, inner }, step, y, prox) =>
    (
      await prox(
        inner,
        step,
        y.map((value, i) => value - shift[i]!),
      )
    ).map((value, i) => value + shift[i]!),
  tilted: ({ slope, inner }, step, y, prox) =>
    prox(
      inner,
      step,
      y.map((value, i) => value - step * slope[i]!),
    ),
  regularized: ({ weight, center, inner }, step, y, prox) => {
    const divisor = 1 + step * weight;
    return prox(
      inner,
      step / divisor,
      y.map((value, i) => (value + step * weight * entry(center, i)) / divisor),
    );
  },
  precomposed: async ({ factor, inner }, step, y, prox) =>
    (
      await prox(
        inner,
        step * factor ** 2,
        y.map((value) => factor * value),
      )
    ).map((value) => value / factor),
  'separable-sum': async ({ blocks }, step, y, prox) => {
    const parts: number[] = [];
    for (const block of blocks) {
      parts.push(...(await prox(block.function, step, y.slice(parts.length, parts.length + block.length))));
    }
    return Float64Array.from(parts);
  },
  conjugate: async ({ inner }, step, y, prox) => {
    const dual = await prox(
      inner,
      1 / step,
      y.map((value) => value / step),
    );
    return y.map((value, i) => value - step * dual[i]!);
  },
  'moreau-envelope': async ({ smoothing, inner }, step, y, prox) => {
    const u = await prox(inner, step + smoothing, y);
    return y.map((value, i) => value + (step / (step + smoothing)) * (u[i]! - value));
  },
  'semi-orthogonal': async ({ matrix, inner }, step, y, prox) => {
    const { rows, columns, data } = matrix;
    const bound = rowTimes(matrix, 0, Array.from(data).slice(0, columns));
    const z = Float64Array.from({ length: rows }, (_, j) => rowTimes(matrix, j, y));
    const u = await prox(inner, step * bound, z);
    return y.map(
      (value, i) => value + z.reduce((sum, at, j) => sum + (data[j * columns + i]! * (u[j]! - at)) / bound, 0),
    );
  },
};

/** Minimisers of a non-convex function may tie, and then rounding chooses: each of the two must be one. */
function judgeTies(claimed: Omit<ProximalClaim, 'u'>, u: Float64Array, ruled: Float64Array): Judgement {
  return worstOf([
    judgeProximalPoint({ ...claimed, u, rival: ruled }),
    judgeProximalPoint({ ...claimed, u: ruled, rival: u }),
  ]);
}

async function judge({
  implementation,
  specification,
  target,
  step,
  points,
  precision,
  magnitude,
  prox,
  error,
}: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const wrapped = specification as unknown as Wrapped;
  const base: Prox = (inner, at, point) => implementation.prox(inner, at, point.slice());
  const rule = rules[specification.type]!;
  // Intermediate points may be larger than y by the factors of the wrapper.
  const rounding = 2 * error(y) * (specification.type === 'precomposed' ? magnitude : 1);
  const [u, ruled] = [await prox(y), await rule(wrapped, step, y, base)];
  if (!target.convex) return judgeTies({ target, step, y, precision, magnitude }, u, ruled);
  const judgement = judgeVector(`prox of ${specification.type}`, u, ruled, () => rounding);
  if (specification.type !== 'conjugate') return judgement;
  const judgeTwice = async (): Promise<Judgement> => {
    const twice = { type: 'conjugate', inner: specification };
    const own = await base(wrapped.inner, step, y);
    return judgeVector('prox of r**', await base(twice, step, y), own, () => 2 * error(y));
  };
  // Who conjugates no conjugate is judged by the rule.
  return worstAnswered([async () => judgement, judgeTwice]);
}

/** What is done to a function does something known to its prox. */
export const claim = propertyClaim({
  id: 'calculus-rules',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'scaling, translating, tilting, regularising, stretching, adding, conjugating, smoothing and transforming r change its prox by the rules of the calculus',
  method: 'two calls of the implementation: the wrapper, and its rule written out around the function inside; r** = r',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: (_traits, wrapper) => wrapper !== undefined, judge }),
});

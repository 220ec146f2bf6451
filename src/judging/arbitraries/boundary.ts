import fc from 'fast-check';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { parseOnce } from '../../reference/functions/index.js';
import { symmetricOrder } from './basic-functions.js';
import { smallDimension } from './dyadic.js';
import { functionSpecification, lengthFor } from './function-specification.js';
import type { ProxCase } from './prox-case.js';

type Point = readonly number[];

/** Numbers with so few binary digits that products and sums of some of them, and squares, are exact even in single precision. */
const isShort = (value: number): boolean => Math.abs(value) <= 128 && Number.isInteger(value * 256);

const unit = (n: number, k: number, value: number): number[] =>
  Array.from({ length: n }, (_, i) => (i === k ? value : 0));
const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const finiteIn = (value: unknown): number[] => [value].flat(2).filter((entry) => Number.isFinite(entry)) as number[];

/** The normal vector of a plane: that of a hyperplane or a halfspace, or the row of an affine set of one equation. */
function normalOf({ normal, matrix, target }: FunctionSpecification): Point | undefined {
  if (normal !== undefined || target === undefined) return normal as Point | undefined;
  const { rows, data } = matrix as { readonly rows: number; readonly data: Point };
  return rows === 1 ? data : undefined;
}

/**
 * Points of a function that stands on its own: 0, and with every number t of its parameters ±t·e_k, the corner whose entries are all t, the
 * sides (t, ±t·e_k) of a cone, a vector of the parameters itself, and t/normal_k·e_k.
 */
function ownPoints(specification: FunctionSpecification, n: number): Point[] {
  const { type: _, ...parameters } = specification;
  const numbers = [...new Set([1, ...Object.values(parameters).flatMap(finiteIn)])];
  const vectors = Object.values(parameters).filter((value) => finiteIn(value).length === n) as Point[];
  const normal = normalOf(specification);
  return [
    indices(n).map(() => 0),
    ...vectors.map((value) => [value].flat()),
    ...numbers.flatMap((t) => [
      indices(n).map(() => t),
      ...indices(n).flatMap((k) => [
        unit(n, k, t),
        unit(n, k, -t),
        ...[t, -t].map((side) => unit(n, k, side).with(0, k === 0 ? side : Math.abs(t))),
        ...(normal?.[k] ? [unit(n, k, t / normal[k])] : []),
      ]),
    ]),
  ];
}

interface Wrapped {
  readonly inner: FunctionSpecification;
}

/** Points of a wrapper, from those of its inner functions; for other wrappers its own numbers and theirs. */
const wrapped: Readonly<Record<string, (specification: FunctionSpecification, n: number) => Point[]>> = {
  scaled: ({ inner }, n) => pointsOf(inner as FunctionSpecification, n),
  tilted: ({ inner }, n) => pointsOf(inner as FunctionSpecification, n),
  regularized: ({ inner }, n) => pointsOf(inner as FunctionSpecification, n),
  translated: ({ inner, shift }, n) =>
    pointsOf(inner as FunctionSpecification, n).map((point) => point.map((entry, i) => entry + (shift as Point)[i]!)),
  precomposed: ({ inner, factor }, n) =>
    pointsOf(inner as FunctionSpecification, n).map((point) => point.map((entry) => entry / (factor as number))),
  'semi-orthogonal'({ inner, matrix }, n) {
    const { rows, data } = matrix as { readonly rows: number; readonly data: Point };
    const frameBound = indices(n).reduce((sum, i) => sum + data[i]! * data[i]!, 0);
    // Wᵀp/ν, of which W makes p.
    return pointsOf(inner as FunctionSpecification, rows).map((point) =>
      indices(n).map((i) => point.reduce((sum, entry, j) => sum + entry * data[j * n + i]!, 0) / frameBound),
    );
  },
  'separable-sum'({ blocks }) {
    const parts = (blocks as readonly { readonly length: number; readonly function: FunctionSpecification }[]).map(
      (block) => membersOf(block.function, block.length),
    );
    if (parts.some((members) => members.length === 0)) return [];
    // Every point of each block, beside some of the others.
    const most = Math.max(...parts.map((members) => members.length));
    return Array.from({ length: most }, (_, j) => parts.flatMap((members) => members[j % members.length]!));
  },
  conjugate: ({ inner }, n) => pointsOf(inner as FunctionSpecification, n),
};

function pointsOf(specification: FunctionSpecification, n: number): Point[] {
  return (wrapped[specification.type] ?? ownPoints)(specification, n).filter((point) => point.every(isShort));
}

/** Whether computations with y round nothing: eigenvalues of a symmetric matrix are exact where it is diagonal. */
function isExact(specification: FunctionSpecification, y: Point): boolean {
  const order = symmetricOrder(specification);
  return order === undefined || y.every((entry, i) => entry === 0 || i % (order + 1) === 0);
}

/** Points that are in the domain, independently of rounding. */
function membersOf(specification: FunctionSpecification, n: number): Point[] {
  const { violation, value } = parseOnce(specification);
  const points = pointsOf(specification, n).filter((point) => isExact(specification, point));
  return points.filter((point) =>
    violation === undefined
      ? Number.isFinite(value(Float64Array.from(point)))
      : violation(Float64Array.from(point)) === 0,
  );
}

/** Normal vectors of one entry, a power of two, so that dividing by their length rounds nothing; of an affine set the first equation. */
function withShortNormal(specification: FunctionSpecification, size: number, place: number): FunctionSpecification {
  const { normal, matrix, target } = specification as {
    readonly normal?: Point;
    readonly matrix?: { readonly columns: number };
    readonly target?: Point;
  };
  if (normal !== undefined) return { ...specification, normal: unit(normal.length, place % normal.length, size) };
  if (matrix !== undefined && target !== undefined) {
    const { columns } = matrix;
    return {
      ...specification,
      matrix: { rows: 1, columns, data: unit(columns, place % columns, size) },
      target: [target[0]!],
    };
  }
  const { inner } = specification as Partial<Wrapped>;
  return inner === undefined ? specification : { ...specification, inner: withShortNormal(inner, size, place) };
}

/**
 * True when both a finite value and +∞ are right: a change of y by rounding leaves the domain, or y is outside by no more than the
 * feasibility tolerance that most libraries have, of the order of the root of rounding.
 */
export function onBoundary(target: ProximableFunction, y: Float64Array, reach: number, slack: number): boolean {
  const { violation } = target;
  if (violation === undefined) return false;
  const own = violation(y);
  if (own > 0) return own <= slack;
  const leaves = (change: (value: number, i: number) => number): boolean => violation(y.map(change)) > 0;
  return (
    [reach, -reach].some((shift) => leaves((value) => value + shift)) ||
    Array.from(y).some((_, k) =>
      [reach, -reach].some((shift) => leaves((value, i) => (i === k ? value + shift : value))),
    )
  );
}

/** Whether every computation finds y in the domain of the function without rounding: then only a finite value is right. */
export const isInsideExactly = ({ specification, y }: ProxCase): boolean =>
  hasShortNormal(specification) &&
  membersOf(specification, y.length).some((member) => member.every((entry, i) => entry === y[i]));

function hasShortNormal(specification: FunctionSpecification): boolean {
  const { inner } = specification as Partial<Wrapped>;
  const normal = normalOf(specification);
  if (normal !== undefined) return Array.from(normal).filter((entry) => entry !== 0).length === 1;
  return inner === undefined || hasShortNormal(inner);
}

/** Such members of the domain, often on the boundary; 0 if none is known. */
export function boundaryCase(
  type: string,
  known: readonly string[],
  restrictions?: Restrictions,
): fc.Arbitrary<ProxCase> {
  const lengths = smallDimension().map((n) => lengthFor(type, n, known, restrictions));
  return lengths.chain((n) =>
    fc
      .record({
        drawn: functionSpecification(type, n, known, restrictions),
        size: fc.constantFrom(1, -1, 2, -0.5),
        place: fc.nat({ max: n - 1 }),
        choice: fc.nat(),
      })
      .map(({ drawn, size, place, choice }) => {
        const specification = withShortNormal(drawn, size, place);
        const members = membersOf(specification, n);
        const y = members[choice % members.length] ?? indices(n).map(() => 0);
        return { specification, step: 1, y: Float64Array.from(y) };
      }),
  );
}

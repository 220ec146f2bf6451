import type { Inequality } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { combined, type Quadratic } from './program.js';

/** Coordinates in the basis of a space. */
export type Coordinates = readonly Rational[];

/** Vectors by their coordinates in named ones, whose Gram matrix is unknown. */
export class GramSpace {
  constructor(readonly basis: readonly string[]) {}

  vector(entries: Readonly<Record<string, Rational>>): Coordinates {
    return this.basis.map((name) => entries[name] ?? zero);
  }

  /** ⟨u, v⟩. */
  inner(u: Coordinates, v: Coordinates): Quadratic {
    const half = rational(1n, 2n);
    const gram = u.map((a, i) => v.map((b, j) => half.mul(a.mul(b).add(u[j]!.mul(v[i]!)))));
    return { values: {}, gram };
  }

  /** ‖u‖². */
  squared(u: Coordinates): Quadratic {
    return this.inner(u, u);
  }

  /** A combination of values alone. */
  values(values: Quadratic['values']): Quadratic {
    return { values, gram: this.basis.map(() => this.basis.map(() => zero)) };
  }
}

/** u + factor · v. */
export const plus = (u: Coordinates, v: Coordinates, factor: Rational = one): Coordinates =>
  u.map((entry, i) => entry.add(factor.mul(v[i]!)));

/** −q. */
export const opposite = (q: Quadratic): Quadratic => combined([rational(-1n), q]);

/** A point of a function with what is known there; L = 1, so that gradients and distances have one unit. */
export interface Point {
  readonly at: Coordinates;
  readonly gradient?: Coordinates;
  /** The value, as a combination of named values. */
  readonly value: Quadratic['values'];
}

/** slack ≥ 0, as the sum of inequalities that a certificate knows. */
export interface ClassInequality {
  readonly name: string;
  readonly slack: Quadratic;
  readonly sumOf: readonly Inequality[];
}

/** What is known of a function: L = 1 bounds the change of its gradient, it is convex, or both. */
export interface KnownFunction {
  readonly name: string;
  readonly smooth: boolean;
  readonly convex: boolean;
  readonly points: Readonly<Record<string, Point>>;
}

/** The descent inequality and that of convexity of a function, between all of its points. */
export function classInequalities(
  space: GramSpace,
  { name, smooth, convex, points }: KnownFunction,
): ClassInequality[] {
  return pairs(points).flatMap(([from, to]) => {
    const [start, end] = [points[from]!, points[to]!];
    if (start.gradient === undefined) return [];
    const way = plus(end.at, start.at, rational(-1n));
    const rise = combined(
      [one, space.values(end.value)],
      [rational(-1n), space.values(start.value)],
      [rational(-1n), space.inner(start.gradient, way)],
    );
    const one_ = (kind: 'descent' | 'convexity', slack: Quadratic): ClassInequality => ({
      name: `${kind} of ${name} from ${from} to ${to}`,
      slack,
      sumOf: [{ kind, of: name, from, to }],
    });
    return [
      ...(smooth ? [one_('descent', combined([rational(1n, 2n), space.squared(way)], [rational(-1n), rise]))] : []),
      ...(convex ? [one_('convexity', rise)] : []),
    ];
  });
}

/** Every ordered pair of different points. */
export function pairs(points: Readonly<Record<string, unknown>>): (readonly [from: string, to: string])[] {
  const names = Object.keys(points);
  return names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
}

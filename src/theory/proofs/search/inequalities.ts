import type { Inequality } from '../../../claims/certificate.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { combined, type Quadratic } from './program.js';

const minus = rational(-1n);
const half = rational(1n, 2n);

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
export const opposite = (q: Quadratic): Quadratic => combined([minus, q]);

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

/** The descent inequality and that of convexity of a function, between all of its points, or between some pairs of them. */
export function classInequalities(
  space: GramSpace,
  { name, smooth, convex, points }: KnownFunction,
  isWanted: (from: string, to: string) => boolean = () => true,
): ClassInequality[] {
  return pairs(points).flatMap(([from, to]) => {
    if (!isWanted(from, to)) return [];
    const [start, end] = [points[from]!, points[to]!];
    if (start.gradient === undefined) return [];
    const way = plus(end.at, start.at, minus);
    const rise = combined(
      [one, space.values(end.value)],
      [minus, space.values(start.value)],
      [minus, space.inner(start.gradient, way)],
    );
    const one_ = (kind: 'descent' | 'convexity', slack: Quadratic): ClassInequality => ({
      name: `${kind} of ${name} from ${from} to ${to}`,
      slack,
      sumOf: [{ kind, of: name, from, to }],
    });
    return [
      ...(smooth ? [one_('descent', combined([half, space.squared(way)], [minus, rise]))] : []),
      ...(convex ? [one_('convexity', rise)] : []),
    ];
  });
}

/**
 * All interpolation inequalities of a class of functions with L = 1 (Taylor, Hendrickx and Glineur 2017; Drori and Teboulle 2014). Each of them is the sum of two
 * inequalities at a further point z, which certificates know; F is −f.
 */
export class Interpolation {
  readonly inequalities: ClassInequality[] = [];
  /** The points z, each with a value of its own. */
  readonly further: Record<string, Point> = {};

  constructor(
    private readonly space: GramSpace,
    private readonly convex: boolean,
    private readonly name = 'f',
  ) {}

  /** Adds the inequalities between all of the points, or between some pairs of them. */
  between(points: Readonly<Record<string, Point>>, isWanted: (from: string, to: string) => boolean = () => true): void {
    const { convex, name } = this;
    for (const [from, to] of pairs(points)) {
      if (!isWanted(from, to)) continue;
      const [start, end] = [points[from]!, points[to]!];
      const change = plus(end.gradient!, start.gradient!, minus);
      const way = plus(end.at, start.at, minus);
      const z = plus(end.at, convex ? change : plus(change, way), convex ? minus : half.neg());
      this.through(`interpolation of ${name} from ${from} to ${to}`, z, (point, value) => ({
        slack: withoutValue(
          combined([one, this.model(end, z, half)], [minus, value]),
          combined([one, value], [minus, this.model(start, z, convex ? zero : half.neg())]),
        ),
        sumOf: [
          convex ? { kind: 'convexity', of: name, from, to: point } : { kind: 'descent', of: 'F', from, to: point },
          { kind: 'descent', of: name, from: to, to: point },
        ],
      }));
    }
  }

  /** Adds that a gradient step from the point does not fall below f*. */
  infimumBelow(name: string, point: Point): void {
    const z = plus(point.at, point.gradient!, minus);
    this.through(`infimum below ${name}`, z, (to, value) => ({
      slack: withoutValue(
        combined([one, this.model(point, z, half)], [minus, value]),
        combined([one, value], [minus, this.space.values({ 'f*': one })]),
      ),
      sumOf: [
        { kind: 'descent', of: 'f', from: name, to },
        { kind: 'fact', name: `f* is below f(${to})` },
      ],
    }));
  }

  /** A point z with a value of its own, and the sum of inequalities there, from which that value falls out. */
  private through(
    name: string,
    z: Coordinates,
    sumAt: (point: string, value: Quadratic) => Omit<ClassInequality, 'name'>,
  ): void {
    const k = subscript(this.inequalities.length + 1);
    this.further[`z${k}`] = { at: z, value: { [`v${k}`]: one } };
    this.inequalities.push({ name, ...sumAt(`z${k}`, this.space.values({ [`v${k}`]: one })) });
  }

  /** f(from) + ⟨∇f(from), z − from⟩ + (quadratic)‖z − from‖². */
  private model({ at: from, gradient, value }: Point, z: Coordinates, quadratic: Rational): Quadratic {
    const way = plus(z, from, minus);
    return combined(
      [one, this.space.values(value)],
      [one, this.space.inner(gradient!, way)],
      [quadratic, this.space.squared(way)],
    );
  }
}

/** The sum of two slacks, from which the value at the point between falls out. */
function withoutValue(a: Quadratic, b: Quadratic): Quadratic {
  const { values, gram } = combined([one, a], [one, b]);
  return { values: Object.fromEntries(Object.entries(values).filter(([, value]) => !value.equals(zero))), gram };
}

const digits = '₀₁₂₃₄₅₆₇₈₉';
export const subscript = (k: number): string => [...String(k)].map((digit) => digits[Number(digit)]).join('');

/** Every ordered pair of different points. */
function pairs(points: Readonly<Record<string, unknown>>): (readonly [from: string, to: string])[] {
  const names = Object.keys(points);
  return names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
}

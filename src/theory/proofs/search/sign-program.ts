import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { type Coordinates, GramSpace, opposite, plus } from './inequalities.js';
import { combined, type Program, type Quadratic, type Unknown } from './program.js';

const minus = rational(-1n);

/** The signs of ĝ. */
const signs = [
  ['1', one],
  ['0', zero],
  ['−1', minus],
] as const;

/**
 * A coordinate of the gradient N ≥ 0, its standard deviation v > 0 and its noise e = ĝ − N, where ĝ = sk has the sign s: in expectation it loses N − E(N + u)s ≤ κv. For
 * every sign s, with vectors of its own whose products of two stand for products of numbers,
 *
 *     v((N + u)s − N + κv) = A(v² − e²) + (αv + βN + …)e + products of two numbers ≥ 0 + squares
 *
 * with the same A ≥ 0, α, β, … for all of them.
 *
 * @param ε the prox changes ∇r_i by u ≤ εN in the direction of the sign, and w = εN − u; 0 without a prox
 * @param small whether N ≤ v is known, and z = v − N
 */
export function signProgram(ε: Rational, small = false): Program {
  const prox = !ε.equals(zero);
  const numbers = ['N', 'v', 'k', ...(prox ? ['u'] : [])];
  const further: Readonly<Record<string, Readonly<Record<string, Rational>>>> = {
    w: { N: ε, u: minus },
    z: { v: one, N: minus },
  };
  /** k = |ĝ| is there where ĝ is not 0. */
  const numbersAt = (names: readonly string[], value: Rational) =>
    names.filter((name) => name !== 'k' || !value.equals(zero));
  const at = (s: string, name: string) => `${s}: ${name}`;
  const space = new GramSpace(signs.flatMap(([s, value]) => numbersAt(numbers, value).map((name) => at(s, name))));
  const vector = (s: string, name: string): Coordinates =>
    space.vector(
      Object.fromEntries(
        Object.entries(further[name] ?? { [name]: one }).map(([part, factor]) => [at(s, part), factor]),
      ),
    );
  const noise = (s: string, value: Rational): Coordinates =>
    plus(space.vector({ [at(s, 'k')]: value }), vector(s, 'N'), minus);
  const sumOf = (of: (s: string, value: Rational) => Quadratic): Quadratic =>
    combined(...signs.map(([s, value]) => [one, of(s, value)] as const));
  const inner = (s: string, a: string, b: string) => space.inner(vector(s, a), vector(s, b));
  const products = signs.flatMap(([s, value]) => {
    const names = numbersAt([...numbers, ...(small ? ['z'] : []), ...(prox ? ['w'] : [])], value);
    return names.flatMap((a, i) =>
      names.slice(i + 1).map((b): Unknown => ({ name: at(s, a + b), times: opposite(inner(s, a, b)) })),
    );
  });
  return {
    basis: space.basis,
    constant: sumOf((s, value) =>
      combined([value.sub(one), inner(s, 'N', 'v')], ...(prox ? [[value, inner(s, 'u', 'v')] as const] : [])),
    ),
    unknowns: [
      { name: 'κ', times: sumOf((s) => inner(s, 'v', 'v')) },
      {
        name: 'variance',
        times: sumOf((s, value) => combined([minus, inner(s, 'v', 'v')], [one, space.squared(noise(s, value))])),
      },
      ...['v', 'N', ...(prox ? ['u'] : [])].map((name) => ({
        name: `mean with ${name}`,
        times: opposite(sumOf((s, value) => space.inner(vector(s, name), noise(s, value)))),
        free: true as const,
      })),
      ...products,
    ],
    conditions: [],
  };
}

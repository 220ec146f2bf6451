import test from 'ava';
import fc from 'fast-check';
import { latticeLeft } from './lattice.js';
import type { SignLaw } from './sign-law.js';

test('mass that the lattice drops or has in doubt widens the interval', (t) => {
  const walk = { term: (j: number) => Math.abs(j), termError: 0 };
  const fair: SignLaw = { positive: 0.5, negative: 0.5, tie: 0, uncertain: 0 };
  const [low, high] = latticeLeft({ ...walk, law: () => fair }, 3, 'zero');
  // E|S_0| + E|S_1| + E|S_2| = 0 + 1 + 1.
  t.true(low <= 2 / 3 && 2 / 3 <= high && high - low < 1e-14);
  const doubtful = latticeLeft({ ...walk, law: () => ({ ...fair, uncertain: 0.01 }) }, 3, 'zero');
  t.true(doubtful[1] - doubtful[0] > 0.02);
  const rounded = latticeLeft({ ...walk, termError: 0.01, law: () => fair }, 3, 'zero');
  t.true(rounded[0] <= low - 0.0099 && rounded[1] >= high + 0.0099, 'errors of the terms');
  // A step of probability 2⁻¹¹⁰ leaves less mass than is followed: dropped, and accounted for.
  const rare: SignLaw = { positive: 2 ** -110, negative: 1 - 2 ** -110, tie: 0, uncertain: 0 };
  const dropped = latticeLeft({ ...walk, law: () => rare }, 4, 'zero');
  t.true(dropped[0] <= 1.5 && dropped[1] >= 1.5);
});

/** (1/T) Σ_t E term(X_{t−1}) by following every point: the recursion as it is defined. */
function plainChain(term: (j: number) => number, law: (j: number) => SignLaw, iterations: number): number {
  let mass = new Map([[0, 1]]);
  let total = 0;
  for (let t = 1; t <= iterations; t++) {
    const next = new Map<number, number>();
    for (const [j, here] of mass) {
      total += here * term(j);
      const { positive, negative, tie } = law(j);
      for (const [to, share] of [
        [j - 1, positive],
        [j, tie],
        [j + 1, negative],
      ] as const) {
        next.set(to, (next.get(to) ?? 0) + here * share);
      }
    }
    mass = next;
  }
  return total / iterations;
}

test('the window encloses the recursion over all points, and reports the dropped mass', (t) => {
  const weights = fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }))
    .filter(([a, b, c]) => a + b + c > 0);
  let widest = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 14 }),
      fc.array(weights, { minLength: 29, maxLength: 29 }),
      fc.constantFrom(0, 2 ** -100, 2 ** -6),
      (iterations, drawn, negligible) => {
        const law = (j: number): SignLaw => {
          const [a, b, c] = drawn[j + 14]!;
          const sum = a + b + c;
          return { positive: a / sum, negative: b / sum, tie: c / sum, uncertain: 0 };
        };
        const term = (j: number) => 1 + ((j * j) % 7);
        const plain = plainChain(term, law, iterations);
        const [low, high] = latticeLeft({ term, termError: 0, law }, iterations, 'zero', negligible);
        if (negligible < 1e-9 && high - low > 1e-12) return false;
        widest = Math.max(widest, high - low);
        return low <= plain && plain <= high;
      },
    ),
    { numRuns: 300 },
  );
  t.true(widest > 2 ** -6, 'the large threshold drops something');
});

test('a long chain stays in its window: few laws are computed, each once', (t) => {
  const iterations = 2000;
  const asked = new Map<number, number>();
  const drift = (j: number): SignLaw => {
    asked.set(j, (asked.get(j) ?? 0) + 1);
    const positive = j > 40 ? 0.9 : 0.1;
    return { positive, negative: 1 - positive, tie: 0, uncertain: 0 };
  };
  const walk = { term: (j: number) => Math.abs(j), termError: 0, law: drift };
  const window = latticeLeft(walk, iterations, 'zero');
  const visited = asked.size;
  t.true(visited < 400, `${visited} points`);
  t.true([...asked.values()].every((times) => times === 1));
  const all = latticeLeft(walk, iterations, 'zero', 0);
  t.true(window[0] <= all[1] && all[0] <= window[1] && window[1] - window[0] < 1e-9);
});

test('a doubt is counted at whichever steps it arises', (t) => {
  const fair: SignLaw = { positive: 0.5, negative: 0.5, tie: 0, uncertain: 0 };
  const doubt = 2 ** -6;
  for (const parity of [0, 1]) {
    for (const T of [2, 3, 4, 5, 8, 9]) {
      const doubtful = { ...fair, uncertain: doubt };
      const law = (j: number): SignLaw => (Math.abs(j) % 2 === parity ? doubtful : fair);
      const [low, high] = latticeLeft({ term: (j) => Math.abs(j), termError: 0, law }, T, 'zero');
      // From 0 the walk is at points of the parity of t: of the T − 1 steps those from such points are in doubt, each by the mass times |G| at most T − 1.
      const steps = Array.from({ length: T - 1 }, (_, t0) => t0 % 2 === parity).filter(Boolean).length;
      const expected = 2 * steps * doubt * (T - 1);
      t.true(high - low >= Math.min(expected, high) - 1e-12, `${parity}, T = ${T}: ${high - low} for ${expected}`);
    }
  }
});

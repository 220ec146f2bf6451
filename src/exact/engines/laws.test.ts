import test from 'ava';
import fc from 'fast-check';
import { atMost, binomialLaw, lawError } from '../arithmetic/binomial-law.js';
import { multinomialLaw, outcomeCount, power } from '../arithmetic/multinomial.js';
import { fromDouble, one, rational, sum, toDouble, zero } from '../arithmetic/rational.js';
import { probabilities, q, sequences } from '../exact-instances.test.helper.js';
import { type SignLaw, signLaws } from './sign-law.js';

test('a certain outcome has all the mass of its binomial law', (t) => {
  for (const [p, count] of [
    [zero, 0n],
    [one, 7n],
  ] as const) {
    const law = binomialLaw(7, p);
    const counts = Array.from({ length: 8 }, (_, k) => atMost(law, BigInt(k)) / law.total);
    t.deepEqual(
      counts,
      counts.map((_, k) => (BigInt(k) >= count ? 1n : 0n)),
    );
  }
});

test('the multinomial law is that of independent draws', (t) => {
  for (const [components, batch] of [
    [1, 3],
    [2, 4],
    [3, 3],
  ] as const) {
    fc.assert(
      fc.property(probabilities(components), (theta) => {
        const law = multinomialLaw(theta, batch);
        return law.every(({ counts, probability }) => {
          const same = sequences(theta, batch).filter(({ indices }) =>
            counts.every((count, k) => indices.filter((index) => index === k).length === count),
          );
          return probability.equals(sum(same.map((entry) => entry.probability)));
        });
      }),
      { numRuns: 20 },
    );
    t.is(
      multinomialLaw(Array(components).fill(rational(1n, BigInt(components))), batch).length,
      outcomeCount(components, batch),
    );
  }
  t.is(outcomeCount(3, 4), 15);
  const certain = multinomialLaw([one, zero], 2);
  t.deepEqual(certain, [{ counts: [2, 0], probability: one }]);
  t.deepEqual(
    multinomialLaw([zero, one], 2).map(({ counts }) => counts),
    [[0, 2]],
  );
  t.is(power(q('-2/3'), 3).toFraction(), '-8/27');
});

test('the binomial law in fixed point is the exact one up to its error', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 32 }), (trials, sixteenths) => {
      const p = rational(BigInt(sixteenths), 32n);
      const law = binomialLaw(trials, p);
      let exact = zero;
      for (const { counts, probability } of multinomialLaw([p, one.sub(p)], trials).sort(
        (a, b) => a.counts[0]! - b.counts[0]!,
      )) {
        exact = exact.add(probability);
        const computed = rational(atMost(law, BigInt(counts[0]!)), law.total);
        if (
          computed
            .sub(exact)
            .abs()
            .gt(fromDouble(lawError(trials)))
        )
          return false;
      }
      return atMost(law, -1n) === 0n && atMost(law, BigInt(trials)) === law.total;
    }),
    { numRuns: 60 },
  );
  // Where the window ends long before the last outcome.
  const rare = binomialLaw(4096, rational(1n, 2n ** 20n));
  t.true(rare.cumulative.length < 60);
  t.is(atMost(rare, 4000n), rare.total);
});

test('the law of the sign of a linear form of counts is that of all outcomes', (t) => {
  const entry = fc.integer({ min: -6, max: 6 }).map((n) => rational(BigInt(n), 3n));
  for (const components of [1, 2, 3, 4]) {
    fc.assert(
      fc.property(
        probabilities(components),
        fc.array(entry, { minLength: components, maxLength: components }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(zero, q('1/5'), q('1')),
        (theta, values, batch, tolerance) => {
          const law = signLaws(theta, batch, 100)!({ values, tolerance });
          const expected = { positive: 0, negative: 0, tie: 0, uncertain: 0 };
          for (const { counts, probability } of multinomialLaw(theta, batch)) {
            const form = sum(values.map((value, k) => value.mul(rational(BigInt(counts[k]!)))));
            const mass = toDouble(probability);
            expected[form.n === 0n ? 'tie' : form.s > 0n ? 'positive' : 'negative'] += mass;
            const near = form.abs().lte(tolerance.mul(rational(BigInt(batch))));
            if (near && tolerance.n > 0n) expected.uncertain += mass;
          }
          // Truncations of the law are below what a double shows, but they are accounted for.
          if (components > 1 && law.uncertain < components * lawError(batch)) return false;
          return (Object.keys(expected) as (keyof SignLaw)[]).every(
            (name) => Math.abs(law[name] - expected[name]) < 1e-14,
          );
        },
      ),
      { numRuns: 100 },
    );
  }
  t.is(signLaws([q('1/4'), q('1/4'), q('1/2')], 100, 50), undefined);
});

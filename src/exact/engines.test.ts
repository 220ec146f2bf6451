import test from 'ava';
import fc from 'fast-check';
import { type SignOfZero, signProxIteration, spgmIteration } from './algorithms.js';
import { atMost, binomialLaw, lawError } from './binomial-law.js';
import {
  coordinateInfimum,
  coordinateLipschitz,
  coordinateVariance,
  lowerConstants,
  squareRootBelow,
} from './constants.js';
import { enumerateLeft, type MappingNorm, normOfMapping } from './enumeration.js';
import { NotRationalError, whereRational } from './errors.js';
import { latticeLeft } from './lattice.js';
import { momentsSteps } from './moments.js';
import { multinomialLaw, outcomeCount, power } from './multinomial.js';
import type { Specification } from './parameters.js';
import {
  fromDouble,
  isAtMost,
  one,
  parseRational,
  type Quotient,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
  two,
  zero,
} from './rational.js';
import { atStep, batchWeights, componentMappings, rationalProblem } from './rational-problem.js';
import { type SignLaw, signLaws } from './sign-law.js';
import { sine } from './sine.js';
import { finish } from './steps.js';

const q = parseRational;
const linear = (coefficient: number): Specification => ({ type: 'linear', coefficients: [coefficient, coefficient] });
const quadratic = (curvature: number, center = 0): Specification => ({ type: 'quadratic', curvature, center });

/** θ in sixteenths. */
const probabilities = (components: number) =>
  fc
    .array(fc.integer({ min: 1, max: 6 }), { minLength: components, maxLength: components })
    .map((weights) => weights.map((weight) => rational(BigInt(weight), BigInt(weights.reduce((a, b) => a + b)))));

/** Every sequence of B components with its probability: the definition that counts abbreviate. */
function sequences(theta: readonly Rational[], batch: number): { indices: number[]; probability: Rational }[] {
  let all = [{ indices: [] as number[], probability: one }];
  for (let b = 0; b < batch; b++) {
    all = all.flatMap(({ indices, probability }) =>
      theta.map((weight, k) => ({ indices: [...indices, k], probability: probability.mul(weight) })),
    );
  }
  return all;
}

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

test('the binomial law in fixed point is the exact one to within its error', (t) => {
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

test('enumeration with merged paths is the sum over all sequences of mini-batches', (t) => {
  const problem = rationalProblem(
    {
      smooth: { type: 'huber', weight: 1, threshold: 0.5 },
      functions: [
        { type: 'translated', shift: [0.5, 0.25], inner: { type: 'huber', weight: 1, threshold: 0.25 } },
        { type: 'linear', coefficients: [-0.25, 0.5] },
      ],
      probabilities: [0.25, 0.75],
    },
    2,
  );
  const exact = atStep(problem, q('1/4'));
  const start = [q('1/2'), q('0')];
  const [iterations, miniBatch] = [3, 2];
  for (const [norm, iteration] of [
    ['l2-squared', spgmIteration],
    ['l1', signProxIteration('residual')],
  ] as const) {
    for (const signOfZero of ['zero', 'positive', 'negative', 'random'] as const) {
      let total = zero;
      const walk = (x: readonly Rational[], t: number, probability: Rational): void => {
        total = total.add(probability.mul(normOfMapping(exact, x, norm)));
        if (t === iterations) return;
        for (const draw of sequences(problem.probabilities, miniBatch)) {
          for (const successor of iteration(exact, batchWeights(draw.indices, 2), x, signOfZero)) {
            const share = rational(1n, 2n ** BigInt(successor.halvings));
            walk(successor.x, t + 1, probability.mul(draw.probability).mul(share));
          }
        }
      };
      walk(start, 1, one);
      const left = enumerateLeft({ problem: exact, start, iterations, miniBatch, iteration, norm, signOfZero });
      t.true(rational(left.n, left.d).equals(total.div(rational(BigInt(iterations)))), `${norm}, ${signOfZero}`);
    }
  }
});

test('too large enumerations are refused, not begun', (t) => {
  const refused = (
    functions: Specification[],
    iterations: number,
    miniBatch: number,
    smooth: Specification = quadratic(1),
  ) => {
    const theta = functions.map(() => 1 / functions.length);
    const problem = atStep(rationalProblem({ smooth, functions, probabilities: theta }, 1), fromDouble(0.3));
    const start = [fromDouble(0.7)];
    const shared = {
      problem,
      start,
      iterations,
      miniBatch,
      norm: 'l2-squared' as MappingNorm,
      signOfZero: 'zero' as const,
    };
    return t.throws(() => enumerateLeft({ ...shared, iteration: spgmIteration }), { instanceOf: NotRationalError })!
      .message;
  };
  t.regex(
    refused([linear(1), linear(-1), linear(2), linear(0)], 4, 80),
    /\d+ outcomes of a mini-batch in each of 3 steps$/,
  );
  t.regex(refused([linear(1), linear(-1)], 64, 1), /4 points after 2 of 63 steps, no two paths have met$/);
  const grows = { type: 'geman-mcclure', weight: 1, scale: 1 };
  t.regex(refused([linear(1), linear(-1)], 9, 1, grows), /numerators and denominators grow too long$/);
  // With d = 0 the paths of linear functions meet, but with 33 outcomes a step there are too many points.
  t.regex(refused([linear(1), linear(-1)], 64, 32, { type: 'zero' }), /points after \d+ of 63 steps, 33 outcomes/);
});

/** signProx on one coordinate, by both ways. */
function bothWays(
  functions: Specification[],
  theta: number[],
  start: string,
  iterations: number,
  signOfZero: SignOfZero,
) {
  const problem = atStep(rationalProblem({ smooth: quadratic(1), functions, probabilities: theta }, 1), q('1/4'));
  const x0 = q(start);
  const left = enumerateLeft({
    ...{ problem, start: [x0], iterations, miniBatch: 4, iteration: signProxIteration('residual') },
    ...{ norm: 'l1', signOfZero },
  });
  const laws = signLaws(problem.problem.probabilities, 4, 100)!;
  const mappings = (j: number) =>
    componentMappings(problem.coordinates[0]!, problem.step, x0.add(problem.step.mul(rational(BigInt(j)))));
  const coordinate = {
    term: (j: number) => Math.abs(toDouble(sum(mappings(j).map((h, k) => problem.problem.probabilities[k]!.mul(h))))),
    termError: 2 ** -50,
    law: (j: number) => laws({ values: mappings(j), tolerance: zero }),
  };
  return { left: toDouble(left), coordinate, lattice: latticeLeft(coordinate, iterations, signOfZero) };
}

test('the lattice encloses the enumerated left side, ties under every convention', (t) => {
  const conventions = ['zero', 'positive', 'negative', 'random'] as const;
  for (const signOfZero of conventions) {
    for (const [functions, theta, start] of [
      [[linear(0.5), linear(-0.5)], [0.5, 0.5], '0'],
      [[quadratic(1, 1), quadratic(1, -0.5), quadratic(1)], [0.25, 0.25, 0.5], '3/4'],
    ] as const) {
      const { left, lattice } = bothWays([...functions], [...theta], start, 7, signOfZero);
      t.true(lattice[0] <= left && left <= lattice[1], `${signOfZero}: ${left} in [${lattice}]`);
      t.true(lattice[1] - lattice[0] < 1e-12);
    }
  }
});

test('a lattice with a wrong law, step or term is outside of the enumeration', (t) => {
  const { left, coordinate } = bothWays([linear(0.5), linear(-0.5)], [0.5, 0.5], '0', 7, 'zero');
  const { term, law } = coordinate;
  const mutants = {
    'ties moved': {
      ...coordinate,
      law: (j: number) => ({ ...law(j), positive: law(j).positive + law(j).tie, tie: 0 }),
    },
    'signs exchanged': {
      ...coordinate,
      law: (j: number) => ({ ...law(j), positive: law(j).negative, negative: law(j).positive }),
    },
    'law of the start everywhere': { ...coordinate, law: () => law(0) },
    'term of the neighbour': { ...coordinate, term: (j: number) => term(j + 1) },
  };
  for (const [name, mutant] of Object.entries(mutants)) {
    const [low, high] = latticeLeft(mutant, 7, 'zero');
    t.false(low <= left && left <= high, name);
  }
});

test('what the lattice drops or doubts widens the interval', (t) => {
  const walk = { term: (j: number) => Math.abs(j), termError: 0 };
  const fair: SignLaw = { positive: 0.5, negative: 0.5, tie: 0, uncertain: 0 };
  const [low, high] = latticeLeft({ ...walk, law: () => fair }, 3, 'zero');
  // E|S_0| + E|S_1| + E|S_2| = 0 + 1 + 1.
  t.true(low <= 2 / 3 && 2 / 3 <= high && high - low < 1e-14);
  const doubtful = latticeLeft({ ...walk, law: () => ({ ...fair, uncertain: 0.01 }) }, 3, 'zero');
  t.true(doubtful[1] - doubtful[0] > 0.02);
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

test('the window encloses the recursion over all points, and says what it drops', (t) => {
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

test('a long chain keeps to its window: each law is asked for once, and few of them', (t) => {
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

/** The exact left side by second moments. */
function momentsLeft(...given: Parameters<typeof momentsSteps>): Quotient {
  const [lower, upper] = finish(momentsSteps(...given));
  if (lower !== upper) throw new Error('the left side is enclosed only');
  return lower;
}

test('moments are the enumerated left side, for any mini-batch', (t) => {
  const instances = [
    { smooth: quadratic(2), functions: [quadratic(2, 0.5), quadratic(2, -0.5)], probabilities: [0.5, 0.5] },
    {
      smooth: quadratic(-0.5, 1),
      functions: [linear(-1), linear(3), { type: 'zero' }],
      probabilities: [0.5, 0.25, 0.25],
    },
    { smooth: { type: 'zero' }, functions: [quadratic(1, 1), quadratic(9)], probabilities: [1, 0] },
  ];
  for (const instance of instances) {
    const problem = atStep(rationalProblem(instance, 2), q('1/3'));
    const start = [q('1'), q('-2/5')];
    for (const miniBatch of [1, 3]) {
      const enumerated = enumerateLeft({
        ...{
          problem,
          start,
          iterations: 4,
          miniBatch,
          iteration: spgmIteration,
          norm: 'l2-squared',
          signOfZero: 'zero',
        },
      });
      const moments = momentsLeft(problem, start, 4, miniBatch);
      t.is(moments.n * enumerated.d, enumerated.n * moments.d);
      const wrong = momentsLeft(problem, start, 4, miniBatch + 1);
      if (instance.probabilities[0] !== 1)
        t.not(wrong.n * enumerated.d, enumerated.n * wrong.d, 'a wrong mini-batch shows');
    }
  }
});

test('sin x to many digits: the double nearest by, and the triple angle', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -21 * 2 ** 20, max: 21 * 2 ** 20 }), (numerator) => {
      const x = rational(BigInt(numerator), 2n ** 20n);
      const s = sine(x, 256);
      const double = Math.sin(numerator / 2 ** 20);
      const cubed = s.mul(square(s));
      const three = rational(3n);
      const difference = three
        .mul(s)
        .sub(rational(4n).mul(cubed))
        .sub(sine(three.mul(x), 256))
        .abs();
      return Math.abs(toDouble(s) - double) <= 2 ** -50 && difference.lt(rational(1n, 2n ** 250n));
    }),
    { numRuns: 100 },
  );
  t.true(sine(zero, 64).equals(zero));
  t.throws(() => sine(rational(-65n), 64), { name: 'RangeError', message: /≤ 64, got -65/ });
});

test('long sums of moments are enclosed, within the closed form of the geometric sum', (t) => {
  const theta = [0.25, 0.75];
  const problem = atStep(
    rationalProblem(
      { smooth: quadratic(0.75), functions: [quadratic(1, 0.5), quadratic(1, -0.25)], probabilities: theta },
      1,
    ),
    fromDouble(0.1),
  );
  const [x, iterations] = [fromDouble(0.3), 1300];
  // In rationals: G is affine of slope g; E[G(x⁺)²] = cE[G(x)²] + v with c = (1 − γg)² and v = (γg)²s².
  const at = (point: Rational): Rational[] => componentMappings(problem.coordinates[0]!, problem.step, point);
  const mean = (values: readonly Rational[]): Rational =>
    sum(values.map((value, k) => fromDouble(theta[k]!).mul(value)));
  const mapping = mean(at(x));
  const moved = problem.step.mul(mean(at(x.add(one))).sub(mapping));
  const c = square(one.sub(moved));
  const v = square(moved).mul(mean(at(x).map((value) => square(value.sub(mapping)))));
  // limit + (E[G(x⁰)²] − limit)(1 − c^T)/((1 − c)T), not reduced: the common divisors of c^T take minutes.
  const limit = v.div(one.sub(c));
  const start = square(mapping).sub(limit);
  const geometric = {
    n: c.d ** BigInt(iterations) - c.n ** BigInt(iterations),
    d: c.d ** BigInt(iterations - 1) * (c.d - c.n) * BigInt(iterations),
  };
  const expected: Quotient = {
    s: 1n,
    n: limit.n * start.d * geometric.d + limit.d * start.s * start.n * geometric.n,
    d: limit.d * start.d * geometric.d,
  };
  const [lower, upper] = finish(momentsSteps(problem, [x], iterations, 1));
  t.not(lower, upper, 'enclosed, not exact');
  t.true(isAtMost(lower, expected) && isAtMost(expected, upper));
  const width = { s: 1n, n: upper.n * lower.d - lower.n * upper.d, d: upper.d * lower.d };
  t.true(width.n > 0n && isAtMost({ ...width, n: width.n << 200n }, expected));
  const [, wrong] = finish(momentsSteps(problem, [x], iterations, 2));
  t.true(isAtMost(wrong, expected), 'half of the variance shows');
});

test('moments refuse what is not affine', (t) => {
  const left = (smooth: Specification, functions: Specification[]) =>
    momentsLeft(atStep(rationalProblem({ smooth, functions, probabilities: [0.5, 0.5] }, 1), one), [one], 4, 1);
  t.throws(() => left(quadratic(1), [{ type: 'l1', weight: 1 }, linear(1)]), {
    message: /not every part is a quadratic/,
  });
  t.throws(() => left(quadratic(1), [linear(1), { type: 'nonnegative' }]), {
    message: /not every part is a quadratic/,
  });
  t.throws(() => left({ type: 'huber', weight: 1, threshold: 1 }, [linear(1), linear(0)]), {
    message: /not every part/,
  });
  t.throws(() => left({ type: 'geman-mcclure', weight: 1, scale: 1 }, [linear(1), linear(0)]), {
    message: /not every part/,
  });
  t.throws(() => left(quadratic(1), [quadratic(1), quadratic(2)]), { message: /common curvature/ });
});

/** One coordinate at a step, for constants. */
const single = (
  smooth: Specification,
  functions: Specification[],
  step: Rational,
  theta = functions.map(() => 1 / functions.length),
) => atStep(rationalProblem({ smooth, functions, probabilities: theta }, 1), step);
const huberAt = (shift: number, weight: number, threshold: number): Specification => ({
  ...{ type: 'translated', shift: [shift], inner: { type: 'huber', weight, threshold } },
});

test('Lipschitz constants, and functions that have none', (t) => {
  const { problem } = single({ type: 'geman-mcclure', weight: 1, scale: 1 }, [huberAt(1, 1.5, 1), linear(1)], one);
  t.deepEqual(coordinateLipschitz(problem).map(toDouble), [2]);
  const smoothed = single({ type: 'zero' }, [huberAt(1, 1.5, 1), quadratic(3)], one);
  t.deepEqual(coordinateLipschitz(smoothed.problem).map(toDouble), [3]);
  for (const bad of [
    { type: 'l1', weight: 1 },
    { type: 'nonnegative' },
    { type: 'box', lower: '-Infinity', upper: 0 },
  ]) {
    t.throws(() => coordinateLipschitz(single({ type: 'zero' }, [bad], one).problem), { message: /differentiable/ });
  }
});

test('the variance is the largest over all x, and is refused where it has no bound', (t) => {
  const mixed = single(quadratic(0.5), [huberAt(1, 1, 1), huberAt(-2, 0.5, 2)], q('1/4'), [0.625, 0.375]);
  const sigma2 = coordinateVariance(mixed, 0, zero);
  const varianceAt = (x: Rational) => {
    const values = componentMappings(mixed.coordinates[0]!, mixed.step, x);
    const center = sum(values.map((value, k) => mixed.problem.probabilities[k]!.mul(value)));
    return sum(values.map((value, k) => mixed.problem.probabilities[k]!.mul(square(value.sub(center)))));
  };
  let largest = zero;
  for (let j = -400; j <= 400; j++) {
    const here = varianceAt(rational(BigInt(j), 40n));
    t.true(here.lte(sigma2));
    if (here.gt(largest)) largest = here;
  }
  t.true(largest.gt(sigma2.mul(q('99/100'))), 'nearly attained on a grid');
  const additive = single(quadratic(1), [linear(1), linear(-3)], q('1/4'), [0.75, 0.25]);
  t.is(coordinateVariance(additive, 0, one).toFraction(), '3');
  const curvatures = single(quadratic(1), [quadratic(1), quadratic(2)], q('1/4'));
  t.throws(() => coordinateVariance(curvatures, 0, one), { message: /not uniformly bounded/ });
  // γL = 1: y = x − γ∇d(x) is the centre of d whatever x is, and only there is the variance taken.
  const still = single(quadratic(1), [huberAt(0, 1, 1), linear(0)], one);
  t.is(coordinateVariance(still, 0, q('5')).toFraction(), '0');
});

test('the infimum is exact for piecewise quadratics and an upper end otherwise', (t) => {
  // ½x² + |x − 3| regularised by nothing: minimum 5/2 at x = 1.
  const kinked = single(quadratic(1), [{ type: 'translated', shift: [3], inner: { type: 'l1', weight: 1 } }], one);
  t.deepEqual({ ...coordinateInfimum(kinked, 0, zero) }, { upper: q('5/2'), exact: true });
  const bounded = single(
    { type: 'zero' },
    [{ type: 'tilted', slope: [-1], inner: { type: 'box', lower: -2, upper: 3 } }],
    one,
  );
  t.is(coordinateInfimum(bounded, 0, zero).upper.toFraction(), '-3');
  const flat = single({ type: 'zero' }, [{ type: 'zero' }], one);
  t.is(coordinateInfimum(flat, 0, one).upper.toFraction(), '0');
  // −½x² inside a box: concave, least at the end that is farther from 0.
  const concave = single(quadratic(-1), [{ type: 'box', lower: -2, upper: 3 }], q('1/2'));
  t.is(coordinateInfimum(concave, 0, zero).upper.toFraction(), '-9/2');
  for (const [smooth, component] of [
    [{ type: 'zero' }, linear(1)],
    [{ type: 'zero' }, linear(-1)],
    [quadratic(-1), { type: 'zero' }],
    [quadratic(-1), { type: 'nonnegative' }],
  ] as const) {
    t.throws(() => coordinateInfimum(single(smooth, [component], q('1/2')), 0, zero), { message: /unbounded below/ });
  }
  // x²/(1 + x²) + ½(x − 2)²: the descent ends within rounding of the least value on a fine grid.
  const rugged = single({ type: 'geman-mcclure', weight: 1, scale: 1 }, [quadratic(1, 2)], q('1/2'));
  const { upper, exact } = coordinateInfimum(rugged, 0, one);
  t.false(exact);
  let least = Number.POSITIVE_INFINITY;
  for (let x = -1; x < 3; x += 1e-3) least = Math.min(least, (x * x) / (1 + x * x) + (x - 2) ** 2 / 2);
  t.true(Math.abs(toDouble(upper) - least) < 1e-5, `${toDouble(upper)} against ${least}`);
  const constants = lowerConstants(rugged, [one]);
  t.false(constants.exact);
  t.is(constants.gap.toFraction(), one.sub(upper).toFraction());
});

test('roots are exact for squares and lower ends otherwise', (t) => {
  t.is(squareRootBelow(q('9/16')).toFraction(), '3/4');
  t.is(squareRootBelow(zero).toFraction(), '0');
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
      const value = rational(n, d);
      const root = squareRootBelow(value);
      return square(root).lte(value) && square(root.add(rational(1n, 2n ** 63n))).gt(value);
    }),
  );
});

test('a problem must have probabilities that sum to exactly 1', (t) => {
  const parts = { smooth: quadratic(1), functions: [linear(1), linear(2)] };
  t.throws(() => rationalProblem({ ...parts, probabilities: [1 / 3, 2 / 3] }, 1), { message: /exactly 1/ });
  const outside = single(quadratic(1), [{ type: 'nonnegative' }], one);
  t.is(outside.objective([q('-1')]), undefined);
  t.is(outside.objective([two])!.toFraction(), '2');
});

test('only what is not rational is an answer, every other error is one', (t) => {
  t.is(
    whereRational(() => 1),
    1,
  );
  t.true(
    whereRational(() =>
      atStep(rationalProblem({ smooth: { type: 'cosine' }, functions: [], probabilities: [1] }, 1), one),
    ) instanceof NotRationalError,
  );
  t.throws(() => whereRational(() => rational(1n, 0n)), { instanceOf: RangeError });
});

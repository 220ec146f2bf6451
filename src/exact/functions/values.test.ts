import test from 'ava';
import { parseFunction, registry } from '../../reference/functions/index.js';
import { exponential, logarithm } from '../arithmetic/exponential.js';
import { fromDouble, one, rational, toDouble, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { functionGradient, functionValue, solvedProx, solvedTypes } from './values.js';

const near = (value: number, right: number): boolean => Math.abs(value - right) <= 2 ** -44 * (1 + Math.abs(right));

test('e^x and log x: the nearest doubles, and each is the inverse of the other to many digits', (t) => {
  for (const x of [-40, -1, -0.3, 2 ** -20, 0.7, 1, 5, 33]) {
    const power = exponential(fromDouble(x), 200);
    t.true(near(toDouble(power), Math.exp(x)), `e^${x}`);
    t.true(
      logarithm(power, 100)
        .sub(fromDouble(x))
        .abs()
        .lt(rational(1n, 1n << 90n)),
      `log e^${x}`,
    );
  }
  for (const x of [2 ** -90, 0.3, 1, 1.5, 2, 1000])
    t.true(near(toDouble(logarithm(fromDouble(x), 60)), Math.log(x)), `log ${x}`);
  t.true(exponential(zero, 60).equals(one));
  t.true(logarithm(one, 60).equals(zero));
  t.true(exponential(rational(-500n), 60).equals(zero));
  t.throws(() => exponential(rational(65n), 60), { name: 'RangeError', message: /≤ 64, got 65/ });
  t.throws(() => logarithm(zero, 60), { name: 'RangeError' });
});

/** Points of rational norms, inside and outside of domains. */
const points = [
  [3, 4],
  [-0.75, 1],
  [0.25, 0.75],
  [0, 0],
  [1, 2, -2],
  [0.5, 0.25, 0.25],
  [4, 3, 0],
  [1, 1, -1, 1],
  [2, 0, 0, 1],
  [0.5],
];

test('values and gradients are those of the functions of the suite', (t) => {
  const [told, sloped] = [new Set<string>(), new Set<string>()];
  for (const [type, { definition }] of registry) {
    for (const example of definition.examples) {
      const specification = { type, ...example };
      const target = parseFunction(specification);
      for (const point of points) {
        const u = Float64Array.from(point);
        let expected: number;
        try {
          expected = target.value(u);
        } catch {
          continue;
        }
        const exact = [...u].map(fromDouble);
        const where = `${type} ${JSON.stringify(example)} at ${point}`;
        try {
          const value = functionValue(specification, exact);
          told.add(type);
          t.true(
            value === undefined ? expected === Infinity : near(toDouble(value), expected),
            `${where}: ${expected}`,
          );
          if (target.gradient === undefined || value === undefined) continue;
          const gradient = functionGradient(specification, exact);
          sloped.add(type);
          const right = target.gradient(u);
          t.true(
            gradient.every((entry, i) => near(toDouble(entry), right[i]!)),
            `${where}: ${right}`,
          );
        } catch (error) {
          if (!(error instanceof NotRationalError)) throw error;
        }
      }
    }
  }
  t.deepEqual(
    [...registry.keys()].filter((type) => !told.has(type)),
    ['nuclear-norm', 'rank-ball', 'total-variation-2d'],
  );
  t.true(sloped.size >= 14, [...sloped].join(' '));
});

test('proxes that are solved for are those of the suite', (t) => {
  for (const type of solvedTypes) {
    for (const example of registry.get(type)!.definition.examples) {
      const target = parseFunction({ type, ...example });
      for (const y of [-6, -0.5, 0, 0.25, 3].filter(() => (target.dimension ?? 1) === 1)) {
        for (const step of [0.125, 1, 3]) {
          const [exact] = solvedProx({ type, ...example }, fromDouble(step), [fromDouble(y)]);
          const [right] = target.prox(Float64Array.of(y), step);
          t.true(near(toDouble(exact!), right!), `${type} ${JSON.stringify(example)} at ${y}, γ = ${step}: ${right}`);
        }
      }
    }
  }
});

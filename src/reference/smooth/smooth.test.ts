import test from 'ava';
import { fromDouble, toDouble, two, zero } from '../../exact/arithmetic/rational.js';
import { registry } from '../functions/index.js';
import { keyedStream } from '../sampling/keyed-stream.js';
import { leastSquares, Matrix, parseSmooth, type SmoothFunction, smoothRegistry } from './index.js';

const examples = [...smoothRegistry].flatMap(([type, { definition }]) =>
  definition.examples.map((parameters, index) => ({
    name: `${type} ${index}`,
    specification: { type, ...parameters },
  })),
);

/** Random vectors of the length that d takes, spread over several magnitudes. */
function points(d: SmoothFunction, count: number, key: string): Float64Array[] {
  const random = keyedStream(key);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: d.dimension ?? 3 }, () => (random() - 0.5) * 2 ** (8 * random() - 4)),
  );
}

type Parameters = Record<string, never> & { matrix: { rows: number; columns: number; data: number[] } };

function at(parameter: number | readonly number[], i: number): number {
  return typeof parameter === 'number' ? parameter : parameter[i]!;
}

function product({ rows, columns, data }: Parameters['matrix'], x: Float64Array): number[] {
  return Array.from({ length: rows }, (_, j) => x.reduce((sum, xi, i) => sum + data[j * columns + i]! * xi, 0));
}

const sum = (x: ArrayLike<number>, f: (xi: number, i: number) => number) =>
  Array.from(x).reduce((total, xi, i) => total + f(xi, i), 0);

/** The definitions, written down once more and without any care for rounding. */
const formulas: Record<string, (x: Float64Array, p: Parameters) => number> = {
  zero: () => 0,
  quadratic: (x, p) => sum(x, (xi, i) => 0.5 * at(p['curvature']!, i) * (xi - at(p['center']!, i)) ** 2),
  cosine: (x, p) => sum(x, (xi) => p['weight']! * (1 - Math.cos(xi))),
  'geman-mcclure': (x, p) => sum(x, (xi) => (p['weight']! * xi ** 2) / (p['scale']! ** 2 + xi ** 2)),
  huber: (x, { weight, threshold }) =>
    sum(x, (xi) => {
      const a = Math.abs(xi);
      return a <= threshold! ? (weight! * a * a) / 2 : weight! * threshold! * (a - threshold! / 2);
    }),
  'piecewise-quadratic': (x, { knots, slopes }) => {
    const [k, s] = [knots as readonly number[], slopes as readonly number[]];
    const slope = (u: number) => {
      const j = k.findIndex((knot) => knot > u);
      if (j <= 0) return s.at(j)!;
      return s[j - 1]! + ((s[j]! - s[j - 1]!) * (u - k[j - 1]!)) / (k[j]! - k[j - 1]!);
    };
    // The trapezoidal rule is exact between knots. Its values from the first knot on, less the smallest at a knot.
    const from = (u: number) => {
      const inner = k.filter((knot) => knot > Math.min(u, k[0]!) && knot < Math.max(u, k[0]!));
      const ends = [k[0]!, ...(u < k[0]! ? inner.toReversed() : inner), u];
      return ends.slice(1).reduce((total, to, i) => total + ((slope(ends[i]!) + slope(to)) / 2) * (to - ends[i]!), 0);
    };
    const least = Math.min(...k.map(from));
    return sum(x, (xi) => from(xi) - least);
  },
  'log-cosh': (x, p) => sum(x, (xi) => p['weight']! * p['scale']! ** 2 * Math.log(Math.cosh(xi / p['scale']!))),
  'least-squares': (x, p) => sum(product(p.matrix, x), (v, j) => (v - at(p['target']!, j)) ** 2 / 2),
  'logistic-regression': (x, p) =>
    sum(product(p.matrix, x), (v, j) => Math.log(1 + Math.exp(-at(p['labels']!, j) * v))),
  'phase-retrieval': (x, p) => sum(product(p.matrix, x), (v, j) => (at(p['intensities']!, j) - v * v) ** 2 / 2),
};

for (const { name, specification } of examples) {
  test(`${name}: value is the definition`, (t) => {
    const d = parseSmooth(specification);
    for (const x of points(d, 50, name)) {
      const expected = formulas[specification.type]!(x, specification as unknown as Parameters);
      t.true(Math.abs(d.value(x) - expected) <= 1e-11 * (1 + Math.abs(expected)), `${x}: ${d.value(x)}, ${expected}`);
    }
  });

  test(`${name}: gradient is the derivative of value`, (t) => {
    const d = parseSmooth(specification);
    for (const x of points(d, 50, `${name} gradient`)) {
      const gradient = d.gradient(x);
      for (let i = 0; i < x.length; i++) {
        const h = 2 ** -16 * (1 + Math.abs(x[i]!));
        const [ahead, behind] = [x.slice(), x.slice()];
        ahead[i]! += h;
        behind[i]! -= h;
        const difference = (d.value(ahead) - d.value(behind)) / (ahead[i]! - behind[i]!);
        const scale = 1 + Math.abs(gradient[i]!) + Math.abs(d.value(x)) * 2 ** 4;
        t.true(Math.abs(difference - gradient[i]!) <= 1e-7 * scale, `${x}[${i}]: ${gradient[i]}, ${difference}`);
      }
    }
  });

  test(`${name}: gradient writes into out, which may be x, and leaves x alone otherwise`, (t) => {
    const d = parseSmooth(specification);
    const [x] = points(d, 1, `${name} out`) as [Float64Array];
    const kept = x.slice();
    const expected = d.gradient(x);
    t.deepEqual(x, kept);
    const out = new Float64Array(x.length).fill(7);
    t.is(d.gradient(x, out), out);
    t.deepEqual(out, expected);
    t.deepEqual(d.gradient(x, x), expected);
    t.throws(() => d.gradient(kept, new Float64Array(x.length + 1)), { message: /out length is/ });
    t.throws(() => d.value(new Float64Array(0)), { message: /at least one entry/ });
  });

  test(`${name}: traits hold`, (t) => {
    const d = parseSmooth(specification);
    const pairs = points(d, 400, `${name} traits`);
    const infimum = d.infimum!(d.dimension ?? 3);
    let steepest = 0;
    for (const [index, x] of pairs.entries()) {
      t.true(d.value(x) >= infimum);
      const y = index % 2 === 0 ? pairs[(index + 1) % pairs.length]! : x.map((xi) => xi * 1.001 + 1e-4);
      const [gx, gy] = [d.gradient(x), d.gradient(y)];
      const apart = Math.hypot(...x.map((xi, i) => xi - y[i]!));
      const turned = Math.hypot(...gx.map((gi, i) => gi - gy[i]!));
      steepest = Math.max(steepest, turned / apart);
      if (d.lipschitz !== undefined) t.true(turned <= d.lipschitz * apart * (1 + 1e-9) + 1e-12);
      if (d.coordinateLipschitz !== undefined) {
        for (let i = 0; i < x.length; i++) {
          const allowed = d.coordinateLipschitz(i) * Math.abs(x[i]! - y[i]!);
          t.true(Math.abs(gx[i]! - gy[i]!) <= allowed * (1 + 1e-9) + 1e-12);
        }
      }
      const middle = x.map((xi, i) => (xi + y[i]!) / 2);
      if (d.convex) t.true(d.value(middle) <= (d.value(x) + d.value(y)) / 2 + 1e-9 * (1 + d.value(x) + d.value(y)));
    }
    // An understated constant would be found: the search comes near L.
    if (d.lipschitz !== undefined) t.true(steepest >= 0.8 * d.lipschitz, `${steepest} of ${d.lipschitz}`);
  });

  test(`${name}: is the sum of its coordinates, if it has any`, (t) => {
    const d = parseSmooth(specification);
    if (d.coordinate === undefined) {
      t.true(['least-squares', 'logistic-regression', 'phase-retrieval'].includes(d.type));
      return;
    }
    for (const x of points(d, 5, `${name} coordinates`)) {
      const parts = Array.from(x, (xi, i) => d.coordinate!(i).value(Float64Array.of(xi)));
      t.true(Math.abs(sum(parts, (part) => part) - d.value(x)) <= 1e-12 * (1 + Math.abs(d.value(x))));
    }
    const one = d.coordinate(0);
    t.is(one.coordinateLipschitz!(0), d.coordinateLipschitz!(0));
    const far = 1e9;
    const [left, right] = one.asymptoticSlopes!;
    for (const [u, slope] of [
      [-far, left],
      [far, right],
    ] as const) {
      const measured = one.value(Float64Array.of(u)) / u;
      const near = Number.isFinite(slope) ? Math.abs(measured - slope) < 1e-6 * (1 + Math.abs(slope)) : false;
      t.true(near || (Math.abs(measured) > 1e6 && Math.sign(measured) === Math.sign(slope)), `${measured}, ${slope}`);
    }
    if (one.valley === undefined) return;
    for (const side of [-1, 1]) {
      let last = one.value(Float64Array.of(one.valley));
      for (let distance = 2 ** -6; distance < 100; distance *= 1.3) {
        const next = one.value(Float64Array.of(one.valley + side * distance));
        t.true(next >= last);
        last = next;
      }
    }
  });
}

test('every type of the smooth vocabulary is known', (t) => {
  t.deepEqual([...smoothRegistry.keys()].sort(), Object.keys(formulas).sort());
});

test('a negative curvature and phase retrieval have the traits that they lack elsewhere', (t) => {
  t.is(parseSmooth({ type: 'quadratic', curvature: [1, -2], center: 0 }).infimum!(2), -Infinity);
  t.false(parseSmooth({ type: 'quadratic', curvature: -1, center: 0 }).convex);
  t.true(parseSmooth({ type: 'cosine', weight: 0 }).convex);
  const d = parseSmooth(examples.find(({ specification }) => specification.type === 'phase-retrieval')!.specification);
  t.is(d.lipschitz, undefined);
  t.is(d.coordinateLipschitz, undefined);
  const slope = (scale: number) => {
    const [x, y] = [Float64Array.of(scale, 0), Float64Array.of(scale + 1, 0)];
    return Math.abs(d.gradient(x)[0]! - d.gradient(y)[0]!);
  };
  t.true(slope(1e3) > 1e5 * slope(1));
});

test('small arguments keep their relative accuracy', (t) => {
  const x = Float64Array.of(2 ** -30);
  for (const specification of [
    { type: 'cosine', weight: 1 },
    { type: 'log-cosh', weight: 1, scale: 1 },
  ]) {
    const value = parseSmooth(specification).value(x);
    t.true(Math.abs(value / 2 ** -61 - 1) < 1e-14);
  }
});

test('the sweep over blocks of rows is Aᵀφ(Ax) for any number of rows and columns', (t) => {
  const random = keyedStream('sweep');
  for (let rows = 1; rows <= 9; rows++) {
    for (const columns of [1, 3, 4, 6]) {
      const data = Array.from({ length: rows * columns }, random);
      const x = Float64Array.from({ length: columns }, random);
      const factors = product({ rows, columns, data }, x).map((value, row) => value ** 2 - row);
      const out = new Float64Array(columns).fill(9);
      new Matrix(rows, columns, Float64Array.from(data)).sweep(x, (value, row) => value ** 2 - row, out);
      for (let i = 0; i < columns; i++) {
        const expected = sum(factors, (factor, j) => factor * data[j * columns + i]!);
        t.true(Math.abs(out[i]! - expected) < 1e-12);
      }
    }
  }
});

test('a matrix given as Float64Array is kept', (t) => {
  const data = Float64Array.of(1, 2);
  const d = leastSquares({ matrix: { rows: 1, columns: 2, data }, target: [1] });
  t.is((d.parameters['matrix'] as Matrix).data, data);
  t.deepEqual(JSON.parse(JSON.stringify(d.parameters['matrix'])), { rows: 1, columns: 2, data: [1, 2] });
});

const matrix = { rows: 1, columns: 2, data: [1, 2] };
for (const [specification, message] of [
  [null, 'smooth: smooth is null; allowed: an object with a type'],
  [[], 'smooth: smooth is []; allowed: an object with a type'],
  [{ weight: 1 }, 'smooth: smooth.type is missing; allowed: one of '],
  [{ type: 'cosin', weight: 1 }, 'smooth: smooth.type is "cosin"; allowed: one of '],
  [{ type: 'toString' }, 'smooth: smooth.type is "toString"; allowed: one of '],
  [{ type: 'cosine' }, 'cosine: smooth.weight is missing; allowed: a finite number >= 0'],
  [{ type: 'cosine', weight: -1 }, 'cosine: smooth.weight is -1; allowed: a finite number >= 0'],
  [{ type: 'cosine', weight: Number.NaN }, 'cosine: smooth.weight is NaN; allowed: a finite number >= 0'],
  [{ type: 'cosine', weight: 1, scale: 1 }, 'cosine: smooth.scale is 1; allowed: no such parameter'],
  [{ type: 'huber', weight: 1, threshold: 0 }, 'huber: smooth.threshold is 0; allowed: a finite number > 0'],
  [{ type: 'quadratic', curvature: [1, 2], center: [1] }, 'quadratic: length of center is 1; allowed: 2'],
  [{ type: 'quadratic', curvature: [1, Infinity], center: 0 }, 'quadratic: smooth.curvature[1] is Infinity'],
  [{ type: 'least-squares', target: [1] }, 'least-squares: smooth.matrix is missing; allowed: an object { rows'],
  [
    { type: 'piecewise-quadratic', knots: [0, 1], slopes: [0] },
    'piecewise-quadratic: length of slopes is 1; allowed: 2, the number of knots',
  ],
  [{ type: 'piecewise-quadratic', knots: [0, 1, 1], slopes: [0, 1, 2] }, 'knots[2] is 1; allowed: more than 1'],
  [{ type: 'piecewise-quadratic', knots: [0, 1], slopes: [-1, 1] }, 'slopes[1] is 1; allowed: a sign that'],
  [{ type: 'piecewise-quadratic', knots: [0, 1], slopes: [1, 2] }, 'slopes[0] is 1; allowed: a number <= 0'],
  [{ type: 'piecewise-quadratic', knots: [0, 1], slopes: [-1, -2] }, 'slopes[1] is -2; allowed: a number >= 0'],
  [
    { type: 'piecewise-quadratic', knots: [0, 1e200], slopes: [0, 1e200] },
    'slopes is [0,1e+200]; allowed: slopes for which',
  ],
  [
    { type: 'least-squares', matrix: { ...matrix, rows: 1.5 }, target: [1] },
    'least-squares: smooth.matrix.rows is 1.5',
  ],
  [
    { type: 'least-squares', matrix: { ...matrix, columns: 3 }, target: [1] },
    'smooth.matrix.data length is 2; allowed: 3',
  ],
  [{ type: 'least-squares', matrix: { ...matrix, data: 'ab' }, target: [1] }, 'allowed: an array of 2 finite numbers'],
  [{ type: 'least-squares', matrix: { ...matrix, data: [1, null] }, target: [1] }, 'smooth.matrix.data[1] is null'],
  [
    { type: 'least-squares', matrix, target: [1, 2] },
    'least-squares: target length is 2; allowed: 1, the number of rows',
  ],
  [{ type: 'phase-retrieval', matrix, intensities: [] }, 'phase-retrieval: smooth.intensities is []'],
  ...['rows', 'columns'].map(
    (size) =>
      [
        { type: 'least-squares', matrix: { ...matrix, [size]: 0, data: [] }, target: [] },
        `smooth.matrix.${size} is 0; allowed: an integer >= 1`,
      ] as const,
  ),
  ...[0, 0.5, -2].map(
    (label) =>
      [
        { type: 'logistic-regression', matrix, labels: [label] },
        `logistic-regression: labels[0] is ${label}; allowed: 1 or -1`,
      ] as const,
  ),
] as const) {
  test(`parse rejects ${JSON.stringify(specification)} (${message})`, (t) => {
    const error = t.throws(() => parseSmooth(specification, 'smooth'), { name: 'ParameterError' });
    t.true(error.message.includes(message), error.message);
    t.false(error.message.includes('\n'));
  });
}

test('without a place the error names the specification', (t) => {
  t.throws(() => parseSmooth(1), { message: /^smooth: specification is 1/ });
});

test('far margins neither overflow nor lose their slope', (t) => {
  const matrix = { rows: 2, columns: 1, data: [1, 2] };
  const d = parseSmooth({ type: 'logistic-regression', matrix, labels: [1, -1] });
  t.is(d.value(Float64Array.of(1e300)), 2e300);
  t.is(d.gradient(Float64Array.of(1e300))[0], 2);
});

test('a row times a vector has every column in it', (t) => {
  for (let columns = 1; columns <= 9; columns++) {
    const data = Float64Array.from({ length: columns }, (_, i) => 10 ** i);
    const x = Float64Array.from({ length: columns }, (_, i) => i + 1);
    t.is(new Matrix(1, columns, data).rowDot(0, x), Number('987654321'.slice(9 - columns)), `${columns} columns`);
  }
});

test('least squares are strongly convex where AᵀA is regular, and say nothing elsewhere', (t) => {
  const of = (rows: number, columns: number, ...data: number[]) =>
    parseSmooth({ type: 'least-squares', matrix: { rows, columns, data }, target: new Array(rows).fill(0) });
  t.true(of(2, 2, 1, 0, 0, 2).strongConvexity! > 0.999);
  t.false('strongConvexity' in of(1, 2, 1, 2));
  t.false('strongConvexity' in of(2, 2, 1, 1, 1, 1));
});

test('a value that comes with its gradient is the value, also when asked again', (t) => {
  const d = parseSmooth({
    type: 'phase-retrieval',
    matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] },
    intensities: [1, 0, 4],
  });
  const gradient = new Float64Array(2);
  for (const x of [Float64Array.of(1, -2), Float64Array.of(0.5, 0.25), Float64Array.of(1, -2)]) {
    const value = d.valueAndGradient!(x, gradient);
    t.true(Math.abs(value - d.value(x)) <= 1e-12 * value);
    t.deepEqual(gradient, d.gradient(x));
  }
});

test('a data term and a function of one name have the same parameters: a request names no more than the type', (t) => {
  for (const [type, { definition }] of smoothRegistry) {
    const namesake = registry.get(type)?.definition.parameters;
    if (namesake !== undefined) t.deepEqual(Object.keys(namesake), Object.keys(definition.parameters), type);
  }
});

test('piecewise quadratic: L is not below the exact quotient, and values are exact sums where they are doubles', (t) => {
  // 1/3 and 1/10 are not doubles: the quotients are rounded up.
  for (const [width, rise] of [
    [3, 1],
    [0.1, 0.3],
    [10, 0.7],
  ] as const) {
    const { lipschitz } = parseSmooth({ type: 'piecewise-quadratic', knots: [0, width], slopes: [0, rise] });
    const exact = fromDouble(rise).div(fromDouble(width));
    t.true(fromDouble(lipschitz!).gte(exact));
    t.true(fromDouble(lipschitz! * (1 - 2 ** -51)).lt(exact));
  }
  // 4096 trapezoids of 0.1·0.05, which a running sum in doubles would round 4096 times.
  const knots = Array.from({ length: 4097 }, (_, j) => j / 10);
  const d = parseSmooth({ type: 'piecewise-quadratic', knots, slopes: knots.map((_, j) => (j % 2) / 10) });
  const exact = knots.slice(1).reduce((sum, to, j) => sum.add(fromDouble(to).sub(fromDouble(knots[j]!))), zero);
  t.is(d.value(Float64Array.of(knots.at(-1)!)), toDouble(exact.mul(fromDouble(0.1)).div(two)));
});

test('piecewise quadratic: NaN stays NaN, and a slope of 0 keeps its height as far as ±∞', (t) => {
  const d = parseSmooth({ type: 'piecewise-quadratic', knots: [-1, 0, 1, 2], slopes: [-1, 0, 1, 0] });
  t.deepEqual([...d.gradient(Float64Array.of(Number.NaN, 0.5, Infinity, -Infinity))], [Number.NaN, 0.5, 0, -1]);
  t.deepEqual(
    [Number.NaN, Infinity, -Infinity].map((u) => d.value(Float64Array.of(u))),
    [Number.NaN, 1, Infinity],
  );
});

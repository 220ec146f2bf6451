import test from 'ava';
import seedrandom from 'seedrandom';
import { type ProximableFunction, parseFunction, registry, specificationOf } from './index.js';

// The whole vocabulary: each entry of the registry × its examples × the steps below. A new function is covered as soon as it is in
// vocabulary.ts. What prox, residuals, conjugate and gradient answer the claims judge, on the reference too; here is the rest.

const STEPS = [0.1, 0.7, 1, 3];
const EPSILON = 2 ** -52;

const instances = [...registry.values()].flatMap(({ definition }) =>
  definition.examples.map((example) => ({ type: definition.type, example, definition })),
);

const norm = (u: Float64Array): number => Math.hypot(...u);
const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry - b[i]!);
const largest = (...vectors: Float64Array[]): number => Math.max(...vectors.map((u) => Math.max(...u.map(Math.abs))));
/** Proximal averages of coupled functions have their value, and their prox at other steps, from an iteration. */
const isIterative = (fn: ProximableFunction): boolean => fn.type === 'proximal-average' && fn.coordinate === undefined;
const finite = (fn: ProximableFunction, u: Float64Array): number => fn.finiteValue?.(u) ?? fn.value(u);

/** r tends to infinity at the end of its domain. */
const isBarrier = ({ type }: ProximableFunction): boolean => registry.get(type)!.definition.traits.barrier === 'yes';

/** Lengths at which to look at a function. */
const lengthsOf = (fn: ProximableFunction): number[] => (fn.dimension === undefined ? [1, 3] : [fn.dimension]);

/** Points of the dyadic lattice, zero, ties, large and small ones, and the kinks and their neighbourhoods. */
function pointsFor(fn: ProximableFunction, length: number, step: number): Float64Array[] {
  const random = seedrandom(`${fn.type} ${length} ${step}`);
  const entries = Array.from({ length: 12 }, () =>
    Float64Array.from({ length }, () => Math.round(random() * 512 - 256) / 64),
  );
  const kinks = (fn.kinks?.(step) ?? []).flatMap((kink) => [kink, kink - 2 ** -20, kink + 2 ** -20]);
  return [
    ...entries,
    ...kinks.map((kink) => Float64Array.from({ length }, (_, i) => (i === 0 ? kink : random() * 4 - 2))),
    new Float64Array(length),
    new Float64Array(length).fill(0.5),
    new Float64Array(length).fill(-200),
    Float64Array.from({ length }, (_, i) => 1000 * (i + 1)),
    Float64Array.from({ length }, (_, i) => 1e-9 * (i + 1)),
  ];
}

/** Calls `look` for every example, length, step and point. */
function forEachCase(
  look: (fn: ProximableFunction, y: Float64Array, step: number, label: string) => void,
  concerns: (fn: ProximableFunction) => boolean = () => true,
): void {
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    if (!concerns(fn)) continue;
    for (const length of lengthsOf(fn)) {
      for (const step of STEPS) {
        // Near the boundary of its domain the iteration takes all the steps it may.
        const points = pointsFor(fn, length, step).slice(0, isIterative(fn) && fn.violation ? 2 : undefined);
        for (const y of points) {
          look(fn, y, step, `${type} ${JSON.stringify(example)} step ${step} y ${[...y]}`);
        }
      }
    }
  }
}

test.serial('no gradient changes faster than the Lipschitz constants, and none of them is twice too large', (t) => {
  const h = 2 ** -12;
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    if (fn.smooth === undefined) continue;
    const { lipschitz, coordinateLipschitz } = fn.smooth;
    const length = lengthsOf(fn).at(-1)!;
    let steepest = 0;
    for (const y of pointsFor(fn, length, 1)) {
      const label = `${type} ${JSON.stringify(example)} at [${y}]`;
      const gradient = fn.gradient!(y);
      const rounding = 1e-12 * (1 + lipschitz) * (1 + largest(y));
      for (let i = 0; i < length; i++) {
        const change = minus(fn.gradient!(y.with(i, y[i]! + h)), gradient);
        t.true(norm(change) <= lipschitz * h + rounding, label);
        if (coordinateLipschitz) t.true(Math.abs(change[i]!) <= coordinateLipschitz(i) * h + rounding, label);
        steepest = Math.max(steepest, norm(change) / h);
      }
    }
    t.true(steepest >= 0.75 * lipschitz, `${type} ${JSON.stringify(example)}: ${steepest}`);
  }
});

test.serial('domains: the violation is a distance, 0 exactly where the value is finite, and the value then', (t) => {
  let outside = 0;
  forEachCase(
    (fn, y, step, label) => {
      const p = fn.prox(y, step);
      const violation = fn.violation!(y);
      const tolerance = (isIterative(fn) ? 1e-6 : 16 * EPSILON) * (largest(y, p) + 1);
      t.true(fn.violation!(p) <= tolerance, label);
      t.is(fn.value(y) === Infinity, violation > 0, label);
      // Judges take the finite value in the domain, without a second look at it. An iteration sums it in another order.
      for (const inside of [y, p].filter((u) => fn.violation!(u) === 0)) {
        const missed = Math.abs(finite(fn, inside) - fn.value(inside));
        t.true(missed <= (isIterative(fn) ? tolerance : 0), label);
      }
      // The prox is in the domain, so no farther from y than the distance; a step beyond it goes that much farther away.
      t.true(violation <= norm(minus(y, p)) + tolerance, label);
      if (violation <= 1e-6) return;
      outside++;
      const nearest = fn.prox(y, 1e-13);
      t.true(Math.abs(norm(minus(y, nearest)) - violation) <= 1e-6 * (1 + violation), `${violation}: ${label}`);
      if (isBarrier(fn)) return;
      const justOutside = nearest.map((entry, i) => entry + (1e-9 * (y[i]! - entry)) / violation);
      const difference = fn.finiteValue!(justOutside) - finite(fn, nearest);
      t.true(
        Math.abs(difference) <= (isIterative(fn) ? 1e-4 : 1e-7) * (1 + largest(nearest)),
        `${difference}: ${label}`,
      );
    },
    (fn) => fn.violation !== undefined,
  );
  t.true(outside > 100);
});

test.serial('coordinates: value, prox, residuals and gradient act coordinate by coordinate', (t) => {
  let cases = 0;
  forEachCase(
    (fn, y, step, label) => {
      cases++;
      const coordinates = [...y.keys()].map((i) => fn.coordinate!(i));
      const single = (i: number): Float64Array => Float64Array.of(y[i]!);
      const sum = coordinates.reduce((total, coordinate, i) => total + coordinate.value(single(i)), 0);
      const value = fn.value(y);
      t.true(sum === value || Math.abs(sum - value) <= 64 * EPSILON * (Math.abs(value) + largest(y) + 1), label);
      for (const operator of ['prox', 'residual', 'dividedResidual', 'gradient'] as const) {
        if (fn[operator] === undefined) continue;
        const apply = (part: ProximableFunction, at: Float64Array): Float64Array =>
          operator === 'gradient' ? part.gradient!(at) : part[operator](at, step);
        const whole = apply(fn, y);
        coordinates.forEach((coordinate, i) => {
          const part = apply(coordinate, single(i))[0]!;
          t.true(
            Math.abs(part - whole[i]!) <= 1e-13 * (1 + largest(y)) * Math.max(1, 1 / step),
            `${operator}: ${label}`,
          );
        });
      }
      coordinates.forEach((coordinate, i) => {
        if (fn.smooth) t.is(fn.smooth.coordinateLipschitz!(i), coordinate.smooth!.lipschitz, label);
        t.true(coordinate.kinks!(step).every(Number.isFinite), label);
        t.is(coordinate.subgradientRange !== undefined, fn.convex, label);
        // Who offers a function need not offer others, and is asked for its coordinates.
        t.true(JSON.stringify(specificationOf(fn)).includes(`"type":"${coordinate.type}"`), label);
      });
    },
    (fn) => fn.coordinate !== undefined,
  );
  t.true(cases > 500);
});

test.serial('subgradient ranges hold every divided residual, and are no wider than they must be', (t) => {
  forEachCase(
    (fn, y, step, label) => {
      const [low, high] = fn.coordinate!(0).subgradientRange!;
      const slopeAt = (entry: number): number => fn.coordinate!(0).dividedResidual(Float64Array.of(entry), step)[0]!;
      const slope = slopeAt(y[0]!);
      t.true(slope >= low - 1e-12 && slope <= high + 1e-12, label);
      // The subgradients of entropy grow without bound, but like a logarithm.
      const grows = (side: number): boolean => side * slopeAt(side * 1e12) > 1 + side * slopeAt(side * 1e6);
      const reaches = (end: number, side: 1 | -1): boolean =>
        Number.isFinite(end) ? Math.abs(slopeAt(side * 1e12) - end) <= 1e-6 : grows(side) && side > 0 === end > 0;
      t.true(reaches(low, -1) && reaches(high, 1), label);
    },
    (fn) => fn.convex && fn.coordinate !== undefined,
  );
});

test.serial('specifications parse back to the same function', (t) => {
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    const json = JSON.parse(JSON.stringify({ type: fn.type, ...fn.parameters }));
    t.deepEqual(json, { type, ...example });
    const again = parseFunction(json);
    t.deepEqual(again.parameters, fn.parameters);
    for (const y of pointsFor(fn, lengthsOf(fn)[0]!, 0.7)) {
      if (fn.accuracy === undefined) t.deepEqual(again.prox(y, 0.7), fn.prox(y, 0.7));
    }
  }
});

/** 0 wherever a prox is, and ∞ elsewhere. */
function isIndicator(fn: ProximableFunction): boolean {
  const points = pointsFor(fn, lengthsOf(fn)[0]!, 0.7);
  return fn.violation !== undefined && points.every((y) => fn.value(fn.prox(y, 0.7)) === 0);
}

/** ∞ at 0, and finite right beside it. */
function isInfiniteAt0Alone(fn: ProximableFunction): boolean {
  const zero = new Float64Array(lengthsOf(fn)[0]!);
  return fn.value(zero) === Infinity && Number.isFinite(fn.value(zero.fill(2 ** -1000)));
}

/** Where the prox of a tiny step changes its form, beside 0 and what is a parameter. */
function placesOf(fn: ProximableFunction): number[] {
  const kinks = (fn.coordinate?.(0) ?? fn).kinks?.(2 ** -80) ?? [];
  const places = kinks.map((kink) => Math.abs(Math.fround(kink))).filter((kink) => kink > 2 ** -30 && kink < Infinity);
  const parameters = Object.values(fn.parameters).flat().map(Number).map(Math.abs);
  return [...new Set(places)].filter((place) => !parameters.includes(place));
}

test.serial('the traits in the registry are those of the functions', (t) => {
  for (const { type, example, definition } of instances) {
    const fn = parseFunction({ type, ...example });
    const has = {
      convex: fn.convex,
      separable: fn.coordinate !== undefined,
      smooth: fn.smooth !== undefined,
      conjugate: fn.conjugate !== undefined,
      barrier: isInfiniteAt0Alone(fn),
    };
    for (const [trait, found] of Object.entries(has) as [keyof typeof has, boolean][]) {
      const { [trait]: expected = 'no' } = definition.traits;
      if (expected !== 'inherited') t.is(found, expected === 'yes', `${type} ${trait}`);
    }
    const { inner, blocks } = example as { readonly inner?: unknown; readonly blocks?: unknown };
    if (inner === undefined && blocks === undefined && type !== 'proximal-average') {
      // What is built of functions may be an indicator of some of them, as a conjugate is of a norm.
      t.is(definition.traits.indicator === 'yes', isIndicator(fn), `${type} indicator`);
      const { fixedPlace } = definition.traits;
      t.true(fixedPlace === undefined || placesOf(fn).includes(fixedPlace), `${type} fixedPlace`);
    }
    t.is(fn.gradient !== undefined, has.smooth, type);
    t.is(fn.violation !== undefined, fn.finiteValue !== undefined, type);
    t.regex(type, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.true(definition.formula.length > 0);
  }
});

test('bad arguments are named in one line, (step, y) for (y, step) and a vector without entries among them', (t) => {
  const operators = ['prox', 'residual', 'dividedResidual'] as const;
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    const untyped = fn as unknown as Record<string, (...given: unknown[]) => unknown>;
    const length = lengthsOf(fn)[0]!;
    const y = new Float64Array(length);
    const none = new Float64Array(0);
    const refused = (call: () => unknown, message = /^\S+: .*; allowed: .*$/) =>
      t.throws(call, { name: 'ParameterError', instanceOf: RangeError, message }, type);
    for (const operator of operators) {
      for (const step of [0, -1, Number.NaN, Infinity]) {
        refused(() => fn[operator](y, step), /^\S+: step is .*; allowed: .*$/);
      }
      refused(() => fn[operator](none, 1));
      for (const entries of [[2], [2, 3, 4, 5]]) {
        refused(() => untyped[operator]!(1, Float64Array.from(entries)), /allowed: .*(?:before the step|\(y, step\))$/);
      }
      refused(() => untyped[operator]!(1, 1), /vector is 1; allowed: /);
      refused(() => fn[operator](y, 1, new Float64Array(length + 1)));
      if (fn.dimension !== undefined) refused(() => fn[operator](new Float64Array(length + 1), 1));
    }
    for (const method of fn.gradient ? ['value', 'gradient'] : ['value']) {
      for (const bad of [none, 1, ...(fn.dimension === undefined ? [] : [new Float64Array(length + 1)])]) {
        refused(() => untyped[method]!(bad));
      }
    }
  }
});

test('the conjugate of a half-bounded box is infinite on the side that is open', (t) => {
  const below = parseFunction({ type: 'box', lower: '-Infinity', upper: 2 } as never).conjugate!();
  const above = parseFunction({ type: 'box', lower: -1, upper: 'Infinity' } as never).conjugate!();
  const at = (p: number) => Float64Array.of(p);
  // sup_{u ≤ 2} pu = 2p for p ≥ 0, and +∞ for p < 0.
  t.deepEqual(
    [below.value(at(3)), below.value(at(-3)), below.violation!(at(-3)), below.violation!(at(3))],
    [6, Infinity, 3, 0],
  );
  t.deepEqual(
    [above.value(at(-3)), above.value(at(3)), above.violation!(at(3)), above.violation!(at(-3))],
    [3, Infinity, 3, 0],
  );
});

test('a distance is that to any convex set of the vocabulary, and to nothing else', (t) => {
  for (const [type, { definition }] of registry) {
    const { convex, indicator } = definition.traits;
    if (convex === 'inherited') continue;
    for (const example of definition.examples) {
      const inner = { type, ...example };
      const made = () => parseFunction({ type: 'distance', weight: 1, inner });
      if (convex === 'yes' && indicator === 'yes') t.notThrows(made, type);
      // The conjugate of a norm is the indicator of a ball.
      else if (type !== 'conjugate') t.throws(made, { name: 'ParameterError', message: /^distance: inner is / }, type);
    }
  }
});

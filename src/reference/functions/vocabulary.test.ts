import test from 'ava';
import seedrandom from 'seedrandom';
import { type ProximableFunction, parseFunction, registry, specificationOf } from './index.js';

// The whole vocabulary, judged from the definition of a prox and never from another prox: each entry of the registry × its
// examples × the steps below. A new function is covered as soon as it is in vocabulary.ts.

const STEPS = [0.1, 0.7, 1, 3];
const EPSILON = 2 ** -52;

const instances = [...registry.values()].flatMap(({ definition }) =>
  definition.examples.map((example) => ({ type: definition.type, example, definition })),
);

const norm = (u: Float64Array): number => Math.hypot(...u);
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, entry, i) => sum + entry * b[i]!, 0);
const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry - b[i]!);
const largest = (...vectors: Float64Array[]): number => Math.max(...vectors.map((u) => Math.max(...u.map(Math.abs))));
/** Proximal averages of coupled functions have their value, and their prox at other steps, from an iteration. */
const isIterative = (fn: ProximableFunction): boolean => fn.type === 'proximal-average' && fn.coordinate === undefined;
const finite = (fn: ProximableFunction, u: Float64Array): number => fn.finiteValue?.(u) ?? fn.value(u);

/** Wrappers that add something of the size of their parameters, which may cancel in the result. */
const cancels = (fn: ProximableFunction): boolean => ['tilted', 'translated', 'regularized'].includes(fn.type);
/**
 * r at a rounded point of which a matrix mixes the entries: what cancels in a coefficient leaves its rounding, times how steep r is. A rounded point
 * of a set is at such a distance from it.
 */
function mixedRounding(fn: ProximableFunction, point: Float64Array): number {
  const steep = { 'semi-orthogonal': magnitude(fn.parameters) ** 2, distance: Number(fn.parameters['weight']) };
  return 16 * EPSILON * (steep[fn.type as keyof typeof steep] ?? 0) * largest(point);
}
/** r tends to infinity at the end of its domain. */
const isBarrier = ({ type }: ProximableFunction): boolean => registry.get(type)!.definition.traits.barrier === 'yes';

/** Largest size of a number in a specification. */
function magnitude(specification: unknown): number {
  if (typeof specification === 'number') return Math.abs(specification);
  if (typeof specification !== 'object' || specification === null) return 0;
  return Math.max(0, ...Object.values(specification).map(magnitude));
}

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

/** Points at which to compare a function with its value at p: near p, far from it, and in the domain. */
function rivals(fn: ProximableFunction, y: Float64Array, p: Float64Array, step: number): Float64Array[] {
  const inDomain = [
    fn.prox(minus(new Float64Array(p.length), y), step),
    fn.prox(
      y.map((entry, i) => entry + (i % 2 === 0 ? 1 : -1)),
      step,
    ),
    fn.prox(new Float64Array(p.length), step),
  ];
  const between = inDomain.flatMap((v) =>
    [0.5, 1e-3, 1e-6].map((t) => p.map((entry, i) => entry + t * (v[i]! - entry))),
  );
  const moved = [1, 1e-2, 1e-4].flatMap((size) =>
    [...p.keys()].flatMap((i) => [-size, size].map((move) => p.map((entry, j) => (i === j ? entry + move : entry)))),
  );
  return [...inDomain, ...between, ...moved, y];
}

test.serial('prox is the minimiser: ½‖v − y‖² + γr(v) exceeds its value there by ½‖v − p‖² at least', (t) => {
  let sharp = 0;
  forEachCase(
    (fn, y, step, label) => {
      const p = fn.prox(y, step);
      const atP = finite(fn, p);
      if (!Number.isFinite(atP)) t.fail(`value at the prox is ${atP}: ${label}`);
      for (const v of rivals(fn, y, p, step)) {
        const atV = (fn.violation?.(v) ?? 0) <= 4 * EPSILON * largest(v, y) ? finite(fn, v) : fn.value(v);
        const difference = minus(v, p);
        const pull = dot(minus(y, p), difference);
        // γ(r(v) − r(p)) ≥ ⟨y − p, v − p⟩.
        const slack = step * (atV - atP) - pull;
        const size = step * (Math.abs(atV) + Math.abs(atP)) + (norm(y) + norm(p)) * norm(difference);
        const declared =
          fn.accuracy === undefined ? 0 : 4 * fn.accuracy * norm(y) * (norm(difference) + norm(y) + step);
        // A point of a domain is in it up to rounding, or up to the tolerance of the iteration.
        const outside = fn.violation ? (isIterative(fn) ? 1e-6 : 4 * EPSILON) * largest(v, y, p) : 0;
        const rounding =
          64 * EPSILON * (size + largest(y) * EPSILON) +
          8 * outside * (norm(minus(y, p)) + step) +
          step * mixedRounding(fn, p) +
          (isIterative(fn) ? 1e-12 : 0);
        if (!(slack >= -(rounding + declared))) {
          t.fail(`${slack} with v ${[...v]} p ${[...p]}: ${label}`);
        }
        if (slack <= 1e-3 * norm(difference)) sharp++;
      }
    },
    (fn) => fn.convex,
  );
  // The inequality is near equality often enough to notice a wrong weight or step.
  t.true(sharp > 1000);
});

test.serial('prox and residual sum to y, and the divided residual is the residual over the step', (t) => {
  forEachCase((fn, y, step, label) => {
    const p = fn.prox(y, step);
    const residual = fn.residual(y, step);
    const divided = fn.dividedResidual(y, step);
    // At steps other than its own the proximal average solves an equation.
    const ulps = fn.type === 'proximal-average' ? 64 : 8;
    const size = largest(y, p, residual) + (cancels(fn) ? magnitude(fn.parameters) * (1 + step) : 0);
    const tolerance = (fn.accuracy === undefined ? ulps * EPSILON : 2 * fn.accuracy) * size;
    for (let i = 0; i < y.length; i++) {
      if (!(Math.abs(p[i]! + residual[i]! - y[i]!) <= tolerance)) t.fail(`sum at ${i}: ${label}`);
      if (!(Math.abs(step * divided[i]! - residual[i]!) <= 4 * tolerance)) t.fail(`divided at ${i}: ${label}`);
    }
  });
  t.pass();
});

test.serial('out may be the input, and the input is left alone otherwise', (t) => {
  forEachCase((fn, y, step, label) => {
    for (const operator of ['prox', 'residual', 'dividedResidual'] as const) {
      const copy = y.slice();
      const result = fn[operator](copy, step);
      t.deepEqual(copy, y, label);
      const out = new Float64Array(y.length).fill(Number.NaN);
      t.is(fn[operator](copy, step, out), out, label);
      const alias = fn[operator](copy, step, copy);
      t.is(alias, copy, label);
      const tolerance = 4 * (fn.accuracy ?? 0) * largest(y);
      t.true(largest(minus(out, result)) <= tolerance && largest(minus(alias, result)) <= tolerance, label);
    }
  });
});

test.serial('Fenchel–Young: r(p) + r*(g) = ⟨p, g⟩ at g = ρ/γ, and ≥ everywhere', (t) => {
  let conjugates = 0;
  forEachCase((fn, y, step, label) => {
    if (fn.conjugate === undefined) return;
    conjugates++;
    const conjugate = fn.conjugate();
    const p = fn.prox(y, step);
    const g = fn.dividedResidual(y, step);
    const size = largest(y, p) * (largest(g) + 1) + Math.abs(finite(fn, p)) + largest(y) / step;
    const outside = conjugate.violation?.(g) ?? 0;
    t.true(outside <= 32 * EPSILON * (largest(g) + largest(y) / step), `violation ${outside}: ${label}`);
    const gap = finite(fn, p) + (conjugate.finiteValue?.(g) ?? conjugate.value(g)) - dot(p, g);
    t.true(Math.abs(gap) <= 512 * EPSILON * (size + dot(g, g)), `gap ${gap}: ${label}`);
    t.is(conjugate.value(g) === Infinity, outside > 0, label);
    t.is(conjugate.finiteValue === undefined, conjugate.violation === undefined, label);
    // The sum of the entries decides for some, the sign of one for others: this has the sum of g.
    const reach = largest(g) + 1;
    const moved = y.length === 1 ? [] : [g.map((entry, i) => entry + (i === 0 ? reach : i === 1 ? -reach : 0))];
    for (const q of [y, minus(y, p), y.map((entry) => entry / 2 - 0.25), ...moved]) {
      // At p, and far away in the direction in which ⟨·, q⟩ − r grows without bound when q is outside the domain.
      const far = fn.prox(
        minus(q, g).map((entry) => 1e6 * entry),
        step,
      );
      for (const u of [p, far]) {
        const sum = finite(fn, u) + conjugate.value(q);
        const rounding = 64 * EPSILON * (size + Math.abs(finite(fn, u)) + largest(q) * largest(u)) * q.length;
        t.true(sum >= dot(u, q) - rounding, `q ${[...q]}: ${label}`);
      }
    }
  });
  t.true(conjugates > 500);
});

test.serial('gradients: central differences, the residual at the prox, and the Lipschitz constants', (t) => {
  const h = 2 ** -16;
  let cases = 0;
  forEachCase((fn, y, step, label) => {
    if (fn.gradient === undefined || largest(y) > 500) return;
    cases++;
    const { lipschitz, coordinateLipschitz } = fn.smooth!;
    const gradient = fn.gradient(y);
    for (let i = 0; i < y.length; i++) {
      const shifted = (by: number): number => fn.value(y.map((entry, j) => (i === j ? entry + by : entry)));
      const slope = (shifted(h) - shifted(-h)) / (2 * h);
      const rounding =
        (64 * EPSILON * (Math.abs(fn.value(y)) + 1)) / h +
        1e-8 * (1 + Math.abs(gradient[i]!)) * Number(fn.type === 'proximal-average');
      t.true(Math.abs(slope - gradient[i]!) <= lipschitz * h + rounding, `${slope} ${gradient[i]}: ${label}`);
    }
    const p = fn.prox(y, step);
    const atP = fn.gradient(p);
    const divided = fn.dividedResidual(y, step);
    const size = (1 + lipschitz) * (largest(y, p) + largest(y) / step + 1);
    t.true(largest(minus(atP, divided)) <= (fn.accuracy ?? 256 * EPSILON) * size, `at the prox: ${label}`);
    // y and p differ in every way a prox step differs: their gradients obey the constants.
    const apart = minus(y, p);
    const change = minus(gradient, atP);
    t.true(norm(change) <= lipschitz * norm(apart) + 1e-12 * size, label);
    if (coordinateLipschitz !== undefined) {
      apart.forEach((entry, i) => {
        t.true(Math.abs(change[i]!) <= coordinateLipschitz(i) * Math.abs(entry) + 1e-12 * size, label);
      });
    }
  });
  t.true(cases > 300);
});

test.serial(
  'the Lipschitz constants are attained up to the functions that approach them: none is twice too large',
  (t) => {
    for (const { type, example } of instances) {
      const fn = parseFunction({ type, ...example });
      if (fn.smooth === undefined || fn.smooth.lipschitz === 0) continue;
      const length = lengthsOf(fn).at(-1)!;
      let steepest = 0;
      for (const y of pointsFor(fn, length, 1)) {
        for (let i = 0; i < length; i++) {
          const moved = y.map((entry, j) => (i === j ? entry + 2 ** -12 : entry));
          steepest = Math.max(steepest, norm(minus(fn.gradient!(moved), fn.gradient!(y))) * 2 ** 12);
        }
      }
      t.true(steepest >= 0.75 * fn.smooth.lipschitz, `${type} ${JSON.stringify(example)}: ${steepest}`);
    }
  },
);

test.serial('domains: the violation is a distance, 0 exactly where the value is finite', (t) => {
  let outside = 0;
  forEachCase(
    (fn, y, step, label) => {
      const p = fn.prox(y, step);
      const violation = fn.violation!(y);
      const tolerance = (isIterative(fn) ? 1e-6 : 16 * EPSILON) * (largest(y, p) + 1);
      t.true(fn.violation!(p) <= tolerance, label);
      t.is(fn.value(y) === Infinity, violation > 0, label);
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

test.serial('bad arguments are named in one line', (t) => {
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    const length = lengthsOf(fn)[0]!;
    const y = new Float64Array(length);
    for (const step of [0, -1, Number.NaN, Infinity]) {
      for (const operator of ['prox', 'residual', 'dividedResidual'] as const) {
        t.throws(
          () => fn[operator](y, step),
          { name: 'ParameterError', message: /^\S+: step is .*; allowed: .*$/ },
          type,
        );
      }
    }
    t.throws(() => fn.prox(new Float64Array(0), 1), { name: 'ParameterError' }, type);
    t.throws(() => fn.prox(y, 1, new Float64Array(length + 1)), { name: 'ParameterError' }, type);
    t.throws(() => fn.value(new Float64Array(0)), { name: 'ParameterError' }, type);
    if (fn.dimension === undefined) continue;
    t.throws(() => fn.value(new Float64Array(length + 1)), { name: 'ParameterError' }, type);
    t.throws(() => fn.residual(new Float64Array(length + 1), 1), { name: 'ParameterError' }, type);
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

test('whoever gives (step, y) for (y, step) gets an error of one line that says the order', (t) => {
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example }) as unknown as Record<string, (...given: unknown[]) => unknown>;
    for (const entries of [[2], [2, 3, 4, 5]]) {
      const y = Float64Array.from(entries);
      for (const method of ['prox', 'residual', 'dividedResidual']) {
        t.throws(
          () => fn[method]!(1, y),
          { instanceOf: RangeError, message: /allowed: .*(?:before the step|\(y, step\))$/ },
          type,
        );
        t.throws(() => fn[method]!(1, 1), { instanceOf: RangeError, message: /vector is 1; allowed: / }, type);
      }
      t.throws(() => fn['value']!(1), { instanceOf: RangeError }, type);
      if (fn['gradient'] !== undefined) t.throws(() => fn['gradient']!(1), { instanceOf: RangeError }, type);
    }
  }
});

test('no function has a value or a prox of a vector without entries', (t) => {
  const none = new Float64Array(0);
  for (const { type, example } of instances) {
    const fn = parseFunction({ type, ...example });
    const answers = {
      value: () => fn.value(none),
      prox: () => fn.prox(none, 1),
      ...(fn.residual && { residual: () => fn.residual!(none, 1) }),
      ...(fn.dividedResidual && { dividedResidual: () => fn.dividedResidual!(none, 1) }),
      ...(fn.gradient && { gradient: () => fn.gradient!(none) }),
    };
    for (const [name, answer] of Object.entries(answers)) {
      t.throws(answer, { name: 'ParameterError' }, `${name} of ${type}`);
    }
  }
});

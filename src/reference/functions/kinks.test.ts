import test from 'ava';
import { parseFunction } from './definition/parse.js';
import type { ProximableFunction } from './definition/proximable-function.js';
import { registry } from './index.js';

/** Half the width of the windows that a line is looked at through. */
const coarse = 2 ** -4;
/** Half the width of the last window around what may be a kink, where a smooth map is straight. */
const fine = 2 ** -30;
/** Change of slope from which a kink is one. */
const least = 2 ** -8;

/** How far a map is from a straight line over a window, relative to its width: at most the change of slope. */
const bendOf = (map: (t: number) => number, t: number, h: number): number =>
  Math.abs(map(t - h) - 2 * map(t) + map(t + h)) / h;

/** Where the slope of a map changes at once, or the map jumps, between −16 and 16: windows with the largest bend are made smaller. */
function kinksFound(map: (t: number) => number): number[] {
  const found: number[] = [];
  // No kink lies on the ends of windows, which are the middles of others.
  const starts = Array.from({ length: 32 / coarse }, (_, j) => j * coarse - 16 + 2 ** -10);
  const known = new Map(starts.map((t) => [t, map(t)]));
  for (const start of starts.slice(1, -1)) {
    if (!(bendOf((t) => known.get(t)!, start, coarse) > least)) continue;
    let t = start;
    for (let h = coarse / 2; h >= fine; h /= 2) {
      const bends = [-h, 0, h].map((by) => ({ at: t + by, bend: bendOf(map, t + by, h) }));
      t = bends.reduce((most, next) => (next.bend > most.bend ? next : most)).at;
    }
    if (bendOf(map, t, fine) > least && !found.some((other) => Math.abs(other - t) < 4 * fine)) found.push(t);
  }
  return found;
}

/** The line t·e_1 through a function, as one dimension if it can. */
function lineThrough(fn: ProximableFunction) {
  const one = fn.coordinate?.(0) ?? fn;
  const y = new Float64Array(one.dimension ?? 1);
  const at = (t: number): Float64Array => y.with(0, t);
  return {
    one,
    prox: (step: number) => (t: number) => one.prox(at(t), step)[0]!,
    value: (t: number) => Math.min(1e6, one.value(at(t))),
  };
}

const instances = [...registry.values()].flatMap(({ definition: { type, examples } }) =>
  examples.map((example) => parseFunction({ type, ...example })),
);
const missed = (found: readonly number[], kinks: readonly number[]): number[] =>
  found.filter((t) => !kinks.some((kink) => Math.abs(kink - t) <= 8 * fine));

/** Types whose prox bends nowhere at once: their kinks are only where it bends most, or where r ends. */
const withoutKinks = [
  'entropy',
  'kullback-leibler',
  'linear',
  'log-barrier',
  'log-cosh',
  'logistic',
  'quadratic',
  'squared-l2',
  'zero',
];

test('every kink of a prox, as differences find it, is among those that the function tells', (t) => {
  const met = new Set<string>();
  const asked = new Set<string>();
  for (const fn of instances) {
    const { one, prox } = lineThrough(fn);
    if (one.kinks === undefined) continue;
    asked.add(fn.type);
    for (const step of [0.7, 3]) {
      const found = kinksFound(prox(step));
      if (found.length > 0) met.add(fn.type);
      t.deepEqual(missed(found, one.kinks(step)), [], `${fn.type} ${JSON.stringify(fn.parameters)}, γ = ${step}`);
    }
  }
  t.deepEqual([...asked].filter((type) => !met.has(type)).sort(), withoutKinks);
});

test('every kink of a value and every end of its domain is among the kinks of step 0', (t) => {
  let kinks = 0;
  for (const fn of instances) {
    const { one, value } = lineThrough(fn);
    // Those of what is built of functions depend on steps that are not theirs.
    if (one.kinks === undefined || ['inner', 'functions', 'blocks'].some((name) => name in fn.parameters)) continue;
    const found = kinksFound(value);
    kinks += found.length;
    t.deepEqual(missed(found, one.kinks(0)), [], `${fn.type} ${JSON.stringify(fn.parameters)}`);
  }
  t.true(kinks > 50);
});

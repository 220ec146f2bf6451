import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { one, type Rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import type { ProblemAtStep } from '../../../reference/problem/problem.js';
import { keyedStream, streamKey } from '../../../reference/sampling/keyed-stream.js';
import { type AlgorithmParameters, type OwnAlgorithm, ownIteration } from '../../theorem/theorem-algorithm.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import type { Extrapolation } from './accelerated-steps.js';
import type { Momentum } from './momentum-steps.js';
import type { RunMethod, RunTerm } from './run-space.js';

/** Points of a run as lists of coefficients of x⁰ and of the gradients ∇f/L, with γL. */
export interface RunPoints {
  readonly step: number;
  /** Where the gradients are asked for. */
  readonly queries: readonly Float64Array[];
  /** x⁰, x¹, … */
  readonly iterates: readonly Float64Array[];
  /** Every iterate is the point with the smallest gradient so far, or with the least f. */
  readonly smallest: false | 'gradient' | 'value';
  /** The points among which it is chosen. */
  readonly rated: readonly Float64Array[];
  /** What the combinations are of. */
  readonly of: 'gradients' | 'subgradients' | 'proximal-steps';
}

/** One trial: what x⁰ and the answers of the gradient are, in place of a function. */
interface Frame {
  /** Its place among the trials: components are drawn that no other trial has drawn. */
  readonly place: number;
  readonly lipschitz: number;
  /** x⁰, then ∇f/L at the first point that is asked for, at the second, … */
  readonly vectors: readonly Float64Array[];
  /** Points may be the same that are different elsewhere. */
  readonly meets?: true;
}

/** What an algorithm did in a frame. */
interface Trial {
  /** The points at which it asked for a gradient, each once, in their order. */
  readonly queries: readonly Float64Array[];
  /** x⁰, x¹, …, and how many points were rated before each. */
  readonly iterates: readonly { readonly x: Float64Array; readonly rated: number }[];
  /** The points among which a program can know the best: by f, where it asked for that, or by the length of a gradient. */
  readonly rated: readonly { readonly point: Float64Array; readonly rate: number }[];
  /** It asked for f. */
  readonly valued: boolean;
  /** The state after each iteration. */
  readonly states: readonly unknown[];
  readonly noisy: boolean;
  /** It asked for subgradients. */
  readonly explicit: boolean;
  readonly remembers: boolean;
}

/** What a program asks a problem for: gradients of f, with noise or without; or proximal steps on d + r, as P(x) or as G(x). */
type Oracle = 'gradients' | 'proximal-steps';

/** γL and the other numbers that every iteration gets, and the number of iterations. */
interface Asked {
  readonly step: number;
  readonly parameters: AlgorithmParameters;
  readonly miniBatch: number;
  readonly iterations: number;
  /** `gradients` if left out. */
  readonly oracle?: Oracle;
  /** Counts the trials. */
  readonly trials: TrialCount;
}

/** In how many trials a program was compared with what is read of it. */
export interface TrialCount {
  count: number;
}

const mostQueries = 24;
const largestTriedBatch = 1000;
/** Relative to the largest of the vectors that are added up. */
const rounding = 2 ** -40;
/** Of a coefficient that is the rounding of a simple fraction. */
const nearFraction = 2 ** -46;
const largestDenominator = 100_000;

/** The unit vectors: every point is the list of its coefficients. */
const units: Frame = {
  place: 0,
  lipschitz: 1,
  vectors: Array.from({ length: mostQueries + 1 }, (_, k) =>
    Float64Array.from({ length: mostQueries + 1 }, (__, i) => (i === k ? 1 : 0)),
  ),
};

/**
 * Vectors of unequal length, neither orthogonal nor at equal angles, in several dimensions, units of length and units of the gradient. In an
 * orthogonal frame a step that is clipped by a norm, or a restart on the sign of an inner product, would look linear.
 */
const unequalFrames = (): Frame[] =>
  Array.from({ length: 48 }, (_, k) => {
    const random = keyedStream(streamKey('1', 'frames of an own algorithm', 1, k));
    const dimension = mostQueries + 2 + 7 * (k % 3);
    const unit = [2 ** -80, 2 ** -12, 1, 2 ** 12, 2 ** 80][k % 5]!;
    const common = Float64Array.from({ length: dimension }, () => 2 * random() - 1);
    return {
      place: k + 1,
      lipschitz: [1, 2, 0.25, 8][k % 4]!,
      vectors: Array.from({ length: mostQueries + 1 }, () => {
        const size = unit * 50 ** (Math.floor(3 * random()) - 1);
        const along = 4 * random() - 2;
        return common.map((entry) => size * (along * entry + 2 * random() - 1));
      }),
    };
  });

/** Numbers of coordinates, small ones and both sides of 64, 256 and 500. */
const dimensions = [1, 2, 3, 5, 7, 12, 19, 31, 32, 33, 64, 65, 130, 257, 600, 1000] as const;

/** What an entry of x⁰ and of the gradients may have that other entries do not: a program may ask for it. */
const shapes: readonly ((entry: number, i: number, length: number, k: number) => number)[] = [
  (entry) => entry,
  // The same in every coordinate.
  (_, __, length, k) => Math.sin(7 * k + length),
  (entry, _, __, k) => (k === 0 ? 0 : entry),
  (entry, i, length) => (i === length - 1 ? entry : 0),
  (entry, i) => (i === 0 ? entry : 0),
  (entry, i, length, k) => (length > 1 && i % 2 === k % 2 ? -0 : entry),
  // In few coordinates points of whole numbers may meet.
  (entry, _, length) => (length < 12 ? entry : Math.round(64 * entry) || 1),
  (entry) => Math.abs(entry),
  (entry) => -Math.abs(entry),
];

/**
 * Frames of each number of coordinates, with L and the lengths of x⁰ and of the gradients between 2⁻²⁴ and 2²⁴, and with the shapes; in some all gradients from
 * one on are 0.
 */
const wideFrames = (): Frame[] =>
  Array.from({ length: 64 }, (_, k) => {
    const random = keyedStream(streamKey('1', 'wide frames of an own algorithm', 1, k));
    const exponent = (most: number) => Math.round((2 * random() - 1) * most);
    const dimension = dimensions[k % dimensions.length]!;
    const shape = shapes[(k + Math.floor(k / dimensions.length)) % shapes.length]!;
    const lipschitz = 2 ** exponent(24);
    const unit = exponent(24);
    // A short step must be more than the rounding of x⁰.
    const other = Math.max(unit - 8, -24, Math.min(24, unit + exponent(16)));
    const zeroFrom = k % 8 === 7 ? 1 + (Math.floor(k / 8) % 3) : undefined;
    const vectors = Array.from({ length: mostQueries + 1 }, (__, j) => {
      const size = 2 ** (j === 0 ? unit : other);
      const isZero = zeroFrom !== undefined && j >= zeroFrom;
      return Float64Array.from({ length: dimension }, (___, i) => {
        const entry = 2 * random() - 1;
        return isZero ? 0 : size * shape(entry, i, dimension, j);
      });
    });
    return { place: 49 + k, lipschitz, vectors, ...(zeroFrom !== undefined && { meets: true }) };
  });

let knownFrames: readonly Frame[] | undefined;
/** Both, made once. */
function frames(): readonly Frame[] {
  knownFrames ??= [...unequalFrames(), ...wideFrames()];
  return knownFrames;
}

/** A problem that answers some questions; any other one is an error. */
function onlyThese({ name: asking }: OwnAlgorithm, oracles: Partial<ProblemAtStep>): ProblemAtStep {
  return new Proxy(oracles as ProblemAtStep, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      const known = Object.keys(oracles)
        .filter((word) => word !== 'step')
        .join(' and ');
      throw new NoModelError(`${asking} asks for problem.${String(name)}, and its models know ${known} alone`);
    },
  });
}

/** Runs the algorithm on answers that belong to no function: a linear one cannot tell. */
function trialIn({ place, lipschitz, vectors }: Frame, algorithm: OwnAlgorithm, asked: Asked): Trial {
  const step = asked.step / lipschitz;
  // A component may be drawn twice: in every other trial each of them is.
  const often = 1 + (place % 2);
  const size = Math.min(asked.miniBatch, largestTriedBatch);
  const batchOf = (t: number) =>
    Int32Array.from({ length: size }, (_, k) => (place * asked.iterations + t) * size + Math.floor(k / often));
  let batch = batchOf(0);
  const queries: Float64Array[] = [];
  /** The draw of each query: another mini-batch has another gradient at the same point. */
  const draws: (Int32Array | undefined)[] = [];
  let remembers = algorithm.start !== undefined;
  const answer = (drawn: Int32Array | undefined, x: Float64Array, out: Float64Array = new Float64Array(x.length)) => {
    let k = queries.findIndex((point, i) => draws[i] === drawn && isNear(point, x, sizeOf(x)));
    if (k < 0) {
      k = queries.length;
      if (k === mostQueries) throw new NoModelError(`${algorithm.name} asks for more than ${k} gradients`);
      // A combination of both, such as 2ĝ − g, has a noise of its own size.
      if (draws.some((other) => (other === undefined) !== (drawn === undefined)))
        throw new NoModelError(`${algorithm.name} asks for gradients with noise and without it`);
      queries.push(x.slice());
      draws.push(drawn);
    }
    out.set(vectors[k + 1]!.map((entry) => lipschitz * entry));
    return out;
  };
  let kind: 'proximal steps' | 'subgradients' | undefined;
  const askedFor = (wanted: NonNullable<typeof kind>, found: Float64Array): Float64Array => {
    kind ??= wanted;
    if (kind !== wanted) throw new NoModelError(`${algorithm.name} asks for subgradients and for proximal steps`);
    return found;
  };
  /** Values that belong to no function either, each point's own. */
  const values: Trial['rated'][number][] = [];
  const askedValue = (x: Float64Array): number => {
    const known = values.find(({ point }) => isNear(point, x, sizeOf(x)));
    if (known !== undefined) return known.rate;
    if (values.length === mostQueries)
      throw new NoModelError(`${algorithm.name} asks for more than ${mostQueries} values`);
    const random = keyedStream(streamKey('1', 'values of an own algorithm', 1, place * mostQueries + values.length));
    const rate = lipschitz * Math.max(...vectors.map(sizeOf)) ** 2 * (2 * random() - 1);
    values.push({ point: x.slice(), rate });
    return rate;
  };
  const ofProximalSteps: Partial<ProblemAtStep> = {
    step,
    objective: askedValue,
    gradientMapping: (x, out) => askedFor('proximal steps', answer(undefined, x, out)),
    mean(x, out) {
      const mapping = askedFor('proximal steps', answer(undefined, x));
      const reached = x.map((entry, i) => entry - step * mapping[i]!);
      out?.set(reached);
      return out ?? reached;
    },
    subgradient: (x, out) => askedFor('subgradients', answer(undefined, x, out)),
  };
  const ofGradients: Partial<ProblemAtStep> = {
    step,
    fixedObjective: askedValue,
    gradient: (x, out) => answer(undefined, x, out),
    stochasticGradient(drawn, x, out) {
      // Of a part of it the variance would be larger, and that of an earlier one is not independent.
      if ('counts' in drawn || batch.join() !== Array.from(drawn).join())
        throw new NoModelError(`${algorithm.name} takes a part of its mini-batch, or another one`);
      return answer(batch, x, out);
    },
  };
  const problem = onlyThese(algorithm, asked.oracle === 'proximal-steps' ? ofProximalSteps : ofGradients);
  let x: Float64Array = vectors[0]!.slice();
  let state = algorithm.start?.(x.slice());
  const rated = () => (values.length > 0 ? values : queries).length;
  const iterates = [{ x, rated: 0 }];
  const states: unknown[] = [];
  const iterated = () =>
    ownIteration(algorithm, {
      ...{ problem, step, x: x.slice(), state: structuredClone(state), parameters: asked.parameters },
      batch: batch.slice(),
      random() {
        throw new NoModelError(`${algorithm.name} draws random numbers of its own`);
      },
    });
  for (let t = 0; t < asked.iterations; t++) {
    batch = batchOf(t);
    const next = iterated();
    const again = place === 0 ? repeats : 0;
    for (let k = 0; k < again; k++) {
      if (!isNear(iterated().x, next.x, 0))
        throw new NoModelError(
          `${algorithm.name} returns another point for the same input: it depends on more than that`,
        );
    }
    ({ x, state } = next);
    remembers ||= state !== undefined;
    iterates.push({ x, rated: rated() });
    states.push(state);
  }
  const lengths = queries.map((point, k) => ({
    point,
    rate: vectors[k + 1]!.reduce((sum, entry) => sum + entry ** 2, 0),
  }));
  const valued = values.length > 0;
  return {
    ...{ queries, iterates, states, valued },
    rated: valued ? values : lengths,
    noisy: draws.some((drawn) => drawn !== undefined),
    explicit: kind === 'subgradients',
    remembers,
  };
}

/** How often an iteration is repeated, to see whether it counts its calls. */
const repeats = 200;

/** The numbers and words in a state by where they stand, and whether they are in a list as long as x. */
function leavesOf(
  state: unknown,
  length: number,
  place = '',
  vector = false,
): Map<string, { value: unknown; vector: boolean }> {
  if (typeof state !== 'object' || state === null) return new Map([[place, { value: state, vector }]]);
  const entries = Object.entries(state);
  const inside = (Array.isArray(state) || ArrayBuffer.isView(state)) && entries.length === length;
  return new Map(entries.flatMap(([name, entry]) => [...leavesOf(entry, length, `${place}.${name}`, inside)]));
}

/**
 * Whether what an algorithm keeps from one iteration to the next is vectors, each twice as large where x⁰ and the gradients are, and what is the same after
 * every iteration. A number that changes, such as a count, may change the weights of a later iteration than was tried.
 */
function keepsVectorsAlone(algorithm: OwnAlgorithm, asked: Asked): boolean {
  const [frame] = frames() as [Frame];
  const dimension = frame.vectors[0]!.length;
  const [once, twice] = [1, 2].map((factor) => {
    const vectors = frame.vectors.map((vector) => vector.map((entry) => factor * entry));
    return trialIn({ ...frame, vectors }, algorithm, asked).states.map((state) => leavesOf(state, dimension));
  }) as [ReturnType<typeof leavesOf>[], ReturnType<typeof leavesOf>[]];
  const [first] = once as [ReturnType<typeof leavesOf>];
  return once.every(
    (leaves, t) =>
      leaves.size === first.size &&
      [...leaves].every(([place, { value, vector }]) => {
        const doubled = twice[t]!.get(place)?.value;
        if (vector && typeof value === 'number' && doubled === 2 * value && first.has(place)) return true;
        return value === first.get(place)?.value && value === doubled;
      }),
  );
}

const sizeOf = (x: Float64Array): number => x.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
const isNear = (a: Float64Array, b: Float64Array, size: number): boolean =>
  a.every((entry, i) => Math.abs(entry - b[i]!) <= rounding * size);

/** Whether a point of a trial is the combination of the frame's vectors that the coefficients say. */
function isCombination(point: Float64Array, coefficients: Float64Array, { vectors }: Frame): boolean {
  const sum = new Float64Array(point.length);
  let size = 0;
  coefficients.forEach((coefficient, k) => {
    if (coefficient === 0) return;
    const vector = vectors[k]!;
    size = Math.max(size, Math.abs(coefficient) * sizeOf(vector));
    for (let i = 0; i < sum.length; i++) sum[i]! += coefficient * vector[i]!;
  });
  return isNear(point, sum, size);
}

/** The best of the points that were rated before an iterate. */
function bestOf({ rated }: Trial, count = rated.length): number {
  const rates = rated.slice(0, count).map(({ rate }) => rate);
  return rates.indexOf(Math.min(...rates));
}

/**
 * An own algorithm as linear combinations: its points in x⁰ and the gradients that it was told. They are read in one frame and compared with the algorithm in
 * 112 others, which is a reading of a program at some inputs and no proof about its text.
 */
interface Reading {
  readonly unit: Trial;
  /** Every iterate after x⁰ is the point with the smallest gradient of those that were asked for until then, or the one with the least f. */
  readonly smallest: false | 'gradient' | 'value';
}

/** @throws NoModelError if it is not linear, or asks for anything else than gradients */
function linearReading(algorithm: OwnAlgorithm, asked: Asked): Reading {
  asked.trials.count += 1 + frames().length;
  const unit = trialIn(units, algorithm, asked);
  const trials = frames().map((frame) => ({ frame, trial: trialIn(frame, algorithm, asked) }));
  const all = trials.map(({ frame, trial }) => {
    const isAsked = (point: Float64Array, k: number) => isCombination(point, unit.queries[k]!, frame);
    const known =
      trial.noisy === unit.noisy &&
      trial.valued === unit.valued &&
      (frame.meets
        ? trial.queries.every((point) => unit.queries.some((_, k) => isAsked(point, k)))
        : trial.queries.length === unit.queries.length && trial.queries.every(isAsked));
    const linear = trial.iterates.every(({ x }, t) => isCombination(x, unit.iterates[t]!.x, frame));
    const isRated = (point: Float64Array) => unit.rated.some((other) => isCombination(point, other.point, frame));
    const smallest =
      known &&
      trial.rated.every(({ point }) => isRated(point)) &&
      trial.iterates.every(({ x }, t) => {
        const isAt = ({ point }: Trial['rated'][number]) => isNear(x, point, sizeOf(x));
        const before = trial.iterates[t]!.rated;
        return t === 0 || (frame.meets ? trial.rated.some(isAt) : isAt(trial.rated[bestOf(trial, before)]!));
      });
    return { known, linear, smallest };
  });
  if (all.every(({ known, linear }) => known && linear)) return { unit, smallest: false };
  // Each point must have been the best in some frame: what is never chosen may never be looked at.
  const chosen = new Set(trials.map(({ trial }) => bestOf(trial)));
  if (all.every(({ smallest }) => smallest) && chosen.size === unit.rated.length)
    return { unit, smallest: unit.valued ? 'value' : 'gradient' };
  const different = all.filter(({ known, linear }) => !(known && linear)).length;
  throw new NoModelError(
    `${algorithm.name} is not linear in the gradients: in ${different} of ${frames().length} trials its points are other combinations`,
  );
}

/** Steps at which an algorithm without memory is compared with x − γ∇f(x). */
const steps = [2 ** -20, 0.25, 1, 1.75];

/** Whether an own algorithm has no memory and its iteration is x − γ times what it is told, at several γ and mini-batches; and its first run. */
function plainRun(
  algorithm: OwnAlgorithm,
  parameters: AlgorithmParameters,
  miniBatches: readonly number[],
  asked: Pick<Asked, 'trials' | 'oracle'>,
): Trial | undefined {
  const tried = [
    ...steps.map((step) => ({ step, miniBatch: miniBatches[0]! })),
    ...miniBatches.slice(1).map((miniBatch) => ({ step: 1, miniBatch })),
  ];
  const found = tried.map(({ step, miniBatch }) => {
    const { unit, smallest } = linearReading(algorithm, { ...asked, step, parameters, miniBatch, iterations: 2 });
    const { queries, iterates, remembers } = unit;
    const is = (point: Float64Array | undefined, ...coefficients: number[]) =>
      point?.every((entry, i) => Math.abs(entry - (coefficients[i] ?? 0)) <= rounding);
    const plain =
      !smallest &&
      !remembers &&
      Object.keys(parameters).length === 0 &&
      queries.length === 2 &&
      is(queries[0], 1) &&
      is(queries[1], 1, -step) &&
      is(iterates[2]!.x, 1, -step, -step);
    return { plain, unit };
  });
  const [{ unit }] = found as [(typeof found)[0]];
  return found.every(({ plain, unit: { noisy } }) => plain && noisy === unit.noisy) ? unit : undefined;
}

/**
 * The name of an own algorithm without memory whose iteration is x − γ∇f(x): the model of all T is then known.
 *
 * @param parameters those of its schedule; with any of them it may change with T
 * @param miniBatches the B of its schedule at some T
 * @returns undefined if it is another one
 * @throws NoModelError if it is not linear, or asks for anything else than gradients
 */
export function nameOf(
  algorithm: OwnAlgorithm,
  parameters: AlgorithmParameters,
  miniBatches: readonly number[],
  trials: TrialCount,
): 'sgd' | 'gradient-descent' | undefined {
  const unit = plainRun(algorithm, parameters, miniBatches, { trials });
  return unit && (unit.noisy ? 'sgd' : 'gradient-descent');
}

/** The same of P(x), and of x − γs(x) for a subgradient s(x). */
export function compositeNameOf(
  algorithm: OwnAlgorithm,
  parameters: AlgorithmParameters,
  miniBatches: readonly number[],
  trials: TrialCount,
): 'proximal-gradient' | 'subgradient-method' | undefined {
  const unit = plainRun(algorithm, parameters, miniBatches, { trials, oracle: 'proximal-steps' });
  return unit && (unit.explicit ? 'subgradient-method' : 'proximal-gradient');
}

/** Iterations from which momentum is read: two weights and a first one, which the others confirm. */
const momentumIterations = 4;

/**
 * The running mean of gradients with which an own algorithm moves.
 *
 * @param longest the largest T that it is read for
 * @returns undefined if it moves in another way
 * @throws NoModelError if it is not linear, asks for anything else than gradients, or has noise and moves in another way
 */
export function momentumOf(
  algorithm: OwnAlgorithm,
  given: Omit<Asked, 'iterations'>,
  longest: number,
): Momentum | undefined {
  const asked = { ...given, iterations: momentumIterations };
  const { unit, smallest } = linearReading(algorithm, asked);
  const { queries, iterates, noisy } = unit;
  /** −(x^{t+1} − x^t) as coefficients of the gradients. */
  const moves = iterates.slice(1).map(({ x }, t) => x.map((entry, i) => iterates[t]!.x[i]! - entry));
  const fraction = (value: number) => nearbyFraction(value, nearFraction, largestDenominator);
  const weight = (t: number, s: number) => moves[t]![s + 1]!;
  const [first, newest] = [fraction(weight(0, 0)), fraction(weight(1, 1))];
  const isAtIterates = queries.length === moves.length && queries.every((x, t) => isNear(x, iterates[t]!.x, 1));
  // 1 − α.
  const kept = newest?.gt(zero) ? fraction(weight(2, 1) / weight(1, 1)) : undefined;
  if (!smallest && isAtIterates && first?.gt(zero) && newest && kept && !kept.lt(zero)) {
    const step = kept.lt(one) ? newest.div(one.sub(kept)) : one;
    const expected = moves.map((move, t) =>
      move.map((_, i) => {
        const [s, start] = [i - 1, i === 1];
        return s < 0 || s > t ? 0 : toDouble(start ? first : newest) * toDouble(kept) ** (t - s);
      }),
    );
    if (kept.lt(one) && moves.every((move, t) => isNear(move, expected[t]!, 1))) {
      if (longest <= momentumIterations || keepsVectorsAlone(algorithm, asked))
        return { step, newestWeight: one.sub(kept), firstWeight: first.div(step), noisy };
      if (noisy)
        throw new NoModelError(
          `there is no model of ${algorithm.name}: it is momentum for ${momentumIterations} iterations, and keeps numbers that change, such as a count, so that its weights may change too`,
        );
    }
  }
  if (noisy)
    throw new NoModelError(
      `there is no model of ${algorithm.name}, which has noise and is neither SGD nor momentum with constant weights`,
    );
  return undefined;
}

/** Iterations in which an average is seen. */
const averagedIterations = 12;

/**
 * The step x − γ∇f(x), or with noise, if an own algorithm returns the mean of the points from x⁰ on at which it takes that step.
 *
 * @param miniBatches the B of its schedule at some T
 * @returns undefined if it returns something else, or has parameters, with which it may change with T
 */
export function averageOf(
  algorithm: OwnAlgorithm,
  parameters: AlgorithmParameters,
  miniBatches: readonly number[],
  trials: TrialCount,
): 'sgd' | 'gradient-descent' | undefined {
  if (Object.keys(parameters).length > 0) return undefined;
  const [first, ...others] = miniBatches;
  const tried = [
    ...[1, 0.25].map((step) => ({ step, miniBatch: first! })),
    ...others.map((miniBatch) => ({ step: 1, miniBatch })),
  ];
  const readings = tried.map(({ step, miniBatch }) => {
    const asked = { step, miniBatch, parameters, iterations: averagedIterations, trials };
    const found = linear(() => linearReading(algorithm, asked));
    return found && { ...found, step };
  });
  const isAverage = readings.every((found) => {
    if (found === undefined || found.smallest || found.unit.queries.length !== averagedIterations) return false;
    const { unit, step } = found;
    return unit.queries.every((point, t) => {
      const mean = point.map((_, i) => unit.queries.slice(0, t + 1).reduce((sum, at) => sum + at[i]!, 0) / (t + 1));
      const reached = point.map((_, i) => (i === 0 ? 1 : i <= t ? -step : 0));
      return isNear(point, reached, 1) && isNear(unit.iterates[t + 1]!.x, mean, 1);
    });
  });
  const isNoisy = new Set(readings.map((found) => found?.unit.noisy));
  if (!isAverage || isNoisy.size > 1) return undefined;
  return isNoisy.has(true) ? 'sgd' : 'gradient-descent';
}

/** What is read of an algorithm; undefined if it is not linear, or asks for anything else than gradients. */
function linear(read: () => Reading): Reading | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoModelError) return undefined;
    throw error;
  }
}

/** Iterations from which the weights of an accelerated method are read: some of them determine functions of t, and the others confirm these. */
const extrapolatedIterations = 20;

/**
 * The weights of an accelerated method at t = 0, 1, 2, …
 *
 * @returns undefined if it moves in another way, or has parameters, with which it may change with T
 */
export function extrapolationsOf(
  algorithm: OwnAlgorithm,
  given: Omit<Asked, 'iterations'>,
): Extrapolation[] | undefined {
  if (Object.keys(given.parameters).length > 0) return undefined;
  const reading = linear(() => linearReading(algorithm, { ...given, iterations: extrapolatedIterations }));
  if (reading === undefined) return undefined;
  const { unit, smallest } = reading;
  const points = unit.iterates.map(({ x }) => x);
  if (smallest || unit.noisy || unit.queries.length !== extrapolatedIterations) return undefined;
  const isGradientStep = unit.queries.every((y, t) =>
    isNear(
      points[t + 1]!,
      y.map((entry, i) => (i === t + 1 ? -given.step : entry)),
      1,
    ),
  );
  const ahead = unit.queries.map((y, t) => y.map((entry, i) => entry - points[t]![i]!));
  if (!isGradientStep || sizeOf(ahead[0]!) > rounding) return undefined;
  const fraction = (value: number) =>
    Math.abs(value) <= rounding ? zero : nearbyFraction(value, nearFraction, largestDenominator);
  const found = ahead.slice(1).map((next, t): Extrapolation | undefined => {
    const newest = fraction(-next[t + 1]! / given.step);
    const before = ahead[t]!;
    const most = before.reduce((best, entry, i) => (Math.abs(entry) > Math.abs(before[best]!) ? i : best), 0);
    const kept = Math.abs(before[most]!) <= rounding ? undefined : fraction(next[most]! / before[most]!);
    if (newest === undefined) return undefined;
    const expected = before.map((entry, i) =>
      i === t + 1 ? -given.step * toDouble(newest) : entry * (kept === undefined ? 0 : toDouble(kept)),
    );
    return isNear(next, expected, 1) ? { kept, newest } : undefined;
  });
  return found.every((entry) => entry !== undefined) ? found : undefined;
}

/**
 * T iterations of an own algorithm for a program of all T steps.
 *
 * @param onlyLast whether the left side is the summand at x^T
 * @throws NoModelError if it is not linear, asks for anything else than gradients, or has coefficients that are no simple fractions
 */
export function ownRun(
  algorithm: OwnAlgorithm,
  asked: Asked,
  { term, onlyLast }: { readonly term: RunTerm; readonly onlyLast: boolean },
): RunMethod & { readonly asked: RunPoints } {
  const { unit, smallest } = linearReading(algorithm, asked);
  if (unit.noisy) throw new NoModelError(`${algorithm.name} has noise at T = ${asked.iterations} and none at others`);
  if (smallest === 'value' && term !== 'objective-gap')
    throw new NoModelError(
      `${algorithm.name} keeps the point with the least f, where the summand of the theorem need not be the least`,
    );
  if (smallest === 'gradient' && term !== 'squared-gradient' && term !== 'squared-gradient-mapping')
    throw new NoModelError(
      `${algorithm.name} keeps the point with the smallest gradient, where f(x) − f* or ‖x − x*‖² need not be the smallest`,
    );
  if (smallest && !onlyLast) {
    throw new NoModelError(`${algorithm.name} keeps the best of its points, of which no average is known`);
  }
  const counted = onlyLast ? unit.iterates.slice(-1) : unit.iterates.slice(0, -1);
  const wanted = smallest ? [] : counted.map(({ x }) => x);
  // An iterate that was not asked for has a gradient of its own.
  const points: Float64Array[] = [...unit.queries];
  const indexOf = (point: Float64Array): number => {
    const k = points.findIndex((other) => isNear(other, point, 1));
    return k < 0 ? points.push(point) - 1 : k;
  };
  const start = indexOf(unit.iterates[0]!.x);
  // x⁰ first, also where it was rated beside x¹.
  const isStart = (point: Float64Array) => isNear(point, unit.iterates[0]!.x, 1);
  const rated = unit.rated.map(({ point }) => point);
  const best = [...rated.filter(isStart), ...rated.filter((point) => !isStart(point))];
  const left = (smallest ? best : wanted).map(indexOf);
  const asksEverywhere = term === 'squared-gradient-mapping';
  const steps = {
    ...{ step: fractionOfStep(asked), explicit: unit.explicit },
    asked: asksEverywhere ? points.length : unit.queries.length,
  };
  return {
    points: points.map((point) => coordinatesOf(algorithm, point, points.length)),
    ...{ start, left, smallest: smallest !== false },
    ...(asked.oracle === 'proximal-steps' && { composite: steps }),
    asked: {
      step: asked.step,
      of: asked.oracle === undefined ? 'gradients' : unit.explicit ? 'subgradients' : 'proximal-steps',
      queries: unit.queries,
      iterates: unit.iterates.map(({ x }) => x),
      smallest,
      rated: best,
    },
  };
}

function fractionOfStep({ step }: Asked): Rational {
  const found = nearbyFraction(step, nearFraction, largestDenominator);
  if (found === undefined) throw new NoModelError(`γL = ${step} is no simple fraction`);
  return found;
}

/** The coefficients of the gradients as fractions, where that of x⁰ is 1. */
function coordinatesOf({ name }: OwnAlgorithm, point: Float64Array, count: number): Rational[] {
  const [ofStart, ...entries] = Array.from(point, (entry) => {
    const fraction = Math.abs(entry) <= rounding ? zero : nearbyFraction(entry, nearFraction, largestDenominator);
    if (fraction === undefined)
      throw new NoModelError(`a coefficient of ${name} is ${entry}, which is no simple fraction`);
    return fraction;
  });
  if (!ofStart!.equals(one)) {
    throw new NoModelError(`${name} multiplies x⁰ by ${toDouble(ofStart!)}: it depends on where 0 is`);
  }
  return entries.slice(0, count);
}

/** Dimensions, γ and sizes at which an algorithm is compared with SPGM. */
const triedDimensions = [1, 2, 3, 7, 20, 65, 1000];
const triedSteps = [2 ** -24, 2 ** -7, 0.25, 1, 1.75, 2 ** 7];
const triedSizes = [2 ** -80, 2 ** -12, 1, 2 ** 12, 2 ** 80];

/**
 * Whether an algorithm without memory returns the mean of the proximal-gradient steps of its mini-batch, asked for as `miniBatch` or as
 * `stochasticGradientMapping`: in trials on answers that belong to no function, as those of a gradient.
 *
 * @throws NoModelError if it asks for anything else
 */
export function isProximal(algorithm: OwnAlgorithm, miniBatches: readonly number[], trials: TrialCount): boolean {
  if (algorithm.start !== undefined) return false;
  return triedDimensions.every((dimension, d) =>
    triedSteps.every((step, k) =>
      triedSizes.every((size, s) => {
        trials.count++;
        const random = keyedStream(streamKey('1', 'frames of an own SPGM', 1, 100 * d + 10 * k + s));
        const vector = () => Float64Array.from({ length: dimension }, () => size * (2 * random() - 1));
        const [x, reached] = [vector(), vector()];
        const batch = new Int32Array(Math.min(miniBatches[s % miniBatches.length]!, largestTriedBatch)).map(
          (_, b) => 7 * d + b,
        );
        const requireDraw = (drawn: unknown, at: Float64Array) => {
          const entries =
            typeof drawn === 'object' && drawn !== null && 'counts' in drawn ? [] : Array.from(drawn as Int32Array);
          if (entries.join() !== batch.join() || at.some((entry, i) => entry !== x[i]))
            throw new NoModelError(`${algorithm.name} takes a part of its mini-batch, another one, or another point`);
        };
        const told = (values: Float64Array, out: Float64Array = new Float64Array(dimension)) => {
          out.set(values);
          return out;
        };
        const oracles: Partial<ProblemAtStep> = {
          step,
          miniBatch(drawn, at, out) {
            requireDraw(drawn, at);
            return told(reached, out);
          },
          stochasticGradientMapping(drawn, at, out) {
            requireDraw(drawn, at);
            return told(
              x.map((entry, i) => (entry - reached[i]!) / step),
              out,
            );
          },
        };
        const { x: next, state } = ownIteration(algorithm, {
          ...{ problem: onlyThese(algorithm, oracles), step, x: x.slice(), state: undefined, batch: batch.slice() },
          parameters: {},
          random() {
            throw new NoModelError(`${algorithm.name} draws random numbers of its own`);
          },
        });
        return state === undefined && isNear(next, reached, Math.max(sizeOf(x), sizeOf(reached)));
      }),
    ),
  );
}

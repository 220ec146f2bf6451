import fc from 'fast-check';
import { multinomialLaw, outcomeCount } from '../../exact/arithmetic/multinomial.js';
import { fromDouble, sum, toDouble } from '../../exact/arithmetic/rational.js';
import type { Pausable } from '../../exact/computation.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { MiniBatch } from '../../reference/problem/mini-batch.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { leftTerm } from '../theorem/left-term.js';
import { failing, type Threshold, tells } from '../theorem/tail.js';
import { iterationOf, ownIteration, type TheoremAlgorithm } from '../theorem/theorem-algorithm.js';
import { TheoremError } from '../theorem/theorem-fields.js';
import type { BoundJob } from './bound-job.js';
import { askedThreshold, type ExactEngine, type ExactRequest } from './exact-engine.js';

/** Most iterations of one state under one mini-batch in all, while there are several states. */
const largestWork = 2 ** 17;
/** The same of a run in which every mini-batch leads to one state, as of an algorithm that sees the whole gradient: nothing branches there. */
const longestRun = 2 ** 21;

/** Relative disturbances of every iterate by which the effect of rounding is measured: the run itself, and two that end on either side. */
const disturbances = [0, 2 ** -46, -(2 ** -46)] as const;
/** Binary digits of the grid on which disturbed paths meet. */
const gridDigits = 34;
/** What the disturbed runs show is taken this many times: their rounding is some 2⁶ times what a run has. */
const margin = 2;
/** Relative width above which an enclosure is useless. */
const widest = 1e-6;
/** Relative rounding of a sum of the masses and of the summands, with a margin. */
const rounding = 2 ** -44;

/** Longest run whose sum of terms is followed: doubles add no more of them with the room that b has. */
const longestSum = 2 ** 12;
/** Binary digits of the grid on which sums of terms meet: on undisturbed paths what rounding separates is one sum. */
const sumDigits = 48;

/** A point that paths have reached with a state of the algorithm, and their probability. */
interface Visited {
  readonly x: Float64Array;
  readonly state: unknown;
  readonly mass: number;
  /** The sum of the terms up to it, where paths with different sums are kept apart. */
  readonly sum?: number;
}

/** One iteration of an algorithm with its state outside, and what may follow from it. */
type Successors = (x: Float64Array, state: unknown, batch: MiniBatch) => readonly Visited[];

/** An iteration asked for a random number: its paths are not those of the mini-batches alone. */
class DrawsNumbers extends TheoremError {}

/** Two different states would look the same. */
class OpaqueState extends TheoremError {}

/**
 * Every sequence of mini-batches in doubles, for any algorithm, also one of the theorem's own. Paths that meet in the same point and state to the last bit are followed
 * once; named algorithms see a mini-batch by its counts, the user's own in the order of its draws, K^B of them per iteration.
 *
 * Rounding is measured and not proved: the whole computation is made three times, with every iterate as it comes out and with all of its coordinates moved by
 * ±2⁻⁴⁶ of themselves, which is many times what one iteration rounds. The interval holds all three, and on either side as much again. Where a sign is
 * taken of a number that is 0 up to rounding the runs separate, the interval is wide, and the engine does not apply.
 */
export const pathsEngine: ExactEngine = function* (request) {
  const { theorem, instance, iterations, schedule } = request;
  const problem = parseProblem(instance.problem);
  const steps = theorem.onlyLast ? iterations : iterations - 1;
  const occurring = Array.from(problem.probabilities.keys()).filter((k) => problem.probabilities[k]! > 0);
  const ordered = typeof theorem.algorithm !== 'string' && theorem.algorithm.unordered !== true;
  const count = ordered ? occurring.length ** schedule.miniBatch : outcomeCount(occurring.length, schedule.miniBatch);
  if (steps > 0 && (count > largestWork || count * steps > longestRun)) {
    return { inapplicable: `${count} outcomes of a mini-batch in each of ${steps} iterations are too many` };
  }
  const batches =
    steps === 0 ? [] : (ordered ? orderedBatches : countedBatches)(problem.probabilities, schedule.miniBatch);
  const atStep = problem.at(schedule.step);
  const threshold = askedThreshold(request);
  if (threshold !== undefined && !theorem.onlyLast && iterations > longestSum)
    return { inapplicable: `P(left side > b) needs T ≤ ${longestSum}: the sums of longer runs are rounded` };
  const lefts: (readonly [number, number])[] = [];
  try {
    for (const disturbance of disturbances) {
      const left = yield* followPaths(request, atStep, batches, disturbance);
      if (left === undefined)
        return { inapplicable: `there are more than ${largestWork} points and mini-batches to follow` };
      lefts.push(left);
    }
  } catch (error) {
    if (error instanceof DrawsNumbers)
      return { inapplicable: 'the algorithm draws random numbers beside the mini-batch' };
    if (error instanceof OpaqueState)
      return { inapplicable: 'states cannot be compared: numbers, texts, arrays, records, maps and sets can' };
    throw error;
  }
  const [lowest, highest] = [Math.min(...lefts.map(([low]) => low)), Math.max(...lefts.map(([, high]) => high))];
  if (threshold !== undefined) {
    const interval = [lowest * (1 - rounding), Math.min(1, highest * (1 + rounding))] as const;
    const apart = lefts.some(([low, high]) => low - lowest > rounding || highest - high > rounding);
    if (!apart || tells(theorem, interval)) return { engine: 'paths', interval };
    return { inapplicable: 'rounding decides whether the left side of some path is above b' };
  }
  const { uncertainty } = leftTerm(theorem, atStep, instance.start.length);
  const room = margin * (highest - lowest) + rounding * highest;
  const [lower, upper] = [Math.max(0, lowest - room), highest + room + uncertainty(highest + room)];
  if (highest - lowest > widest * highest) {
    return {
      inapplicable: 'rounding decides which way some path goes: a sign is taken of what is 0 to within rounding',
    };
  }
  return { engine: 'paths', interval: [lower, upper] };
};

function* followPaths(
  request: ExactRequest,
  problem: ProblemAtStep,
  batches: readonly BatchOutcome[],
  disturbance: number,
): Pausable<readonly [number, number] | undefined> {
  const threshold = askedThreshold(request);
  const { theorem, instance, iterations, schedule } = request;
  const start = Float64Array.from(instance.start);
  const term = leftTerm(theorem, problem, start.length);
  const successors = successorsOf(theorem.algorithm, problem, start.length, {
    signOfZero: instance.signOfZero ?? 'zero',
    parameters: schedule.parameters ?? {},
  });
  const sums = threshold === undefined || theorem.onlyLast ? undefined : sumsOf(iterations, threshold, disturbance);
  const first = sums && { sum: term.at(start) };
  let visited: readonly Visited[] = [{ x: start, state: startOf(theorem.algorithm, start), mass: 1, ...first }];
  /** Probability of the runs that are above b whatever follows. */
  let above = 0;
  const expectation = () => visited.reduce((sum, { x, mass }) => sum + mass * term.at(x), 0);
  const steps = theorem.onlyLast ? iterations : iterations - 1;
  let total = theorem.onlyLast ? 0 : expectation();
  let work = 0;
  /** Successors of one point, and whether two paths have met. */
  let [rate, met] = [batches.length, false];
  for (let t = 1; t <= steps; t++) {
    const before = work;
    if (visited.length > 1 && work + visited.length * rate > largestWork) return undefined;
    const next = new Map<string, { -readonly [Field in keyof Visited]: Visited[Field] }>();
    for (const { x, state, mass, sum = 0 } of visited) {
      for (const { batch, probability } of batches) {
        const followed = successors(x, state, batch);
        work += followed.length;
        if (next.size > 1 && work > largestWork) return undefined;
        for (const reached of followed) {
          if (disturbance !== 0) for (let i = 0; i < reached.x.length; i++) reached.x[i]! *= 1 + disturbance;
          const place = () => (disturbance === 0 ? reached.x : reached.x.map((value) => onGrid(value, problem.step)));
          const alone = visited.length * batches.length * followed.length === 1 && isVector(reached.state);
          const share = mass * probability * reached.mass;
          const total = sums && sum + term.at(reached.x);
          if (total !== undefined && sums!.isAbove(total)) {
            above += share;
            continue;
          }
          const key = alone ? theOnly : keyOf(place(), reached.state) + (sums?.keyOf(total!) ?? '');
          const known = next.get(key);
          if (known === undefined) next.set(key, { ...reached, mass: share, ...(sums && { sum: total! }) });
          else known.mass += share;
        }
      }
      yield;
    }
    rate = (work - before) / visited.length;
    met ||= next.size < work - before;
    // Only what branches counts.
    if (next.size === 1) work = before;
    visited = [...next.values()];
    if (visited.length === 0) break;
    // Where no two paths have met so far, it is taken that none will.
    if (t > 1 && !met && visited.length * rate ** (steps - t) > largestWork) return undefined;
    if (!theorem.onlyLast && threshold === undefined) total += expectation();
  }
  if (threshold !== undefined) {
    const law = visited.map(({ x, mass, sum }) => [sums ? sum! / iterations : term.at(x), mass] as const);
    const [surely, perhaps] = failing(law, threshold);
    return [above + surely, above + perhaps];
  }
  const left = theorem.onlyLast ? expectation() : total / iterations;
  return [left, left];
}

/** How sums of terms of a run of T iterations are told apart: on disturbed paths only as points are. */
function sumsOf(iterations: number, { upper }: Threshold, disturbance: number) {
  const most = iterations * Math.max(0, upper);
  const cell = most * 2 ** -(disturbance === 0 ? sumDigits : gridDigits);
  return {
    keyOf: (sum: number) => `+${cell === 0 ? sum : Math.round(sum / cell)}`,
    // Terms are ≥ 0: what is this far above b stays there.
    isAbove: (sum: number) => sum > most * (1 + 2 ** -20),
  };
}

const bitsOf = ({ buffer, byteOffset, length }: Float64Array): string =>
  String.fromCharCode(...new Uint16Array(buffer, byteOffset, 4 * length));

/** What stands in a text for a part that it does not show. */
const hidden = /\[(?:object \w+|cyclic)\]/;

/** A path that meets no other needs no text that tells it from them. */
const theOnly = '';
const isVector = (state: unknown): boolean => state === undefined || state instanceof Float64Array;

/** The bits of a point and of a state, most often none or a vector: the text of any other takes ten times as long as an iteration. */
function keyOf(place: Float64Array, state: unknown): string {
  if (state === undefined) return bitsOf(place);
  if (state instanceof Float64Array) return `${bitsOf(place)},${bitsOf(state)}`;
  const text = fc.stringify(structuredClone(state));
  if (hidden.test(text)) throw new OpaqueState();
  return `${bitsOf(place)};${text}`;
}

/** An iteration may write to its state. */
const copyOf = (state: unknown): unknown => (state instanceof Float64Array ? state.slice() : structuredClone(state));

/** Paths of signs stay on a lattice, and meet there even when they are disturbed: points too near for a disturbance to separate are one point. */
function onGrid(value: number, step: number): number {
  const cell = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), step))) - gridDigits);
  return Math.round(value / cell) * cell || 0;
}

const startOf = (algorithm: TheoremAlgorithm, start: Float64Array): unknown =>
  typeof algorithm === 'string' ? undefined : algorithm.start?.(start.slice());

function successorsOf(
  algorithm: TheoremAlgorithm,
  problem: ProblemAtStep,
  dimension: number,
  { signOfZero, parameters }: Pick<BoundJob, 'signOfZero'> & Required<Pick<BoundJob, 'parameters'>>,
): Successors {
  const random = () => {
    throw new DrawsNumbers();
  };
  if (typeof algorithm !== 'string') {
    const { step } = problem;
    return (x, state, batch) =>
      everyOutcome((happens) => {
        const input = { problem, step, x: x.slice(), state: copyOf(state), batch: inOrder(batch), parameters, random };
        return ownIteration(algorithm, input, happens);
      });
  }
  const iterate = iterationOf(algorithm, problem)(problem, dimension, { signOfZero, random });
  return (x, _, batch) => {
    const out = new Float64Array(dimension);
    iterate(x, batch, out);
    return [{ x: out, state: undefined, mass: 1 }];
  };
}

/** Repeats an iteration for every sequence of outcomes of the events that it asks about, with the probabilities of the sequences. */
function everyOutcome(
  iterate: (happens: (probability: number) => boolean) => { readonly x: Float64Array; readonly state: unknown },
): readonly Visited[] {
  const found: Visited[] = [];
  const open: boolean[][] = [[]];
  for (let decided = open.pop(); decided !== undefined; decided = open.pop()) {
    const sequence = decided;
    let [asked, mass] = [0, 1];
    const reached = iterate((probability) => {
      if (asked === sequence.length) {
        open.push([...sequence, false]);
        sequence.push(true);
      }
      const outcome = sequence[asked]!;
      asked++;
      mass *= outcome ? probability : 1 - probability;
      return outcome;
    });
    found.push({ ...reached, mass });
    if (found.length > largestWork) break;
  }
  return found;
}

/** A mini-batch as its components, those of counts in increasing order. */
function inOrder(batch: MiniBatch): Int32Array {
  if (!('counts' in batch)) return Int32Array.from(batch);
  return Int32Array.from(Array.from(batch.counts).flatMap((count, k) => new Array<number>(count).fill(k)));
}

/** A mini-batch and its probability. */
interface BatchOutcome {
  readonly batch: MiniBatch;
  readonly probability: number;
}

/** Every mini-batch of B draws by how often it holds each component; components of probability 0 never occur. */
function countedBatches(probabilities: Float64Array, miniBatch: number): BatchOutcome[] {
  const occurring = indicesOf(probabilities);
  const theta = occurring.map((k) => fromDouble(probabilities[k]!));
  const total = sum(theta);
  const law = multinomialLaw(
    theta.map((entry) => entry.div(total)),
    miniBatch,
  );
  return law.map(({ counts, probability }) => {
    const all = new Int32Array(probabilities.length);
    counts.forEach((count, j) => {
      all[occurring[j]!] = count;
    });
    return { batch: { counts: all }, probability: toDouble(probability) };
  });
}

/** Every sequence of B draws. */
function orderedBatches(probabilities: Float64Array, miniBatch: number): BatchOutcome[] {
  const occurring = indicesOf(probabilities);
  const total = occurring.reduce((all, k) => all + probabilities[k]!, 0);
  let sequences: { readonly indices: readonly number[]; readonly probability: number }[] = [
    { indices: [], probability: 1 },
  ];
  for (let b = 0; b < miniBatch; b++) {
    sequences = sequences.flatMap(({ indices, probability }) =>
      occurring.map((k) => ({ indices: [...indices, k], probability: (probability * probabilities[k]!) / total })),
    );
  }
  return sequences.map(({ indices, probability }) => ({ batch: Int32Array.from(indices), probability }));
}

const indicesOf = (probabilities: Float64Array): number[] =>
  Array.from(probabilities.keys()).filter((k) => probabilities[k]! > 0);

import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import type { IterationFactory } from '../../reference/algorithms/iteration.js';
import { algorithms } from '../../reference/algorithms/registry.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { TheoremError } from './theorem-fields.js';

/** An algorithm that a theorem can name: one that advances one iterate by one mini-batch. */
export type NamedAlgorithm = AlgorithmName;

/** Constants of an algorithm beside γ and B, by name, e.g. how much the newest draw weighs in a running mean. */
export type AlgorithmParameters = Readonly<Record<string, number>>;

/** The input of one iteration of your own algorithm. */
export interface IterationInput<State> {
  /** f = d + r_γ at the step, and the gradients of d + Σθ_k r_k. */
  readonly problem: ProblemAtStep;
  /** γ. */
  readonly step: number;
  /** x^{t−1}; it may be written to. */
  readonly x: Float64Array;
  /** The result of the previous iteration, or `start`. */
  readonly state: State;
  /** The components of the mini-batch in the order of their draws, 0-based, B of them. */
  readonly batch: Int32Array;
  /** The `parameters` of the schedule; none if it has none. */
  readonly parameters: AlgorithmParameters;
  /** True with this probability, independent of all before: for other randomness of finitely many outcomes. Enumerations follow both. */
  chance(probability: number): boolean;
  /** Uniforms in [0, 1) for any other randomness; an algorithm that uses them is sampled and never enumerated. */
  random(): number;
}

/** Your own algorithm, with a state that is passed from one iteration to the next. */
export interface OwnAlgorithm<State = unknown> {
  /** Shown in reports. */
  readonly name: string;
  /** Whether the order of the draws in a mini-batch does not matter: then enumerations use the counts of components, C(B + K − 1, K − 1) outcomes instead of K^B. */
  readonly unordered?: true;
  /** The state before the first iteration; none if left out. A state is made of plain data and typed arrays. */
  start?(x0: Float64Array): State;
  /** x^t and the new state, from x^{t−1} and the previous state. It must depend on nothing else. */
  iterate(input: IterationInput<State>): { readonly x: ArrayLike<number>; readonly state?: State };
}

/** The algorithm of a theorem: one that the suite knows by its name, or one of the theorem's own. */
export type TheoremAlgorithm = NamedAlgorithm | OwnAlgorithm;

/**
 * The name by which implementations under test know a theorem's algorithm.
 * @throws TypeError for one of the theorem's own: no implementation is asked for that
 */
export function knownAlgorithm({
  id,
  algorithm,
}: {
  readonly id: string;
  readonly algorithm: TheoremAlgorithm;
}): NamedAlgorithm {
  if (typeof algorithm === 'string') return algorithm;
  throw new TypeError(
    `${id} is about ${algorithm.name}, which only its own file knows: no implementation can be asked for it`,
  );
}

/** One iteration in doubles of the user's own algorithm, with its state inside: one factory call per run. */
export function iterationOf(
  algorithm: TheoremAlgorithm,
  problem: ProblemAtStep,
  parameters: AlgorithmParameters = {},
): IterationFactory {
  if (typeof algorithm === 'string') return algorithms[algorithm];
  return (_, dimension, { random = noRandomNumbers }) => {
    let state: unknown;
    let started = false;
    return (x, batch, out) => {
      if (!started) state = algorithm.start?.(x.slice());
      started = true;
      const next = ownIteration(algorithm, {
        problem,
        step: problem.step,
        x: x.slice(),
        state,
        batch: orderedBatch(batch),
        parameters,
        random,
      });
      state = next.state;
      out.set(next.x);
      if (out.length !== dimension) throw new RangeError(`out must have length ${dimension}, got ${out.length}`);
    };
  };
}

/** One iteration of the user's own algorithm, with its result checked; `happens` decides an event of a probability between 0 and 1. */
export function ownIteration(
  algorithm: OwnAlgorithm,
  input: Omit<IterationInput<unknown>, 'chance'>,
  happens = (probability: number): boolean => input.random() < probability,
): { readonly x: Float64Array; readonly state: unknown } {
  const dimension = input.x.length;
  const chance = (probability: number): boolean => {
    if (!(probability >= 0 && probability <= 1))
      throw new TheoremError(`${algorithm.name}: chance(${probability}): a probability is a number from 0 to 1`);
    return probability === 1 || (probability > 0 && happens(probability));
  };
  const returned = algorithm.iterate({ ...input, chance }) as Partial<ReturnType<OwnAlgorithm['iterate']>> | undefined;
  const given = returned?.x ?? [];
  // A copy of a vector takes a tenth of the time that one of any list takes.
  const x = given instanceof Float64Array ? given.slice() : Float64Array.from(given);
  if (x.length !== dimension || !x.every(Number.isFinite)) {
    const what =
      returned?.x === undefined ? 'no x' : `x = (${Array.from(x).slice(0, 4).join(', ')}${x.length > 4 ? ', …' : ''})`;
    throw new TheoremError(
      `${algorithm.name}: iterate returned ${what}: it must return { x, state } with ${dimension} finite numbers in x`,
    );
  }
  return { x, state: returned!.state };
}

function orderedBatch(batch: Parameters<ReturnType<IterationFactory>>[1]): Int32Array {
  if ('counts' in batch) throw new TypeError("a theorem's own algorithm takes its mini-batch in order, not as counts");
  return Int32Array.from(batch);
}

function noRandomNumbers(): never {
  throw new TypeError("a theorem's own algorithm needs its random numbers as an argument");
}

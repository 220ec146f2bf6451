import { ParameterError } from '../../functions/definition/arguments.js';
import { parseFunction } from '../../functions/definition/parse.js';
import type { FunctionSpecification } from '../../functions/definition/proximable-function.js';
import type { Parameter } from '../../functions/parameters/parameter.js';
import { type ParameterValues, readParameters } from '../../functions/parameters/read-parameters.js';
import { checkStep } from '../../problem/arguments.js';
import { type GradientOracle, gradientOracle } from '../../problem/gradients.js';
import type { MiniBatch } from '../../problem/mini-batch.js';
import type { ProblemAtStep } from '../../problem/problem.js';
import type { StepOptions } from '../algorithm.js';
import { type IterationFactory, requirePoint } from '../iteration.js';
import { joinedPoints, type Layout, pointsOf } from '../layout.js';
import { signOf, signRule } from '../sign.js';

/** The memory of an algorithm between iterations, by name: vectors of the length of x, e.g. `{ momentum }`, and numbers. */
export type Memory = Readonly<Record<string, Float64Array | number>>;

/** Where an algorithm with memory is after an iteration. */
export interface StatefulPoint<M extends Memory = Memory> {
  /** x^t. */
  readonly x: Float64Array;
  /** The memory for the next iteration. */
  readonly memory: M;
}

/** A hyperparameter: a parameter, with what claims try it at. */
export interface Hyperparameter extends Parameter {
  /** 0 or the least allowed, a usual value, and an extreme one. A regulariser has none: it is drawn as a function. */
  readonly levels?: readonly (number | boolean)[];
  /** What papers and libraries have it at: one of these is looked for if an implementation has no argument for it. */
  readonly usual?: readonly number[];
}

/** The hyperparameters of an algorithm, by name. */
type HyperparameterTable = Readonly<Record<string, Hyperparameter>>;

/** What is chosen where papers and libraries differ, by kind, if it is not the usual choice: see `conventionKinds`. */
export type Conventions = Readonly<Record<string, string>>;

/** What one update of an algorithm with memory is made from. Nothing of it must be written to. */
export interface StatefulInput<Hyperparameters, M> {
  /** x^{t−1}. */
  readonly x: Float64Array;
  /** `[m, n]` if x is a matrix, whose entries are given row by row; else the length of x alone. */
  readonly shape: readonly number[];
  /** f = d + r_γ at the step γ, with its P, P̂ and Ĝ. */
  readonly problem: ProblemAtStep;
  /** γ. */
  readonly step: number;
  /** The mini-batch of the iteration. */
  readonly batch: MiniBatch;
  /** What the iteration before remembered; undefined before the first. */
  readonly memory: M | undefined;
  /** By the names of the field. */
  readonly hyperparameters: Hyperparameters;
  /** Conventions of the run. */
  readonly options: StepOptions;
  readonly conventions?: Conventions;
  /** sgn with the value at 0 that the run agreed on. */
  sign(value: number): number;
  /** ∇f̂(u) of the mini-batch, equation (3), in a vector of its own. */
  stochasticGradient(u: Float64Array): Float64Array;
  /** ∇f(u) = ∇d(u) + Σ θ_k ∇r_k(u), in a vector of its own. */
  gradient(u: Float64Array): Float64Array;
}

/** x^t and what is remembered, from x^{t−1} and what was. */
type Update<P extends HyperparameterTable, M extends Memory> = (
  input: StatefulInput<ParameterValues<P>, M>,
) => StatefulPoint<M>;

/** A paper or a library, and its conventions where they are not the usual ones: see `conventionKinds`. */
export interface Reference {
  readonly source: string;
  readonly conventions?: Conventions;
}

/** An algorithm whose next iterate may depend on more than the last one; where it does not, the memory is empty. */
export interface StatefulAlgorithm<
  Name extends string = string,
  P extends HyperparameterTable = HyperparameterTable,
  M extends Memory = Memory,
> {
  /** What it is called in the library, the protocol and the reports: the name of its file. */
  readonly name: Name;
  /** Whether it takes gradients of the r_k, which must then be differentiable, or their proxes. */
  readonly takes: 'gradients' | 'proxes';
  /** Its hyperparameters: their names, what they may be, what stands in where one is left out, and at what they are tried. */
  readonly parameters: P;
  /** What x is, if its shape counts: always a matrix, or a vector or a matrix. If absent, entries do not depend on how they are arranged. */
  readonly points?: 'matrices' | 'vectors and matrices';
  /** It takes signs, so that x^t depends on what sgn(0) is. */
  readonly signs?: true;
  /** γ counts in the first step alone, so that it cannot change within a run. */
  readonly keepsFirstStep?: true;
  /**
   * The direction is the sign of a mean of the memory and the newest gradient. Named are the hyperparameters that say how much of the memory is in the
   * direction and how much of it stays in the next memory; `whole` if the first memory is the first gradient. Runs are tried whose gradients
   * oppose the memory.
   */
  readonly signOfMean?: { readonly direction: keyof P; readonly memory: keyof P; readonly whole?: true };
  /** Papers and libraries that an implementation may say it follows, by name. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Changes of hyperparameters after which they no longer fit together, by what is then wrong. */
  readonly refused?: Readonly<Record<string, { readonly [Name in keyof P]?: number | boolean }>>;
  /** What the hyperparameters must satisfy together; throws a ParameterError. */
  check?(hyperparameters: ParameterValues<P>, fail: (name: keyof P & string, allowed: string) => ParameterError): void;
  /** x^t and what is remembered, from x^{t−1} and what was. */
  readonly update: Update<P, M>;
  /** Wrong updates made of the right one, by what is wrong: the claim about the algorithm must find each. */
  readonly errors: Readonly<Record<string, (update: Update<P, M>) => Update<P, M>>>;
  /** Wrong updates that are younger than the test vectors, whose files do not change: `signprox identify` names these too. */
  readonly laterErrors?: Readonly<Record<string, (update: Update<P, M>) => Update<P, M>>>;
}

/** βm + (1 − β)g for each coordinate, from m = 0. */
export const averaged = (beta: number, mean: Float64Array | undefined, newest: Float64Array): Float64Array =>
  newest.map((g, i) => beta * (mean?.[i] ?? 0) + (1 - beta) * g);

/** ∇f̂(x) + λx. */
export const decayedGradient = (
  { x, stochasticGradient }: Pick<StatefulInput<unknown, Memory>, 'x' | 'stochasticGradient'>,
  weightDecay: number,
): Float64Array => stochasticGradient(x).map((g, i) => (weightDecay === 0 ? g : g + weightDecay * x[i]!));

/** Whether the decay is not in the gradient: as it is asked, or by convention. */
export const isDecoupled = ({
  hyperparameters,
  conventions: { coupling } = {},
}: Pick<StatefulInput<{ readonly decoupled: boolean }, Memory>, 'hyperparameters' | 'conventions'>): boolean =>
  hyperparameters.decoupled || coupling === 'always decoupled';

/** What a decay leaves of x, a share of it, and a move: the decay is before the step or, by convention, after it. */
export const movedBy = (kept: number, x: number, move: number, { decay }: Conventions = {}): number =>
  decay === 'after the step' ? kept * (x - move) : kept * x - move;

/** √v + ε or, by convention, √(v + ε) or max(√v, ε). */
export function adaptiveDivisor(v: number, epsilon: number, { epsilon: place }: Conventions = {}): number {
  if (place === 'inside the root') return Math.sqrt(v + epsilon);
  return place === 'as the least root' ? Math.max(Math.sqrt(v), epsilon) : Math.sqrt(v) + epsilon;
}

/** Keeps the types of the memory, which is given first, and of the hyperparameters of one algorithm, and forgets them for the list of all. */
export const defineAlgorithm =
  <M extends Memory>() =>
  <const Name extends string, P extends HyperparameterTable>(
    algorithm: StatefulAlgorithm<Name, P, M>,
  ): StatefulAlgorithm<Name> =>
    algorithm as unknown as StatefulAlgorithm<Name>;

/** Hyperparameters of an algorithm with memory by the field's names, e.g. `{ momentum: 0.9, nesterov: true }`; a regulariser is a function of the vocabulary. */
export type Hyperparameters = Readonly<Record<string, number | boolean | FunctionSpecification>>;

/** An error: the update with other hyperparameters than it was given. */
export const withHyperparameters =
  <H, M extends Memory>(change: (given: NoInfer<H>, input: StatefulInput<H, M>) => NoInfer<Partial<H>>) =>
  (update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> =>
    update({ ...input, hyperparameters: { ...input.hyperparameters, ...change(input.hyperparameters, input) } });

/** An error: the update with another sgn than the run agreed on. */
export const withSign =
  (sign: (value: number) => number) =>
  <H, M extends Memory>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> =>
    update({ ...input, sign });

/** An error: every step is the first. */
export const forgetting =
  <H, M extends Memory>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> =>
    update({ ...input, memory: undefined });

/** An error: a vector of the memory is that of its first coordinate everywhere. */
export const sharing =
  (name: string) =>
  <H, M extends Memory>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> => {
    const { x, memory } = update(input);
    const held = memory[name] as Float64Array;
    return { x, memory: { ...memory, [name]: held.map(() => held[0]!) } };
  };

/** An error: the algorithm never sees this part of its memory. */
export const losing =
  <M extends Memory>(name: keyof M & string) =>
  <H>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> => {
    if (input.memory === undefined) return update(input);
    const held = input.memory[name] as Float64Array | number;
    const lost = typeof held === 'number' ? 0 : new Float64Array(held.length);
    return update({ ...input, memory: { ...input.memory, [name]: lost } });
  };

/** An error: iterations are counted from another number than 0. */
export const countingFrom =
  (first: number) =>
  <H, M extends Memory & { readonly count: number }>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> => {
    const { x, memory } = update(input);
    if (input.memory !== undefined || first === 0) return { x, memory };
    return update({ ...input, memory: { ...zeroOf(memory), count: first } });
  };

/** The memory with every number and entry 0. */
const zeroOf = <M extends Memory>(memory: M): M =>
  Object.fromEntries(
    Object.entries(memory).map(([name, held]) => [name, typeof held === 'number' ? 0 : new Float64Array(held.length)]),
  ) as unknown as M;

/** An error: the memory is written before it is read. */
export const writtenFirst =
  <H, M extends Memory>(update: (input: StatefulInput<H, M>) => StatefulPoint<M>) =>
  (input: StatefulInput<H, M>): StatefulPoint<M> => {
    const { memory } = update(input);
    return { x: update({ ...input, memory }).x, memory };
  };

function readHyperparameters(
  { name, parameters, check }: StatefulAlgorithm,
  given: Hyperparameters,
): Readonly<Record<string, unknown>> {
  const { values } = readParameters(parameters, given, { owner: name, path: '', parse: parseFunction });
  check?.(values, (parameter, allowed) => new ParameterError(name, parameter, values[parameter], allowed));
  return values;
}

/** The shape of x, or of each point of a batch; throws a ParameterError unless the algorithm takes it and it has as many entries as x. */
function readShape({ name, points, takes }: StatefulAlgorithm, dimension: number, layout: Layout): readonly number[] {
  const { shape = [dimension], batch } = layout;
  const own = batch === true ? shape.slice(1) : shape;
  const lengths = { matrices: [2], 'vectors and matrices': [1, 2], any: [1, 2] }[points ?? 'any'];
  const isWhole = shape.every((count) => Number.isInteger(count) && count >= 1);
  const fits = isWhole && shape.reduce((product, count) => product * count, 1) === dimension;
  if (fits && lengths.includes(own.length) && (batch !== true || takes === 'gradients')) return own;
  const numbers = `${batch === true ? 'the number of points and ' : ''}${points === 'matrices' ? 'the rows and columns of a matrix' : 'the length of a vector or the rows and columns of a matrix'}`;
  throw new ParameterError(name, 'shape', layout.shape, `${numbers}, with ${dimension} entries in all`);
}

/** A vector of the memory with the entries of one point of a batch, or what the memory of all has in common. */
const memoryOf = (memory: Memory, length: number, point: number): Memory =>
  Object.fromEntries(
    Object.entries(memory).map(([name, held]) => [
      name,
      typeof held === 'number' ? held : held.subarray(point * length, (point + 1) * length),
    ]),
  );

/** The memory of a batch made of those of its points. */
const joinedMemory = (memories: readonly Memory[]): Memory =>
  Object.fromEntries(
    Object.entries(memories[0]!).map(([name, held]) => [
      name,
      typeof held === 'number' ? held : joinedPoints(memories.map((memory) => memory[name] as Float64Array)),
    ]),
  );

/** Binds everything of an iteration but where it is. Each point of a batch has an iteration of its own. */
function bind(
  algorithm: StatefulAlgorithm,
  given: Hyperparameters,
  problem: ProblemAtStep,
  dimension: number,
  options: StepOptions,
  layout: Layout,
  givenGradient?: Float64Array,
): (x: Float64Array, memory: Memory | undefined, batch: MiniBatch) => StatefulPoint {
  const shape = readShape(algorithm, dimension, layout);
  const hyperparameters = readHyperparameters(algorithm, given);
  const { convention, random } = signRule(options);
  let oracle: GradientOracle | undefined;
  // Only who takes gradients needs that all r_k have them.
  const written = (write: (oracle: GradientOracle, out: Float64Array) => void): Float64Array => {
    oracle ??= gradientOracle(problem.problem, dimension);
    const out = new Float64Array(dimension);
    write(oracle, out);
    return out;
  };
  let batch: MiniBatch = [];
  const bound = {
    problem,
    step: problem.step,
    hyperparameters,
    options,
    shape,
    sign: (value: number) => signOf(value, convention, random),
    stochasticGradient: (u: Float64Array) =>
      givenGradient?.slice() ?? written((own, out) => own.stochastic(u, batch, out)),
    gradient: (u: Float64Array) => written((own, out) => own.full(u, out)),
  };
  return (x, memory, next) => {
    batch = next;
    if (layout.batch !== true) return algorithm.update({ ...bound, x, batch, memory });
    const points = pointsOf(x, layout);
    const updated = points.map((point, p) => {
      const { length } = point;
      const own = (gradient: (u: Float64Array) => Float64Array) => (u: Float64Array) =>
        pointsOf(gradient(joinedPoints(points.with(p, u))), layout)[p]!;
      return algorithm.update({
        ...bound,
        stochasticGradient: own(bound.stochasticGradient),
        gradient: own(bound.gradient),
        x: point,
        batch,
        memory: memory && memoryOf(memory, length, p),
      });
    });
    return { x: joinedPoints(updated.map((each) => each.x)), memory: joinedMemory(updated.map((each) => each.memory)) };
  };
}

/** The algorithm for `runAlgorithm`: one call of the factory is one run, and starts with an empty memory. */
export const iterationOf =
  (algorithm: StatefulAlgorithm, hyperparameters: Hyperparameters, layout: Layout = {}): IterationFactory =>
  (problem, dimension, options) => {
    const iterate = bind(algorithm, hyperparameters, problem, dimension, options, layout);
    let memory: Memory | undefined;
    return (x, batch, out) => {
      const next = iterate(x, memory, batch);
      memory = next.memory;
      out.set(next.x);
    };
  };

/** @throws RangeError unless x and the numbers of the memory are finite, and its vectors as long as x */
export function requireState(x: Float64Array, memory: Memory | undefined): void {
  requirePoint('x', x);
  for (const [field, held] of Object.entries(memory ?? {})) {
    const vector = typeof held === 'number' ? Float64Array.of(held) : held;
    requirePoint(field, vector);
    if (vector === held && vector.length !== x.length) {
      throw new RangeError(`${field} must have length ${x.length}, got ${vector.length}`);
    }
  }
}

/** One step of the algorithm: see `statefulStep`. */
export function stepOf(
  algorithm: StatefulAlgorithm,
  hyperparameters: Hyperparameters,
  problem: ProblemAtStep,
  x: Float64Array,
  memory: Memory | undefined,
  batch: MiniBatch,
  options: StepOptions = {},
  layout: Layout = {},
): StatefulPoint {
  requireState(x, memory);
  return bind(algorithm, hyperparameters, problem, x.length, options, layout)(x, memory, batch);
}

/** One step of an algorithm that needs nothing of a problem but this gradient. */
export function givenStep(
  algorithm: StatefulAlgorithm,
  hyperparameters: Hyperparameters,
  { step, gradient }: { readonly step: number; readonly gradient: Float64Array },
  x: Float64Array,
  memory: Memory | undefined,
  layout: Layout = {},
): StatefulPoint {
  checkStep(step);
  requireState(x, memory);
  if (gradient.length !== x.length)
    throw new RangeError(`gradient must have length ${x.length}, got ${gradient.length}`);
  return bind(algorithm, hyperparameters, { step } as ProblemAtStep, x.length, {}, layout, gradient)(x, memory, []);
}

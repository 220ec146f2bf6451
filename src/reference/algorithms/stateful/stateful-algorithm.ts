import type { ParameterError } from '../../functions/definition/arguments.js';
import type { Parameters } from '../../functions/parameters/parameter.js';
import type { ParameterValues } from '../../functions/parameters/read-parameters.js';
import type { MiniBatch } from '../../problem/mini-batch.js';
import type { ProblemAtStep } from '../../problem/problem.js';
import type { StepOptions } from '../algorithm.js';

/** The memory of an algorithm between iterations, by name: vectors of the length of x, e.g. `{ momentum }`, and numbers. */
export type Memory = Readonly<Record<string, Float64Array | number>>;

/** Where an algorithm with memory is after an iteration. */
export interface StatefulPoint<M extends Memory = Memory> {
  /** x^t. */
  readonly x: Float64Array;
  /** The memory for the next iteration. */
  readonly memory: M;
}

/** What one update of an algorithm with memory is made from. Nothing of it must be written to. */
export interface StatefulInput<Hyperparameters, M> {
  /** x^{t−1}. */
  readonly x: Float64Array;
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
  /** sgn with the value at 0 that the run agreed on. */
  sign(value: number): number;
  /** ∇f̂(u) of the mini-batch, equation (3), in a vector of its own. */
  stochasticGradient(u: Float64Array): Float64Array;
  /** ∇f(u) = ∇d(u) + Σ θ_k ∇r_k(u), in a vector of its own. */
  gradient(u: Float64Array): Float64Array;
}

/** An algorithm whose next iterate depends on more than the last one. */
export interface StatefulAlgorithm<P extends Parameters = Parameters, M extends Memory = Memory> {
  /** Its hyperparameters: their names, what they may be, and what stands in where one is left out. */
  readonly parameters: P;
  /** What the hyperparameters must satisfy together; throws a ParameterError. */
  check?(hyperparameters: ParameterValues<P>, fail: (name: keyof P & string, allowed: string) => ParameterError): void;
  /** x^t and what is remembered from x^{t−1} and what was. */
  update(input: StatefulInput<ParameterValues<P>, M>): StatefulPoint<M>;
}

/** Keeps the types of the memory, which is told first, and of the hyperparameters of one algorithm, and forgets them for the list of all. */
export const statefulAlgorithm =
  <M extends Memory>() =>
  <P extends Parameters>(algorithm: StatefulAlgorithm<P, M>): StatefulAlgorithm =>
    algorithm as unknown as StatefulAlgorithm;

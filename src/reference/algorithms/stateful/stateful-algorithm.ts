import type { ParameterError } from '../../functions/definition/parameter-error.js';
import type { Parameters } from '../../functions/parameters/parameter.js';
import type { ParameterValues } from '../../functions/parameters/read-parameters.js';

/** What an algorithm remembers from one iteration to the next: vectors of the length of x by name, e.g. `{ momentum }`. */
export type Memory = Readonly<Record<string, Float64Array>>;

/** Where an algorithm with memory is after an iteration. */
export interface StatefulPoint {
  /** x^t. */
  readonly x: Float64Array;
  /** What the next iteration goes on from. */
  readonly memory: Memory;
}

/** What one update of an algorithm with memory is made from. */
export interface StatefulInput<Hyperparameters> {
  /** x^{t−1}; it must not be written to. */
  readonly x: Float64Array;
  /** ∇f̂(x^{t−1}) of the mini-batch, equation (3); it must not be written to. */
  readonly gradient: Float64Array;
  /** γ. */
  readonly step: number;
  /** What the iteration before remembered; undefined before the first. It must not be written to. */
  readonly memory: Memory | undefined;
  /** By the names of the field. */
  readonly hyperparameters: Hyperparameters;
  /** sgn with the value at 0 that the run agreed on. */
  sign(value: number): number;
}

/** An algorithm whose next iterate depends on more than the last one. */
export interface StatefulAlgorithm<P extends Parameters = Parameters> {
  /** Its hyperparameters: their names, what they may be, and what stands in where one is left out. */
  readonly parameters: P;
  /** What the hyperparameters must satisfy together; throws a ParameterError. */
  check?(hyperparameters: ParameterValues<P>, fail: (name: keyof P & string, allowed: string) => ParameterError): void;
  /** x^t and what is remembered from x^{t−1} and what was. */
  update(input: StatefulInput<ParameterValues<P>>): StatefulPoint;
}

/** Keeps the types of the hyperparameters of one algorithm, and forgets them for the list of all. */
export function statefulAlgorithm<P extends Parameters>(algorithm: StatefulAlgorithm<P>): StatefulAlgorithm {
  return algorithm as unknown as StatefulAlgorithm;
}

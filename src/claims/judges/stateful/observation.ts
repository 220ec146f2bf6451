import type { Rational } from '../../../exact/arithmetic/rational.js';
import type { MemoryConventions } from './conventions.js';
import type { Uncertain } from './uncertain.js';

/** One observed iteration: its start, the implementation's next iterate, and the exact operators of its problem. */
export interface Observation {
  readonly x: readonly Rational[];
  readonly next: readonly Rational[];
  /** γ of this iteration. */
  readonly step: Rational;
  /** ∇f̂(u) of the mini-batch. */
  stochasticGradient(u: readonly Rational[]): readonly Uncertain[];
  /** ∇f(u). */
  gradient(u: readonly Rational[]): readonly Uncertain[];
  /** Ĝ(u) of the mini-batch. */
  stochasticMapping(u: readonly Rational[]): readonly Uncertain[];
  /** P(y). */
  mean(y: readonly Uncertain[]): readonly Uncertain[];
  /** prox_{γh}(y) of the hyperparameter h = `regularizer`. */
  regularized(y: readonly Uncertain[]): readonly Uncertain[];
}

/** The allowed entries of the next iterate: any of the values up to the error; any entry if there are no values. */
export interface Expected {
  readonly values: readonly Rational[];
  readonly error: number;
}

/** Follows a run: returns the expected next iterate, and keeps the memory that the algorithm would have. */
export type Follower = (observation: Observation) => readonly Expected[];

/** The parameters for following a run. */
export interface Followed {
  /** A hyperparameter as a rational; one that was left out, and a flag that is false, is 0. */
  readonly given: (name: string) => Rational;
  /** The unit roundoff. */
  readonly u: number;
  readonly conventions: MemoryConventions;
}

/** The update rule of an algorithm. */
export type Rule = (followed: Followed) => Follower;

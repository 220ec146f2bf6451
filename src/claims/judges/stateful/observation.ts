import type { Rational } from '../../../exact/arithmetic/rational.js';
import type { MemoryConventions } from './conventions.js';
import type { Uncertain } from './uncertain.js';

/** One iteration as it was seen: where it began and where the implementation went, and the operators of its problem, exactly. */
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

/** The allowed entries of the next iterate: any of the values up to the error; anything if there are none. */
export interface Expected {
  readonly values: readonly Rational[];
  readonly error: number;
}

/** A run that is followed: what the next iterate should have been. It remembers what the algorithm would. */
export type Follower = (observation: Observation) => readonly Expected[];

/** What a run is followed by. */
export interface Followed {
  /** A hyperparameter as a rational; one that was left out, and a flag that is false, is 0. */
  readonly given: (name: string) => Rational;
  /** The unit roundoff. */
  readonly u: number;
  readonly conventions: MemoryConventions;
}

/** The update rule of an algorithm. */
export type Rule = (followed: Followed) => Follower;

import {
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  sum,
  toDouble,
  zero,
} from '../../../exact/arithmetic/rational.js';
import type { StatefulAlgorithmName } from '../../../reference/algorithms/stateful/names.js';
import { certainSign, combination, exactly, meanOf, nothing, type Uncertain } from './uncertain.js';

/** One iteration as it was seen: where it began, ∇f̂ there, and where the implementation went. */
export interface Observation {
  readonly x: readonly Rational[];
  readonly gradient: readonly Uncertain[];
  readonly next: readonly Rational[];
}

/** What an entry of the next iterate may be: any of the values to within the error; anything where there are none. */
export interface Expected {
  readonly values: readonly Rational[];
  readonly error: number;
}

/** A run that is followed: what the next iterate should have been. It remembers what the algorithm would. */
type Follower = (observation: Observation) => readonly Expected[];

/** Hyperparameters as rationals; those that were left out, and flags that are false, are 0. */
type Values = (name: string) => Rational;

type Rule = (given: Values, step: Rational, u: number) => Follower;

const minusOne = one.neg();
const isSet = (value: Rational): boolean => !value.equals(zero);

/** Signs that a number may have been found to have. */
function signsOf(direction: Uncertain): readonly Rational[] {
  const sign = certainSign(direction);
  return sign === undefined || sign === 0 ? [zero, minusOne, one] : [sign > 0 ? one : minusOne];
}

/** start − γ·direction. */
function descended(start: Uncertain, step: Rational, direction: Uncertain, u: number): Expected {
  const { value, error } = combination(one, start, step.neg(), direction, u);
  return { values: [value], error };
}

/** start − γ sgn(direction). */
function signed(start: Uncertain, step: Rational, direction: Uncertain, u: number): Expected {
  const moved = signsOf(direction).map((sign) => combination(one, start, step.neg(), exactly(sign), u));
  return { values: moved.map(({ value }) => value), error: Math.max(...moved.map(({ error }) => error)) };
}

/** (1 − γλ)x. */
const decayed = (x: Rational, step: Rational, decay: Rational, u: number): Uncertain =>
  isSet(decay) ? combination(one, exactly(x), step.mul(decay).neg(), exactly(x), u) : exactly(x);

/** ∇f̂ + λx. */
const withDecay = (gradient: Uncertain, decay: Rational, x: Rational, u: number): Uncertain =>
  isSet(decay) ? combination(one, gradient, decay, exactly(x), u) : gradient;

const momentumSgd: Rule = (given, step, u) => {
  const [momentum, decay] = [given('momentum'), given('weightDecay')];
  const [nesterov, decoupled] = [isSet(given('nesterov')), isSet(given('decoupled'))];
  const fresh = one.sub(given('dampening'));
  let buffer: readonly Uncertain[] | undefined;
  return ({ x, gradient }) => {
    const slopes = gradient.map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const before = buffer;
    const now = slopes.map((g, i) =>
      before === undefined || !isSet(momentum) ? g : combination(momentum, before[i]!, fresh, g, u),
    );
    buffer = now;
    return x.map((value, i) => {
      const direction = nesterov ? combination(one, slopes[i]!, momentum, now[i]!, u) : now[i]!;
      return descended(decoupled ? decayed(value, step, decay, u) : exactly(value), step, direction, u);
    });
  };
};

const signum: Rule = (given, step, u) => {
  const [momentum, decay, decoupled] = [given('momentum'), given('weightDecay'), isSet(given('decoupled'))];
  let mean: readonly Uncertain[] | undefined;
  return ({ x, gradient }) => {
    const now = gradient.map((g, i) => {
      const slope = decoupled ? g : withDecay(g, decay, x[i]!, u);
      return meanOf(momentum, mean?.[i] ?? nothing, one.sub(momentum), slope, u);
    });
    mean = now;
    return x.map((value, i) => signed(decoupled ? decayed(value, step, decay, u) : exactly(value), step, now[i]!, u));
  };
};

const lion: Rule = (given, step, u) => {
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  let mean: readonly Uncertain[] | undefined;
  return ({ x, gradient }) => {
    const before = gradient.map((_, i) => mean?.[i] ?? nothing);
    mean = gradient.map((g, i) => meanOf(beta2, before[i]!, one.sub(beta2), g, u));
    return x.map((value, i) => {
      const direction = meanOf(beta1, before[i]!, one.sub(beta1), gradient[i]!, u);
      return signed(decayed(value, step, decay, u), step, direction, u);
    });
  };
};

/** The step of a coordinate and the gradient before it; undefined after a sign that is not certain, on which both depend. */
interface Resilient {
  readonly size: Uncertain;
  readonly gradient: Uncertain;
}

const rprop: Rule = (given, step, u) => {
  const [smallest, largest] = [given('smallestStep'), given('largestStep')];
  const within = ({ value, error }: Uncertain): Uncertain => ({
    value: maximum(smallest, minimum(largest, value)),
    error,
  });
  let memory: readonly (Resilient | undefined)[] | undefined;
  return ({ x, gradient }) => {
    const now = gradient.map((g, i): Resilient | undefined => {
      const before = memory === undefined ? { size: exactly(step), gradient: nothing } : memory[i];
      const sign = certainSign(g);
      const signBefore = before && certainSign(before.gradient);
      if (before === undefined || sign === undefined || signBefore === undefined) return undefined;
      const turned = sign * signBefore;
      const factor = turned > 0 ? given('etaPlus') : turned < 0 ? given('etaMinus') : one;
      const size = within(combination(factor, before.size, zero, nothing, u));
      return { size, gradient: turned < 0 ? nothing : g };
    });
    memory = now;
    return x.map((value, i): Expected => {
      const here = now[i];
      if (here === undefined) return { values: [], error: 0 };
      const sign = rational(BigInt(certainSign(here.gradient)!));
      const { value: next, error } = combination(one, exactly(value), sign.neg(), here.size, u);
      return { values: [next], error };
    });
  };
};

const errorFeedbackSignSgd: Rule = (_, step, u) => {
  let left: readonly Uncertain[] | undefined;
  return ({ x, gradient, next }) => {
    const message = gradient.map((g, i) => combination(one, left?.[i] ?? nothing, step, g, u));
    const n = rational(BigInt(x.length));
    const value = sum(message.map((m) => m.value.abs())).div(n);
    // ‖m‖₁ is a sum of n terms, each off by its own error, with a rounding for each.
    const error =
      message.reduce((total, m) => total + m.error, 0) / x.length + 2 * (x.length + 1) * u * toDouble(value);
    const expected = message.map((m, i): Expected => {
      const moved = signsOf(m).map((sign) => combination(one, exactly(x[i]!), sign.neg(), { value, error }, u));
      return { values: moved.map((each) => each.value), error: Math.max(...moved.map((each) => each.error)) };
    });
    // Where either sign is right, what is left out is what the implementation left out.
    left = message.map((m, i) => {
      const sent = x[i]!.sub(closest(expected[i]!.values, next[i]!));
      return combination(one, m, minusOne, { value: sent, error }, u);
    });
    return expected;
  };
};

/** The value that is closest to a number. */
export function closest(values: readonly Rational[], to: Rational): Rational {
  return values.reduce((best, value) => (value.sub(to).abs().lt(best.sub(to).abs()) ? value : best));
}

/**
 * The update rules, written from their papers and from the documentation of PyTorch, in rationals. They follow a run by its iterates, since what
 * an implementation remembers cannot be read.
 */
export const rules: Readonly<Record<StatefulAlgorithmName, Rule>> = {
  'momentum-sgd': momentumSgd,
  signum,
  lion,
  rprop,
  'error-feedback-sign-sgd': errorFeedbackSignSgd,
};

import { unitRoundoff } from '../../claims/implementation/dtype.js';
import { toDouble, zero } from '../../exact/arithmetic/rational.js';
import { functionGradient, functionValue } from '../../exact/functions/values.js';
import { isInsideExactly, onBoundary } from '../../judging/arbitraries/boundary.js';
import { maximumNorm, ofSum, parameterMagnitude } from '../../judging/judges/precision.js';
import { nestedMagnitude } from '../../judging/judges/specification-size.js';
import type { Uncertain } from '../../judging/judges/stateful/rule.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseOnce } from '../../reference/functions/index.js';
import {
  computedWith,
  exactProxes,
  type FunctionFormat,
  type FunctionQuestion,
  type Kind,
  type Level,
  type OrdinaryQuestion,
  rationals,
} from './function-question.js';
import { type Interval, intervalOf } from './interval.js';
import { policyAnswers, type RightAnswer } from './policy-answers.js';

/** Where nothing cancels: A, b and u by their sizes, so that the loss and its gradient are sums of the sizes of their terms. */
function withoutCancelling({ function: specification, x }: OrdinaryQuestion): OrdinaryQuestion {
  const { matrix, target } = specification as unknown as { matrix: { data: number[] }; target: number[] };
  const sizes = { matrix: { ...matrix, data: matrix.data.map(Math.abs) }, target: target.map((v) => -Math.abs(v)) };
  return { function: { ...specification, ...sizes }, x: x.map(Math.abs) };
}

/** Whether a function is that of a matrix that is no isometry: its terms are larger than its numbers. */
const hasLargerTerms = ({ type }: FunctionSpecification): boolean => type === 'least-squares-loss';

/**
 * r(u), with the error that the guard allows: of a sum over all entries, relative to its terms, each at most the square of the largest number. Both
 * answers, or Infinity alone, where the guard says so of the boundary of a domain.
 *
 * @throws NotRationalError where it is not known
 */
function exactValue(question: OrdinaryQuestion, format: Exclude<FunctionFormat, Level>): readonly Interval[] {
  const { function: specification, x } = question;
  const value = functionValue(specification, rationals(x));
  const size = 1 + maximumNorm(x) + parameterMagnitude(computedWith(specification));
  const u = unitRoundoff(format);
  const [target, y] = [parseOnce(specification), Float64Array.from(x)];
  const rounding = ofSum(x.length) * u;
  const isOpen =
    !isInsideExactly({ specification, y, step: 1 }) && onBoundary(target, y, rounding * size, Math.sqrt(u) * size);
  if (value === undefined)
    return isOpen ? [intervalOf({ value: zero, error: Number.POSITIVE_INFINITY }), 'inf'] : ['inf'];
  const terms = hasLargerTerms(specification)
    ? toDouble(functionValue(...argumentsOf(withoutCancelling(question)))!)
    : x.length * size * size;
  const own = intervalOf({ value, error: rounding * (terms + Math.abs(toDouble(value))) });
  return isOpen ? [own, 'inf'] : [own];
}

const argumentsOf = ({ function: specification, x }: OrdinaryQuestion) => [specification, rationals(x)] as const;

/** ∇r(u), each entry with the error that the guard allows. @throws NotRationalError where it is not known */
function exactGradient(question: OrdinaryQuestion, format: Exclude<FunctionFormat, Level>): readonly Uncertain[] {
  const { function: specification, x } = question;
  const magnitude = 1 + nestedMagnitude(specification);
  const sizes = hasLargerTerms(specification)
    ? functionGradient(...argumentsOf(withoutCancelling(question))).map(toDouble)
    : x.map(() => magnitude * (magnitude + maximumNorm(x)));
  const rounding = ofSum(x.length) * unitRoundoff(format);
  return functionGradient(...argumentsOf(question)).map((value, i) => ({ value, error: rounding * sizes[i]! }));
}

/** Every right answer to a question in a format. @throws NotRationalError where it is not known */
export function rightAnswers(kind: Kind, question: FunctionQuestion, format: FunctionFormat): readonly RightAnswer[] {
  if (kind === 'policy') return policyAnswers(question, format as 'f64');
  const ordinary = question as OrdinaryQuestion;
  const rows =
    kind === 'prox'
      ? exactProxes(ordinary, format).map((point) => point.map(intervalOf))
      : kind === 'value'
        ? exactValue(ordinary, format as 'f64').map((each) => [each])
        : [exactGradient(ordinary, format as 'f64').map(intervalOf)];
  return rows.map((row) => ({ conventions: [0], rows: [row] }));
}

import { unitRoundoff } from '../../claims/implementation/dtype.js';
import { fromDouble, toDouble } from '../../exact/arithmetic/rational.js';
import { proximalPoints } from '../../exact/functions/proximal-points.js';
import { ofSum, parameterMagnitude } from '../../judging/judges/precision.js';
import type { Uncertain } from '../../judging/judges/stateful/rule.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import type { Format } from './optimiser-question.js';

/** A prox: argmin_u ½‖u − y‖² + γ r(u). */
export interface FunctionQuestion {
  /** r, as the protocol has it: `{ type, … }`. */
  readonly function: FunctionSpecification;
  /** γ. */
  readonly step: number;
  /** y. */
  readonly x: readonly number[];
}

/**
 * Every minimiser in exact arithmetic: one, or several where they are as good. Each entry has the error of a sum over all entries, relative to the
 * largest number: y, and γ times the parameters; none, where nothing is computed.
 *
 * @throws NotRationalError where a minimiser is not rational
 */
export function exactProxes(
  { function: specification, step, x }: FunctionQuestion,
  format: Exclude<Format, 'bf16-f32'>,
): readonly (readonly Uncertain[])[] {
  // Places of entries and shapes are numbers that no program computes with.
  const { groups: _, shape: __, ...numbers } = specification as FunctionSpecification & Record<string, unknown>;
  const points = proximalPoints(specification, fromDouble(step), x.map(fromDouble));
  return points.map((point) => {
    const largest = Math.max(...x.map(Math.abs), ...point.map((value) => Math.abs(toDouble(value))));
    const { proxRounding } = registry.get(specification.type)!.definition;
    const roundings = proxRounding === 'none' ? 0 : ofSum(x.length);
    const size = largest + (1 + step) * parameterMagnitude(numbers);
    return point.map((value) => ({ value, error: roundings * unitRoundoff(format) * size }));
  });
}

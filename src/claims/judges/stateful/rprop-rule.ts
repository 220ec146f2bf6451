import { maximum, minimum, one, rational, zero } from '../../../exact/arithmetic/rational.js';
import type { Expected, Rule } from './observation.js';
import { certainSign, combination, exactly, nothing, type Uncertain } from './uncertain.js';

/** The step of a coordinate and its previous gradient; undefined after an uncertain sign, on which both depend. */
interface Resilient {
  readonly size: Uncertain;
  readonly gradient: Uncertain;
}

export const rprop: Rule = ({ given, u }) => {
  const [smallest, largest] = [given('smallestStep'), given('largestStep')];
  const within = ({ value, error }: Uncertain): Uncertain => ({
    value: maximum(smallest, minimum(largest, value)),
    error,
  });
  let memory: readonly (Resilient | undefined)[] | undefined;
  return ({ x, step, stochasticGradient }) => {
    const now = stochasticGradient(x).map((g, i): Resilient | undefined => {
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

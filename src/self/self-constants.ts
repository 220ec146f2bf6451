import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { Theorem } from '../claims/theorems/theorem.js';
import { parseProblem } from '../reference/problem/create-problem.js';
import type { ProblemAtStep, ProblemConstants } from '../reference/problem/problem.js';
import { plant, selfClaim } from './planted.js';

const linear = (...coefficients: readonly number[]) => ({ type: 'linear', coefficients });
const quadratic = (curvature: number | readonly number[], center: number | readonly number[] = 0) => ({
  type: 'quadratic',
  ...{ curvature, center },
});

type Specification = Readonly<Record<string, unknown>>;
type Infimum = (specification: Specification, step: number, dimension: number) => ReturnType<ProblemAtStep['infimum']>;
const infimum: Infimum = (specification, step, dimension) => parseProblem(specification).at(step).infimum(dimension);

/** What is wrong with an enclosure of a minimum that is known. */
function misses(found: ReturnType<Infimum>, value: number): string | undefined {
  if (found === undefined) return 'f* is not certified';
  const { lower, upper } = found;
  if (lower === value && upper === value) return undefined;
  return lower <= value && value <= upper && upper - lower < 1e-6
    ? undefined
    : `f* is in [${lower}, ${upper}], right is ${value}`;
}

type Constants = (specification: Specification, dimension: number) => ProblemConstants;
const constants: Constants = (specification, dimension) => parseProblem(specification).at(0.5).constants(dimension);
const near = (found: number | undefined, value: number, name: string): string | undefined =>
  found !== undefined && found >= value && found <= value * (1 + 1e-9)
    ? undefined
    : `${name} is ${found}, right is ${value}`;

/** ±1 and, in a second coordinate, ±2, each with probability ½. */
const noisy: Specification = {
  smooth: quadratic(1),
  functions: [linear(1, 2), linear(-1, -2)],
  probabilities: [0.5, 0.5],
};

type Cap = Theorem['cap'];
const walk = parseProblem({ smooth: quadratic(1), functions: [{ type: 'zero' }], probabilities: [1] }).at(0.25);
const gap = { lower: 0, upper: 1 };
const capOf = (cap: Cap, start: number, more: Partial<ProblemConstants> = {}): number | undefined =>
  cap?.(walk, Float64Array.of(start), 4, { lipschitz: 1, gap, ...more } as never);

export const claim = selfClaim({
  id: 'self-constants',
  about: 'certified constants',
  plants: [
    plant<Infimum>({
      name: 'a lower end of f* above f*',
      piece: infimum,
      wrong: (...given) => {
        const found = infimum(...given)!;
        return { ...found, lower: found.upper + 2 ** -20, upper: found.upper + 2 ** -20 };
      },
      finds: (f) => misses(f({ smooth: quadratic(1), functions: [linear(1)], probabilities: [1] }, 0.5, 1), -0.5),
    }),
    plant<Infimum>({
      name: 'half of the concavity of d',
      piece: infimum,
      wrong: (specification, ...rest) => infimum({ ...specification, smooth: quadratic(-1.67 / 2) }, ...rest),
      // Curvatures 1 and 3 at γ = 1 make r_γ one of curvature 5/3.
      finds: (f) =>
        misses(
          f({ smooth: quadratic(-1.67), functions: [quadratic(1), quadratic(3)], probabilities: [0.5, 0.5] }, 1, 1),
          -Infinity,
        ),
    }),
    plant<Infimum>({
      name: 'one f* for coordinates that differ in d',
      piece: infimum,
      wrong: (specification, step) => {
        const one = infimum({ ...specification, smooth: quadratic(1) }, step, 1)!;
        return { lower: 2 * one.lower, upper: 2 * one.upper };
      },
      finds: (f) =>
        misses(
          f(
            { smooth: quadratic([1, -1]), functions: [{ type: 'huber', weight: 1, threshold: 1 }], probabilities: [1] },
            0.5,
            2,
          ),
          -Infinity,
        ),
    }),
    plant<Infimum>({
      name: 'a coordinate that is left out of f*',
      piece: infimum,
      wrong: (specification, step, dimension) => {
        const found = infimum(specification, step, dimension)!;
        return { lower: found.lower / 2, upper: found.upper / 2 };
      },
      finds: (f) => misses(f({ smooth: quadratic(1), functions: [linear(1, 1)], probabilities: [1] }, 0.5, 2), -1),
    }),
    plant<Constants>({
      name: 'σ of one coordinate',
      piece: constants,
      wrong: (...given) => ({ ...constants(...given), sigma: 2 }),
      finds: (of) => near(of(noisy, 2).sigma, Math.sqrt(5), 'σ'),
    }),
    plant<Constants>({
      name: 'a σ_i that is skipped',
      piece: constants,
      wrong: (...given) => ({ ...constants(...given), coordinateSigma: Float64Array.of(1, 0) }),
      finds: (of) => near(of(noisy, 2).coordinateSigma?.[1], 2, 'σ_2'),
    }),
    plant<Constants>({
      name: 'the deviation of one side',
      piece: constants,
      // The noise is −2 with probability ¼ and ⅔ with probability ¾.
      wrong: (...given) => ({ ...constants(...given), deviation: 2 / 3 }),
      finds: (of) => {
        const { deviation } = of(
          { smooth: quadratic(1), functions: [linear(2), linear(-2 / 3)], probabilities: [0.25, 0.75] },
          1,
        );
        return deviation !== undefined && deviation >= 2 ? undefined : `S is ${deviation}, and ‖P_k − P‖ reaches 2γ`;
      },
    }),
    plant<Constants>({
      name: 'half of L',
      piece: constants,
      wrong: (...given) => {
        const found = constants(...given);
        return { ...found, lipschitz: found.lipschitz! / 2 };
      },
      finds: (of) =>
        near(
          of({ smooth: { type: 'cosine', weight: 3 }, functions: [linear(1)], probabilities: [1] }, 1).lipschitz,
          3,
          'L',
        ),
    }),
    plant<Cap>({
      name: 'a cap from one side of the lattice',
      piece: theorem2.cap!,
      wrong: (problem, start, ...rest) => theorem2.cap!(problem, start.map(Math.abs).fill(0), ...rest),
      // |x⁰ − jγ| over j = 0 … 3 from x⁰ = −¾, γ = ¼.
      finds: (cap) => {
        const [found, right] = [capOf(cap, -0.75), 0.75 + (0.25 * 3) / 2];
        return found !== undefined && found >= right ? undefined : `M is ${found}, and the left side reaches ${right}`;
      },
    }),
    plant<Cap>({
      name: 'a cap without its noise',
      piece: theorem1.cap!,
      wrong: (problem, start, T, given, ...rest) =>
        theorem1.cap!(problem, start, T, { ...given, deviation: 0 }, ...rest),
      finds: (cap) => {
        const deviation = 8;
        // One draw off by S moves x by γS, and then ‖G‖² = (γS)² in three of four iterates.
        const reached = (0.75 * (0.25 * deviation) ** 2) / 4;
        const found = capOf(cap, 0, { deviation });
        return found !== undefined && found >= (2 * gap.upper) / (0.25 * 4) + reached ? undefined : `M is ${found}`;
      },
    }),
  ],
});

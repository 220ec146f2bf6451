import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { Interval } from '../reference/certified/interval.js';
import { parseProblem } from '../reference/problem/create-problem.js';
import type { ProblemConstants } from '../reference/problem/problem.js';
import type { Theorem } from '../theory/theorem/theorem.js';
import { plant, selfClaim } from './planted.js';

const linear = (...coefficients: readonly number[]) => ({ type: 'linear', coefficients });
const smooth = { type: 'quadratic', curvature: 1, center: 0 };

/** d = ½x² and r = x, of which f* is −½. */
const tilted = parseProblem({ smooth, functions: [linear(1)], probabilities: [1] }).at(0.5);
/** ±1 and, in a second coordinate, ±2, each with probability ½. */
const noisy = parseProblem({ smooth, functions: [linear(1, 2), linear(-1, -2)], probabilities: [0.5, 0.5] }).at(0.5);

type Cap = Theorem['cap'];
const walk = parseProblem({ smooth, functions: [{ type: 'zero' }], probabilities: [1] }).at(0.25);
const gap = { lower: 0, upper: 1 };
const capOf = (cap: Cap, start: number, more: Partial<ProblemConstants> = {}): number | undefined =>
  cap?.(walk, Float64Array.of(start), 4, { lipschitz: 1, gap, ...more } as never);

export const claim = selfClaim({
  id: 'self-constants',
  about: 'certified constants',
  plants: [
    plant<() => Interval>({
      name: 'a lower end of f* above f*',
      piece: () => tilted.infimum(1)!,
      wrong: () => {
        const { upper } = tilted.infimum(1)!;
        return { lower: upper + 2 ** -20, upper: upper + 2 ** -20 };
      },
      finds: (infimum) => {
        const { lower, upper } = infimum();
        const encloses = lower <= -0.5 && -0.5 <= upper && upper - lower < 1e-6;
        return encloses ? undefined : `f* is in [${lower}, ${upper}], right is −½`;
      },
    }),
    plant<() => number>({
      name: 'σ of one coordinate',
      piece: () => noisy.constants(2).sigma!,
      wrong: () => Math.max(...noisy.constants(2).coordinateSigma!),
      finds: (sigma) => {
        const found = sigma();
        const right = Math.sqrt(5);
        return found >= right && found <= right * (1 + 1e-9) ? undefined : `σ is ${found}, right is ${right}`;
      },
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

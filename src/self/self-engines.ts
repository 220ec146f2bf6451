import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { ExactEngineName, ExactRequest } from '../claims/left-side/exact-engine.js';
import { exactEngines } from '../claims/left-side/exact-engines.js';
import { fromDouble, rational, toDouble } from '../exact/arithmetic/rational.js';
import { latticeLeft } from '../exact/engines/lattice.js';
import { plant, selfClaim } from './planted.js';

/** d = ½x², r_1 = u and r_2 = −u with probability ½ each, from x⁰. */
const instance = (start: number): ExactRequest['instance'] => ({
  name: 'one coordinate',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((coefficient) => ({ type: 'linear', coefficients: [coefficient] })),
    probabilities: [0.5, 0.5],
  },
  start: [start],
});

type Engine = (request: ExactRequest) => ReturnType<(typeof exactEngines)[ExactEngineName]>;
const schedule = { step: 0.5, miniBatch: 1 };
/** G(x) = x and x¹ = ½x⁰ ∓ ½: ½(x⁰² + E(x¹)²) = ½(1 + ½). */
const spgm: ExactRequest = { theorem: theorem1, instance: instance(1), iterations: 2, schedule };
/** Ĝ = ¼ ± 1, so x¹ = −¼ or ¾: ½(¼ + ½). */
const signProx: ExactRequest = { theorem: theorem2, instance: instance(0.25), iterations: 2, schedule };

const misses = (engine: Engine, request: ExactRequest, right: number): string | undefined => {
  const answer = engine(request);
  if ('inapplicable' in answer) return `does not apply: ${answer.inapplicable}`;
  const [low, high] = answer.interval;
  return low <= right && right <= high && high - low < 1e-9
    ? undefined
    : `the left side is in [${low}, ${high}], right is ${right}`;
};

const changed =
  (name: ExactEngineName, change: (request: ExactRequest) => Partial<ExactRequest>): Engine =>
  (request) =>
    exactEngines[name]({ ...request, ...change(request) });
const withBatch = ({ schedule: own }: ExactRequest) => ({ schedule: { ...own, miniBatch: 2 } });
const withStep = ({ schedule: own }: ExactRequest) => ({ schedule: { ...own, step: own.step / 2 } });
const oneMore = ({ iterations }: ExactRequest) => ({ iterations: iterations + 1 });

const fair = { positive: 0.5, negative: 0.5, tie: 0, uncertain: 0 };
type Lattice = typeof latticeLeft;

export const claim = selfClaim({
  id: 'self-engines',
  about: 'exact engines',
  plants: [
    ...(['enumeration', 'moments'] as const).flatMap((name) => [
      plant<Engine>({
        name: `${name}: a mini-batch of two draws in place of one`,
        piece: exactEngines[name],
        wrong: changed(name, withBatch),
        finds: (engine) => misses(engine, spgm, 0.75),
      }),
      plant<Engine>({
        name: `${name}: an iteration too many`,
        piece: exactEngines[name],
        wrong: changed(name, oneMore),
        finds: (engine) => misses(engine, spgm, 0.75),
      }),
    ]),
    plant<Engine>({
      name: 'lattice: half of the step',
      piece: exactEngines.lattice,
      wrong: changed('lattice', withStep),
      finds: (engine) => misses(engine, signProx, 0.375),
    }),
    plant<Engine>({
      name: 'enumeration of signProx: a mini-batch of two draws in place of one',
      piece: exactEngines.enumeration,
      wrong: changed('enumeration', withBatch),
      finds: (engine) => misses(engine, signProx, 0.375),
    }),
    plant<Lattice>({
      name: 'lattice: a doubt that does not widen the interval',
      piece: latticeLeft,
      wrong: ({ law, ...coordinate }, ...rest) =>
        latticeLeft({ ...coordinate, law: (j) => ({ ...law(j), uncertain: 0 }) }, ...rest),
      finds: (left) => {
        // A doubt at odd points only arises in the second half of a double step.
        const law = (j: number) => ({ ...fair, uncertain: j % 2 === 0 ? 0 : 0.01 });
        const [low, high] = left({ term: Math.abs, termError: 0, law }, 3, 'zero');
        return high - low >= 0.02 ? undefined : `the interval is ${high - low} wide with a doubt of 0.01`;
      },
    }),
    plant<Lattice>({
      name: 'lattice: a tie that moves',
      piece: latticeLeft,
      wrong: (coordinate, iterations, _, ...rest) => latticeLeft(coordinate, iterations, 'positive', ...rest),
      finds: (left) => {
        const law = () => ({ positive: 0, negative: 0, tie: 1, uncertain: 0 });
        const [, high] = left({ term: Math.abs, termError: 0, law }, 3, 'zero');
        return high < 1e-9 ? undefined : `a walk of ties goes as far as ${high} on average where sgn(0) = 0`;
      },
    }),
    plant({
      name: 'a rational that becomes a double by truncation above 2⁵³',
      piece: toDouble,
      wrong: ({ s, n, d }) => Number(s) * Number((n / d) & ~1n),
      finds: (double) => {
        const found = double(rational(2n ** 53n + 3n));
        return found === 2 ** 53 + 4 ? undefined : `2⁵³ + 3 becomes ${found}, the nearest double is 2⁵³ + 4`;
      },
    }),
    plant({
      name: 'a double that becomes a rational by its decimals',
      piece: fromDouble,
      wrong: (value) => rational(BigInt(Math.round(value * 10)), 10n),
      finds: (exact) => (exact(0.1).n === 3602879701896397n ? undefined : `0.1 becomes ${exact(0.1).toFraction()}`),
    }),
  ],
});

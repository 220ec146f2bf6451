import { type Judgement, judgeVector, worstOf } from '../claims/judges/judgement.js';
import { judgeProximalPoint, judgeStationarity } from '../claims/judges/proximal-optimality.js';
import { judgeSignStep } from '../claims/judges/sign-step.js';
import { judgeSame } from '../claims/properties/algorithm-parts.js';
import { parseFunction } from '../reference/functions/index.js';
import { plant, selfClaim } from './planted.js';

const accepts = (judgement: Judgement): boolean => judgement.ratio <= 1;
/** A judge that lets everything pass that is not ten times as far off as is allowed. */
const lenient =
  <Given extends readonly unknown[]>(judge: (...given: Given) => Judgement, factor: number) =>
  (...given: Given): Judgement => ({ ...judge(...given), ratio: judge(...given).ratio / factor });

const unit = 2 ** -53;
type Proximal = typeof judgeProximalPoint;
const l1 = parseFunction({ type: 'l1', weight: 1 });
const squared = parseFunction({ type: 'squared-l2', weight: 1 });
const claimed = (target: typeof l1, y: number, u: number, step = 1) => ({
  ...{ target, step, y: Float64Array.of(y), u: Float64Array.of(u) },
  ...{ precision: unit, magnitude: 1 },
});

type SignStep = typeof judgeSignStep;
const signStep = (judge: SignStep, next: number, direction: number): boolean =>
  accepts(
    judge({
      ...{ name: 'x⁺', step: 0.5, error: 1e-12, precision: unit },
      ...{ x: Float64Array.of(1), next: Float64Array.of(next), direction: Float64Array.of(direction) },
    }),
  );

type Vector = typeof judgeVector;
const vector = (judge: Vector, actual: readonly number[], right: readonly number[]): boolean =>
  accepts(judge('v', Float64Array.from(actual), Float64Array.from(right), () => 0.5));

export const claim = selfClaim({
  id: 'self-judges',
  about: 'judges',
  plants: [
    plant<Proximal>({
      name: 'ten times the tolerance of optimality',
      piece: judgeProximalPoint,
      wrong: lenient(judgeProximalPoint, 10),
      finds: (judge) =>
        accepts(judge(claimed(l1, 3, 2 * (1 + 350 * unit)))) ? 'a prox 350 roundings off passes' : undefined,
    }),
    plant<Proximal>({
      name: 'a tolerance of nothing',
      piece: judgeProximalPoint,
      wrong: lenient(judgeProximalPoint, 2 ** -60),
      finds: (judge) =>
        accepts(judge(claimed(l1, 3, 2 * (1 + 4 * unit)))) ? undefined : 'a prox four roundings off fails',
    }),
    plant<Proximal>({
      name: 'a step that is not looked at',
      piece: judgeProximalPoint,
      wrong: ({ step: _, ...rest }) => judgeProximalPoint({ ...rest, step: 1 }),
      finds: (judge) => (accepts(judge(claimed(l1, 3, 2, 0.5))) ? 'the prox at γ = 1 passes at γ = ½' : undefined),
    }),
    plant<Proximal>({
      name: 'a point outside of the domain',
      piece: judgeProximalPoint,
      wrong: ({ u, ...rest }) => judgeProximalPoint({ ...rest, u: rest.target.prox(u, 1) }),
      finds: (judge) => {
        const box = parseFunction({ type: 'box', lower: 0, upper: 1 });
        return accepts(judge(claimed(box, 3, 1 + 1e-9))) ? 'a projection 10⁻⁹ outside of the box passes' : undefined;
      },
    }),
    plant<Proximal>({
      name: 'a prox that is NaN',
      piece: judgeProximalPoint,
      wrong: (given) => (given.u.every(Number.isFinite) ? judgeProximalPoint(given) : { ratio: 0 }),
      finds: (judge) => (accepts(judge(claimed(l1, 3, Number.NaN))) ? 'NaN passes' : undefined),
    }),
    plant<typeof judgeStationarity>({
      name: 'a hundred times the tolerance of u + γ∇r(u) = y',
      piece: judgeStationarity,
      wrong: lenient(judgeStationarity, 100),
      finds: (judge) => (accepts(judge(claimed(squared, 4, 2 * (1 + 1e-12)))) ? 'a prox 10⁻¹² off passes' : undefined),
    }),
    plant<SignStep>({
      name: 'a sign that is not looked at',
      piece: judgeSignStep,
      wrong: (given) => judgeSignStep({ ...given, error: Number.POSITIVE_INFINITY }),
      finds: (judge) => (signStep(judge, 1.5, 3) ? 'a step against the sign of Ĝ passes' : undefined),
    }),
    plant<SignStep>({
      name: 'a tie that has one right answer',
      piece: judgeSignStep,
      wrong: (given) => judgeSignStep({ ...given, error: -1 }),
      finds: (judge) =>
        signStep(judge, 1.5, 1e-13) ? undefined : 'a sign within rounding of 0 is held against the implementation',
    }),
    plant<Vector>({
      name: 'entries that are NaN',
      piece: judgeVector,
      wrong: (name, actual, ...rest) =>
        judgeVector(
          name,
          actual.map((x, i) => (Number.isNaN(x) ? rest[0][i]! : x)),
          ...rest,
        ),
      finds: (judge) => (vector(judge, [Number.NaN], [1]) ? 'NaN passes for 1' : undefined),
    }),
    plant<Vector>({
      name: 'a vector that is too short',
      piece: judgeVector,
      wrong: (name, actual, right, allowed) => judgeVector(name, actual, right.slice(0, actual.length), allowed),
      finds: (judge) => (vector(judge, [1], [1, 2]) ? 'one entry passes for two' : undefined),
    }),
    plant<Vector>({
      name: 'the last entry left out',
      piece: judgeVector,
      wrong: (name, actual, right, allowed) => judgeVector(name, actual.slice(0, -1), right.slice(0, -1), allowed),
      finds: (judge) => (vector(judge, [1, 9], [1, 2]) ? '9 passes for 2' : undefined),
    }),
    plant<typeof worstOf>({
      name: 'the best of several judgements',
      piece: worstOf,
      wrong: (judgements) => judgements.reduce((least, next) => (next.ratio < least.ratio ? next : least)),
      finds: (worst) => {
        const found = worst([{ ratio: 0.5 }, { ratio: 3 }, { ratio: 1 }]).ratio;
        return found === 3 ? undefined : `the worst of ½, 3 and 1 is ${found}`;
      },
    }),
    plant<typeof judgeSame>({
      name: 'equality that allows a rounding',
      piece: judgeSame,
      wrong: (name, actual, expected) => judgeVector(name, actual, expected, () => 1e-12),
      finds: (judge) =>
        accepts(judge('x', Float64Array.of(1), Float64Array.of(1 + 2 ** -52)))
          ? 'numbers of other bits are the same'
          : undefined,
    }),
  ],
});

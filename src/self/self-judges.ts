import { type Judgement, judgeVector } from '../judging/judges/judgement.js';
import { judgeProximalPoint } from '../judging/judges/proximal-optimality.js';
import { judgeSignStep } from '../judging/judges/sign-step.js';
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
/** u as the prox of |·| at 3 with γ = 1, which is 2. */
const accepted = (judge: Proximal, u: number): boolean =>
  accepts(
    judge({
      ...{ target: l1, step: 1, y: Float64Array.of(3), u: Float64Array.of(u) },
      ...{ precision: unit, magnitude: 1 },
    }),
  );

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
      finds: (judge) => (accepted(judge, 2 * (1 + 350 * unit)) ? 'a prox 350 roundings off passes' : undefined),
    }),
    plant<Proximal>({
      name: 'a tolerance of nothing',
      piece: judgeProximalPoint,
      wrong: lenient(judgeProximalPoint, 2 ** -60),
      finds: (judge) => (accepted(judge, 2 * (1 + 4 * unit)) ? undefined : 'a prox four roundings off fails'),
    }),
    plant<Proximal>({
      name: 'a prox that is NaN',
      piece: judgeProximalPoint,
      wrong: (given) => (given.u.every(Number.isFinite) ? judgeProximalPoint(given) : { ratio: 0 }),
      finds: (judge) => (accepted(judge, Number.NaN) ? 'NaN passes' : undefined),
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
      name: 'a vector that is too short',
      piece: judgeVector,
      wrong: (name, actual, right, allowed) => judgeVector(name, actual, right.slice(0, actual.length), allowed),
      finds: (judge) => (vector(judge, [1], [1, 2]) ? 'one entry passes for two' : undefined),
    }),
  ],
});

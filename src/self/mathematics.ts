import { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
import type { Certificate, Stage } from '../claims/certificate.js';
import { type Judgement, judgeVector } from '../judging/judges/judgement.js';
import { judgeProximalPoint } from '../judging/judges/proximal-optimality.js';
import { judgeSignStep } from '../judging/judges/sign-step.js';
import type { Interval } from '../reference/certified/interval.js';
import { parseFunction } from '../reference/functions/index.js';
import { parseProblem } from '../reference/problem/create-problem.js';
import type { ProblemConstants } from '../reference/problem/problem.js';
import type { ExactEngineName, ExactRequest } from '../theory/left-side/exact-engine.js';
import { exactEngines } from '../theory/left-side/exact-engines.js';
import { checkCertificate } from '../theory/proofs/certificates/check-certificate.js';
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

export const selfConstantsClaim = selfClaim({
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

/** An engine that is asked for something else. */
const wrongEngine = (
  name: ExactEngineName,
  error: string,
  request: ExactRequest,
  right: number,
  change: Partial<ExactRequest>,
) =>
  plant<Engine>({
    name: `${name}: ${error}`,
    piece: exactEngines[name],
    wrong: (given) => exactEngines[name]({ ...given, ...change }),
    finds: (engine) => misses(engine, request, right),
  });
const twoDraws = { schedule: { ...schedule, miniBatch: 2 } };
const batch = 'a mini-batch of two draws in place of one';

export const selfEnginesClaim = selfClaim({
  id: 'self-engines',
  about: 'exact engines',
  plants: [
    wrongEngine('enumeration', batch, spgm, 0.75, twoDraws),
    wrongEngine('moments', batch, spgm, 0.75, twoDraws),
    wrongEngine('moments', 'an iteration too many', spgm, 0.75, { iterations: 3 }),
    wrongEngine('enumeration', `${batch}, by signs`, signProx, 0.375, twoDraws),
    wrongEngine('lattice', 'half of the step', signProx, 0.375, { schedule: { ...schedule, step: 0.25 } }),
  ],
});

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

export const selfJudgesClaim = selfClaim({
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

type Check = typeof checkCertificate;

/** V − e² ≥ 0 in expectation, where V bounds the variance of e. */
const stage: Stage = {
  ...{ name: 'one step', kind: 'expectation', statement: '' },
  symbols: { e: '', V: '' },
  ...{ positive: ['V'], nonNegative: [], random: ['e'], functions: {}, points: {} },
  goal: 'V − e²',
  cases: [{ terms: [{ multiplier: '1', inequality: { kind: 'variance', of: 'e', bound: 'V' } }] }],
};
const proof = (change: Partial<Stage> = {}): Certificate => ({ stages: [{ ...stage, ...change }] });
const variance = { kind: 'variance', of: 'e', bound: 'V' } as const;

const isAccepted = (check: Check, certificate: Certificate): boolean =>
  check(certificate).every(({ problem }) => problem === undefined);

/** A checker that accepts what it is given. */
const everything: Check = (certificate) => checkCertificate(certificate).map(({ problem: _, ...result }) => result);

/** A false certificate, which must be refused while the true one is accepted. */
const refused = (name: string, change: Partial<Stage>) =>
  plant<Check>({
    name,
    piece: checkCertificate,
    wrong: everything,
    finds: (check) => {
      if (!isAccepted(check, proof())) return 'a right certificate is refused';
      return isAccepted(check, proof(change)) ? 'it is accepted' : undefined;
    },
  });

export const selfCertificatesClaim = selfClaim({
  id: 'self-certificates',
  about: 'checker of certificates',
  plants: [
    refused('a negative multiplier', {
      goal: 'e² − V',
      cases: [{ terms: [{ multiplier: '−1', inequality: variance }] }],
    }),
    refused('a sum that differs from the goal', { goal: 'V − 2e²' }),
    refused('an expectation along one path', { kind: 'pathwise' }),
    plant<Check>({
      name: 'a checker that refuses everything',
      piece: checkCertificate,
      wrong: (certificate) => checkCertificate(certificate).map((result) => ({ ...result, problem: 'refused' })),
      finds: (check) => (isAccepted(check, proof()) ? undefined : 'a right certificate is refused'),
    }),
  ],
});

import type { Certificate } from '../../../claims/certificate.js';
import { type HypothesisId, hypothesisKey } from '../../../claims/hypothesis.js';
import { toDouble } from '../../../exact/arithmetic/rational.js';
import { onlyMeans } from '../../theorem/tail.js';
import type { Theorem } from '../../theorem/theorem.js';
import type { OwnAlgorithm } from '../../theorem/theorem-algorithm.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { type Accelerated, fittedWeights } from './accelerated-steps.js';
import type { PlainName } from './compare-source.js';
import type { RateTerm } from './linear-rate.js';
import type { Momentum } from './momentum-steps.js';
import {
  averageOf,
  compositeNameOf,
  extrapolationsOf,
  isProximal,
  momentumOf,
  nameOf,
  ownRun,
  type TrialCount,
} from './own-algorithm.js';
import { isStronglyConvex, modulusFraction, type Reading, triedSchedule } from './read-theorem.js';
import { descentRun, longestRun } from './run-proof.js';
import type { RunQuestion, RunTerm } from './run-space.js';
import { distanceStep, gradientStep, proximalStep, type StepModel } from './step-models.js';

/** Sign steps of a gradient, or of the mapping of a prox. */
type SignModel = 'signs' | 'signs-of-prox';
export const isSigns = (model: Modelled['model']): model is SignModel => model === 'signs' || model === 'signs-of-prox';

/** One step, at the average of whose points the summand is; `averaged` is the model of their own summands. */
export interface AveragedModel {
  readonly averaged: StepModel;
}
const averages: Readonly<Record<'sgd' | 'gradient-descent', AveragedModel>> = {
  sgd: { averaged: distanceStep(true) },
  'gradient-descent': { averaged: distanceStep(false) },
};

/** A theorem as a model knows it. */
export interface Modelled {
  /** One step, whose summand is averaged; the potential for the last value of a convex function, or that of an accelerated method; the average of its points; sign steps; or nothing. */
  readonly model:
    | StepModel
    | 'potential'
    | 'proximal-gradient'
    | 'subgradient-method'
    | Accelerated
    | AveragedModel
    | SignModel
    | undefined;
  /** Momentum at a reading, in place of a model of one step for every γ. */
  readonly momentum?: (reading: Pick<Reading, 'step' | 'miniBatch' | 'parameters'>) => Momentum | undefined;
  /** T steps of gradient descent, if that is what it is about. */
  readonly run: RunQuestion | undefined;
  /** What of the last iterate of gradient descent on a strongly convex f one step multiplies by a number below 1. */
  readonly rate?: RateTerm;
  /** The hypothesis that gives each kind of inequality. */
  readonly gives: Given;
  /** How an algorithm of the theorem's own was read. */
  readonly own?: OwnReading;
}

/** What is known of a program that was tried. */
interface OwnReading {
  readonly trials: TrialCount;
  /** Its name, if it is an algorithm of the suite written out. */
  readonly plain: PlainName | undefined;
  /** The points of T steps, by T. */
  readonly runs: Map<number, ReturnType<typeof ownRun>>;
}

/** Hypotheses by the inequalities of a certificate: `least` gives f*, the others are named by kind and function. */
type Given = Readonly<Record<string, HypothesisId>>;

/** Of the fixed objective; F is −f. */
const ofFixed: Given = {
  least: 'fixed-bounded-below',
  'descent of f': 'fixed-smooth',
  'descent of F': 'fixed-smooth',
  'lipschitz of f': 'fixed-smooth',
  'convexity of f': 'd-convex',
  variance: 'fixed-variance',
};
/** The same of a strongly convex f: φ is f − ½μ‖x − x*‖². */
const ofStronglyConvex: Given = {
  ...ofFixed,
  'convexity of f': 'fixed-strongly-convex',
  'convexity of φ': 'fixed-strongly-convex',
  'descent of φ': 'fixed-smooth',
};
const ofAverage: Given = {
  least: 'assumption-1a',
  'descent of d': 'assumption-1b',
  'descent of r': 'assumption-1c',
  'convexity of r': 'assumption-1c',
  variance: 'assumption-1d',
};

const ofCoordinates: Given = {
  least: 'fixed-bounded-below',
  'descent of f': 'fixed-coordinate-smooth',
  variance: 'fixed-coordinate-variance',
};

const ofProx: Given = {
  least: 'assumption-2a',
  'descent of d': 'assumption-2b',
  'descent of r': 'assumption-2c',
  'steepness of r': 'assumption-2c',
  variance: 'assumption-2d',
};

/** Of d + r, where φ is d − ½μ‖x − x*‖². */
const ofComposite: Given = {
  least: 'assumption-1a',
  'descent of d': 'assumption-1b',
  'convexity of d': 'd-convex',
  'descent of φ': 'assumption-1b',
  'convexity of φ': 'd-strongly-convex',
  fact: 'r-lipschitz',
};

/** The hypotheses from which the inequalities of a certificate follow. */
export function usedBy({ stages }: Certificate, gives: Given): ReadonlySet<string> {
  const kinds = stages.flatMap(({ symbols, cases }) => [
    ...('f*' in symbols || 'p*' in symbols ? ['least'] : []),
    ...cases.flatMap(({ terms }) =>
      terms.flatMap((term) => {
        if (!('inequality' in term)) return [];
        const { inequality } = term;
        return 'of' in inequality && 'from' in inequality
          ? [`${inequality.kind} of ${inequality.of}`]
          : [inequality.kind];
      }),
    ),
  ]);
  return new Set(kinds.flatMap((kind) => gives[kind] ?? []));
}

const proximal = proximalStep();
const models = {
  'squared-gradient': { sgd: gradientStep(true), 'gradient-descent': gradientStep(false) },
  'objective-gap': { sgd: distanceStep(true), 'gradient-descent': distanceStep(false) },
} as const;

/** Summands of the fixed objective, and those of d + r after proximal steps. */
const isRunTerm = (term: Theorem['term']): term is Exclude<RunTerm, 'squared-gradient-mapping'> =>
  term === 'squared-gradient' || term === 'objective-gap' || term === 'squared-distance';
const isCompositeTerm = (term: Theorem['term']): term is Exclude<RunTerm, 'squared-gradient'> =>
  term === 'squared-gradient-mapping' || term === 'objective-gap' || term === 'squared-distance';

/** The algorithm of a theorem, by its name if it is x − γ∇f(x) written out. */
function algorithmOf(theorem: Theorem, trials: TrialCount): Theorem['algorithm'] {
  const { algorithm } = theorem;
  if (typeof algorithm === 'string') return algorithm;
  const { parameters = {}, miniBatches } = triedSchedule(theorem);
  const name = nameOf(algorithm, parameters, miniBatches, trials);
  // What is read of another algorithm is compared with it in trials of its own.
  if (name === undefined) trials.count = 0;
  return name ?? algorithm;
}

/** The step whose points a theorem's own algorithm averages, where its last f(x) − f* is bounded. */
function averagedBy({ term, onlyLast, ...theorem }: Theorem, algorithm: OwnAlgorithm, trials: TrialCount) {
  if (term !== 'objective-gap' || !onlyLast) return undefined;
  const { parameters = {}, miniBatches } = triedSchedule({ term, ...theorem });
  return averageOf(algorithm, parameters, miniBatches, trials);
}

/** Whether a theorem's own algorithm is SPGM written out: x⁺ is the mean of the proximal-gradient steps of the mini-batch. */
function isOwnProximal(theorem: Theorem, trials: TrialCount): boolean {
  const { algorithm } = theorem;
  if (typeof algorithm === 'string') return false;
  try {
    const { parameters = {}, miniBatches } = triedSchedule(theorem);
    return Object.keys(parameters).length === 0 && isProximal(algorithm, miniBatches, trials);
  } catch (error) {
    // One that asks for anything else is another algorithm.
    if (error instanceof NoModelError) return false;
    throw error;
  }
}

/** The step and the parameters with which an algorithm of a theorem's own is tried. */
function triedStep(theorem: Theorem) {
  const { step, miniBatch, parameters = {} } = triedSchedule(theorem);
  return { step, miniBatch, parameters };
}

/**
 * Momentum at a T whose weights are fractions there, where it is momentum at another T.
 *
 * @param noisy whether the theorem assumes something of its noise
 */
function readMomentum(
  algorithm: OwnAlgorithm,
  reading: Pick<Reading, 'step' | 'miniBatch' | 'parameters'>,
  longest: number,
  noisy: boolean,
  trials: TrialCount,
): Momentum | undefined {
  try {
    const found = momentumOf(algorithm, { ...reading, step: toDouble(reading.step), trials }, longest);
    return found?.noisy && !noisy ? undefined : found;
  } catch (error) {
    if (error instanceof NoModelError) return undefined;
    throw error;
  }
}

/** @throws NoModelError for a bound from below, or of one run */
export function requireMean(theorem: Pick<Theorem, 'id' | 'relation' | 'delta'>): void {
  if (theorem.relation === 'at-least') throw new NoModelError('the theorem bounds its left side from below');
  if (theorem.delta !== undefined) throw new NoModelError(onlyMeans(theorem));
}

/**
 * @param longest the largest T that is asked for
 * @throws NoModelError if nothing is known about such a theorem
 */
export function modelOf(theorem: Theorem, longest = Number.POSITIVE_INFINITY): Modelled {
  const { term, objective, hypotheses, onlyLast } = theorem;
  requireMean(theorem);
  const known = objective === 'fixed' && isRunTerm(term);
  const trials: TrialCount = { count: 0 };
  const algorithm = known ? algorithmOf(theorem, trials) : theorem.algorithm;
  const mean = known && typeof algorithm !== 'string' ? averagedBy(theorem, algorithm, trials) : undefined;
  const moved =
    known && typeof algorithm !== 'string' && mean === undefined
      ? momentumOf(algorithm, { ...triedStep(theorem), trials }, longest)
      : undefined;
  if (typeof algorithm !== 'string' && moved === undefined && mean === undefined) trials.count = 0;
  const runs: OwnReading['runs'] = new Map();
  const ofMapping = term === 'squared-gradient-mapping' && objective !== 'fixed' && !onlyLast;
  const isProximalStep = ofMapping && (algorithm === 'spgm' || isOwnProximal(theorem, trials));
  const named = isProximalStep ? 'spgm' : algorithm;
  const plain = named === 'sgd' || named === 'gradient-descent' || named === 'spgm' ? named : undefined;
  const own = typeof theorem.algorithm === 'string' ? undefined : { trials, plain, runs, algorithm: theorem.algorithm };
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
  const ids = new Set(hypotheses.map(hypothesisKey));
  const isStrong = isStronglyConvex(theorem);
  const requireAll = (needs: readonly string[]): void => {
    const missing = needs.filter((id) => !ids.has(id));
    if (missing.length > 0)
      throw new NoModelError(`the models of ${name} need ${missing.join(', ')}, which the theorem does not assume`);
  };
  const withHypotheses = (
    model: Modelled['model'],
    run: RunQuestion | undefined,
    needs: readonly string[],
    gives: Given = isStrong ? ofStronglyConvex : ofFixed,
  ): Modelled => {
    requireAll(needs);
    return { model, run, gives, ...(own && { own: { trials, plain, runs } }) };
  };
  if (isProximalStep) {
    return withHypotheses(proximal, undefined, [...new Set(Object.values(ofAverage))], ofAverage);
  }
  if (own !== undefined && objective !== 'fixed' && isCompositeTerm(term)) {
    const isZero = ids.has('d-zero');
    const composite = {
      smooth: !isZero,
      lipschitz: isZero && ids.has('r-lipschitz'),
      indicator: ids.has('r-indicator'),
    };
    const ofSmooth = ['assumption-1a', 'assumption-1b', isStrong ? 'd-strongly-convex' : 'd-convex'];
    const needs = isZero ? ['assumption-1a', 'd-zero'] : ofSmooth;
    requireAll(needs);
    const { parameters = {}, miniBatches } = triedSchedule(theorem);
    const found = compositeNameOf(own.algorithm, parameters, miniBatches, { count: 0 });
    const method = ({ step, ...reading }: Parameters<RunQuestion['method']>[0]) => {
      const asked = { ...reading, step: toDouble(step), oracle: 'proximal-steps', trials } as const;
      const points = ownRun(own.algorithm, asked, { term, onlyLast: onlyLast === true });
      runs.set(reading.iterations, points);
      return points;
    };
    const modulus = modulusFraction(theorem);
    if (isStrong && modulus === undefined)
      throw new NoModelError('the theorem is about every μ: give it inverseConditionNumber');
    if (term === 'squared-distance' && !isStrong)
      throw new NoModelError('the models of ‖x − x*‖² need d-strongly-convex, which the theorem does not assume');
    const strong = modulus && { strongConvexity: modulus };
    const run = { convex: true, minimiser: true, term, composite, ...strong, method } as const;
    // Without a d, and of an indicator function, r is what the hypothesis says.
    const ofR = isZero ? 'd-zero' : composite.indicator ? 'r-indicator' : undefined;
    // What is proved for every T: the last point of proximal steps, and the average of subgradient steps.
    const isLast = onlyLast === true;
    const isProved = isLast ? found === 'proximal-gradient' : found === 'subgradient-method' && composite.lipschitz;
    const model = term === 'objective-gap' && isProved ? found : undefined;
    const modelled = withHypotheses(model, run, needs, { ...ofComposite, ...(ofR && { 'convexity of r': ofR }) });
    return { ...modelled, own: { trials, plain: found, runs } };
  }
  if (algorithm === 'sign-prox' && term === 'gradient-mapping-l1' && objective !== 'fixed' && !onlyLast) {
    return withHypotheses('signs-of-prox', undefined, [...new Set(Object.values(ofProx))], ofProx);
  }
  if (algorithm === 'sign-sgd' && term === 'gradient-l1' && objective === 'fixed' && !onlyLast) {
    return withHypotheses('signs', undefined, [...new Set(Object.values(ofCoordinates))], ofCoordinates);
  }
  if (
    (typeof algorithm === 'string' && algorithm !== 'gradient-descent' && algorithm !== 'sgd') ||
    objective !== 'fixed' ||
    !isRunTerm(term)
  ) {
    const left = typeof term === 'string' ? term : 'a summand of its own';
    throw new NoModelError(`there is no model of ${name} with ${left}${objective === 'fixed' ? '' : ' for d + r_γ'}`);
  }
  if (term === 'squared-distance' && !isStrong)
    throw new NoModelError('the models of ‖x − x*‖² need fixed-strongly-convex, which the theorem does not assume');
  const convex = ids.has('d-convex') || isStrong;
  const noise = algorithm === 'sgd' || mean === 'sgd';
  const lastAlone = onlyLast === true;
  const modulus = modulusFraction(theorem);
  // Of every μ there are no interpolation conditions.
  const run =
    noise || (isStrong && modulus === undefined)
      ? undefined
      : {
          ...{ convex, term },
          ...(modulus && { minimiser: true as const, strongConvexity: modulus }),
          method({ iterations, step, miniBatch, parameters }: Parameters<RunQuestion['method']>[0]) {
            if (typeof algorithm === 'string') return descentRun(iterations, step, lastAlone);
            const asked = { iterations, step: toDouble(step), miniBatch, parameters, trials };
            const found = ownRun(algorithm, asked, { term, onlyLast: lastAlone });
            runs.set(iterations, found);
            return found;
          },
        };
  /** For T that are not proved by all steps at once. */
  const accelerated = (of: OwnAlgorithm): Accelerated | undefined => {
    if (longest <= longestRun) return undefined;
    const found = extrapolationsOf(of, { ...triedStep(theorem), trials });
    return found && fittedWeights(found);
  };
  if (onlyLast && algorithm === 'sgd') throw new NoModelError('there is no model of the last iterate of SGD');
  const base = ['fixed-bounded-below', 'fixed-smooth', ...(noise ? ['fixed-variance'] : [])];
  const ofConvex = isStrong ? base : [...base, 'd-convex'];
  if (typeof algorithm !== 'string') {
    const needs = term === 'squared-gradient' ? base : ofConvex;
    const average = term === 'squared-gradient' && !onlyLast;
    const isLastGap = term === 'objective-gap' && lastAlone;
    if (moved?.noisy && !average)
      throw new NoModelError(
        `there is no model of ${name}, which is momentum with noise; there is one of the average of ‖∇f(x)‖² alone`,
      );
    const modelled = moved?.noisy
      ? withHypotheses(undefined, undefined, [...needs, 'fixed-variance'])
      : withHypotheses(mean ? averages[mean] : isLastGap && !isStrong ? accelerated(algorithm) : undefined, run, needs);
    return moved !== undefined && average
      ? {
          ...modelled,
          momentum: (reading) => readMomentum(algorithm, reading, longest, moved.noisy, trials),
        }
      : modelled;
  }
  const last = term === 'objective-gap' ? 'potential' : undefined;
  const average = term === 'squared-distance' ? undefined : models[term][algorithm];
  const model = onlyLast ? last : average;
  const modelled = withHypotheses(model, run, term === 'squared-gradient' ? base : ofConvex);
  return isStrong && !noise && onlyLast && term !== 'squared-gradient' ? { ...modelled, rate: term } : modelled;
}

import type { Certificate } from '../../../claims/certificate.js';
import { type HypothesisId, hypothesisKey } from '../../../claims/hypothesis.js';
import { onlyMeans } from '../../theorem/tail.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import type { WrittenAlgorithm } from '../../theorem/written-algorithm.js';
import { algorithmFormulas } from '../../theorem/written-theorem.js';
import type { Accelerated } from './accelerated-steps.js';
import type { RateTerm } from './linear-rate.js';
import type { MomentumForAll } from './momentum-for-all.js';
import type { Momentum } from './momentum-steps.js';
import { acceleratedOf, asksOf, averageOf, momentumAt, momentumOf, nameOf, ownRun } from './own-iterations.js';
import { isStronglyConvex, modulusFraction } from './read-formulas.js';
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
const averages: Readonly<Record<'ĝ' | '∇f', AveragedModel>> = {
  ĝ: { averaged: distanceStep(true) },
  '∇f': { averaged: distanceStep(false) },
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
  /** Momentum at one T, in place of a model of one step for every γ, and for every T as far as one text has it. */
  readonly momentum?: {
    readonly at: (iterations: number) => Momentum | undefined;
    readonly forAll: MomentumForAll | undefined;
    readonly noisy: boolean;
  };
  /** T steps of gradient descent, if that is what it is about. */
  readonly run: RunQuestion | undefined;
  /** What of the last iterate of gradient descent on a strongly convex f one step multiplies by a number below 1. */
  readonly rate?: RateTerm;
  /** The hypothesis that gives each kind of inequality. */
  readonly gives: Given;
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

/**
 * The running mean of gradients with which a theorem's own algorithm moves; undefined if it moves in another way.
 *
 * @throws NoModelError if it asks for anything else than gradients, or has noise and moves in another way
 */
function ownMomentum(theorem: Theorem, own: WrittenAlgorithm): Modelled['momentum'] {
  const { name } = own;
  const asks = asksOf(own);
  const other = [...asks].find((asked) => asked !== '∇f' && asked !== 'ĝ');
  if (other !== undefined)
    throw new NoModelError(
      other === 'sgn'
        ? `${name} is not linear in the gradients: it takes their signs`
        : `${name} asks for ${other}, and its models know ∇f and ĝ alone`,
    );
  // A combination of both, such as 2ĝ − g, has a noise of its own size.
  if (asks.size > 1) throw new NoModelError(`${name} asks for gradients with noise and without it`);
  const noisy = asks.has('ĝ');
  const gradient = noisy ? 'ĝ' : '∇f';
  const { from = 1 } = theorem;
  const forAll = momentumOf(theorem, { from }, gradient);
  if (forAll === undefined && momentumOf(theorem, { at: from }, gradient) === undefined) {
    if (!noisy) return undefined;
    throw new NoModelError(
      `there is no model of ${name}, which has noise and is neither SGD nor momentum with weights that are the same in all iterations`,
    );
  }
  const at = (T: number) => momentumAt(forAll ?? momentumOf(theorem, { at: T }, gradient), T, noisy);
  return { at, forAll, noisy };
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
  const own = algorithmFormulas(theorem);
  const written = own && nameOf(theorem);
  const isDescent = written === 'gradient-descent' || written === 'sgd';
  const algorithm = known && isDescent ? written : theorem.algorithm;
  const isOwn = typeof algorithm !== 'string';
  const mean = known && isOwn && term === 'objective-gap' && onlyLast ? averageOf(theorem) : undefined;
  const momentum = known && own && isOwn && mean === undefined ? ownMomentum(theorem, own) : undefined;
  const ofMapping = term === 'squared-gradient-mapping' && objective !== 'fixed' && !onlyLast;
  const isProximalStep = ofMapping && (algorithm === 'spgm' || written === 'spgm');
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
    return { model, run, gives };
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
    const method = (reading: Parameters<RunQuestion['method']>[0]) =>
      ownRun(theorem, own, reading, { term, onlyLast: onlyLast === true });
    const modulus = modulusFraction(theorem);
    if (isStrong && modulus === undefined)
      throw new NoModelError('the theorem is about every μ: give it inverseConditionNumber');
    if (term === 'squared-distance' && !isStrong)
      throw new NoModelError('the models of ‖x − x*‖² need d-strongly-convex, which the theorem does not assume');
    const strong = modulus && { strongConvexity: modulus };
    const run = { convex: true, term, composite, ...strong, method } as const;
    // Without a d, and of an indicator function, r is what the hypothesis says.
    const ofR = isZero ? 'd-zero' : composite.indicator ? 'r-indicator' : undefined;
    // What is proved for every T: the last point of proximal steps, and the average of subgradient steps.
    const isLast = onlyLast === true;
    const ofSteps = written === 'proximal-gradient' || written === 'subgradient-method' ? written : undefined;
    const isProved = isLast ? ofSteps === 'proximal-gradient' : ofSteps === 'subgradient-method' && composite.lipschitz;
    const model = term === 'objective-gap' && isProved ? ofSteps : undefined;
    return withHypotheses(model, run, needs, { ...ofComposite, ...(ofR && { 'convexity of r': ofR }) });
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
  const noise = algorithm === 'sgd' || mean === 'ĝ';
  const lastAlone = onlyLast === true;
  const modulus = modulusFraction(theorem);
  // Of every μ there are no interpolation conditions.
  const run =
    noise || (isStrong && modulus === undefined)
      ? undefined
      : {
          ...{ convex, term },
          ...(modulus && { strongConvexity: modulus }),
          method(reading: Parameters<RunQuestion['method']>[0]) {
            if (own === undefined || !isOwn) return descentRun(reading.iterations, reading.step, lastAlone);
            return ownRun(theorem, own, reading, { term, onlyLast: lastAlone });
          },
        };
  if (onlyLast && algorithm === 'sgd') throw new NoModelError('there is no model of the last iterate of SGD');
  const base = ['fixed-bounded-below', 'fixed-smooth', ...(noise ? ['fixed-variance'] : [])];
  const ofConvex = isStrong ? base : [...base, 'd-convex'];
  if (isOwn) {
    const needs = term === 'squared-gradient' ? base : ofConvex;
    const average = term === 'squared-gradient' && !onlyLast;
    const isLastGap = term === 'objective-gap' && lastAlone;
    if (momentum?.noisy && !average)
      throw new NoModelError(
        `there is no model of ${name}, which is momentum with noise; there is one of the average of ‖∇f(x)‖² alone`,
      );
    // For T that are not proved by all steps at once.
    const isAccelerated = isLastGap && !isStrong && longest > longestRun;
    const modelled = momentum?.noisy
      ? withHypotheses(undefined, undefined, [...needs, 'fixed-variance'])
      : withHypotheses(mean ? averages[mean] : isAccelerated ? acceleratedOf(theorem) : undefined, run, needs);
    return momentum !== undefined && average ? { ...modelled, momentum } : modelled;
  }
  const last = term === 'objective-gap' ? 'potential' : undefined;
  const average = term === 'squared-distance' ? undefined : models[term][algorithm];
  const model = onlyLast ? last : average;
  const modelled = withHypotheses(model, run, term === 'squared-gradient' ? base : ofConvex);
  return isStrong && !noise && onlyLast && term !== 'squared-gradient' ? { ...modelled, rate: term } : modelled;
}

import type { Certificate, CertificateTerm } from '../../../claims/certificate.js';
import { type HypothesisId, hypothesisKey } from '../../../claims/hypothesis.js';
import { fromDouble, one, type Rational, rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { boundStage } from './bound-stage.js';
import { type BoundAt, hasNoPotential, leastMultiple, type Momentum, proveMomentum } from './momentum-steps.js';
import { momentumOf, nameOf, ownRun } from './own-algorithm.js';
import { provePotential } from './potential-proof.js';
import { alternativeTo, type Condition, solve } from './program.js';
import {
  composed,
  difference,
  inverse,
  isNonNegative,
  monomial,
  product,
  type RationalFunction,
  valueAt,
} from './rational-function.js';
import {
  type Constants,
  comparedAt,
  NoModelError,
  type Reading,
  readAt,
  readForAll,
  type SymbolicReading,
  TunedStepError,
  triedSchedule,
} from './read-theorem.js';
import { descentRun, longestRun, proveRun, type RunQuestion } from './run-proof.js';
import { proveSignStep, signProgram } from './sign-steps.js';
import { distanceStep, gradientStep, proximalStep, type StepModel, stepProgram } from './step-models.js';
import { proveStep, type StepProof } from './step-proof.js';
import { type ComputedCase, worstCase } from './worst-case.js';

/** What is known of one T. */
export interface ProvedRow {
  readonly iterations: number;
  /**
   * `step` and `run`: proved by one step, or by all T steps at once. `no-proof`: the alternative of the program is solved exactly. `false`: that of the program
   * of all T steps is, which belongs to a function that violates the bound: all hypotheses are in the program.
   */
  readonly answer: 'step' | 'run' | 'no-proof' | 'false' | 'unknown';
  /** The least multiple of the bound that one step proves, as a fraction; absent if it proves none. */
  readonly multiple?: string;
}

/** The answer of `prove`. */
export interface Proving {
  readonly theorem: string;
  readonly statement: string;
  /**
   * `proved`: for every T that was asked for. `false`: an exact engine computes a left side above the bound. `no-proof`: no proof of this form exists,
   * though the theorem may be true. `undecided`: neither was found.
   */
  readonly answer: 'proved' | 'false' | 'no-proof' | 'undecided';
  /** For which T, in words. */
  readonly scope: string;
  /** Why, in one line. */
  readonly reason: string;
  /** One step, with the inequalities that make it, if one is proved for every γ. */
  readonly step?: {
    readonly statement: string;
    /** What p is in it. */
    readonly potential: string;
    /** Which case the terms are of, if there are several. */
    readonly shown?: string;
    readonly terms: readonly CertificateTerm[];
    /** At how many values of γL it was found. */
    readonly foundAt?: number;
  };
  readonly rows: readonly ProvedRow[];
  /** The T at which the values of the file were read. */
  readonly readAt: readonly number[];
  /** The hypotheses from which the inequalities of the proof follow, of the theorem's; empty without a proof. */
  readonly used: readonly string[];
  /** The others: with a proof, the theorem holds without them. */
  readonly unused: readonly string[];
  /** Left sides that exact engines computed. */
  readonly leftSides: number;
  /** The proof, accepted by `checkCertificate`: a stage for one step and for T steps, or one stage for each T. */
  readonly certificate?: Certificate;
  /** The problem that refutes the theorem. */
  readonly worst?: ComputedCase;
}

/** What to ask of `prove`. */
export interface ProveOptions {
  /** The T at which to prove the bound; all T ≥ 1 if left out. */
  readonly iterations?: readonly number[];
  /** Called before every longer computation; it may throw to end it. */
  readonly say?: (text: string) => void;
}

/** T that are looked at when no proof for all T is found. */
const first = [1, 2, 3, 4];
/** The same for a γL that is rational in √T. */
const squares = [1, 4, 16, 100];
/** Further T at which left sides are computed when there is none: a bound may be exceeded by long runs alone. */
const later = [10, 100];

/** Sign steps of a gradient, or of the mapping of a prox. */
type SignModel = 'signs' | 'signs-of-prox';
const isSigns = (model: Modelled['model']): model is SignModel => model === 'signs' || model === 'signs-of-prox';

/** A theorem as a model knows it. */
interface Modelled {
  /** One step, whose summand is averaged; the potential for the last value of a convex function; sign steps; or nothing. */
  readonly model: StepModel | 'potential' | SignModel | undefined;
  /** Momentum at a reading, in place of a model of one step for every γ. */
  readonly momentum?: (reading: Pick<Reading, 'step' | 'miniBatch' | 'parameters'>) => Momentum | undefined;
  /** T steps of gradient descent, if that is what it is about. */
  readonly run: RunQuestion | undefined;
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

/** The hypotheses from which the inequalities of a certificate follow. */
function usedBy({ stages }: Certificate, gives: Given): ReadonlySet<string> {
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

/**
 * Searches a proof of a theorem and checks it in rationals, or refutes the theorem.
 *
 * It knows gradient descent, SGD and SPGM with a step γ = a/L, where the number a may depend on T, and a bound that is a sum of
 * multiples of f(x⁰) − f*, L‖x⁰ − x*‖² and the variance; signSGD with constants of every coordinate; momentum; and own algorithms that are linear in gradients. It looks for one step in expectation that holds for every γ, as a combination of the inequalities that
 * define the class (descent, convexity) with a potential f or ½‖x − x*‖², sums it, and compares the sum with the bound for all T at once;
 * without noise also for all T steps at once, T ≤ 4, by all interpolation inequalities.
 *
 * @throws NoModelError of one line for a theorem of another form
 * @example
 * const theorem = {
 *   id: 'my-bound',
 *   source: { section: 'mine', equation: '1' },
 *   statement: '(1/T) Σ ‖∇f(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
 *   algorithm: 'gradient-descent',
 *   schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
 *   term: 'squared-gradient',
 *   bound: (T, { lipschitz, gap }) => (2 * lipschitz * gap.upper) / T,
 * };
 * const { answer, scope } = await prove(theorem);
 * assert.equal(`${answer} for ${scope}`, 'proved for every T ≥ 1');
 */
export async function prove(theorem: Theorem, { iterations, say = () => {} }: ProveOptions = {}): Promise<Proving> {
  const { model, momentum, run, gives } = modelOf(theorem, iterations && Math.max(...iterations));
  const byCoordinates = model === 'signs' ? 'coordinates' : 'coordinates-of-prox';
  const constants: Constants = isSigns(model) ? byCoordinates : 'euclidean';
  say('reading the bound');
  const { forAll: read, tuned } = readOrTuned(theorem, iterations, constants);
  const asked = [...new Set(iterations ?? (read?.symbol === 's' ? squares : first))].sort((a, b) => a - b);
  const readings = asked.map((T) => (tuned ? { iterations: T, reading: undefined } : readingAt(theorem, T, constants)));
  say('left sides on problems of one variable');
  const near = await worstCase(theorem, asked);
  say('one step');
  const movedAt = readings.flatMap(({ reading }) => (reading === undefined ? [] : [momentum?.(reading)]));
  const [moved] = movedAt;
  const isConstant =
    moved !== undefined &&
    hasOneStep(theorem, [...asked, ...(read?.agrees ?? [])]) &&
    movedAt.every((other) => other !== undefined && areSame(other, moved));
  if (moved?.noisy && !isConstant)
    throw new NoModelError('γL or the weights of the momentum depend on T: there is a model of constant ones alone');
  // With momentum γL is what it is as the algorithm moves.
  const forAll = isConstant && read !== undefined ? { ...read, step: constantOf(read.symbol, moved.step) } : read;
  const step = isConstant ? provedMomentum(moved, readings, forAll) : provedStep(model);
  const all = step !== undefined && forAll !== undefined && provesAll(step, forAll);
  const isOpen = iterations === undefined && !all && near.violation === undefined;
  const far = await worstCase(theorem, isOpen ? later.filter((T) => !asked.includes(T)) : []);
  const violation = near.violation ?? far.violation;
  // What may exclude every problem that the search takes for a violation.
  const without = theorem.hypotheses
    .filter(
      (entry) =>
        typeof entry !== 'string' ||
        (entry === 'd-convex' && readings.some(({ reading }) => reading?.distance.equals(zero))),
    )
    .map(hypothesisKey);
  const certificates: Certificate[] = [];
  const rows = readings.map(({ iterations: T, reading }): ProvedRow => {
    if (reading === undefined) return { iterations: T, answer: all ? 'step' : 'unknown' };
    const shown = step && multipleAt(step, reading);
    const multiple = (isConstant ? leastMultiple(moved, reading) : undefined) ?? shown;
    const found = { iterations: T, ...(multiple && { multiple: multiple.toFraction() }) };
    if (shown?.lte(one)) return { ...found, answer: 'step' };
    if (run !== undefined && T <= longestRun) {
      say(`T = ${T}: all steps at once`);
      const answer = proveRun(run, reading);
      if (answer.answer === 'proved' && accepted(answer.certificate)) {
        certificates.push(answer.certificate);
        return { ...found, answer: 'run' };
      }
      if (answer.answer === 'false') return { ...found, answer: without.length > 0 ? 'no-proof' : 'false' };
    }
    const hasNone = isConstant ? hasNoPotential(moved, reading) : hasNoStep(model, reading);
    return { ...found, answer: hasNone ? 'no-proof' : 'unknown' };
  });
  const byStep = all || rows.some(({ answer }) => answer === 'step');
  const last = all ? boundStage(step, forAll) : undefined;
  const compared = last !== undefined && accepted({ stages: [...step!.certificate.stages, last] });
  const stages = [
    ...(byStep ? step!.certificate.stages : []),
    ...(compared ? [last] : []),
    ...certificates.flatMap((certificate) => certificate.stages),
  ];
  const everyRow = rows.every(({ answer }) => answer === 'step' || answer === 'run');
  const decided = decide({
    violation,
    all: all ? forAll.symbol : undefined,
    compared,
    everyRow,
    rows,
    without,
    given: iterations !== undefined,
  });
  const sampled = tuned && step !== undefined ? sampledSum(theorem, step) : undefined;
  const ids = theorem.hypotheses.map(hypothesisKey);
  // Of a tuned step one step alone is proved.
  const proof = stages.length > 0 ? stages : (step?.certificate.stages ?? []);
  const used = usedBy({ stages: proof }, gives);
  return {
    theorem: theorem.id,
    statement: theorem.statement,
    ...decided,
    ...(sampled !== undefined && decided.answer === 'undecided' && { reason: sampled }),
    ...(step !== undefined && {
      step: {
        statement: (isSigns(model) ? step.certificate.stages[1] : step.certificate.stages[0])!.statement,
        potential: step.model.potential,
        ...(step.shown !== undefined && { shown: step.shown }),
        terms: step.terms,
        ...(step.foundAt !== undefined && { foundAt: step.foundAt }),
      },
    }),
    rows,
    readAt: forAll?.agrees ?? readings.flatMap(({ iterations: T, reading }) => (reading === undefined ? [] : [T])),
    used: ids.filter((id) => used.has(id)),
    unused: ids.filter((id) => !used.has(id)),
    leftSides: near.computed + far.computed,
    ...(decided.answer !== 'false' && stages.length > 0 && { certificate: { stages } }),
    ...(violation !== undefined && { worst: violation }),
  };
}

interface Found {
  readonly violation: ComputedCase | undefined;
  /** The symbol in which the bound was compared for all T, if it is proved for them. */
  readonly all: SymbolicReading['symbol'] | undefined;
  /** Whether the comparison is a stage of the certificate. */
  readonly compared: boolean;
  readonly everyRow: boolean;
  readonly rows: readonly ProvedRow[];
  /** The hypotheses that the search did not use. */
  readonly without: readonly string[];
  /** Whether the T were asked for. */
  readonly given: boolean;
}

const listed = (rows: readonly ProvedRow[]): string => `T = ${rows.map(({ iterations }) => iterations).join(', ')}`;

/** What an exact left side shows comes first: no proof can stand against it. */
function decide({
  violation,
  all,
  compared,
  everyRow,
  rows,
  without,
  given,
}: Found): Pick<Proving, 'answer' | 'scope' | 'reason'> {
  if (violation !== undefined && violation.assumed.length === 0) {
    const { iterations, instance, row } = violation;
    return {
      answer: 'false',
      scope: `T = ${iterations}`,
      reason: `left/bound = ${row.left / row.bound!} on ${instance.name}, by the engine ${row.engine}`,
    };
  }
  if (all !== undefined) {
    const variable = all === 'T' ? 'T' : '√T';
    return {
      answer: 'proved',
      scope: 'every T ≥ 1',
      reason: `the sum of T steps is at most the bound as read, as rational functions of ${variable} ≥ 1${compared ? ': the last stage of the certificate' : ''}`,
    };
  }
  const proved = rows.filter(({ answer }) => answer === 'step' || answer === 'run');
  if (everyRow && given)
    return { answer: 'proved', scope: listed(rows), reason: 'every T that was asked for is proved' };
  const impossible = rows.filter(({ answer }) => answer === 'no-proof' || answer === 'false');
  if (impossible.length > 0) {
    const [{ answer }] = impossible as [ProvedRow];
    const why =
      answer === 'false'
        ? 'the interpolation conditions of all T steps allow a violation, of which no engine has a problem'
        : 'the alternative of the one-step program is solved in rationals; the theorem may be true';
    const unused = `the alternative of the program is solved in rationals; the search does not use ${without.join(', ')}, and the theorem may be true`;
    return { answer: 'no-proof', scope: listed(impossible), reason: without.length > 0 ? unused : why };
  }
  const conditional =
    violation &&
    `exceeded on ${violation.instance.name} at T = ${violation.iterations}, if that meets: ${violation.assumed.join('; ')}`;
  const some = proved.length > 0 ? `proved at ${listed(proved)} alone` : 'no proof and no counterexample was found';
  return { answer: 'undecided', scope: given ? listed(rows) : 'every T ≥ 1', reason: conditional ?? some };
}

const steps = new Map<Modelled['model'], StepProof | undefined>([[undefined, undefined]]);

/** The proof of one step, which depends on the model alone. */
function provedStep(model: Modelled['model']): StepProof | undefined {
  const find = () => {
    if (typeof model === 'object') return proveStep(model);
    return isSigns(model) ? proveSignStep(model === 'signs-of-prox') : provePotential();
  };
  if (!steps.has(model)) steps.set(model, find());
  return steps.get(model);
}

/** Values of T or √T at which the potential of momentum must be enough for a bound for every T, which is then shown of it. */
const compared = [1, 2, 3, 4, 10, 100, 1000];

/** The proof of one step of momentum whose sum is at most the bound for every T; otherwise at as many of the T that were asked for as can be. */
function provedMomentum(
  momentum: Momentum,
  readings: readonly { readonly reading: Reading | undefined }[],
  forAll: SymbolicReading | undefined,
): StepProof | undefined {
  if (forAll !== undefined) {
    const bounds = compared.map((place): BoundAt => {
      const x = rational(BigInt(place));
      const at = ({ numerator, denominator }: RationalFunction) => valueAt(numerator, x).div(valueAt(denominator, x));
      const { gap, noise, noiseDivisor } = forAll;
      const iterations = forAll.symbol === 'T' ? place : place ** 2;
      return { iterations, gap: at(gap), noise: at(noise), noiseDivisor: at(noiseDivisor) };
    });
    const found = proveMomentum(momentum, bounds);
    if (found !== undefined && provesAll(found, forAll)) return found;
  }
  const each = readings.flatMap(({ reading }) => (reading === undefined ? [] : [reading]));
  const proved = each.filter((reading) => proveMomentum(momentum, [reading]) !== undefined);
  return proved.length > 0 ? proveMomentum(momentum, proved) : undefined;
}

const areSame = (a: Momentum, b: Momentum): boolean =>
  a.noisy === b.noisy &&
  (['step', 'newestWeight', 'firstWeight'] as const).every((weight) => a[weight].equals(b[weight]));

/** Whether γL and the parameters of the algorithm are the same at all of these T. */
function hasOneStep(theorem: Theorem, iterations: readonly number[]): boolean {
  const found = iterations.map((T) => {
    const { reading } = readingAt(theorem, T, 'euclidean');
    return reading && JSON.stringify([reading.step.toFraction(), reading.parameters]);
  });
  return found.every((text) => text !== undefined && text === found[0]);
}

const accepted = (certificate: Certificate): boolean =>
  checkCertificate(certificate).every(({ problem }) => problem === undefined);

const proximal = proximalStep();
const models = {
  'squared-gradient': { sgd: gradientStep(true), 'gradient-descent': gradientStep(false) },
  'objective-gap': { sgd: distanceStep(true), 'gradient-descent': distanceStep(false) },
} as const;

/** The algorithm of a theorem, by its name if it is x − γ∇f(x) written out. */
function algorithmOf(theorem: Theorem): Theorem['algorithm'] {
  const { algorithm } = theorem;
  if (typeof algorithm === 'string') return algorithm;
  const { parameters = {}, miniBatches } = triedSchedule(theorem);
  return nameOf(algorithm, parameters, miniBatches) ?? algorithm;
}

/** The step and the parameters with which an algorithm of a theorem's own is tried. */
function triedStep(theorem: Theorem) {
  const { step, miniBatch, parameters = {} } = triedSchedule(theorem);
  return { step, miniBatch, parameters };
}

/**
 * @param longest the largest T that is asked for
 * @throws NoModelError if nothing is known about such a theorem
 */
function modelOf(theorem: Theorem, longest = Number.POSITIVE_INFINITY): Modelled {
  const { term, objective, hypotheses, onlyLast, relation } = theorem;
  if (relation === 'at-least') throw new NoModelError('the theorem bounds its left side from below');
  const known = objective === 'fixed' && (term === 'squared-gradient' || term === 'objective-gap');
  const algorithm = known ? algorithmOf(theorem) : theorem.algorithm;
  const moved = known && typeof algorithm !== 'string' ? momentumOf(algorithm, triedStep(theorem), longest) : undefined;
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
  const ids = new Set(hypotheses.map(hypothesisKey));
  const withHypotheses = (
    model: Modelled['model'],
    run: RunQuestion | undefined,
    needs: readonly string[],
    gives: Given = ofFixed,
  ): Modelled => {
    const missing = needs.filter((id) => !ids.has(id));
    if (missing.length > 0)
      throw new NoModelError(`the models of ${name} need ${missing.join(', ')}, which the theorem does not assume`);
    return { model, run, gives };
  };
  if (algorithm === 'spgm' && term === 'squared-gradient-mapping' && objective !== 'fixed' && !onlyLast) {
    return withHypotheses(proximal, undefined, [...new Set(Object.values(ofAverage))], ofAverage);
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
    (term !== 'squared-gradient' && term !== 'objective-gap')
  ) {
    const left = typeof term === 'string' ? term : 'a summand of its own';
    throw new NoModelError(`there is no model of ${name} with ${left}${objective === 'fixed' ? '' : ' for d + r_γ'}`);
  }
  const convex = ids.has('d-convex');
  const noise = algorithm === 'sgd';
  const lastAlone = onlyLast === true;
  const run = noise
    ? undefined
    : {
        ...{ convex, term },
        method: ({ iterations, step, miniBatch, parameters }: Reading) =>
          typeof algorithm === 'string'
            ? descentRun(iterations, step, lastAlone)
            : ownRun(
                algorithm,
                { iterations, step: toDouble(step), miniBatch, parameters },
                { term, onlyLast: lastAlone },
              ),
      };
  if (onlyLast && noise) throw new NoModelError('there is no model of the last iterate of SGD');
  const base = ['fixed-bounded-below', 'fixed-smooth', ...(noise ? ['fixed-variance'] : [])];
  if (typeof algorithm !== 'string') {
    const needs = term === 'objective-gap' ? [...base, 'd-convex'] : base;
    const average = term === 'squared-gradient' && !onlyLast;
    if (moved?.noisy && !average)
      throw new NoModelError(
        `there is no model of ${name}, which is momentum with noise; there is one of the average of ‖∇f(x)‖² alone`,
      );
    const modelled = moved?.noisy
      ? withHypotheses(undefined, undefined, [...needs, 'fixed-variance'])
      : withHypotheses(undefined, run, needs);
    return moved !== undefined && average
      ? {
          ...modelled,
          momentum: (reading) => momentumOf(algorithm, { ...reading, step: toDouble(reading.step) }, longest),
        }
      : modelled;
  }
  const last = term === 'objective-gap' ? 'potential' : undefined;
  const model = onlyLast ? last : models[term][algorithm];
  return withHypotheses(model, run, term === 'squared-gradient' ? base : [...base, 'd-convex']);
}

/** The bound as functions of T, if it is wanted; or that its step is tuned, and one step is all that can be proved. */
function readOrTuned(theorem: Theorem, iterations: readonly number[] | undefined, constants: Constants) {
  try {
    if (iterations === undefined) return { forAll: readForAll(theorem, constants), tuned: false };
    for (const T of iterations) readingAt(theorem, T, constants);
    return { forAll: undefined, tuned: false };
  } catch (error) {
    if (error instanceof TunedStepError) return { forAll: undefined, tuned: true };
    throw error;
  }
}

/** How the sum of one step compares with the bound of a tuned step, in words. */
function sampledSum(theorem: Theorem, { model, c, noise, largestStep }: StepProof): string {
  const { compared, above } = comparedAt(theorem, model.start, (T, step, miniBatch) => {
    const a = fromDouble(step);
    const perStep = toDouble(valueAt(c, a));
    if (!(perStep > 0) || (largestStep !== undefined && step > toDouble(largestStep) * (1 + 2 ** -40)))
      return undefined;
    const later = ((1 - 1 / T) * toDouble(valueAt(noise, a))) / (perStep * miniBatch);
    return { start: toDouble(startShare[model.start]) / (perStep * T), noise: later };
  });
  const where = `${compared} values of T, f(x⁰) − f*, σ and ‖x⁰ − x*‖`;
  return above === 0
    ? `one step is proved for every γ; its sum is at most the bound at ${where}: checked, not proved`
    : `one step is proved for every γ; its sum is above the bound, or says nothing, at ${above} of ${where}`;
}

/** A theorem at T, if its γL is a fraction there. */
function readingAt(
  theorem: Theorem,
  iterations: number,
  constants: Constants,
): { readonly iterations: number; readonly reading: Reading | undefined } {
  try {
    return { iterations, reading: readAt(theorem, iterations, constants) };
  } catch (error) {
    if (error instanceof RangeError) return { iterations, reading: undefined };
    throw error;
  }
}

/** The part of the bound that is proportional to the potential at x⁰: p(x⁰) − inf p is f(x⁰) − f* or ½‖x⁰ − x*‖². */
const startShare = { gap: one, distance: rational(1n, 2n) } as const;

/** The least multiple of the bound that the sum of one step proves; undefined if it proves none. */
function multipleAt(
  { model, c, noise, first, constant, largestStep }: StepProof,
  reading: Reading,
): Rational | undefined {
  const { iterations, step: a, noiseDivisor } = reading;
  const perStep = valueAt(c, a);
  if (!perStep.gt(zero) || (largestStep !== undefined && a.gt(largestStep))) return undefined;
  const T = rational(BigInt(iterations));
  const later = one
    .sub(one.div(T))
    .mul(valueAt(noise, a))
    .add((first?.noise ?? zero).div(T));
  const needed = [
    [startShare[model.start].add(first?.gap ?? zero).div(perStep.mul(T)), reading[model.start]],
    [later.div(perStep.mul(noiseDivisor)), reading.noise],
    [constant === undefined ? zero : valueAt(constant, a).div(perStep), reading.constant],
  ] as const;
  let multiple = zero;
  for (const [least, given] of needed) {
    if (least.equals(zero)) continue;
    if (given.equals(zero)) return undefined;
    const ratio = least.div(given);
    if (ratio.gt(multiple)) multiple = ratio;
  }
  return multiple;
}

/** A number as a function of a symbol. */
function constantOf(symbol: string, value: Rational): RationalFunction {
  const { numerator, denominator } = monomial(symbol, 0);
  return {
    numerator: new Map([...numerator].map(([key, term]) => [key, { ...term, coefficient: value }])),
    denominator,
  };
}

/** Whether the sum of one step is at most the bound for all T ≥ 1: inequalities between rational functions of T or √T on [1, ∞). */
function provesAll(
  { model, c, noise, first, constant: added, largestStep }: StepProof,
  reading: SymbolicReading,
): boolean {
  const { symbol, step, noiseDivisor } = reading;
  const at = (numerator: StepProof['c']) => composed(numerator, 'a', step);
  const constant = (value: Rational) => constantOf(symbol, value);
  const T = monomial(symbol, symbol === 'T' ? 1 : 2);
  const perStep = at(c);
  const atFirst = startShare[model.start].add(first?.gap ?? zero);
  const start = product(constant(atFirst), inverse(product(perStep, T)));
  // (1 − 1/T)ε/(cB), and what the first potential has of the noise.
  const later = difference(constant(one), inverse(T));
  const ofFirst = product(constant((first?.noise ?? zero).neg()), inverse(T));
  const noises = difference(product(later, at(noise)), ofFirst);
  const noiseShare = product(noises, inverse(product(perStep, noiseDivisor)));
  const enough = (needed: RationalFunction, given: RationalFunction) =>
    isNonNegative(difference(given, needed), symbol);
  return (
    isNonNegative(step, symbol, true) &&
    isNonNegative(perStep, symbol, true) &&
    isNonNegative(noiseDivisor, symbol, true) &&
    (largestStep === undefined || enough(step, constant(largestStep))) &&
    enough(start, reading[model.start]) &&
    enough(noiseShare, reading.noise) &&
    (added === undefined || enough(product(at(added), inverse(perStep)), reading.constant))
  );
}

/** Whether no step of this form proves the bound at one T: the alternative of the program with the bound as conditions is solved exactly. */
function hasNoStep(model: Modelled['model'], reading: Reading): boolean {
  const { iterations, step, noiseDivisor } = reading;
  const T = rational(BigInt(iterations));
  const atMost = (name: string, constant: Rational): Condition => ({
    constant,
    coefficients: { [name]: rational(-1n) },
  });
  // (1 − 1/T)ε/B is at most what the bound has.
  const noise = iterations === 1 ? undefined : reading.noise.mul(noiseDivisor).mul(T).div(T.sub(one));
  if (isSigns(model)) {
    if (noise === undefined) return false;
    const program = signProgram(model === 'signs' ? zero : step);
    return !('none' in solve(alternativeTo({ ...program, conditions: [atMost('κ', noise)] })));
  }
  if (typeof model !== 'object') return false;
  // κ · (p(x⁰) − inf p)/T is too.
  const conditions = [
    atMost('κ', T.mul(reading[model.start]).div(startShare[model.start])),
    ...(noise === undefined ? [] : [atMost('ε', noise)]),
  ];
  return !('none' in solve(alternativeTo({ ...stepProgram(model, step), conditions })));
}

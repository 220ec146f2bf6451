import type { Certificate } from '../../../claims/certificate.js';
import { hypothesisKey } from '../../../claims/hypothesis.js';
import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { power } from '../../../exact/arithmetic/multinomial.js';
import {
  enclosingDoubles,
  fromDouble,
  one,
  parseRational,
  type Rational,
  rational,
  toDouble,
  zero,
} from '../../../exact/arithmetic/rational.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { format, type Polynomial, scale as scaled } from '../certificates/polynomial.js';
import { attaining, gramProgram, instanceOf, worstProgram } from './attaining.js';
import { attainedByQuadratic } from './attaining-composite.js';
import type { Attaining, Measured } from './function-through.js';
import { modelOf, requireMean } from './models.js';
import {
  alternativeTo,
  fixed,
  type KnownFace,
  least,
  type Program,
  type Proof,
  type Quadratic,
  solve,
} from './program.js';
import { fitted } from './rational-function.js';
import { isStronglyConvex, modulusFraction, requireFormulas, unitOf } from './read-formulas.js';
import { methodAt, powerOf, rawStep } from './read-theorem.js';
import { certificateOf, longestWorst, runSpace } from './run-proof.js';
import type { RunQuestion, RunSpace } from './run-space.js';
import { sharpened } from './sharpen.js';
import { inUnit } from './stated-values.js';
import { computedOn } from './worst-case.js';

/** The worst case at one T. */
export interface WorstRow {
  readonly iterations: number;
  /** γL, as the schedule gives it; absent where there is no L: the values are then those of every γ. */
  readonly step?: string;
  /**
   * `exact`: a certificate proves the value, and a function attains it, in rationals and on an engine. `enclosed`: certificates prove that it is between
   * two fractions, which may be equal: then no function was found that attains it. `unknown`: one of the certificates was not found.
   */
  readonly answer: 'exact' | 'enclosed' | 'unknown';
  /** Fractions between which it is; the same ones where it is exact. */
  readonly lower?: string;
  readonly upper?: string;
  /** Doubles around these. */
  readonly ends?: readonly [lower: number, upper: number];
  /** The function that attains the lower one, with its start; L of it; and its left side by an exact engine. */
  readonly attained?: {
    readonly instance: BoundInstance;
    readonly lipschitz: number;
    readonly engine: string;
    readonly left: readonly [number, number];
    /** The summand at the points of the run, in the order in which they are asked for, as multiples of the same. */
    readonly terms: readonly number[];
  };
}

/** The answer of `worst`. */
export interface Worst {
  readonly theorem: string;
  readonly statement: string;
  /** Whether every T that was asked for is exact, or enclosed at least. */
  readonly answer: 'exact' | 'enclosed' | 'undecided';
  /** For which T, in words. */
  readonly scope: string;
  /** The left side, the class, and what the worst case is a multiple of, in formulas. */
  readonly left: string;
  readonly class: string;
  readonly unit: string;
  /** μ/L, of strongly convex functions. */
  readonly modulus?: string;
  readonly rows: readonly WorstRow[];
  /** A formula in T that is fitted to the exact values: no proof of any other T. */
  readonly conjecture?: Conjecture;
  /** For a picture: the worst case at the largest T for other γL, as a solver in doubles finds it, without a proof. */
  readonly bySteps?: readonly (readonly [step: number, about: number])[];
  /** The upper ends, accepted by `checkCertificate`: a stage for each T. */
  readonly certificate?: Certificate;
}

/** A fit. */
export interface Conjecture {
  /** In T, as it is read. */
  readonly formula: string;
  /** How many of the values it is determined by; the others agree with it. */
  readonly determined: number;
  readonly agrees: readonly number[];
}

/** A theorem whose bound is looked for, and not read if it has one. */
export type TheoremWithoutBound = Omit<Theorem, 'bound'>;

/** What to ask of `worst`. */
export interface WorstOptions {
  /** The T that are looked at; 1, 2, 3, 4 if left out. */
  readonly iterations?: readonly number[];
  /** What the worst case is a multiple of. Default: `distance` for f(x) − f* of convex functions, and `gap` otherwise. */
  readonly start?: 'gap' | 'distance';
  /** μ/L as a fraction, such as `1/10`: the class is that of the μ-strongly convex functions. */
  readonly strongConvexity?: string;
  /** Whether to look at other γL too, for a picture. */
  readonly bySteps?: true;
  /** Called before every longer computation; it may throw to end it. */
  readonly say?: (text: string) => void;
}

/** How far from the value that the solver in doubles proposes an end is tried, nearest first. */
const distances = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2];

/** The search behind `worst` of `signprox/theorems`. */
export async function worst(given: TheoremWithoutBound, options: WorstOptions = {}): Promise<Worst> {
  requireMean(given);
  requireFormulas({ schedule: given.schedule, algorithm: given.algorithm });
  const unbounded: Theorem = { ...given, bound: () => Number.POSITIVE_INFINITY };
  const κ = modulusOf(unbounded, options.strongConvexity);
  const theorem = isStronglyConvex(unbounded) ? { ...unbounded, inverseConditionNumber: toDouble(κ) } : unbounded;
  const { say = () => {}, iterations = [1, 2, 3, 4] } = options;
  const { from = 1, hypotheses } = theorem;
  const asked = [...new Set(iterations)].filter((T) => T >= from).sort((a, b) => a - b);
  const beyond = iterations.find((T) => T < from || T > longestWorst);
  if (beyond !== undefined)
    throw new NoModelError(
      `T = ${beyond} was asked for: the worst case is computed for T from ${from} to ${longestWorst}`,
    );
  const own = hypotheses.find((entry) => typeof entry !== 'string');
  if (own !== undefined)
    throw new NoModelError(
      `the class is that of the theorem's own hypothesis ${hypothesisKey(own)}, of which no interpolation conditions are known: leave it out, or give --strong-convexity if it says that`,
    );
  const ids = new Set(hypotheses.map(hypothesisKey));
  const convex = ids.has('d-convex') || ids.has('d-zero') || κ.gt(zero);
  const modelled = modelOf(
    convex && !ids.has('d-convex') && !ids.has('d-zero')
      ? { ...theorem, hypotheses: [...hypotheses, 'd-convex'] }
      : theorem,
    Math.max(...asked),
  );
  if (modelled.run === undefined)
    throw new NoModelError(
      'the worst case is that of all T steps at once, of gradient descent and of programs that are linear in gradients or in proximal steps: there is no such model with noise or with signs',
    );
  const { term, composite } = modelled.run;
  const isOfDistance = term === 'squared-distance' || (convex && term === 'objective-gap' && κ.equals(zero));
  const { start = isOfDistance ? 'distance' : 'gap' } = options;
  if (start === 'distance' && !convex)
    throw new NoModelError(
      'a multiple of ‖x⁰ − x*‖² needs a convex f: add d-convex to the hypotheses, or give --by gap',
    );
  const question: RunQuestion = { ...modelled.run, convex, strongConvexity: κ };
  const measured: Measured = {
    convex,
    strongConvexity: κ,
    term: question.term,
    start,
    ...(composite && { composite }),
  };
  let smallest = false;
  const rows: WorstRow[] = [];
  const certificates: Certificate[] = [];
  const values = new Map<number, Rational>();
  for (const T of asked) {
    say(`T = ${T}: the semidefinite program`);
    const reading = methodAt(theorem, T);
    const found = worstAt(question, reading, measured);
    const { row, certificate, value } = await judged(theorem, T, found, measured);
    rows.push({ ...row, ...(unitOf(theorem) !== 'step' && { step: reading.step.toFraction() }) });
    smallest ||= found.run.method.smallest;
    if (certificate !== undefined) certificates.push(certificate);
    if (row.answer === 'exact') values.set(T, value!);
  }
  const answer = rows.every((row) => row.answer === 'exact')
    ? 'exact'
    : rows.every((row) => row.answer !== 'unknown')
      ? 'enclosed'
      : 'undecided';
  const conjecture = answer === 'exact' ? conjectured([...values]) : undefined;
  // Without an L there is one value for every γ.
  const bySteps =
    options.bySteps &&
    unitOf(theorem) !== 'step' &&
    aboutBySteps(question, methodAt(theorem, asked.at(-1)!), measured, say);
  return {
    ...{ theorem: theorem.id, statement: theorem.statement, answer, scope: `T = ${asked.join(', ')}` },
    ...{
      left: leftText(theorem, question.term, smallest),
      class: classText(measured),
      unit: inUnit(unitOf(theorem), unitText(measured)),
      rows,
    },
    ...(κ.gt(zero) && { modulus: κ.toFraction() }),
    ...(conjecture && { conjecture }),
    ...(bySteps && { bySteps }),
    ...(certificates.length > 0 && { certificate: { stages: certificates.flatMap(({ stages }) => stages) } }),
  };
}

/** γL of a picture, in sixteenths. */
const sixteenths = Array.from({ length: 31 }, (_, k) => k + 1);

/** The worst case for other γL, in doubles. */
function aboutBySteps(
  question: RunQuestion,
  reading: ReturnType<typeof methodAt>,
  measured: Measured,
  say: (text: string) => void,
): (readonly [number, number])[] {
  return sixteenths.flatMap((k) => {
    say(`γL = ${k}/16: the semidefinite program`);
    const method = question.method({ ...reading, step: rational(BigInt(k), 16n) });
    const run = runSpace(question, measured.convex, method, measured.start === 'gap');
    const about = least(worstProgram(run, scaleOf(run, measured)), 'τ');
    return about === undefined ? [] : [[k / 16, about] as const];
  });
}

const scaleOf = (run: RunSpace, { start }: Measured): Quadratic => (start === 'gap' ? run.gap : run.distance);

/**
 * μ/L: the theorem's own, or the one that is asked for.
 * @throws NoModelError for a text that is no fraction between 0 and 1, one that is not the theorem's, or none for a theorem about every μ
 */
function modulusOf(theorem: Theorem, text: string | undefined): Rational {
  const own = modulusFraction(theorem);
  if (text === undefined) {
    if (own === undefined && isStronglyConvex(theorem))
      throw new NoModelError('the theorem is about every μ: give it inverseConditionNumber, or --strong-convexity');
    return own ?? zero;
  }
  let found: Rational | undefined;
  try {
    found = parseRational(text);
  } catch {
    // What is wrong with it is said below.
  }
  if (found === undefined || !found.gt(zero) || !found.lt(one))
    throw new NoModelError(`--strong-convexity must be μ/L as a fraction between 0 and 1, such as 1/10, got ${text}`);
  if (own !== undefined && !own.equals(found))
    throw new NoModelError(`--strong-convexity is ${text}, and the theorem has μ/L = ${own.toFraction()}`);
  return found;
}

function classText({ convex, strongConvexity: κ, composite }: Measured): string {
  if (composite !== undefined) {
    const d = κ.gt(zero) ? `L-smooth and μ-strongly convex d, μ = ${κ.toFraction()} L,` : 'convex L-smooth d';
    const r = composite.indicator
      ? 'the indicator function r of a closed convex set'
      : composite.lipschitz
        ? 'convex M-Lipschitz r'
        : 'closed convex r';
    return `${composite.smooth ? `${d} and ` : 'd = 0 and '}${r}, where d + r has a minimiser x*`;
  }
  return κ.gt(zero)
    ? `L-smooth and μ-strongly convex f, μ = ${κ.toFraction()} L`
    : convex
      ? 'convex L-smooth f with a minimiser x*'
      : 'L-smooth f that is bounded below';
}

function leftText({ onlyLast }: Theorem, term: Measured['term'], smallest: boolean): string {
  const summand = (at: string) =>
    ({
      'squared-gradient': `‖∇f(${at})‖²`,
      'squared-gradient-mapping': `‖G(${at})‖²`,
      'objective-gap': `f(${at}) − f*`,
      'squared-distance': `‖${at} − x*‖²`,
    })[term];
  if (smallest) return `the smallest ${summand('x')} of the points that were asked for`;
  if (onlyLast) return summand('x^T');
  return `(1/T) Σ ${term === 'objective-gap' ? `(${summand('x^{t−1}')})` : summand('x^{t−1}')}`;
}

const unitText = ({ term, start }: Measured): string => {
  const of = start === 'gap' ? '(f(x⁰) − f*)' : '‖x⁰ − x*‖²';
  if (term === 'squared-distance') return start === 'gap' ? `${of}/L` : of;
  if (term === 'squared-gradient' || term === 'squared-gradient-mapping') return `${start === 'gap' ? 'L' : 'L²'}${of}`;
  return start === 'gap' ? 'f(x⁰) − f*' : `L${of}`;
};

/** Both certificates of one T, before they are checked. */
interface Found {
  readonly run: RunSpace;
  readonly upper?: { readonly value: Rational; readonly certificate: Certificate };
  /** By points, gradients and values that meet all interpolation conditions. */
  readonly lower?: Rational;
  readonly attained?: Attaining;
}

function worstAt(question: RunQuestion, reading: ReturnType<typeof methodAt>, measured: Measured): Found {
  const run = runSpace(question, measured.convex, question.method(reading), measured.start === 'gap');
  const scale = scaleOf(run, measured);
  const program = worstProgram(run, scale);
  const about = least(program, 'τ');
  if (about === undefined) return { run };
  const upperOf = (value: Rational, proof: Proof) => ({
    value,
    certificate: certificateOf(
      question,
      {
        iterations: reading.iterations,
        gap: measured.start === 'gap' ? value : zero,
        distance: measured.start === 'distance' ? value : zero,
      },
      run,
      proof,
    ),
  });
  const quadratic =
    measured.composite && measured.strongConvexity.gt(zero) ? attainedByQuadratic(run.method, measured) : undefined;
  for (const { value, face } of proposed(run, scale, program, about, quadratic?.ratio)) {
    const proof = solve(fixed(program, 'τ', value), face);
    if ('none' in proof) continue;
    const attained = attaining(run, scale, proof, measured);
    const lower = attained?.ratio.equals(value) ? value : lowerEnd(program, value);
    return { run, upper: upperOf(value, proof), ...(lower && { lower }), ...(attained && { attained }) };
  }
  for (const distance of distances) {
    const value = fractionAbove(about + distance);
    const proof = solve(fixed(program, 'τ', value));
    if ('none' in proof) continue;
    const lower = lowerEnd(program, fromDouble(about));
    return { run, upper: upperOf(value, proof), ...(lower && { lower }) };
  }
  return { run };
}

/** Values that may be the least: simple fractions, and what Newton's method sees. */
function* proposed(
  run: RunSpace,
  scale: Quadratic,
  program: Program,
  about: number,
  attained: Rational | undefined,
): Generator<{ readonly value: Rational; readonly face?: KnownFace }> {
  if (attained !== undefined && Math.abs(toDouble(attained) - about) < nearAbout) yield { value: attained };
  const [simplest] = fractionsNear(about);
  if (simplest !== undefined && simplest.d <= 100n) yield { value: simplest };
  const whole = run.space.basis.map((_, i) => run.space.basis.map((__, j) => (i === j ? one : zero)));
  const sharp = sharpened(run, scale, program, gramProgram(run, scale, whole, []));
  if (sharp !== undefined) yield sharp;
  for (const value of fractionsNear(about)) yield { value };
}

/** How near to what the solver in doubles finds a proposal is. */
const nearAbout = 1e-6;

/** Simple fractions near a number, the simplest first. */
function fractionsNear(about: number): Rational[] {
  const found = [100, 10_000].flatMap((largest) => nearbyFraction(about, nearAbout, largest) ?? []);
  return found.filter((value, k) => !value.lt(zero) && found.findIndex((other) => other.equals(value)) === k);
}

/** Eleven digits, rounded up. */
const fractionAbove = (value: number): Rational => rational(BigInt(Math.ceil(value * 1e11)), 10n ** 11n);

/** The largest fraction below a value that points, gradients and values of a function of the class are shown to exceed. */
function lowerEnd(program: Program, value: Rational): Rational | undefined {
  for (const distance of distances) {
    const below = fractionAbove(toDouble(value) - distance);
    if (!below.gt(zero)) continue;
    if (!('none' in solve(alternativeTo(fixed(program, 'τ', below))))) return below;
  }
  return undefined;
}

/** The theorem with a bound. */
function withWorst(
  theorem: Theorem,
  { term, start }: Pick<Measured, 'term' | 'start'>,
  at: (T: number) => number,
): Theorem {
  return {
    ...theorem,
    bound(T, { lipschitz, valueLipschitz, gap, distance }, { step }) {
      const size = start === 'gap' ? gap.upper : distance!.upper ** 2;
      const powers = 1 - powerOf(term) + (start === 'distance' ? 1 : 0);
      const unit = unitOf(theorem);
      const L = unit === 'step' ? 1 / step : unit === 'slope' ? valueLipschitz! / distance!.upper : lipschitz!;
      return at(T) * L ** powers * size;
    },
  };
}

/** Relative: the engine's step is the double that is nearest to γ. */
const roundedStep = 2 ** -36;

/** What remains of both certificates after their checks: the certificate by `checkCertificate`, the function by an engine that runs the theorem's own algorithm. */
async function judged(theorem: Theorem, T: number, { upper, lower, attained }: Found, measured: Measured) {
  const accepted =
    upper !== undefined && checkCertificate(upper.certificate).every(({ problem }) => problem === undefined);
  if (!accepted) return { row: { iterations: T, answer: 'unknown' } as const };
  const { value, certificate } = upper;
  const upperText = value.toFraction();
  const ran = attained && (await ranOn(theorem, T, attained, measured));
  const ends = [lower, ran && attained.ratio].filter((end): end is Rational => end !== undefined);
  const best = ends.reduce((a, b) => (a.gt(b) ? a : b), zero);
  if (best.gt(value))
    throw new Error(
      `${theorem.id}: at T = ${T} a function exceeds what is proved: ${best.toFraction()} > ${upperText}`,
    );
  const isExact = ran !== undefined && attained!.ratio.equals(value);
  const row: Omit<WorstRow, 'step'> = {
    iterations: T,
    answer: isExact ? 'exact' : ends.length > 0 ? 'enclosed' : 'unknown',
    ...(ends.length > 0 && { lower: best.toFraction() }),
    upper: upperText,
    ends: [enclosingDoubles(best)[0], enclosingDoubles(value)[1]],
    ...(ran && attained!.ratio.equals(best) && { attained: ran }),
  };
  return { row, certificate, value };
}

const dividedBy = (problem: ProblemSpecification, factor: number): ProblemSpecification =>
  factor === 1
    ? problem
    : { ...problem, functions: problem.functions.map((inner) => ({ type: 'scaled', factor, inner })) };

/** The left side on a problem by an exact engine; undefined if no engine applies, or if it does not find what the run in rationals finds. */
async function ranOn(theorem: Theorem, T: number, found: Attaining, measured: Measured): Promise<WorstRow['attained']> {
  const { ratio } = found;
  // Without an L, r is what it is for γ = 1, divided by γ.
  const L = unitOf(theorem) === 'step' ? 1 / rawStep(theorem, T) : 1;
  const lipschitz = found.lipschitz * L;
  const instance = instanceOf({ ...found, problem: dividedBy(found.problem, L) }, T);
  const computed = await computedOn(
    withWorst(theorem, measured, () => toDouble(ratio)),
    instance,
    T,
  );
  if (computed?.row.leftInterval === undefined || computed.row.engine === undefined) return undefined;
  const { leftInterval, engine } = computed.row;
  const expected = toDouble(found.left) * L ** (2 - powerOf(measured.term));
  const near = roundedStep * expected;
  const [below, above] = leftInterval;
  return below - near <= expected && expected <= above + near
    ? { instance, lipschitz, engine, left: [below, above], terms: found.terms }
    : undefined;
}

/** A rational function of T, or a power, through exact values of which at least one is to spare. */
function conjectured(values: readonly (readonly [T: number, value: Rational])[]): Conjecture | undefined {
  const agrees = values.map(([T]) => T);
  const found = fitted(
    'T',
    values.map(([T, value]) => [rational(BigInt(T)), value] as const),
    1,
  );
  if (found !== undefined) {
    const { numerator, denominator } = withWholeNumbers(found.numerator, found.denominator);
    const determined = degreeOf(numerator) + degreeOf(denominator) + 1;
    const isWhole = degreeOf(denominator) === 0 && textOf(denominator) === '1';
    // A product below a line needs brackets too.
    const bracketed = (text: string, below = false) =>
      /[ +−]/.test(text) || (below && /.T/.test(text)) ? `(${text})` : text;
    return {
      formula: isWhole ? textOf(numerator) : `${bracketed(textOf(numerator))}/${bracketed(textOf(denominator), true)}`,
      determined,
      agrees,
    };
  }
  const [[first, initial] = [0, zero]] = values;
  const ratio = values[1]?.[1].div(initial);
  if (ratio === undefined || values.length < 3 || initial.equals(zero)) return undefined;
  const isPower = values.every(([T, value]) => value.equals(initial.mul(power(ratio, T - first))));
  const before = initial.div(power(ratio, first));
  if (!isPower || values[1]![0] !== first + 1) return undefined;
  const factor = before.equals(one) ? '' : `${before.toFraction()} `;
  return {
    formula: `${factor}(${ratio.toFraction()})^T`,
    determined: 2,
    agrees,
  };
}

const degreeOf = (polynomial: Polynomial): number =>
  Math.max(0, ...[...polynomial.values()].map(({ powers: [factor] }) => factor?.[1] ?? 0));

const greatest = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatest(b, a % b));

/** Numerator and denominator without fractions and without a common factor. */
function withWholeNumbers(numerator: Polynomial, denominator: Polynomial) {
  const coefficients = [...numerator.values(), ...denominator.values()].map(({ coefficient }) => coefficient);
  const multiple = coefficients.reduce((common, { d }) => (common / greatest(common, d)) * d, 1n);
  const common = coefficients.reduce((found, { n, d }) => greatest(found, (n * multiple) / d), 0n);
  const factor = rational(multiple, common);
  return { numerator: scaled(numerator, factor), denominator: scaled(denominator, factor) };
}

/** The highest power first. */
const inOrder = (polynomial: Polynomial) =>
  [...polynomial.values()].sort((a, b) => (b.powers[0]?.[1] ?? 0) - (a.powers[0]?.[1] ?? 0));

/** `4T + 2`. */
const textOf = (polynomial: Polynomial): string =>
  inOrder(polynomial)
    .map((term, k) => {
      const text = format(new Map([['', term]])).replace(' ', '');
      return k === 0 ? text : text.startsWith('−') ? `− ${text.slice(1)}` : `+ ${text}`;
    })
    .join(' ');

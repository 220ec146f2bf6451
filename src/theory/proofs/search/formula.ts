import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { one, type Rational, zero } from '../../../exact/arithmetic/rational.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { constant, format, type Polynomial, subtract } from '../certificates/polynomial.js';
import type { Accelerated } from './accelerated-steps.js';
import { requireRead } from './compare-source.js';
import { subscript } from './inequalities.js';
import { condition, type RateReading } from './linear-rate.js';
import type { MomentumForAll } from './momentum-for-all.js';
import type { Momentum } from './momentum-steps.js';
import { highestFirst, inverse, product, type RationalFunction } from './rational-function.js';
import { type Formula, NotRead, type StatedValues } from './read-expression.js';
import { readSource } from './read-source.js';
import { powerOf, type Reading, readForAll, type SymbolicReading } from './read-theorem.js';

/** What is proved of an algorithm of the suite written out. */
export const plainFormulas = {
  'gradient-descent': 'x⁺ = x − γ∇f(x)',
  sgd: 'x⁺ = x − γĝ(x)',
  spgm: 'x⁺ = P̂(x)',
  'proximal-gradient': 'x⁺ = P(x)',
  'subgradient-method': 'x⁺ = x − γs(x), s(x) a subgradient of f',
} as const;

/** The weights of a momentum as texts: the step as a multiple of γ, α, and c. */
interface WeightTexts {
  readonly step: string;
  readonly newest: string;
  readonly first: string;
}

function momentumText(noisy: boolean, { step, newest, first }: WeightTexts, symbols: readonly string[]): string {
  const gradient = noisy ? 'ĝ(x)' : '∇f(x)';
  const start = first === newest ? '0' : first === '1' ? gradient.replace('x', 'x⁰') : undefined;
  const from = start === undefined ? `m⁰ = ${first} ${gradient.replace('x', 'x⁰')}` : `m from ${start}`;
  const kept = newest === 'α' ? '(1 − α)' : `(1 − ${newest})`;
  return [
    `x⁺ = x − ${step}m with m = ${kept}m⁻ + ${newest}${newest === 'α' ? '' : ' '}${gradient}`,
    from,
    ...symbols,
  ].join(', ');
}

/** A momentum whose weights are numbers at each of these T, beside γL there. */
export function momentumFormula(
  found: readonly { readonly momentum: Momentum; readonly reading: Pick<Reading, 'step' | 'iterations'> }[],
): string {
  const listed = (values: readonly Rational[]) => {
    const texts = values.map((value) => value.toFraction());
    return new Set(texts).size === 1 ? { only: texts[0]! } : { each: texts.join(', ') };
  };
  const places = found.map(({ reading }) => reading.iterations).join(', ');
  const symbols: string[] = [];
  const named = (name: string, values: readonly Rational[]) => {
    const { only, each } = listed(values);
    if (only !== undefined) return only;
    symbols.push(`${name} = ${each} at T = ${places}`);
    return name;
  };
  const multiple = found.map(({ momentum, reading }) => momentum.step.div(reading.step));
  const newest = found.map(({ momentum }) => momentum.newestWeight);
  const first = found.map(({ momentum }) => momentum.firstWeight);
  const step = named('a', multiple);
  const α = named('α', newest);
  const c = first.every((value, k) => value.equals(newest[k]!)) ? α : named('c', first);
  return momentumText(
    found[0]!.momentum.noisy,
    { step: step === '1' ? 'γ' : step === 'a' ? 'aγ' : `${step} γ`, newest: α, first: c },
    symbols,
  );
}

/** A function of T, or of √T under the name s. */
function written({ numerator, denominator }: RationalFunction): string {
  const text = (polynomial: Polynomial) => format(polynomial).replaceAll('s', '√T');
  return subtract(denominator, constant(one)).size === 0
    ? text(numerator)
    : `${numerator.size > 1 ? `(${text(numerator)})` : text(numerator)}/${denominator.size > 1 ? `(${text(denominator)})` : text(denominator)}`;
}

/** The average of the points of a method. */
export const averageFormula = (noisy: boolean): string =>
  `x^T = (y⁰ + … + y^{T−1})/T with y⁺ = y − γ${noisy ? 'ĝ' : '∇f'}(y), y⁰ = x⁰`;

/** An accelerated method with its weights at t. */
export function acceleratedFormula({ kept, newest }: Accelerated): string {
  const [p, q] = [kept, newest].map(({ numerator, denominator }) =>
    written({ numerator: highestFirst(numerator), denominator: highestFirst(denominator) }),
  );
  const ahead = p === q ? `${q} (x⁺ − x)` : `${p} (y − x) − ${q} γ∇f(y)`;
  return `x⁺ = y − γ∇f(y), y⁺ = x⁺ + ${ahead}, y⁰ = x⁰, counted from t = 0`;
}

/**
 * A step and a bound as they were fitted to the values of a file.
 *
 * @param read for all T, or for each T that was asked for
 */
export function valuesFormula(
  read: SymbolicReading | readonly Reading[],
  { byCoordinates, scale }: { readonly byCoordinates: boolean; readonly scale: 0 | 1 | 2 },
): string {
  const lipschitz = byCoordinates ? '' : 'L';
  const noise = byCoordinates ? '‖σ‖₁' : ['σ²', 'σ²/L', 'σ²/L²'][scale]!;
  const units = {
    gap: [`${lipschitz}(f(x⁰) − f*)`, '(f(x⁰) − f*)', '(f(x⁰) − f*)/L'][scale]!,
    distance: ['L²‖x⁰ − x*‖²', 'L‖x⁰ − x*‖²', '‖x⁰ − x*‖²'][scale]!,
    noise,
    constant: '',
  };
  const of = (step: string, coefficients: Readonly<Record<keyof typeof units, string>>, at = '') => {
    const terms = (Object.keys(units) as (keyof typeof units)[]).flatMap((name) =>
      coefficients[name] === '0' ? [] : [[coefficients[name], units[name]].filter((each) => each !== '').join(' · ')],
    );
    return `γ${lipschitz} = ${step} and the bound${byCoordinates ? ' for ‖L‖₁ = 1' : ''} ${terms.length === 0 ? '0' : terms.join(' + ')}${at}`;
  };
  if ('symbol' in read) {
    const { step, gap, distance, noise: ofNoise, constant: rest } = read;
    return of(written(step), {
      ...{ gap: written(gap), distance: written(distance), noise: written(ofNoise), constant: written(rest) },
    });
  }
  return read
    .map(({ iterations, step, gap, distance, noise: ofNoise, constant: rest }) => {
      const texts = { gap, distance, noise: ofNoise, constant: rest };
      const shown = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value.toFraction()]));
      return of(step.toFraction(), shown as Record<keyof typeof units, string>, ` at T = ${iterations}`);
    })
    .join(', ');
}

/** The same with what L stands for: 1/γ, or M/‖x⁰ − x*‖. */
export function inUnit(unit: 'step' | 'slope' | undefined, text: string): string {
  if (unit === 'step')
    return text.replaceAll('γL = 1 and ', '').replaceAll(/L(²?)(‖x⁰ − x\*‖²|\(f\(x⁰\) − f\*\))/g, '$2/γ$1');
  if (unit === undefined) return text;
  return text.replaceAll('L²‖x⁰ − x*‖²', 'M²').replaceAll('L‖x⁰ − x*‖²', 'M‖x⁰ − x*‖').replaceAll('γL', 'γM/‖x⁰ − x*‖');
}

/** A step and a bound C·r^T as they were fitted to the values of a file, in μ/L. */
export function rateFormula({ start, step, factor, multiple }: RateReading): string {
  const text = (f: RationalFunction) => written(f).replaceAll(condition, '(L/μ)');
  const c = text(multiple);
  return `γL = ${text(step)} and the bound ${c === '1' ? '' : `${c} · `}(${text(factor)})^T · ${start === 'gap' ? '(f(x⁰) − f*)' : '‖x⁰ − x*‖²'}`;
}

const times = (left: Formula, right: Formula): Formula =>
  left.kind === 'number' && left.text === '1' ? right : { kind: '*', left, right };

/** A polynomial in T or s = √T as a formula, the highest power first. */
function polynomialFormula(polynomial: Polynomial): Formula {
  const name: Formula = { kind: 'name', text: 'T' };
  const number = (value: Rational) => ({ kind: 'number', text: value.toFraction() }) as const;
  const terms = [...highestFirst(polynomial).values()].map(({ powers: [factor], coefficient }) => {
    const size = number(coefficient.abs());
    const isNegative = coefficient.lt(zero);
    if (factor === undefined) return { isNegative, of: size };
    const base: Formula = factor[0] === 's' ? { kind: 'sqrt', of: name } : name;
    const power: Formula =
      factor[1] === 1 ? base : { kind: '**', left: base, right: { kind: 'number', text: String(factor[1]) } };
    return { isNegative, of: times(size, power) };
  });
  const [first, ...rest] = terms;
  if (first === undefined) return number(zero);
  return rest.reduce<Formula>(
    (left, { isNegative, of }) => ({ kind: isNegative ? '-' : '+', left, right: of }),
    first.isNegative ? { kind: 'opposite', of: first.of } : first.of,
  );
}

/** γ, B and the bound as they were fitted to the values of a file. */
function fittedValues({ step, noiseDivisor, gap, noise, distance }: SymbolicReading, scale: 0 | 1 | 2): StatedValues {
  const quotient = ({ numerator, denominator }: RationalFunction): Formula => {
    const [left, right] = [polynomialFormula(numerator), polynomialFormula(denominator)];
    return right.kind === 'number' && right.text === '1' ? left : { kind: '/', left, right };
  };
  const name = (text: string): Formula => ({ kind: 'name', text });
  const square = (text: string): Formula => ({ kind: '**', left: name(text), right: { kind: 'number', text: '2' } });
  const L = name('L');
  const over = (left: Formula, right: Formula): Formula => ({ kind: '/', left, right });
  const parts = [
    [gap, [times(L, name('gap')), name('gap'), over(name('gap'), L)][scale]!],
    [distance, [times(square('L'), square('distance')), times(L, square('distance')), square('distance')][scale]!],
    [noise, [square('σ'), over(square('σ'), L), over(square('σ'), square('L'))][scale]!],
  ] as const;
  const terms = parts.flatMap(([factor, unit]) => (factor.numerator.size === 0 ? [] : [times(quotient(factor), unit)]));
  return {
    isFitted: true,
    ...{ step: { kind: '/', left: quotient(step), right: L }, miniBatch: quotient(noiseDivisor) },
    bound:
      terms.length === 0 ? { kind: 'number', text: '0' } : terms.reduce((left, right) => ({ kind: '+', left, right })),
  };
}

/**
 * γ, B and the bound of a theorem for every T: as its text states them if that says what its values say, and as they were fitted to the values. Nothing
 * where that is neither.
 */
export function statedValues(theorem: Theorem, text: string | undefined): StatedValues[] {
  const scale = powerOf(theorem.term);
  let fitted: SymbolicReading | undefined;
  try {
    fitted = readForAll(theorem);
    if (fitted === undefined) return [];
    const { values } = text === undefined ? { values: new NotRead('no text') } : readSource(text, false);
    if (values instanceof NotRead) throw values;
    requireRead(values, { fitted, byCoordinates: false, scale });
    return [...(values.stated ? [values.stated] : []), fittedValues(fitted, scale)];
  } catch (error) {
    if (error instanceof NotRead) return fitted === undefined ? [] : [fittedValues(fitted, scale)];
    if (error instanceof NoModelError) return [];
    throw error;
  }
}

/** The same with functions of T. */
export function momentumFormulaForAll(
  { step, newestWeight, firstWeight }: MomentumForAll,
  reading: Pick<SymbolicReading, 'symbol' | 'step'>,
): string {
  const symbols: string[] = [];
  const ratio = product(step, inverse(reading.step));
  const isOne = (f: RationalFunction) => subtract(f.numerator, f.denominator).size === 0;
  const α = written(newestWeight);
  symbols.push(`α = ${α}`);
  if (!isOne(ratio)) symbols.push(`aL = ${written(step)}`);
  const c = written(firstWeight);
  const first = isOne(firstWeight) ? '1' : c === α ? 'α' : c;
  return momentumText(true, { step: isOne(ratio) ? 'γ' : 'a', newest: 'α', first }, symbols);
}

/** Points of a run as lists of coefficients of x⁰ and of the gradients ∇f/L, with γL. */
export interface RunPoints {
  readonly step: number;
  /** Where the gradients are asked for. */
  readonly queries: readonly Float64Array[];
  /** x⁰, x¹, … */
  readonly iterates: readonly Float64Array[];
  /** Every iterate is the point with the smallest gradient so far, or with the least f. */
  readonly smallest: false | 'gradient' | 'value';
  /** The points among which it is chosen. */
  readonly rated: readonly Float64Array[];
  /** What the combinations are of. */
  readonly of: 'gradients' | 'subgradients' | 'proximal-steps';
}

const rounding = 2 ** -40;
const superscript = (t: number): string => [...String(t)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
const fractionText = (value: number): string =>
  nearbyFraction(value, 2 ** -44, 100_000)?.toFraction() ?? String(Number(value.toPrecision(6)));
const isNear = (a: Float64Array, b: Float64Array): boolean =>
  a.every((entry, i) => Math.abs(entry - b[i]!) <= rounding);

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry - b[i]!);

/** The β of a difference that is β times a way; undefined if it is none. */
function multipleOf(difference: Float64Array, way: Float64Array | undefined): number | undefined {
  const k = way?.findIndex((entry) => Math.abs(entry) > rounding) ?? -1;
  const β = k < 0 ? 0 : difference[k]! / way![k]!;
  return isNear(
    difference,
    difference.map((_, i) => β * (way?.[i] ?? 0)),
  )
    ? β
    : undefined;
}

/** Steps of gradients at x or at y, each with a multiple of the last move; undefined for any other run. */
function recursion({ step, queries, iterates }: RunPoints): string | undefined {
  const T = iterates.length - 1;
  if (queries.length < T) return undefined;
  const asked = queries.slice(0, T);
  const atIterates = asked.every((y, t) => isNear(y, iterates[t]!));
  const moves = asked.map((y, t) => minus(iterates[t + 1]!, y));
  const steps = moves.map((move, t) => -move[t + 1]!);
  const rests = moves.map((move, t) => move.map((entry, i) => (i === t + 1 ? 0 : entry)));
  if (
    !atIterates &&
    !rests.every((rest) =>
      isNear(
        rest,
        rest.map(() => 0),
      ),
    )
  )
    return undefined;
  const added = atIterates ? rests : asked.map((y, t) => minus(y, iterates[t]!));
  const weights = added.map((more, t) => multipleOf(more, t === 0 ? undefined : minus(iterates[t]!, iterates[t - 1]!)));
  if (weights.includes(undefined)) return undefined;
  const [ofGamma, ofWay] = [steps.map((s) => s / step), (weights as number[]).slice(1)].map((values) => [
    ...new Set(values.map(fractionText)),
  ]) as [string[], string[]];
  const [only] = ofGamma as [string];
  const s = ofGamma.length > 1 ? 's' : only === '1' ? 'γ' : `${only} γ`;
  const β = ofWay.length > 1 ? 'β' : `${ofWay[0]} `;
  const sequences = [
    ...(ofGamma.length > 1 ? [`s/γ = ${steps.map((value) => fractionText(value / step)).join(', ')}`] : []),
    ...(ofWay.length > 1 ? [`β = ${weights.map((value) => fractionText(value!)).join(', ')}`] : []),
  ];
  const told = sequences.length === 0 ? '' : ` with ${sequences.join(' and ')}`;
  if (!atIterates) return `x⁺ = y − ${s}∇f(y), y⁺ = x⁺ + ${β}(x⁺ − x)${told}`;
  const isPlain = ofWay.every((value) => value === '0');
  return `x⁺ = x − ${s}∇f(x)${isPlain ? '' : ` + ${β}(x − x⁻)`}${told}`;
}

/** Every point of a run, written out. */
function listedPoints({ step, queries, iterates }: RunPoints): string {
  const points: Float64Array[] = [];
  const names: string[] = [];
  for (const [t, point] of iterates.entries()) {
    points.push(point);
    names.push(`x${superscript(t)}`);
  }
  const gradients = queries.map((query, k) => {
    const t = points.findIndex((point) => isNear(point, query));
    if (t >= 0) return names[t]!;
    points.push(query);
    names.push(`y${subscript(k)}`);
    return names.at(-1)!;
  });
  const terms = (point: Float64Array) =>
    Array.from(point.subarray(1), (entry, k) => ({ entry: -entry / step, at: gradients[k] }))
      .filter(({ entry }) => Math.abs(entry) > rounding)
      .map(({ entry, at }) =>
        `${entry < 0 ? '+' : '−'} ${fractionText(Math.abs(entry))} γ∇f(${at})`.replace(' 1 γ', ' γ'),
      );
  const written = points.flatMap((point, k) => {
    const own = terms(point);
    return k === 0 || own.length === 0 ? [] : [`${names[k]} = x⁰ ${own.join(' ')}`];
  });
  return written.join(', ');
}

/** Runs of several T: those that are the beginning of a longer one are not repeated. */
export function runFormulas(runs: readonly RunPoints[]): readonly string[] {
  const isBeginning = ({ iterates }: RunPoints, longer: RunPoints) =>
    iterates.length < longer.iterates.length && iterates.every((x, t) => isNear(x, longer.iterates[t]!));
  return runs.filter((run) => !runs.some((other) => isBeginning(run, other))).map(runFormula);
}

/** A run of T steps as a formula. */
function runFormula(points: RunPoints): string {
  const { of } = points;
  if (of !== 'gradients') {
    const plain = runFormula({ ...points, of: 'gradients' });
    if (of === 'subgradients') return `${plain.replaceAll('∇f(', 's(')}, s(x) a subgradient of f`;
    const text = plain.replaceAll('∇f(', 'G(');
    return text === 'x⁺ = x − γG(x)' ? 'x⁺ = P(x)' : `${text} where γG(x) = x − P(x)`;
  }
  if (!points.smallest) return recursion(points) ?? listedPoints(points);
  const { queries, rated, smallest } = points;
  const moves = { ...points, queries: queries.slice(0, rated.length - 1), iterates: rated };
  const way = recursion(moves) ?? listedPoints({ ...points, iterates: rated });
  const best = smallest === 'value' ? 'least f' : 'smallest gradient';
  return `x⁺ = the point with the ${best} of x⁰, y¹, y², … where ${way.replaceAll('x', 'y').replaceAll('y⁰', 'x⁰')}`;
}

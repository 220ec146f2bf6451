import type { Budget } from '../../src/claims/claim.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding, Part } from '../../src/claims/evidence.js';
import { fromDouble, type Rational, toDouble } from '../../src/exact/arithmetic/rational.js';
import { atStep, batchWeights, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';

/** The arithmetic of one precision: every operation is carried out in doubles and rounded, which is right for f32 (53 ≥ 2·24 + 2). */
interface Arithmetic {
  readonly name: 'f64' | 'f32';
  round(value: number): number;
  /** Spacing of the numbers at 1. */
  readonly spacing: number;
}

export const arithmetics: readonly Arithmetic[] = [
  { name: 'f64', round: (value) => value, spacing: 2 ** -52 },
  { name: 'f32', round: Math.fround, spacing: 2 ** -23 },
];

/** One sign to be taken: d = 0, one coordinate, a mini-batch of functions. */
export interface SignCase {
  readonly functions: readonly FunctionSpecification[];
  readonly step: number;
  /** In [1, 2), so that the spacing of the arithmetic is that of x. */
  readonly x: number;
  readonly indices: readonly number[];
}

/** The sign that a form of signProx computes, rounding after every operation. */
type SignForm = (input: SignCase, round: (value: number) => number) => number;

type Formula = (specification: FunctionSpecification, y: number, step: number, r: (value: number) => number) => number;

const parameter = (specification: FunctionSpecification, name: string): number => {
  const value = specification[name];
  return Array.isArray(value) ? value[0] : (value as number);
};

/** prox_{γr}(y) as the library computes it, operation by operation. */
const proximal: Readonly<Record<string, Formula>> = {
  linear: (spec, y, step, r) => r(y - r(step * parameter(spec, 'coefficients'))),
  l1(spec, y, step, r) {
    const threshold = r(step * parameter(spec, 'weight'));
    return y > threshold ? r(y - threshold) : 0;
  },
  quadratic(spec, y, step, r) {
    const t = r(step * parameter(spec, 'curvature'));
    const [center, shrink] = [parameter(spec, 'center'), r(1 + t)];
    const difference = r(y - center);
    return t <= 1 ? r(y - r(r(t / shrink) * difference)) : r(center + r(difference / shrink));
  },
};

/** (y − prox_{γr}(y))/γ in the form that does not cancel. */
const dividedResidual: Readonly<Record<string, Formula>> = {
  linear: (spec) => parameter(spec, 'coefficients'),
  l1: (spec, y, step, r) => Math.min(parameter(spec, 'weight'), r(y / step)),
  quadratic(spec, y, step, r) {
    const a = parameter(spec, 'curvature');
    return r(r(a * r(y - parameter(spec, 'center'))) / r(1 + r(step * a)));
  },
};

function averaged({ functions, step, x, indices }: SignCase, r: (value: number) => number, formula: typeof proximal) {
  let sum = 0;
  for (const k of indices) sum = r(sum + formula[functions[k]!.type]!(functions[k]!, x, step, r));
  return r(sum / indices.length);
}

/** sgn(x − P̂(x)) as printed. */
export const literalSign: SignForm = (input, r) => Math.sign(r(input.x - averaged(input, r, proximal)));

/** sgn((1/B)Σρ_{k_b}(x)/γ). */
export const residualSign: SignForm = (input, r) => Math.sign(averaged(input, r, dividedResidual));

/** The same with γ multiplied to every term before they are added: exact ties may be lost. */
export const multipliedSign: SignForm = (input, r) => {
  const multiplied: typeof proximal = Object.fromEntries(
    Object.entries(dividedResidual).map(([type, formula]) => [
      type,
      (spec, y, step, round) => round(step * formula(spec, y, step, round)),
    ]),
  );
  return Math.sign(averaged(input, r, multiplied));
};

/** Ĝ(x), exactly. */
export function exactMapping({ functions, step, x, indices }: SignCase): Rational {
  const probabilities = functions.map((_, k) => (k === 0 ? 1 : 0));
  const problem = atStep(rationalProblem({ smooth: { type: 'zero' }, functions, probabilities }, 1), fromDouble(step));
  return problem.residualMapping(batchWeights(indices, functions.length), [fromDouble(x)])[0]!;
}

/** Mini-batch, and distances γ|Ĝ| from a sixteenth of the spacing at x to 64 times it. */
const batch = 3;
const smallest = -4;
const largest = 6;

/** A case for one precision: every parameter is a number of it. Small integers make exact ties frequent. */
function signCase(random: () => number, type: string, { round, spacing }: Arithmetic): SignCase {
  const integer = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const step = round([0.1, 0.7, 1, 3][integer(0, 3)]!);
  const x = 1 + Math.floor(random() / spacing) * spacing;
  // Slopes of the size unit/γ, rounded to few digits so that they add without error.
  const unit = 2 ** (integer(smallest, largest) + Math.log2(spacing) - Math.round(Math.log2(step)));
  const functions = Array.from({ length: batch }, (): FunctionSpecification => {
    const slope = integer(-4, 4) * unit;
    switch (type) {
      case 'linear':
        return { type, coefficients: [slope] };
      case 'l1':
        return { type, weight: Math.abs(slope) };
      default:
        return { type: 'quadratic', curvature: 1, center: x + Math.round(slope / spacing) * spacing };
    }
  });
  return { functions, step, x, indices: Array.from({ length: batch }, () => integer(0, batch - 1)) };
}

/** Where γ|Ĝ| lies, in units in the last place of x. */
const distances = ['tie', 'below ½ ulp', '½ to 2 ulp', '2 to 8 ulp', 'above 8 ulp'] as const;
type Distance = (typeof distances)[number];

export function distanceOf(mapping: Rational, step: number, spacing: number): Distance {
  const ulps = (Math.abs(toDouble(mapping)) * step) / spacing;
  if (mapping.n === 0n) return 'tie';
  if (ulps < 0.5) return 'below ½ ulp';
  if (ulps < 2) return '½ to 2 ulp';
  return ulps < 8 ? '2 to 8 ulp' : 'above 8 ulp';
}

/** How often a form was asked for a sign, returned 0 where there is one, and returned the other one (at a tie: any). */
interface SignTally {
  cases: number;
  lost: number;
  wrong: number;
}

/** Tallies of one form by distance. */
type SignTable = Readonly<Record<Distance, SignTally>>;

/** The tables of several forms on the same cases, in one precision. */
export function signTables(
  forms: readonly SignForm[],
  arithmetic: Arithmetic,
  { seed, cases }: { readonly seed: string; readonly cases: number },
): SignTable[] {
  const tables = forms.map(
    () =>
      Object.fromEntries(distances.map((name) => [name, { cases: 0, lost: 0, wrong: 0 }])) as Record<
        Distance,
        SignTally
      >,
  );
  for (const type of ['linear', 'l1', 'quadratic']) {
    const random = keyedStream(streamKey(seed, `sign-loss/${arithmetic.name}/${type}`, 1, 0));
    for (let index = 0; index < cases; index++) {
      const input = signCase(random, type, arithmetic);
      const mapping = exactMapping(input);
      const sign = mapping.n === 0n ? 0 : Number(mapping.s);
      const distance = distanceOf(mapping, input.step, arithmetic.spacing);
      forms.forEach((form, j) => {
        const tally = tables[j]![distance];
        const computed = form(input, arithmetic.round);
        tally.cases++;
        if (computed !== sign) tally[computed === 0 ? 'lost' : 'wrong']++;
      });
    }
  }
  return tables;
}

/** Cases for every kind of function and every precision. */
const cases = { quick: 150, standard: 400, deep: 20_000 } as const;

type NamedForms = readonly (readonly [string, SignForm])[];

const named: NamedForms = [
  ['literal', literalSign],
  ['residual', residualSign],
  ['γ × residual', multipliedSign],
];

/** What the tables must show, or the account of where signs are lost is wrong. */
export function explains([literal, residual]: readonly SignTable[]): string[] {
  const problems: string[] = [];
  const near = literal!['below ½ ulp'];
  if (!(near.lost + near.wrong > near.cases / 2)) problems.push('the literal form keeps signs below ½ ulp');
  const far = literal!['above 8 ulp'];
  if (far.cases === 0 || far.lost + far.wrong > 0) problems.push('the literal form loses signs above 8 ulp');
  for (const distance of distances) {
    const { lost, wrong } = residual![distance];
    if (distance !== 'tie' && lost + wrong > 0) problems.push(`the residual form loses signs: ${distance}`);
  }
  return problems;
}

/**
 * Where x − P̂(x) loses the sign of Ĝ(x) in floating point: γ|Ĝ| below half a unit in the last place of x is rounded away. The γ-divided
 * residual keeps every sign; multiplying γ to its terms before they are added makes signs of exact ties. Counted in f64 and in
 * simulated f32 against the exact sign.
 */
export const exactSignLossClaim = claimOf({ forms: named }, ({ forms }) => ({
  id: 'exact-sign-loss',
  version: 1,
  source: { section: '2.1', equation: 'Algorithm 2' },
  statement:
    'the literal form of signProx loses signs if γ|Ĝ_i| is of the size of rounding in x_i; the residual form does not',
  method:
    'signs of both forms in f64 and simulated f32 compared with rational arithmetic, counted by γ|Ĝ|/ulp(x), on mini-batches of three with short slopes',
  requires: { referenceOnly: true },
  expected: ['illustrated'],
  check: async (_implementation, budget) => signLoss(forms, budget),
}));

/** How many signs, of how many, came out otherwise than they are. */
function tallyText({ cases: asked, lost, wrong }: SignTally): string {
  if (lost + wrong === 0) return 'all right';
  const share = `${((100 * (lost + wrong)) / asked).toPrecision(2)} %`;
  const kinds = [...(lost > 0 ? [`${lost} became 0`] : []), ...(wrong > 0 ? [`${wrong} the wrong sign`] : [])];
  return `${kinds.join(', ')} (${share})`;
}

/** Tallies the signs of several forms, the literal and the residual one first. */
export function signLoss(compared: NamedForms, budget: Budget): Finding {
  const parts: Part[] = [];
  const measured: Record<string, string> = {};
  let total = 0;
  for (const arithmetic of arithmetics) {
    budget.signal?.throwIfAborted();
    const forms = compared.map(([, form]) => form);
    const tables = signTables(forms, arithmetic, { seed: budget.seed, cases: cases[budget.depth] });
    const problems = explains(tables);
    const judged = distances.reduce((sum, distance) => sum + tables[0]![distance].cases, 0);
    total += judged;
    parts.push({
      name: arithmetic.name,
      verdict: problems.length === 0 ? 'illustrated' : 'violated',
      cases: judged,
      worstRatio: 0,
      ...(problems.length > 0 && { reason: problems.join('; ') }),
    });
    for (const distance of distances) {
      const where = distance === 'tie' ? 'Ĝ = 0' : `γ|Ĝ| ${distance}`;
      const asked = tables[0]![distance].cases;
      measured[`${arithmetic.name}, ${where}, ${asked} signs`] = compared
        .map(([name], j) => `${name}: ${tallyText(tables[j]![distance])}`)
        .join('; ');
    }
  }
  const below = Object.entries(measured).find(([name]) => name.startsWith('f64, γ|Ĝ| below ½ ulp'))?.[1];
  const wrong = parts.filter(({ verdict }) => verdict === 'violated');
  return {
    verdict: wrong.length === 0 ? 'illustrated' : 'violated',
    reason:
      wrong.length === 0
        ? `γ|Ĝ| below ½ ulp of x in f64: ${below}`
        : wrong.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
    cases: total,
    parts,
    measured,
  };
}

import type { Certificate, CertificateTerm, FunctionClass } from '../../../claims/certificate.js';
import { one, type Rational, rational, sum, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { compositeSpace } from './composite-space.js';
import { opposite } from './inequalities.js';
import { alternativeTo, combined, type Program, type Proof, type Quadratic, solve } from './program.js';
import type { Reading } from './read-theorem.js';
import {
  nameOfValue,
  type RunMethod,
  type RunQuestion,
  type RunSpace,
  type RunTerm,
  smoothSpace,
  written,
} from './run-space.js';

/** What a summand is multiplied by in a certificate, whose units are those of f. */
const factors: Readonly<Record<RunTerm, string>> = {
  'squared-gradient': '1/L',
  'squared-gradient-mapping': '1/L',
  'objective-gap': '1',
  'squared-distance': 'L',
};

/** T iterations of gradient descent with γL = a. */
export function descentRun(T: number, a: Rational, onlyLast: boolean): RunMethod {
  const steps = Array.from({ length: T + 1 }, (_, t) => t);
  return {
    points: steps.map((t) => steps.map((k) => (k < t ? a.neg() : zero))),
    ...{ start: 0, left: onlyLast ? [T] : steps.slice(0, T), smallest: false },
  };
}

/** Largest T for which all pairs of points are used: the program has about T² unknowns. */
export const longestRun = 4;
/** The same where each point is compared with the next one and with x* alone, which is enough for most methods, and takes about 3 s at the last of them. */
export const longestChain = 16;
/** The same where a worst case is asked for, which takes half a minute at the last of them. */
export const longestWorst = 8;

const minus = rational(-1n);

/** T iterations as a program. */
interface RunProgram extends RunSpace {
  readonly program: Program;
  /** The bound, whose Gram part is a multiple of ‖x⁰ − x*‖² alone. */
  readonly bound: Quadratic;
}

/**
 * @param fromValue whether f(x⁰) − f* is compared, so that x⁰ is where f is finite
 * @param isChain whether the conditions are those of each point with the next one and with x* alone
 */
export const runSpace = (
  question: RunQuestion,
  convex: boolean,
  method: RunMethod,
  fromValue: boolean,
  isChain = false,
): RunSpace =>
  question.composite === undefined
    ? smoothSpace(question, convex, method, isChain)
    : compositeSpace(question, question.composite, method, fromValue, isChain);

/** bound − left side = Σ λ · slack + squares for T iterations. */
function runProgram(question: RunQuestion, reading: Reading, isChain: boolean): RunProgram {
  const method = question.method(reading);
  const run = runSpace(question, question.convex, method, reading.gap.gt(zero), isChain);
  const bound = combined([reading.gap, run.gap], [reading.distance, run.distance]);
  const program: Program = {
    basis: run.space.basis,
    constant: combined([one, bound], [minus, run.left]),
    unknowns: run.inequalities.map(({ name, slack }) => ({ name, times: opposite(slack) })),
    conditions: [],
  };
  return { ...run, program, bound };
}

/** What is known about a bound at one T. */
export type RunAnswer =
  | { readonly answer: 'proved'; readonly certificate: Certificate }
  /** The alternative is solved exactly: there are points, gradients and values of a function of the class that violate the bound. */
  | { readonly answer: 'false' /** left/bound of these. */; readonly excess: number }
  | { readonly answer: 'unknown' };

/** Proves a bound of T iterations, without convexity if that is enough, or shows that it is false. */
export function proveRun(question: RunQuestion, reading: Reading): RunAnswer {
  const { convex, composite, strongConvexity = zero } = question;
  if (convex && composite === undefined && strongConvexity.equals(zero) && reading.gap.gt(zero)) {
    const weaker = proveRun({ ...question, convex: false }, reading);
    if (weaker.answer === 'proved') return weaker;
  }
  const chain = runProgram(question, reading, true);
  const short = solve(chain.program);
  if (!('none' in short)) return { answer: 'proved', certificate: certificateOf(question, reading, chain, short) };
  if (reading.iterations > longestRun) return { answer: 'unknown' };
  const run = runProgram(question, reading, false);
  const proof = solve(run.program);
  if (!('none' in proof)) return { answer: 'proved', certificate: certificateOf(question, reading, run, proof) };
  if (proof.none !== 'infeasible') return { answer: 'unknown' };
  const opposed = solve(alternativeTo(run.program));
  if (!('none' in opposed)) return { answer: 'false', excess: excessOf(run, opposed) };
  return { answer: 'unknown' };
}

/** left/bound of a solution of the alternative, where bound − left side is −1. */
function excessOf({ program, bound }: RunProgram, { multipliers }: Proof): number {
  const at = (name: string) => multipliers.get(name) ?? zero;
  const ofValues = Object.entries(bound.values).map(([name, factor]) => factor.mul(at(`φ ${name}`)));
  const ofGram = program.basis.map((_, i) => bound.gram[i]![i]!.mul(at(`X ${i},${i}`)));
  const value = toDouble(sum([...ofValues, ...ofGram]));
  return (value + 1) / value;
}

/**
 * A convex f that is bounded below need not have a minimiser x*. f + ε‖x − x⁰‖² does, times L/(L + 2ε) it is L-smooth, its gap at x⁰ is at most that of f, and
 * as ε → 0 its T iterates and their gradients become those of f. So a bound that does not see x* holds without one.
 */
const withoutMinimiser = ', where f has no minimiser x* in the limit of f + ε‖x − x⁰‖²';

const counts = [
  'one step',
  'two steps',
  'three steps',
  'four steps',
  'five steps',
  'six steps',
  'seven steps',
  'eight steps',
  ...['nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen'].map((count) => `${count} steps`),
];

/** The certificate of one stage, in units in which gradients are divided by L. */
export function certificateOf(
  { term }: Pick<RunQuestion, 'term'>,
  { iterations: T, gap, distance }: Pick<Reading, 'iterations' | 'gap' | 'distance'>,
  { space, inequalities, functions, method, words }: RunSpace,
  { multipliers, squares }: Proof,
): Certificate {
  const used = inequalities.filter(({ name }) => !(multipliers.get(name) ?? zero).equals(zero));
  const entries = used.flatMap(({ sumOf }) => sumOf);
  const known = functions.flatMap((of) => {
    const names = new Set(
      entries.flatMap((entry) =>
        'from' in entry && (entry.of === of.name || entry.of === 'F') ? [entry.from, entry.to] : [],
      ),
    );
    const points = Object.entries({ ...of.points, ...of.further }).filter(([name]) => names.has(name));
    return [{ ...of, points }];
  });
  const classOf = ({ convex, smooth, points }: (typeof known)[number], sign: '' | '−' = ''): FunctionClass => ({
    convex: convex && sign === '',
    ...(smooth && { modulus: 'L' }),
    values: Object.fromEntries(points.map(([name, point]) => [name, `${sign}${nameOfValue(point)}`])),
    gradients: Object.fromEntries(
      points.flatMap(([name, { gradient }]) =>
        gradient === undefined ? [] : [[name, written(space, gradient, `${sign}L`)]],
      ),
    ),
  });
  const hasLimit = words.about === '' && distance.equals(zero) && method.composite === undefined;
  const about =
    hasLimit && known.some(({ points }) => points.some(([name]) => name === 'x*')) ? withoutMinimiser : words.about;
  const facts = entries.flatMap((entry) => (entry.kind === 'fact' ? [[entry.name, words.facts[entry.name]!]] : []));
  const left = method.smallest
    ? ' − m'
    : method.left.map((t) => ` − 1/${method.left.length} (${words.summandAt(t)})`).join('');
  // A value between two points is that of a used one, and every other symbol has its meaning.
  const inside = new Set(known.flatMap(({ points }) => points.map(([, point]) => nameOfValue(point))));
  const further = new Set(functions.flatMap((of) => Object.values(of.further).map(nameOfValue)));
  const symbols = Object.fromEntries(
    Object.entries(words.symbols).filter(([name]) => !further.has(name) || inside.has(name)),
  );
  return {
    stages: [
      {
        name: `a run of ${counts[T - 1]}`,
        kind: 'pathwise',
        statement: `the bound for T = ${T}, times ${factors[term]}${about}`,
        symbols,
        positive: ['L'],
        vectors: space.basis,
        functions: Object.fromEntries(
          known.flatMap((of) => [
            [of.name, classOf(of)] as const,
            ...(of.smooth && !of.convex ? [['F', classOf(of, '−')] as const] : []),
          ]),
        ),
        points: Object.fromEntries(
          known.flatMap(({ points }) => points.map(([name, { at }]) => [name, written(space, at)] as const)),
        ),
        ...(facts.length > 0 && { facts: Object.fromEntries(facts) }),
        goal: `${gap.equals(zero) && method.composite !== undefined ? '0' : `${gap.toFraction()} (${words.gapAt(method.start)})`}${space.basis[0] === 'x' ? ` + ${distance.toFraction()} L‖x‖²` : ''}${left}`,
        cases: [
          {
            terms: [
              ...used.flatMap(({ name, sumOf }) =>
                sumOf.map(
                  (inequality): CertificateTerm => ({ multiplier: multipliers.get(name)!.toFraction(), inequality }),
                ),
              ),
              ...squares.pivots.map(
                (pivot, k): CertificateTerm => ({
                  multiplier: `${pivot.toFraction()} L`,
                  square: written(space, squares.columns[k]!),
                }),
              ),
            ],
          },
        ],
      },
    ],
  };
}

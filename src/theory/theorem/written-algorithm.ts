import { zero } from '../../exact/arithmetic/rational.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { doubles, evaluate } from '../formulas/evaluate.js';
import { type Formula, FormulaError, namesIn } from '../formulas/formula.js';
import { formulaText } from '../formulas/formula-text.js';
import { formulaOfOne, readAssignment, readFormula } from '../formulas/read-formula.js';
import type { IterationInput, OwnAlgorithm } from './theorem-algorithm.js';

/** A sum of multiples of vectors: of x and the memory, or of what is asked at another such sum. */
export type Combination = readonly {
  readonly factor: Formula;
  readonly of: string | { readonly asked: Asked; readonly at: Combination };
}[];

/** What an algorithm may ask at a point. */
const oracles = {
  '∇f': ({ problem }, x) => problem.gradient(x),
  ĝ: ({ problem, batch }, x) => problem.stochasticGradient(batch, x),
  P: ({ problem }, x) => problem.mean(x),
  P̂: ({ problem, batch }, x) => problem.miniBatch(batch, x),
  G: ({ problem }, x) => problem.gradientMapping(x),
  Ĝ: ({ problem, batch }, x) => problem.stochasticGradientMapping(batch, x),
  s: ({ problem }, x) => problem.subgradient(x),
  sgn: (_, x) => x.map(Math.sign),
} as const satisfies Record<string, (input: IterationInput<unknown>, x: Float64Array) => Float64Array>;
export type Asked = keyof typeof oracles;

/** An algorithm of a theorem's own as a list of assignments. */
export interface WrittenAlgorithm {
  readonly name: string;
  /** Vectors that are kept, and what they are at x⁰. */
  readonly memory: ReadonlyMap<string, Combination>;
  /** Carried out in this order; an assigned name is its new value from then on. */
  readonly step: readonly { readonly name: string; readonly value: Combination }[];
  /** Constants by name, formulas of the schedule. */
  readonly parameters: ReadonlyMap<string, Formula>;
  /** The algorithm returns its best point so far, by what the theorem bounds. */
  readonly best: Rating | undefined;
  /** The memory and the assignments as they were read. */
  readonly texts: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/** What of a point is smallest at the best one. */
export type Rating = '‖∇f(x)‖²' | '‖G(x)‖²' | 'f(x)';
const ratings: Readonly<Record<Rating, (problem: ProblemAtStep, x: Float64Array) => number>> = {
  '‖∇f(x)‖²': (problem, x) => squaredNorm(problem.gradient(x)),
  '‖G(x)‖²': (problem, x) => squaredNorm(problem.gradientMapping(x)),
  'f(x)': (problem, x) => problem.objective(x),
};
const squaredNorm = (vector: Float64Array) => vector.reduce((total, entry) => total + entry * entry, 0);

/** Constants of an iteration: the step, and how many were before. */
export const constantsOfIteration = ['γ', 't', 'n'] as const;
const asked = new Set(Object.keys(oracles));
const start = 'x⁰';
export const isSymbol = (name: string) => /^\p{L}[\p{M}₀-₉⁺′]*$/u.test(name.normalize('NFC'));

/** An algorithm from its texts. */
export interface AlgorithmTexts {
  readonly name: string;
  readonly memory: Readonly<Record<string, string>>;
  readonly step: readonly string[];
  readonly parameters: ReadonlyMap<string, Formula>;
  readonly best: Rating | undefined;
}

/** @throws FormulaError of one line that says where */
export function readAlgorithm({ name, memory, step, parameters, best }: AlgorithmTexts): WrittenAlgorithm {
  const vectors = new Set(['x', ...Object.keys(memory)]);
  const scalars = [...constantsOfIteration, ...parameters.keys()];
  const at = <Result>(place: string, read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      if (error instanceof FormulaError) throw new FormulaError(`${place}: ${error.message}`);
      throw error;
    }
  };
  const first = { names: new Set([...scalars, start]), asked };
  const found: WrittenAlgorithm = {
    ...{ name, parameters, best, texts: memory, lines: step },
    memory: new Map(
      Object.entries(memory).map(([vector, text]) => [
        vector,
        at(`memory.${vector}`, () => combinationOf(readFormula(text, first), new Set([start]))),
      ]),
    ),
    step: step.map((line, k) =>
      at(`step[${k}]`, () => {
        const { name: assigned, value } = readAssignment(line, { names: new Set([...scalars, ...vectors]), asked });
        if (!vectors.has(assigned)) throw new FormulaError(`${assigned} is no vector: give it a memory`);
        return { name: assigned, value: combinationOf(value, vectors) };
      }),
    ),
  };
  return found;
}

/** @throws FormulaError where a formula is no sum of multiples of vectors */
function combinationOf(formula: Formula, vectors: ReadonlySet<string>): Combination {
  const times = (factor: Formula, of: Combination): Combination =>
    of.map((part) => ({
      ...part,
      factor: part.factor === formulaOfOne ? factor : { kind: '·', left: factor, right: part.factor },
    }));
  const opposite = (of: Combination): Combination =>
    of.map((part) => ({ ...part, factor: { kind: 'opposite', of: part.factor } }));
  switch (formula.kind) {
    case 'name':
      if (vectors.has(formula.name)) return [{ factor: formulaOfOne, of: formula.name }];
      break;
    case 'number':
      if (formula.value.equals(zero)) return [];
      break;
    case 'at':
      return [{ factor: formulaOfOne, of: { asked: formula.asked as Asked, at: combinationOf(formula.of, vectors) } }];
    case 'opposite':
      return opposite(combinationOf(formula.of, vectors));
    case '+':
      return [...combinationOf(formula.left, vectors), ...combinationOf(formula.right, vectors)];
    case '−':
      return [...combinationOf(formula.left, vectors), ...opposite(combinationOf(formula.right, vectors))];
    case '·': {
      const [left, right] = [formula.left, formula.right].map((part) => hasVector(part, vectors));
      if (left && right) throw new FormulaError('a product of two vectors is no vector');
      if (left) return times(formula.right, combinationOf(formula.left, vectors));
      if (right) return times(formula.left, combinationOf(formula.right, vectors));
      break;
    }
    case '/':
      if (hasVector(formula.right, vectors)) throw new FormulaError('nothing is divided by a vector');
      if (hasVector(formula.left, vectors))
        return times({ kind: '/', left: formulaOfOne, right: formula.right }, combinationOf(formula.left, vectors));
      break;
  }
  throw new FormulaError(
    hasVector(formula, vectors)
      ? 'a vector is a sum of multiples of vectors: it has no powers, roots or cases'
      : 'a number is added to a vector, or stands in place of one',
  );
}

function hasVector(formula: Formula, vectors: ReadonlySet<string>): boolean {
  if (formula.kind === 'at') return true;
  if (formula.kind === 'name') return vectors.has(formula.name);
  if ('left' in formula) return hasVector(formula.left, vectors) || hasVector(formula.right, vectors);
  if (formula.kind === 'if') return hasVector(formula.yes, vectors) || hasVector(formula.no, vectors);
  if (formula.kind === 'min' || formula.kind === 'max') return formula.of.some((each) => hasVector(each, vectors));
  return 'of' in formula && typeof formula.of === 'object' && hasVector(formula.of as Formula, vectors);
}

/** Whether a combination has a name among its factors. */
const usesName = (combination: Combination, name: string): boolean =>
  combination.some(({ factor, of }) => namesIn(factor).has(name) || (typeof of !== 'string' && usesName(of.at, name)));

/** What is kept from one iteration to the next: vectors, and the number of the iteration where a factor has t. */
interface State {
  readonly t?: number;
  readonly vectors: Readonly<Record<string, Float64Array>>;
}

/** The fields of a file from which an algorithm was read. */
export const algorithmTexts = ({ name, texts, lines, parameters, best }: WrittenAlgorithm) => ({
  name,
  ...(Object.keys(texts).length > 0 && { memory: texts }),
  step: lines,
  ...(parameters.size > 0 && {
    parameters: Object.fromEntries([...parameters].map(([symbol, formula]) => [symbol, formulaText(formula)])),
  }),
  ...(best && { returns: 'best' }),
});

/** A combination with its factors and vectors by number. */
type Compiled = readonly {
  readonly factor: number;
  readonly of: number | { readonly asked: Asked; readonly at: Compiled };
}[];

/** The algorithm as it is run, in doubles. */
export function compiledAlgorithm({ name, memory, step, best }: WrittenAlgorithm): OwnAlgorithm {
  const counts = step.some(({ value }) => usesName(value, 't'));
  const vectors = ['x', ...memory.keys()];
  const isEmpty = memory.size === 0 && !counts && best === undefined;
  const factors: Formula[] = [];
  const compiled = (combination: Combination, names: readonly string[]): Compiled =>
    combination.map(({ factor, of }) => ({
      factor: factors.push(factor) - 1,
      of: typeof of === 'string' ? names.indexOf(of) : { asked: of.asked, at: compiled(of.at, names) },
    }));
  const first = [...memory.values()].map((value) => compiled(value, [start]));
  const lines = step.map(({ name: assigned, value }) => ({
    assigned: vectors.indexOf(assigned),
    value: compiled(value, vectors),
  }));
  const valuesOf = valuesAt(factors);
  const iterate = (input: IterationInput<State | undefined>) => {
    const { problem, x, state, step: γ, parameters } = input;
    const t = state?.t ?? 0;
    const values = valuesOf(γ, counts ? t : 0, x.length, parameters);
    const vectorAt = (combination: Compiled, given: readonly Float64Array[]): Float64Array => {
      const total = new Float64Array(x.length);
      for (const { factor, of } of combination) {
        const by = values[factor]!;
        const vector =
          typeof of === 'number'
            ? given[of]!
            : oracles[of.asked](input as IterationInput<unknown>, vectorAt(of.at, given));
        for (let i = 0; i < total.length; i++) total[i]! += by * vector[i]!;
      }
      return total;
    };
    const now = vectors.map((vector, k) => {
      const kept = state?.vectors[vector];
      return kept ?? (k === 0 ? x : vectorAt(first[k - 1]!, [x]));
    });
    for (const { assigned, value } of lines) now[assigned] = vectorAt(value, now);
    const reached = now[0]!;
    const kept: Record<string, Float64Array> = {};
    for (let k = best === undefined ? 1 : 0; k < vectors.length; k++) kept[vectors[k]!] = now[k]!;
    const next: State = { ...(counts && { t: t + 1 }), vectors: kept };
    const rated = best && ratings[best];
    const returned = rated === undefined || rated(problem, reached) < rated(problem, x) ? reached : x;
    return isEmpty ? { x: returned } : { x: returned, state: next };
  };
  return { name, iterate } as OwnAlgorithm;
}

/** The values of the factors, computed once for each t of a run. */
function valuesAt(factors: readonly Formula[]) {
  let [lastStep, lastSize, last] = [0, 0, {} as Readonly<Record<string, number>>];
  const known = new Map<number, readonly number[]>();
  return (γ: number, t: number, n: number, parameters: Readonly<Record<string, number>>): readonly number[] => {
    const isSame =
      lastStep === γ && lastSize === n && Object.keys(parameters).every((name) => last[name] === parameters[name]);
    if (!isSame) {
      known.clear();
      [lastStep, lastSize, last] = [γ, n, { ...parameters }];
    }
    let found = known.get(t);
    if (found === undefined) {
      const constants: Readonly<Record<string, number>> = { ...parameters, γ, t, n };
      const arithmetic = doubles((symbol) => constants[symbol] ?? Number.NaN);
      found = factors.map((factor) => evaluate(factor, arithmetic));
      known.set(t, found);
    }
    return found;
  };
}

import { enclosingDoubles, fromDouble } from '../../exact/arithmetic/rational.js';
import type { Interval } from '../../reference/certified/interval.js';
import { doubles, enclosures, evaluate, known, NotEnclosed } from '../formulas/evaluate.js';
import { type Formula, FormulaError, namesIn, partsOf } from '../formulas/formula.js';
import { readFormula } from '../formulas/read-formula.js';
import type { Schedule, ScheduleConstants, Theorem, TheoremConstants } from './theorem.js';
import type { NamedAlgorithm, OwnAlgorithm } from './theorem-algorithm.js';
import { line, onlyKnown, readList, record, TheoremFileError, wrong } from './theorem-fields.js';
import {
  compiledAlgorithm,
  constantsOfIteration,
  isSymbol,
  type Rating,
  readAlgorithm,
  type WrittenAlgorithm,
} from './written-algorithm.js';

/** A theorem whose step and bound are formulas, as a file has it: `readTheoremFile` makes a `Theorem` of it. A field that no formula can say is a function. */
export interface WrittenTheorem
  extends Omit<Theorem, 'schedule' | 'bound' | 'sharp' | 'algorithm' | 'statement' | 'source'>,
    Partial<Pick<Theorem, 'statement' | 'source'>> {
  /** γ and B, which is 1 if left out. */
  readonly schedule: { readonly step: string; readonly miniBatch?: string } | Theorem['schedule'];
  /** The right side. */
  readonly bound: string | Theorem['bound'];
  /** The sharpened one. */
  readonly sharp?: string | Theorem['bound'];
  /** By its name, as assignments over named vectors, or as a function. */
  readonly algorithm:
    | NamedAlgorithm
    | OwnAlgorithm
    | {
        readonly name: string;
        /** Vectors that are kept, and what they are at x⁰. */
        readonly memory?: Readonly<Record<string, string>>;
        /** Carried out in this order, such as `x = x − γ∇f(x)`. */
        readonly step: readonly string[];
        /** Constants of the assignments, formulas of the schedule. */
        readonly parameters?: Readonly<Record<string, string>>;
        readonly returns?: 'best';
      };
}

/** Whether a theorem is one of formulas that has not been read. */
export const isWritten = ({ schedule }: { readonly schedule: unknown }): boolean => typeof schedule !== 'function';

/** γ, B and the parameters of the algorithm as formulas. */
export interface WrittenSchedule {
  readonly step: Formula;
  readonly miniBatch: Formula;
  readonly parameters: ReadonlyMap<string, Formula>;
}

/** Functions that were made from formulas, each with what it was made from: whatever else has the same name is a function of its own. */
const schedules = new WeakMap<Theorem['schedule'], WrittenSchedule>();
const bounds = new WeakMap<Theorem['bound'], Formula>();
const iterations = new WeakMap<OwnAlgorithm['iterate'], WrittenAlgorithm>();

/** The formulas of a schedule; undefined where it is a function of a file. */
export const scheduleFormulas = ({ schedule }: Pick<Theorem, 'schedule'>): WrittenSchedule | undefined =>
  schedules.get(schedule);
/** The formula of a bound or of a sharpened one; undefined where it is a function of a file. */
export const boundFormula = (bound: Theorem['bound'] | undefined): Formula | undefined => bound && bounds.get(bound);
/** The assignments of an algorithm; undefined for one of the suite, or where it is a function of a file. */
export const algorithmFormulas = ({ algorithm }: Pick<Theorem, 'algorithm'>): WrittenAlgorithm | undefined =>
  typeof algorithm === 'string' ? undefined : iterations.get(algorithm.iterate);

/** The same function with checks around it, made from the same formulas. */
export function keepFormulas<Of extends Theorem['schedule'] | Theorem['bound'] | OwnAlgorithm['iterate']>(
  from: Of,
  to: Of,
): Of {
  for (const known of [schedules, bounds, iterations] as readonly WeakMap<object, unknown>[]) {
    const formulas = known.get(from);
    if (formulas !== undefined) known.set(to, formulas);
  }
  return to;
}

const ofTheorem = ['T', 'L', 'σ', 'Δ', 'D', 'μ', 'M', 'n', 'δ'] as const;
const ofCoordinates = new Set(['L', 'σ', 'Λ']);

/** What a name of a formula stands for. */
function constantOf(
  name: string,
  i: number | undefined,
  constants: TheoremConstants | ScheduleConstants,
): number | undefined {
  switch (name) {
    case 'L':
      return i === undefined ? constants.lipschitz : constants.coordinateLipschitz?.[i];
    case 'Λ':
      return constants.majorant?.[i!];
    case 'σ':
      return i === undefined ? constants.sigma : constants.coordinateSigma?.[i];
    case 'Δ':
      return constants.gap?.upper;
    case 'D':
      return constants.distance?.upper;
    case 'μ':
      return constants.strongConvexity;
    case 'M':
      return constants.valueLipschitz;
    case 'n':
      return constants.dimension;
    case 'δ':
      return constants.delta;
    default:
      return undefined;
  }
}

/** A formula at constants in doubles; what is not certified is NaN. */
function inDoubles(
  formula: Formula,
  constants: TheoremConstants | ScheduleConstants,
  others: Readonly<Record<string, number>>,
): number {
  const arithmetic = doubles((name, i) => others[name] ?? constantOf(name, i, constants) ?? Number.NaN);
  // The dimension is read where it is needed: a theorem that reads it depends on it.
  return evaluate(formula, Object.defineProperty(arithmetic, 'dimension', { get: () => constants.dimension }));
}

/** Whether a formula subtracts, so that in doubles it may lose all of its digits. */
const subtracts = (formula: Formula): boolean =>
  formula.kind === '−' || formula.kind === 'opposite' || partsOf(formula).some(subtracts);

/** Beyond this T a power of T has more digits than there is time for. */
const longestPower = 1000;

const isPowerOfT = (formula: Formula): boolean =>
  (formula.kind === '^' && namesIn(formula.right).has('T')) || partsOf(formula).some(isPowerOfT);

/**
 * The ends of a bound that subtracts, at constants that are doubles: L(10¹² + 1/T − 10¹²) is L/T, and in doubles a multiple of 2⁻¹³.
 *
 * @returns undefined of a function, of a formula without a difference, which keeps its digits in doubles, and where there are no ends
 */
export function enclosedBound(
  bound: Theorem['bound'],
  T: number,
  constants: TheoremConstants,
  { step: γ, miniBatch: B, parameters }: Schedule,
): Interval | undefined {
  const formula = boundFormula(bound);
  if (formula === undefined || !subtracts(formula) || (T > longestPower && isPowerOfT(formula))) return undefined;
  const others: Readonly<Record<string, number>> = { ...parameters, T, γ, B };
  const at = (name: string, i: number | undefined) => {
    const value = others[name] ?? constantOf(name, i, constants);
    if (value === undefined || !Number.isFinite(value)) throw new NotEnclosed(`${name} is no number`);
    return known(fromDouble(value));
  };
  try {
    const { lower, upper } = evaluate(formula, enclosures(at, constants.dimension));
    return { lower: enclosingDoubles(lower)[0], upper: enclosingDoubles(upper)[1] };
  } catch (error) {
    if (error instanceof NotEnclosed) return undefined;
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** What stands in a formula field: a text, or a number where that is the formula. */
const isFormula = (given: unknown): given is string | number => typeof given === 'string' || typeof given === 'number';

function read(given: unknown, place: string, names: readonly string[]): Formula {
  if (!isFormula(given)) throw wrong(place, given, 'a formula, such as 1/(L√T)');
  try {
    return readFormula(String(given), { names: new Set(names), ofCoordinates });
  } catch (error) {
    if (error instanceof FormulaError) throw new TheoremFileError(`${place}: ${error.message}`);
    throw error;
  }
}

/** Whether a field has the form of a formula, and not of a function. */
const isField = (given: unknown): boolean => given !== undefined && typeof given !== 'function';

/**
 * The fields of a theorem with functions in place of its formulas; a field that is a function stays what it is. Each field is read once.
 *
 * @throws TheoremFileError of one line with the name of the field and the place in it
 */
export function compiledFields(given: Fields): Fields {
  const fields: Record<string, unknown> = { ...given };
  const { algorithm, schedule, bound, sharp, term } = fields;
  const own =
    typeof algorithm === 'object' && algorithm !== null && 'step' in algorithm
      ? readWritten(algorithm as Fields, term)
      : undefined;
  const parameters = own?.parameters ?? new Map<string, Formula>();
  if (own !== undefined) {
    const compiled = compiledAlgorithm(own);
    iterations.set(compiled.iterate, own);
    fields['algorithm'] = compiled;
  }
  if (isField(schedule)) {
    const place = 'theorem.schedule';
    const { step, miniBatch, ...others } = record(schedule, place, '{ step, miniBatch }, of formulas, or a function');
    onlyKnown(others, place, ['step', 'miniBatch']);
    const written: WrittenSchedule = {
      step: read(step, `${place}.step`, ofTheorem),
      miniBatch: read(miniBatch ?? '1', `${place}.miniBatch`, ofTheorem),
      parameters,
    };
    const compiled = compiledSchedule(written);
    schedules.set(compiled, written);
    fields['schedule'] = compiled;
  } else if (typeof schedule === 'function' && parameters.size > 0) {
    throw new TheoremFileError(
      'theorem.schedule is a function, and theorem.algorithm has parameters that are formulas: write the schedule as { step, miniBatch }',
    );
  }
  const names = [...ofTheorem, 'γ', 'B', ...parameters.keys()];
  for (const [name, of] of [
    ['bound', bound],
    ['sharp', sharp],
  ] as const) {
    if (!isField(of)) continue;
    const formula = read(of, `theorem.${name}`, names);
    const compiled: Theorem['bound'] = (T, constants, { step: γ, miniBatch: B, parameters: others }) =>
      inDoubles(formula, constants, { ...others, T, γ, B });
    bounds.set(compiled, formula);
    fields[name] = compiled;
  }
  return fields;
}

function compiledSchedule({ step, miniBatch, parameters }: WrittenSchedule): Theorem['schedule'] {
  return (T, constants): Schedule => {
    const at = (formula: Formula) => inDoubles(formula, constants, { T });
    const found = [...parameters].map(([name, formula]) => [name, at(formula)] as const);
    return {
      ...{ step: at(step), miniBatch: at(miniBatch) },
      ...(found.length > 0 && { parameters: Object.fromEntries(found) }),
    };
  };
}

const ratingOf: Readonly<Record<string, Rating>> = {
  'squared-gradient': '‖∇f(x)‖²',
  'squared-gradient-mapping': '‖G(x)‖²',
  'objective-gap': 'f(x)',
};

function readWritten(given: Fields, term: unknown): WrittenAlgorithm {
  const place = 'theorem.algorithm';
  const fields = { ...given };
  onlyKnown(fields, place, ['name', 'memory', 'step', 'parameters', 'returns']);
  const texts = Object.entries(record(fields['memory'] ?? {}, `${place}.memory`, 'formulas by name'));
  const taken = new Set<string>([...constantsOfIteration, ...ofTheorem, 'B', 'x', 'P', 'G', 's']);
  const named = (name: string, of: string): string => {
    const found = name.normalize('NFC');
    if (!isSymbol(found))
      throw wrong(`a name in ${place}.${of}`, name, 'one letter, with or without marks and subscripts');
    if (taken.has(found)) throw new TheoremFileError(`${place}.${of}: ${found} is taken: give another name`);
    taken.add(found);
    return found;
  };
  const parameters = new Map(
    Object.entries(record(fields['parameters'] ?? {}, `${place}.parameters`, 'formulas by name')).map(
      ([name, text]) => [named(name, 'parameters'), read(text, `${place}.parameters.${name}`, ofTheorem)] as const,
    ),
  );
  const { returns } = fields;
  const best = returns === undefined ? undefined : ratingOf[String(term)];
  if (returns !== undefined && (returns !== 'best' || best === undefined))
    throw wrong(`${place}.returns`, returns, `best, for a term among ${Object.keys(ratingOf).join(', ')}`);
  const textOf = (text: unknown, at: string): string => {
    if (typeof text !== 'string') throw wrong(at, text, 'a formula, such as (1 − α) m + α ĝ(x)');
    return text;
  };
  try {
    return readAlgorithm({
      ...{ name: line(fields['name'], `${place}.name`), best, parameters },
      memory: Object.fromEntries(
        texts.map(([name, text]) => [named(name, 'memory'), textOf(text, `${place}.memory.${name}`)]),
      ),
      step: readList(fields['step'], `${place}.step`, textOf),
    });
  } catch (error) {
    if (error instanceof FormulaError) throw new TheoremFileError(`${place}.${error.message}`);
    throw error;
  }
}

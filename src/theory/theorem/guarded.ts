import type { OwnHypothesis } from '../../claims/hypothesis.js';
import { ownSchedule } from './named-schedules.js';
import type { Theorem, TheoremConstants } from './theorem.js';
import { shown, TheoremError } from './theorem-fields.js';
import { keepFormulas } from './written-theorem.js';

/**
 * Runs a function of a theorem that `what` names, at T if it is given, where something ends it that takes too long.
 *
 * @inline
 */
export type Limit = <Result>(what: string, run: () => Result, iterations?: number) => Result;

const unlimited: Limit = (_, run) => run();

/** The default options of a function of a theorem: its own schedule. */
const own = { schedule: ownSchedule };

/**
 * A theorem whose own functions are checked: an error names the function that threw, and a bound, a sharpened bound and a cap must be finite numbers
 * ≥ 0. A RangeError of the schedule is passed on: that is how a theorem says that the constants of a problem give no step. All functions get the name
 * of the requested schedule.
 *
 * @param limit ends a function that does not return; without it, as in a browser, it runs on
 */
export function guarded(theorem: Theorem, limit: Limit = unlimited): Theorem {
  const { id, schedule, bound, sharp, cap, term, algorithm, hypotheses } = theorem;
  const named = <Result>(what: string, run: () => Result, passing: readonly Passing[] = [], T?: number): Result =>
    orNamed(what, () => limit(what, run, T), passing);
  const number = (name: 'bound' | 'sharp', of: Theorem['bound']): Theorem['bound'] =>
    keepFormulas(of, (iterations, constants, scheduled, options = own) => {
      const value = named(
        `${id}: ${name}`,
        () => of.call(theorem, iterations, constants, scheduled, options),
        [],
        iterations,
      );
      return requireNumber(`${id}: ${name}`, iterations, value, constants);
    });
  return {
    ...theorem,
    hypotheses: hypotheses.map((each) => (typeof each === 'string' ? each : limited(each, limit))),
    schedule: keepFormulas(schedule, (iterations, constants, options = own) =>
      named(`${id}: schedule`, () => schedule.call(theorem, iterations, constants, options), [RangeError], iterations),
    ),
    bound: number('bound', bound),
    ...(sharp && { sharp: number('sharp', sharp) }),
    ...(cap && {
      cap(problem, start, iterations, constants, options = own) {
        const value = named(
          `${id}: cap`,
          () => cap.call(theorem, problem, start, iterations, constants, options),
          [],
          iterations,
        );
        return value === undefined ? undefined : requireNumber(`${id}: cap`, iterations, value);
      },
    }),
    ...(typeof term === 'function' && { term: (...given) => named(`${id}: term`, () => term(...given)) }),
    ...(typeof algorithm === 'object' && {
      algorithm: {
        ...algorithm,
        ...(algorithm.start && { start: (x0) => named(`${algorithm.name}: start`, () => algorithm.start!(x0)) }),
        iterate: keepFormulas(algorithm.iterate, (input) =>
          named(`${algorithm.name}: iterate`, () => algorithm.iterate(input)),
        ),
      },
    }),
  };
}

/** A hypothesis of the file's own, whose functions are limited; the auditor names their errors, and reads how many arguments they take. */
function limited(hypothesis: OwnHypothesis, limit: Limit): OwnHypothesis {
  const within = <Own extends object>(name: string, own: Own): Own =>
    new Proxy(own, {
      apply: (run, self, given) =>
        limit(`${hypothesis.id}: ${name}`, () => Reflect.apply(run as () => unknown, self, given)),
    });
  const { search, certify } = hypothesis;
  return {
    ...hypothesis,
    ...(search && { search: within('search', search) }),
    ...(certify && { certify: within('certify', certify) }),
  };
}

type Passing = new (message?: string) => Error;

/** Runs a function of a theorem; an error names the theorem. */
function orNamed<Result>(what: string, run: () => Result, passing: readonly Passing[]): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof TheoremError || passing.some((kind) => error instanceof kind)) throw error;
    throw new TheoremError(`${what} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A value of a bound; ∞ says nothing, or is an overflow, which is reported with the problem. */
function requireNumber(what: string, iterations: number, value: unknown, constants?: TheoremConstants): number {
  if (typeof value === 'number' && value >= 0) return value;
  const given = constants === undefined ? '' : givenText(constants);
  throw new TheoremError(`${what} is ${shown(value)} at T = ${iterations}${given}: it must be a finite number ≥ 0`);
}

/** What a bound was given. ‖x⁰ − x*‖ is not read: that would count as asked for. */
function givenText(constants: TheoremConstants): string {
  const names = { L: 'lipschitz', σ: 'sigma' } as const;
  const known = Object.entries(names).flatMap(([symbol, name]) =>
    name in constants && constants[name] !== undefined ? [`${symbol} = ${constants[name]}`] : [],
  );
  return `, where ${[...known, `f(x⁰) − f* = ${constants.gap.upper}`].join(', ')}`;
}

import { hypothesisIds, hypothesisKey } from '../../claims/hypothesis.js';
import { signConventions } from '../../reference/algorithms/algorithm.js';
import { algorithms } from '../../reference/algorithms/registry.js';
import { ParameterError } from '../../reference/functions/definition/arguments.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { guarded, type Limit } from './guarded.js';
import { ownSchedule, withSchedules } from './named-schedules.js';
import { requireTail } from './tail.js';
import { termNames } from './terms.js';
import type { BoundInstance, NamedSchedule, Schedule, Theorem } from './theorem.js';
import {
  line,
  oneOf,
  onlyKnown,
  readList,
  record,
  requireFunction,
  TheoremFileError,
  wrong,
} from './theorem-fields.js';
import { printedStatement } from './written-statement.js';
import { compiledFields, keepFormulas } from './written-theorem.js';

/** A planted error: the theorem with its step, its bound or every σ in the bound multiplied. It must be violated. */
export interface TheoremControl {
  readonly name: string;
  /** The factor of γ. */
  readonly step?: number;
  /** The factor of b. */
  readonly bound?: number;
  /** The factor of σ and every σ_i before the bound sees them. */
  readonly sigma?: number;
}

/** The exports of the module of a theorem. */
export interface TheoremFile {
  readonly theorem: Theorem;
  /** Problems with their starts; drawn if absent. */
  readonly instances: readonly BoundInstance[];
  readonly controls: readonly TheoremControl[];
}

/**
 * Reads the exports of the module of a theorem: `theorem`, and `instances` and `controls` if it has them.
 *
 * @param limit ends a function of the theorem that does not return
 * @throws TheoremFileError that names the field, its value and what is expected
 * @example
 * const theorem = {
 *   id: 'gradient-descent',
 *   statement: '(1/T) Σ ‖∇f̄(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
 *   algorithm: 'gradient-descent',
 *   schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
 *   term: 'squared-gradient',
 *   bound: (T, { lipschitz, gap }) => (2 * lipschitz * gap.upper) / T,
 * };
 * assert.equal(readTheoremFile({ theorem }).theorem.id, 'gradient-descent');
 */
export function readTheoremFile(exported: Readonly<Record<string, unknown>>, limit?: Limit): TheoremFile {
  return readFile(exported, limit);
}

/** The same of a theorem that may have no bound, which a search for its worst case does not need. */
export function readTheoremWithoutBound(exported: Readonly<Record<string, unknown>>, limit?: Limit): TheoremFile {
  const given = exported['theorem'] ?? exported['default'];
  const isWithout = typeof given === 'object' && given !== null && !('bound' in given);
  return readFile(isWithout ? { ...exported, theorem: { ...given, bound: unknownBound } } : exported, limit);
}

const unknownBound: Theorem['bound'] = () => Number.POSITIVE_INFINITY;

function readFile(exported: Readonly<Record<string, unknown>>, limit: Limit | undefined): TheoremFile {
  const theorem = readTheorem(exported['theorem'] ?? exported['default'], limit);
  const instances = readList(exported['instances'], 'instances', readInstance);
  const controls = readList(exported['controls'], 'controls', readControl);
  return { theorem, instances, controls };
}

function readTheorem(given: unknown, limit: Limit | undefined): Theorem {
  const declared = record(given, 'theorem', 'an object with id, hypotheses, algorithm, schedule, term and bound');
  onlyKnown(declared, 'theorem', theoremFields);
  const fields = compiledFields(declared);
  const { id, module, source, term, relation, onlyLast, objective, from, inverseConditionNumber } = fields;
  if (!isName(id)) throw wrong('theorem.id', id, `${nameWords}, such as my-bound`);
  if (module !== undefined && !(typeof module === 'string' && URL.canParse(module)))
    throw wrong('theorem.module', module, 'the URL of its module, import.meta.url');
  const statement = line(fields['statement'] ?? printedStatement(fields), 'theorem.statement');
  if (!(typeof term === 'function' || oneOf(termNames, term))) {
    throw wrong('theorem.term', term, `${termNames.join(', ')} or a function (problem, x) → number ≥ 0`, termNames);
  }
  if (relation !== undefined && !oneOf(['at-most', 'at-least'], relation)) {
    throw wrong('theorem.relation', relation, 'at-most or at-least');
  }
  if (onlyLast !== undefined && typeof onlyLast !== 'boolean')
    throw wrong('theorem.onlyLast', onlyLast, 'true or nothing');
  if (objective !== undefined && !oneOf(['proximal-average', 'fixed'], objective)) {
    throw wrong('theorem.objective', objective, 'proximal-average or fixed');
  }
  if (from !== undefined && !(Number.isSafeInteger(from) && (from as number) >= 1))
    throw wrong('theorem.from', from, 'the least T that the theorem is about, an integer ≥ 1');
  const hypotheses = readHypotheses(fields['hypotheses']);
  if (inverseConditionNumber !== undefined) {
    if (!(typeof inverseConditionNumber === 'number' && inverseConditionNumber > 0 && inverseConditionNumber <= 1))
      throw wrong('theorem.inverseConditionNumber', inverseConditionNumber, 'μ/L, a number > 0 and ≤ 1');
    if (!hypotheses.includes('fixed-strongly-convex') && !hypotheses.includes('d-strongly-convex'))
      throw new TheoremFileError(
        'theorem.inverseConditionNumber needs fixed-strongly-convex or d-strongly-convex among the hypotheses',
      );
  }
  requireFunction(fields['schedule'], 'theorem.schedule');
  if (fields['bound'] === undefined)
    throw wrong(
      'theorem.bound',
      undefined,
      'a formula or a function, and signprox worst finds the worst case of a theorem without one',
    );
  requireFunction(fields['bound'], 'theorem.bound');
  for (const name of ['cap', 'sharp'] as const)
    if (fields[name] !== undefined) requireFunction(fields[name], `theorem.${name}`);
  requireTail(fields);
  const { onlyLast: last, ...rest } = fields as unknown as Theorem;
  const { schedule } = rest;
  const read = guarded(
    {
      ...rest,
      ...(last && { onlyLast: true as const }),
      statement,
      source: readSource(source, id),
      hypotheses,
      algorithm: readAlgorithm(fields['algorithm']),
      schedule: keepFormulas(schedule, (...asked) => readSchedule(schedule.call(given, ...asked), asked[0])),
    },
    limit,
  );
  return withSchedules(read, readSchedules(fields['schedules']));
}

const theoremFields = [
  ...[
    'id',
    'module',
    'statement',
    'source',
    'hypotheses',
    'inverseConditionNumber',
    'algorithm',
    'objective',
    'schedule',
    'schedules',
    'term',
    'onlyLast',
  ],
  'from',
  ...['bound', 'delta', 'relation', 'sharp', 'cap'],
];

const nameWords = 'words in lower case with hyphens between them';
const isName = (given: unknown): given is string => typeof given === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given);

function readSchedules(given: unknown): Readonly<Record<string, NamedSchedule>> {
  if (given === undefined) return {};
  const read = Object.entries(record(given, 'theorem.schedules', '{ name: { statement } }')).map(([name, entry]) => {
    const place = `theorem.schedules.${name}`;
    if (!isName(name)) throw wrong('a name in theorem.schedules', name, `${nameWords}, such as optimal`);
    if (name === ownSchedule) {
      throw new TheoremFileError(`${place}: ${ownSchedule} is what the theorem prescribes, and needs no entry`);
    }
    const fields = record(entry, place, '{ statement, hypotheses }');
    onlyKnown(fields, place, ['statement', 'hypotheses']);
    const statement = line(fields['statement'], `${place}.statement`);
    const hypotheses = readList(fields['hypotheses'], `${place}.hypotheses`, readHypothesis);
    return [name, { statement, hypotheses }] as const;
  });
  return Object.fromEntries(read);
}

function readSource(source: unknown, id: string): Theorem['source'] {
  if (source === undefined) return { section: 'a theorem of its own', equation: id };
  if (typeof source === 'string') return { section: source, equation: id };
  const fields = record(source, 'theorem.source', 'a string');
  return {
    section: line(fields['section'], 'theorem.source.section'),
    equation: line(fields['equation'] ?? id, 'theorem.source.equation'),
  };
}

/** A theorem must list its hypotheses, even if there are none: a missing one is not checked on a problem. */
function readHypotheses(given: unknown): Theorem['hypotheses'] {
  if (given === undefined) {
    throw wrong('theorem.hypotheses', given, 'an array of what the theorem assumes, or [] where it assumes nothing');
  }
  const read = readList(given, 'theorem.hypotheses', readHypothesis);
  const ids = read.map(hypothesisKey);
  const twice = ids.findIndex((id, k) => ids.indexOf(id) < k);
  if (twice >= 0) throw new TheoremFileError(`theorem.hypotheses[${twice}] is ${ids[twice]} once more`);
  // What a function of the file does to a list changes nothing that is proved.
  return Object.freeze(read) as Theorem['hypotheses'];
}

function readHypothesis(given: unknown, place: string): Theorem['hypotheses'][number] {
  if (oneOf(hypothesisIds, given)) return given as (typeof hypothesisIds)[number];
  if (typeof given === 'string') {
    throw wrong(
      place,
      given,
      'the id of a hypothesis that the auditor knows, or { id, statement, search }',
      hypothesisIds,
    );
  }
  const fields = record(given, place, 'the id of a hypothesis or { id, statement, search }');
  onlyKnown(fields, place, ['id', 'statement', 'search', 'certify']);
  const id = line(fields['id'], `${place}.id`);
  if (oneOf(hypothesisIds, id)) {
    throw new TheoremFileError(`${place}.id is that of a hypothesis of the suite: give "${id}" alone, or another id`);
  }
  line(fields['statement'], `${place}.statement`);
  for (const name of ['search', 'certify'])
    if (fields[name] !== undefined) requireFunction(fields[name], `${place}.${name}`);
  return given as Exclude<Theorem['hypotheses'][number], string>;
}

function readAlgorithm(given: unknown): Theorem['algorithm'] {
  const names = Object.keys(algorithms);
  if (oneOf(names, given)) return given as Theorem['algorithm'];
  if (typeof given === 'string' || typeof given !== 'object') {
    throw wrong('theorem.algorithm', given, `${names.join(', ')} or { name, start, iterate }`, names);
  }
  const fields = record(given, 'theorem.algorithm', '{ name, start, iterate }');
  onlyKnown(fields, 'theorem.algorithm', ['name', 'start', 'iterate', 'unordered']);
  if (fields['unordered'] !== undefined && fields['unordered'] !== true) {
    throw wrong('theorem.algorithm.unordered', fields['unordered'], 'true or nothing');
  }
  line(fields['name'], 'theorem.algorithm.name');
  requireFunction(fields['iterate'], 'theorem.algorithm.iterate');
  if (fields['start'] !== undefined) requireFunction(fields['start'], 'theorem.algorithm.start');
  return given as Theorem['algorithm'];
}

/** γ is checked where it is used: a step that is not a number may come from a problem whose constants define none. */
function readSchedule(given: Schedule, iterations: number): Schedule {
  const at = `of theorem.schedule at T = ${iterations}`;
  const { step, miniBatch, chosen, parameters } = record(
    given,
    `theorem.schedule at T = ${iterations}`,
    '{ step, miniBatch }',
  ) as Partial<Schedule>;
  if (typeof step !== 'number') throw wrong(`step ${at}`, step, 'a number γ > 0');
  if (!(Number.isSafeInteger(miniBatch) && miniBatch! >= 1)) {
    throw wrong(`miniBatch ${at}`, miniBatch, 'an integer B ≥ 1');
  }
  const numbers = record(parameters ?? {}, 'parameters of theorem.schedule', 'numbers by name');
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) throw wrong(`${name} in parameters of theorem.schedule`, value, 'a finite number');
  }
  return {
    step,
    miniBatch: miniBatch!,
    ...(parameters !== undefined && { parameters }),
    ...(chosen !== undefined && { chosen: line(chosen, 'chosen of theorem.schedule') }),
  };
}

function readInstance(given: unknown, place: string): BoundInstance {
  const fields = record(given, place, '{ name, problem, start }');
  onlyKnown(fields, place, ['name', 'problem', 'start', 'signOfZero']);
  const { problem, start, signOfZero } = fields;
  const name = line(fields['name'], `${place}.name`);
  if (signOfZero !== undefined && !oneOf(signConventions, signOfZero)) {
    throw wrong(`${place}.signOfZero`, signOfZero, signConventions.join(', '), signConventions);
  }
  const x = ArrayBuffer.isView(start) ? Array.from(start as Float64Array) : start;
  if (!Array.isArray(x) || x.length === 0 || !x.every((value) => Number.isFinite(value))) {
    throw wrong(`${place}.start`, start, 'x⁰ as an array of finite numbers');
  }
  try {
    const parsed = parseProblem(problem);
    if ((parsed.dimension ?? x.length) !== x.length) {
      throw wrong(`${place}.start`, x, `${parsed.dimension} numbers, as the problem has coordinates`);
    }
    return {
      name,
      problem: parsed.specification,
      start: x as number[],
      ...(signOfZero !== undefined && { signOfZero: signOfZero as (typeof signConventions)[number] }),
    };
  } catch (error) {
    if (error instanceof ParameterError) throw new TheoremFileError(`${place}.problem: ${error.message}`);
    throw error;
  }
}

function readControl(given: unknown, place: string): TheoremControl {
  const fields = record(given, place, '{ name, step, bound, sigma }');
  onlyKnown(fields, place, ['name', 'step', 'bound', 'sigma']);
  const name = line(fields['name'], `${place}.name`);
  const factors = (['step', 'bound', 'sigma'] as const).filter((factor) => fields[factor] !== undefined);
  if (factors.length === 0)
    throw new TheoremFileError(`${place} changes nothing: give step, bound or sigma, each a factor`);
  for (const factor of factors) {
    const value = fields[factor];
    if (!(typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw wrong(`${place}.${factor}`, value, 'a factor ≥ 0');
    }
  }
  return { name, ...Object.fromEntries(factors.map((factor) => [factor, fields[factor]])) };
}

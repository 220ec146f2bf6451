import { askableSubjects } from '../../claims/offered-subjects.js';
import type { RunRecord } from './run-record.js';

/** What is declared and was asked in no judged case, and what left it out. */
export interface NotAsked {
  /** A subject, or e.g. `variant fused`, `term cosine`, `inPlace`. */
  readonly name: string;
  readonly why: string;
}

/** What the implementation declares and the judged cases did not ask. */
export function notAskedIn(record: RunRecord): NotAsked[] {
  const { asked, implementation, incomplete } = record;
  if (asked === undefined || incomplete !== undefined) return [];
  const whole = { ...implementation, ...record.declared };
  const offered = new Set(askableSubjects(implementation));
  const whyOf = reasonsIn(record);
  const subjects = askableSubjects(whole)
    .filter((subject) => asked[subject] === undefined)
    .map((name) => {
      const theorems = theoremsAbout(name, record);
      if (theorems.length > 0) return { name, why: `except in rows of ${theorems.join(' and ')}` };
      return { name, why: offered.has(name) ? whyOf(name) : '--only' };
    });
  const others = [
    ...termsLeft(whole.smooth, asked),
    ...variantsLeft(implementation.variants ?? [], asked),
    ...variantsLeft(implementation.circumstances ?? [], asked, 'run'),
    ...promisesLeft(record),
    ...dtypesLeft(implementation, asked),
  ].map((name) => ({ name, why: record.declared === undefined ? whyOf(name) : '--only' }));
  const { methods = [], algorithms = [] } = implementation.unknown ?? {};
  const unknown = [...methods.map((name) => `method ${name}`), ...algorithms.map((name) => `algorithm ${name}`)];
  return [...subjects, ...others, ...unknown.map((name) => ({ name, why: 'not in the protocol' }))];
}

/** Why something is left out: what the claim about declarations says of it, else the options that leave something out. */
function reasonsIn({ command, claims }: RunRecord): (name: string) => string {
  // The words of the implementation's own command follow.
  const [options] = command.split(' -- ');
  const given = ['--claims', '--time-per-part', '--time-per-subject'].filter((option) =>
    options!.includes(` ${option} `),
  );
  const usual = given.length > 0 ? given.join(' or ') : 'no case of it was judged';
  const { parts = [] } = claims.find(({ id }) => id === 'declared-is-judged')?.evidence ?? {};
  const said = new Map(parts.map(({ name, reason }) => [name, reason]));
  return (name) => {
    const [method, about] = name.split(' of ');
    const kind = method === 'step' || method === 'run' ? 'algorithm' : 'function';
    const keys = [name, name.replace(/^term /, 'smooth term '), `method ${method}`, `${kind} ${about}`];
    return keys.map((key) => said.get(key)).find((reason) => reason !== undefined) ?? usual;
  };
}

/**
 * The claims about theorems whose rows ran the algorithm of a subject. They judge its left sides by the bound, which another algorithm may keep too;
 * so their rows do not say that its steps are right. A row that a cap decides, or that has no step before its last term, asks nothing.
 */
function theoremsAbout(subject: string, { claims }: RunRecord): string[] {
  const [method, name] = subject.split(' of ');
  if (method !== 'step' && method !== 'run') return [];
  return claims
    .filter(({ evidence: { rows = [] } }) =>
      rows.some(({ algorithm, iterations, replicates }) => algorithm === name && iterations > 1 && replicates > 0),
    )
    .map(({ id }) => id);
}

type Asked = NonNullable<RunRecord['asked']>;
type Described = RunRecord['implementation'];

function termsLeft(terms: readonly string[], asked: Asked): string[] {
  const met = new Set(Object.values(asked).flatMap(({ words }) => words['d'] ?? []));
  return terms
    .filter((type) => !met.has(type) && asked[`gradient of ${type}`] === undefined)
    .map((type) => `term ${type}`);
}

/** Variants that no step and no run was asked in, and those that only some were. */
function variantsLeft(variants: readonly string[], asked: Asked, of = '(step|run)'): string[] {
  const runs = Object.entries(asked).filter(([subject]) => new RegExp(`^${of} of `).test(subject));
  return variants.flatMap((variant) => {
    const without = runs.filter(([, { words }]) => !words['variant']?.includes(variant)).map(([subject]) => subject);
    if (without.length === runs.length) return [`variant ${variant}`];
    return without.map((subject) => `variant ${variant} in ${subject}`);
  });
}

/** The dtypes of answers that nothing was asked for, and a rounding whose mean was not. */
function dtypesLeft(
  { computeDtype, stateDtype, rounding, statefulAlgorithms = [] }: Described,
  asked: Asked,
): string[] {
  const isAsked = (methods: readonly string[], types?: readonly string[]): boolean =>
    Object.keys(asked).some((subject) => {
      const [method, about] = subject.split(' of ');
      return methods.includes(method!) && (types?.includes(about!) ?? true);
    });
  return [
    ...(computeDtype === undefined || isAsked(['prox']) ? [] : [`computeDtype ${computeDtype}`]),
    ...(stateDtype === undefined || isAsked(['step', 'run'], statefulAlgorithms) ? [] : [`stateDtype ${stateDtype}`]),
    // The mean of a step is judged, and that of a run is not.
    ...(rounding === undefined || isAsked(['step'], statefulAlgorithms) ? [] : [`rounding ${rounding}`]),
  ];
}

/** The promise to refuse bad parameters, where the claim about it was left out. One that ran and got no answer says so in its subjects. */
function promisesLeft({ implementation, claims }: RunRecord): string[] {
  const name = 'rejectsBadParameters';
  const isMade = implementation.conventions[name] === true;
  const about = claims.find(({ id }) => id === 'rejects-bad-parameters');
  const isAsked = about !== undefined && about.outcome !== 'n/a';
  return isMade && !isAsked ? [name] : [];
}

import test from 'ava';
import type { Implementation, ImplementationDescription } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { type JudgedSubject, judgeSubjects } from '../../src/claims/subject-verdicts.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { properties } from '../index.js';

const { reference: _, functionOf: __, ...answers } = reference;

type Offer = Pick<ImplementationDescription, 'functions'> & {
  readonly smooth?: readonly string[];
  readonly restrictions?: Restrictions;
};

interface Found {
  readonly subjects: Readonly<Record<string, JudgedSubject>>;
  /** Questions of which something is outside of what is offered, as JSON. */
  readonly outside: readonly string[];
}

/** What the claims of these ids say of the reference with this offer, and with this prox in place of its own. */
async function judged(
  { functions, smooth = ['zero'], restrictions }: Offer,
  isOutside: (specification: Readonly<Record<string, unknown>>) => boolean,
  ids: RegExp,
  prox: Implementation['prox'] = reference.prox,
): Promise<Found> {
  const outside: string[] = [];
  const watch = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (isOutside(value as Readonly<Record<string, unknown>>)) outside.push(JSON.stringify(value));
    for (const entry of Object.values(value)) watch(entry);
  };
  const watched = <Given extends readonly unknown[], Answer>(
    ask: (...given: Given) => Promise<Answer>,
  ): ((...given: Given) => Promise<Answer>) => {
    return async (...given) => {
      watch(given);
      return ask(...given);
    };
  };
  const description = {
    ...reference.description,
    ...{ functions, smooth },
    ...(restrictions && { restrictions }),
  };
  const library: Implementation = {
    ...answers,
    description,
    prox: watched(prox),
    value: watched(reference.value),
    gradient: watched(reference.gradient),
    proximalGradient: watched(reference.proximalGradient),
    miniBatch: watched(reference.miniBatch),
    gradientMapping: watched(reference.gradientMapping),
    step: watched(reference.step),
    run: watched(reference.run),
  };
  const claims = properties.filter(({ id, requires }) => requires.referenceOnly !== true && ids.test(id));
  const checked = await runClaims(claims, library, { ...quickBudget(), asFound: true });
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    'f64',
  );
  return { subjects: Object.fromEntries(subjects.map((subject) => [subject.subject, subject])), outside };
}

/** The claims that ask what is valid: a bad request says nothing about what is offered. */
const everyValid = /^(?!rejects-)/;

/** A prox that is 1 % too large for functions of the type. */
const enlarged =
  (type: string): Implementation['prox'] =>
  async (r: FunctionSpecification, step, y) => {
    const u = await reference.prox(r, step, y);
    return r.type === type ? u.map((value) => 1.01 * value) : u;
  };

const isVector = (value: unknown): boolean => Array.isArray(value) || value instanceof Float64Array;
const typeOf = (value: unknown): unknown => (value as { readonly type?: unknown }).type;

interface Narrowed {
  readonly offer: Offer;
  readonly restrictions: Restrictions;
  readonly isOutside: (specification: Readonly<Record<string, unknown>>) => boolean;
  readonly wrong: string;
}

const narrowed: Readonly<Record<string, Narrowed>> = {
  'positive weights': {
    offer: { functions: ['l1', 'zero', 'quadratic', 'squared-l2', 'elastic-net', 'weighted-l1', 'regularized'] },
    restrictions: { positiveWeights: true },
    isOutside: (specification) =>
      Object.entries(specification).some(
        ([name, value]) => /^weights?$|Weights?$/.test(name) && [value].flat().includes(0),
      ),
    wrong: 'squared-l2',
  },
  'one number for all entries': {
    offer: { functions: ['quadratic', 'box', 'regularized'], smooth: ['quadratic'] },
    restrictions: { isotropic: true },
    isOutside: (specification) =>
      ['curvature', 'center', 'lower', 'upper'].some((name) => isVector(specification[name])),
    wrong: 'box',
  },
  'one curvature for all entries': {
    offer: { functions: ['quadratic', 'box', 'translated'], smooth: ['quadratic'] },
    restrictions: { isotropic: ['curvature'] },
    isOutside: ({ curvature }) => isVector(curvature),
    wrong: 'quadratic',
  },
  'equal groups': {
    offer: { functions: ['group-l2', 'weighted-group-l2', 'l1', 'scaled'] },
    restrictions: { equalGroups: true },
    isOutside: ({ groups }) => isVector(groups) && new Set((groups as number[][]).map(({ length }) => length)).size > 1,
    wrong: 'group-l2',
  },
  'some functions inside of a wrapper': {
    offer: { functions: ['l1', 'huber', 'box', 'moreau-envelope', 'conjugate', 'separable-sum', 'proximal-average'] },
    restrictions: {
      inner: {
        'moreau-envelope': ['l1', 'huber'],
        conjugate: ['l1'],
        'separable-sum': ['box', 'moreau-envelope'],
        'proximal-average': ['huber'],
      },
    },
    isOutside: (specification) => {
      const { type, inner, blocks, functions } = specification;
      const insides = (allowed: readonly string[], found: readonly unknown[]): boolean =>
        found.some((each) => !allowed.includes(typeOf(each) as string));
      if (type === 'moreau-envelope') return insides(['l1', 'huber'], [inner]);
      if (type === 'conjugate') return insides(['l1'], [inner]);
      if (type === 'proximal-average') return insides(['huber'], functions as unknown[]);
      const own = type === 'separable-sum' ? (blocks as { readonly function: unknown }[]) : [];
      return insides(
        ['box', 'moreau-envelope'],
        own.map((block) => block.function),
      );
    },
    wrong: 'moreau-envelope',
  },
};

for (const [name, { offer, restrictions, isOutside, wrong }] of Object.entries(narrowed)) {
  test(`${name}: nothing else is asked in any claim, all is right, and what is wrong inside is found`, async (t) => {
    t.true((await judged(offer, isOutside, /^eq6-prox$/)).outside.length > 0, 'the test sees what is outside');
    const right = await judged({ ...offer, restrictions }, isOutside, everyValid);
    t.deepEqual(right.outside.slice(0, 3), []);
    for (const { subject, verdict, skipped, thin } of Object.values(right.subjects)) {
      t.deepEqual({ subject, verdict, skipped, thin }, { subject, verdict: 'right', skipped: {}, thin: undefined });
    }
    for (const type of offer.functions) t.truthy(right.subjects[`prox of ${type}`], type);
    const found = await judged({ ...offer, restrictions }, isOutside, /^eq6-prox$/, enlarged(wrong));
    t.is(found.subjects[`prox of ${wrong}`]!.verdict, 'wrong');
    t.deepEqual(found.outside.slice(0, 3), []);
  });
}

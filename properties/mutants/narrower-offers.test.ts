import type { ExecutionContext } from 'ava';
import test from 'ava';
import fc from 'fast-check';
import type { Budget, Claim } from '../../src/claims/claim.js';
import {
  type Answers,
  type AnswersInPlace,
  type Implementation,
  type ImplementationDescription,
  ImplementationError,
  type MethodName,
  type Question,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { narrowedTo } from '../../src/claims/offered-subjects.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import type { JudgedSubject } from '../../src/claims/subject-verdicts.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { Hyperparameters } from '../../src/reference/algorithms/stateful/iteration.js';
import { statefulAlgorithmNames } from '../../src/reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import { properties } from '../index.js';

/** What the claims of these ids say of each thing that the library is asked about. */
async function byName(
  library: Implementation,
  ids: RegExp,
  budget: Budget = { ...quickBudget(), asFound: true },
): Promise<Readonly<Record<string, JudgedSubject>>> {
  const asked = properties.filter(({ id, requires }) => requires.referenceOnly !== true && ids.test(id));
  const subjects = await subjectsOf(asked, library, budget);
  return Object.fromEntries(subjects.map((subject) => [subject.subject, subject]));
}

type Specification = Readonly<Record<string, unknown>>;

/** The library, and what it is asked with a part outside, as JSON. */
function watched(library: Implementation, isOutside: (part: Specification) => boolean) {
  const outside: string[] = [];
  const watch = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (isOutside(value as Specification)) outside.push(JSON.stringify(value));
    for (const entry of Object.values(value)) watch(entry);
  };
  const ask: Implementation['ask'] = (question) => {
    watch(question);
    return library.ask(question);
  };
  return { library: { ...library, ask }, outside };
}

/** The claims that send valid requests: a bad request says nothing about the offer. */
const everyValid = /^(?!rejects-)/;

/** All numbers 1 % too large. */
const enlarge = (x: Float64Array): Float64Array => x.map((value) => 1.01 * value);

/** Proxes that are 1 % too large, those of the type or all of them. */
const enlarged = (type?: string): AnswersInPlace => ({
  async prox(question, own) {
    const { x } = await own(question);
    return { x: [undefined, question.function.type].includes(type) ? enlarge(x) : x };
  },
});

const isVector = (value: unknown): boolean => Array.isArray(value) || value instanceof Float64Array;
const typeOf = (value: unknown): unknown => (value as { readonly type?: unknown }).type;

/** Whether a request has a mini-batch of more than one draw. */
function hasLongBatch({ method, indices = [] }: Specification): boolean {
  const batches = method === 'run' ? (indices as unknown[][]) : [indices as unknown[]];
  return batches.some(({ length }) => length > 1);
}

interface Narrowed {
  readonly offer: Pick<ImplementationDescription, 'functions'> & Partial<ImplementationDescription>;
  readonly restrictions: Restrictions;
  readonly isOutside: (part: Specification) => boolean;
  /** A function that is then made wrong. */
  readonly wrong: string;
  /** A claim that asks for what is outside, if it may; `eq6-prox` unless stated. */
  readonly asks?: RegExp;
}

const narrowed: Readonly<Record<string, Narrowed>> = {
  'positive weights': {
    offer: {
      functions: 'l1 zero quadratic squared-l2 elastic-net weighted-l1 group-l2 regularized'.split(' '),
      smooth: ['zero', 'least-squares'],
    },
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
  'one draw': {
    offer: { functions: ['l1', 'linear', 'quadratic', 'box'], smooth: ['zero', 'quadratic', 'least-squares'] },
    restrictions: { oneDraw: true },
    isOutside: hasLongBatch,
    wrong: 'box',
    asks: /^algorithm-1-spgm$/,
  },
  'no decoupled decay': {
    offer: {
      methods: ['prox', 'step'],
      functions: ['huber'],
      smooth: ['quadratic'],
      algorithms: [],
      statefulAlgorithms: ['momentum-sgd'],
    },
    restrictions: { withoutHyperparameters: ['decoupled'] },
    isOutside: ({ decoupled }) => decoupled === true,
    wrong: 'huber',
    asks: /^momentum-sgd$/,
  },
};

for (const [name, { offer, restrictions, isOutside, wrong, asks = /^eq6-prox$/ }] of Object.entries(narrowed)) {
  test(`${name}: nothing else is asked in any claim, all is right, and what is wrong inside is found`, async (t) => {
    const offered = { smooth: ['zero'], ...offer };
    const all = watched(otherLibrary(offered), isOutside);
    await byName(all.library, asks);
    t.true(all.outside.length > 0, 'the test sees what is outside');
    const right = watched(otherLibrary({ ...offered, restrictions }), isOutside);
    const subjects = await byName(right.library, everyValid);
    t.deepEqual(right.outside.slice(0, 3), []);
    for (const { subject, verdict, skipped, thin } of Object.values(subjects)) {
      // A few matrices of Muon are nearly of lower rank, and any answer to them may be right.
      const { 'not asked: roundings may explain any answer': _unbounded, ...refused } = skipped;
      t.deepEqual({ subject, verdict, refused, thin }, { subject, verdict: 'right', refused: {}, thin: undefined });
    }
    for (const type of offer.functions) t.truthy(subjects[`prox of ${type}`], type);
    const spoilt = watched(otherLibrary({ ...offered, restrictions }, enlarged(wrong)), isOutside);
    t.is((await byName(spoilt.library, /^eq6-prox$/))[`prox of ${wrong}`]!.verdict, 'wrong');
    t.deepEqual(spoilt.outside.slice(0, 3), []);
  });
}

for (const algorithm of statefulAlgorithmNames) {
  const { parameters } = statefulAlgorithms[algorithm];
  const numbers = Object.entries(parameters).filter(([, { levels = [] }]) =>
    levels.every((level) => typeof level !== 'object'),
  );
  if (numbers.length === 0) continue;
  test(`${algorithm} is right without each hyperparameter that may be left out, and with each at one value`, async (t) => {
    const offer: Partial<ImplementationDescription> = {
      ...{ methods: ['step', 'run'], functions: ['zero', 'linear', 'squared-l2'], smooth: ['zero'] },
      ...{ algorithms: [], statefulAlgorithms: [algorithm] },
    };
    for (const [name, { optional, levels = [], usual = [] }] of numbers) {
      const value = (usual[0] ?? levels.at(1))!;
      const limits: readonly Restrictions[] = [
        ...(optional ? [{ withoutHyperparameters: [name] }] : []),
        { fixedHyperparameters: { [name]: value } },
      ];
      for (const restrictions of limits) {
        const own = 'fixedHyperparameters' in restrictions ? { [name]: value } : {};
        const { ask, ...library } = otherLibrary({ ...offer, restrictions });
        const asked: Implementation['ask'] = (question) =>
          ask(
            'hyperparameters' in question
              ? { ...question, hyperparameters: { ...question.hyperparameters, ...own } }
              : question,
          );
        const told = await byName(
          { ...library, ask: asked } as Implementation,
          new RegExp(`^${algorithm}(?:-iterates)?$`),
        );
        for (const { subject, verdict, counterexample } of Object.values(told)) {
          if (subject.endsWith(` of ${algorithm}`))
            t.false(
              ['wrong', 'raises'].includes(verdict),
              `${JSON.stringify(restrictions)}: ${subject} is ${verdict}: ${counterexample}`,
            );
        }
      }
    }
  });
}

/** Claims that judge answers; the others are about the suite itself, or about refusals. */
const claims = properties.filter(
  ({ id, requires }) => requires.referenceOnly !== true && !/^(kill-|exact-|rejects-)/.test(id),
);

interface Odd {
  readonly odd: number;
  /** One answer in so many has it for its first entry. */
  readonly every: number;
  /** It has it for every entry. */
  readonly whole?: boolean;
}

/** The reference with odd numbers in its answers. */
function withOdd({ odd, every, whole }: Odd): Implementation {
  let calls = 0;
  const spoiltOne = (u: Float64Array): Float64Array => (whole ? u.map(() => odd) : u.with(0, odd));
  const spoilt = (u: Float64Array): Float64Array => (calls++ % every === 0 ? spoiltOne(u) : u);
  const spoiltAnswer = <Answer extends Answers[MethodName]>(answer: Answer): Answer => {
    const { x, value, trajectory } = answer as Partial<Answers['run'] & Answers['value']>;
    return {
      ...answer,
      ...(x && { x: spoilt(x) }),
      ...(value !== undefined && { value: spoilt(Float64Array.of(value))[0]! }),
      ...(trajectory && { trajectory: trajectory.map(spoilt) }),
    };
  };
  return { ...otherLibrary({}), ask: (question) => refusing(async () => spoiltAnswer(await reference.ask(question))) };
}

/** What the reference refuses with a RangeError, another library refuses with an error of its own. */
async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof RangeError ? new ImplementationError('error', error.message, 'bad-request') : error;
  }
}

/** The algorithms with memory are all followed by the same code, so each of them meets a quarter of the odd numbers. */
const inTurn = (k: number): readonly Claim[] => claims.filter((claim, i) => !('memory' in claim) || (i + k) % 4 === 0);

async function neverBreaks(t: ExecutionContext, odd: Odd): Promise<void> {
  const checked = await runClaims(inTurn(odds.indexOf(odd)), withOdd(odd), {
    ...quickBudget(),
    ...{ asFound: true, casesOfPart: 4 },
  });
  const broken = checked.filter(({ evidence }) => evidence.failure?.kind === 'suite');
  t.deepEqual(
    broken.map(({ claim, evidence }) => `${claim.id}: ${evidence.failure!.message}`),
    [],
  );
  const found = checked.filter(({ evidence }) => evidence.verdict === 'violated').length;
  // The others judge exact answers, or nothing.
  t.true(found > 0.75 * checked.length, `${found} of ${checked.length}`);
}

const odds: readonly Odd[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY].flatMap((odd) => [1, 17].map((every) => ({ odd, every }))),
  // Numbers whose sums, squares or quotients overflow or vanish.
  ...[1e308, -1e308, 1e155, 5e-324].map((odd) => ({ odd, every: 1 })),
  { odd: 5e-324, every: 7 },
  ...[1e308, 5e-324].map((odd) => ({ odd, every: 1, whole: true })),
];
for (const each of odds) {
  const name = `${each.whole ? 'every entry' : 'an entry'} of one answer in ${each.every} is ${each.odd}`;
  test.serial(`no check breaks or goes on for ever where ${name}`, neverBreaks, each);
}

/** What is said of a library that offers and answers only this. */
const judgedRefusing = (offered: Partial<Implementation['description']>, others: AnswersInPlace, ids: RegExp) =>
  byName(
    otherLibrary({ ...{ methods: [], functions: [], smooth: [], algorithms: [] }, ...offered }, others),
    ids,
    quickBudget('1', 'standard'),
  );

const refuse = (words: string): never => {
  throw new UnsupportedError(words);
};

test('steps that are wrong are told although every run is refused', async (t) => {
  const offered = {
    methods: ['step', 'run'],
    functions: ['l1'],
    smooth: ['quadratic'],
    algorithms: ['spgm', 'sign-prox'],
  } as const;
  const own: AnswersInPlace = {
    step: async (question, honest) => ({ x: enlarge((await honest(question)).x) }),
    run: () => refuse('no runs'),
  };
  const found = await judgedRefusing(offered, own, /^(algorithm-|run-)/);
  for (const algorithm of offered.algorithms) {
    const step = found[`step of ${algorithm}`]!;
    t.is(step.verdict, 'wrong', algorithm);
    t.deepEqual(step.skipped, {}, algorithm);
    t.like(found[`run of ${algorithm}`], { verdict: 'not-offered', cases: 0 }, algorithm);
  }
});

test('a step beyond which all is refused takes no answer away, in any claim', async (t) => {
  const { prox } = enlarged();
  const { 'prox of l1': found } = await judgedRefusing(
    { methods: ['prox'], functions: ['l1'] },
    { prox: (question, own) => (question.step > 1 ? refuse('γ ≤ 1 only') : prox!(question, own)) },
    /^(eq6-|prox-)/,
  );
  t.is(found!.verdict, 'wrong');
  t.true(found!.skipped['γ ≤ 1 only']! > 0);
  const longer = found!.cells.filter(({ cases }) => cases === 0).map(({ claim }) => claim);
  t.deepEqual(longer, [], 'every claim has judged the cases that were answered');
});

test('a library that refuses one kind of case and is wrong on another is told the wrong one', async (t) => {
  const { prox } = enlarged();
  const found = await judgedRefusing(
    { methods: ['prox'], functions: ['huber', 'conjugate'] },
    {
      prox: (question, own) => (question.function.type === 'huber' ? refuse('only conjugates') : prox!(question, own)),
    },
    /^eq6-/,
  );
  t.like(found['prox of huber'], { verdict: 'refuses', cases: 0 });
  t.is(found['prox of conjugate']!.verdict, 'wrong');
});

test('values that are refused take nothing from the proxes that they are compared with', async (t) => {
  const own: AnswersInPlace = {
    ...enlarged(),
    value: ({ function: { type }, x }) =>
      type === 'group-l2' ? { value: Number.NaN } : refuse(`no value of ${type} at ${x}`),
  };
  const offered = { methods: ['prox', 'value'], functions: ['l2-ball', 'group-l2'] } as const;
  const found = await judgedRefusing(offered, own, /^(eq6-|function-)/);
  const verdicts = Object.entries(found).map(([subject, { verdict }]) => [subject, verdict] as const);
  t.deepEqual(Object.fromEntries(verdicts), {
    'prox of l2-ball': 'wrong',
    'prox of group-l2': 'wrong',
    'value of group-l2': 'not-finite',
    'value of l2-ball': 'not-offered',
  });
  t.deepEqual(found['prox of l2-ball']!.skipped, {});
});

test('who refuses what it does not declare to lack is judged by little', async (t) => {
  const found = await judgedRefusing(
    { methods: ['step'], functions: ['huber'], smooth: ['quadratic'], statefulAlgorithms: ['momentum-sgd'] },
    {
      step(question, own) {
        const { hyperparameters } = question as Question<'step'> & { readonly hyperparameters?: Hyperparameters };
        return hyperparameters?.['decoupled'] === true ? refuse('decay is not decoupled here') : own(question);
      },
    },
    /^(momentum-sgd|inputs-unchanged)$/,
  );
  t.is(found['step of momentum-sgd']!.verdict, 'thin');
});

test('a narrower question asks nothing that the whole does not', async (t) => {
  const names = ['adam', 'rmsprop'];
  const claims = properties.filter(({ requires }) => requires.algorithms?.some((name) => names.includes(name)));
  const subjects = names.flatMap((name) => [`step of ${name}`, `run of ${name}`]);
  const whole = narrowedTo(reference.description, subjects);
  /** By claim and part, whose names give the seeds, the first case of each source. */
  const asked = async (offered: readonly string[]): Promise<ReadonlyMap<string, unknown>> => {
    const library = otherLibrary(narrowedTo(whole, offered));
    const planned = await Promise.all(
      claims.map(async ({ id, pieces }) => {
        const parts = ((await pieces?.plan(library, quickBudget())) ?? []) as readonly {
          readonly part?: PropertyPart;
        }[];
        return parts.flatMap(({ part }) => (part === undefined ? [] : [{ id, part }]));
      }),
    );
    const first = (each: fc.Arbitrary<unknown>) => fc.sample(each, { seed: 1, numRuns: 1 });
    return new Map(planned.flat().map(({ id, part }) => [`${id}: ${part.name}`, [part.arbitrary].flat().map(first)]));
  };
  const all = await asked(subjects);
  for (const subject of subjects) {
    for (const [part, cases] of await asked([subject])) t.deepEqual(cases, all.get(part), `${subject}: ${part}`);
  }
});

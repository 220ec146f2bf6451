import type { ExecutionContext } from 'ava';
import test from 'ava';
import type { Claim } from '../../src/claims/claim.js';
import type { Evidence } from '../../src/claims/evidence.js';
import { isBuiltOfFunctions, typesIn } from '../../src/claims/implementation/call.js';
import {
  type AnswersInPlace,
  answering,
  type Implementation,
  methodNames,
} from '../../src/claims/implementation/implementation.js';
import {
  claimAbout,
  definedMutants,
  type FunctionMutant,
  plantDefect,
} from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { wrapperTypes } from '../../src/judging/arbitraries/function-specification.js';
import { composed } from '../contract/composed.test.helper.js';
import { properties } from '../index.js';

/** Functions that are right beside the wrong ones, where they are not among these. */
const beside = ['l1', 'quadratic', 'box', 'nonnegative'];

const proxes = ['eq6-prox', 'algorithm-2-sign-prox'];
const everything = [...proxes, 'function-values', 'function-gradients', 'algorithm-1-spgm'];

/** A library that is right but for some functions: these wrappers and both algorithms are built of what it has. */
function libraryWith(mutants: readonly FunctionMutant[], wrappers: readonly string[]): Implementation {
  const functions = [...new Set([...mutants.map(({ type }) => type), ...beside, ...wrappers])];
  const planted = plantDefect(mutants, functions);
  const description = {
    ...planted.description,
    methods: methodNames.filter((method) => method !== 'sample'),
    smooth: ['zero', 'least-squares'],
    algorithms: ['spgm', 'sign-prox'] as const,
  };
  return answering<Implementation>(
    { ...planted, description },
    {
      gradient: (question, own) =>
        functions.includes(question.function.type) ? own(question) : reference.ask(question),
      ...composed(
        async (specification, step, x) => (await planted.ask({ method: 'prox', function: specification, step, x })).x,
      ),
    },
  );
}

/** Answers that are right, in a vector that the caller still has. */
const unasked = ['nonnegative-returns-its-input', 'simplex-sorts-its-input'];
const wrong = definedMutants().filter(
  (mutant) => !isBuiltOfFunctions(mutant.type) && !('ofForms' in mutant) && !unasked.includes(mutant.name),
);

/**
 * A function named as wrong is kept out of all other questions, so two wrong proxes of one type leave the same questions: all are asked with the
 * first of them, and with the others only those about proxes and two of the wrappers in turn.
 */
const isFirstOfItsKind = (mutant: FunctionMutant): boolean => {
  const kindOf = (one: FunctionMutant): string => `${'prox' in one ? 'prox' : 'values'} of ${one.type}`;
  return wrong.find((one) => kindOf(one) === kindOf(mutant)) === mutant;
};

/** So many wrong functions of different types are in one library: the questions about what is right are then asked once for all of them. */
const together = 11;

/** The wrong functions by libraries, of which each has only first ones of their kinds, or only others. */
function libraries(): FunctionMutant[][] {
  const all: FunctionMutant[][] = [];
  for (const mutant of wrong) {
    const fits = (library: readonly FunctionMutant[]): boolean =>
      library.length < together &&
      isFirstOfItsKind(library[0]!) === isFirstOfItsKind(mutant) &&
      library.every(({ type }) => type !== mutant.type) &&
      beside.some((name) => name !== mutant.type && library.every(({ type }) => type !== name));
    const place = all.find(fits);
    if (place === undefined) all.push([mutant]);
    else place.push(mutant);
  }
  return all;
}

async function theseAreBlamed(t: ExecutionContext, mutants: readonly FunctionMutant[]): Promise<void> {
  const isFirst = isFirstOfItsKind(mutants[0]!);
  const killing: readonly string[] = mutants.map(claimAbout);
  const asked = [...killing, ...(isFirst ? everything : proxes)];
  const claims = properties
    .filter(({ id }) => asked.includes(id))
    .sort((one, other) => Number(killing.includes(other.id)) - Number(killing.includes(one.id)));
  const first = wrong.indexOf(mutants[0]!);
  const wrappers = isFirst ? wrapperTypes : [0, 1].map((k) => wrapperTypes[(first + k) % wrapperTypes.length]!);
  const subjects = await subjectsOf(claims, libraryWith(mutants, wrappers), { ...quickBudget(), asFound: true });
  const blamed = subjects.filter(({ verdict }) => !['right', 'thin', 'follows'].includes(verdict));
  const told = blamed.map(({ subject, verdict, counterexample }) => `${subject} ${verdict}: ${counterexample}`);
  const names = blamed.map(({ subject }) => subject);
  const types = mutants.map(({ type }) => type);
  t.deepEqual(names.map((name) => name.split(' of ')[1]).toSorted(), types.toSorted(), told.join('\n'));
  for (const { of = [] } of subjects)
    t.true(
      of.every((name) => names.includes(name)),
      of.join(),
    );
  for (const one of told) t.log(one);
}

for (const mutants of libraries())
  test.serial(`${mutants.map(({ name }) => name).join(', ')}: nothing else is blamed`, theseAreBlamed, mutants);

test('there are forty of them', (t) => t.true(wrong.length >= 40, `${wrong.length}`));

const asked = ['function-gradients', 'eq6-prox', 'algorithm-1-spgm', 'algorithm-2-sign-prox', 'inputs-unchanged'];

/** The reference with two functions and two terms, one name in both. */
const library = (own: AnswersInPlace): Implementation =>
  otherLibrary(
    {
      methods: ['prox', 'value', 'gradient', 'step'],
      functions: ['quadratic', 'l1'],
      smooth: ['quadratic', 'least-squares'],
      algorithms: ['spgm', 'sign-prox'],
      statefulAlgorithms: [],
    },
    own,
  );

async function judged(implementation: Implementation) {
  const claims = properties.filter(({ id }) => asked.includes(id));
  const subjects = await subjectsOf(claims, implementation, { ...quickBudget(), asFound: true });
  return Object.fromEntries(subjects.map(({ subject, verdict, of }) => [subject, of ?? verdict]));
}

test('steps that are wrong for one d are no fault of the function r of the same name', async (t) => {
  const found = await judged(
    library({
      step: async (question, own) => {
        const { x } = await own(question);
        return { x: question.problem!.smooth.type === 'quadratic' ? x.map((value) => value + 1) : x };
      },
    }),
  );
  t.deepEqual(found, {
    'prox of quadratic': 'right',
    'prox of l1': 'right',
    'gradient of quadratic': 'right',
    'gradient of least-squares': 'right',
    'step of spgm': 'wrong',
    'step of sign-prox': 'wrong',
  });
});

test('a wrong prox explains no step that is wrong for a d of the same name', async (t) => {
  const off = (x: Float64Array): Float64Array => x.map((value) => value + 1);
  const found = await judged(
    library({
      prox: async (question, own) => {
        const { x } = await own(question);
        return { x: question.function.type === 'quadratic' ? off(x) : x };
      },
      step: async (question, own) => {
        const { x } = await own(question);
        const { smooth, functions } = question.problem!;
        const without = functions.every(({ type }) => type !== 'quadratic');
        return { x: smooth.type === 'quadratic' && without ? off(x) : x };
      },
    }),
  );
  t.is(found['prox of quadratic'], 'wrong');
  t.is(found['step of spgm'], 'wrong');
});

test('what writes to its x is blamed, and neither what is made of it nor what stands beside it', async (t) => {
  const overwritten = <Asked extends { readonly x: Float64Array }, Reply extends { readonly x: Float64Array }>(
    question: Asked,
    reply: Reply,
  ): Reply => {
    question.x.set(reply.x);
    return reply;
  };
  const right = {
    ...{ 'prox of quadratic': 'right', 'prox of l1': 'right', 'step of spgm': 'right', 'step of sign-prox': 'right' },
    ...{ 'gradient of quadratic': 'right', 'gradient of least-squares': 'right' },
  };
  t.deepEqual(await judged(library({ prox: async (question, own) => overwritten(question, await own(question)) })), {
    ...right,
    ...{ 'prox of quadratic': 'wrong', 'prox of l1': 'wrong' },
  });
  const step: AnswersInPlace['step'] = async (question, own) => {
    const reply = await own(question);
    return question.algorithm === 'sign-prox' ? overwritten(question, reply) : reply;
  };
  t.deepEqual(await judged(library({ step })), { ...right, 'step of sign-prox': 'wrong' });
});

/** A library of these functions with a wrong prox of Huber, and the lists of types that are in each function it is asked about. */
function libraryOf(functions: readonly string[]): { implementation: Implementation; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const implementation = otherLibrary(
    { methods: ['prox', 'value'], functions: [...functions] },
    {
      async prox(question, own) {
        const types = typesIn(question.function);
        asked.push(types);
        const { x } = await own(question);
        return { x: question.function.type === 'huber' ? x.map((entry) => entry + 1) : x };
      },
    },
  );
  return { implementation, asked };
}

const claims = ['eq6-prox', 'prox-gradual-underflow', 'inputs-unchanged', 'nonfinite-entries'].map(
  (id) => properties.find((claim) => claim.id === id)!,
);

async function askedOf(
  functions: readonly string[],
  knownWrong?: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const { implementation, asked } = libraryOf(functions);
  const [, ...after] = claims;
  await runClaims(knownWrong ? after : claims.slice(0, 1), implementation, {
    ...quickBudget(),
    ...(knownWrong && { knownWrong: new Set(knownWrong) }),
  });
  return asked;
}

const isInside = (types: readonly string[]): boolean => types.length > 1 && types.includes('huber');
const isAlone = (types: readonly string[]): boolean => types.join() === 'huber';

test('what is built of functions is built of those that hold, and one that is wrong is still asked about alone', async (t) => {
  const functions = ['l1', 'huber', 'scaled', 'translated'];
  const before = await askedOf(functions, []);
  t.true(before.some(isInside));
  const after = await askedOf(functions, ['huber']);
  t.false(after.some(isInside));
  t.true(after.some(isAlone));
  for (const wrapper of ['scaled', 'translated']) {
    t.true(
      after.some((types) => types.includes(wrapper) && types.includes('l1')),
      wrapper,
    );
  }
});

test('a function that is wrong by itself is one from then on, for ordinary questions', async (t) => {
  const { implementation, asked } = libraryOf(['l1', 'huber', 'scaled']);
  const knownWrong = new Set<string>();
  const [eq6, ...after] = claims;
  await runClaims([eq6!], implementation, { ...quickBudget(), knownWrong });
  t.deepEqual([...knownWrong], ['huber']);
  asked.length = 0;
  await runClaims(after, implementation, { ...quickBudget(), knownWrong });
  t.false(asked.some(isInside));
});

test('what a claim finds depends on those about functions alone, and on no other claim and no order', async (t) => {
  const evidenceOf = async (list: readonly Claim[]): Promise<ReadonlyMap<string, unknown>> => {
    const { implementation } = libraryOf(['l1', 'huber', 'scaled']);
    const checked = await runClaims(list, implementation, quickBudget());
    t.deepEqual(
      checked.map(({ claim }) => claim.id),
      list.map(({ id }) => id),
    );
    return new Map(checked.map(({ claim, evidence: { seconds: _, ...evidence } }) => [claim.id, evidence]));
  };
  const [eq6, ...others] = claims as [Claim, ...Claim[]];
  const whole = await evidenceOf(claims);
  // It finds Huber wrong too, which nobody goes by.
  t.is((whole.get('prox-gradual-underflow') as Evidence).verdict, 'violated');
  for (const other of others) {
    const part = await evidenceOf([other, eq6]);
    for (const { id } of [eq6, other]) t.deepEqual(part.get(id), whole.get(id), id);
  }
  const knownWrong = new Set<string>();
  await runClaims(others, libraryOf(['l1', 'huber', 'scaled']).implementation, { ...quickBudget(), knownWrong });
  t.is(knownWrong.size, 0);
});

test('a wrapper is judged around a function that is wrong where there is no other', async (t) => {
  const asked = await askedOf(['huber', 'scaled'], ['huber']);
  t.true(asked.some(isInside));
});

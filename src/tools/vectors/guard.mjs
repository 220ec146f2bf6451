import { properties } from '../../../dist/properties/index.js';
import { judges, typesFor } from '../../../dist/properties/mutants/kill-matrix.js';
import { roundTo } from '../../../dist/src/claims/implementation/dtype.js';
import { answering } from '../../../dist/src/claims/implementation/implementation.js';
import { plantDefect } from '../../../dist/src/claims/implementation/planted-defect.js';
import { answeringBy, reference } from '../../../dist/src/claims/implementation/reference.js';
import { runClaims } from '../../../dist/src/claims/run-claims.js';
import { askedOf, levels } from '../../../dist/src/guard/vectors/function-question.js';
import { formats } from '../../../dist/src/guard/vectors/optimiser-question.js';
import { mutantsOf } from '../../../dist/src/guard/vectors/wrong-answers.js';
import { createBudget } from '../../../dist/src/library/budget.js';
import { statefulAlgorithms } from '../../../dist/src/reference/algorithms/stateful/registry.js';
import { parseProblem } from '../../../dist/src/reference/problem/create-problem.js';

const budget = { ...createBudget({ depth: 'quick', seed: '1' }), verdictOnly: true };

/** Whether one of the claims, asked one after the other, finds that an implementation is wrong. */
async function isFound(claims, implementation) {
  for (const claim of claims) {
    const [{ evidence }] = await runClaims([claim], implementation, budget);
    if (evidence.verdict === 'violated') return true;
  }
  return false;
}

/** The number of a format that is nearest, and the number itself where the format has none: of its digits alone is the question. */
const nearest = (dtype, value) => {
  const rounded = roundTo(dtype, value);
  return Number.isFinite(rounded) ? rounded : value;
};

const nearestOf = (dtype, held) =>
  typeof held === 'number' ? nearest(dtype, held) : held.map((value) => nearest(dtype, value));

/** What is described of an implementation in a format. */
const describedIn = ({ dtype, memory }, rest) => ({
  ...reference.description,
  methods: ['step', 'run'],
  algorithms: [],
  statefulAlgorithms: [],
  dtype,
  ...(memory !== dtype && { stateDtype: memory }),
  ...rest,
});

/** An algorithm with memory by another update, in a format. */
function remembering(algorithm, update, format) {
  const { dtype, memory } = format;
  const definition = {
    ...statefulAlgorithms[algorithm],
    update(input) {
      const next = update(input);
      const held = Object.entries(next.memory).map(([name, own]) => [name, nearestOf(memory, own)]);
      return { x: nearestOf(dtype, next.x), memory: Object.fromEntries(held) };
    },
  };
  const { reference: _, ...rest } = reference;
  return {
    ...rest,
    description: describedIn(format, { name: 'a wrong form', statefulAlgorithms: [algorithm] }),
    ask: answeringBy({ ...statefulAlgorithms, [algorithm]: definition }),
  };
}

/** An algorithm without memory by another update, in a format. */
function forgetting({ algorithm, definition }, update, format) {
  const next = ({ problem, step, indices }, x) => {
    // f̂ of the mini-batch alone, as a question of the vectors has it.
    const functions = indices.map((k) => problem.functions[k]);
    const of = parseProblem({ ...problem, functions, probabilities: functions.map(() => 1 / functions.length) });
    const own = of.at(step);
    const batch = functions.map((_, k) => k);
    const gradient =
      definition.takes === 'proxes' ? (u) => of.smooth.gradient(u) : (u) => own.stochasticGradient(batch, u).slice();
    const input = { x, step, problem: own, batch, hyperparameters: {}, options: {}, sign: Math.sign };
    return nearestOf(format.dtype, update({ ...input, stochasticGradient: gradient, gradient }).x);
  };
  const { reference: _, ...rest } = reference;
  return answering(
    { ...rest, description: describedIn(format, { name: 'a wrong form', algorithms: [algorithm] }) },
    {
      step: (question) => ({ x: next(question, question.x) }),
      run({ indices, steps, ...question }) {
        const trajectory = [];
        for (const [t, own] of indices.entries())
          trajectory.push(
            next({ ...question, indices: own, step: steps?.[t] ?? question.step }, trajectory.at(-1) ?? question.x),
          );
        return { x: trajectory.at(-1) ?? question.x.slice(), trajectory };
      },
    },
  );
}

/** The claims that judge steps of an algorithm. */
const claimsAbout = (algorithm) => [
  ...properties.filter(({ requires }) => requires.algorithms?.length === 1 && requires.algorithms[0] === algorithm),
  ...properties.filter(({ id }) => id === 'run-iterates'),
];

/**
 * Of the wrong forms that the vectors of an algorithm miss, those that the guard at quick finds, by format.
 * @param {import('../../../dist/src/guard/vectors/subject.js').VectorSubject} subject
 * @param {ReadonlyMap<string, Function>} forms the updates
 * @param {Readonly<Record<string, readonly string[]>>} missed the names of those missed, by format
 */
export async function foundOfAlgorithm(subject, forms, missed) {
  const { algorithm } = subject;
  const claims = claimsAbout(algorithm);
  const isWrong = (update, format) =>
    isFound(
      claims,
      Object.hasOwn(statefulAlgorithms, algorithm)
        ? remembering(algorithm, update, format)
        : forgetting(subject, update, format),
    );
  const found = {};
  for (const [name, format] of Object.entries(formats)) {
    const own = missed[name] ?? [];
    if (own.length > 0 && (await isWrong(subject.definition.update, format)))
      throw new Error(`${algorithm}, ${name}: the guard finds that the reference is wrong`);
    found[name] = [];
    for (const form of own) if (await isWrong(forms.get(form), format)) found[name].push(form);
  }
  return found;
}

/** A function with a wrong form, in a format, or in doubles with the accuracy of a level. */
function rounding(mutant, types, format) {
  const planted = plantDefect(mutant, types);
  const isLevel = levels.includes(format);
  const dtype = isLevel ? 'f64' : format;
  return {
    ...planted,
    description: { ...planted.description, dtype, ...(isLevel && { accuracy: { [mutant.type]: Number(format) } }) },
    async ask(question) {
      const reply = await planted.ask(question);
      return 'value' in reply ? { value: roundTo(dtype, reply.value) } : { x: nearestOf(dtype, reply.x) };
    },
  };
}

/** The same of a kind of questions about a type of function; of policies it is not asked. */
export async function foundOfFunction(subject, missed) {
  const { kind, type } = askedOf(subject);
  const mutants = kind === 'policy' ? [] : mutantsOf(kind, type);
  const found = {};
  for (const [format, own] of Object.entries(missed)) {
    found[format] = [];
    for (const form of own) {
      const mutant = mutants.find(({ description }) => description === form);
      if (mutant === undefined) continue;
      if (await isFound(judges, rounding(mutant, typesFor(type), format))) found[format].push(form);
    }
  }
  return found;
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Implementation,
  ImplementationError,
  type Question,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import type { Identity } from '../../claims/vector-verdicts.js';
import { onIn } from '../../judging/arbitraries/stateful-case.js';
import { isGivenGradients, statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { type Answers, isAnswered, judgeAnswers, readVectorFile } from './check-answers.js';
import { formsLike } from './forms.js';
import { askedOf } from './function-question.js';
import { inFile, type Special, specials } from './interval.js';
import { askedProblem, type OptimiserQuestion } from './optimiser-question.js';
import { type AnswerFormat, isOfFunction, type OptimiserVector, type Vector, type VectorFile } from './vector-file.js';

/** The vectors that the package ships, four levels above the compiled file. */
export const shippedVectors = fileURLToPath(new URL('../../../../fixtures/vectors/v1', import.meta.url));

/** Whether an implementation declares what becomes of NaN, infinities and bad parameters. */
const hasPolicy = ({ description: { nonfinite, conventions } }: Implementation): boolean =>
  nonfinite !== undefined && conventions.rejectsBadParameters === true;

/**
 * The answers of an implementation to the vectors of one file, asked step by step; null for what it does not offer. A policy is asked of who
 * declares one.
 *
 * @throws ImplementationError for an answer that is none
 */
export async function answersOf(
  implementation: Implementation,
  { subject, vectors }: VectorFile,
  format: AnswerFormat,
): Promise<Answers> {
  const answers: Record<string, (number | Special)[][] | 'refuses' | null> = {};
  if (askedOf(subject)?.kind === 'policy' && !hasPolicy(implementation)) return answers;
  for (const vector of vectors) {
    if (!vector.answers.some((answer) => answer[format] !== undefined)) continue;
    const answer = await iteratesOf(implementation, subject, vector).catch((error: unknown) => {
      if (error instanceof UnsupportedError) return null;
      if (error instanceof ImplementationError && error.code === 'domain') return [[Number.POSITIVE_INFINITY]];
      // What raises, or answers another shape, is wrong there, or not what it is asked as. A program that hangs or ends would do so again.
      if (error instanceof ImplementationError && ['error', 'shape'].includes(error.kind)) return 'refuses' as const;
      throw error;
    });
    answers[vector.id] = Array.isArray(answer) ? answer.map((row) => row.map(inFile)) : answer;
  }
  return answers;
}

/** The iterates of a question, each of which has a gradient of its own; of a function its prox. */
async function iteratesOf(implementation: Implementation, subject: string, vector: Vector): Promise<number[][]> {
  if (isOfFunction(vector)) {
    const { kind } = askedOf(subject)!;
    const { function: own, step, x } = vector;
    const point = Float64Array.from(x, (entry) => (typeof entry === 'number' ? entry : specials[entry]));
    const asked = { function: own as never, x: point };
    if (kind === 'value') return [[(await implementation.ask({ method: 'value', ...asked })).value]];
    if (kind === 'gradient') return [[...(await implementation.ask({ method: 'gradient', ...asked })).x]];
    const found = await implementation.ask({ method: 'prox', ...asked, step: step! });
    if (x.some((entry, i) => !Object.is(point[i], typeof entry === 'number' ? entry : specials[entry]))) {
      throw new ImplementationError('error', 'y was overwritten');
    }
    return [[...found.x]];
  }
  const question = vector as OptimiserVector as OptimiserQuestion;
  const { start, hyperparameters, shape, x: first, steps } = question;
  const hasMemory = Object.hasOwn(statefulAlgorithms, subject);
  // A run shows what an implementation without declared memory remembers; a step alone does not.
  if (start === 'carried' && !question.functions && implementation.description.methods.includes('run')) {
    const problems = steps.map((_, t) => askedProblem(question, t, first));
    const functions = problems.flatMap((problem) => problem.functions);
    const run = {
      method: 'run',
      algorithm: subject,
      ...(isGivenGradients(subject)
        ? { gradients: question.gradients }
        : {
            problem: { ...problems[0]!, functions, probabilities: functions.map(() => 1 / functions.length) },
            indices: steps.map((_, t) => [t]),
          }),
      steps,
      x: Float64Array.from(first),
      ...(hasMemory && { hyperparameters }),
      ...(shape && { shape }),
    } as unknown as Question<'run'>;
    // A library may make runs with one step size only, and its states be resumed.
    const reply = await implementation.ask(run).catch((error: unknown) => {
      if (hasMemory && error instanceof UnsupportedError) return undefined;
      throw error;
    });
    if (reply !== undefined) return (reply.trajectory ?? []).map((x) => [...x]);
  }
  const iterates: Float64Array[] = [];
  let state: unknown = null;
  for (const [t, step] of steps.entries()) {
    const x = start === 'reset' ? Float64Array.from(first) : (iterates.at(-1) ?? Float64Array.from(first)).slice();
    const problem = askedProblem(question, t, x);
    const reply = await implementation.ask({
      method: 'step',
      algorithm: subject as 'adam',
      ...((isGivenGradients(subject)
        ? { gradient: question.gradients[t] }
        : { problem, indices: problem.functions.map((_, k) => k) }) as { problem: never; indices: number[] }),
      step,
      x,
      ...((hasMemory ? { hyperparameters, state } : {}) as { hyperparameters: typeof hyperparameters; state: unknown }),
      ...(shape && { shape }),
    });
    iterates.push(reply.x);
    state = reply.state ?? null;
  }
  return iterates.map((x) => [...x]);
}

/** What is known of an implementation that was asked the vectors of one subject. */
export interface Told {
  readonly identity: Omit<Identity, 'beyond' | 'isWrongBeyond'>;
  /** The hyperparameters that it was asked with other values than 0 and false. */
  readonly takes: readonly string[];
}

/** What each subject explains, beside what the others ask. */
export const compared = (told: readonly Told[]): readonly Identity[] =>
  told.map(({ identity, takes }) => {
    const beyond = [...new Set(told.flatMap((other) => other.takes))].filter((name) => !takes.includes(name));
    const isWrongBeyond = told.some(
      (other) =>
        other.identity.rightWithout.length > 0 &&
        takes.every((name) => other.takes.includes(name)) &&
        other.takes.length > takes.length,
    );
    return { ...identity, beyond, isWrongBeyond };
  });

/** Hyperparameters that an argument of the same name may mean. */
const sameArgument: Readonly<Record<string, string>> = { rho: 'alpha', epsilon1: 'epsilon', epsilon2: 'epsilon' };

/** The hyperparameters of some questions, where they do something. */
const usedIn = (vectors: readonly Vector[]): readonly string[] => [
  ...new Set(
    vectors.flatMap((vector) => {
      const used = isOfFunction(vector) ? '' : onIn((vector as OptimiserVector).hyperparameters);
      return used.split(', ').flatMap((name) => (name === '' ? [] : [sameArgument[name] ?? name]));
    }),
  ),
];

/** The format in which an implementation is asked. */
export function formatOf({ description: { dtype, stateDtype } }: Implementation): AnswerFormat {
  return dtype === 'bf16' && stateDtype === 'f32' ? 'bf16-f32' : (dtype as AnswerFormat);
}

/**
 * Asks an implementation the vectors of a file; undefined if it answers none of them.
 *
 * @throws ImplementationError for an answer that is none
 */
export async function identityOf(implementation: Implementation, file: VectorFile): Promise<Told | undefined> {
  const format = formatOf(implementation);
  const answers = await answersOf(implementation, file, format);
  // A module says that it offers all functions of a kind: what raises in every question about one does not have it.
  const hasIt = Object.values(answers).some((answer) => isAnswered(answer) && answer !== 'refuses');
  return hasIt ? identified(file, format, answers) : undefined;
}

/** What the answers to the vectors of a file say; undefined if there are none. */
export function identified(file: VectorFile, format: AnswerFormat, answers: Answers): Told | undefined {
  const judged = judgeAnswers(file, format, answers);
  if (judged.verdict === 'no answers') return undefined;
  const { subject, answered, of } = judged;
  const like = judged.verdict === 'fail' ? formsLike(file, format, answers) : undefined;
  const looksLike = like === undefined ? judged.looksLike : [...new Set(like.map(({ form }) => form))];
  const conventions = like?.map(({ convention }) => file.conventions[convention]!) ?? judged.conventions;
  const words = conventions.map((convention) => convention.split(' '));
  const common = (words[0] ?? []).filter((choice) => words.every((each) => each.includes(choice)));
  const references = Object.values(file.references).filter(({ convention }) =>
    judged.conventions.includes(file.conventions[convention]!),
  );
  const takes = usedIn(file.vectors.filter(({ id }) => isAnswered(answers[id])));
  const isRightWithout = (name: string): boolean => {
    const vectors = file.vectors.filter((vector) => !usedIn([vector]).includes(name));
    return judgeAnswers({ ...file, vectors }, format, answers).verdict === 'pass';
  };
  return {
    identity: {
      ...{ subject, is: judged.verdict === 'pass', answered, of, looksLike },
      choices: common.filter((choice) => choice !== 'the-rule'),
      references: references.map(({ source }) => source),
      lacks: usedIn(file.vectors).filter((name) => !takes.includes(name)),
      rightWithout: judged.verdict === 'pass' ? [] : takes.filter(isRightWithout),
    },
    takes,
  };
}

/** The file of vectors about a subject of the guard, such as `step of adam` or `prox of l1`, whether there is one or not. */
function fileAbout(subject: string): string {
  const [method, name] = subject.split(' of ') as [string, string?];
  return join(shippedVectors, method === 'step' || method === 'run' ? `${name}.json` : `${method}-${name}.json`);
}

/**
 * Names the bugs of what is wrong, by subject: the known wrong forms that explain all answers to the vectors. Where none does, or the
 * implementation fails at them, nothing is said.
 */
export async function namedBugs(
  implementation: Implementation,
  wrong: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const asked = new Map<string, Told['identity'] | undefined>();
  for (const subject of wrong) {
    const path = fileAbout(subject);
    if (!existsSync(path)) continue;
    if (!asked.has(path)) {
      const told = await identityOf(implementation, await readVectorFile(path)).catch(() => undefined);
      asked.set(path, told?.identity);
    }
    const identity = asked.get(path);
    if (identity !== undefined && identity.looksLike.length > 0) found[subject] = bugText(identity);
  }
  return found;
}

/** The wrong forms, and in how many questions: `the biases are not corrected, in 15 of 15 questions`. */
export const bugText = ({ looksLike, answered, of }: Pick<Identity, 'looksLike' | 'answered' | 'of'>): string =>
  `${looksLike.join(', or ')}, in ${answered} of ${of} test vectors`;

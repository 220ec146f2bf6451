import { conventionKinds } from '../../judging/judges/stateful/rule.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { StatefulAlgorithm } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { type Answers, fits, isAnswered, isNear, iteratesIn, type Rows } from './check-answers.js';
import { inFile, type Special } from './interval.js';
import { signsAtZero } from './optimiser-answers.js';
import type { Format, OptimiserQuestion } from './optimiser-question.js';
import { type Chosen, runUpdate } from './run-update.js';
import { memoryless } from './subject.js';
import type { AnswerFormat, OptimiserVector, Vector, VectorFile } from './vector-file.js';

/** A wrong form of an algorithm beside one of the conventions of its file. */
export interface KnownForm {
  /** What is wrong; undefined of the right form. */
  readonly form: string | undefined;
  /** A place in the `conventions` of the file. */
  readonly convention: number;
  readonly update: StatefulAlgorithm['update'];
  readonly chosen: Chosen;
}

/** A form, and the place in `conventions` of what it has beside it. */
type Named = Pick<KnownForm, 'convention'> & { readonly form: string };

const signs = {
  zero: Math.sign,
  positive: (value: number) => (value >= 0 ? 1 : -1),
  negative: (value: number) => (value > 0 ? 1 : -1),
} as const;

/** What the names of a combination of conventions mean. */
function chosenBy(words: string): Chosen {
  const ids = words.split(' ');
  const kinds = Object.entries(conventionKinds).flatMap(([kind, choices]) =>
    Object.entries(choices).flatMap(([choice, { id }]) => (ids.includes(id) ? [[kind, choice] as const] : [])),
  );
  const [atZero = 'zero'] = (Object.keys(signs) as (keyof typeof signs)[]).filter((each) =>
    ids.includes(signsAtZero[each][0]),
  );
  return { conventions: Object.fromEntries(kinds), sign: signs[atZero] };
}

/** Every form of the algorithm of a file beside every convention; undefined where the file is not about an algorithm. */
export function formsIn({ subject, conventions }: VectorFile): readonly KnownForm[] | undefined {
  const definition: (Pick<StatefulAlgorithm, 'update' | 'errors'> & Partial<StatefulAlgorithm>) | undefined =
    (statefulAlgorithms as Readonly<Record<string, StatefulAlgorithm>>)[subject] ??
    memoryless.find(({ algorithm }) => algorithm === subject)?.definition;
  if (definition === undefined) return undefined;
  const { update, errors, laterErrors } = definition;
  const wrong = Object.entries({ ...errors, ...laterErrors }).map(([form, make]) => [form, make(update)] as const);
  return conventions.flatMap((words, convention) => {
    const chosen = chosenBy(words);
    return [[undefined, update] as const, ...wrong].map(([form, own]) => ({ form, convention, update: own, chosen }));
  });
}

/** The intervals of a vector that are right by a convention. */
export const rowsBy = ({ answers }: Vector, convention: number, format: AnswerFormat): Rows =>
  answers.find((each) => each.conventions.includes(convention))![format] as Rows;

/** What a form answers, in doubles. */
export const answeredBy = (
  { update, chosen }: KnownForm,
  vector: Vector,
  format: Format = 'f64',
): readonly (readonly number[])[] =>
  runUpdate(update, vector as OptimiserVector as OptimiserQuestion, format, chosen).map((x) => [...x]);

/** What a wrong form answers to a vector, beside what is right by its convention. */
interface Answered {
  readonly rows: Rows;
  /** In doubles; undefined where it is right. */
  readonly wrong: readonly (readonly (number | Special)[])[] | undefined;
}

/** Remembers what a function made of each of its arguments. */
function once<From extends object, To>(of: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, To>();
  return (from) => {
    const found = known.get(from) ?? of(from);
    known.set(from, found);
    return found;
  };
}

/** The wrong forms of a file, with what each answers to its vectors. */
const wrongForms = once((file: VectorFile) =>
  formsIn(file)
    ?.filter(({ form }) => form !== undefined)
    .map((form) => {
      const byFormat = new Map<AnswerFormat, (vector: Vector) => Answered>();
      const answered = (format: AnswerFormat) => (vector: Vector) => {
        const [rows, own] = [rowsBy(vector, form.convention, format), answeredBy(form, vector)];
        return { rows, wrong: fits(rows, own) ? undefined : own.map((x) => x.map(inFile)) };
      };
      const answeredIn = (format: AnswerFormat): ((vector: Vector) => Answered) => {
        const found = byFormat.get(format) ?? once(answered(format));
        byFormat.set(format, found);
        return found;
      };
      return { ...form, answeredIn };
    }),
);

/**
 * The wrong forms, each beside the conventions, that explain all answers to the vectors of an algorithm: they are near to what the form answers,
 * and right where that is right. Undefined where the file is not about an algorithm.
 */
export function formsLike(file: VectorFile, format: AnswerFormat, answers: Answers): readonly Named[] | undefined {
  let left = wrongForms(file);
  for (const vector of left === undefined ? [] : file.vectors) {
    if (!isAnswered(answers[vector.id])) continue;
    const iterates = iteratesIn(answers, vector);
    left = left!.filter(({ answeredIn }) => {
      const { rows, wrong } = answeredIn(format)(vector);
      return wrong === undefined ? fits(rows, iterates) : isNear(rows, wrong, iterates);
    });
  }
  return left?.map(({ form, convention }) => ({ form: form!, convention }));
}

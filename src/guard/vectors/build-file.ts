import { defectiveFunctions, definedMutants } from '../../claims/implementation/planted-defect.js';
import { type Choice, choicesOf, conventionKinds, usualConventions } from '../../judging/judges/stateful/rule.js';
import { registry } from '../../reference/functions/index.js';
import { exactProxes, type FunctionQuestion } from './function-question.js';
import { contains, inSevenDigits, intervalOf } from './interval.js';
import { conventionsIn, type Iterates, intervalsBy, signsAtZero } from './optimiser-answers.js';
import { type Format, formatNames, type OptimiserQuestion } from './optimiser-question.js';
import { runUpdate } from './run-update.js';
import type { VectorSubject } from './subject.js';
import {
  type FunctionVector,
  idOfQuestion,
  isOfFunction,
  type OptimiserVector,
  questionOf,
  type VectorFile,
} from './vector-file.js';

/** A question, and the formats in which it is asked. */
export interface AskedQuestion<Question> {
  readonly question: Question;
  readonly formats: readonly Format[];
}

const isRight = (intervals: Iterates, iterates: readonly Float64Array[]): boolean =>
  intervals.every((row, t) => row.every((interval, i) => contains(interval, iterates[t]![i]!)));

function vectorOf(subject: VectorSubject, { question, formats }: AskedQuestion<OptimiserQuestion>): OptimiserVector {
  const conventions = conventionsIn(subject);
  const asked = formatNames.filter((name) => formats.includes(name));
  const byFormat = asked.map((format) => intervalsBy(subject, question, conventions, format));
  const answers = new Map<string, { conventions: number[] }>();
  for (const [c] of conventions.entries()) {
    const own = Object.fromEntries(asked.map((format, f) => [format, byFormat[f]![c]!]));
    const key = JSON.stringify(own);
    const known = answers.get(key) ?? { conventions: [], ...own };
    known.conventions.push(c);
    answers.set(key, known);
  }
  const [usual] = intervalsBy(subject, question, conventions.slice(0, 1), 'f64');
  const { update, errors } = subject.definition;
  const looksLike = Object.values(errors).flatMap((wrong, k) => {
    const iterates = runUpdate(wrong(update), question, 'f64');
    const isTold = iterates.every((x) => x.every(Number.isFinite)) && !isRight(usual!, iterates);
    return isTold ? [[String(k), iterates.map((x) => Array.from(x, inSevenDigits))] as const] : [];
  });
  return {
    id: idOfQuestion(subject.algorithm, question),
    ...(questionOf(question) as unknown as Pick<OptimiserVector, keyof OptimiserQuestion>),
    answers: [...answers.values()] as OptimiserVector['answers'],
    looksLike: Object.fromEntries(looksLike) as unknown as OptimiserVector['looksLike'],
  };
}

/** The file of an algorithm: the questions, and their answers by its rule in rationals. */
export function buildVectorFile(
  subject: VectorSubject,
  questions: readonly AskedQuestion<OptimiserQuestion>[],
): VectorFile {
  const { algorithm, definition, open = [], source, statement } = subject;
  const { references = {}, errors, signs } = definition;
  const conventions = conventionsIn(subject);
  const choices = open.flatMap((kind) =>
    choicesOf(kind).map((choice) => {
      const { id, formula, of } = (conventionKinds[kind] as Readonly<Record<string, Choice>>)[choice]!;
      return [id, `${formula}: ${of}`];
    }),
  );
  return {
    format: 'signprox-vectors-1',
    subject: algorithm,
    source,
    statement,
    choices: Object.fromEntries([...choices, ...(signs ? Object.values(signsAtZero) : [])]),
    conventions: conventions.map(({ id }) => id),
    references: Object.fromEntries(
      Object.entries(references).map(([name, own]) => {
        const chosen = { ...usualConventions, ...own.conventions };
        const convention = conventions.findIndex((each) =>
          open.every((kind) => each.conventions[kind] === chosen[kind]),
        );
        return [name, { source: own.source, convention }];
      }),
    ),
    forms: Object.keys(errors),
    vectors: questions.map((asked) => vectorOf(subject, asked)),
  };
}

/** The wrong forms of a function that answer a prox, by what is wrong. */
export function wrongProxes(type: string): ReadonlyMap<string, (question: FunctionQuestion) => Float64Array> {
  const wrong = definedMutants([registry.get(type)!]).filter((form) => !('value' in form));
  return new Map(
    wrong.map((form) => {
      const functionOf = defectiveFunctions(form);
      const answer = ({ function: own, step, x }: FunctionQuestion): Float64Array => {
        const target = functionOf(own);
        // A form that remembers the last point answers as if it had met another one.
        target.prox(
          Float64Array.from(x, (value) => value + 1),
          step,
        );
        return target.prox(Float64Array.from(x), step);
      };
      return [form.description, answer];
    }),
  );
}

/** The file of a function whose prox is rational. */
export function buildFunctionFile(type: string, questions: readonly AskedQuestion<FunctionQuestion>[]): VectorFile {
  const { definition } = registry.get(type)!;
  return {
    format: 'signprox-vectors-1',
    subject: `prox-${type}`,
    source: 'prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u)',
    statement: `r(u) = ${definition.formula}`,
    choices: {},
    conventions: ['the-rule'],
    references: {},
    forms: [...wrongProxes(type).keys()],
    vectors: questions.map(({ question, formats }): FunctionVector => {
      const byFormat = new Map(
        formats.map((format) => [
          format,
          exactProxes(question, format as 'f64').map((point) => [point.map(intervalOf)]),
        ]),
      );
      const [first] = [...byFormat.values()];
      const right = exactProxes(question, 'f64').map((point) => [point.map(intervalOf)]);
      const looksLike = [...wrongProxes(type).values()].flatMap((wrong, f) => {
        const point = wrong(question);
        const isTold = point.every(Number.isFinite) && !right.some((rows) => isRight(rows, [point]));
        return isTold ? [[String(f), [Array.from(point, inSevenDigits)]] as const] : [];
      });
      return {
        id: idOfQuestion(`prox-${type}`, question),
        ...(questionOf(question) as unknown as Pick<FunctionVector, 'function' | 'step' | 'x'>),
        answers: first!.map((_, p) => ({
          conventions: [0],
          ...Object.fromEntries([...byFormat].map(([format, points]) => [format, points[p]!])),
        })) as unknown as FunctionVector['answers'],
        looksLike: Object.fromEntries(looksLike) as unknown as FunctionVector['looksLike'],
      };
    }),
  };
}

/** The vectors as the questions that they ask, from which their answers follow. */
const questionsOf = <Question extends OptimiserVector | FunctionVector>(
  vectors: readonly Question[],
): readonly AskedQuestion<Question extends FunctionVector ? FunctionQuestion : OptimiserQuestion>[] =>
  vectors.map((vector) => ({
    question: questionOf(vector as never),
    formats: formatNames.filter((format) => vector.answers.some((answer) => answer[format] !== undefined)),
  }));

/** The file with its answers computed again, by the algorithms of which there may be files. */
export function rebuilt(file: VectorFile, subjects: readonly VectorSubject[]): VectorFile {
  const subject = subjects.find(({ algorithm }) => algorithm === file.subject);
  if (subject === undefined)
    return buildFunctionFile(file.subject.replace(/^prox-/, ''), questionsOf(file.vectors.filter(isOfFunction)));
  return buildVectorFile(subject, questionsOf(file.vectors as readonly OptimiserVector[]));
}

import { type Choice, choicesOf, conventionKinds, usualConventions } from '../../judging/judges/stateful/rule.js';
import { registry } from '../../reference/functions/index.js';
import { rightAnswers } from './function-answers.js';
import { askedOf, type FunctionQuestion, type Kind } from './function-question.js';
import { contains, inFile, inSevenDigits } from './interval.js';
import { conventionsIn, type Iterates, intervalsBy, signsAtZero } from './optimiser-answers.js';
import { formatNames, type OptimiserQuestion } from './optimiser-question.js';
import { policies, policyReferences } from './policy-answers.js';
import { runUpdate } from './run-update.js';
import type { VectorSubject } from './subject.js';
import {
  type AnswerFormat,
  answerFormats,
  type FunctionVector,
  idOfQuestion,
  isOfFunction,
  type OptimiserVector,
  questionOf,
  type VectorFile,
} from './vector-file.js';
import { finestOf, isAmong, wrongAnswers } from './wrong-answers.js';

/** A question, and the formats in which it is asked. */
export interface AskedQuestion<Question> {
  readonly question: Question;
  readonly formats: readonly AnswerFormat[];
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

const titles: Readonly<Record<Kind, string>> = {
  prox: 'prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u)',
  value: 'r(u), +∞ outside of its domain',
  gradient: '∇r(u)',
  policy: 'prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u), where y or a parameter is no number that it takes',
};

/** The file of a kind of questions about a function whose answers are known exactly. */
export function buildFunctionFile(subject: string, questions: readonly AskedQuestion<FunctionQuestion>[]): VectorFile {
  const { kind, type } = askedOf(subject)!;
  const forms = wrongAnswers(kind, type);
  const isPolicy = kind === 'policy';
  return {
    format: 'signprox-vectors-1',
    subject,
    source: titles[kind],
    statement: `r(u) = ${registry.get(type)!.definition.formula}`,
    choices: isPolicy ? policies : {},
    conventions: isPolicy ? Object.keys(policies) : ['the-rule'],
    references: isPolicy ? policyReferences : {},
    forms: [...forms.keys()],
    vectors: questions.map(({ question, formats }): FunctionVector => {
      const byFormat = new Map(formats.map((format) => [format, rightAnswers(kind, question, format as 'f64')]));
      const [first] = [...byFormat.values()];
      const right = rightAnswers(kind, question, finestOf(kind, type));
      const looksLike = [...forms.values()].flatMap((wrong, f) => {
        const point = wrong(question);
        const isTold = point !== 'refuses' && !isAmong(right, point);
        return isTold ? [[String(f), [Array.from(point, (value) => inFile(inSevenDigits(value)))]] as const] : [];
      });
      return {
        id: idOfQuestion(subject, question),
        ...(questionOf(question) as unknown as Pick<FunctionVector, 'function' | 'step' | 'x'>),
        answers: first!.map(({ conventions }, p) => ({
          conventions,
          ...Object.fromEntries([...byFormat].map(([format, answers]) => [format, answers[p]!.rows])),
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
    formats: answerFormats.filter((format) => vector.answers.some((answer) => answer[format] !== undefined)),
  }));

/** The file with its answers computed again, by the algorithms of which there may be files. */
export function rebuilt(file: VectorFile, subjects: readonly VectorSubject[]): VectorFile {
  const subject = subjects.find(({ algorithm }) => algorithm === file.subject);
  if (subject === undefined) return buildFunctionFile(file.subject, questionsOf(file.vectors.filter(isOfFunction)));
  return buildVectorFile(subject, questionsOf(file.vectors as readonly OptimiserVector[]));
}

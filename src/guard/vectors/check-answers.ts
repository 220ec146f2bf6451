import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { JudgedAnswers } from '../../claims/vector-verdicts.js';
import { InvalidInputError, whyUnreadable } from '../invalid-input.js';
import { contains, type Interval, radiusOf, type Special, specials } from './interval.js';
import { type AnswerFormat, type Vector, type VectorFile, vectorFileSchema } from './vector-file.js';

const number = z.union([z.number(), z.enum(['nan', 'inf', '-inf'])]).describe('a JSON number, or "nan", "inf", "-inf"');

/** What an implementation answers in one format. */
export const answersSchema = z
  .record(z.string(), z.union([z.null(), z.array(z.array(number)), z.literal('refuses')]))
  .describe(
    'signprox answers: x¹, …, x^T by id of the vector, or "refuses" for an error; null or absent for what is not offered',
  );
export type Answers = z.output<typeof answersSchema>;

const numberOf = (value: number | string): number => (typeof value === 'number' ? value : specials[value as Special]);

export type Rows = readonly (readonly Interval[])[] | 'refuses';
export type Iterates = readonly (readonly number[])[] | 'refuses';

export const fits = (rows: Rows, iterates: Iterates): boolean =>
  rows === 'refuses' || iterates === 'refuses'
    ? rows === iterates
    : iterates.length === rows.length &&
      rows.every(
        (row, t) => row.length === iterates[t]!.length && row.every((each, i) => contains(each, iterates[t]![i]!)),
      );

/** How near to a wrong form an answer must be to look like it, if intervals are narrower. */
const nearEnough = 1e-6;

/** Whether an answer is near to that of a wrong form, by the width of what is right. */
export const isNear = (rows: Rows, form: readonly (readonly (number | Special)[])[], iterates: Iterates): boolean =>
  iterates !== 'refuses' &&
  iterates.length === form.length &&
  form.every(
    (own, t) =>
      own.length === iterates[t]!.length &&
      own.every((like, i) => {
        if (typeof like === 'string') return contains(like, iterates[t]![i]!);
        const radius = rows === 'refuses' ? 0 : radiusOf(rows[t]![i]!);
        const reach = Math.max(2 * radius, nearEnough * Math.max(1, Math.abs(like)));
        return radius === Number.POSITIVE_INFINITY || Math.abs(iterates[t]![i]! - like) <= reach;
      }),
  );

/** The first entry that the usual answer does not have. */
function wrongEntry(rows: Rows, iterates: Iterates): { returned: string; right: string } {
  if (rows === 'refuses' && iterates !== 'refuses')
    return { returned: `x_1 = [${iterates[0]?.join(', ') ?? ''}]`, right: 'an error' };
  for (const [t, row] of rows === 'refuses' ? [] : rows.entries()) {
    for (const [i, interval] of row.entries()) {
      const x = iterates === 'refuses' ? undefined : iterates[t]?.[i];
      if (x !== undefined && contains(interval, x)) continue;
      const right = typeof interval === 'string' ? interval : `${interval[0]} to ${interval[1]}`;
      const missing = iterates === 'refuses' ? 'is refused' : 'is missing';
      return { returned: `x_${t + 1}[${i}] ${x === undefined ? missing : `= ${x}`}`, right };
    }
  }
  return { returned: 'each answer is right by some convention', right: 'all of them by one convention' };
}

/** Whether a vector has an answer, which may be that it is refused. */
export const isAnswered = (answer: Answers[string] | undefined): boolean => answer !== undefined && answer !== null;

/** What is answered to a vector, in numbers. */
export function iteratesIn(answers: Answers, { id }: Vector): Iterates {
  const own = answers[id]!;
  return own === 'refuses' ? own : own.map((x) => x.map(numberOf));
}

/** Judges the answers to the vectors of one subject in a format: they pass if one convention explains all of them. */
export function judgeAnswers(
  file: VectorFile,
  format: AnswerFormat,
  answers: Answers,
  follows?: string,
): JudgedAnswers {
  const { subject, conventions, references, forms, vectors } = file;
  const asked = vectors.filter((vector) => vector.answers.some((answer) => answer[format] !== undefined));
  const answered = asked.filter(({ id }) => isAnswered(answers[id]));
  const wanted = follows === undefined ? undefined : references[follows]?.convention;
  let left = conventions.map((_, c) => c).filter((c) => wanted === undefined || c === wanted);
  let like = forms.map((_, f) => f);
  let failed: JudgedAnswers['failed'];
  for (const vector of answered) {
    const iterates = iteratesIn(answers, vector);
    const rowsOf = (answer: Vector['answers'][number]): Rows => answer[format] as Rows;
    const right = new Set(
      vector.answers.flatMap((answer) => (fits(rowsOf(answer), iterates) ? answer.conventions : [])),
    );
    const usual = vector.answers.find((answer) => answer.conventions.includes(wanted ?? 0))!;
    like = like.filter((f) => {
      const form = vector.looksLike[f];
      return form === undefined ? right.has(0) : isNear(rowsOf(usual), form, iterates);
    });
    left = left.filter((c) => right.has(c));
    if (left.length === 0) failed ??= { id: vector.id, ...wrongEntry(rowsOf(usual), iterates) };
  }
  return {
    subject,
    verdict: answered.length === 0 ? 'no answers' : failed === undefined ? 'pass' : 'fail',
    answered: answered.length,
    of: asked.length,
    conventions: left.map((c) => conventions[c]!),
    ...(failed && { failed }),
    looksLike: failed === undefined ? [] : like.map((f) => forms[f]!),
  };
}

/** What is beside the files of vectors in their folder. */
const notVectors = ['manifest.json', 'kills.json'];

/**
 * The vectors of a folder, in the order of their names.
 *
 * @throws InvalidInputError if the folder cannot be read, or a file in it is not one of vectors
 */
export async function readVectorFiles(directory: string): Promise<ReadonlyMap<string, VectorFile>> {
  let names: string[];
  try {
    names = (await readdir(directory)).filter((name) => name.endsWith('.json') && !notVectors.includes(name)).sort();
  } catch (error) {
    throw new InvalidInputError(`cannot read vectors from ${directory}: ${(error as Error).message}`);
  }
  if (names.length === 0) throw new InvalidInputError(`${directory} has no files of vectors`);
  const files = new Map<string, VectorFile>();
  for (const name of names) files.set(name, await readVectorFile(join(directory, name)));
  return files;
}

/** @throws InvalidInputError if the file cannot be read, or is not one of vectors */
export async function readVectorFile(path: string): Promise<VectorFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InvalidInputError(`cannot read ${path}: ${whyUnreadable(error)}`);
  });
  return parsed(text, path, vectorFileSchema, 'a file of vectors');
}

/**
 * The answers in a text that came from `path`, all of vectors that there are.
 *
 * @throws InvalidInputError if it is not one of answers
 */
export function answersIn(text: string, path: string, files: Iterable<VectorFile>): Answers {
  const answers = parsed(text, path, answersSchema, 'a file of answers');
  const known = new Set([...files].flatMap(({ vectors }) => vectors.map(({ id }) => id)));
  const unknown = Object.keys(answers).find((id) => !known.has(id));
  if (unknown !== undefined) throw new InvalidInputError(`${path}: there is no vector ${unknown}`);
  return answers;
}

function parsed<Schema extends z.ZodType>(text: string, path: string, schema: Schema, what: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${path} is not JSON: ${(error as Error).message}`);
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new InvalidInputError(`${path} is not ${what}: ${issue!.path.join('.') || 'the whole'}: ${issue!.message}`);
}

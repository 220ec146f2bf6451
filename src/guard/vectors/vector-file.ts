import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type FunctionFormat, type FunctionQuestion, levels } from './function-question.js';
import { type Format, formatNames, type OptimiserQuestion } from './optimiser-question.js';

const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/)
  .describe('a decimal, to be read as the double nearest to it');

const interval = z
  .union([z.tuple([decimal, decimal]), z.enum(['any', 'nan', 'inf', '-inf'])])
  .describe(
    'the smallest and the largest number that is right; "any": any number, finite or not; "nan", "inf", "-inf": that and nothing else',
  );

const iterates = z.array(z.array(interval).min(1)).min(1);

/** The formats of answers, and the levels of accuracy of a prox by iteration. */
export type AnswerFormat = Format | FunctionFormat;
export const answerFormats: readonly AnswerFormat[] = [...formatNames, ...levels];

const index = z.number().int().nonnegative();

/** An answer of x¹, …, x^T, or of what else there may be, in each format. */
const answerOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .strictObject({
      conventions: z.array(index).min(1).describe('those in whose list of the file this answer is right'),
      ...Object.fromEntries(answerFormats.map((name) => [name, schema.exactOptional()])),
    } as { conventions: z.ZodArray<z.ZodNumber> } & Record<AnswerFormat, z.ZodExactOptional<Schema>>)
    .describe(
      'x¹, …, x^T in each format in which the question is asked, or at each level of accuracy of a prox by iteration',
    );

/** A number, or the word for what is none. */
const entry = z.union([z.number(), z.enum(['nan', 'inf', '-inf'])]);

const numbers = z.array(z.number()).min(1);

const shared = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{12}$/)
    .describe('the subject and 48 bits of the SHA-256 of the question: the same for ever'),
  looksLike: z
    .record(z.string().regex(/^\d+$/), z.array(z.array(entry).min(1)))
    .describe(
      'by place in `forms`, what that wrong form answers, in 7 digits; a form that is not here answers rightly',
    ),
};

const optimiserVector = z
  .strictObject({
    start: z
      .enum(['carried', 'reset'])
      .describe('carried: each step starts from the x that the last one made. reset: write x⁰ into x before each step'),
    hyperparameters: z.record(z.string(), z.union([z.number(), z.boolean()])),
    shape: z
      .tuple([index, index])
      .exactOptional()
      .describe('rows and columns, if x is a matrix: its entries row by row'),
    x: numbers.describe('x⁰'),
    steps: numbers.describe('γ_1, …, γ_T'),
    gradients: z.array(numbers).min(1).describe('g_1, …, g_T, wherever x is'),
    functions: z
      .array(z.array(z.looseObject({ type: z.string() })).min(1))
      .exactOptional()
      .describe('the r_b of each step, as in the protocol: P̂(x) = (1/B) Σ_b prox_{γr_b}(x − γg)'),
    answers: z.array(answerOf(iterates)).min(1),
    ...shared,
  })
  .describe('a run of an optimiser; answers are x¹, …, x^T');

const functionVector = z
  .strictObject({
    function: z.looseObject({ type: z.string() }).describe('r, as in the protocol'),
    step: z.number().exactOptional().describe('γ of a prox; a value and a gradient have none'),
    x: z.array(entry).min(1).describe('y of a prox, u of a value or a gradient'),
    answers: z
      .array(
        answerOf(
          z
            .union([iterates, z.literal('refuses')])
            .describe('an interval for each entry; "refuses": an error, no number'),
        ),
      )
      .min(1),
    ...shared,
  })
  .describe(
    'a prox, a value or a gradient; answers are one point, and where several minimise, any of them; a value is a point of one entry',
  );

/** A file of `fixtures/vectors/v1`: a subject with its questions. */
export const vectorFileSchema = z
  .strictObject({
    format: z.literal('signprox-vectors-1'),
    subject: z.string().min(1),
    source: z.string().min(1),
    statement: z.string().min(1),
    choices: z.record(z.string(), z.string()).describe('what each name in `conventions` means, and who has it'),
    conventions: z
      .array(z.string())
      .min(1)
      .describe('every combination of choices: an implementation passes if one of them explains all of its answers'),
    references: z
      .record(z.string(), z.strictObject({ source: z.string(), convention: index }))
      .describe('what papers and libraries have chosen, as a place in `conventions`'),
    forms: z.array(z.string()).describe('wrong forms that `looksLike` names'),
    vectors: z.array(z.union([optimiserVector, functionVector])).min(1),
  })
  .describe(
    'signprox test vectors, version 1: the questions about one optimiser or function, with an interval for each entry of the answers',
  );

export type VectorFile = z.output<typeof vectorFileSchema>;
export type Vector = VectorFile['vectors'][number];
export type OptimiserVector = z.output<typeof optimiserVector>;
export type FunctionVector = z.output<typeof functionVector>;

/** Whether a vector asks for a prox, a value or a gradient. */
export const isOfFunction = (vector: Vector): vector is FunctionVector => 'function' in vector;

/** The part of a vector that is asked, with its fields in one order. */
export const questionOf = <Question extends OptimiserQuestion | FunctionQuestion>(vector: Question): Question =>
  Object.fromEntries(
    ['start', 'hyperparameters', 'shape', 'function', 'x', 'step', 'steps', 'gradients', 'functions'].flatMap((name) =>
      name in vector ? [[name, vector[name as keyof Question]]] : [],
    ),
  ) as unknown as Question;

/** The name of a question, which depends on the question alone. */
export const idOfQuestion = (subject: string, question: OptimiserQuestion | FunctionQuestion): string =>
  `${subject}-${createHash('sha256')
    .update(JSON.stringify(questionOf(question)))
    .digest('hex')
    .slice(0, 12)}`;

/** A file as text: one vector on a line, so that a line of a difference is a vector. */
export function vectorFileText({ vectors, ...head }: VectorFile): string {
  const lines = vectors.map((each) => `    ${JSON.stringify(each)}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "vectors": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

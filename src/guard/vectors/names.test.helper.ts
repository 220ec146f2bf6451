import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wrapAnsi from 'wrap-ansi';
import { roundTo } from '../../claims/implementation/dtype.js';
import type { Identity } from '../../claims/vector-verdicts.js';
import { parseFunction } from '../../reference/functions/index.js';
import type { Answers } from './check-answers.js';
import { answeredBy, formsIn, rowsBy } from './forms.js';
import { askedOf, type FunctionQuestion, isIterated, type OrdinaryQuestion } from './function-question.js';
import { identified, shippedVectors } from './identify.js';
import { inFile, radiusOf } from './interval.js';
import { isValid } from './policy-answers.js';
import type { AnswerFormat, Vector, VectorFile } from './vector-file.js';
import { propagated, type WrongAnswer, wrongAnswers } from './wrong-answers.js';

/** The formats of the table. */
export const namedFormats = ['f64', 'f32'] as const;
type Format = (typeof namedFormats)[number];

/** What a vector may be answered: the iterates, or that it is refused. */
type Answer = readonly (readonly number[])[] | 'refuses';

/** An implementation whose name is known. */
interface Known {
  readonly form: string | undefined;
  readonly convention: number;
  readonly answer: (vector: Vector, format: Format) => Answer;
}

/** What is named of the implementations of a subject in a format. */
interface Named {
  /** Implementations whose name excludes all others that some question separates from it. */
  readonly named: number;
  /** What is named as something that it is not, and as nothing. */
  readonly wrong: readonly string[];
  readonly unnamed: readonly string[];
}

/** The answer of the reference to what is asked of a function. */
export function rightAnswerOf(subject: string): WrongAnswer {
  const { kind } = askedOf(subject)!;
  return (question) => {
    if (kind === 'policy') return isValid(question) ? propagated(question) : 'refuses';
    const { function: own, step, x } = question as OrdinaryQuestion;
    const [target, point] = [parseFunction(own), Float64Array.from(x)];
    if (kind === 'value') return Float64Array.of(target.value(point));
    return kind === 'gradient' ? target.gradient!(point) : target.prox(point, step!);
  };
}

/** Forms that are wrong for some question that was drawn about a subject, and not for others alone. */
const kills = JSON.parse(readFileSync(join(shippedVectors, 'kills.json'), 'utf8')) as Readonly<
  Record<string, { readonly formats: Readonly<Record<string, { readonly wrong: object }>> }>
>;
const isWrongIn = (subject: string, form: string): boolean =>
  Object.values(kills[subject]!.formats).some(({ wrong }) => form in wrong);

/** Every implementation of the subject of a file: right or wrong, beside every convention. */
export function implementationsOf(file: VectorFile): readonly Known[] {
  const forms = formsIn(file);
  if (forms !== undefined) {
    return forms.map((each) => ({ ...each, answer: (vector, format) => answeredBy(each, vector, format) }));
  }
  const { kind, type } = askedOf(file.subject)!;
  const wrong = [...wrongAnswers(kind, type)].filter(([form]) => isWrongIn(file.subject, form));
  return [[undefined, rightAnswerOf(file.subject)] as const, ...wrong].map(([form, own]) => ({
    ...{ form, convention: 0 },
    answer: (vector, format) => {
      const point = own(vector as FunctionQuestion);
      return point === 'refuses' ? point : [Array.from(point, (value) => roundTo(format, value))];
    },
  }));
}

/** What differs from a number by less is not told from it in seven digits of a wrong form, nor meant to be. */
const digits = 2 ** -40;

/** Whether a name is one of what an implementation is: its form, and the choices that it says. */
const isNameOf = (
  { is, looksLike, choices }: Pick<Identity, 'is' | 'looksLike' | 'choices'>,
  { form, convention }: Known,
  words: readonly (readonly string[])[],
): boolean =>
  (is ? form === undefined : form !== undefined && looksLike.includes(form)) &&
  choices.every((choice) => words[convention]!.includes(choice));

/** Asks all implementations of a subject who they are. Undefined if nothing is asked in the format. */
function namesOf(file: VectorFile, format: Format): Named | undefined {
  const asked = askedOf(file.subject);
  const isByLevel = asked?.kind === 'prox' && isIterated(asked.type);
  const level: AnswerFormat = isByLevel && format === 'f64' ? '1e-12' : format;
  const vectors = file.vectors.filter(({ answers }) => answers.some((answer) => answer[level] !== undefined));
  if (vectors.length === 0) return undefined;
  const known = implementationsOf(file);
  const words = file.conventions.map((each) => each.split(' '));
  const doubles = known.map(({ answer }) =>
    vectors.map((vector) => {
      const own = answer(vector, 'f64');
      return own === 'refuses' ? own : own.flat();
    }),
  );
  const radii = file.conventions.map((_, convention) =>
    vectors.map((vector) => {
      const rows = rowsBy(vector, convention, level);
      return rows === undefined || rows === 'refuses' ? [] : rows.flat().map(radiusOf);
    }),
  );
  const isNear = (x: number, y: number, radius = 0): boolean =>
    Object.is(x, y) || Math.abs(x - y) <= Math.max(2 * radius, digits * Math.max(1, Math.abs(x)));
  const seemsAlike = (i: number, j: number): boolean =>
    vectors.every((_, v) => {
      const [one, other] = [doubles[i]![v]!, doubles[j]![v]!];
      const own = radii[known[i]!.convention]![v]!;
      if (one === 'refuses' || other === 'refuses') return one === other;
      return one.every((x, k) => isNear(x, other[k]!, own[k]));
    });
  /** Whether no question separates them. */
  const areAlike = (i: number, j: number): boolean => seemsAlike(i, j) || seemsAlike(j, i);
  const identities = known.map(({ answer }) => {
    const answers: Answers = Object.fromEntries(
      vectors.map((vector) => {
        const own = answer(vector, format);
        return [vector.id, own === 'refuses' ? own : own.map((x) => x.map(inFile))];
      }),
    );
    return identified(file, level, answers)!.identity;
  });
  const isNamed = (i: number, as: number): boolean => isNameOf(identities[i]!, known[as]!, words);
  const nameOf = ({ form = 'right', convention }: Known): string => `${form}, ${file.conventions[convention]}`;
  const own = known.map((_, i) => isNamed(i, i) || known.some((_other, j) => isNamed(i, j) && areAlike(i, j)));
  const isSilent = ({ is, looksLike }: Pick<Identity, 'is' | 'looksLike'>): boolean => !is && looksLike.length === 0;
  const isOther = (i: number, j: number): boolean => i !== j && isNamed(i, j) && !areAlike(i, j);
  return {
    named: known.filter((_, i) => own[i] && !known.some((_other, j) => isOther(i, j))).length,
    wrong: known.flatMap((each, i) => (own[i] || isSilent(identities[i]!) ? [] : [nameOf(each)])),
    unnamed: known.flatMap((each, i) => (isSilent(identities[i]!) ? [nameOf(each)] : [])),
  };
}

/** By subject and format what is named. */
export type Names = Readonly<
  Record<string, { readonly implementations: number; readonly formats: Readonly<Record<string, Named>> }>
>;

/** What is named of the implementations of all subjects. */
export const namesIn = (files: Iterable<VectorFile>): Names =>
  Object.fromEntries(
    [...files].map((file) => [
      file.subject,
      {
        implementations: implementationsOf(file).length,
        formats: Object.fromEntries(
          namedFormats.flatMap((format) => {
            const own = namesOf(file, format);
            return own === undefined ? [] : [[format, own]];
          }),
        ),
      },
    ]),
  );

/** The names as the file beside the vectors has them: a subject on a line. */
export const namesText = (names: Names): string =>
  `{\n${Object.entries(names)
    .map(([subject, own]) => `${JSON.stringify(subject)}: ${JSON.stringify(own)}`)
    .join(',\n')}\n}\n`;

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** What is named of some subjects in a format, in all. */
export function namedIn(names: Names, format: Format, subjects: readonly string[]) {
  const own = subjects.flatMap((subject) => {
    const { implementations, formats } = names[subject]!;
    const found = formats[format];
    return found === undefined ? [] : [{ implementations, ...found }];
  });
  return {
    implementations: sum(own.map((each) => each.implementations)),
    named: sum(own.map((each) => each.named)),
    wrong: sum(own.map((each) => each.wrong.length)),
  };
}

/** Where the section of the page begins. */
export const namesHeading = '### How often a name is right';

/** The section of the page. */
export function namesSection(names: Names): string {
  const [doubles, single] = namedFormats.map((format) => namedIn(names, format, Object.keys(names)));
  const { implementations, named, wrong } = doubles!;
  const text = [
    `In doubles \`signprox identify\` names ${named} of ${implementations} implementations with all that some question shows, and ${wrong} wrongly;`,
    `in single precision it names ${single!.named} of ${single!.implementations}, and ${single!.wrong} wrongly.`,
    'An implementation is a right or wrong form of the suite beside one of the conventions of the file. It is named if what is said',
    'of its form and its conventions excludes every other of its file that some question separates from it.',
    '`fixtures/vectors/names.json` has these counts for each algorithm and each kind of question, and what is not named;',
    '`npm run vectors -- --names` counts again. A form that refuses everything is not named.',
  ];
  return `${namesHeading}\n\n${wrapAnsi(text.join(' '), 120)}\n`;
}

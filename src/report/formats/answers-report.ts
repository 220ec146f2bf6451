import { plural } from '../../claims/text.js';
import type { JudgedAnswers } from '../../claims/vector-verdicts.js';
import type { Fact } from '../document.js';
import { named } from '../view/verdicts.js';
import { screenText, signs, type TableOptions, type Verdict } from '../wording/screen.js';

/** The end of `signprox vectors check`: whether the answers in a format are right, what is wrong with each subject that fails, and the subjects. */
export function answersTable(
  judged: readonly JudgedAnswers[],
  format: string,
  exitCode: number,
  options: TableOptions = {},
): string {
  const verdict = answersVerdict(judged);
  const failing = judged.filter(({ failed }) => failed !== undefined);
  const [only] = judged;
  return screenText(
    {
      verdict,
      about: format,
      blocks: [
        ...failing.map((each) => ({
          // The first line has said it of a single one.
          verdicts: [answersVerdict([each])].filter(({ text }) => text !== verdict.text),
          facts: failureFacts(each),
        })),
        judged.length > 1 ? tableOf(judged) : { facts: only === undefined ? [] : countFacts(only) },
      ],
      more: [],
      exitCode,
    },
    options,
  );
}

const marks = { pass: 'good', fail: 'bad', 'no answers': 'warn' } as const;

/** Whether the answers are right, in words: `adamw is right`, `1 of 3 are wrong: lion`. */
export function answersVerdict(judged: readonly JudgedAnswers[]): Verdict {
  const answered = judged.filter(({ verdict }) => verdict !== 'no answers');
  const wrong = answered.filter(({ verdict }) => verdict === 'fail').map(({ subject }) => subject);
  const [only] = answered;
  if (only === undefined) return { mark: 'warn', text: 'nothing was judged: no vector of this format has an answer' };
  if (answered.length === 1) return { mark: marks[only.verdict], text: `${only.subject} is ${saying[only.verdict]}` };
  return wrong.length === 0
    ? { mark: 'good', text: `${answered.length} of ${answered.length} right` }
    : { mark: 'bad', text: `${wrong.length} of ${answered.length} are wrong: ${named(wrong)}` };
}

const saying = { pass: 'right', fail: 'wrong', 'no answers': 'not answered' } as const;

function failureFacts({ failed, looksLike }: JudgedAnswers): Fact[] {
  const like = looksLike.length === 0 ? 'no known wrong form' : looksLike.join(' / ');
  return [
    ['vector', failed!.id],
    ['returned', failed!.returned],
    ['right', failed!.right],
    ['looks like', like],
  ];
}

function countFacts(judged: JudgedAnswers): Fact[] {
  const convention = conventionText(judged);
  return [
    ['answered', `${judged.answered} of ${plural(judged.of, 'vector')}`],
    ...(convention === '' ? [] : [['convention', convention] as const]),
  ];
}

const tableOf = (judged: readonly JudgedAnswers[]) => ({
  table: {
    columns: [{ title: 'subject' }, { title: 'right' }, { title: 'answered' }, { title: 'convention' }],
    rows: judged.map((each) => [
      each.subject,
      signs[marks[each.verdict]],
      `${each.answered} of ${each.of}`,
      conventionText(each),
    ]),
  },
});

/** The convention, if one is left of several; else how many are. */
const conventionText = ({ conventions }: JudgedAnswers): string =>
  conventions.length > 1 ? `any of ${conventions.length}` : conventions.join('').replace('the-rule', '');

import { plural } from '../../claims/text.js';
import type { Fact } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { failureFacts, whyFacts } from '../sections/failure.js';
import { askedText, coverText, leftText } from '../view/asked.js';
import { incompleteText } from '../view/claims.js';
import {
  conventionTexts,
  failedSubjects,
  fixedLines,
  inapplicableText,
  isFixed,
  knownLines,
  legendOf,
  notAsked,
  orderedCounts,
  refusalLines,
  type Subject,
  signOf,
  subjectGrids,
  unjudgedTexts,
} from '../view/subjects.js';
import { guardVerdict, implementationText, judgedSubjects, named, subjectVerdict } from '../view/verdicts.js';
import { formatSeconds } from '../wording/format-number.js';
import { type Screen, type ScreenBlock, screenText, type TableOptions, type Verdict } from '../wording/screen.js';
import { ledgerBlocks } from './ledger-table.js';

/**
 * A run by subject, for a terminal: the verdict, a paragraph for each subject that fails, the table of subjects, and what the verdict covers.
 */
export function subjectTable(record: RunRecord, options: TableOptions = {}): string {
  return screenText(guardScreen(record, options), options);
}

/** Largest number of subjects with a paragraph: a user with more to fix starts with the first. */
const mostTold = 12;

function guardScreen(record: RunRecord, { ledger = false, report }: TableOptions): Screen {
  const found = subjectsOf(record);
  const { subjects } = found;
  const failed = failedSubjects(subjects);
  const verdict = guardVerdict(record, found);
  const others = claimsApart(record, subjects).filter((claim) => !isFixed(claim));
  return {
    verdict,
    about: implementationText(record.implementation),
    blocks: [
      ...failed.slice(0, mostTold).map((subject) => ({
        // The first line has said it of a single one.
        verdicts: [subjectVerdict(subject)].filter(({ text }) => text !== verdict.text),
        facts: failureFacts(subject, record, ledger),
      })),
      ...untold(failed.slice(mostTold)),
      ...others.map((claim) => ({
        verdicts: [{ mark: 'bad' as const, text: `${claim.id}: ${claim.outcome}` }],
        facts: [...whyFacts(claim), ['again', { code: claim.evidence.reproduce }] as const],
      })),
      ...gridBlocks(subjects),
      ...remarks(record, subjects),
      ...(ledger ? [...expected(record, subjects), ...ledgerBlocks(record)] : []),
      { text: [summary(record, subjects)] },
    ],
    more: report === undefined ? [] : [`report  ${report}`],
    exitCode: record.exitCode,
  };
}

function untold(subjects: readonly Subject[]): ScreenBlock[] {
  const [first] = subjects;
  if (first === undefined) return [];
  const one = subjects.length === 1 ? 'it' : 'the first of them';
  const names = named(subjects.map(({ subject }) => subject));
  return [
    {
      text: [
        `${subjects.length} more fail: ${names}. The report tells of each; --only '${first.subject}' judges ${one}.`,
      ],
    },
  ];
}

/** Most rows of which nothing was asked; of more there is only the number. */
const mostUnasked = 3;

/** Functions and algorithms by method, and operators: a sign for each that has a verdict, and what the less usual signs mean. */
function gridBlocks(subjects: readonly Subject[]): ScreenBlock[] {
  const shown = subjects.filter(({ verdict, why }) => verdict !== 'not-offered' || why !== undefined);
  if (shown.length < 2) return [];
  const grids = subjectGrids(shown).map(({ title, methods, rows }): ScreenBlock => {
    const isUnasked = ({ cells }: (typeof rows)[number]): boolean =>
      [...cells.values()].every(({ verdict }) => verdict === 'not-asked');
    const unasked = rows.filter(isUnasked);
    const kept = unasked.length > mostUnasked ? rows.filter((row) => !isUnasked(row)) : rows;
    const rest = unasked.length > mostUnasked ? [[`${unasked.length} others`, ...methods.map(() => '○')]] : [];
    return {
      table: {
        columns: [{ title }, ...methods.map((method) => ({ title: method }))],
        rows: [
          ...kept.map(({ label, cells }) => [label, ...methods.map((method) => signIn(cells.get(method)))]),
          ...rest,
        ],
      },
    };
  });
  const unusual = legendOf(shown).filter((line) => !/^[✓✗] /.test(line));
  return [...grids, ...(unusual.length > 0 ? [{ text: [unusual.join(' · ')] }] : [])];
}

const signIn = (subject: Subject | undefined): string => (subject === undefined ? '' : signOf(subject));

/** What a reader must know besides the verdict. */
function remarks(record: RunRecord, subjects: readonly Subject[]): ScreenBlock[] {
  const left = leftText(subjects);
  const crashed = record.claims.find(({ id }) => id === 'guard-crashes');
  const incomplete = incompleteText(record);
  const refusing = refusalLines(subjects);
  const told = [
    ...(crashed === undefined ? [] : [crashed.evidence.reason]),
    ...(left === undefined ? [] : [left]),
    ...unjudgedTexts(record),
    ...fixedLines(record),
    ...knownLines(subjects),
    ...conventionTexts(record).filter((text) => text !== usualConvention),
  ];
  const warn = (text: string): Verdict => ({ mark: 'warn', text });
  return [
    // Its last line says what to do.
    { verdicts: refusing.slice(0, -1).map(warn), facts: refusing.slice(-1).map((text): Fact => ['to do', text]) },
    { verdicts: told.map(warn) },
    {
      facts:
        incomplete === undefined
          ? []
          : [
              ['not checked', incomplete.remaining],
              ['for the rest', { code: incomplete.resume }],
            ],
    },
  ];
}

/** The convention of nearly all libraries. */
const usualConvention = 'convention found: the prox minimises ½‖u − y‖² + γr(u)';

/** What is as expected: what was asked of each right subject, and what no question was about. */
function expected(record: RunRecord, subjects: readonly Subject[]): ScreenBlock[] {
  const asked = subjects.flatMap((subject): Fact[] => {
    const text = ['right', 'thin'].includes(subject.verdict) ? askedText(subject, record.implementation) : undefined;
    const why = subject.thin === undefined ? '' : ` (${subject.thin})`;
    return text === undefined ? [] : [['asked', `${subject.subject}${why}: ${text}`]];
  });
  return [{ facts: asked }, { text: [...inapplicableText(record), ...conventionTexts(record)] }];
}

/** Times as many questions as at the depth before. */
const deeper = {
  quick: 'Five times as many: --depth standard.',
  standard: 'Twenty times as many: --depth deep.',
  deep: '',
} as const;

/** How many there are of each verdict, how much was asked, and what a right verdict does not cover. */
function summary(record: RunRecord, subjects: readonly Subject[]): string {
  const { depth, seed, timing, implementation } = record;
  const judged = judgedSubjects(subjects);
  const counts: Partial<Record<Subject['verdict'], number>> = {};
  for (const { verdict } of judged) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const isMixed = judged.some(({ verdict }) => verdict !== 'right');
  const score = isMixed
    ? `${orderedCounts(counts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(' · ')}. `
    : '';
  const questions = plural(
    judged.reduce((sum, { cases }) => sum + cases, 0),
    'question',
  );
  const time = timing === undefined ? '' : `, ${formatSeconds(timing.seconds)}`;
  const cover = coverText(subjects);
  const without = notAsked(implementation);
  const declared = without === undefined ? '' : ` Not asked, as it declares: ${without}.`;
  const limits =
    cover === undefined || record.exitCode !== 0 ? '' : ` Evidence, not a proof: ${cover}. ${deeper[depth]}`;
  return `${score}${questions}, ${depth}, seed ${seed}${time}.${limits}${declared}`;
}

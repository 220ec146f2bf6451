import { plural } from '../../claims/text.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { claimFailure, failureFacts } from '../sections/failure.js';
import { runFacts } from '../sections/run.js';
import { askedDetails } from '../sections/subjects.js';
import { verdictLabel } from '../view/claims.js';
import {
  conventionTexts,
  countsText,
  exitText,
  failedSubjects,
  inapplicableText,
  knownLines,
  legendOf,
  refusalLines,
  type Subject,
  type SubjectGrid,
  severityText,
  signOf,
  subjectGrids,
  unjudgedTexts,
} from '../view/subjects.js';
import { escapeMarkdown } from '../wording/sanitize.js';
import {
  Bounded,
  clipped,
  clippedFacts,
  clippedText,
  lengthOf,
  longestMarkdown,
  noteLength,
} from './bounded-markdown.js';
import { markdownBlocks, tableText } from './markdown-blocks.js';
import {
  closingSections,
  figureSections,
  folded,
  ledgerOf,
  type MarkdownFlavour,
  notice,
  troubledSections,
} from './markdown-report.js';

/** Largest number of characters of the tables of subjects, and the number reserved for the ledger. */
const longestTables = 20_000;
const ledgerReserve = 8000;

/**
 * The run by subject, as Markdown: subjects by method, a section for each that fails, counts, then the ledger with its details. Never longer
 * than a GitHub comment may be: the details of the ledger are left out first, and it names what is left out.
 */
export function markdownSubjects(given: RunRecord, flavour: MarkdownFlavour): string {
  const record = clipped(given);
  const found = subjectsOf(record);
  const { subjects } = found;
  const head = [
    `# ${escapeMarkdown(record.suite.name)}: ${escapeMarkdown(record.implementation.name)}`,
    ...notice(record, flavour, clippedText(exitText(record, subjects), longestExample), []),
  ];
  const counts = [
    [countsText(found), ...inapplicableText(record), ...conventionTexts(record), ...unjudgedTexts(record)]
      .map((line) => `${escapeMarkdown(line)}.`)
      .join(' '),
    ...markdownBlocks([runFacts(record)]),
  ];
  const report = new Bounded(longestMarkdown - lengthOf([...head, ...counts]));
  const tables = report.add(subjectTables(found, longestTables));
  const known = report.add(knownSection(subjects, report.left - ledgerReserve));
  const sections = report.add(failures(record, subjects, report.left - ledgerReserve));
  const ledger = report.addFitting([
    ledgerOf(record),
    ...askedDetails(record, subjects).map(({ details }) => folded('What was asked', details)),
    ...closingSections(record),
    ...troubledSections(record),
    ...figureSections(record),
  ]);
  return `${[...head, ...tables, ...sections, ...known, ...counts, ...ledger].join('\n\n')}\n`;
}

/** Functions by method, then subjects about problems. If there are too many, right ones are left out first. */
function subjectTables({ subjects }: SubjectsRecord, limit: number): string[] {
  if (subjects.length === 0) return [];
  const grids = subjectGrids(subjects);
  const legend = `${escapeMarkdown(legendOf(subjects).join(', '))}.`;
  let left = limit - legend.length;
  const tables = grids.flatMap((grid, j) => {
    const share = left / (grids.length - j);
    const blocks = gridTable(grid, share);
    left -= lengthOf(blocks);
    return blocks;
  });
  return ['## Functions', ...tables, legend];
}

const isRight = ({ verdict }: Subject): boolean => verdict === 'right' || verdict === 'not-offered';

function gridTable({ title, methods, rows }: SubjectGrid, limit: number): string[] {
  const lines = rows.map(({ label, cells }) => ({
    right: [...cells.values()].every(isRight),
    cells: [
      clippedText(label, 120),
      ...methods.map((method) => {
        const subject = cells.get(method);
        if (subject === undefined) return '';
        return isRight(subject) ? signOf(subject) : `${signOf(subject)} ${subject.verdict}`;
      }),
    ],
  }));
  const headings = [title, ...methods.map((method) => clippedText(method, 60))];
  const tableOf = (shown: readonly (typeof lines)[number][]): string =>
    tableText(
      headings,
      shown.map(({ cells }) => cells),
    );
  const whole = tableOf(lines);
  if (lengthOf([whole]) <= limit) return [whole];
  let left = limit - lengthOf([tableOf([]), '']) - noteLength;
  const kept = new Set<(typeof lines)[number]>();
  for (const line of [...lines.filter(({ right }) => !right), ...lines.filter(({ right }) => right)]) {
    left -= tableOf([line]).length - tableOf([]).length;
    if (left < 0) break;
    kept.add(line);
  }
  const cut = lines.filter((line) => !kept.has(line));
  const all = cut.every(({ right }) => right) ? ', all right' : '';
  return [
    tableOf(lines.filter((line) => kept.has(line))),
    `${plural(cut.length, 'row')} more in \`index.html\`${all}.`,
  ];
}

/** Largest number of characters of an example to show. The end of a counterexample says what is right, so none but a long message is cut. */
const longestExample = 1200;

/** A section for each subject that fails and for each claim that fails apart from them, as many as fit into `limit` characters. */
function failures(record: RunRecord, subjects: readonly Subject[], limit: number): string[] {
  const failed = failedSubjects(subjects);
  const apart = claimsApart(record, subjects);
  const all = failed.length + apart.length;
  if (all === 0) return [];
  const bounded = new Bounded(limit - noteLength);
  const sections: string[] = [];
  for (const section of [...failed.map((subject) => failedSection(subject, record)), ...apart.map(apartSection)]) {
    if (!bounded.fits(section)) break;
    sections.push(...bounded.add([section]));
  }
  const cut = all - sections.length;
  if (cut > 0) sections.push(`${cut} more ${cut === 1 ? 'fails' : 'fail'}: \`index.html\` tells of each.`);
  return sections;
}

/** Known failures, and what is refused, as far as half of the space goes. */
const knownSection = (subjects: readonly Subject[], limit: number): string[] => [
  ...listed('Refused', refusalLines(subjects), limit / 2),
  ...listed('Known failures', knownLines(subjects), limit / 2),
];

function listed(title: string, given: readonly string[], limit: number): string[] {
  const lines = given.map((line) => `- ${clippedText(line, longestExample)}`);
  if (lines.length === 0) return [];
  const bounded = new Bounded(limit);
  const end = lines.findIndex((line) => bounded.add([line]).length > 0 && bounded.left < 0);
  const shown = end < 0 ? lines : lines.slice(0, end);
  const cut = lines.length - shown.length;
  const more = cut > 0 ? [`${cut} more in \`index.html\`.`] : [];
  return [`### ${title}`, ...(shown.length > 0 ? [shown.join('\n')] : []), ...more];
}

const failedSection = (subject: Subject, record: RunRecord): string =>
  [
    `### ${clippedText(subject.subject, 160)}: ${clippedText(severityText(subject), 160)}`,
    '',
    ...markdownBlocks([{ facts: clippedFacts(failureFacts(subject, record, true), longestExample) }]),
  ].join('\n');

const apartSection = (claim: ClaimRecord): string =>
  [
    `### ${clippedText(claim.id, 160)}: ${verdictLabel(claim)}`,
    '',
    ...markdownBlocks([{ facts: clippedFacts(claimFailure(claim), longestExample) }]),
  ].join('\n');

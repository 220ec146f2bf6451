import { chartColours } from '../charts/chart-colours.js';
import type { Contribution, PageParts } from '../contribution.js';
import type { Chart } from '../document.js';
import type { Arrangement } from '../formats/format-names.js';
import type { RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { boundCard, boundDetails, columnMeanings, refutationsSection, slackSection } from '../sections/bounds.js';
import { claimLinks, legend, matrixSection } from '../sections/claim.js';
import { findingsSections } from '../sections/findings.js';
import { failureAnchors, failuresSection, propertiesSection, subjectsSection } from '../sections/subjects.js';
import { attention, verdictSection } from '../sections/verdict.js';
import { budgetText } from '../view/claims.js';
import { failedSubjects } from '../view/subjects.js';
import { implementationText } from '../view/verdicts.js';
import { claimEntry, ledgerSection } from './html-ledger.js';
import { type PageSection, page } from './html-page.js';
import { html, Markup } from './markup.js';

/**
 * The run as one page in one file: the verdict first, then the main findings, and the ledger with all evidence, and what collections of claims add to
 * it; `drawings` are for those.
 *
 * @example
 * const record = await judge(reference, { claims: 'eq9-*' });
 * assert.match(htmlReport(record), /^<!doctype html>/i);
 */
export function htmlReport(
  record: RunRecord,
  by: Arrangement = 'claims',
  from: readonly Contribution[] = [],
  drawings: readonly Chart[] = [],
): string {
  const { subjects } = subjectsOf(record);
  const failed = failedSubjects(subjects).length > 0;
  const about = { subjects, anchors: failureAnchors(subjects), apart: claimsApart(record, subjects) };
  const entries = record.claims.map((claim) => {
    const { rows = [] } = claim.evidence;
    const charts = rows.length === 0 ? undefined : boundDetails(claim.id, rows);
    return claimEntry(claim, record, charts, by === 'claims' ? undefined : about);
  });
  const parts = from.map((one) => one.page(record, drawings));
  const all = <Key extends 'sentences' | 'front' | 'evidence'>(key: Key) =>
    parts.flatMap((one) => (one[key] ?? []) as readonly NonNullable<PageParts[Key]>[number][]);
  const evidence = closed([
    boundsSection(record),
    slackSection(record),
    refutationsSection(record),
    ...all('evidence'),
    propertiesSection(record),
    matrixSection(record),
  ]);
  const answered = [subjectsSection(record), failuresSection(record)];
  const verdict = verdictSection(record, by, all('sentences'), from);
  const findings = findingsSections(record, from);
  const sections =
    by === 'claims'
      ? [
          verdict,
          attention(record, by),
          ...all('front'),
          ...findings,
          // A failure of a function stands open.
          ...(failed ? answered : []),
          ledgerSection(entries, true),
          ...[...evidence, ...(failed ? [] : closed(answered)), ...closed([legend])],
        ]
      : [
          verdict,
          ...answered,
          attention(record, by),
          ...findings,
          ...[ledgerSection(entries, false, true), ...evidence, ...closed([legend])],
        ];
  const { suite, implementation } = record;
  const title = by === 'claims' ? parts.find((one) => one.title !== undefined)?.title : undefined;
  return page(
    title ?? `${suite.name}: ${implementationText(implementation)}`,
    by === 'claims'
      ? 'signProx takes one-bit proximal steps. We checked every statement of its paper: what holds, what fails, and the command that shows it.'
      : 'What each function returned, what is right, and how to reproduce it.',
    sections.filter((section) => section !== undefined),
    footer(record),
  );
}

const closed = (sections: readonly (PageSection | undefined)[]): (PageSection | undefined)[] =>
  sections.map((section) => section && { ...section, closed: 'apart' as const });

const { left, bound, sharp, reference, violated, background } = chartColours;

const stroke = (colour: string, width: number, dash = 'none'): string =>
  `<path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`;

const dot = (fill: string, outline = ''): string => `<circle cx="17" cy="7" r="3.4" fill="${fill}"${outline}/>`;

/** What the marks of a chart of bounds mean. */
const marks: readonly (readonly [meaning: string, drawing: string])[] = [
  ['left side with its interval', `<path d="M17,1V13" stroke="${left.light}" stroke-width="2"/>${dot(left.light)}`],
  ['decided by the cap M ≤ b alone', dot(background.light, ` stroke="${left.light}" stroke-width="1.5"`)],
  ['violated', `<path d="M17,2V12M12,7H22" stroke="${violated.light}" stroke-width="3"/>`],
  ['beyond the axis', `<path d="M12,3H22L17,11Z" fill="${left.light}"/>`],
  ['fitted power law', stroke(left.light, 1)],
  ['bound of the paper', stroke(bound.light, 2)],
  ['sharpened bound', stroke(sharp.light, 2, '7 3')],
  ['slope −1/2', stroke(reference.light, 1.5, '2 3')],
];

const boundKey: Markup = html`<ul class="key">${marks.map(
  ([meaning, drawing]) =>
    html`<li><svg viewBox="0 0 34 14" aria-hidden="true">${new Markup(drawing)}</svg>${meaning}</li>`,
)}</ul>`;

/** The bounds of a run: a panel of the first claim about each numbered theorem, and links to the charts of the others, which stand in their entries. */
function boundsSection({ claims }: RunRecord): PageSection | undefined {
  const bounded = claims.filter(({ evidence: { rows = [] } }) => rows.length > 0);
  if (bounded.length === 0) return undefined;
  const first = bounded.filter(({ source: { equation = '' } }, i) => {
    return /^Theorem \d$/.test(equation) && bounded.findIndex(({ source }) => source.equation === equation) === i;
  });
  const others = bounded.filter((claim) => !first.includes(claim)).map(({ id }) => id);
  const links = ['Charts of other bounds, among the claims: ', claimLinks(others), '.'];
  return {
    id: 'bounds',
    title: 'Bounds',
    blocks: [
      boundKey,
      columnMeanings,
      ...first.map(boundCard),
      ...(others.length === 0 ? [] : [{ paragraph: links, class: 'soft' }]),
    ],
  };
}

function footer(record: RunRecord): Markup {
  const errors = budgetText(record.budget);
  return html`${errors && html`<p>${errors} Slots of the error budget are fixed, so that adding a check never changes an older verdict.</p>`}
<p class="soft">Monte Carlo intervals are for display (99.9 %); verdicts do not use them, nor fitted slopes. Intervals of exact engines hold the left side for certain; those of paths in doubles include the measured rounding.</p>`;
}

import type { Contribution, Finding } from '../contribution.js';
import { type Block, type Section, tableOf, type Words } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { claimLinks } from './claim.js';

/** The findings of a run with what they are about, for each collection that has some. */
export const findingsOf = (record: RunRecord, from: readonly Contribution[]) =>
  from.flatMap((one) => {
    const findings = one.findings(record);
    return findings.length === 0 ? [] : [{ about: one.about, findings }];
  });

/** The findings of a run: the main ones as cards, the others by theme. */
export function findingsSections(record: RunRecord, from: readonly Contribution[]): Section[] {
  return findingsOf(record, from).map(({ about, findings }, i) => {
    const cards = findings.filter(({ chart }) => chart !== undefined);
    const others = findings.filter(({ chart }) => chart === undefined);
    const themes = [...new Set(others.map(({ theme }) => theme))].map((theme): Block => {
      const own = others.filter((finding) => finding.theme === theme);
      const details = own.map((finding) => folded({ math: finding.title }, finding));
      return { summary: [theme, ' ', { soft: own.length }], details, class: 'theme' };
    });
    return {
      ...{ id: i === 0 ? 'findings' : `findings-${i + 1}`, title: `Found about ${about}` },
      blocks: [
        ...(cards.length === 0 ? [] : [{ group: cards.map(findingCard), class: 'cards' }]),
        { card: themes, class: 'findings' },
      ],
    };
  });
}

const findingCard = (finding: Finding): Block => ({
  card: [
    { heading: { math: finding.title } },
    { chart: finding.chart! },
    folded('How far, and how it is known', finding),
  ],
});

const folded = (summary: Words, finding: Finding): Block => ({
  summary,
  class: 'finding',
  id: finding.anchor,
  details: findingBody(finding),
});

/** A finding in full, its claims included. */
export const findingBody = ({ text, basis, claims, table, instances }: Finding): Block[] => [
  { paragraph: { math: text } },
  { paragraph: [{ math: basis }, ' ', claimLinks(claims)], class: 'soft' },
  ...(instances === undefined ? [] : [{ paragraph: ['Instances: ', { math: instances }], class: 'soft' }]),
  ...(table === undefined
    ? []
    : [
        tableOf(
          'instances of the finding',
          table.headings,
          table.rows.map((cells) => cells.map((math) => ({ math }))),
        ),
      ]),
];

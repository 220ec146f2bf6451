import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BoundRow } from '../claims/evidence.js';
import { rowsOf } from './charts/charts.test.helper.js';
import type { Contribution, Finding } from './contribution.js';
import type { Arrangement } from './formats/format-names.js';
import { formatNames } from './formats/format-names.js';
import { formatReport } from './formats/formats.js';
import { sweepJson, sweepTable } from './formats/sweep-table.js';
import { htmlComparison } from './html/html-comparison.js';
import { htmlReport } from './html/html-report.js';
import { htmlSweep } from './html/html-sweep.js';
import type { CheckedClaim } from './record/build-run-record.js';
import type { RunRecord } from './record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from './record/subjects-run.test.helper.js';
import { knownClaim, syntheticRecord, violatedClaim } from './record/synthetic-run.test.helper.js';
import { syntheticSweep } from './record/synthetic-sweep.test.helper.js';

const violated = violatedClaim();

/** The violated claim under another id, with other evidence, and maybe other verdicts that it accepts. */
const claimLike = (
  id: string,
  evidence: Partial<CheckedClaim['evidence']>,
  expected?: CheckedClaim['claim']['expected'],
): CheckedClaim => ({
  claim: { ...violated.claim, id, ...(expected && { expected }) },
  evidence: { ...violated.evidence, reproduce: `signprox verify --claims ${id} --seed seed-1`, ...evidence },
});

const rows = rowsOf('theorem-1');
const exceeding = rows.slice(0, 6).map((row): BoundRow => ({ ...row, left: 2 * row.bound, verdict: 'violated' }));
const formula = 'd + Σθ_k r_k';

/** A run whose claims have every outcome and every kind of evidence. */
export const everyOutcome = (): RunRecord =>
  syntheticRecord(
    [
      violated,
      ...(['error', 'timeout', 'crash', 'protocol', 'suite'] as const).map((kind) =>
        claimLike(`ends-in-${kind}`, { verdict: 'inconclusive', failure: { kind, message: `${kind} of name x_t` } }),
      ),
      claimLike('known', {}),
      claimLike('fixed', { verdict: 'holds' }),
      claimLike('surprise', { verdict: 'holds' }, ['needed']),
      claimLike('counterexample', { verdict: 'needed', rows: exceeding }, ['needed']),
      claimLike('fails-in-a-row', { rows: [exceeding[0]!, { ...rows[1]!, verdict: 'inconclusive' }] }),
      claimLike('no-answer', { unanswered: { part: 'huber', ratio: 0, input: { x: 7 } } }),
      claimLike('formulas', {
        verdict: 'holds',
        reason: formula,
        rows: [{ ...rows[0]!, instance: formula, reason: formula }],
        parts: [{ name: formula, verdict: 'holds', cases: 1, worstRatio: 0, reason: formula }],
        measured: { [formula]: 'in words' },
      }),
      claimLike('not-refuted', { verdict: 'not-refuted', rows: [{ ...rows[0]!, familyCap: 50 }] }, ['not-refuted']),
    ],
    [knownClaim('known', 'upstream', 'https://example.org/?a=1&b="2"'), knownClaim('fixed', 'old')],
  );

/** A library with a subject of every fate, known failures among them. */
export function everySubject(): RunRecord {
  const minimal = { part: 'prox', ratio: 2, input: { raw: 1 }, explanation: 'prox at a weight of −1 is answered' };
  const record = subjectsRecord(
    [
      ...everyFate,
      cellClaim('known', [cellOf('prox of l1', failingCase(['l1']))]),
      cellClaim('fixed', [cellOf('prox of l1'), cellOf('value of huber')]),
      cellClaim('rejects-bad-parameters', [], { verdict: 'violated', reason: 'violated by prox', minimal }),
      cellClaim('algorithms', [
        ...['step of spgm', 'run of spgm', 'step of sign-sgd', 'mini-batch'].map((subject) => cellOf(subject)),
        cellOf('run of sign-sgd', failingCase(['sign-sgd'], { kind: 'hangs', paste: 'r = 1  # run\nof sign-sgd' })),
        { ...cellOf('value of zero'), cases: 0, skipped: { 'no values': 3 } },
        { ...cellOf('prox of linf'), refused: { count: 2, ordinary: 1, text: 'prox of linf at y = [1]: unsupported' } },
      ]),
    ],
    { known: ['known', 'fixed'].map((claim) => ({ subject: 'prox of l1', claim, reason: 'old # 7' })) },
  );
  const asked = { numbers: { γ: { values: [1] }, n: { values: [1, 2, 3] } }, words: {} };
  return { ...record, asked: { 'prox of l1': asked, 'prox of huber': asked } };
}

/** What a collection adds: a finding with a picture, one with a table, one without, and sections. */
const finding = (number: number, more: Partial<Finding>): Finding => ({
  anchor: `f${number}`,
  title: `F${number}: of r_k`,
  text: 'E|G|² ≤ *b*',
  basis: 'Proved.',
  claims: ['eq6-prox', 'theorem-1'],
  theme: 'Bounds',
  ...more,
});
const chart = { label: 'a drawing', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', key: ['first', { math: 'r_k' }] };
const contribution: Contribution = {
  about: 'the book',
  conclusion: () => ['all of the book holds'],
  findings: () => [
    finding(1, { chart, instances: 'none' }),
    finding(2, { table: { headings: ['d', 'left | b'], rows: [['x_i²', '1 | 2']] } }),
    finding(3, { theme: 'Signs' }),
  ],
  page: (_, drawings) => ({
    title: 'The book, checked',
    sentences: ['It holds for r_k.'],
    front: [{ id: 'front', title: 'Front', blocks: [{ card: [{ heading: 'Map' }, { chart }] }] }],
    evidence: [{ id: 'drawn', title: 'Drawn', blocks: drawings.map((one) => ({ chart: one })) }],
  }),
  drawing: () => Promise.resolve(chart),
};

/** What a page says, with a line for each of its parts. */
const bodyOf = (page: string): string =>
  page
    .slice(page.indexOf('<nav'), page.indexOf('<script>'))
    .replaceAll(/\s*(?=<(?:section|details|div|table|tr|p|ul|li|dt|figure|path|text|g)[ >])/g, '\n');

const textOf = (record: RunRecord, by: Arrangement, from: readonly Contribution[]): string =>
  formatNames
    .filter((format) => format !== 'json')
    .map((format) => `=== ${format}\n${formatReport(record, format, { width: 90 }, by, from)}`)
    .join('\n');

/** What reports say of runs that have everything, by the files in which it is kept. */
export const goldenTexts: Readonly<Record<string, () => string>> = {
  'claims.txt': () => textOf(everyOutcome(), 'claims', [contribution]),
  'claims.html': () => bodyOf(htmlReport(everyOutcome(), 'claims', [contribution], [chart])),
  'subjects.txt': () => textOf(everySubject(), 'subjects', [contribution]),
  'subjects.html': () => bodyOf(htmlReport(everySubject(), 'subjects', [contribution])),
  'comparison.html': () => bodyOf(htmlComparison([everySubject(), subjectsRecord([violated, everyFate[1]!])])),
  'sweep.txt': () => `${sweepTable(syntheticSweep(), { width: 90 })}\n${sweepJson(syntheticSweep())}`,
  'sweep.html': () => bodyOf(htmlSweep(syntheticSweep())),
};

/** The folder of the files, four levels above the compiled one. */
export const goldenFolder = new URL('../../../src/report/golden/', import.meta.url);

// `npm run generate` writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(goldenFolder, { recursive: true });
  for (const [file, text] of Object.entries(goldenTexts)) writeFileSync(new URL(file, goldenFolder), text());
}

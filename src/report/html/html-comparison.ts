import { plural } from '../../claims/plural.js';
import { arrangementOf } from '../formats/arrangement.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { verdictLabel } from '../wording/evidence-text.js';
import { type ClaimBeside, claimsBeside, letterOf } from '../wording/side-by-side.js';
import { exitText } from '../wording/subject-words.js';
import { badge } from './html-badge.js';
import { claimDetails } from './html-claim.js';
import { type LedgerEntry, ledgerSection } from './html-ledger.js';
import { legend } from './html-legend.js';
import { page, type Section } from './html-page.js';
import { scrollable } from './html-scroll.js';
import { propertiesBesideSection, subjectsBesideSection } from './html-side-by-side.js';
import { html, type Markup } from './markup.js';

/** What a claim may be found by of which two runs say different things. */
const differs = 'not the same in all';

/** Several runs as one page: each function and each claim with what every run found. */
export function htmlComparison(records: readonly RunRecord[]): string {
  const [{ suite }] = records as readonly [RunRecord];
  const names = records.map(({ implementation: { name } }) => name).join(', ');
  const entries = claimsBeside(records).map(entry);
  const sections = [
    runsSection(records, entries),
    subjectsBesideSection(records),
    propertiesBesideSection(records),
    ledgerSection(entries),
    legend,
  ];
  return page(
    `${suite.name}: ${names}`,
    'Several implementations, checked by the statements of the paper, side by side.',
    sections.filter((section) => section !== undefined),
    html`<p class="soft">Numbers of two runs can be compared where depth and seed are the same: then both were asked the same questions.</p>`,
  );
}

function runsSection(records: readonly RunRecord[], entries: readonly LedgerEntry[]): Section {
  const failed = records.filter(({ exitCode }) => exitCode !== 0).length;
  const apart = entries.filter(({ labels }) => labels.includes(differs)).length;
  const table = html`<table><thead><tr><th scope="col">run</th>${[
    'implementation',
    'found',
    'depth',
    'seed',
    'command',
  ].map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>${records.map(
    (
      record,
      run,
    ) => html`<tr><th scope="row"><b>${letterOf(run)}</b></th><td>${nameOf(record)}</td><td class="wide">${outcome(record)}</td>
<td>${record.depth}</td><td>${record.seed}</td><td class="wide"><code>${record.command}</code></td></tr>
`,
  )}</tbody></table>`;
  const content = html`<div class="card outcome${failed === 0 ? '' : ' failed'}">
<p class="headline"><strong>${failed === 0 ? 'None' : failed} of ${plural(records.length, 'run')} ${failed === 1 ? 'fails' : 'fail'}</strong></p>
<p><a href="#ledger" data-verdict="${differs}">${plural(apart, 'claim')}</a> of ${entries.length} ${apart === 1 ? 'is' : 'are'} not the same in all.</p>
${scrollable('the runs', table)}</div>`;
  return { id: 'verdict', title: 'Runs', content };
}

const nameOf = ({ implementation: { name, version, language, dtype } }: RunRecord): string =>
  `${name} ${version}, ${language}, ${dtype}`;

function outcome(record: RunRecord): string {
  const said =
    arrangementOf(record) === 'claims' ? exitMeanings[record.exitCode] : exitText(record, subjectsOf(record).subjects);
  return `exit ${record.exitCode}: ${said}`;
}

function entry({ claim, found }: ClaimBeside): LedgerEntry {
  const labels = found.flatMap((own) => (own === undefined ? [] : [verdictLabel(own)]));
  const same = found.every((own) => own?.outcome === claim.outcome && own.evidence.verdict === claim.evidence.verdict);
  return {
    claim,
    labels: same ? labels : [...labels, differs],
    open: false,
    line: html`<span class="beside">${found.map(
      (own, run) =>
        html`<span><b>${letterOf(run)}</b> ${own === undefined ? html`<span class="soft">not asked</span>` : badge(own)}</span> `,
    )}</span>`,
    body: html`${found.map((own, run) => details(own, run))}`,
  };
}

function details(claim: ClaimRecord | undefined, run: number): Markup | undefined {
  if (claim === undefined) return undefined;
  return html`<details class="run"${isTrouble(claim) ? ' open' : ''}><summary><b>${letterOf(run)}</b> ${badge(claim)}</summary>
${claimDetails(claim, [])}</details>`;
}

import { plural } from '../../claims/plural.js';
import { verdictLegend } from '../../claims/verdict.js';
import type { Arrangement } from '../formats/arrangement.js';
import { exitMeanings } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { budgetText } from '../wording/budget-text.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { incompleteText } from '../wording/incomplete-text.js';
import { selfText } from '../wording/self-text.js';
import { slackLines } from '../wording/slack.js';
import { exitText, notAsked, orderedCounts } from '../wording/subject-words.js';
import { badge, claimAnchor, ledger } from './html-ledger.js';
import { slackSection } from './html-slack.js';
import { pageStyle } from './html-style.js';
import { subjectsSection } from './html-subjects.js';
import { theoremSection } from './html-theorem.js';
import { html, Markup } from './markup.js';

/**
 * The run as one page: summary, a chart for every claim with rows, the ledger with expandable evidence, the summed error budget and
 * a legend. Self-contained: no script, no request (its content security policy forbids both), light and dark, printable.
 */
export function htmlReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const subjects = subjectsSection(record);
  const charts: Markup[] = [];
  for (const claim of record.claims) {
    const { rows } = claim.evidence;
    if (rows !== undefined && rows.length > 0) charts.push(theoremSection(claim, rows));
  }
  const slack = slackLines(record);
  const title = `${record.suite.name}: ${record.implementation.name} ${record.implementation.version}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="soft">${by === 'claims' ? 'Every statement of the paper, checked: what was claimed, what was found, how to find it again.' : 'Every function, checked by the statements of the paper: what it answers, what is right, how to find it again.'}</p>
${summary(record, by)}
${by === 'subjects' ? subjects : undefined}
${attention(record, by)}
${slack.length === 0 ? undefined : html`<h2>Tightness</h2>${slackSection(slack)}`}
${charts.length === 0 ? undefined : html`<h2>Bounds</h2>${charts}`}
${by === 'claims' ? subjects : undefined}
<h2>Ledger</h2>
${ledger(record)}
<h2>Verdicts</h2>
<dl class="card facts">${Object.entries(verdictLegend).map(([verdict, meaning]) => html`<dt>${verdict}</dt><dd>${meaning}</dd>`)}</dl>
<footer>${footer(record)}</footer>
</main>
</body>
</html>
`.text;
}

function summary(record: RunRecord, by: Arrangement): Markup {
  const found = subjectsOf(record);
  const { counts, implementation, environment, timing } = record;
  const time = timing === undefined ? '' : ` in ${formatSeconds(timing.seconds)}`;
  const accuracy = Object.entries(implementation.accuracy ?? {}).map(
    ([type, value]) => `${type} ${formatNumber(value)}`,
  );
  const without = notAsked(implementation);
  const facts: (readonly [string, Markup | string])[] = [
    ['command', html`<code>${record.command}</code>`],
    ['seed', html`<code>${record.seed}</code>, depth ${record.depth}`],
    [
      'implementation',
      `${implementation.name} ${implementation.version}, ${implementation.language}, ${implementation.dtype}, sgn(0): ${implementation.conventions.signOfZero}`,
    ],
    ...(accuracy.length === 0 ? [] : [['declared accuracy', accuracy.join(', ')] as const]),
    ...(without === undefined ? [] : [['not asked, as it declares', without] as const]),
    ['suite', `${record.suite.name} ${record.suite.version} on Node ${environment.node}, ${environment.platform}`],
    ...(timing?.startedAt === undefined ? [] : [['started', timing.startedAt] as const]),
  ];
  return html`<div class="card outcome ${record.exitCode === 0 ? '' : 'failed'}">
<strong>Exit ${record.exitCode}: ${by === 'claims' ? exitMeanings[record.exitCode] : exitText(record, found.subjects)}</strong>
<p>${by === 'claims' ? '' : `${plural(found.subjects.length, 'subject')} by `}${plural(record.claims.length, 'claim')}${time}${counts.rows.total === 0 ? '' : `, ${plural(counts.rows.total, 'bound row')} of which ${counts.rows.trivial} decided by the cap alone`}</p>
<ul class="counts">${(by === 'claims' ? Object.entries(counts.verdicts) : orderedCounts(found.counts)).map(([verdict, count]) => html`<li><b>${count}</b> <span class="soft">${verdict}</span></li>`)}</ul>
${incompleteNotice(record)}<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</div>`;
}

function incompleteNotice(record: RunRecord): Markup | undefined {
  const incomplete = incompleteText(record);
  if (incomplete === undefined) return undefined;
  return html`<p>${incomplete.checked}. For the rest: <code>${incomplete.resume}</code></p>
<p class="soft">Not checked: ${incomplete.remaining}.</p>
`;
}

/** What a reader must not miss: failures that nothing above tells of, verdicts that hold only within ρ, known failures. */
function attention(record: RunRecord, by: Arrangement): Markup | undefined {
  const told = ['pass', 'expected', 'n/a'];
  const apart = claimsApart(record, subjectsOf(record).subjects);
  const claims = record.claims.filter((claim) => {
    if (claim.evidence.verdict === 'holds-within-rho') return true;
    return by === 'claims' ? !told.includes(claim.outcome) : claim.outcome === 'xfail' || apart.includes(claim);
  });
  if (claims.length === 0) return undefined;
  return html`<h2>Needs attention</h2><div class="card">${claims.map(attentionLine)}</div>`;
}

function attentionLine(claim: ClaimRecord): Markup {
  return html`<p>${badge(claim)} <a href="#${claimAnchor(claim.id)}">${claim.id}</a>: ${claim.evidence.failure?.message ?? claim.evidence.reason}</p>`;
}

function footer(record: RunRecord): Markup {
  const self = selfText(record);
  return html`<p>${budgetText(record.budget)}. Slots are fixed, so that adding a check never changes an older verdict;
by the union bound the sums hold for the whole run.</p>
${
  self === undefined
    ? undefined
    : html`<p>${self}: <a href="#${claimAnchor('self-statistics')}">which, and how</a>.</p>
`
}<p class="soft">The interval of a left side by Monte Carlo misses it with probability 10⁻³ at most, that of an exact engine surely holds it; no verdict rests on
the former or on a fitted slope.</p>`;
}

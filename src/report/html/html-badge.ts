import type { Outcome } from '../record/outcome.js';
import type { ClaimRecord } from '../record/run-record.js';
import { verdictLabel } from '../wording/evidence-text.js';
import { html, type Markup } from './markup.js';

const tones: Readonly<Record<Outcome, string>> = {
  pass: 'good',
  expected: 'note',
  fail: 'bad',
  error: 'bad',
  timeout: 'bad',
  crash: 'bad',
  protocol: 'bad',
  'suite-error': 'bad',
  extreme: 'warn',
  follows: 'warn',
  'n/a': 'mute',
  xfail: 'warn',
  xpass: 'bad',
};

/** The verdict in a pill whose colour is that of the outcome; the words alone carry the meaning. */
export function badge(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): Markup {
  const { outcome, evidence } = claim;
  const warned =
    (evidence.verdict === 'holds-within-rho' && outcome === 'pass') ||
    (evidence.verdict === 'misprint' && outcome === 'expected');
  const tone = warned ? 'warn' : tones[outcome];
  return html`<span class="badge ${tone}">${verdictLabel(claim)}</span>`;
}

/** Anchor of a claim's entry in the ledger. */
export function claimAnchor(id: string): string {
  return `claim-${id.replace(/[^\w-]/g, '-')}`;
}

export function claimLink(id: string): Markup {
  return html`<a href="#${claimAnchor(id)}">${id}</a>`;
}

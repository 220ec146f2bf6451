import { verdictLegend } from '../../claims/verdict.js';
import type { Section } from './html-page.js';
import { html } from './markup.js';

/** What each verdict says. */
export const legend: Section = {
  id: 'legend',
  title: 'What the verdicts mean',
  content: html`<dl class="card facts">${Object.entries(verdictLegend).map(
    ([verdict, meaning]) => html`<dt>${verdict}</dt><dd>${meaning}</dd>`,
  )}</dl>`,
};

import { html, type Markup } from './markup.js';

/** What may be wider than the page: it scrolls by itself, with the keyboard too. */
export function scrollable(label: string, content: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

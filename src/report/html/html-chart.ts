import { html, Markup } from './markup.js';

/** A drawing with what it shows in words: a reader who cannot see it is told that alone. */
export function chart(label: string, svg: string, caption?: Markup): Markup {
  return html`<figure><div role="img" aria-label="${label}"><div aria-hidden="true">${new Markup(svg)}</div></div>${caption}</figure>`;
}

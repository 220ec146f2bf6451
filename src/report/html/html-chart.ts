import { html, Markup } from './markup.js';

/** A drawing with what it shows in words: a reader who cannot see it is told that alone. */
export function chart(label: string, svg: string, caption?: Markup): Markup {
  // A page of HTML knows what an svg is; a file of its own must say it.
  const drawing = svg.replace(' xmlns="http://www.w3.org/2000/svg"', '');
  return html`<figure><div role="img" aria-label="${label}"><div aria-hidden="true">${new Markup(drawing)}</div></div>${caption}</figure>`;
}

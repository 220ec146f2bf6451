import { script } from '../wording/subscripts.js';
import { html, type Markup } from './markup.js';

/** Plain formulas of a statement with their indices and exponents set as such; everything else is escaped as it stands. */
export function mathText(text: string): Markup {
  const pieces: (Markup | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(script)) {
    const body = mathText(match[2] ?? match[3] ?? match[4]!);
    pieces.push(text.slice(done, match.index), match[1] === '_' ? html`<sub>${body}</sub>` : html`<sup>${body}</sup>`);
    done = match.index + match[0].length;
  }
  return html`${[...pieces, text.slice(done)]}`;
}

import { html, type Markup } from './markup.js';

/** `x^{t−1}`, `prox_{γr}`, `θ_k`: an index or exponent in braces, or one letter or digit that ends a symbol. */
const script = /([_^])(?:\{([^{}]*)\}|([\p{L}\p{N}*])(?![\p{L}\p{N}_]))/gu;

/** Plain formulas of a statement with their indices and exponents set as such; everything else is escaped as it stands. */
export function mathText(text: string): Markup {
  const pieces: (Markup | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(script)) {
    const body = match[2] ?? match[3]!;
    pieces.push(text.slice(done, match.index), match[1] === '_' ? html`<sub>${body}</sub>` : html`<sup>${body}</sup>`);
    done = match.index + match[0].length;
  }
  return html`${[...pieces, text.slice(done)]}`;
}

const subscripts: Readonly<Record<string, string>> = { i: 'ᵢ', k: 'ₖ', m: 'ₘ', t: 'ₜ' };

/** The same where no markup can stand: one-letter indices as the characters that there are for them. */
export function subscripted(text: string): string {
  return text.replaceAll(script, (whole, mark, _body, letter) => (mark === '_' && subscripts[letter]) || whole);
}

/** `x^{t−1}`, `prox_{γr}`, `θ_k`: an index or exponent in braces, or one letter or digit that ends a symbol. */
export const script = /([_^])(?:\{([^{}]*)\}|([\p{L}\p{N}*])(?![\p{L}\p{N}_]))/gu;

const subscripts: Readonly<Record<string, string>> = { i: 'ᵢ', k: 'ₖ', m: 'ₘ', t: 'ₜ' };

/** The same where no markup can stand: one-letter indices as the characters that there are for them. */
export function subscripted(text: string): string {
  return text.replaceAll(script, (whole, mark, _body, letter) => (mark === '_' && subscripts[letter]) || whole);
}

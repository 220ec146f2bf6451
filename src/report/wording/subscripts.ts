/**
 * `x^{t−1}`, `prox_{γr}`, `θ_k`, `T^−0.5`, `T^−¼`, `N^(−1/4)`: an index or exponent in braces, an exponent in parentheses, one letter or digit that ends a
 * symbol, or a number as exponent.
 */
export const script =
  /([_^])(?:\{([^{}]*)\}|(?<=\^)\(([^()]*)\)|((?<=\^)−?(?:\d+(?:\.\d+)?|[¼½¾⅓⅔])|[\p{L}\p{N}*])(?![\p{L}\p{N}_]))/gu;

const subscripts: Readonly<Record<string, string>> = { i: 'ᵢ', k: 'ₖ', m: 'ₘ', t: 'ₜ' };

/** The same where no markup can stand: one-letter indices as the characters that there are for them. */
export function subscripted(text: string): string {
  return text.replaceAll(
    script,
    (whole, mark, _braces, _parentheses, letter) => (mark === '_' && subscripts[letter]) || whole,
  );
}

/** What TeX calls signs that it does not take as they are. */
const commands: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '|': '\\vert ',
  '‖': '\\Vert ',
  '½': '\\frac{1}{2}',
  '¼': '\\frac{1}{4}',
  '·': '\\cdot ',
  Σ: '\\sum ',
};

const accents: Readonly<Record<string, string>> = { '\u0302': '\\hat', '\u0303': '\\tilde', '\u0304': '\\bar' };

const raised: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺ⁿ'].map((sign, k) => [sign, '0123456789+n'[k]])),
  ᵀ: '\\top',
  '′': '\\prime',
  '*': '*',
};

/** TeX of a sign, of a number, or of a letter with its accents. */
export function signTex(sign: string): string {
  const [, letter, marks] = /^(\p{L})(\p{M}*)$/u.exec(sign.normalize('NFD')) ?? [undefined, sign, ''];
  return [...marks!].reduce((tex, mark) => `${accents[mark]}{${tex}}`, commands[letter!] ?? letter!);
}

/** Whether a script is an exponent, and what it says where that is one sign; undefined for one in braces or brackets. */
export function smallSign(script: string): { readonly exponent: boolean; readonly tex: string | undefined } {
  const index = '₀₁₂₃₄₅₆₇₈₉'.indexOf(script);
  if (index >= 0) return { exponent: false, tex: String(index) };
  return { exponent: script[0] !== '_', tex: raised[script] };
}

import { one, type Rational, rational } from '../../exact/arithmetic/rational.js';
import type { Condition, Formula } from './formula.js';

/** How tightly a text holds together: a case, a sum, a product, a quotient or root that nothing may follow at once, a power, one word. */
const [aCase, aSum, aProduct, aPower, aWord] = [0, 1, 2, 3, 4] as const;
interface Text {
  readonly text: string;
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** Ends with a root, a power written by ^ or a divisor: a factor after it needs a ·. */
  readonly isOpen?: true;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const ten = rational(10n);

/** A decimal, digit by digit. */
function decimal(value: Rational): string {
  let [scaled, places] = [value, 0];
  for (; scaled.d !== 1n; places++) scaled = scaled.mul(ten);
  const digits = String(scaled.n).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The formula as it is written on paper; reading the text gives the same formula again. */
export const formulaText = (formula: Formula): string => written(formula).text;

const inBrackets = (of: Formula, level: number): string => {
  const found = written(of);
  return found.level < level ? `(${found.text})` : found.text;
};

function written(formula: Formula): Text {
  switch (formula.kind) {
    case 'number':
      return word(decimal(formula.value));
    case 'name':
      return word(formula.name + (formula.ofCoordinate ? '_i' : ''));
    case 'infinity':
      return word('∞');
    case 'norm':
      return word(`‖${formula.of}‖${formula.order === '₁' ? '₁' : '_∞'}`);
    case 'inner':
      return word(`⟨${formulaText(formula.left)}, ${formulaText(formula.right)}⟩`);
    case 'length':
      return word(`‖${inBrackets(formula.of, aSum)}‖`);
    case 'at':
      return word(`${formula.asked}(${formulaText(formula.of)})`);
    case 'min':
    case 'max':
      return word(`${formula.kind}(${formula.of.map(formulaText).join(', ')})`);
    case 'sum_i':
    case 'min_i':
    case 'max_i':
      return word(`${formula.kind}(${formulaText(formula.of)})`);
    case 'logarithm':
      return word(`ln(${formulaText(formula.of)})`);
    case 'root':
      return { text: `√${inBrackets(formula.of, aWord)}`, level: aProduct, isOpen: true };
    case 'opposite':
      return { text: `−${inBrackets(formula.of, aProduct)}`, level: aSum };
    case '+':
    case '−': {
      const left = inBrackets(formula.left, aSum);
      return { text: `${left} ${formula.kind} ${inBrackets(formula.right, aProduct)}`, level: aSum };
    }
    case '·':
      return product(formula.left, formula.right);
    case '/':
      return {
        text: `${inBrackets(formula.left, aProduct)}/${factor(formula.right).text}`,
        ...{ level: aProduct, isOpen: true },
      };
    case '^':
      return power(formula.left, formula.right);
    case 'if': {
      const { condition, yes, no } = formula;
      return { text: `${inBrackets(yes, aSum)} if ${conditionText(condition)} else ${formulaText(no)}`, level: aCase };
    }
  }
}

/** A factor after a sign: a product or a quotient is put in brackets. */
function factor(of: Formula): Text {
  const found = written(of);
  return of.kind === 'root' || found.level > aProduct ? found : word(`(${found.text})`);
}
const word = (text: string): Text => ({ text, level: aWord });

function product(left: Formula, right: Formula): Text {
  const first = left.kind === '·' || left.kind === '/' || left.kind === 'root' ? written(left) : factor(left);
  const second = factor(right);
  // Two texts side by side may be a word, or a number.
  const isWord = /[A-Za-z]$/.test(first.text) && /^[a-z]|^[A-Za-z]{2}/.test(second.text);
  const sign = first.isOpen || /^[\d.]/.test(second.text) ? '·' : isWord ? ' ' : '';
  return {
    text: `${first.text}${sign}${second.text}`,
    level: aProduct,
    ...(second.isOpen && { isOpen: true as const }),
  };
}

function power(base: Formula, exponent: Formula): Text {
  const below = inBrackets(base, aWord);
  const size = exponent.kind === 'opposite' ? exponent.of : exponent;
  const isWhole = size.kind === 'number' && size.value.d === 1n && size.value.n < 10_000n;
  if (isWhole) {
    const digits = [...String(size.value.n)].map((digit) => superscripts[Number(digit)]).join('');
    return { text: `${below}${size === exponent ? '' : '⁻'}${digits}`, level: aPower };
  }
  return { text: `${below}^${inBrackets(exponent, aWord)}`, level: aPower, isOpen: true };
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'even':
    case 'odd':
      return `${inBrackets(condition.of, aSum)} ${condition.kind}`;
    case 'comparison':
      return `${inBrackets(condition.left, aSum)} ${condition.relation} ${inBrackets(condition.right, aSum)}`;
    default:
      return `${conditionText(condition.left)} ${condition.kind} ${conditionText(condition.right)}`;
  }
}

/** Whether a formula is the number 1. */
export const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value.equals(one);

/** The place value of the last digit of a number as it is printed. */
function unitOf(number: string): number {
  const [digits, exponent = '0'] = number.split('e');
  return 10 ** (Number(exponent) - (digits!.split('.')[1] ?? '').length);
}

/** Room for what a double keeps of a decimal number. */
const slack = 1e-9;

/**
 * Whether a text shows a number that lies between two ends: one number that is the nearest to both, two numbers just outside of them, or after `≥` one just below
 * the lower end.
 */
export function isRounded(text: string, [low, high]: readonly [number, number]): boolean {
  const [first, second] = Array.from(text.replaceAll('−', '-').matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g), ([number]) => ({
    value: Number(number),
    unit: unitOf(number),
  }));
  if (first === undefined) return text === '∞' && low === Number.POSITIVE_INFINITY;
  const isWithin = (from: number, to: number, unit: number) => to - from >= -slack * unit && to - from <= unit;
  if (text.startsWith('≥ ')) return isWithin(first.value, low, first.unit);
  if (second !== undefined) return isWithin(first.value, low, first.unit) && isWithin(high, second.value, second.unit);
  return [low, high].every((end) => Math.abs(first.value - end) <= (0.5 + slack) * first.unit);
}

/** A number cut to as many digits as a text has, which is wrong where the next digit is 5 or more. */
export function cut(text: string, value: number): string {
  const decimals = (text.split('.')[1] ?? '').length;
  return (Math.trunc(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
}

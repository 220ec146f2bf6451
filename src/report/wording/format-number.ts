/** Up to four significant digits, in decimal if that is short, else in scientific notation. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return minus(String(value));
  if (size >= 1e-3 && size < 1e6) return minus(String(Number(value.toPrecision(4))));
  return minus(
    value
      .toExponential(3)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e'),
  );
}

/** The largest number of so many significant digits that is at most the value, or the smallest that is at least it. */
export function formatOutwards(value: number, towards: 'down' | 'up', digits = 3): string {
  const near = Number(value.toPrecision(digits));
  const isOutside = towards === 'down' ? near <= value : near >= value;
  if (isOutside || !Number.isFinite(value)) return formatNumber(near);
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
  return formatNumber(Number((towards === 'down' ? near - unit : near + unit).toPrecision(digits)));
}

/** An interval, rounded outwards: `4.14 to 36.2`, or `≥ 4.14` if nothing is known from above. */
export function formatInterval([low, high]: readonly [number, number], digits = 3): string {
  const below = formatOutwards(low, 'down', digits);
  return high === Number.POSITIVE_INFINITY ? `≥ ${below}` : `${below} to ${formatOutwards(high, 'up', digits)}`;
}

/**
 * A number that is known to lie between two ends, as pages and the paper show it: rounded to nearest where both ends round alike, as those of an exact number
 * do; else the ends, rounded outwards.
 */
export function formatEnclosed(ends: readonly [number, number], digits = 4): string {
  const [low, high] = ends.map((end) => Number(end.toPrecision(digits)));
  return low === high ? formatNumber(low!) : formatInterval(ends, digits);
}

/** A whole number in full; more than five digits are grouped in threes. */
export function formatCount(value: number): string {
  const digits = String(value);
  return digits.length <= 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A power in plain text: `10⁻⁶`. */
export function formatPower(base: number, exponent: number): string {
  const raised = Array.from(String(Math.abs(exponent)), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${base}${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** The minus sign is as wide as a digit in tables; the hyphen is not. */
function minus(text: string): string {
  return text.replace(/-/g, '−');
}

/** Wall-clock time for display: at most three significant digits. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.0005) return '<1 ms';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  return `${Math.round(seconds)} s`;
}

/** A waiting time for display, rounded up to whole seconds or minutes, or to hours with one digit. */
export function formatDuration(seconds: number): string {
  if (seconds <= 99) return `${Math.ceil(seconds)} s`;
  return seconds <= 5940 ? `${Math.ceil(seconds / 60)} min` : `${(Math.ceil(seconds / 360) / 10).toFixed(1)} h`;
}

/**
 * `x^{t−1}`, `prox_{γr}`, `θ_k`, `T^−0.5`, `T^−¼`, `N^(−1/4)`: an index or exponent in braces, an exponent in parentheses, one letter or digit that ends a
 * symbol, or a number as exponent.
 */
export const script =
  /([_^])(?:\{([^{}]*)\}|(?<=\^)\(([^()]*)\)|((?<=\^)−?(?:\d+(?:\.\d+)?|[¼½¾⅓⅔])|[\p{L}\p{N}*∞])(?![\p{L}\p{Nd}_]))/gu;

const subscripts: Readonly<Record<string, string>> = { i: 'ᵢ', k: 'ₖ', m: 'ₘ', t: 'ₜ' };

/** The same in plain text: one-letter indices become Unicode characters, if there are any. */
export function subscripted(text: string): string {
  return text.replaceAll(
    script,
    (whole, mark, _braces, _parentheses, letter) => (mark === '_' && subscripts[letter]) || whole,
  );
}

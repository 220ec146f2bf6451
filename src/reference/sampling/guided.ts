import { type AleaStream, aleaMultiplier } from './alea-stream.js';
import { binomialTable } from './binomial-table.js';
import { cumulativeProbabilities } from './categorical.js';
import { conditionalProbabilities } from './multinomial.js';

/** `categoricalSampler` for hot loops: the same uniforms and so the same components, found through a guide instead of bisection. */
export class GuidedCategorical {
  /** θ_0 + … + θ_k, and 1 from the last possible component on. */
  readonly cumulative: Float64Array;
  /** For each cell [g, g + 1)/cells the first component to try; fewer than 8K cells, a power of two. */
  readonly guide: Int32Array;

  /** @param probabilities θ, checked by `requireProbabilities` */
  constructor(probabilities: ArrayLike<number>) {
    this.cumulative = cumulativeProbabilities(probabilities);
    let cells = 4;
    while (cells < 4 * probabilities.length) cells *= 2;
    this.guide = new Int32Array(cells);
    fillGuide(this.guide, this.cumulative, 0);
  }

  /** One component k ~ θ. */
  draw(stream: AleaStream): number {
    const cumulative = this.cumulative;
    const guide = this.guide;
    const u = stream.double();
    let k = guide[(u * guide.length) | 0]!;
    while (u >= cumulative[k]!) k++;
    return k;
  }
}

/**
 * Fills a guide to a distribution function: entry g is ⌊j/2^shift⌋ of the smallest j with cumulative[j] > g/cells. Inversion of u starts there,
 * with g = ⌊u·cells⌋, and seldom goes on by more than one outcome, or 2^shift, where bisection takes log₂ of their number.
 *
 * @param guide its length, the number of cells, is a power of two, so that u·cells is exact
 * @param cumulative non-decreasing, ends above every u in [0, 1)
 */
function fillGuide(guide: Int32Array | Uint8Array, cumulative: Float64Array, shift: number): void {
  let j = 0;
  for (let g = 0; g < guide.length; g++) {
    while (cumulative[j]! <= g / guide.length) j++;
    guide[g] = j >> shift;
  }
}

/** Smallest and largest number of cells of a guide: with more cells fewer draws need a search, but fewer guides fit in the cache. */
const cellRange = [32, 256] as const;

/**
 * `multinomialSampler` for hot loops: the same tables, the same uniforms and so the same counts bit for bit, found through guides instead of
 * bisection, from a generator whose state is in local variables. All tables stand in pools. What limits the speed is the chain of loads from
 * one count to the next, and how much of the tables the cache holds. So the guides have bytes, and the upper 16 bits of a uniform and of the
 * distribution function decide; all 53 do only where these are equal.
 */
export class GuidedMultinomial {
  readonly #batch: number;
  readonly #conditional: Float64Array;
  /** Number of the table of component k with m draws left, at k(B + 1) + m; −1 before it is made. */
  readonly #numbers: Int32Array;
  /** Entries of every guide, a power of two. */
  readonly #cells: number;
  /** Guides, each entry the first outcome to try, counted from the first of its table and shifted to fit a byte. */
  #guides = new Uint8Array(1 << 10);
  /** Four entries per table: its place in the pools, its first outcome, the shift of its guide, 0. */
  #places = new Int32Array(1 << 6);
  /** Distribution functions. */
  #pool = new Float64Array(1 << 10);
  /** ⌊2¹⁶P⌋ for every entry P of the pool, and 2¹⁶ − 1 for 1. */
  #heads = new Uint16Array(1 << 10);
  #tables = 0;
  #used = 0;

  /**
   * @param probabilities θ, checked by `requireProbabilities`
   * @param batch B ≥ 1, below 2¹⁶
   */
  constructor(probabilities: Float64Array, batch: number) {
    this.#batch = batch;
    // The tables span about twenty standard deviations of a count.
    const widest = 20 * Math.sqrt(batch * probabilities.reduce((most, theta) => Math.max(most, theta), 0));
    const [fewest, most] = cellRange;
    let cells: number = fewest;
    while (cells < Math.min(widest, most)) cells *= 2;
    this.#cells = cells;
    this.#conditional = conditionalProbabilities(probabilities);
    this.#numbers = new Int32Array(probabilities.length * (batch + 1)).fill(-1);
  }

  /** Overwrites `counts`, of length K, with one draw; as numbers, because they are multiplied by numbers. */
  draw({ state }: AleaStream, counts: Float64Array): void {
    const conditional = this.#conditional;
    const numbers = this.#numbers;
    const stride = this.#batch + 1;
    const cells = this.#cells;
    let guides = this.#guides;
    let places = this.#places;
    let heads = this.#heads;
    let s0 = state[0]!;
    let s1 = state[1]!;
    let s2 = state[2]!;
    let carry = state[3]!;
    let remaining = this.#batch;
    let k = 0;
    for (; remaining > 0; k++) {
      const probability = conditional[k]!;
      if (probability === 0) {
        counts[k] = 0;
        continue;
      }
      if (probability === 1) {
        counts[k] = remaining;
        remaining = 0;
        continue;
      }
      let number = numbers[k * stride + remaining]!;
      if (number < 0) {
        number = this.#tabulate(k, remaining);
        guides = this.#guides;
        places = this.#places;
        heads = this.#heads;
      }
      let t = aleaMultiplier * s0 + carry * 2 ** -32;
      carry = Math.floor(t);
      const high = t - carry;
      t = aleaMultiplier * s1 + carry * 2 ** -32;
      carry = Math.floor(t);
      const low = t - carry;
      s0 = s2;
      s1 = high;
      s2 = low;
      const place = number << 2;
      const origin = places[place]!;
      const head = (high * 2 ** 16) | 0;
      let entry = origin + (guides[number * cells + ((high * cells) | 0)]! << places[place + 2]!);
      while (head > heads[entry]!) entry++;
      if (head === heads[entry]!) {
        const u = high + Math.floor(low * 2 ** 21) * 2 ** -53;
        while (u >= this.#pool[entry]!) entry++;
      }
      const count = places[place + 1]! + entry - origin;
      counts[k] = count;
      remaining -= count;
    }
    for (; k < counts.length; k++) counts[k] = 0;
    state[0] = s0;
    state[1] = s1;
    state[2] = s2;
    state[3] = carry;
  }

  #tabulate(component: number, trials: number): number {
    const { first, cumulative } = binomialTable(trials, this.#conditional[component]!);
    const cells = this.#cells;
    const number = this.#tables++;
    const origin = this.#used;
    let shift = 0;
    while ((cumulative.length - 1) >> shift > 255) shift++;
    this.#used += cumulative.length;
    this.#guides = grown(this.#guides, this.#tables * cells);
    this.#places = grown(this.#places, this.#tables * 4);
    this.#pool = grown(this.#pool, this.#used);
    this.#heads = grown(this.#heads, this.#used);
    this.#places.set([origin, first, shift], number * 4);
    this.#pool.set(cumulative, origin);
    this.#heads.set(
      cumulative.map((p) => Math.min(Math.floor(p * 2 ** 16), 2 ** 16 - 1)),
      origin,
    );
    fillGuide(this.#guides.subarray(number * cells, (number + 1) * cells), cumulative, shift);
    this.#numbers[component * (this.#batch + 1) + trials] = number;
    return number;
  }
}

/** The array itself, or a copy at least twice as long if it is too short. */
function grown<A extends Int32Array | Uint8Array | Uint16Array | Float64Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}

import seedrandom from 'seedrandom';
import { discardedDraws } from './keyed-stream.js';

/** The multiplier of Baagøe's Alea: t = 2091639·s₀ + 2⁻³²·c; s₀ ← s₁, s₁ ← s₂, c ← ⌊t⌋, s₂ ← t − c, which is the draw of 32 bits. */
export const aleaMultiplier = 2091639;

/**
 * The random stream of a key without calls and without objects: the state of the generator behind `keyedStream`, advanced in place. A loop
 * that draws many numbers keeps the four entries in local variables and writes them back. `keyedStream` is the definition: the same key gives
 * the same bits.
 */
export class AleaStream {
  /** s₀, s₁, s₂, c. */
  readonly state = new Float64Array(4);

  /** @param key any non-empty string, as for `keyedStream` */
  constructor(key: string) {
    const generator = seedrandom.alea(key, { state: true });
    for (let draw = 0; draw < discardedDraws; draw++) generator();
    const { s0, s1, s2, c } = generator.state();
    this.state.set([s0, s1, s2, c]);
  }

  /** A double in [0, 1) with 53 random bits. */
  double(): number {
    const { state } = this;
    let t = aleaMultiplier * state[0]! + state[3]! * 2 ** -32;
    let carry = Math.floor(t);
    const high = t - carry;
    t = aleaMultiplier * state[1]! + carry * 2 ** -32;
    carry = Math.floor(t);
    const low = t - carry;
    state[0] = state[2]!;
    state[1] = high;
    state[2] = low;
    state[3] = carry;
    return high + Math.floor(low * 2 ** 21) * 2 ** -53;
  }
}

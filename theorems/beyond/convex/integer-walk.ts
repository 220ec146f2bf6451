/** A walk on the integers from 0 that goes to one of two places with probability ½ each. */
export interface FairWalk {
  /** The two places that n leads to. */
  next(n: number): readonly [number, number];
  /** A value ≥ 0. */
  value(n: number): number;
}

/** Places with |n| beyond this are left out. */
const farthest = 2 ** 12;

/** (1/T) Σ E value(n_t) over the first T places, in doubles. What goes too far is dropped, which makes it a lower end. */
export function walkAverage({ next, value }: FairWalk, iterations: number): number {
  const places = Array.from({ length: 2 * farthest + 1 }, (_, index) => index - farthest);
  const values = Float64Array.from(places, value);
  // One more index for all that is too far.
  const targets = Int32Array.from(places.flatMap((n) => next(n).map((to) => index(to))));
  let [law, moved] = [new Float64Array(places.length + 1), new Float64Array(places.length + 1)];
  law[farthest] = 1;
  let total = 0;
  for (let t = 1; t <= iterations; t++) {
    moved.fill(0);
    for (let place = 0; place < places.length; place++) {
      const mass = law[place]!;
      if (mass === 0) continue;
      total += mass * values[place]!;
      moved[targets[2 * place]!]! += mass / 2;
      moved[targets[2 * place + 1]!]! += mass / 2;
    }
    [law, moved] = [moved, law];
  }
  return total / iterations;
}

const index = (n: number): number => (Math.abs(n) <= farthest ? n + farthest : 2 * farthest + 1);

import test from 'ava';
import { type Inverted, voteWith, wrongOfNoiseless, wrongOfOneLaw } from './inverters.js';
import { wrongVoteProbability } from './vote-coefficients.js';

/** P[more than half of the votes are wrong], over all patterns of votes. */
function byPatterns({ workers, inverters }: Inverted, p: number, inverted: number): number {
  let total = 0;
  for (let pattern = 0; pattern < 2 ** workers; pattern++) {
    let [count, mass] = [0, 1];
    for (let m = 0; m < workers; m++) {
      const wrong = Math.floor(pattern / 2 ** m) % 2;
      const own = m < inverters ? inverted : p;
      count += wrong;
      mass *= wrong === 1 ? own : 1 - own;
    }
    if (2 * count > workers) total += mass;
  }
  return total;
}

test('the law of a vote with inverters is that of all patterns of votes', (t) => {
  for (const [workers, inverters] of [
    [1, 0],
    [5, 0],
    [5, 1],
    [5, 2],
    [9, 4],
  ] as const) {
    for (const p of [0, 0.1, 0.4, 0.5]) {
      const inverted = { workers, inverters };
      const name = `M = ${workers}, ${inverters} inverters, p = ${p}`;
      t.true(Math.abs(wrongOfOneLaw(inverted, p) - byPatterns(inverted, p, 1 - p)) < 1e-12, name);
      t.true(Math.abs(wrongOfNoiseless(inverted, p) - byPatterns(inverted, p, 1)) < 1e-12, `${name}, noiseless`);
    }
  }
  t.true(Math.abs(wrongOfOneLaw({ workers: 5, inverters: 0 }, 0.3) - wrongVoteProbability(5, 0.3)) < 1e-12);
});

test('a vote goes by the sign that is the more frequent one', (t) => {
  const vote = voteWith(wrongOfOneLaw, { workers: 3, inverters: 1 });
  const law = { positive: 0.75, negative: 0.25, tie: 0, uncertain: 0 };
  const own = vote(law);
  const mirrored = vote({ ...law, positive: law.negative, negative: law.positive });
  t.true(own.positive > 1 / 2 && own.positive === mirrored.negative && own.negative === mirrored.positive);
  t.is(own.positive + own.negative, 1);
});

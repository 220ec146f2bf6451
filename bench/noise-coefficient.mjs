// The largest E|X_1 + … + X_B|/(σ√B) of B independent draws of one centred law of variance σ², searched over laws on four points by
// a compass search from random starts, against √2(1 − 1/(2B))^(B − ½). Open question 1 of docs/open.md: no start may end above.
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import seedrandom from 'seedrandom';

const points = 4;
const restarts = Number(argv[2] ?? 12);
const random = seedrandom('noise coefficient');

/** E|S_B| of a law, by its counts: C(B + 3, 3) of them. */
function meanAbsolute(values, theta, draws) {
  let total = 0;
  const visit = (k, left, sum, probability) => {
    if (k === points - 1) {
      total += probability * theta[k] ** left * Math.abs(sum + left * values[k]);
      return;
    }
    let coefficient = 1;
    for (let count = 0; count <= left; count++) {
      visit(k + 1, left - count, sum + count * values[k], probability * coefficient * theta[k] ** count);
      coefficient *= (left - count) / (count + 1);
    }
  };
  visit(0, draws, 0, 1);
  return total;
}

/** E|S_B|/(σ√B) of the law with the given logits and values, centred. */
function ratio(parameters, draws) {
  const weights = parameters.slice(0, points).map(Math.exp);
  const sum = weights.reduce((a, b) => a + b);
  const theta = weights.map((weight) => weight / sum);
  const given = parameters.slice(points);
  const mean = given.reduce((total, value, k) => total + theta[k] * value, 0);
  const values = given.map((value) => value - mean);
  const variance = values.reduce((total, value, k) => total + theta[k] * value ** 2, 0);
  return variance > 0 ? meanAbsolute(values, theta, draws) / Math.sqrt(draws * variance) : 0;
}

function climb(draws) {
  let best = Array.from({ length: 2 * points }, () => 6 * random() - 3);
  let value = ratio(best, draws);
  for (let step = 1; step > 1e-9; ) {
    let moved = false;
    for (let i = 0; i < best.length; i++) {
      for (const signed of [step, -step]) {
        const next = best.with(i, best[i] + signed);
        const found = ratio(next, draws);
        if (found > value) [best, value, moved] = [next, found, true];
      }
    }
    if (!moved) step /= 2;
  }
  return value;
}

/** Prints one line for each B. */
export function searchNoiseCoefficient() {
  for (const draws of [2, 3, 4, 5, 6, 8]) {
    const conjectured = Math.SQRT2 * (1 - 1 / (2 * draws)) ** (draws - 0.5);
    const found = Math.max(...Array.from({ length: restarts }, () => climb(draws)));
    console.log(`B = ${draws}: ${found.toFixed(12)} found, √2(1 − 1/(2B))^(B − ½) = ${conjectured.toFixed(12)}`);
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) searchNoiseCoefficient();

// Argument: T. The chain is that of bench/c/lattice.c.
import { latticeLeft } from '../../dist/src/exact/engines/lattice.js';

const iterations = Number(process.argv[2]);
const step = 1 / (2 * Math.sqrt(iterations));
const logFactorial = [0];
for (let k = 1; k <= iterations; k++) logFactorial.push(logFactorial[k - 1] + Math.log(k));
const below = [];
let sum = 0;
for (let k = 0; k <= iterations; k++) {
  below.push(sum);
  sum += Math.exp(logFactorial[iterations] - logFactorial[k] - logFactorial[iterations - k] - iterations * Math.LN2);
}
below.push(1);
const clamp = (k) => Math.max(0, Math.min(iterations + 1, k));
const coordinate = {
  term: (j) => Math.abs(1 + j * step),
  termError: 0,
  law(j) {
    const c = (iterations * (1 - (1 + j * step))) / 2;
    const negative = below[clamp(Math.ceil(c))];
    const positive = 1 - below[clamp(Math.floor(c) + 1)];
    return { positive, negative, tie: 1 - positive - negative, uncertain: 0 };
  },
};
const once = () => latticeLeft(coordinate, iterations, 'zero', 2 ** -100);
const [warm, repeats] = [20, 40];
for (let k = 0; k < warm; k++) once();
const start = process.cpuUsage();
let interval = [];
for (let k = 0; k < repeats; k++) interval = once();
const { user, system } = process.cpuUsage(start);
console.error(...interval);
console.log((user + system) / 1e6 / repeats);

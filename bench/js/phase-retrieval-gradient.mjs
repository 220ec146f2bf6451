import { smooth } from '../../dist/src/index.js';

const [rows, columns, repeats] = [3000, 2500, 40];
const entries = (count, shift) => Float64Array.from({ length: count }, () => Math.random() - shift);
const term = smooth.phaseRetrieval({
  matrix: { rows, columns, data: entries(rows * columns, 0.5) },
  intensities: Array.from(entries(rows, 0)),
});
const x = entries(columns, 0.5);
const gradient = new Float64Array(columns);
for (let k = 0; k < 5; k++) term.gradient(x, gradient);
const start = process.cpuUsage();
for (let k = 0; k < repeats; k++) {
  term.gradient(x, gradient);
  x[k] += 1e-9 * gradient[k];
}
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1e6 / repeats);

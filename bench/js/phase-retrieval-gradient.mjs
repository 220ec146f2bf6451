import { smooth } from '../../dist/src/index.js';
import { matrixData } from '../../dist/src/reference/kernels/matrix-memory.js';

// With `javascript` the matrix lies in a plain array, which no WebAssembly sweeps.
const [rows, columns, repeats] = [3000, 2500, 40];
const fill = (array, shift) => array.map(() => Math.random() - shift);
const data = process.argv[2] === 'javascript' ? new Float64Array(rows * columns) : matrixData(rows, columns);
data.set(fill(data, 0.5));
const term = smooth.phaseRetrieval({
  matrix: { rows, columns, data },
  intensities: Array.from(fill(new Float64Array(rows), 0)),
});
const x = fill(new Float64Array(columns), 0.5);
const gradient = new Float64Array(columns);
for (let k = 0; k < 5; k++) term.gradient(x, gradient);
const start = process.cpuUsage();
for (let k = 0; k < repeats; k++) {
  term.gradient(x, gradient);
  x[k] += 1e-9 * gradient[k];
}
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1e6 / repeats);

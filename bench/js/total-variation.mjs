import { lendTotalVariation } from '../../dist/src/reference/kernels/total-variation-memory.js';

const [side, iterations, repeats] = [50, 100, 200];
const radius = 0.1;
const { images, advance } = lendTotalVariation(side, side);
for (let row = 0; row < side; row++) {
  for (let column = 0; column < side; column++) {
    images.centered[(row + 1) * (side + 1) + column + 1] = Math.random() + (column > 20 ? 1 : 0);
  }
}

function prox() {
  for (const name of ['down', 'right', 'aheadDown', 'aheadRight']) images[name].fill(0);
  advance(true, radius, 1, iterations);
}

for (let k = 0; k < 30; k++) prox();
const start = process.cpuUsage();
for (let k = 0; k < repeats; k++) prox();
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1e6 / repeats);

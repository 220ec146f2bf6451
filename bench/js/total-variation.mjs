import { advanceInJavaScript } from '../../dist/src/reference/functions/total-variation/total-variation-fast.js';
import { advanceAsDefined } from '../../dist/src/reference/functions/total-variation/total-variation-iteration.js';
import { borderedImages } from '../../dist/src/reference/kernels/bordered-images.js';
import { lendTotalVariation } from '../../dist/src/reference/kernels/total-variation-memory.js';

const [side, iterations, repeats] = [50, 100, 200];
const radius = 0.1;
const form = process.argv[2] ?? 'webassembly';
const lent = form === 'webassembly' ? lendTotalVariation(side, side) : undefined;
const images = lent?.images ?? borderedImages(side, side);
const advance = form === 'definition' ? advanceAsDefined : advanceInJavaScript;
for (let row = 0; row < side; row++) {
  for (let column = 0; column < side; column++) {
    images.centered[(row + 1) * (side + 1) + column + 1] = Math.random() + (column > 20 ? 1 : 0);
  }
}

function prox() {
  for (const name of ['down', 'right', 'aheadDown', 'aheadRight']) images[name].fill(0);
  if (lent) lent.advance(true, radius, 1, iterations);
  else advance(images, true, radius, 1, iterations);
}

for (let k = 0; k < 30; k++) prox();
const start = process.cpuUsage();
for (let k = 0; k < repeats; k++) prox();
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1e6 / repeats);

import { workerData } from 'node:worker_threads';
import { counts, mostSlots, placeOfSlot } from './shared.js';
import { longest, tell } from './watched.js';

// The thread that ends what runs for too long: the thread of an endless loop itself does nothing more.

const cells = workerData as Int32Array;
setInterval(() => {
  const now = Atomics.add(cells, counts.seconds, 1) + 1;
  for (let slot = 0; slot < Math.min(mostSlots, Atomics.load(cells, counts.slots)); slot++) {
    const place = placeOfSlot(slot);
    const late = Atomics.load(cells, place);
    if (late !== 0 && now - cells[place + 1]! > longest) tell({ late, iterations: cells[place + 2]! });
  }
}, 1000);

import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadModule } from '../dist/src/guard/load-module.js';
import { openModule } from '../dist/src/guard/module-process.js';
import { openProcess } from '../dist/src/guard/process-implementation.js';
import { median } from './harness.mjs';

const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** Adapters by language; a call is one prox of ℓ1 on n = 10. */
const languages = {
  'JavaScript, in process': { module: fixture('adapters/javascript/adapter.js'), inProcess: true },
  'JavaScript, --module': { module: fixture('adapters/javascript/adapter.js') },
  Python: { command: ['python3', fixture('adapters/python/adapter.py')] },
  Octave: { command: ['octave-cli', '--quiet', fixture('skeletons/signprox_adapter.m')] },
};

async function open({ module, inProcess, command }) {
  if (inProcess) return { ...(await loadModule(module)), close: async () => {} };
  if (module !== undefined) return openModule(module, { seed: '1', timeout: 20_000 });
  return openProcess({ command, seed: '1', timeout: 20_000 });
}

/** Calls per second with `waiting` calls under way at once: the guard puts calls that wait into one batch. */
async function rate(implementation, calls, waiting) {
  const x = Float64Array.from({ length: 10 }, (_, i) => i - 4.5);
  const function_ = { type: 'l1', weight: 0.75 };
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await implementation.ask({ method: 'prox', function: function_, step: 0.5, x });
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: waiting }, worker));
  return calls / ((performance.now() - start) / 1000);
}

/** K5: wall-clock calls per second by language, one at a time and as many at once as the guard keeps under way. */
export async function guardCalls(rounds = 5) {
  console.log('\nK5  guard, calls of prox per second, n = 10, wall clock');
  const opened = [];
  for (const [name, options] of Object.entries(languages)) {
    try {
      opened.push([name, await open(options)]);
    } catch (error) {
      console.log(`  missing: ${name} (${String(error.message).split('\n', 1)[0]})`);
    }
  }
  const rates = opened.map(() => ({ single: [], batched: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [k, [, implementation]] of opened.entries()) {
      const calls = implementation.description.language === 'octave' ? 300 : 3000;
      const single = await rate(implementation, calls / 3, 1);
      const batched = await rate(implementation, calls, implementation.concurrency ?? 1);
      // The first round warms up.
      if (round > 0) {
        rates[k].single.push(single);
        rates[k].batched.push(batched);
      }
    }
  }
  for (const [k, [name, implementation]] of opened.entries()) {
    const { single, batched } = rates[k];
    const gain = median(batched.map((value, round) => value / single[round]));
    const waiting = implementation.concurrency ?? 1;
    const many = `, ${waiting} under way ${Math.round(median(batched))} (${gain.toPrecision(2)} times as many)`;
    console.log(`  ${name}: one at a time ${Math.round(median(single))}${waiting > 1 ? many : ''}`);
    await implementation.close();
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const wrongOptimisers = fileURLToPath(new URL('../python/tests', import.meta.url));

/** CPU seconds of a command with all that it starts: the second line that `times` of a shell prints. */
function cpuOf(command, options) {
  const { stdout } = spawnSync('sh', ['-c', '"$@" > /dev/null 2>&1; times', 'sh', ...command], {
    ...options,
    encoding: 'utf8',
  });
  const seconds = [
    ...stdout
      .trim()
      .split('\n')
      .at(-1)
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return seconds.reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0);
}

/** Seconds by the clock until a command says that something is wrong. */
const untilWrong = ([program, ...words], options) =>
  new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (text) => {
      if (!/first failure|wrong/.test(text)) return;
      resolve((performance.now() - start) / 1000);
      child.kill();
    });
    child.on('close', () => resolve(Number.NaN));
  });

/** K8: verdicts about optimisers of PyTorch, against the import of PyTorch. `SIGNPROX_PYTHON` names a Python that has it. */
export async function optimiserVerdicts(rounds = 3) {
  console.log('\nK8  guard, an optimiser of PyTorch at depth quick');
  const { SIGNPROX_PYTHON: python = 'python3' } = process.env;
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-optimisers-'));
  const options = { cwd, env: { ...process.env, PYTHONPATH: wrongOptimisers } };
  const imported = [python, '-c', 'import torch'];
  const guard = (object) => [
    process.execPath,
    main,
    'guard',
    object,
    '--as',
    'adamw',
    '--depth',
    'quick',
    '--python',
    python,
  ];
  const [right, wrong] = [guard('torch.optim:AdamW'), guard('wrong_torch:NoCorrection')];
  const found = { right: [], wrong: [], first: [] };
  const bare = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const [cpu, start] = [cpuOf(imported, options), performance.now()];
      spawnSync(imported[0], imported.slice(1), options);
      const clock = (performance.now() - start) / 1000;
      bare.push(cpu);
      found.first.push((await untilWrong(wrong, options)) / clock);
      found.wrong.push(cpuOf(wrong, options) / cpu);
      found.right.push(cpuOf(right, options) / cpu);
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
  const times = (name) => `${median(found[name]).toPrecision(2)} times`;
  console.log(`  import torch: CPU ${median(bare).toFixed(2)} s`);
  console.log(`  the first failure of a wrong AdamW, clock: ${times('first')} the import`);
  console.log(`  the verdict about it, CPU: ${times('wrong')}`);
  console.log(`  the verdict about a right AdamW, CPU: ${times('right')}`);
}

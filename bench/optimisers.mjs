import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './harness.mjs';

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

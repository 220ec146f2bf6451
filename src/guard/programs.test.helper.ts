import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import type { StatefulStepRequest } from '../claims/implementation/implementation.js';
import { openProcess } from './process-implementation.js';

/**
 * `test.serial`, or `test.skip` where a program that the tests need is missing: they are then counted as skipped, never as passed. With
 * REQUIRE_ALL=1 nothing may be skipped, and the tests run and fail. One after another, because each starts a process that fills a core.
 */
export function testWith(program: string, ...parameters: readonly string[]): typeof test.serial | typeof test.skip {
  const isThere = () => spawnSync(program, parameters, { stdio: 'ignore' }).status === 0;
  // To import PyTorch takes two seconds.
  return process.env['REQUIRE_ALL'] === '1' || isThere() ? test.serial : test.skip;
}

/** The Python that has the modules: the first on the path, or the one that packages of the system are for; the latter where neither has. */
export function pythonWith(...modules: readonly string[]): string {
  const has = `import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, sys.argv[1:])))`;
  const found = ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', has, ...modules], { stdio: 'ignore' }).status === 0,
  );
  return found ?? '/usr/bin/python3';
}

/** The Python package, three levels above the compiled file. */
export const pythonPackage = fileURLToPath(new URL('../../../python/', import.meta.url));

/** Runs a file of the tests of the Python package, all of which must pass: a test that is skipped asks nothing. */
export function passesPytest(t: ExecutionContext, program: string, file: string): void {
  const words = ['-m', 'pytest', '-q', '-rs', '--color=no', join('tests', file)];
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', cwd: pythonPackage });
  t.is(status, 0, `${stdout}${stderr}`);
  t.regex(stdout, /^\d+ passed(?:, \d+ warnings?)? in /m);
}

/** Runs actions a few at a time: tests of one file start together, and each of these has a process of its own. */
export function limiter(free: number): <T>(action: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  return async (action) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free--;
    try {
      return await action();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** The seeds at which errors are planted: 1, or 1 to n where SEEDS=n says so, as before a release. */
export const seeds: readonly string[] = Array.from({ length: positive('SEEDS') }, (_, i) => String(i + 1));

/** A number of the environment, 1 if it is not there: with none of what they draw from, tests would pass and ask nothing. */
function positive(name: string): number {
  const { [name]: given = '1' } = process.env;
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`${name} must be an integer from 1 on, got ${given}`);
  return count;
}

/**
 * Asserts that the state of an optimiser of a Python module can be resumed in any order, and in another process, as a run goes on. Returns x³ of a
 * linear function from x⁰ = (1, 2) with γ = ½.
 */
export async function resumesElsewhere(
  t: ExecutionContext,
  python: string,
  cwd: string,
  object: string,
  algorithm: Pick<StatefulStepRequest, 'algorithm' | 'hyperparameters'>,
): Promise<Float64Array> {
  const asked = JSON.stringify({ object, as: algorithm.algorithm, arguments: {}, declare: {} });
  const command = ['env', '-C', cwd, python, join(pythonPackage, 'src/signprox/adapter'), 'optimiser', asked] as const;
  const open = () => openProcess({ command, seed: '1', timeout: 60_000, helloTimeout: 60_000 });
  const [one, other] = await Promise.all([open(), open()]);
  try {
    const gradient = [1, -2];
    const request = { ...algorithm, step: 0.5 } as const;
    const next = async (from: typeof one, { x, state }: { x: Float64Array; state?: unknown }) =>
      from.ask({ method: 'step', ...request, gradient, x: x.slice(), state });
    const start = { x: Float64Array.of(1, 2), state: null };
    const first = await next(one, start);
    const second = await next(one, first);
    const third = await next(one, second);
    const gradients = [gradient, gradient, gradient];
    const right = await one.ask({ method: 'run', ...request, gradients, x: start.x.slice() });
    t.deepEqual(right.trajectory, [first.x, second.x, third.x], object);
    for (const from of [one, other, one]) {
      t.deepEqual((await next(from, first)).x, second.x, object);
      t.deepEqual((await next(from, second)).x, third.x, object);
    }
    return third.x;
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

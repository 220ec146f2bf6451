import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Implementation,
  iterationsOf,
  type Question,
  type StatefulRunRequest,
  type StepReply,
} from '../claims/implementation/implementation.js';
import { literal, syntaxes } from '../claims/implementation/question-as-code.js';
import { requireFile } from './load-module.js';
import { ModuleLoadError } from './module-implementation.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** The program that serves a module, whose file is its first argument. */
export const moduleServer = fileURLToPath(new URL('module-server.js', import.meta.url));

/** The start of the diagnosis when the module cannot be loaded and hello is refused. */
const refused = 'refused hello: ';

/**
 * A JavaScript module in its own process: an endless loop is stopped after the time limit of a call, and a module that exits or crashes
 * does not end the suite. It must be closed.
 *
 * @throws ModuleLoadError when the file is missing, does not load, or has no usable default export
 * @example
 * const mine = await openModule('fixtures/adapters/javascript/adapter.js', { seed: '1' });
 * const { x } = await mine.ask({ method: 'prox', function: { type: 'l1', weight: 1 }, step: 1, x: Float64Array.of(3) });
 * assert.equal(x[0], 2);
 * assert.equal(await mine.close(), undefined);
 */
export async function openModule(
  path: string,
  options: Omit<ProcessOptions, 'command' | 'seesInputs'>,
): Promise<ProcessImplementation> {
  const file = resolve(path);
  await requireFile(file);
  try {
    const command: [string, ...string[]] = [process.execPath, moduleServer, file];
    const opened = await openProcess({ ...options, command, seesInputs: true });
    // Not a copy: what it says of its stderr changes.
    return Object.assign(opened, {
      program: (run: Question<'run'>, way: 'run' | 'steps') => programOf(opened, path, run, way),
    });
  } catch (error) {
    if (!(error instanceof AdapterFailure)) throw error;
    const { message } = error;
    throw new ModuleLoadError(
      message.startsWith(refused)
        ? message.slice(refused.length)
        : `${file} does not load: ${message}; try node ${file}`,
    );
  }
}

/** The calls of the module that make a run, with the iterates that they return. */
async function programOf(
  { ask }: Pick<Implementation, 'ask'>,
  path: string,
  run: Question<'run'>,
  way: 'run' | 'steps',
): Promise<{ readonly x: Float64Array; readonly text: string }> {
  const { method: _, x: start, step, steps, ...about } = run;
  const { indices, gradients, ...request } = about as Partial<StatefulRunRequest>;
  const text = (value: unknown): string => literal(value, syntaxes['javascript']!);
  const lines = [`const { default: mine } = await import(${text(/^[./]/.test(path) ? path : `./${path}`)});`];
  if (way === 'run') {
    const { x } = await ask({ ...run, x: start.slice() });
    const own = {
      ...(steps === undefined ? { step } : { step: steps[0], steps }),
      x: start,
      ...(gradients ? { gradients } : { indices }),
    };
    return { x, text: [...lines, `await mine.run(${text({ ...request, ...own })});`].join('\n') };
  }
  const remembers = 'hyperparameters' in run;
  lines.push(`const request = ${text(request)};`);
  let last: StepReply = { x: start, state: null };
  for (const [t, each] of iterationsOf(run).entries()) {
    const own = { step: steps?.[t] ?? step, ...each };
    const { x, state } = last;
    const question = { ...request, ...own, ...(remembers && { state }), method: 'step', x: x.slice() };
    last = await ask(question as unknown as Question<'step'>);
    const from = t === 0 ? `x: ${text(start)}${remembers ? ', state: null' : ''}` : `x${remembers ? ', state' : ''}`;
    const call = `await mine.step({ ...request, ${text(own).slice(1, -1)}, ${from} })`;
    const to = remembers ? '{ x, state }' : 'x';
    lines.push(
      `${t === 0 ? `let ${to} = ${call};` : remembers ? `(${to} = ${call});` : `x = ${call};`}  // x is ${text(last.x)}`,
    );
  }
  return { x: last.x, text: lines.join('\n') };
}

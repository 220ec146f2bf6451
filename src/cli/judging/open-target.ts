import type { Implementation, ImplementationError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { ModuleLoadError } from '../../guard/module-implementation.js';
import { openModule } from '../../guard/module-process.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from '../../guard/process-implementation.js';
import { openPythonObject } from '../../guard/python-object.js';
import { CommandError } from '../../guard/supervisor/failures.js';
import { printable } from '../../report/wording/sanitize.js';
import { UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';

/** Milliseconds for a call when nothing else is asked for. */
const defaultTimeout = 2000;

/** An implementation that can be judged, and how the use of it ends. */
export interface OpenTarget {
  readonly implementation: Implementation;
  /** Told whether the requests from now on are bad on purpose: what is written to stderr about those is not shown. */
  provokes?(isBad: boolean): void;
  /**
   * Ends the use; what the implementation does wrong about it is returned. With `failed`, what it wrote to stderr is shown. Later
   * calls do nothing.
   */
  close(failed: boolean): Promise<ImplementationError | undefined>;
}

/**
 * Loads or starts what is to be judged.
 *
 * @throws UsageError when there is nothing such, ImplementationError when it is there and does not work
 */
export async function openTarget(target: Target, seed: string, signal: AbortSignal): Promise<OpenTarget> {
  switch (target.kind) {
    case 'reference':
      return { implementation: reference, close: async () => undefined };
    case 'module':
      return openSubprocess(target, seed, signal, (options) => openModule(target.path, options));
    case 'python':
      return openSubprocess(target, seed, signal, (options) => openPythonObject(target, options));
    case 'command':
      return openSubprocess(target, seed, signal, (options) => openProcess({ ...options, command: target.command }));
  }
}

async function openSubprocess(
  { timeout = defaultTimeout }: { readonly timeout?: number },
  seed: string,
  signal: AbortSignal,
  open: (options: Omit<ProcessOptions, 'command'>) => Promise<ProcessImplementation>,
): Promise<OpenTarget> {
  const incidents: string[] = [];
  const show = (): void => {
    for (const incident of incidents.splice(0)) process.stderr.write(incident);
  };
  let implementation: ProcessImplementation;
  try {
    implementation = await open({
      timeout,
      seed,
      signal,
      incident: ({ kind, message }, stderr) => incidents.push(`signprox: ${kind}: ${message}\n${stderrBlock(stderr)}`),
    });
  } catch (error) {
    if (error instanceof CommandError || error instanceof ModuleLoadError) throw new UsageError(error.message);
    // The last incident is the error itself, which is printed by whoever ends the run.
    const last = incidents.pop();
    show();
    if (last !== undefined) process.stderr.write(last.slice(last.indexOf('\n') + 1));
    throw error;
  }
  let closed = false;
  return {
    implementation,
    provokes: (isBad) => implementation.provokes(isBad),
    async close(failed) {
      if (closed) return undefined;
      closed = true;
      const { stderr } = implementation;
      const failure = await implementation.close();
      if (failed && incidents.length === 0) incidents.push(stderrBlock(stderr));
      show();
      return failure;
    },
  };
}

/** What an adapter wrote to stderr, set off from our own lines; empty when it wrote nothing. */
function stderrBlock(stderr: string): string {
  const text = withoutRepeats(printable(stderr.replaceAll(/\r\n?/g, '\n')).trimEnd());
  if (text === '') return '';
  return `the end of its stderr:\n${text.replaceAll(/^/gm, '  | ')}\n`;
}

/** The lines with each run of equal ones told once: a library that raises says so for every case. */
function withoutRepeats(text: string): string {
  const lines: { readonly line: string; times: number }[] = [];
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (last?.line === line) last.times++;
    else lines.push({ line, times: 1 });
  }
  return lines.map(({ line, times }) => (times === 1 ? line : `${line} (${times} times)`)).join('\n');
}

import type { Implementation, ImplementationError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { ModuleLoadError } from '../../guard/module-implementation.js';
import { openModule } from '../../guard/module-process.js';
import { openNamedObject } from '../../guard/named-object.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from '../../guard/process-implementation.js';
import { AdapterFailure, CommandError } from '../../guard/supervisor/failures.js';
import { printable } from '../../report/wording/sanitize.js';
import { UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';

/** Default limit of a call in milliseconds. */
const defaultTimeout = 2000;

/** An implementation that is ready to be judged, and how to close it. */
export interface OpenTarget {
  readonly implementation: Implementation;
  /** What it declares, if only some of it is to be judged. */
  readonly declared?: Pick<
    Implementation['description'],
    'methods' | 'functions' | 'smooth' | 'algorithms' | 'statefulAlgorithms'
  >;
  /** Says whether requests from now on are invalid on purpose: the adapter's stderr about those is not shown. */
  provokes?(isBad: boolean): void;
  /**
   * Closes the implementation, and returns what it does wrong at that. With `failed`, its stderr is shown. Later calls do nothing.
   */
  close(failed: boolean): Promise<ImplementationError | undefined>;
}

/**
 * Loads or starts the implementation.
 *
 * @throws UsageError when it does not exist, ImplementationError when it exists and does not work
 */
export async function openTarget(target: Target, seed: string, signal: AbortSignal): Promise<OpenTarget> {
  switch (target.kind) {
    case 'reference':
      return { implementation: reference, close: async () => undefined };
    case 'module':
      return openSubprocess(target, seed, signal, (options) => openModule(target.path, options));
    case 'object':
      return openSubprocess(target, seed, signal, (options) => openNamedObject(target, options));
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
    // The last incident is the error itself, which is printed at the end of the run.
    const last = incidents.pop();
    show();
    if (last !== undefined) process.stderr.write(last.slice(last.indexOf('\n') + 1));
    if (!(error instanceof AdapterFailure)) throw error;
    throw new AdapterFailure(
      error.kind,
      `${error.message}: signprox init writes an adapter that answers, and docs/protocol.md says how`,
    );
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

/** The adapter's stderr, set off from our own lines; empty if it wrote nothing. */
function stderrBlock(stderr: string): string {
  const text = withoutRepeats(printable(stderr.replaceAll(/\r\n?/g, '\n')).trimEnd());
  if (text === '') return '';
  return `the end of its stderr:\n${text.replaceAll(/^/gm, '  | ')}\n`;
}

/** Prints equal consecutive lines once, with their number: a library that raises does so for every case. */
function withoutRepeats(text: string): string {
  const lines: { readonly line: string; times: number }[] = [];
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (last?.line === line) last.times++;
    else lines.push({ line, times: 1 });
  }
  return lines.map(({ line, times }) => (times === 1 ? line : `${line} (${times} times)`)).join('\n');
}

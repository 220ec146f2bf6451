import { existsSync } from 'node:fs';
import type { Implementation, ImplementationError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { plural } from '../../claims/text.js';
import { ModuleLoadError } from '../../guard/module-implementation.js';
import { openModule } from '../../guard/module-process.js';
import { openNamedObject } from '../../guard/named-object.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from '../../guard/process-implementation.js';
import { AdapterFailure, CommandError } from '../../guard/supervisor/failures.js';
import { findFixed, unknownHyperparameters } from '../../judging/parts/memory-conventions.js';
import type { StatefulClaim } from '../../judging/parts/stateful-claim.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { printable } from '../../report/wording/sanitize.js';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';

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
  /** For each process that crashed, how, and what it was asked. */
  crashes?(): readonly string[];
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
      return withFixed(
        await openSubprocess(target, seed, signal, (options) => openNamedObject(target, options)),
        target.as,
      );
    case 'command':
      return openSubprocess(
        target,
        seed,
        signal,
        (options) => openProcess({ ...options, command: target.command }),
        target.command,
      );
  }
}

/** The implementation with the values of the hyperparameters for which it has no argument, which are found by asking. */
async function withFixed(opened: OpenTarget, algorithm: string): Promise<OpenTarget> {
  const { implementation } = opened;
  const { name, restrictions = {}, notes = [] } = implementation.description;
  const unknown = unknownHyperparameters(implementation);
  if (unknown.length === 0) return opened;
  try {
    const claim = await loadEntry(readCatalogue().find(({ id }) => id === algorithm)!);
    const found = await findFixed(implementation, (claim as StatefulClaim).memory);
    const { parameters } = statefulAlgorithms[algorithm as StatefulAlgorithmName];
    const example = JSON.stringify(
      Object.fromEntries(unknown.map((each) => [each, (found?.[each] ?? parameters[each]?.usual?.[0])!])),
    );
    if (found === undefined) {
      throw new UsageError(
        `${name} has no argument for ${unknown.join(' and ')} of ${algorithm}, and is right with no usual value: declare what it has, as in --arguments '${example}'`,
      );
    }
    const values = Object.entries(found).map(([each, value]) => `${each} = ${value}`);
    const note = `${name} has no argument for ${unknown.join(' and ')}: ${values.join(', ')}, as detected; declare another value as in --arguments '${example}'`;
    const description = {
      ...implementation.description,
      restrictions: { ...restrictions, fixedHyperparameters: { ...restrictions.fixedHyperparameters, ...found } },
      notes: [...notes, note],
    };
    return { ...opened, implementation: { ...implementation, description } };
  } catch (error) {
    await opened.close(false);
    throw error;
  }
}

/** Most characters of a request that are shown. */
const longestRequest = 300;

/** A request with its doubles as numbers, cut. */
function readable(request: string): string {
  const text = request.replaceAll(/"([0-9a-f]{16})"/g, (_, digits: string) =>
    String(Buffer.from(digits, 'hex').readDoubleBE(0)),
  );
  return text.length <= longestRequest ? text : `${text.slice(0, longestRequest - 1)}…`;
}

async function openSubprocess(
  { timeout }: { readonly timeout?: number },
  seed: string,
  signal: AbortSignal,
  open: (options: Omit<ProcessOptions, 'command'>) => Promise<ProcessImplementation>,
  command?: readonly string[],
): Promise<OpenTarget> {
  const incidents: Incident[] = [];
  const show = (): void => {
    process.stderr.write(incidentText(incidents.splice(0)));
  };
  const crashes: string[] = [];
  let implementation: ProcessImplementation;
  try {
    implementation = await open({
      ...(timeout !== undefined && { timeout }),
      seed,
      signal,
      incident({ kind, message }, stderr, request) {
        incidents.push({ line: `${kind}: ${message}`, stderr });
        if (kind === 'crash' && request !== undefined) crashes.push(`${message}: ${readable(request)}`);
      },
    });
  } catch (error) {
    if (error instanceof CommandError || error instanceof ModuleLoadError) throw new UsageError(error.message);
    // The last incident is the error itself, which is printed at the end of the run.
    const last = incidents.pop();
    show();
    const stderr = last?.stderr ?? '';
    const failure = error instanceof AdapterFailure && command ? withAdvice(error, command, stderr) : error;
    if (!(failure instanceof UsageError)) process.stderr.write(stderrBlock(stderr));
    throw failure;
  }
  let closed = false;
  return {
    implementation,
    provokes: (isBad) => implementation.provokes(isBad),
    crashes: () => [...crashes],
    async close(failed) {
      if (closed) return undefined;
      closed = true;
      const { stderr } = implementation;
      const failure = await implementation.close();
      if (failed && incidents.length === 0) process.stderr.write(stderrBlock(stderr));
      show();
      return failure;
    },
  };
}

/** How the names of programs end that an interpreter runs. */
const script = /\.(?:py|[cm]?[jt]s|R|r|m|jl|rb|pl|jar|lua|php|sh)$/;

/** The failure of a program that does not say hello, with what to do about it. */
function withAdvice({ kind, message }: AdapterFailure, command: readonly string[], stderr: string): Error {
  const file = command.slice(1).find((word) => script.test(word));
  if (kind === 'crash' && file !== undefined && !existsSync(file)) {
    return new UsageError(`there is no file ${file}: give the path of your program, from this folder or from /`);
  }
  // It has said what is missing, and signprox knows no more.
  if (kind === 'crash' && stderr.trim() !== '') return new AdapterFailure(kind, message);
  const isModule = kind === 'crash' && file !== undefined && /\.[cm]?js$/.test(file);
  const advice = isModule
    ? `a program reads requests from stdin; if ${file} exports functions, try signprox guard ${shellQuote(file)}`
    : 'signprox init writes an adapter that answers, and docs/protocol.md says how';
  return new AdapterFailure(kind, `${message}: ${advice}`);
}

/** Why a process of the adapter ended, and the end of its stderr. */
interface Incident {
  readonly line: string;
  readonly stderr: string;
}

/** Most incidents that are printed: each of them is about a process that was lost, of which reports say more. */
const mostIncidents = 8;

/** The incidents, with each different stderr once. */
function incidentText(incidents: readonly Incident[]): string {
  let before = '';
  const lines = incidents.slice(0, mostIncidents).map(({ line, stderr }) => {
    const block = stderrBlock(stderr);
    const repeats = block === before;
    before = block;
    return `signprox: ${line}\n${repeats ? '' : block}`;
  });
  const more = incidents.length - lines.length;
  return `${lines.join('')}${more > 0 ? `signprox: ${plural(more, 'more process', 'more processes')} ended like these\n` : ''}`;
}

/** Most lines of an adapter's stderr that are printed, and most characters of one: who logs every call must not hide the verdicts. */
const mostLines = 12;
const mostCharacters = 160;

/** The end of the adapter's stderr, set off from our own lines; empty if it wrote nothing. */
function stderrBlock(stderr: string): string {
  const text = withoutRepeats(printable(stderr.replaceAll(/\r\n?/g, '\n')).trimEnd());
  if (text === '') return '';
  const lines = text.split('\n').map((line) => {
    const more = line.length - mostCharacters;
    return more > 0 ? `${line.slice(0, mostCharacters)}… and ${plural(more, 'more character')}` : line;
  });
  const more = lines.length - mostLines;
  const end = more > 0 ? [`… ${plural(more, 'more line')} before these`, ...lines.slice(-mostLines)] : lines;
  return `the end of its stderr:\n${end.map((line) => `  | ${line}\n`).join('')}`;
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

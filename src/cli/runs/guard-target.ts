import { selectNames } from '../../claims/text.js';
import { judgeableAs, type PythonObject } from '../../guard/python-object.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';

/** An implementation that runs in its own process. */
export type Subprocess = Exclude<Target, { readonly kind: 'reference' }>;

/** The options that name the implementation. */
export interface TargetOptions {
  readonly module?: string;
  /** A PyTorch optimiser class, e.g. `my_module:MySignSGD`. */
  readonly torch?: string;
  /** A function of NumPy arrays. */
  readonly numpy?: string;
  /** The algorithm or function that the Python object implements. */
  readonly as?: string;
  /** Keyword arguments of every call. */
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly python?: string;
  readonly only?: string;
  readonly timeout?: number;
}

/** The implementation that the words after `--`, or `--module`, `--torch` or `--numpy` name. */
export function targetOf(command: readonly string[], options: TargetOptions): Subprocess {
  const { module, torch, numpy, timeout } = options;
  const patience = timeout === undefined ? {} : { timeout };
  const named: readonly Subprocess[] = [
    ...(command.length === 0 ? [] : [{ kind: 'command' as const, command: [...command], ...patience }]),
    ...(module === undefined ? [] : [{ kind: 'module' as const, path: module, ...patience }]),
    ...(torch === undefined
      ? []
      : [{ kind: 'python' as const, ...pythonObject('torch', torch, options), ...patience }]),
    ...(numpy === undefined
      ? []
      : [{ kind: 'python' as const, ...pythonObject('numpy', numpy, options), ...patience }]),
  ];
  const [target] = named;
  if (target === undefined) {
    throw new UsageError(
      'nothing to judge: give a program after --, as in signprox guard -- python3 adapter.py, or --module <file.js>, --torch <module:class> or --numpy <module:function>',
    );
  }
  if (named.length > 1) {
    throw new UsageError(
      'two things to judge: give one of a program after --, --module <file.js>, --torch <module:class> and --numpy <module:function>',
    );
  }
  const given = (['as', 'arguments', 'python'] as const).find((option) => options[option] !== undefined);
  if (target.kind !== 'python' && given !== undefined) {
    throw new UsageError(`--${given} needs --torch or --numpy: give one of them, or leave it out`);
  }
  return target;
}

const pairOf = { torch: 'module:class', numpy: 'module:function' } as const;

function pythonObject(library: PythonObject['library'], object: string, options: TargetOptions): PythonObject {
  if (!/^\w+(\.\w+)*:\w+(\.\w+)*$/u.test(object)) {
    throw new UsageError(`--${library} "${object}" must be <${pairOf[library]}>, as in my_module:my_name`);
  }
  const { arguments: given = {}, python = 'python3' } = options;
  return { library, object, as: options.as ?? namedBy(library, options.only), arguments: { ...given }, python };
}

/** The value of `--as` if `--only` determines it: `sign-sgd` for `step of sign-sgd`. */
function namedBy(library: PythonObject['library'], only: string | undefined): string {
  const methods = library === 'torch' ? ['step', 'run'] : ['prox'];
  const subjects = methods.flatMap((method) => judgeableAs(library).map((name) => `${method} of ${name}`));
  const left = only === undefined ? [] : (selectNames(subjects, only).selected ?? []);
  const names = [...new Set(left.map((subject) => subject.split(' of ')[1]!))];
  if (names.length === 1) return names[0]!;
  const example = library === 'torch' ? 'sign-sgd' : 'l1';
  throw new UsageError(`--${library} needs --as, the name of what it implements, e.g. --as ${example}`);
}

/** The command line that judges the target with the given options. */
export function commandLine(target: Subprocess, options: string): string {
  const timeout = target.timeout === undefined ? '' : ` --timeout ${target.timeout}ms`;
  switch (target.kind) {
    case 'module':
      return `signprox guard --module ${shellQuote(target.path)} ${options}${timeout}`;
    case 'python':
      return `signprox guard ${pythonWords(target)} ${options}${timeout}`;
    case 'command':
      return `signprox guard ${options}${timeout} -- ${target.command.map(shellQuote).join(' ')}`;
  }
}

function pythonWords({ library, object, as, arguments: given, python }: PythonObject): string {
  const fixed = Object.keys(given).length === 0 ? [] : ['--arguments', shellQuote(JSON.stringify(given))];
  const program = python === 'python3' ? [] : ['--python', shellQuote(python)];
  return [`--${library}`, shellQuote(object), '--as', as, ...fixed, ...program].join(' ');
}

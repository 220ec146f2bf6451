import { selectNames } from '../../claims/text.js';
import { judgeableAs, type NamedObject } from '../../guard/named-object.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';

/** An implementation that runs in its own process. */
export type Subprocess = Exclude<Target, { readonly kind: 'reference' }>;

/** The options that name the implementation. */
export interface TargetOptions {
  readonly module?: string;
  /** A PyTorch optimiser class, e.g. `my_module:MySignSGD`, or a function of tensors. */
  readonly torch?: string;
  /** A function of NumPy arrays. */
  readonly numpy?: string;
  /** An optimiser class of TensorFlow.js, or a function that makes one. */
  readonly tfjs?: string;
  /** The algorithm or function that the object implements. */
  readonly as?: string;
  /** Arguments of every call, by their names. */
  readonly arguments?: Readonly<Record<string, unknown>>;
  /** What is declared about it, by the fields of hello. */
  readonly declare?: Readonly<Record<string, unknown>>;
  readonly python?: string;
  readonly only?: string;
  readonly timeout?: number;
}

/** By library how its objects are named, and as what one of them may be judged. */
const libraries = {
  torch: { form: 'module:class', example: 'sign-sgd' },
  numpy: { form: 'module:function', example: 'l1' },
  tfjs: { form: 'module:class', example: 'adam' },
} as const;

/** A name of a Python module and in it; a path or a package of JavaScript and a name in it. */
const named = {
  python: { pattern: /^\w+(\.\w+)*:\w+(\.\w+)*$/u, instance: 'my_module:my_name' },
  javascript: { pattern: /^.+:[\w$]+(\.[\w$]+)*$/u, instance: './my-module.mjs:MyName' },
};

const ways =
  'a program after --, --module <file.js>, --torch <module:class>, --numpy <module:function> and --tfjs <module:class>';

/** The implementation that the words after `--`, or one of the options `--module`, `--torch`, `--numpy` and `--tfjs` name. */
export function targetOf(command: readonly string[], options: TargetOptions): Subprocess {
  const { module, timeout } = options;
  const patience = timeout === undefined ? {} : { timeout };
  const given: readonly Subprocess[] = [
    ...(command.length === 0 ? [] : [{ kind: 'command' as const, command: [...command], ...patience }]),
    ...(module === undefined ? [] : [{ kind: 'module' as const, path: module, ...patience }]),
    ...(['torch', 'numpy', 'tfjs'] as const).flatMap((library) => {
      const object = options[library];
      return object === undefined
        ? []
        : [{ kind: 'object' as const, ...namedObject(library, object, options), ...patience }];
    }),
  ];
  const [target] = given;
  if (target === undefined) {
    throw new UsageError(`nothing to judge: give one of ${ways}, as in signprox guard -- python3 adapter.py`);
  }
  if (given.length > 1) throw new UsageError(`two things to judge: give one of ${ways}`);
  const about = (['as', 'arguments', 'declare', 'python'] as const).find((option) => options[option] !== undefined);
  if (target.kind !== 'object' && about !== undefined) {
    throw new UsageError(`--${about} needs --torch, --numpy or --tfjs: give one of them, or leave it out`);
  }
  return target;
}

function namedObject(library: NamedObject['library'], object: string, options: TargetOptions): NamedObject {
  const { pattern, instance } = named[library === 'tfjs' ? 'javascript' : 'python'];
  if (!pattern.test(object)) {
    throw new UsageError(`--${library} "${object}" must be <${libraries[library].form}>, as in ${instance}`);
  }
  const { arguments: given = {}, declare, python } = options;
  if (library === 'tfjs' && python !== undefined) {
    throw new UsageError('--python needs --torch or --numpy: give one of them, or leave it out');
  }
  return {
    library,
    object,
    as: options.as ?? namedBy(library, options.only),
    arguments: { ...given },
    ...(declare !== undefined && { declare: { ...declare } }),
    ...(python !== undefined && { python }),
  };
}

/** The value of `--as` if `--only` determines it: `sign-sgd` for `step of sign-sgd`. */
function namedBy(library: NamedObject['library'], only: string | undefined): string {
  const subjects = Object.entries(judgeableAs(library)).flatMap(([method, names]) =>
    names.map((name) => `${method} of ${name}`),
  );
  const left = only === undefined ? [] : (selectNames(subjects, only).selected ?? []);
  const names = [...new Set(left.map((subject) => subject.split(' of ')[1]!))];
  if (names.length === 1) return names[0]!;
  throw new UsageError(
    `--${library} needs --as, the name of what it implements, e.g. --as ${libraries[library].example}`,
  );
}

/** The command line that judges the target with the given options. */
export function commandLine(target: Subprocess, options: string): string {
  const timeout = target.timeout === undefined ? '' : ` --timeout ${target.timeout}ms`;
  switch (target.kind) {
    case 'module':
      return `signprox guard --module ${shellQuote(target.path)} ${options}${timeout}`;
    case 'object':
      return `signprox guard ${objectWords(target)} ${options}${timeout}`;
    case 'command':
      return `signprox guard ${options}${timeout} -- ${target.command.map(shellQuote).join(' ')}`;
  }
}

function objectWords({ library, object, as, arguments: given, declare, python }: NamedObject): string {
  const fixed = Object.keys(given).length === 0 ? [] : ['--arguments', shellQuote(JSON.stringify(given))];
  const declared = declare === undefined ? [] : ['--declare', shellQuote(JSON.stringify(declare))];
  const program = python === undefined || python === 'python3' ? [] : ['--python', shellQuote(python)];
  return [`--${library}`, shellQuote(object), '--as', as, ...fixed, ...declared, ...program].join(' ');
}

import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { selectNames } from '../../claims/text.js';
import { meantByName } from '../../guard/meant-by-name.js';
import { judgeableAs, type NamedObject } from '../../guard/named-object.js';
import { isStateful } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import type { Target } from './failures.js';
import type { JudgeOptions } from './run.js';

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
  /** The paper or library whose conventions it must have. */
  readonly follows?: string;
  readonly python?: string;
  readonly only?: string;
  readonly timeout?: number;
}

/** Options of `signprox guard`. */
export interface GuardOptions extends JudgeOptions, TargetOptions {
  readonly list?: true;
  /** A theorem instead of the suite's claims: its bound on the implementation's iterates. */
  readonly theorem?: string;
  readonly watch?: true;
  /** The file that lists what is judged. */
  readonly config?: string;
}

/** By library how its objects are named, and as what one of them may be judged. */
const libraries = {
  python: { form: 'module:name', example: 'adamw' },
  javascript: { form: 'file:name', example: 'adamw' },
  torch: { form: 'module:class', example: 'sign-sgd' },
  numpy: { form: 'module:function', example: 'l1' },
  tfjs: { form: 'module:class', example: 'adam' },
} as const;

/** A name of a Python module and in it; a path or a package of JavaScript and a name in it. */
const named = {
  python: { pattern: /^\w+(\.\w+)*:\w+(\.\w+)*$/u, instance: 'my_module:MyAdamW' },
  javascript: { pattern: /^.+:[\w$]+(\.[\w$]+)*$/u, instance: './my-module.mjs:MyName' },
};

const ways = 'my_module:MyAdamW, ./mine.mjs, ./mine.mjs:MyAdam, a program after --, or a name in signprox.json';

/** A file of JavaScript, and a file or a package, which no module of Python can be called, with the name of something that it exports. */
const file = /\.[cm]?[jt]s$/;
const ofJavascript = /^(?:[^\s:]+\.[cm]?[jt]s|@?[\w.]*[-/][\w./-]*):[\w$]+(?:\.[\w$]+)*$/;
/** A file of Python in place of the module that it is. */
const pythonFile = /^(?:\.\/)?([\w/]+)\.py:(.+)$/u;

/** What one word names, by its form; undefined where it is the word of a program. */
function aimOf(word: string): Pick<TargetOptions, 'module'> | { python: string } | { javascript: string } | undefined {
  const [, path, name] = pythonFile.exec(word) ?? [];
  if (path !== undefined) return { python: `${path.replaceAll('/', '.')}:${name}` };
  if (file.test(word)) return { module: word };
  if (ofJavascript.test(word)) return { javascript: word };
  return named.python.pattern.test(word) ? { python: word } : undefined;
}

/** Whether a word is by its form an object or a file, and not a program or the name of something in a configuration. */
export const isAim = (word: string): boolean => aimOf(word) !== undefined;

/** Whether a word is by its form an object of a module, in Python or in JavaScript. */
export function isNamedObject(word: string): boolean {
  const aim = aimOf(word);
  return aim !== undefined && !('module' in aim);
}

/** Whether a word is by its form an object of a Python module. */
export function isPythonObject(word: string): boolean {
  const aim = aimOf(word);
  return aim !== undefined && 'python' in aim;
}

/**
 * The implementation that the words name, or one of the options `--module`, `--torch`, `--numpy` and `--tfjs`.
 *
 * @param isProgram whether the words stand after `--`
 */
export function targetOf(words: readonly string[], options: TargetOptions, isProgram = true): Subprocess {
  const { timeout } = options;
  const patience = timeout === undefined ? {} : { timeout };
  const aim = isProgram || words.length !== 1 ? undefined : aimOf(words[0]!);
  const objects = { torch: options.torch, numpy: options.numpy, tfjs: options.tfjs, ...aim, module: undefined };
  const modules = [options.module, ...(aim !== undefined && 'module' in aim ? [aim.module] : [])];
  const given: readonly Subprocess[] = [
    ...(words.length === 0 || aim !== undefined
      ? []
      : [{ kind: 'command' as const, command: [...words], ...patience }]),
    ...modules.flatMap((path) => (path === undefined ? [] : [{ kind: 'module' as const, path, ...patience }])),
    ...Object.entries(objects).flatMap(([library, object]) =>
      object === undefined
        ? []
        : [
            {
              kind: 'object' as const,
              ...namedObject(library as NamedObject['library'], object, options),
              ...patience,
            },
          ],
    ),
  ];
  const [target] = given;
  if (target === undefined)
    throw new UsageError(`nothing to judge: give ${ways}, as in signprox guard -- python3 adapter.py`);
  if (given.length > 1) throw new UsageError(`two things to judge: give one of ${ways}`);
  const about = (['as', 'arguments', 'declare', 'follows', 'python'] as const).find(
    (option) => options[option] !== undefined,
  );
  if (target.kind !== 'object' && about !== undefined) {
    throw new UsageError(`--${about} is about an object such as my_module:MyAdamW: name one, or leave it out`);
  }
  return target;
}

function namedObject(library: NamedObject['library'], object: string, options: TargetOptions): NamedObject {
  const isJavascript = library === 'tfjs' || library === 'javascript';
  const { pattern, instance } = named[isJavascript ? 'javascript' : 'python'];
  if (!pattern.test(object)) {
    throw new UsageError(`--${library} "${object}" must be <${libraries[library].form}>, as in ${instance}`);
  }
  const { arguments: given = {}, follows, python } = options;
  if (isJavascript && python !== undefined) {
    throw new UsageError('--python is about an object of a Python module: leave it out');
  }
  const as = options.as ?? namedBy(library, options.only) ?? namedByItself(library, object);
  if (follows !== undefined) requireReference(as, follows);
  const declare = follows === undefined ? options.declare : { ...options.declare, follows: { [as]: follows } };
  return {
    library,
    object,
    as,
    arguments: { ...given },
    ...(declare !== undefined && { declare: { ...declare } }),
    ...(python !== undefined && { python }),
  };
}

/** @throws UsageError if nothing is on file of what the algorithm shall follow */
function requireReference(as: string, follows: string): void {
  const known = isStateful(as) ? Object.keys(statefulAlgorithms[as].references ?? {}) : [];
  if (known.includes(follows)) return;
  const instead = known.length === 0 ? 'leave it out' : `choose one of ${known.join(', ')}`;
  throw new UsageError(`--follows ${follows}: nothing is known of ${follows} for ${as}: ${instead}`);
}

/** The value of `--as` if `--only` determines it: `sign-sgd` for `step of sign-sgd`. */
function namedBy(library: NamedObject['library'], only: string | undefined): string | undefined {
  const subjects = Object.entries(judgeableAs(library)).flatMap(([method, names]) =>
    names.map((name) => `${method} of ${name}`),
  );
  const left = only === undefined ? [] : (selectNames(subjects, only).selected ?? []);
  const names = [...new Set(left.map((subject) => subject.split(' of ')[1]!))];
  return names.length === 1 ? names[0]! : undefined;
}

/** The value of `--as` if the name of the object says it, told on stderr: whoever calls a variant so must see what it is compared with. */
function namedByItself(library: NamedObject['library'], object: string): string {
  const can = judgeableAs(library);
  const kinds = can['step'] === undefined ? 'functions' : can['prox'] === undefined ? 'algorithms' : 'any';
  const meant = meantByName(object, kinds);
  if (meant === undefined) {
    throw new UsageError(
      `the name of ${object} does not say what it implements: add --as and an algorithm or function, e.g. --as ${libraries[library].example}`,
    );
  }
  const { as, beside } = meant;
  if (beside.length > 0) {
    throw new UsageError(
      `${object} may be a variant of ${as}, by "${beside.join(' ')}" in its name: add --as ${as} to judge it as this, or --as and what it is`,
    );
  }
  process.stderr.write(`signprox: ${object} is judged as ${as}, by its name: --as to change\n`);
  return as;
}

/** The command line that judges the target with the given options. */
export function commandLine(target: Subprocess, options: string): string {
  const timeout = target.timeout === undefined ? '' : ` --timeout ${target.timeout}ms`;
  switch (target.kind) {
    case 'module':
      return `signprox guard ${file.test(target.path) ? '' : '--module '}${shellQuote(target.path)} ${options}${timeout}`;
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
  const option = library === 'python' || library === 'javascript' ? [] : [`--${library}`];
  return [...option, shellQuote(object), '--as', as, ...fixed, ...declared, ...program].join(' ');
}

/** The files that the target names. */
export function filesOf(target: Subprocess): readonly string[] {
  switch (target.kind) {
    case 'module':
      return [target.path];
    case 'object': {
      const module = target.object.slice(0, target.object.lastIndexOf(':'));
      const path = module.replaceAll('.', sep);
      return [module, `${path}.py`, join(path, '__init__.py')].filter(isFile);
    }
    case 'command':
      return namedFiles(target.command);
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The words that are files. The program counts only if no other word does: /usr/bin is not the adapter's folder. */
function namedFiles([program, ...words]: readonly string[]): readonly string[] {
  const files = words.filter(isFile);
  return files.length > 0 ? files : [program!].filter(isFile);
}

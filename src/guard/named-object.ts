import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nearestWord } from '../claims/text.js';
import { algorithmNames } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
import { parseFunction, registry } from '../reference/functions/index.js';
import { descriptionSchema } from './description.js';
import { ModuleLoadError } from './module-implementation.js';
import { moduleServer } from './module-process.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** A program that the package ships, three levels above the compiled file. */
const shipped = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** By language the programs that judge an optimiser and a function, but for their last word, which says what is asked. */
const commands = {
  python: (python: string, kind: string): [string, ...string[]] => [
    python,
    shipped('python/src/signprox/adapter'),
    kind,
  ],
  javascript: (_: string, kind: string): [string, ...string[]] => [
    process.execPath,
    moduleServer,
    shipped(`fixtures/adapters/javascript/${kind === 'optimiser' ? 'tfjs-optimiser' : 'prox-function'}.js`),
  ],
};

/** Milliseconds for hello: PyTorch alone takes up to ten seconds to load on a busy machine. */
const helloTimeout = 60_000;

/** Started from Python, it is the one that the command runs in. */
const usualPython = process.env['SIGNPROX_PYTHON'] ?? 'python3';

/** The start of the diagnosis when the object does not fit and hello is refused. */
const refused = 'refused hello: ';

/** An object of a Python or a JavaScript module, and what it implements. */
export const namedObjectSchema = z.object({
  /**
   * `python` and `javascript` for an object of a module in the language; `torch` for a PyTorch optimiser or a function of tensors, `numpy` for a
   * function of NumPy arrays, `tfjs` for an optimiser of TensorFlow.js.
   */
  library: z.enum(['python', 'javascript', 'torch', 'numpy', 'tfjs']),
  /** E.g. `my_module:soft_threshold`, or `./mine.mjs:MyAdam`; the current folder is searched first. */
  object: z.string(),
  /** The algorithm that it implements, or the function whose prox it is; `*` is whatever it may be, of JavaScript every function. */
  as: z.string(),
  /** Arguments of every call, by their names. */
  arguments: z.record(z.string(), z.unknown()),
  /** What is declared about it, by the fields of hello. */
  declare: z.record(z.string(), z.unknown()).exactOptional(),
  /** The Python that can import the module; if absent `python3`, or the one that this command was started from. */
  python: z.string().exactOptional(),
});
export type NamedObject = z.infer<typeof namedObjectSchema>;

const { accuracy, conventions, dtype, follows, nonfinite, nonsymmetric, restrictions } = descriptionSchema.shape;

/** The fields of hello that somebody may declare about an object which says nothing of itself. A misspelt one is an error. */
export const declarableSchema = z
  .strictObject({
    ...{ accuracy, dtype, follows, nonfinite, nonsymmetric },
    conventions: conventions.unwrap().pick({ signOfZero: true }).strict(),
    restrictions: restrictions.unwrap().strict(),
  })
  .partial();

/** Kinds of parameters that hold functions. */
const nested: readonly string[] = ['function', 'functions', 'blocks'];

/** The information that the adapter gets about the function whose prox it judges. */
function aboutFunction(type: string): object {
  const known = functionsWithoutInner();
  if (!known.includes(type)) {
    const near = nearestWord(type, known);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new ModuleLoadError(`a function of arrays cannot be judged as "${type}"${hint}: see signprox functions`);
  }
  const { parameters, traits, examples } = registry.get(type)!.definition;
  const needed = Object.entries(parameters).filter(([, { optional }]) => !optional);
  // One call shows whether the function takes arrays or tensors.
  const example = { type, ...examples[0] };
  const x = Array.from({ length: parseFunction(example).dimension ?? 2 }, (_, i) => 1 + i);
  const trial = { function: example, x };
  return { trial, parameters: needed.map(([name]) => name), set: traits.indicator === 'yes' || needed.length === 0 };
}

/** The value of `as` for whatever it may be. */
export const anything = '*';

/** The functions whose prox an object may be, for an adapter that tries all that it may be. */
function aboutAnything(): object {
  return { functions: Object.fromEntries(functionsWithoutInner().map((type) => [type, aboutFunction(type)])) };
}

/** The functions without inner functions. */
const functionsWithoutInner = (): readonly string[] =>
  [...registry.values()].flatMap(({ definition: { type, parameters } }) =>
    Object.values(parameters).some(({ kind }) => nested.includes(kind)) ? [] : [type],
  );

/** What an object may be judged as, by what is asked of it: optimisers make steps and runs (the adapter refuses some of the algorithms). */
export function judgeableAs(library: NamedObject['library']): Readonly<Record<string, readonly string[]>> {
  const algorithms = [...algorithmNames, ...statefulAlgorithmNames];
  return {
    ...(library !== 'numpy' && { step: algorithms, run: algorithms }),
    ...(library !== 'tfjs' && { prox: functionsWithoutInner() }),
  };
}

/**
 * Starts a process that judges an optimiser or a function of a module. It reads the meaning of arguments from their names. It must be closed.
 *
 * @throws ModuleLoadError when the object cannot be found, does not load, or does not fit `as`
 */
export async function openNamedObject(
  { library, object, as, arguments: given, declare = {}, python = usualPython }: NamedObject,
  options: Omit<ProcessOptions, 'command' | 'helloTimeout' | 'seesInputs' | 'writesPrograms'>,
): Promise<ProcessImplementation> {
  const isFunction = library === 'numpy' || (library !== 'tfjs' && registry.has(as));
  const isJavascript = library === 'tfjs' || library === 'javascript';
  const about = as === anything ? aboutAnything() : isFunction ? aboutFunction(as) : {};
  const asked = { library, object, as, arguments: given, declare, ...about };
  const kind = as === anything ? 'any' : isFunction ? 'prox' : 'optimiser';
  const program = commands[isJavascript ? 'javascript' : 'python'](python, kind);
  const command: [string, ...string[]] = [...program, JSON.stringify(asked)];
  try {
    const writesPrograms = !isJavascript && !isFunction;
    return await openProcess({ ...options, command, helloTimeout, seesInputs: isJavascript, writesPrograms });
  } catch (error) {
    if (!(error instanceof AdapterFailure) || !error.message.startsWith(refused)) throw error;
    throw new ModuleLoadError(error.message.slice(refused.length));
  }
}

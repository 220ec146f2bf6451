import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nearestWord } from '../claims/text.js';
import { algorithmNames } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
import { registry } from '../reference/functions/index.js';
import { ModuleLoadError } from './module-implementation.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** The adapters that the package ships, three levels above the compiled file. */
const adapters = fileURLToPath(new URL('../../../fixtures/adapters/python', import.meta.url));

const adapterOf = { torch: 'torch_optimiser.py', numpy: 'numpy_prox.py' } as const;

/** Milliseconds for hello: PyTorch alone takes up to ten seconds to load on a busy machine. */
const helloTimeout = 60_000;

/** The start of the diagnosis when the object does not fit and hello is refused. */
const refused = 'refused hello: ';

/** An object of a Python module, and what it implements. */
export const pythonObjectSchema = z.object({
  /** `torch` for a PyTorch optimiser, `numpy` for a function of NumPy arrays. */
  library: z.enum(['torch', 'numpy']),
  /** E.g. `my_module:soft_threshold`; the current folder is searched first. */
  object: z.string(),
  /** The algorithm that it implements, or the function whose prox it is. */
  as: z.string(),
  /** Keyword arguments of every call. */
  arguments: z.record(z.string(), z.unknown()),
  /** The program, e.g. `python3`. */
  python: z.string(),
});
export type PythonObject = z.infer<typeof pythonObjectSchema>;

/** Kinds of parameters that hold functions. */
const nested: readonly string[] = ['function', 'functions', 'blocks'];

/** The information that the adapter gets about the function whose prox it judges. */
function aboutFunction(type: string): object {
  const known = judgeableAs('numpy');
  if (!known.includes(type)) {
    const near = nearestWord(type, known);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new ModuleLoadError(
      `a function of NumPy arrays cannot be judged as "${type}"${hint}: see signprox functions`,
    );
  }
  const { parameters, traits } = registry.get(type)!.definition;
  const needed = Object.entries(parameters).filter(([, { optional }]) => !optional);
  return { parameters: needed.map(([name]) => name), set: traits.indicator === 'yes' || needed.length === 0 };
}

/** The names as which an object may be judged: functions without inner functions, or algorithms (the adapter refuses some of them). */
export function judgeableAs(library: PythonObject['library']): readonly string[] {
  if (library === 'torch') return [...algorithmNames, ...statefulAlgorithmNames];
  return [...registry.values()].flatMap(({ definition: { type, parameters } }) =>
    Object.values(parameters).some(({ kind }) => nested.includes(kind)) ? [] : [type],
  );
}

/**
 * Starts a process that judges an optimiser or a function of a Python module. It reads the meaning of arguments from their names. It must be
 * closed.
 *
 * @throws ModuleLoadError when the object cannot be found, does not load, or does not fit `as`
 */
export async function openPythonObject(
  { library, object, as, arguments: given, python }: PythonObject,
  options: Omit<ProcessOptions, 'command' | 'helloTimeout'>,
): Promise<ProcessImplementation> {
  const asked = { object, as, arguments: given, ...(library === 'numpy' && aboutFunction(as)) };
  const command = [python, `${adapters}/${adapterOf[library]}`, JSON.stringify(asked)];
  try {
    return await openProcess({ ...options, command, helloTimeout });
  } catch (error) {
    if (!(error instanceof AdapterFailure) || !error.message.startsWith(refused)) throw error;
    throw new ModuleLoadError(error.message.slice(refused.length));
  }
}

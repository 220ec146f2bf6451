import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nearestWord } from '../claims/text.js';
import { algorithmNames } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
import { registry } from '../reference/functions/index.js';
import { ModuleLoadError } from './module-implementation.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** The adapters as they are shipped: three levels above the compiled file. */
const adapters = fileURLToPath(new URL('../../../fixtures/adapters/python', import.meta.url));

const adapterOf = { torch: 'torch_optimiser.py', numpy: 'numpy_prox.py' } as const;

/** Milliseconds for hello: PyTorch alone takes up to ten seconds to load on a busy machine. */
const helloTimeout = 60_000;

/** How the answer to hello begins in the diagnosis when the object does not fit. */
const refused = 'refused hello: ';

/** An object of a Python module, and what it is to be judged as. */
export const pythonObjectSchema = z.object({
  /** An optimiser of PyTorch, or a function of NumPy arrays. */
  library: z.enum(['torch', 'numpy']),
  /** E.g. `my_module:soft_threshold`, looked for in the current folder first. */
  object: z.string(),
  /** The algorithm, or the function whose prox it is. */
  as: z.string(),
  /** Arguments by name that are the same in every call. */
  arguments: z.record(z.string(), z.unknown()),
  /** The program, e.g. `python3`. */
  python: z.string(),
});
export type PythonObject = z.infer<typeof pythonObjectSchema>;

/** Kinds of parameters that hold functions. */
const nested: readonly string[] = ['function', 'functions', 'blocks'];

/** What the adapter is told about the function whose prox is asked for. */
function aboutFunction(type: string): object {
  const known = judgeableAs('numpy');
  if (!known.includes(type)) {
    const near = nearestWord(type, known);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new ModuleLoadError(`no function of NumPy arrays is judged as "${type}"${hint}: see signprox functions`);
  }
  const { parameters, traits } = registry.get(type)!.definition;
  const needed = Object.entries(parameters).filter(([, { optional }]) => !optional);
  return { parameters: needed.map(([name]) => name), set: traits.indicator === 'yes' || needed.length === 0 };
}

/** What an object of the library may be judged as: functions that hold no other, and algorithms, some of which the adapter refuses. */
export function judgeableAs(library: PythonObject['library']): readonly string[] {
  if (library === 'torch') return [...algorithmNames, ...statefulAlgorithmNames];
  return [...registry.values()].flatMap(({ definition: { type, parameters } }) =>
    Object.values(parameters).some(({ kind }) => nested.includes(kind)) ? [] : [type],
  );
}

/**
 * An optimiser or a function of a Python module in a process of its own, which knows by the names of its arguments what they mean. It must be
 * closed.
 *
 * @throws ModuleLoadError when it cannot be found, does not load, or is not what it is to be judged as
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

import { registry } from '../reference/functions/index.js';
import { isBuiltOfFunctions } from './implementation/call.js';
import type { ImplementationDescription, MethodName } from './implementation/implementation.js';

const ofFunctions: readonly MethodName[] = ['prox', 'value', 'gradient'];
const ofAlgorithms: readonly MethodName[] = ['step', 'run'];

/** The subjects that an implementation declares, e.g. `prox of huber`, `mini-batch`, `step of spgm`, `sample`. */
export function offeredSubjects(description: ImplementationDescription): string[] {
  const { methods, functions, smooth, statefulAlgorithms = [] } = description;
  const algorithms = [...description.algorithms, ...statefulAlgorithms];
  return methods.flatMap((method) => {
    if (ofFunctions.includes(method)) {
      const types = method === 'gradient' ? [...new Set([...functions, ...smooth])] : functions;
      return types.map((type) => `${method} of ${type}`);
    }
    return ofAlgorithms.includes(method) ? algorithms.map((algorithm) => `${method} of ${algorithm}`) : [method];
  });
}

/** Those that can be asked about: a function that has no gradient is asked for none. */
export function askableSubjects(description: ImplementationDescription): string[] {
  return offeredSubjects(description).filter((subject) => {
    const [method, type = ''] = subject.split(' of ');
    return method !== 'gradient' || registry.get(type)?.definition.traits.smooth !== 'no';
  });
}

/**
 * The description restricted to some subjects: their methods, functions and algorithms. Subjects that are built from functions keep all
 * functions.
 */
export function narrowedTo(
  description: ImplementationDescription,
  subjects: readonly string[],
): ImplementationDescription {
  const parts = subjects.map((subject) => subject.split(' of ') as [MethodName, string?]);
  const wanted = new Set(parts.map(([method]) => method));
  const types = new Set(parts.map(([, type]) => type));
  const alone = parts.every(([method, type]) => ofFunctions.includes(method) && !isBuiltOfFunctions(type!));
  return {
    ...description,
    methods: description.methods.filter((method) => wanted.has(method)),
    functions: description.functions.filter((type) => types.has(type) || (!alone && !isBuiltOfFunctions(type))),
    smooth: alone ? description.smooth.filter((type) => types.has(type)) : description.smooth,
    algorithms: description.algorithms.filter((algorithm) => types.has(algorithm)),
    ...(description.statefulAlgorithms && {
      statefulAlgorithms: description.statefulAlgorithms.filter((algorithm) => types.has(algorithm)),
    }),
  };
}

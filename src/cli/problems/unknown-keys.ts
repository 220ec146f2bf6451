import { nearestWord } from '../../claims/text.js';
import { registry } from '../../reference/functions/definition/parse.js';
import type { Parameters } from '../../reference/functions/parameters/parameter.js';
import { smoothRegistry } from '../../reference/smooth/definition/parse.js';

/** The keys of a problem, with the one by which editors find its schema, and of those of its parameters that are objects without a type. */
const problemKeys = ['smooth', 'functions', 'probabilities', '$schema'];
const matrixKeys = ['rows', 'columns', 'data'];
const blockKeys = ['length', 'function'];

interface UnknownKey {
  /** Where it stands: `functions[1].weigth`. */
  readonly place: string;
  /** The known key that is nearest to it. */
  readonly meant: string | undefined;
}

/** Every key of a problem in JSON that nothing reads, those of the problem first. */
function unknownKeys(problem: unknown): UnknownKey[] {
  return [
    ...strangers(problem, '', problemKeys),
    ...inTerm(entry(problem, 'smooth'), 'smooth', (type) => smoothRegistry.get(type)?.definition.parameters),
    ...inFunctions(entry(problem, 'functions'), 'functions'),
  ];
}

/** `unknown key probabilites (did you mean probabilities?)`, or undefined where every key is known. */
export function unknownKeysText(problem: unknown): string | undefined {
  const unknown = unknownKeys(problem);
  if (unknown.length === 0) return undefined;
  const named = unknown.map(({ place, meant }) => (meant === undefined ? place : `${place} (did you mean ${meant}?)`));
  return `unknown ${unknown.length === 1 ? 'key' : 'keys'} ${named.join(', ')}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entry = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

const entries = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function strangers(value: unknown, path: string, known: readonly string[]): UnknownKey[] {
  if (!isRecord(value)) return [];
  const prefix = path === '' ? '' : `${path}.`;
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({ place: `${prefix}${key}`, meant: nearestWord(key, known) }));
}

/** The unknown keys of `{ type, ...parameters }` and of what it holds; none where the type itself is not known. */
function inTerm(value: unknown, path: string, parametersOf: (type: string) => Parameters | undefined): UnknownKey[] {
  const type = entry(value, 'type');
  const parameters = typeof type === 'string' ? parametersOf(type) : undefined;
  if (parameters === undefined) return [];
  const nested = Object.entries(parameters).flatMap(([name, { kind }]) => {
    const [given, place] = [entry(value, name), `${path}.${name}`];
    if (kind === 'function') return inFunction(given, place);
    if (kind === 'functions') return inFunctions(given, place);
    if (kind === 'matrix') return strangers(given, place, matrixKeys);
    if (kind !== 'blocks') return [];
    return entries(given).flatMap((block, k) => [
      ...strangers(block, `${place}[${k}]`, blockKeys),
      ...inFunction(entry(block, 'function'), `${place}[${k}].function`),
    ]);
  });
  return [...strangers(value, path, ['type', ...Object.keys(parameters)]), ...nested];
}

const inFunction = (value: unknown, path: string): UnknownKey[] =>
  inTerm(value, path, (type) => registry.get(type)?.definition.parameters);

const inFunctions = (value: unknown, path: string): UnknownKey[] =>
  entries(value).flatMap((item, k) => inFunction(item, `${path}[${k}]`));

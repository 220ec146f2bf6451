import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ReplicateJob } from '../../claims/claim.js';
import { decodeExact, encodeExact } from '../../claims/exact-encoding.js';
import { version } from '../../claims/implementation/version.js';
import type { ReplicatePart } from '../replicate-worker.js';
import { ExecutorError } from '../replicates.js';

/** The root of the compiled package, three levels above this module. */
const root = new URL('../../../', import.meta.url).href;

/** The modules that a queue may name, relative to the root: theorems, and the engines of the claims. No segment of a path is `..`. */
const packageModule: RegExp = /^(?:theorems|src\/theory)(?:\/[a-z0-9]+(?:[.-][a-z0-9]+)*)+\.js$/;

/**
 * The name by which any machine with the package finds a module.
 *
 * @throws ExecutorError for a module that is not one of the package's theorems or engines: no other machine has it
 */
export function nameOfModule(url: string): string {
  const name = url.startsWith(root) ? url.slice(root.length) : '';
  if (packageModule.test(name)) return name;
  throw new ExecutorError(
    `${url} is not of this package, so the workers of a queue do not have it: leave out --executor`,
  );
}

/** The URL on this machine of a module whose name matches `packageModule`. */
const urlOfModule = (name: string): string => `${root}${name}`;

/** Largest number of replicates of one range. */
export const longestRange = 8192;

/** Longest reason for a missing value, in characters. */
export const longestReason = 1000;

/**
 * What replicates depend on besides their parameters: the version of the suite, and the JavaScript engine, whose exponentials and logarithms they
 * use. Machines with other versions would not give the same bytes.
 */
export const ownRelease = `signprox ${version} on V8 ${process.versions.v8.split('-', 1)[0]}, ${process.arch}`;

const release = z.string().max(200);
const index = z.int().min(0);

/** A range of replicates in the queue. */
const rangeSchema = z
  .strictObject({
    release,
    /** Of the job, relative to the package. */
    module: z.string().max(300).regex(packageModule),
    /** As `encodeExact` writes them; every `module` in them is relative to the package. */
    parameters: z.json(),
    from: index,
    to: index,
  })
  .refine(({ from, to }) => from < to && to - from <= longestRange, `a range has 1 to ${longestRange} replicates`);
export type RangeMessage = z.infer<typeof rangeSchema>;
/** The data that all ranges of one job share. */
export type JobMessage = Omit<RangeMessage, 'from' | 'to'>;

const valuesSchema = z.strictObject({
  /** The left sides in index order, the 8 bytes of each as the machines of this release hold them. */
  values: z.base64(),
  /** The time that computing them took. */
  seconds: z.number().min(0),
  /** Why the next replicate has no left side, if these are not all of the range. */
  failure: z.string().max(longestReason).optional(),
});
/** The answer of a worker. */
export type ValuesMessage = z.infer<typeof valuesSchema>;

/** A job in a form that any machine with this package can run. */
export function messageOf({ module, parameters }: ReplicateJob): JobMessage {
  return {
    ...{ release: ownRelease, module: nameOfModule(module) },
    parameters: encodeExact(mapModules(parameters, nameOfModule)) as RangeMessage['parameters'],
  };
}

/** The same for every range of a job, and for no other job. */
export function nameOfJob({ module, parameters }: JobMessage): string {
  return createHash('sha256')
    .update(JSON.stringify([module, parameters]))
    .digest('hex');
}

/**
 * Reads a message of the queue. Nothing in it is evaluated, and it can name only modules of this package.
 *
 * @throws RangeError of one line for anything but a range of replicates of this release
 */
export function readRange(data: unknown): { readonly job: ReplicateJob; readonly from: number; readonly to: number } {
  const given = z.looseObject({ release }).safeParse(data);
  if (given.success && given.data.release !== ownRelease) {
    throw new RangeError(`this worker is ${ownRelease}, and the run is ${given.data.release}: use one release`);
  }
  const { module, parameters, from, to } = parsed(rangeSchema, data, 'a range of replicates');
  return { job: { module: urlOfModule(module), parameters: decodedParameters(parameters) }, from, to };
}

function decodedParameters(parameters: unknown): unknown {
  return mapModules(decodeExact(parameters), (name) => {
    if (packageModule.test(name)) return urlOfModule(name);
    throw new RangeError('the queue holds a module that is not of this package');
  });
}

/** The left sides of a range, encoded; only those before the first missing one. */
export function valuesMessage({ values, failure }: ReplicatePart, seconds: number): ValuesMessage {
  return {
    values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
    ...(failure !== undefined && { failure: failure.slice(0, longestReason) }),
    seconds,
  };
}

/**
 * Reads a worker's answer.
 *
 * @throws RangeError of one line for anything but `count` left sides, or fewer with the reason why
 */
export function readValues(data: unknown, count: number): ReplicatePart & Pick<ValuesMessage, 'seconds'> {
  const { values, failure, seconds } = parsed(valuesSchema, data, 'an answer of a worker');
  const bytes = Buffer.from(values, 'base64');
  const isWhole = failure === undefined ? bytes.length === 8 * count : bytes.length < 8 * count;
  if (!isWhole || bytes.length % 8 !== 0) {
    throw new RangeError(`the queue holds ${bytes.length} bytes instead of ${count} left sides`);
  }
  const found = { values: new Float64Array(Uint8Array.from(bytes).buffer), seconds };
  return failure === undefined ? found : { ...found, failure };
}

function parsed<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RangeError(`the queue holds what is not ${what}: ${issue!.path.join('.') || 'it'}: ${issue!.message}`);
}

/**
 * A copy in which every `module`, at any depth, is mapped: replicates import only these.
 *
 * @throws TypeError for values that the queue cannot carry without loss, and for a module that is not a string
 */
function mapModules(value: unknown, map: (module: string) => string): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapModules(entry, map));
  if (typeof value !== 'object' || value === null || value instanceof Float64Array) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`parameters of replicates are plain data, got ${value.constructor?.name}`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === 'module' ? mapModule(entry, map) : mapModules(entry, map),
    ]),
  );
}

function mapModule(module: unknown, map: (module: string) => string): string {
  // `import` would convert anything to a string.
  if (typeof module === 'string') return map(module);
  throw new TypeError(`a module is a string, got ${typeof module}`);
}

/** The start of the reason if a worker refuses a range for good: another attempt would end the same way. */
export const refusal = 'refused: ';

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { fromBits, toBits } from '../../claims/exact-encoding.js';
import { fromDouble, maximum, parseRational, type Rational, toDouble, zero } from '../../exact/arithmetic/rational.js';
import { showDistance, ulp } from '../../judging/judges/distance.js';
import { InvalidInputError, whyUnreadable } from '../invalid-input.js';
import { buildVectorFiles, vectorFileText, vectorFolders } from './build-vectors.js';
import {
  type AnyVector,
  type Outputs,
  outputsSchema,
  type Tolerance,
  type TrajectoryFile,
  trajectoryFileSchema,
  type VectorFile,
  vectorFileSchema,
} from './vector-schema.js';

/**
 * The vectors of a directory with the folders `vectors/` and `trajectories/`. Every file must be exactly what this version builds: an edited
 * answer fails, and so does a file of another version.
 *
 * @throws InvalidInputError that names the file and, where it can, the vector
 */
export async function readVectors(directory: string): Promise<readonly AnyVector[]> {
  const built = buildVectorFiles();
  for (const folder of vectorFolders) {
    for (const name of await filesOf(join(directory, folder))) {
      if (built.has(`${folder}/${name}`)) continue;
      throw new InvalidInputError(`${join(directory, folder, name)} is not a file of this version: ${remedy}`);
    }
  }
  for (const [path, file] of built) await requireSame(join(directory, path), file);
  return [...built.values()].flatMap(({ vectors }) => vectors as readonly AnyVector[]);
}

const remedy = 'write the files again with signprox vectors export';

async function filesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => {
    throw new InvalidInputError(`no vectors in ${folder}: ${remedy}`);
  });
}

async function requireSame(path: string, expected: VectorFile | TrajectoryFile): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InvalidInputError(`${path} is missing: ${remedy}`);
  });
  if (text === vectorFileText(expected)) return;
  const schema = path.includes('trajectories') ? trajectoryFileSchema : vectorFileSchema;
  const found = parse<VectorFile | TrajectoryFile>(path, text, schema);
  const stale = expected.vectors.find((vector, j) => !isDeepStrictEqual(vector, found.vectors[j]));
  const what = stale === undefined ? 'its layout or heading' : `vector ${stale.id}`;
  throw new InvalidInputError(`${path}: ${what} differs from what this version builds (edited or stale): ${remedy}`);
}

/**
 * Reads the answers of an implementation: `{ id: value }`.
 *
 * @throws InvalidInputError when the file cannot be read, is not such an object, or names a vector that does not exist
 */
export async function readOutputs(path: string, vectors: readonly AnyVector[]): Promise<Outputs> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason = whyUnreadable(error);
    throw new InvalidInputError(`cannot read ${path}: ${reason}; give a JSON file { id: answer }`);
  });
  const outputs = parse<Outputs>(path, text, outputsSchema);
  const ids = new Set(vectors.map(({ id }) => id));
  const unknown = Object.keys(outputs).find((id) => !ids.has(id));
  if (unknown === undefined) return outputs;
  throw new InvalidInputError(
    `${path}: there is no vector "${unknown}": answer the vectors that signprox vectors export writes`,
  );
}

function parse<T>(path: string, text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${path} is not JSON: ${(error as SyntaxError).message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new InvalidInputError(`${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
}

/** The verdict on one vector. */
export interface VectorVerdict {
  readonly id: string;
  readonly outcome: 'pass' | 'fail' | 'n/a';
  /** |ŷ − y| as a multiple of what is allowed, for the closest accepted answer; 0 without an answer. */
  readonly ratio: number;
  /** The value of sgn(0) with which the answer is right, if that matters. */
  readonly signOfZero?: string;
  /** What is wrong, in one line. */
  readonly reason?: string;
}

/** An element as doubles: the returned and the right value. */
interface Difference {
  readonly place: string;
  readonly returned: number;
  readonly right: number;
  readonly ratio: number;
}

type Points = readonly (readonly number[])[];

/** Judges the answer to one vector in exact arithmetic. */
export function judgeOutput(vector: AnyVector, output: Outputs[string] | undefined): VectorVerdict {
  const { id } = vector;
  if (output === undefined || output === null) return { id, outcome: 'n/a', ratio: 0 };
  const isRun = vector.request.method === 'run';
  if (output.some((entry) => Array.isArray(entry) !== isRun)) {
    const wanted = isRun ? 'a list of iterates' : 'a list of numbers';
    return { id, outcome: 'fail', ratio: Number.POSITIVE_INFINITY, reason: `the answer must be ${wanted}` };
  }
  const points: Points = (isRun ? (output as unknown[][]) : [output]).map((point) => point.map(numberOf));
  let best: VectorVerdict | undefined;
  for (const accepted of vector.accepted) {
    const next = compare(vector, accepted, points);
    if (best === undefined || next.ratio < best.ratio) best = next;
  }
  return best!;
}

/** A number of an output: JSON, 16 hex digits, or a word. */
function numberOf(value: unknown): number {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value) ? fromBits(value) : Number(value);
}

function compare(vector: AnyVector, accepted: AnyVector['accepted'][number], points: Points): VectorVerdict {
  const { id, tolerance } = vector;
  const isRun = vector.request.method === 'run';
  const exact = (isRun ? accepted.exact : [accepted.exact]) as readonly (readonly string[])[];
  const lengths = (list: readonly (readonly unknown[])[]): string => list.map((point) => point.length).join(', ');
  if (lengths(exact) !== lengths(points)) {
    const reason = `expected ${lengths(exact)} numbers, got ${lengths(points)}`;
    return { id, outcome: 'fail', ratio: Number.POSITIVE_INFINITY, reason };
  }
  let worst: Difference | undefined;
  exact.forEach((point, t) => {
    point.forEach((text, i) => {
      const returned = points[t]![i]!;
      const right = parseRational(text);
      const ratio = ratioOf(returned, right, tolerance, t + 1);
      if (worst !== undefined && ratio <= worst.ratio) return;
      worst = { place: isRun ? `x_${t + 1}[${i}]` : `[${i}]`, returned, right: toDouble(right), ratio };
    });
  });
  const { signOfZero } = accepted;
  const outcome = worst!.ratio <= 1 ? 'pass' : 'fail';
  return {
    id,
    outcome,
    ratio: worst!.ratio,
    ...(signOfZero === undefined ? {} : { signOfZero }),
    ...(outcome === 'pass' ? {} : { reason: explain(vector, worst!) }),
  };
}

/** |ŷ − y| divided by the tolerance, in exact arithmetic; ∞ for a value that is not finite, or wrong where the tolerance is 0. */
function ratioOf(returned: number, right: Rational, { mode, k, scale }: Tolerance, times: number): number {
  if (!Number.isFinite(returned)) return Number.POSITIVE_INFINITY;
  const error = fromDouble(returned).sub(right).abs();
  if (error.n === 0n) return 0;
  const unit = maximum(fromDouble(ulp(toDouble(right))), mode === 'condition' ? fromDouble(scale * 2 ** -53) : zero);
  const allowed = unit.mul(fromDouble(k * times));
  return allowed.n === 0n ? Number.POSITIVE_INFINITY : toDouble(error.div(allowed));
}

function explain({ description }: AnyVector, { place, returned, right }: Difference): string {
  return `${description}: element ${place} is ${returned} (${toBits(returned)}), right is ${right} (${toBits(right)}): ${showDistance(returned, right)}`;
}

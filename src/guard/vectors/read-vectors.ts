import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { InvalidInputError, whyUnreadable } from '../invalid-input.js';
import { buildVectorFiles, vectorFileText, vectorFolders } from './build-vectors.js';
import {
  type AnyVector,
  type Outputs,
  outputsSchema,
  type TrajectoryFile,
  trajectoryFileSchema,
  type VectorFile,
  vectorFileSchema,
} from './vector-schema.js';

/**
 * The vectors of a directory that holds `vectors/` and `trajectories/`, after checking that every file is exactly what this version
 * builds: an answer that somebody edited and a file of another version both fail.
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
  for (const [path, file] of built) await compare(join(directory, path), file);
  return [...built.values()].flatMap(({ vectors }) => vectors as readonly AnyVector[]);
}

const remedy = 'write the files again with signprox vectors export';

async function filesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => {
    throw new InvalidInputError(`no vectors in ${folder}: ${remedy}`);
  });
}

async function compare(path: string, expected: VectorFile | TrajectoryFile): Promise<void> {
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
 * @throws InvalidInputError when the file cannot be read, is no such object, or names a vector that does not exist
 */
export async function readOutputs(path: string, vectors: readonly AnyVector[]): Promise<Outputs> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason = whyUnreadable(error);
    throw new InvalidInputError(`cannot read ${path}: ${reason}; give a JSON file with the answer by id of the vector`);
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

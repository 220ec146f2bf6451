import { createHash } from 'node:crypto';
import { toBits } from '../../claims/exact-encoding.js';
import { showVector } from '../../claims/judges/precision.js';
import { plural } from '../../claims/text.js';
import { type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import { type Answer, exactAnswers } from './exact-answer.js';
import { operatorInputs, trajectoryInputs } from './operator-inputs.js';
import { proxInputs } from './prox-inputs.js';
import { toleranceOf } from './tolerance-of.js';
import { type Flag, flagMeanings, type VectorInput, type VectorInputs } from './vector-inputs.js';
import { type VectorRequest, wireRequest } from './vector-request.js';
import type { AnyVector, TrajectoryFile, VectorFile } from './vector-schema.js';

/** Folders of the two kinds of files. */
export const vectorFolders = ['vectors', 'trajectories'] as const;

/**
 * Every file of vectors and trajectories by its path, `vectors/prox-l1.json`: a pure function of the inputs, with the answers computed in
 * exact arithmetic and rounded once.
 */
export function buildVectorFiles(): ReadonlyMap<string, VectorFile | TrajectoryFile> {
  built ??= buildAll();
  return built;
}

let built: ReadonlyMap<string, VectorFile | TrajectoryFile> | undefined;

function buildAll(): ReadonlyMap<string, VectorFile | TrajectoryFile> {
  const files = new Map<string, VectorFile | TrajectoryFile>();
  for (const inputs of [...proxInputs, ...operatorInputs]) files.set(`vectors/${inputs.name}.json`, buildFile(inputs));
  for (const inputs of trajectoryInputs) files.set(`trajectories/${inputs.name}.json`, buildFile(inputs));
  return files;
}

/** A file as text: indented, with each vector on one line, so that a line of a difference is a vector. */
export function vectorFileText(file: VectorFile | TrajectoryFile): string {
  const { vectors, ...rest } = file;
  const lines = (vectors as readonly unknown[]).map((vector) => `    ${JSON.stringify(vector)}`);
  return `${JSON.stringify(rest, null, 2).slice(0, -2)},\n  "vectors": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function buildFile({ name, source, statement, vectors }: VectorInputs): VectorFile | TrajectoryFile {
  const built = vectors.map((input) => buildVector(name, input));
  if (new Set(built.map(({ id }) => id)).size < built.length) throw new RangeError(`${name}: two vectors have one id`);
  const used = new Set(vectors.flatMap(({ flags }) => flags));
  const flags = Object.fromEntries(Object.entries(flagMeanings).filter(([flag]) => used.has(flag as Flag)));
  return { schemaVersion: 1, name, source, statement, flags, vectors: built } as VectorFile | TrajectoryFile;
}

/** Name of the file and the digest of the request: it changes only when the question does. */
export function vectorId(name: string, request: VectorRequest): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(wireRequest(request)))
    .digest('hex');
  return `${name}-${digest.slice(0, 8)}`;
}

function buildVector(name: string, { flags, request }: VectorInput): AnyVector {
  const answers = exactAnswers(request);
  return {
    id: vectorId(name, request),
    description: describe(request),
    flags: [...flags],
    request: wireRequest(request),
    accepted: answers.map((answer) => written(request, answer)),
    tolerance: toleranceOf(request, answers, flags),
  } as AnyVector;
}

function written(request: VectorRequest, { signOfZero, points }: Answer): AnyVector['accepted'][number] {
  const exact = points.map((point) => point.map((value) => value.toFraction()));
  const bits = points.map((point) => point.map((value: Rational) => toBits(toDouble(value))));
  return {
    ...(signOfZero === undefined ? {} : { signOfZero }),
    ...(request.method === 'run' ? { exact, bits } : { exact: exact[0]!, bits: bits[0]! }),
  } as AnyVector['accepted'][number];
}

/** JSON in which infinite bounds are words. */
function inWords(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => (Math.abs(entry as number) === Infinity ? `${entry}` : entry));
}

/** The question in decimals, for people. */
function describe(request: VectorRequest): string {
  const at = `γ = ${request.step}, x = ${showVector(request.x)}`;
  if (request.method === 'prox') return `prox of ${inWords(request.function)} at ${at}`;
  const { smooth, functions, probabilities } = request.problem;
  const draw = ['component', 'indices', 'workers'].flatMap((key) =>
    key in request ? [`${key} = ${inWords(request[key as keyof VectorRequest])}`] : [],
  );
  return [
    `${'algorithm' in request ? `${request.algorithm}, ${request.method === 'run' ? plural(request.indices.length, 'iteration') : 'one iteration'}` : request.method} at ${at}`,
    ...draw,
    `d = ${inWords(smooth)}`,
    `r = ${functions.map((component) => inWords(component)).join(', ')}`,
    `θ = ${inWords(probabilities)}`,
  ].join('; ');
}

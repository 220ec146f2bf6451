import { createHash } from 'node:crypto';
import { toBits } from '../../claims/exact-encoding.js';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import { fromDouble, maximum, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import { parameterMagnitude, showVector } from '../../judging/judges/precision.js';
import { registry } from '../../reference/functions/index.js';
import { type Answer, exactAnswers } from './exact-answer.js';
import { operatorInputs, trajectoryInputs } from './operator-inputs.js';
import { proxInputs } from './prox-inputs.js';
import {
  type Flag,
  flagMeanings,
  type ProxRequest,
  type VectorInput,
  type VectorInputs,
  type VectorRequest,
  wireRequest,
} from './vector-request.js';
import type { AnyVector, Tolerance, TrajectoryFile, VectorFile } from './vector-schema.js';

const signAlgorithms: readonly string[] = ['sign-sgd', 'sign-prox', 'majority-vote'];

/** Multiples of the unit roundoff that the formulas may lose, each a few operations long. */
const operatorRoundings = 16;
const proxRoundings = 8;
const divisionUlps = 4;

/** The allowed distance from the exact answer: the error of any sensible order of a few correctly rounded operations on these data. */
function toleranceOf(request: VectorRequest, answers: readonly Answer[], flags: readonly string[]): Tolerance {
  const size = largest([request.x.map(fromDouble), ...answers.flatMap(({ points }) => points)].flat());
  if (flags.includes('sparse')) {
    return { mode: 'exact', k: 0, scale: 0, why: 'thresholding gives exactly 0: a small number is no sparse answer' };
  }
  if (request.method === 'prox') return toleranceOfProx(request, size);
  if ('algorithm' in request && signAlgorithms.includes(request.algorithm)) {
    if (request.method === 'run') {
      return { mode: 'condition', k: 1, scale: size + request.step, why: 'x ± γ, rounded once per iteration' };
    }
    return { mode: 'ulp', k: 1, scale: 0, why: 'x − γ, x or x + γ, rounded once: every sign is clear, or exactly 0' };
  }
  const { problem, step, x } = request;
  const parameters = parameterMagnitude(problem);
  const terms = Math.max(1, step) * parameters * (1 + largest(x.map(fromDouble)) + parameters);
  const isDivided = request.method === 'gradient-mapping' && step < 1;
  return {
    mode: 'condition',
    k: operatorRoundings,
    scale: Math.max(size, terms) / (isDivided ? step : 1),
    why: `a few rounded operations on x, the answer and terms like γ·a·(x − c), none larger than scale${isDivided ? '·γ, divided by γ' : ''}`,
  };
}

function toleranceOfProx({ function: specification, step, x }: ProxRequest, size: number): Tolerance {
  const { proxRounding } = registry.get(specification.type)!.definition;
  if (proxRounding === 'none') {
    return { mode: 'exact', k: 0, scale: 0, why: 'every element is an element of y or a bound: nothing is computed' };
  }
  if (proxRounding === 'division') {
    return { mode: 'ulp', k: divisionUlps, scale: 0, why: 'y/(1 + γw): a product, a sum and a division' };
  }
  return {
    mode: 'condition',
    k: proxRoundings + (proxRounding === 'sum' ? x.length : 0),
    scale: Math.max(size, Math.max(1, step) * parameterMagnitude(specification)),
    why: 'a few rounded operations on y, the answer, the parameters and γ times them, none larger than scale',
  };
}

function largest(values: readonly Rational[]): number {
  return toDouble(values.map((value) => value.abs()).reduce(maximum));
}

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

/** The question in decimals, for human readers. */
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

/**
 * The iterates that an implementation returns for the published trajectories, bit for bit, by the id of the trajectory. Trajectories that it
 * does not offer, draws at random or fails at are left out.
 */
export async function recordTrajectories(implementation: Implementation): Promise<Record<string, string[][]>> {
  const { methods, algorithms, conventions } = implementation.description;
  const recorded: Record<string, string[][]> = {};
  if (!methods.includes('run')) return recorded;
  for (const { name, vectors } of trajectoryInputs) {
    for (const { request } of vectors) {
      if (request.method !== 'run' || !algorithms.includes(request.algorithm)) continue;
      if (request.algorithm === 'sign-prox' && conventions.signOfZero === 'random') continue;
      try {
        const reply = await implementation.ask({ ...request, x: Float64Array.from(request.x) });
        const iterates = reply.trajectory ?? [reply.x];
        recorded[vectorId(name, request)] = iterates.map((iterate) => Array.from(iterate, toBits));
      } catch (error) {
        if (!(error instanceof UnsupportedError || error instanceof ImplementationError)) throw error;
      }
    }
  }
  return recorded;
}

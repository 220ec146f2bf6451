import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { type Implementation, type Question, UnsupportedError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { directory } from '../../cli/run-directory.test.helper.js';
import {
  fromDouble,
  neighbour,
  parseRational,
  rational,
  sum,
  toDouble,
  zero,
} from '../../exact/arithmetic/rational.js';
import { projectOnto } from '../../exact/functions/projections.js';
import { InvalidInputError } from '../invalid-input.js';
import { wrapModule } from '../module-implementation.js';
import { openProcess } from '../process-implementation.js';
import { startWithoutCoverage } from '../processes.test.helper.js';
import { testWith } from '../programs.test.helper.js';
import { buildVectorFiles, vectorId } from './build-vectors.js';
import { judgeOutput, readOutputs, readVectors } from './check-outputs.js';
import { operatorInputs, trajectoryInputs } from './operator-inputs.js';
import { proxInputs } from './prox-inputs.js';
import type { VectorRequest } from './vector-request.js';
import { type AnyVector, trajectoryFileSchema, vectorFileSchema } from './vector-schema.js';

const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const files = buildVectorFiles();
const vectors = [...files.values()].flatMap((file) => file.vectors as readonly AnyVector[]);
const requests = new Map(
  [...proxInputs, ...operatorInputs, ...trajectoryInputs].flatMap(({ name, vectors: inputs }) =>
    inputs.map(({ request }): [string, VectorRequest] => [vectorId(name, request), request]),
  ),
);

/** What a live implementation says to a question; null for what it does not offer. */
async function answer(implementation: Implementation, request: VectorRequest): Promise<number[] | number[][] | null> {
  const { step } = request;
  const x = Float64Array.from(request.x);
  const ask = async (): Promise<{ readonly x: Float64Array }> => {
    switch (request.method) {
      case 'mean': {
        // θ is in eighths: P is P̂ of a batch that holds every component as often as its probability says.
        const { problem } = request;
        const indices = problem.probabilities.flatMap((share, k) => new Array<number>(8 * share).fill(k));
        return implementation.ask({ method: 'mini-batch', problem, indices, step, x });
      }
      case 'step':
        return implementation.ask({ ...request, x, indices: request.indices ?? [] });
      default:
        return implementation.ask({ ...request, x } as Question<Exclude<VectorRequest['method'], 'mean'>>);
    }
  };
  try {
    if (request.method !== 'run') return Array.from((await ask()).x);
    const { trajectory } = await implementation.ask({ ...request, x });
    return trajectory!.map((iterate) => Array.from(iterate));
  } catch (error) {
    if (error instanceof UnsupportedError) return null;
    throw error;
  }
}

/** Ids of the vectors that an implementation gets wrong, and how many it answers. */
async function failures(implementation: Implementation): Promise<{ failed: string[]; answered: number }> {
  const failed: string[] = [];
  let answered = 0;
  for (const vector of vectors) {
    const output = await answer(implementation, requests.get(vector.id)!);
    const { outcome, reason, id } = judgeOutput(vector, output);
    if (outcome !== 'n/a') answered++;
    if (outcome === 'fail') failed.push(`${id}: ${reason}`);
  }
  return { failed, answered };
}

test('the shipped files are what this version builds: npx signprox vectors export --out fixtures', async (t) => {
  t.deepEqual(
    (await readVectors(fixtures)).map(({ id }) => id),
    vectors.map(({ id }) => id),
  );
  for (const [path, file] of files) {
    const schema = path.startsWith('vectors/') ? vectorFileSchema : trajectoryFileSchema;
    t.deepEqual(schema.parse(file), file as never, path);
  }
  t.is(new Set(vectors.map(({ id }) => id)).size, vectors.length);
  t.true(vectors.every(({ flags, id }) => flags.length > 0 || id.startsWith('proximal-gradient')));
});

test('every answer is written with the nearest doubles', (t) => {
  for (const { accepted } of vectors) {
    for (const { exact, bits } of accepted) {
      const [fractions, digits] = [exact.flat(), bits.flat()];
      t.is(fractions.length, digits.length);
      fractions.forEach((fraction, i) => {
        const value = parseRational(fraction);
        const written = Buffer.from(digits[i]!, 'hex').readDoubleBE();
        const error = fromDouble(written).sub(value).abs();
        for (const side of [-1, 1] as const) {
          if (fromDouble(neighbour(written, side)).sub(value).abs().lt(error)) t.fail(`${fraction} is not ${written}`);
        }
      });
    }
  }
});

test('the reference answers every vector within its tolerance', async (t) => {
  t.deepEqual(await failures(reference), { failed: [], answered: vectors.length });
});

startWithoutCoverage();

testWith('python3', '--version')('the independent implementation answers within the tolerance', async (t) => {
  const command = ['python3', join(fixtures, 'adapters/python/adapter.py')];
  const independent = await openProcess({ command, timeout: 30_000, seed: '1' });
  const { failed, answered } = await failures(independent);
  t.is(await independent.close(), undefined);
  t.deepEqual(failed, []);
  t.true(answered > 700, `${answered}`);
});

/** Mutants whose defect lies in what no rational vector can ask about. */
const unseen: Readonly<Record<string, string>> = {
  'cosine-gradient-not-differentiated': 'cosine is not rational',
  'log-cosh-gradient-step': 'log-cosh is not rational',
  'log-cosh-scale-dropped': 'log-cosh is not rational',
  'sample-uniform': 'sampling is not asked about',
  'sample-without-replacement': 'sampling is not asked about',
  'sign-sgd-positive-at-zero': 'every value of sgn(0) is accepted',
  'total-variation-anisotropic': 'the total variation of an image is not rational',
  'nuclear-norm-rows-and-columns-swapped': 'singular values are not rational',
  'tilted-gradient-sign': 'gradients of functions are not asked about',
  'proximal-average-own-step': 'the proximal average is not asked about by itself',
  'proximal-average-gradient-of-the-average': 'gradients of functions are not asked about',
  'proximal-average-value-of-the-average': 'values are not asked about',
  'sample-eight-bits': 'sampling is not asked about',
  'weights-not-checked': 'nothing bad is asked',
  'unknown-function-is-zero': 'every function is known',
  'nan-becomes-zero': 'nothing is asked at NaN',
  'semi-orthogonal-takes-any-frame': 'nothing bad is asked',
  'box-bounds-in-any-order': 'nothing bad is asked',
  'probabilities-renormalised': 'nothing bad is asked',
  'index-counted-from-the-end': 'nothing bad is asked',
  'gradient-mapping-probabilities-single-precision': 'the probabilities of the vectors are exact in single precision',
  'sign-prox-slopes-single-precision': 'slopes that are nearly opposite are not asked about',
  'expectation-first-four': 'the vectors have at most four components',
  'least-squares-wide-columns-dropped': 'the vectors have no wide matrix of more than three columns',
  'run-step-halved-after-eight': 'the vectors have no run of more than eight iterations',
  'run-end-one-behind': 'files hold the iterates of a run and no end beside them',
  'sgd-first-four': 'the mini-batches of the vectors have at most four draws',
  'l2-ball-norm-overflows': 'the vectors hold no number whose square overflows',
  'log-barrier-cancels': 'log-barrier is not rational',
  'log-cosh-overflow-is-zero': 'log-cosh is not rational',
  'input-overwritten': 'files hold no inputs that could be overwritten',
  'input-overwritten-by-step': 'files hold no inputs that could be overwritten',
};

test('the vectors catch the mutants', async (t) => {
  const { mutants } = (await import(join(fixtures, 'mutants/mutants.js'))) as {
    mutants: readonly { name: string; table: string; load: () => unknown }[];
  };
  const survivors: string[] = [];
  for (const { name, load } of mutants) {
    const { failed } = await failures(wrapModule(load(), name));
    if (failed.length === 0) survivors.push(name);
  }
  // Nor is anything asked of algorithms with memory.
  const withMemory = mutants.filter(({ table }) => table === 'statefulSteps').map(({ name }) => name);
  t.deepEqual(survivors.sort(), [...Object.keys(unseen), ...withMemory].sort());
});

test('an answer is right up to its tolerance and wrong beyond it', (t) => {
  const modes = new Set<string>();
  for (const vector of vectors) {
    const { tolerance, accepted, request } = vector;
    if (request.method === 'run') continue;
    modes.add(tolerance.mode);
    const right = (accepted[0]!.bits as readonly string[]).map((digits) => Buffer.from(digits, 'hex').readDoubleBE());
    t.is(judgeOutput(vector, right).outcome, 'pass', vector.id);
    const off = right.slice();
    const one = Math.max(
      ...right.map((value) => neighbour(Math.abs(value), 1) - Math.abs(value)),
      tolerance.mode === 'condition' ? tolerance.scale * 2 ** -53 : 0,
    );
    // The largest element moves, so that the sum is not lost in rounding.
    const i = right.reduce((most, value, j) => (Math.abs(value) > Math.abs(right[most]!) ? j : most), 0);
    off[i]! += (right[i]! < 0 ? -1 : 1) * 4 * (tolerance.k + 1) * one;
    t.is(judgeOutput(vector, off).outcome, 'fail', vector.id);
    t.is(judgeOutput(vector, [...right, 0]).outcome, 'fail', vector.id);
    t.is(judgeOutput(vector, [right]).outcome, 'fail', vector.id);
    const none = right.map(() => 'NaN' as const);
    t.is(judgeOutput(vector, none).outcome, 'fail', vector.id);
    t.is(judgeOutput(vector, null).outcome, 'n/a');
  }
  t.deepEqual([...modes].sort(), ['condition', 'exact', 'ulp']);
});

test('a wrong answer is reported in numbers', (t) => {
  const vector = vectors.find(({ id, flags }) => id.startsWith('prox-l1-') && flags.includes('between'))!;
  const right = (vector.accepted[0]!.bits as readonly string[]).slice();
  const { reason, ratio } = judgeOutput(vector, [1e3, ...right.slice(1)]);
  t.regex(
    reason!,
    /^prox of \{"type":"l1","weight":0.7\} at γ = 0.1, .*element \[0\] is 1000 \(408f400000000000\), right is /,
  );
  t.regex(reason!, /off by 1000\.?\d*.*, relative [\d.e+]+, [\d.e+]+ ulp$/);
  t.true(ratio > 1e10);
});

test('each value of sgn(0) is accepted and named', (t) => {
  const tied = vectors.filter(({ flags }) => flags.includes('sgn(0)'));
  t.true(tied.length >= 10);
  for (const vector of tied) {
    t.deepEqual(
      vector.accepted.map(({ signOfZero }) => signOfZero),
      ['zero', 'positive', 'negative'],
    );
    for (const { bits, signOfZero } of vector.accepted) {
      t.like(judgeOutput(vector, bits as string[]), { outcome: 'pass', signOfZero: signOfZero! });
    }
  }
});

test('an edited, stale, strange or missing file and wrong outputs are refused', async (t) => {
  const copy = await directory(t);
  const path = join(copy, 'vectors/prox-l1.json');
  const refuse = (message: RegExp) => t.throwsAsync(readVectors(copy), { instanceOf: InvalidInputError, message });
  await refuse(/no vectors in .*signprox vectors export/);
  for (const folder of ['vectors', 'trajectories'])
    await cp(join(fixtures, folder), join(copy, folder), { recursive: true });
  t.is((await readVectors(copy)).length, vectors.length);
  const text = await readFile(path, 'utf8');
  const { id } = vectors.find(({ id: name }) => name.startsWith('prox-l1-'))!;
  await writeFile(path, text.replace(/"bits":\["/, '"bits":["3'));
  await refuse(/prox-l1.json: /);
  await writeFile(path, text.replace('at γ = 0.1', 'at γ = 0.2'));
  await refuse(new RegExp(`vector ${id} differs`));
  await writeFile(path, text.replace('equation', 'eqn'));
  await refuse(/prox-l1.json: /);
  await writeFile(path, `${text} `);
  await refuse(/its layout or heading differs/);
  await writeFile(path, 'no JSON');
  await refuse(/is not JSON/);
  await rm(path);
  await refuse(/prox-l1.json is missing/);
  await writeFile(path, text);
  await writeFile(join(copy, 'vectors/mine.json'), text);
  await refuse(/mine.json is not a file of this version/);

  const outputs = join(copy, 'outputs.json');
  const refuseOutputs = async (json: string, message: RegExp) => {
    await writeFile(outputs, json);
    await t.throwsAsync(readOutputs(outputs, vectors), { instanceOf: InvalidInputError, message });
  };
  await t.throwsAsync(readOutputs(join(copy, 'none.json'), vectors), {
    message: /cannot read .*none\.json: there is no such file; give a JSON file/,
  });
  await refuseOutputs('[', /is not JSON/);
  await refuseOutputs('{"prox-l1-00000000": [1]}', /there is no vector "prox-l1-00000000"/);
  await refuseOutputs(`{"${id}": "1"}`, new RegExp(id));
  await writeFile(outputs, `{"${id}": ["3ff0000000000000", 1, "-0"]}`);
  t.deepEqual(await readOutputs(outputs, vectors), { [id]: ['3ff0000000000000', 1, '-0'] });
});

test('exact projections satisfy the conditions that characterise them', (t) => {
  const point = (...values: number[]) => values.map(fromDouble);
  for (const y of [point(1.5, -0.25, 1.5), point(0.3, 0.3, 0.3), point(-4), point(0.5, -1, 2, 0.25)]) {
    const u = projectOnto({ type: 'simplex', total: 0.7 }, y);
    t.true(sum(u).equals(fromDouble(0.7)));
    // y − u is one number τ where u > 0, and at most τ where u = 0.
    const pulls = y.map((value, i) => value.sub(u[i]!));
    const shift = pulls[u.findIndex((value) => value.gt(zero))]!;
    u.forEach((value, i) => {
      t.true(value.gt(zero) ? pulls[i]!.equals(shift) : value.equals(zero) && pulls[i]!.lte(shift));
    });
  }
  const u = projectOnto({ type: 'l2-ball', radius: 2.5 }, point(2, -3, 6));
  t.deepEqual(
    u.map((value) => value.toFraction()),
    ['5/7', '-15/14', '15/7'],
  );
  t.deepEqual(projectOnto({ type: 'l2-ball', radius: 2.5 }, [rational(1n, 3n)]).map(toDouble), [1 / 3]);
  t.throws(() => projectOnto({ type: 'l2-ball', radius: 1 }, point(1, 1)), { message: /norm of the point/ });
  t.throws(() => projectOnto({ type: 'l1-ball', radius: 1 }, point(1, 1)), { message: /no rational projection/ });
});

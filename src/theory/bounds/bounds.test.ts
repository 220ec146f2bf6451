import test from 'ava';
import type { RowFinding } from '../../claims/evidence.js';
import { answering, type Implementation } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { runClaims } from '../../claims/run-claims.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { BoundJob } from '../left-side/bound-job.js';
import { implementationReplicates } from '../left-side/replicate-sources.js';
import { ScheduleError } from '../theorem/audit/audit.js';
import { type TheoremChange, times, timesNoise, withStep } from '../theorem/changed-theorem.js';
import { cosineLinear, quadraticHubers, signRate, spgmRate } from '../theorem/example-theorems.test.helper.js';
import type { BoundInstance, Theorem } from '../theorem/theorem.js';
import { type BoundClaim, boundClaim, controlClaim, type PlantedError } from './bound-claim.js';
import { decideRow, type RowRequest } from './bound-row.js';

const instance = (problem: ProblemSpecification, start: readonly number[], name = 'planted'): BoundInstance => ({
  name,
  problem,
  start,
});
const linear = (...coefficients: number[]) => ({ type: 'linear', coefficients });
const parabola = { type: 'quadratic', curvature: 1, center: 0 };
const evenly = { functions: [linear(1), linear(-1)], probabilities: [0.5, 0.5] };

/** d = ½x², no noise. */
const noiseless = instance({ smooth: parabola, functions: [{ type: 'zero' }], probabilities: [1] }, [1]);
/** d = ½x², P_k − P = ±γ. */
const noisy = instance({ smooth: parabola, ...evenly }, [1]);

function row(entry: BoundInstance, T: number, rest: Partial<RowRequest> = {}): Promise<RowFinding> {
  const own = { claim: 'test', version: 1, theorem: spgmRate, budget: quickBudget() };
  return decideRow({ ...own, instance: entry, iterations: T, ...rest });
}

function claimOn(instances: readonly BoundInstance[], rest: Partial<BoundClaim> = {}) {
  return boundClaim({ id: 'test-bound', version: 1, method: 'm', theorem: spgmRate, instances, ...rest });
}

test('a theorem is silent where a hypothesis is not met, and says which', async (t) => {
  const matrix = { rows: 2, columns: 2, data: [1, 2, 0, 1] };
  const silent: readonly (readonly [string, Theorem, BoundInstance])[] = [
    [
      'phase retrieval has no global Lipschitz constant',
      spgmRate,
      instance(
        {
          smooth: { type: 'phase-retrieval', matrix, intensities: [1, 1] },
          ...evenly,
          functions: [linear(1, 1), linear(-1, -1)],
        },
        [1, 1],
      ),
    ],
    [
      'quadratics of different curvature have unbounded variance',
      spgmRate,
      instance(
        { smooth: { type: 'zero' }, functions: [parabola, { ...parabola, curvature: 3 }], probabilities: [0.5, 0.5] },
        [1],
      ),
    ],
    [
      'f is unbounded below',
      spgmRate,
      instance({ smooth: { type: 'log-cosh', weight: 1, scale: 1 }, functions: [linear(-3)], probabilities: [1] }, [1]),
    ],
    [
      'a coupled d has no coordinate constants',
      signRate,
      instance(
        { smooth: { type: 'least-squares', matrix, target: [1, 1] }, functions: [linear(1, 1)], probabilities: [1] },
        [1, 1],
      ),
    ],
    [
      'ℓ1 is not differentiable',
      spgmRate,
      instance({ smooth: parabola, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] }, [1]),
    ],
  ];
  for (const [why, theorem, entry] of silent) {
    const found = await row(entry, 4, { theorem });
    t.is(found.verdict, 'silent', why);
    t.is(found.replicates, 0, why);
    t.true(found.reason.length > 5, why);
    t.true(Number.isNaN(found.left) && Number.isNaN(found.bound), why);
  }
  // What doubles cannot hold meets every hypothesis: an error, not silence.
  await t.throwsAsync(row({ ...noiseless, start: [1e200] }, 4), {
    instanceOf: ScheduleError,
    message: /are beyond double precision: rescale the problem or give another x⁰$/,
  });
  // Silence of one instance is the verdict of the claim: it is never a pass.
  const evidence = await claimOn([noiseless, silent[1]![2]]).check(reference, quickBudget());
  t.is(evidence.verdict, 'silent');
  t.regex(evidence.reason, /^6 rows: 3 holds, 3 silent; 0 decided by the cap alone$/);
});

test('constants that give no finite step are an error, not a pass', async (t) => {
  const flat = instance({ smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] }, [1]);
  for (const theorem of [spgmRate, signRate]) {
    await t.throwsAsync(row(flat, 4, { theorem }), { instanceOf: RangeError });
    const [checked] = await runClaims([claimOn([flat], { theorem })], reference, quickBudget());
    t.is(checked!.evidence.verdict, 'inconclusive');
    t.is(checked!.evidence.failure?.kind, 'suite');
  }
});

test('left sides without noise are compared directly, with the numbers of the definition', async (t) => {
  // x_t = (1 − γ)^t with γ = 1/√T, G(x) = x, bound (1/√T)·2·½.
  for (const T of [1, 4, 16]) {
    const found = await row(noiseless, T);
    let left = 0;
    for (let k = 0; k < T; k++) left += (1 - 1 / Math.sqrt(T)) ** (2 * k) / T;
    t.true(Math.abs(found.left - left) < 1e-14, `T = ${T}`);
    t.true(Math.abs(found.bound - 1 / Math.sqrt(T)) < 1e-12);
    t.deepEqual(
      [found.engine, found.verdict, found.replicates, found.step],
      ['deterministic', 'holds', 1, 1 / Math.sqrt(T)],
    );
    // T = 1 attains the bound; less than the left side is no bound.
    t.is((await row(noiseless, T, { theorem: times((0.999999 * left) / found.bound)(spgmRate) })).verdict, 'violated');
  }
  // At T = 1 noise has not acted yet.
  t.deepEqual([(await row(noisy, 1)).engine, (await row(noisy, 1)).left], ['deterministic', 1]);
  // signProx from 1 with γ = 1/(2√T), G(x) = x: an arithmetic progression towards 0.
  const signs = await row(noiseless, 4, { theorem: signRate });
  t.is(signs.left, (1 + 0.75 + 0.5 + 0.25) / 4);
  t.true(Math.abs(signs.bound - 2 * (0.5 + 1)) < 1e-12);
  t.is(signs.miniBatch, 4);
});

test('noisy rows are decided by sampling, and half of the mean is no bound', async (t) => {
  for (const entry of [cosineLinear, quadraticHubers]) {
    const found = await row(entry, 16);
    t.is(found.verdict, 'holds');
    t.is(found.engine, 'monte-carlo');
    t.true(found.replicates >= 64);
    t.true(found.logE!.holds > Math.log(1 / found.alpha!));
    t.true(found.left > found.leftInterval[0] && found.left < found.leftInterval[1]);
    t.is(found.assumption, 'M');
    const planted = await row(entry, 16, { theorem: times((0.5 * found.left) / found.bound)(spgmRate) });
    t.is(planted.verdict, 'violated');
    t.true(planted.logE!.violated > Math.log(1 / planted.alpha!));
    // The same seed gives the same row, whatever else is judged.
    t.deepEqual(await row(entry, 16), found);
    t.not((await row(entry, 16, { budget: quickBudget('2') })).left, found.left);
  }
});

test('a left side above the bound at the lower end of f* is compared with the upper end', async (t) => {
  // The bound of a theorem is only known up to the enclosure of f*: what is above one end need not violate the other.
  const ends = (lower: number, upper: number): Theorem => ({
    ...spgmRate,
    bound: (_T, { gap }) => (gap.lower === gap.upper ? lower : upper),
  });
  const { left, constants } = await row(quadraticHubers, 4);
  t.true((constants['gapUpper'] as number) > (constants['gapLower'] as number), 'f* of this instance is an enclosure');
  const verdict = async (theorem: Theorem) => (await row(quadraticHubers, 4, { theorem })).verdict;
  t.is(await verdict(ends(2 * left, 4 * left)), 'holds');
  t.is(await verdict(ends(left / 2, 2 * left)), 'inconclusive');
  t.is(await verdict(ends(left / 4, left / 2)), 'violated');
  // The same without sampling: at T = 1 there is no noise.
  const first = (await row(quadraticHubers, 1)).left;
  const direct = async (theorem: Theorem) => (await row(quadraticHubers, 1, { theorem })).verdict;
  t.is(await direct(ends(first, 2 * first)), 'holds');
  t.is(await direct(ends(first / 2, 2 * first)), 'inconclusive');
  t.is(await direct(ends(first / 4, first / 2)), 'violated');
});

test('planted errors are found, and a control that finds nothing fails', async (t) => {
  const control = (planted: readonly PlantedError[]) =>
    controlClaim({
      id: 'controls',
      version: 1,
      method: 'm',
      theorem: spgmRate,
      planted,
    });
  const plant = (change: TheoremChange, rest: Partial<PlantedError> = {}): PlantedError => ({
    ...{ name: 'p', theorem: change(spgmRate), instance: noisy, iterations: [16] },
    ...rest,
  });
  const errors = [plant(withStep(2.5)), plant(times(0.5), { name: 'half', instance: noiseless, iterations: [1] })];
  const found = await control(errors).check(reference, quickBudget());
  t.deepEqual([found.verdict, found.reason], ['holds', '2 of 2 planted errors came out violated']);
  const blind = await control([...errors, plant((theorem) => theorem, { name: 'no error' })]).check(
    reference,
    quickBudget(),
  );
  t.deepEqual([blind.verdict, blind.reason], ['violated', '2 of 3 planted errors came out violated']);
  t.deepEqual(control([]).requires, { referenceOnly: true });
  // σ understated: from the minimiser the whole left side is noise.
  const understated = plant(timesNoise(0.1), { instance: { ...noisy, start: [0] } });
  t.is((await control([understated]).check(reference, quickBudget())).verdict, 'holds');
  const aborted = { ...quickBudget(), signal: AbortSignal.abort() };
  await t.throwsAsync(control(errors).check(reference, aborted), { any: true, name: 'AbortError' });
  await t.throwsAsync(claimOn([noisy]).check(reference, aborted), { any: true, name: 'AbortError' });
});

/** The reference as an implementation under test: one call per step. */
const { reference: _, ...other } = reference;
const without = (...methods: string[]): Implementation => ({
  ...other,
  description: { ...other.description, methods: other.description.methods.filter((name) => !methods.includes(name)) },
});
const endOnly = answering<Implementation>(other, { run: async (question, own) => ({ x: (await own(question)).x }) });

test('long runs have exact left sides if an engine applies, and are sampled otherwise', async (t) => {
  const curved = { ...noisy, name: 'cosine', problem: { ...noisy.problem, smooth: { type: 'cosine', weight: 1 } } };
  const claim = claimOn([noisy, curved], {
    iterations: ({ name }) => ({ quick: name === 'cosine' ? [64] : [4, 16, 64], standard: [], deep: [] }),
    exactFrom: 16,
  });
  const { verdict, rows } = await claim.check(reference, quickBudget());
  t.is(verdict, 'holds');
  t.deepEqual(
    rows?.map((entry) => [entry.instance, entry.iterations, entry.engine]),
    [
      ['planted', 4, 'cap'],
      ['planted', 16, 'moments'],
      ['planted', 64, 'moments'],
      ['cosine', 64, 'monte-carlo'],
    ],
  );
  // Nothing is exact about an implementation under test, and a bound that is too small is violated without sampling too.
  const tested = await claim.check(other, quickBudget());
  t.true(tested.rows!.every(({ engine }) => engine !== 'moments'));
  const low = { ...spgmRate, bound: (...of: Parameters<Theorem['bound']>) => 0.2 * spgmRate.bound(...of) };
  const planted = { theorem: low, exactFrom: 1 };
  t.is((await claimOn([noisy], planted).check(reference, quickBudget())).verdict, 'violated');
  const silent = instance(
    { smooth: { type: 'zero' }, functions: [parabola, { ...parabola, curvature: 3 }], probabilities: [0.5, 0.5] },
    [1],
  );
  t.is((await claimOn([silent], { exactFrom: 1 }).check(reference, quickBudget())).verdict, 'silent');
});

test('an implementation under test is run on supplied mini-batches and judged by its own iterates', async (t) => {
  const job: BoundJob = {
    ...{ problem: noisy.problem, start: [1], iterations: 2, step: 0.5, miniBatch: 1, signOfZero: 'zero' },
    ...{ seed: '1', check: 'c', version: 1 },
  };
  const sides = (implementation: Implementation, request = job) =>
    implementationReplicates(implementation, spgmRate)(request)(0, 40);
  const left = await sides(other);
  // x_1 = 1 − ½(1 ± 1) and G(x) = x.
  t.deepEqual(new Set(left), new Set([(1 + 0) / 2, (1 + 1) / 2]));
  for (const way of [without('run'), endOnly]) t.deepEqual(await sides(way), left);
  const longer = { ...job, iterations: 5 };
  t.deepEqual(await sides(without('run'), longer), await sides(other, longer));
  t.deepEqual(await sides(other, { ...job, iterations: 1 }), new Float64Array(40).fill(1));
  const stopped = implementationReplicates(other, spgmRate, AbortSignal.abort())(job);
  await t.throwsAsync(Promise.resolve(stopped(0, 4)), { any: true, name: 'AbortError' });
});

test('a claim has the rows that an implementation under test can answer', async (t) => {
  const evidence = await claimOn([noiseless, noisy]).check(other, quickBudget());
  t.is(evidence.verdict, 'holds');
  t.deepEqual(
    evidence.rows?.map(({ iterations }) => iterations),
    [1, 4, 1, 4],
  );
  const knowing = (functions: string[], smooth: string[]): Implementation => ({
    ...other,
    description: { ...other.description, functions, smooth },
  });
  const some = await claimOn([noiseless, noisy]).check(knowing(['zero'], ['quadratic']), quickBudget());
  t.is(some.rows?.length, 2);
  const strangers = [
    [knowing(['l1'], ['quadratic']), 'zero'],
    [knowing(['zero', 'linear'], []), 'quadratic'],
  ] as const;
  for (const [stranger, missing] of strangers) {
    const none = await claimOn([noiseless, noisy]).check(stranger, quickBudget());
    t.deepEqual([none.verdict, none.cases], ['not-applicable', 0]);
    t.is(none.reason, `no instance has only functions that the implementation offers: one would with ${missing}`);
  }
  // Nested functions count: a translated Huber function needs both.
  t.is((await claimOn([quadraticHubers]).check(knowing(['translated'], ['quadratic']), quickBudget())).cases, 0);
  // An ascent is no SPGM.
  const wrong = answering(without('run'), {
    step: async (question, own) => ({ x: (await own(question)).x.map((value, i) => 2 * question.x[i]! - value) }),
  });
  const violated = await claimOn([noiseless]).check(wrong, { ...quickBudget(), depth: 'standard' });
  t.is(violated.verdict, 'violated');
});

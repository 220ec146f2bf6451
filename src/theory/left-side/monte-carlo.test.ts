import test from 'ava';
import { cosineLinear, matchedQuadratics, signRate, spgmRate } from '../theorem/example-theorems.test.helper.js';
import type { BoundInstance } from '../theorem/theorem.js';
import type { BoundJob } from './bound-job.js';
import { leftSide, referenceLeftSide, replicate } from './monte-carlo.js';
import { kernelLeftSide } from './monte-carlo-kernel.js';

const jobOf = ({ problem, start }: BoundInstance, change: Partial<BoundJob> = {}): BoundJob => ({
  ...{ problem, start, iterations: 5, step: 0.25, miniBatch: 1, signOfZero: 'zero' },
  ...{ seed: '1', check: 'replicator', version: 1 },
  ...change,
});

test('a replicate that diverges is the error of the reference, kernel or not', (t) => {
  const problem = { ...cosineLinear.problem, smooth: { type: 'quadratic', curvature: 1, center: 0 } };
  const job = jobOf({ ...cosineLinear, problem }, { step: 1e80, iterations: 6 });
  t.false(Number.isFinite(kernelLeftSide(spgmRate, job)!(0)));
  const message = /x\[0\]/;
  t.throws(() => referenceLeftSide(spgmRate, job)(0), { message });
  t.throws(() => leftSide(spgmRate, job)(0), { message });
});

test('there are kernels for the summands and mini-batches of the two theorems, and for no others', (t) => {
  const many = jobOf(cosineLinear, { miniBatch: 5 });
  t.truthy(kernelLeftSide(spgmRate, jobOf(cosineLinear)));
  t.truthy(kernelLeftSide(signRate, many));
  t.is(kernelLeftSide(spgmRate, many), undefined);
  t.is(kernelLeftSide(signRate, jobOf(cosineLinear, { miniBatch: 2 })), undefined);
  t.is(kernelLeftSide(signRate, jobOf(cosineLinear, { miniBatch: 2 ** 16 })), undefined);
  for (const theorem of [spgmRate, signRate]) {
    const own = { ...theorem, term: () => 1 };
    t.is(kernelLeftSide(own, jobOf(cosineLinear, { miniBatch: theorem === spgmRate ? 1 : 5 })), undefined);
  }
});

test('the first summand is that of x⁰, and one replicate is the mean over its iterates', (t) => {
  // d = x², r_k = (u ∓ ½)², both of curvature 2, γ = ¼: y = x/2, P_k(x) = (y ± ¼)/(3/2), G(x) = (x − y/(3/2))·4 = 8x/3 at x.
  const start = matchedQuadratics.start[0]!;
  const first = kernelLeftSide(spgmRate, jobOf(matchedQuadratics, { iterations: 1 }))!(3);
  t.true(Math.abs(first - ((8 / 3) * start) ** 2) < 1e-12);
  const two = kernelLeftSide(spgmRate, jobOf(matchedQuadratics, { iterations: 2 }))!(3);
  const reached = [-1, 1].map((side) => (start / 2 + side / 4) / 1.5);
  t.true(reached.some((x) => Math.abs(two - (first + ((8 / 3) * x) ** 2) / 2) < 1e-12));
});

test('a job names the theorem and the module where it is found, and the theorem is imported from there', async (t) => {
  const found = { ...jobOf(cosineLinear), theorem: { module: spgmRate.module!, id: 'spgm-rate' } };
  const expected = leftSide(spgmRate, jobOf(cosineLinear));
  t.is(await replicate(found, 3), expected(3));
  t.is(replicate(found, 4), expected(4), 'what the replicates share is prepared once');
  // The user's own theorem is found in the same way, in any module that exports it.
  const own = `import { spgmRate } from '${spgmRate.module}';
    export const claim = { id: 'mine' };
    export const mine = { ...spgmRate, id: 'mine', term: () => 7 };`;
  const module = `data:text/javascript,${encodeURIComponent(own)}`;
  t.is(await replicate({ ...found, theorem: { module, id: 'mine' } }, 0), 7);
  await t.throwsAsync(Promise.resolve(replicate({ ...found, theorem: { module, id: 'spgm-rate' } }, 0)), {
    message: /must export the theorem spgm-rate: the module of a theorem is its own, import\.meta\.url$/,
  });
  await t.throwsAsync(Promise.resolve(replicate({ ...found, theorem: { id: 'mine' } }, 0)), {
    message: /^mine: its replicates are computed where its module is imported: give it module: import\.meta\.url$/,
  });
});

import test from 'ava';
import { cosineLinear, matchedQuadratics } from '../../../theorems/shared/instances.js';
import { theorem1 } from '../../../theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../../../theorems/theorem-2/theorem-2.js';
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
  t.false(Number.isFinite(kernelLeftSide(theorem1, job)!(0)));
  const message = /x\[0\]/;
  t.throws(() => referenceLeftSide(theorem1, job)(0), { message });
  t.throws(() => leftSide(theorem1, job)(0), { message });
});

test('there are kernels for the summands and mini-batches of the two theorems, and for no others', (t) => {
  const many = jobOf(cosineLinear, { miniBatch: 5 });
  t.truthy(kernelLeftSide(theorem1, jobOf(cosineLinear)));
  t.truthy(kernelLeftSide(theorem2, many));
  t.is(kernelLeftSide(theorem1, many), undefined);
  t.is(kernelLeftSide(theorem2, jobOf(cosineLinear, { miniBatch: 2 })), undefined);
  t.is(kernelLeftSide(theorem2, jobOf(cosineLinear, { miniBatch: 2 ** 16 })), undefined);
  for (const theorem of [theorem1, theorem2]) {
    const own = { ...theorem, term: () => 1 };
    t.is(kernelLeftSide(own, jobOf(cosineLinear, { miniBatch: theorem === theorem1 ? 1 : 5 })), undefined);
  }
});

test('the first summand is that of x⁰, and one replicate is the mean over its iterates', (t) => {
  // d = x², r_k = (u ∓ ½)², both of curvature 2, γ = ¼: y = x/2, P_k(x) = (y ± ¼)/(3/2), G(x) = (x − y/(3/2))·4 = 8x/3 at x.
  const start = matchedQuadratics.start[0]!;
  const first = kernelLeftSide(theorem1, jobOf(matchedQuadratics, { iterations: 1 }))!(3);
  t.true(Math.abs(first - ((8 / 3) * start) ** 2) < 1e-12);
  const two = kernelLeftSide(theorem1, jobOf(matchedQuadratics, { iterations: 2 }))!(3);
  const reached = [-1, 1].map((side) => (start / 2 + side / 4) / 1.5);
  t.true(reached.some((x) => Math.abs(two - (first + ((8 / 3) * x) ** 2) / 2) < 1e-12));
});

test('a job names the theorem and the module where it is found, and the theorem is imported from there', async (t) => {
  const found = { ...jobOf(cosineLinear), theorem: { module: theorem1.module!, id: 'theorem-1' } };
  const expected = leftSide(theorem1, jobOf(cosineLinear));
  t.is(await replicate(found, 3), expected(3));
  t.is(replicate(found, 4), expected(4), 'what the replicates share is prepared once');
  // The user's own theorem is found in the same way, in any module that exports it.
  const own = `import { theorem1 } from '${theorem1.module}';
    export const claim = { id: 'mine' };
    export const mine = { ...theorem1, id: 'mine', term: () => 7 };`;
  const module = `data:text/javascript,${encodeURIComponent(own)}`;
  t.is(await replicate({ ...found, theorem: { module, id: 'mine' } }, 0), 7);
  await t.throwsAsync(Promise.resolve(replicate({ ...found, theorem: { module, id: 'theorem-1' } }, 0)), {
    message: /must export the theorem theorem-1: the module of a theorem is its own, import\.meta\.url$/,
  });
  await t.throwsAsync(Promise.resolve(replicate({ ...found, theorem: { id: 'mine' } }, 0)), {
    message: /^mine: its replicates are computed where its module is imported: give it module: import\.meta\.url$/,
  });
});

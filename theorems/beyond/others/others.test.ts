import test from 'ava';
import type { Claim } from '../../../src/claims/claim.js';
import { reference } from '../../../src/claims/implementation/reference.js';
import { quickBudget } from '../../../src/claims/registry-tests.test.helper.js';
import { decideRow } from '../../../src/theory/bounds/bound-row.js';
import type { BoundInstance, Theorem } from '../../../src/theory/theorem/theorem.js';
import { readTheoremFile, type TheoremControl } from '../../../src/theory/theorem/theorem-file.js';

/** The theorems with the largest left/bound and left/sharpened bound that their instances reach in a quick run. */
const reached: Readonly<Record<string, { readonly bound: number; readonly sharp?: number }>> = {
  'sgd-nonconvex': { bound: 0.9999, sharp: 0.9999 },
  'sign-sgd-large-batch': { bound: 0.9959, sharp: 0.997 },
  'sign-descent-success': { bound: 0.9994 },
  'ef-sign-sgd': { bound: 0.46, sharp: 0.93 },
  'projected-sgd': { bound: 0.33, sharp: 0.91 },
  qsgd: { bound: 0.83, sharp: 0.9999 },
  'admm-nonconvex': { bound: 0.22, sharp: 0.49 },
  'gradient-descent-average': { bound: 0.9999 },
  'gradient-descent-smallest': { bound: 0.9999 },
  'gradient-descent-convex': { bound: 0.9999 },
  'sgd-convex': { bound: 0.9999, sharp: 0.9999 },
};

const load = async (id: string) => (await import(`./${id}.js`)) as { readonly claim: Claim };

for (const [id, { bound, sharp }] of Object.entries(reached)) {
  test.serial(`${id} reads as a file of a user, and every control of it is violated`, async (t) => {
    const { theorem, instances, controls } = readTheoremFile({ ...(await load(id)) });
    t.is(theorem.id, id);
    t.true(instances.length >= 4 && controls.length > 0);
    for (const control of controls) t.true(await isViolated(controlled(theorem, control), instances), control.name);
  });

  test.serial(
    `${id}: the left side stays below the sharpened bound too, and comes as near to both as is said`,
    async (t) => {
      const { rows = [] } = await (await load(id)).claim.check(reference, quickBudget());
      t.true(Math.max(...rows.map((row) => row.left / row.bound)) >= bound);
      t.is(rows[0]!.sharpBound !== undefined, sharp !== undefined);
      if (sharp === undefined) return;
      for (const row of rows) {
        t.true(row.left <= row.sharpBound! * (1 + 2 ** -36), `${row.instance}, T = ${row.iterations}`);
        t.true(row.sharpBound! <= row.bound * (1 + 2 ** -36), `${row.instance}, T = ${row.iterations}`);
      }
      t.true(Math.max(...rows.map((row) => row.left / row.sharpBound!)) >= sharp);
    },
  );
}

/** Whether an instance at T = 4 or 16 refutes the theorem. */
async function isViolated(theorem: Theorem, instances: readonly BoundInstance[]): Promise<boolean> {
  for (const instance of instances.filter(({ problem }) => problem.functions.length < 3)) {
    for (const iterations of [4, 16]) {
      const request = { claim: theorem.id, version: 1, theorem, instance, iterations, budget: quickBudget() };
      const { verdict } = await decideRow({ ...request, engine: 'auto' });
      if (verdict === 'violated') return true;
    }
  }
  return false;
}

/** The theorem with its step and its bound multiplied; the cap is about its own step. */
function controlled({ cap: _, sharp: __, ...theorem }: Theorem, { step: pace = 1, bound: factor = 1 }: TheoremControl) {
  return {
    ...theorem,
    schedule: (...given: Parameters<Theorem['schedule']>) => {
      const { step, miniBatch } = theorem.schedule(...given);
      return { step: pace * step, miniBatch };
    },
    bound: (...[iterations, constants, { step, miniBatch }]: Parameters<Theorem['bound']>) =>
      factor * theorem.bound(iterations, constants, { step: step / pace, miniBatch }),
  };
}

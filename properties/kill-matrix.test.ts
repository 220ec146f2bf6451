import test from 'ava';
import { plantDefect } from '../src/claims/planted-defect.js';
import { reference } from '../src/claims/reference.js';
import { quickBudget } from '../src/cli/registry-tests.test.helper.js';
import { claim, killMatrix } from './kill-matrix.js';

const dropped = {
  name: 'l1-step-dropped',
  type: 'l1',
  killedBy: 'prox-variational-inequality',
  description: 'the threshold is w',
  prox: ({ weight }: { weight?: number }, _: number, y: number[]) =>
    y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight!, 0)),
};

test('a mutant that is right survives, and the matrix says which', async (t) => {
  const harmless = { ...dropped, name: 'harmless', prox: undefined, change: () => ({}) } as never;
  const { verdict, reason, parts } = await killMatrix([harmless, dropped], quickBudget());
  t.is(verdict, 'violated');
  t.is(reason, 'not caught by the claim named for them: harmless');
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'holds'],
  );
});

test('at deep depth every claim is tried: the wrong step shows to most of them, firmness cannot see it', async (t) => {
  const { parts, measured, cases } = await killMatrix([dropped], quickBudget('1', 'deep'));
  t.true(cases > 15);
  t.is(measured!['caught by prox-variational-inequality'], 1);
  for (const blind of [
    'prox-firmly-nonexpansive',
    'prox-cyclically-monotone',
    'inputs-unchanged',
    'function-gradients',
  ]) {
    t.is(measured![`caught by ${blind}`], 0, blind);
  }
  t.regex(parts![0]!.reason!, /^the threshold is w: caught by prox-variational-inequality; also by eq6-prox, /);
});

test('there are at least forty mutants, with names of their own, under every seed caught by the claim named for them', async (t) => {
  for (const seed of ['2', '3']) {
    const { verdict, reason, parts } = await claim.check(reference, quickBudget(seed));
    t.is(verdict, 'holds', reason);
    t.true(parts!.length >= 40);
    t.is(new Set(parts!.map(({ name }) => name)).size, parts!.length);
  }
});

test('a defect is planted inside of wrappers too, and nowhere else', async (t) => {
  const implementation = plantDefect(dropped, ['l1', 'scaled']);
  const y = Float64Array.of(3);
  const inner = { type: 'l1', weight: 1 };
  t.is((await implementation.prox(inner, 2, y))[0], 2);
  t.is((await implementation.prox({ type: 'scaled', factor: 2, inner }, 1, y))[0], 2);
  t.is((await implementation.prox({ type: 'l2', weight: 1 }, 2, y))[0], 1);
  const fn = implementation.functionOf!(inner);
  t.is(fn.residual(y, 2)[0], 1);
  t.is(fn.dividedResidual(y, 2, y)[0], 0.5);
  await t.throwsAsync(async () => implementation.prox({ type: 'l7' }, 1, y), { message: /^function: type is "l7"/ });
});

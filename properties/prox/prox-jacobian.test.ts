import test from 'ava';
import { UnsupportedError } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { claim } from './prox-jacobian.js';

type Answer = (image: Float64Array, y: Float64Array) => Float64Array;

/** The evidence on the reference with its answers changed. */
async function evidenceOn(answer: Answer) {
  const implementation = {
    description: reference.description,
    prox: async (...[specification, step, y]: Parameters<typeof reference.prox>) =>
      answer(await reference.prox(specification, step, y), y),
  };
  const [result] = await runClaims([claim], { ...reference, ...implementation }, quickBudget());
  return result!.evidence;
}

const wrong: Readonly<Record<string, Answer>> = {
  NaN: (image) => image.fill(Number.NaN),
  'an infinity': (image) => image.fill(Number.POSITIVE_INFINITY),
  'numbers whose differences overflow': (image, y) => image.map((_, i) => Math.sign(y[i]!) * 1e308),
  'numbers whose squares overflow': (image, y) => image.map((_, i) => 1e200 * y[i]!),
};
for (const [what, answer] of Object.entries(wrong)) {
  test(`an implementation that answers ${what} is violated, not an error of the claim`, async (t) => {
    const { verdict, failure, worst } = await evidenceOn(answer);
    t.deepEqual([verdict, failure], ['violated', undefined]);
    t.true(worst!.ratio > 1);
    t.is(/returned \[(NaN|Infinity).*not finite$/.test(worst!.explanation!), ['NaN', 'an infinity'].includes(what));
  });
}

test('a case that is answered by unsupported is skipped, and the claim says of which subject', async (t) => {
  const { verdict, failure, cells } = await evidenceOn((image) => {
    if (image.length > 2) throw new UnsupportedError('no more than two coordinates');
    return image;
  });
  t.deepEqual([verdict, failure], ['holds', undefined]);
  t.true(cells!.some(({ skipped }) => (skipped?.['no more than two coordinates'] ?? 0) > 0));
});

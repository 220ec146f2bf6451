import test from 'ava';
import { decodeExact } from '../../src/claims/exact-encoding.js';
import {
  answering,
  type ImplementationDescription,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { claim } from './eq6-prox.js';
import { proxGradualUnderflowClaim } from './numbers.js';

test('an answer that is wrong at the second step of a case says so, and what the case says is the first', async (t) => {
  let last: { readonly y: string; readonly step: number } | undefined;
  const stale = otherLibrary(
    { functions: ['l1'] },
    {
      prox(question, own) {
        // It keeps the step of the call before where the point is the same.
        const y = question.x.join();
        const kept = last?.y === y ? last.step : question.step;
        last = { y, step: kept };
        return own({ ...question, step: kept });
      },
    },
  );
  const [checked] = await runClaims([claim], stale, { ...quickBudget(), asFound: true });
  const failing = (checked!.evidence.cells ?? []).flatMap(({ worstCase }) => worstCase ?? []);
  t.true(failing.length > 0);
  for (const { input, explanation, part } of failing) {
    t.is(part, 'l1, longer vectors');
    const { step } = decodeExact(input) as { readonly step: number };
    t.regex(explanation ?? '', new RegExp(`^asked again at 4γ = ${4 * step}: .* with γ = ${4 * step},`));
  }
});

test('a subject that has used its time is asked one case of each part, which is charged to it, and others are not', async (t) => {
  const judged = otherLibrary({ functions: ['l1', 'l2'] });
  const milliseconds = 3_600_000;
  const used = new Map([['prox of l1', milliseconds]]);
  const [checked] = await runClaims([claim], judged, { ...quickBudget(), timeOfSubject: { milliseconds, used } });
  for (const { name, cases, reason } of checked!.evidence.parts ?? []) {
    if (name.startsWith('l1')) t.regex(reason!, /^1 of \d+ cases in 3600 s for the subject$/);
    else t.is(reason, undefined, name);
    t.is(cases === 1, name.startsWith('l1'), name);
  }
  t.true(used.get('prox of l1')! > milliseconds);
  t.true(used.get('prox of l2')! < milliseconds);
});

/** The ℓ1 prox of the reference with results below `least` made 0. */
const flushing = (least: number, change: Partial<ImplementationDescription>) =>
  proxGradualUnderflowClaim.check(
    answering(
      { ...reference, description: { ...reference.description, functions: ['l1'], ...change } },
      {
        async prox(question, own) {
          const { x } = await own(question);
          return { x: x.map((value) => (Math.abs(value) < least ? 0 : value)) };
        },
      },
    ),
    quickBudget(),
  );

test('what is flushed is seen in either precision, unless an accuracy allows it', async (t) => {
  t.is((await flushing(0, {})).verdict, 'holds');
  t.is((await flushing(2 ** -1022, {})).verdict, 'violated');
  t.is((await flushing(2 ** -1022, { dtype: 'f32' })).verdict, 'holds');
  t.is((await flushing(2 ** -126, { dtype: 'f32' })).verdict, 'violated');
  t.is((await flushing(1, { accuracy: { l1: 1e-6 } })).verdict, 'not-applicable');
});

type Answer = (image: Float64Array, y: Float64Array) => Float64Array;

/** The evidence on two proxes of the reference with their answers changed. */
async function evidenceOn(answer: Answer) {
  const implementation = otherLibrary(
    { functions: ['l1', 'l2'] },
    { prox: async (question, own) => ({ x: answer((await own(question)).x, question.x) }) },
  );
  const [result] = await runClaims([claim], implementation, quickBudget());
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

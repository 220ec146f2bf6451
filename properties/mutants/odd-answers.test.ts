import test, { type ExecutionContext } from 'ava';
import { type Implementation, ImplementationError } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { properties } from '../index.js';

const { reference: _, functionOf: __, ...answers } = reference;

/** Claims that judge answers; the others are about the suite's own, or about what is refused. */
const claims = properties.filter(
  ({ id, requires }) => requires.referenceOnly !== true && !/^(kill-|imaging-|exact-|rejects-)/.test(id),
);

/** The reference, of which one answer in `every` has the odd number for its first entry. */
function withOdd(odd: number, every: number): Implementation {
  let calls = 0;
  const spoilt = (u: Float64Array): Float64Array => (calls++ % every === 0 ? u.with(0, odd) : u);
  const vectors = ['prox', 'gradient', 'proximalGradient', 'miniBatch', 'gradientMapping', 'step'] as const;
  const own = vectors.map((method) => {
    const ask = reference[method] as (...given: unknown[]) => Promise<Float64Array>;
    return [method, (...given: unknown[]) => refusing(async () => spoilt(await ask(...given)))] as const;
  });
  return {
    ...answers,
    ...Object.fromEntries(own),
    value: (r, u) => refusing(async () => spoilt(Float64Array.of(await reference.value(r, u)))[0]!),
    run: (request) =>
      refusing(async () => {
        const { x, trajectory = [] } = await reference.run(request);
        return { x: spoilt(x), trajectory: trajectory.map(spoilt) };
      }),
  };
}

/** What the reference refuses with a RangeError, another library refuses with an error of its own. */
async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof RangeError ? new ImplementationError('error', error.message, 'bad-request') : error;
  }
}

async function neverBreaks(t: ExecutionContext, odd: number, every: number): Promise<void> {
  const checked = await runClaims(claims, withOdd(odd, every), { ...quickBudget(), asFound: true, casesOfPart: 6 });
  const broken = checked.filter(({ evidence }) => evidence.failure?.kind === 'suite');
  t.deepEqual(
    broken.map(({ claim, evidence }) => `${claim.id}: ${evidence.failure!.message}`),
    [],
  );
  t.true(checked.filter(({ evidence }) => evidence.verdict === 'violated').length > 20);
}

for (const odd of [Number.NaN, Number.POSITIVE_INFINITY])
  for (const every of [1, 17])
    test.serial(`no check breaks where one answer in ${every} is ${odd}`, neverBreaks, odd, every);

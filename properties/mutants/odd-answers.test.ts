import type { ExecutionContext } from 'ava';
import test from 'ava';
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

interface Odd {
  readonly odd: number;
  /** One answer in so many has it for its first entry. */
  readonly every: number;
  /** It has it for every entry. */
  readonly whole?: boolean;
}

/** The reference with odd numbers in its answers. */
function withOdd({ odd, every, whole }: Odd): Implementation {
  let calls = 0;
  const spoiltOne = (u: Float64Array): Float64Array => (whole ? u.map(() => odd) : u.with(0, odd));
  const spoilt = (u: Float64Array): Float64Array => (calls++ % every === 0 ? spoiltOne(u) : u);
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

async function neverBreaks(t: ExecutionContext, odd: Odd): Promise<void> {
  const checked = await runClaims(claims, withOdd(odd), { ...quickBudget(), asFound: true, casesOfPart: 6 });
  const broken = checked.filter(({ evidence }) => evidence.failure?.kind === 'suite');
  t.deepEqual(
    broken.map(({ claim, evidence }) => `${claim.id}: ${evidence.failure!.message}`),
    [],
  );
  t.true(checked.filter(({ evidence }) => evidence.verdict === 'violated').length > 20);
}

const odds: readonly Odd[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY].flatMap((odd) => [1, 17].map((every) => ({ odd, every }))),
  // Numbers whose sums, squares or quotients overflow or vanish.
  ...[1e308, -1e308, 1e155, 5e-324].map((odd) => ({ odd, every: 1 })),
  { odd: 5e-324, every: 7 },
  ...[1e308, 5e-324].map((odd) => ({ odd, every: 1, whole: true })),
];
for (const each of odds) {
  const name = `${each.whole ? 'every entry' : 'an entry'} of one answer in ${each.every} is ${each.odd}`;
  test.serial(`no check breaks or goes on for ever where ${name}`, neverBreaks, each);
}

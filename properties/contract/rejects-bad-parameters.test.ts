import test from 'ava';
import { type Implementation, ImplementationError } from '../../src/claims/implementation/implementation.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { wrapModule } from '../../src/guard/module-implementation.js';
import { outcomeOf } from '../../src/report/record/outcome.js';
import { claim } from './rejects-bad-parameters.js';

type Prox = (F: { type: string; weight?: number }, step: number, y: number[]) => unknown;

/** The prox of the ℓ1 norm, without any check. */
const shrink: Prox = ({ weight = 0 }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));

const adapter = (prox: Prox, rejectsBadParameters?: boolean, type = 'l1'): Implementation =>
  wrapModule(
    {
      prox,
      describe: () => ({
        name: 'thin',
        version: '1',
        language: 'javascript',
        dtype: 'f64',
        methods: ['prox'],
        functions: [type],
        smooth: [],
        algorithms: [],
        conventions: rejectsBadParameters === undefined ? {} : { rejectsBadParameters },
      }),
    },
    'thin.js',
  );

const refuse = (code: string): never => {
  throw Object.assign(new Error('no'), { code });
};

const checkedAs =
  (type: string, prox: Prox): Prox =>
  (F, step, y) => {
    if (F.type !== type) refuse('unsupported');
    if (!(F.weight! >= 0)) throw new RangeError(`${type}: weight = ${F.weight} must be a number >= 0`);
    if (!(step > 0)) refuse(Number.isNaN(step) ? 'nonfinite' : 'bad-request');
    return prox(F, step, y);
  };
const checked = checkedAs('l1', shrink);

async function judged(implementation: Implementation) {
  const [{ evidence } = { evidence: undefined as never }] = await runClaims([claim], implementation, quickBudget());
  return { ...evidence, outcome: outcomeOf(evidence, claim.expected) };
}

test('who checks nothing and promises nothing is told so and does not fail', async (t) => {
  for (const promise of [undefined, false]) {
    const { outcome, verdict, reason, worst, parts } = await judged(adapter(shrink, promise));
    t.deepEqual([outcome, verdict, worst], ['expected', 'illustrated', undefined]);
    t.regex(reason, /^told only, as rejectsBadParameters is not declared: 5 kinds of bad request are not refused/);
    t.regex(reason, /e\.g\. l1: weight = NaN is answered with a result$/);
    t.true(parts!.every((part) => part.verdict === 'illustrated'));
  }
});

test('who promises to refuse is held to it, and the counterexample says what was wrong', async (t) => {
  const { outcome, minimal } = await judged(adapter(shrink, true));
  t.is(outcome, 'fail');
  t.is(minimal!.explanation, 'prox with weight = NaN is answered with a result, right is the error code bad-request');
  const careless = await judged(
    adapter((F, step, y) => (F.weight! < 0 ? refuse('internal') : checked(F, step, y)), true),
  );
  t.regex(careless.minimal!.explanation!, /weight = -1 is answered by internal, right is the error code bad-request$/);
  const unkind = await judged(
    adapter((F, step, y) => (F.type === 'l1' ? checked(F, step, y) : refuse('domain')), true),
  );
  t.regex(unkind.minimal!.explanation!, /in no vocabulary is answered by domain, right is the error code unsupported$/);
});

test('a number that must be > 0 may not be 0', async (t) => {
  const logBarrier: Prox = ({ weight = 0 }, step, y) => y.map((v) => (v + Math.sqrt(v * v + 4 * step * weight)) / 2);
  const { minimal } = await judged(adapter(checkedAs('log-barrier', logBarrier), true, 'log-barrier'));
  t.is(minimal!.explanation, 'prox with weight = 0 is answered with a result, right is the error code bad-request');
});

test('who refuses as the protocol says passes, promised or not; who refuses everything does not', async (t) => {
  for (const promise of [undefined, true]) t.is((await judged(adapter(checked, promise))).verdict, 'holds');
  t.is((await judged(adapter(() => refuse('bad-request'), true))).outcome, 'error');
  t.is((await judged(adapter(() => refuse('unsupported'), true))).outcome, 'n/a');
});

test('a bad parameter that kills is told of who promised nothing, and fails who did', async (t) => {
  const dies: Prox = (F, step, y) => {
    if (Number.isNaN(F.weight)) throw new ImplementationError('crash', 'was ended by SIGSEGV');
    return checked(F, step, y);
  };
  const { outcome, reason } = await judged(adapter(dies));
  t.is(outcome, 'expected');
  t.regex(reason, /not asked further after this: was ended by SIGSEGV$/);
  t.is((await judged(adapter(dies, true))).outcome, 'crash');
});

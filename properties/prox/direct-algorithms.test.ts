import type { ExecutionContext } from 'ava';
import test from 'ava';
import type { Question } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { judgeProximalPoint } from '../../src/judging/judges/proximal-optimality.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../src/reference/functions/index.js';
import { properties } from '../index.js';
import { condat, reflectedHinge, tautString } from './direct-algorithms.test.helper.js';

const claims = properties.filter(({ id }) => /^(eq6-|prox-)/.test(id));

/** The prox of a function. */
type ProxOf = (question: Question<'prox'>) => Float64Array | Promise<Float64Array>;

/** What is said of the prox of one function as a library computes it that knows no other, with every seed. */
async function verdictsOn(type: string, proxOf: ProxOf, seeds: readonly string[]): Promise<string[]> {
  const library = otherLibrary(
    { methods: ['prox'], functions: [type], smooth: [], algorithms: [] },
    { prox: async (question) => ({ x: await proxOf(question) }) },
  );
  const verdicts: string[] = [];
  for (const seed of seeds) {
    const [found] = await subjectsOf(claims, library, quickBudget(seed, 'standard'));
    verdicts.push(`${found!.verdict}${found!.counterexample === undefined ? '' : `: ${found!.counterexample}`}`);
  }
  return verdicts;
}

const seeds = ['1', '2', '3', '4', '5', '6', '7', '8'];

async function isRight(
  t: ExecutionContext,
  type: string,
  prox: (y: Float64Array, threshold: number) => Float64Array,
): Promise<void> {
  const computed: ProxOf = ({ function: { weight }, step, x }) => prox(x, step * (weight as number));
  const verdicts = await verdictsOn(type, computed, seeds);
  t.deepEqual(
    verdicts,
    seeds.map(() => 'right'),
  );
}

test('a taut string is right', isRight, 'total-variation-1d', tautString);
test('the direct algorithm for total variation is right', isRight, 'total-variation-1d', condat);
test('a hinge by reflection is right', isRight, 'hinge', reflectedHinge);

/** Functions of which every entry of the prox is computed to a few roundings of itself and of y. */
const entrywise = ['l1', 'squared-l2', 'elastic-net', 'huber', 'nonnegative'];

for (const type of entrywise) {
  test(`${type} is not right a hundred roundings of y away`, async (t) => {
    const prox: ProxOf = async (question) => {
      const { x } = await reference.ask(question);
      return x.map((value, i) => value + 100 * 2 ** -53 * question.x[i]!);
    };
    for (const verdict of await verdictsOn(type, prox, ['1', '2'])) t.regex(verdict, /^inaccurate/);
  });
}

/** Where half of the digits of y are beyond all digits of the weight. */
const hidden = (r: FunctionSpecification, y: number): boolean =>
  Math.abs(y) < 2 ** -24 && (r['l2Weight'] as number) >= 1;

test('an error at tiny points does not hide behind the weight', async (t) => {
  const prox: ProxOf = async (question) => {
    const { x } = await reference.ask(question);
    return x.map((value, i) => (hidden(question.function, question.x[i]!) ? Math.fround(value) : value));
  };
  for (const verdict of await verdictsOn('elastic-net', prox, ['1', '2'])) t.regex(verdict, /^extreme/);
});

test('a prox that returns a point where its function is infinite is wrong, however near the right one is', (t) => {
  const target = parseFunction({ type: 'log-barrier', weight: 1 });
  const y = Float64Array.of(-1e9);
  const ratioOf = (u: number): number =>
    judgeProximalPoint({ target, step: 1, y, u: Float64Array.of(u), precision: 2 ** -53, magnitude: 1 }).ratio;
  t.is(ratioOf(0), Number.POSITIVE_INFINITY);
  t.true(ratioOf(1e-9) <= 1);
});

import test from 'ava';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import type { Dtype } from '../../src/claims/implementation/dtype.js';
import { type AnswersInPlace, answering, type Question } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import type { JudgedSubject } from '../../src/claims/subject-verdicts.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../src/reference/functions/index.js';
import { properties } from '../index.js';

const claims = properties.filter(({ id }) => ['eq6-prox', 'function-values', 'function-gradients'].includes(id));

/** What is said of one method of a library that offers nothing else, for some functions. */
async function judged(
  own: Pick<AnswersInPlace, 'prox' | 'value' | 'gradient'>,
  functions: readonly string[],
  dtype: Dtype = 'f64',
): Promise<readonly JudgedSubject[]> {
  const [method] = Object.keys(own) as ('prox' | 'value' | 'gradient')[];
  const declared = { methods: [method!], functions, smooth: [], algorithms: [], dtype };
  return subjectsOf(claims, otherLibrary(declared, own));
}

const sets = ['simplex', 'l1-ball', 'l2-ball', 'linf-ball', 'box', 'nonnegative', 'hyperplane', 'halfspace'];

/** Values of indicators that take points for members which are as much outside. */
const tolerant =
  (tolerance: number) =>
  ({ function: r, x }: Question<'value'>) => {
    const target = parseFunction(r as FunctionSpecification);
    return { value: target.violation!(x) <= tolerance ? 0 : target.value(x) };
  };

test('a value that is finite well outside of a set is wrong, and one within half of the digits is not', async (t) => {
  for (const { subject, verdict } of await judged({ value: tolerant(2 ** -14) }, sets))
    t.regex(verdict, /^(wrong|extreme)$/, subject);
  for (const { subject, verdict } of await judged({ value: tolerant(2 ** -40) }, sets)) t.is(verdict, 'right', subject);
});

test('the shells of sets are reached in single precision', async (t) => {
  const value = (question: Question<'value'>) => ({ value: Math.fround(tolerant(2 ** -15)(question).value) });
  for (const { subject, verdict } of await judged({ value }, sets, 'f32')) t.is(verdict, 'right', subject);
});

test('a gradient in single precision whose limit is a little too far out is found', async (t) => {
  const gradient = ({ function: { weight, threshold }, x }: Question<'gradient'>) => {
    const limit = (threshold as number) + 2 ** -6;
    return { x: x.map((entry) => Math.fround((weight as number) * Math.max(-limit, Math.min(limit, entry)))) };
  };
  for (const { subject, verdict } of await judged({ gradient }, ['huber'], 'f32'))
    t.regex(verdict, /^(wrong|inaccurate)$/, subject);
});

test('a ball of radius 0 whose projection divides by the length of 0 is not finite there', async (t) => {
  const prox = ({ function: { radius }, x: y }: Question<'prox'>) => {
    const length = Math.hypot(...y);
    return { x: y.map((value) => value * Math.min(1, (radius as number) / length)) };
  };
  const [found] = await judged({ prox }, ['l2-ball']);
  t.like(found, { verdict: 'not-finite', extreme: 'radius 0' });
});

test('no function of the suite is infinite where it is not outside of its domain', (t) => {
  const spoilt = (value: number, k: number): number => value + k * 2 ** -52 * Math.max(Math.abs(value), 2 ** -60);
  const specifications = [
    { type: 'simplex', total: 1 },
    { type: 'simplex', total: 0.7 },
    { type: 'l1-ball', radius: 0.3 },
    { type: 'l2-ball', radius: 0.7 },
    { type: 'hyperplane', normal: [0.3, 0.7, 0.1], offset: 0.1 },
    { type: 'halfspace', normal: [0.3, 0.7, 0.1], offset: 0.1 },
    { type: 'second-order-cone' },
    { type: 'box', lower: 0.1, upper: 0.3 },
    { type: 'entropy', weight: 1 },
    { type: 'log-barrier', weight: 1 },
  ];
  for (const specification of specifications) {
    const target = parseFunction(specification);
    const member = target.prox(Float64Array.of(0.9, 0.31, -0.17), 1);
    for (const i of member.keys()) {
      for (const k of [-3, -2, -1, 0, 1, 2, 3]) {
        const u = member.with(i, spoilt(member[i]!, k));
        t.is(target.value(u) < Number.POSITIVE_INFINITY, target.violation!(u) === 0, `${target.type} at [${u}]`);
      }
    }
  }
});

test('what a matrix mixes to next to nothing may have the value of l0 there or at 0', async (t) => {
  const matrix = { rows: 1, columns: 3, data: [1, 1, 1] };
  const specification = { type: 'semi-orthogonal', matrix, inner: { type: 'l0', weight: 0.75 } };
  const claim = claims.find(({ id }) => id === 'function-values')!;
  const ratioOf = async (answer: number, ...y: number[]): Promise<number> => {
    const input = encodeExact({ specification, step: 1, y: Float64Array.of(...y) });
    const saved = { savedCases: () => [{ part: 'semi-orthogonal', input }], replayOnly: true };
    const own = answering(reference, { value: () => ({ value: answer }) });
    const { worst } = await claim.check(own, { ...quickBudget(), ...saved });
    return worst!.ratio;
  };
  // 0.1 + 0.2 - 0.3 is not 0 in rationals; in doubles it is 0 or not, depending on the order of the terms.
  t.is(await ratioOf(0, 0.1, 0.2, -0.3), 0);
  t.is(await ratioOf(0.75, 0.1, 0.2, -0.3), 0);
  t.true((await ratioOf(1.625, 0.1, 0.2, -0.3)) > 1e6);
  t.true((await ratioOf(0, 0.1, 0.2, -0.31)) > 1e6);
  t.true((await ratioOf(0.75, 0, 0, 0)) > 1e6);
});

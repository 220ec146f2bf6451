import test from 'ava';
import { type AnswersInPlace, answering, type Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { claim } from './eq9-proximal-average.js';

async function evidenceOn(changed: Partial<Implementation>, others: AnswersInPlace = {}) {
  const [checked] = await runClaims([claim], answering({ ...reference, ...changed }, others), quickBudget());
  return checked!.evidence;
}

test('symmetric Jacobian: cases whose entries move each other are met, and a right P passes', async (t) => {
  const { verdict, measured } = await evidenceOn({});
  t.is(verdict, 'holds');
  t.true(Number(measured!['reached coupled entries']) > 0);
});

test('symmetric Jacobian: a map that turns is no P, however firmly nonexpansive', async (t) => {
  const others: AnswersInPlace = {
    'gradient-mapping'(question, own) {
      const { problem, step, x } = question;
      if (!problem.functions.some(({ type }) => type === 'semi-orthogonal')) return own(question);
      // P(x) is half of x, turned a little, which is cyclically monotone for cycles of a few points.
      const turned = (i: number): number => (i === 0 ? 1 : -1) * 2 ** -8 * x[1 - i]!;
      return { x: x.map((value, i) => (value / 2 - (x.length === 2 ? turned(i) : 0)) / step) };
    },
  };
  const { verdict, worst } = await evidenceOn({}, others);
  t.is(verdict, 'violated');
  t.is(worst!.part, 'symmetric Jacobian');
});

test('where no function couples entries, no case with coupled ones is waited for', async (t) => {
  const description = { ...reference.description, functions: ['linear', 'semi-orthogonal'] };
  const { verdict, measured } = await evidenceOn({ description });
  t.is(verdict, 'holds');
  t.false('reached coupled entries' in measured!);
});

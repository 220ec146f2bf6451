import test from 'ava';
import type { Asked } from '../../claims/asked.js';
import { reference } from '../../claims/implementation/reference.js';
import type { SubjectRecord } from '../record/subjects.js';
import { askedText, leftText } from './asked.js';

const textOf = (subject: string, asked: Asked): string =>
  askedText(
    { subject, asked } as Parameters<typeof askedText>[0],
    reference.description as Parameters<typeof askedText>[1],
  )!;

test('the line of a prox names steps, parameters, lengths and entries, and special values that nothing asked', (t) => {
  const asked: Asked = {
    numbers: {
      γ: { from: 2 ** -10, to: 2 ** 10 },
      weight: { values: [0, 0.5, 0.75] },
      n: { values: [1, 2, 3] },
      x: { from: 2 ** -40, to: 8.5, also: ['0', '−0', 'negative', '∞'] },
    },
    words: {},
  };
  t.is(
    textOf('prox of l1', asked),
    'γ 2⁻¹⁰ to 2¹⁰; weight 0, 0.5, 0.75; f64; n 1 to 3; entries 0, −0, ∞ and ±2⁻⁴⁰ to ±8.5; −∞, NaN not asked',
  );
});

test('the line of a run names schedules, mini-batches and lengths', (t) => {
  const asked: Asked = {
    numbers: { γ: { values: [1] }, beta1: { values: [0, 0.5, 0.9] }, B: { values: [1, 2, 3] }, T: { values: [4, 16] } },
    words: {
      schedule: ['constant', 'decaying'],
      nesterov: ['off', 'on'],
      d: ['quadratic'],
      variant: ['fused', 'loop'],
    },
  };
  t.is(
    textOf('run of lion', asked),
    'γ 1, constant and decaying; beta1 0, 0.5, 0.9; nesterov on and off; d quadratic; B 1 to 3; T 4, 16; f64; variants fused, loop',
  );
});

test('of zeros only those are named that were asked', (t) => {
  const entries = (numbers: Asked['numbers'][string]): string =>
    /entries ([^;]*)/.exec(textOf('prox of l1', { numbers: { x: numbers }, words: {} }))![1]!;
  t.is(entries({ values: [0, 1] }), '0, 1');
  t.is(entries({ values: [0, 1], also: ['0', '−0'] }), '0, 1, −0');
  t.is(entries({ values: [0, 1], also: ['−0'] }), '1, −0');
});

test('what is declared and was not asked, refused or asked in part is named with its reason, four of a method by their number', (t) => {
  const row = (subject: string, verdict: string, why?: string): SubjectRecord =>
    ({ subject, verdict, ...(why !== undefined && { why }) }) as SubjectRecord;
  t.is(leftText([row('prox of l1', 'right'), row('value of l1', 'not-offered')]), undefined);
  t.is(
    leftText([
      ...['l1', 'l2', 'box', 'huber'].map((type) => row(`prox of ${type}`, 'not-asked', '--only')),
      ...[
        row('variant fused', 'not-asked', 'refused by every step'),
        row('step of lion', 'thin'),
        row('prox of zero', 'right'),
      ],
      row('step of adam', 'not-offered', 'internal'),
    ]),
    'declared and not asked (--only): prox of 4 functions; declared and not asked (refused by every step): variant fused; ' +
      'declared and refused: step of adam; asked in part: step of lion',
  );
});

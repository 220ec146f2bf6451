import test from 'ava';
import { prepareBound } from '../../../src/claims/theorems/prepare-bound.js';
import { slopes, translated } from '../../shared/functions.js';
import { skewedDraws, sparseDraws } from './sparse-draws.js';
import { sparseNoiseTheorem } from './sparse-noise.js';

const smooth = { type: 'quadratic', curvature: 1, center: 0 };
const symmetric = { rarity: 1 / 8, symmetric: true };
const silence = (draws: ReturnType<typeof sparseDraws>, noise = symmetric) => {
  const prepared = prepareBound(
    sparseNoiseTheorem(noise),
    { name: 'x', problem: { smooth, ...draws }, start: [1] },
    16,
  );
  return 'silent' in prepared ? prepared.silent : prepared.assumed;
};

test('the theorem is silent about noise that is too frequent or not symmetric, and says where', (t) => {
  t.deepEqual(silence(sparseDraws(1 / 8, 16)), []);
  t.regex(String(silence(sparseDraws(1 / 4, 16))), /coordinate 1 occurs with probability 0\.25/);
  t.regex(String(silence(skewedDraws(1 / 8, 16, 7))), /not symmetric: -16 with probability 0\.109375, 112 with/);
  t.deepEqual(silence(skewedDraws(1 / 8, 16, 7), { rarity: 1 / 8, symmetric: false }), []);
});

test('noise that moves with x is searched, and assumed where nothing is found', (t) => {
  const huber = { type: 'huber', weight: 1, threshold: 1 };
  const pair = { functions: [huber, translated([1], huber)], probabilities: [0.9375, 0.0625] };
  t.regex(String(silence(pair)), /coordinate 1 occurs with probability/);
  const alike = { functions: [huber, huber, huber], probabilities: [0.5, 0.25, 0.25] };
  t.regex(String(silence(alike)), /found nothing against it/);
  t.deepEqual(silence({ functions: slopes(1, 1), probabilities: [0.5, 0.5] }), []);
});

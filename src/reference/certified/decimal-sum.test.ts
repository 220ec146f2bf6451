import test from 'ava';
import { signOfDecimalSum } from './decimal-sum.js';

test('the sign of a sum of products is that of the decimals that are written, not of the doubles that they become', (t) => {
  t.is(
    signOfDecimalSum([
      [0.3, 7],
      [-0.7, 3],
    ]),
    0,
  );
  t.not(0.3 * 7 - 0.7 * 3, 0);
  t.is(
    signOfDecimalSum([
      [0.1, 0.1],
      [-1, 0.01],
    ]),
    0,
  );
  t.is(
    signOfDecimalSum([
      [1.25, 2],
      [-2.5, 1],
    ]),
    0,
  );
  for (const sign of [-1, 1] as const) {
    t.is(signOfDecimalSum([[sign, 2.5]]), sign);
    t.is(
      signOfDecimalSum([
        [sign * 1e-30, 1],
        [sign * 1e3, 1e-34],
      ]),
      sign,
    );
    t.is(
      signOfDecimalSum([
        [0.2, 4],
        [-0.8, 1],
        [sign * 1e-300, 1e-20],
      ]),
      sign,
    );
  }
  t.is(signOfDecimalSum([]), 0);
});

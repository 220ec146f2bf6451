import test from 'ava';
import { parseDeclared } from './declared-constants.js';

test('declared constants are read, spread over the coordinates, and refused in one line', (t) => {
  t.deepEqual(
    parseDeclared({ lipschitz: 2, coordinateSigma: 1, coordinateLipschitz: [0, 3], infimum: -1, sigma: 0 }, 2),
    {
      lipschitz: 2,
      coordinateSigma: Float64Array.of(1, 1),
      coordinateLipschitz: Float64Array.of(0, 3),
      infimum: -1,
      sigma: 0,
    },
  );
  const wrong: readonly (readonly [unknown, string])[] = [
    [
      3,
      'declared: constants is 3; allowed: an object with any of lipschitz, coordinateLipschitz, sigma, coordinateSigma, infimum',
    ],
    [null, 'declared: constants is null; allowed: an object with any of'],
    [[1], 'declared: constants is [1]; allowed: an object with any of'],
    [{ lipschitz: 0 }, 'declared: lipschitz is 0; allowed: a finite number > 0'],
    [{ sigma: -1 }, 'declared: sigma is -1; allowed: a finite number >= 0'],
    [{ infimum: 'low' }, 'declared: infimum is "low"; allowed: a finite number'],
    [{ L: 1 }, 'declared: L is 1; allowed: no such constant, only lipschitz, '],
    [{ coordinateSigma: [1, 2, 3] }, 'declared: length of coordinateSigma is 3; allowed: 2, the dimension'],
    [
      { coordinateLipschitz: [1, Number.NaN] },
      'declared: coordinateLipschitz[1] is NaN; allowed: a finite number >= 0',
    ],
  ];
  for (const [json, message] of wrong) {
    const error = t.throws(() => parseDeclared(json, 2), { instanceOf: RangeError });
    t.true(error.message.startsWith(message), error.message);
  }
});

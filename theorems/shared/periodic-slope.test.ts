import test from 'ava';
import { periodicDerivative } from './periodic-slope.js';

test('a periodic slope integrates to 0, is 1-Lipschitz and starts its climb in the valley', (t) => {
  const { period, valley, derivative } = periodicDerivative({ rise: 0.5, fall: 2, climb: 12 });
  const n = 200_000;
  let [integral, steepest] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = valley + ((i + 0.5) * period) / n;
    integral += (derivative(x) * period) / n;
    steepest = Math.max(steepest, (Math.abs(derivative(x + period / n) - derivative(x)) * n) / period);
  }
  t.true(Math.abs(integral) < 1e-6);
  t.true(Math.abs(steepest - 1) < 1e-6);
  t.true(Math.abs(derivative(valley)) < 1e-12 && derivative(valley + 0.1) > 0);
  t.is(derivative(1), 0.5);
  t.true(Math.abs(derivative(3 + 5 * period) - derivative(3)) < 1e-12);
  t.throws(() => periodicDerivative({ rise: 4, fall: 1, climb: -20 }), { message: /^climb must be longer/ });
});

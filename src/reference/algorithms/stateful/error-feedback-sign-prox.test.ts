import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { packScaledSign, scaledSign, scaledSignLength, unpackScaledSign } from '../scaled-sign.js';
import { errorFeedbackStep, runErrorFeedbackSignProx } from './error-feedback-sign-prox.js';

const slopes = (...coefficients: number[]) =>
  parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients }], probabilities: [1] });
const vector = (...entries: number[]) => Float64Array.from(entries);

test('two runs do not share their errors', (t) => {
  const options = { step: 0.5, iterations: 1, miniBatch: 1, seed: '1' };
  const once = runErrorFeedbackSignProx(slopes(3, -1), vector(0, 0), options);
  t.deepEqual(runErrorFeedbackSignProx(slopes(3, -1), vector(0, 0), options), once);
});

test('C(m) may be written over m', (t) => {
  const m = vector(3, -1, 0);
  t.is(scaledSign(m, { convention: 'negative' }, m), m);
  t.deepEqual(m, vector(4 / 3, -4 / 3, -4 / 3));
});

test('a state, a message and a rule that are none are errors', (t) => {
  const at = slopes(3, -1).at(0.5);
  t.throws(() => errorFeedbackStep(at, { x: vector(0, 0), error: vector(0) }, [0]), {
    message: 'error must have length 2, got 1',
  });
  t.throws(() => errorFeedbackStep(at, { x: vector(0, 0), error: vector(0, Number.NaN) }, [0]), {
    message: 'error[1] must be finite, got NaN',
  });
  t.throws(() => scaledSign(vector(0), { convention: 'random' }), { message: /random .* must be given/ });
  t.throws(() => packScaledSign(vector(1, 0)), { message: /entry 1 must have a sign, got 0/ });
  t.throws(() => packScaledSign(vector(1, Number.POSITIVE_INFINITY)), { message: /must be finite/ });
  t.throws(() => packScaledSign(vector(2 ** 1023, 2 ** 1023)), { message: /‖m‖₁ must be a double, got Infinity/ });
  const message = packScaledSign(vector(3, -1));
  t.is(message.length, scaledSignLength(2));
  t.throws(() => unpackScaledSign(message, 9), { message: 'bytes must be 10 for 9 signs and a number, got 9' });
  const negative = message.slice();
  new DataView(negative.buffer).setFloat64(0, -1, true);
  t.throws(() => unpackScaledSign(negative, 2), { message: '‖m‖₁/n must be finite and ≥ 0, got -1' });
  t.deepEqual(unpackScaledSign(Uint8Array.from([0, ...message]).subarray(1), 2), vector(2, -2), 'a part of a buffer');
});

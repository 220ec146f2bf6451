import test from 'ava';
import {
  type Call,
  callText,
  comparisonText,
  entriesOff,
  isFiniteAnswer,
  rightDigits,
  typesOf,
  whyExtreme,
} from './call.js';
import { answering, ImplementationError } from './implementation.js';
import { observed } from './observed.js';
import { reference } from './reference.js';

const callOf = (given: Call['given'], name = 'prox of huber'): Call => ({
  subject: { name, level: 0 },
  given,
  ask: async () => undefined,
});
const huber = { type: 'huber', weight: 1, threshold: 0.5 };

test('a question and its answer are one line that a person can check by hand', (t) => {
  const plain = callOf({ r: huber, x: Float64Array.of(-1), γ: 2 });
  t.is(callText(plain), 'prox of huber(weight 1, threshold 0.5) at y = −1, γ = 2');
  t.is(
    callText(callOf({ r: { type: 'zero' }, x: Float64Array.of(1, -0) }, 'value of zero')),
    'value of zero at x = [1, −0]',
  );
  t.is(comparisonText(Float64Array.of(0.123456), Float64Array.of(-1)), 'returned 0.1235, right is −1');
  t.is(
    comparisonText({ x: Float64Array.of(1, Number.NaN) }, { x: Float64Array.of(1, 2) }),
    'returned [1, NaN], right is [1, 2]',
  );
  t.is(comparisonText([1, 2, 3, 4], [1, 2, 0, 4]), 'entry 2: returned 3, right is 0');
  const step = { d: { type: 'zero' }, r_k: [huber], θ: [1], γ: 1, k: [0], x: Float64Array.of(3) };
  t.is(callText(callOf(step, 'step of spgm')), 'step of spgm at x = 3, γ = 1, r = huber(weight 1, threshold 0.5)');
  // A linear r is a gradient for who takes no more of it.
  const slope = { ...step, r_k: [{ type: 'linear', coefficients: [2] }] };
  t.is(callText(callOf(slope, 'step of adam')), 'step of adam at x = 3, γ = 1, g = 2');
  t.is(callText(callOf(slope, 'step of fista')), 'step of fista at x = 3, γ = 1, r = linear(coefficients 2)');
  const several = {
    ...step,
    r_k: [huber, { type: 'zero' }, { type: 'l1', weight: 2 }],
    k: [2, 1],
    θ: [0.5, 0.25, 0.25],
  };
  t.is(
    callText(callOf(several, 'step of spgm')),
    'step of spgm at x = 3, γ = 1, k = [2, 1], r_1 = zero, r_2 = l1(weight 2)',
  );
  // What loses digits late is told in so many that it is seen.
  t.is(comparisonText([1 + 1e-9], [1]), 'returned 1.000000001, right is 1');
  t.is(comparisonText([3.4625001], [3.4625]), 'returned 3.4625001, right is 3.4625');
  t.is(comparisonText([0, Number.NaN], [0, 3.5]), 'returned [0, NaN], right is [0, 3.5]');
  t.is(comparisonText([1, 2, 3 + 2 ** -51], [1, 2, 3]), 'entry 2: returned 3.0000000000000004, right is 3');
});

test('of a long vector the entries that are wrong come first, and nothing is cut without a number', (t) => {
  const y = Float64Array.from({ length: 1000 }, (_, i) => i / 8);
  const right = y.map((entry) => entry - 0.5);
  const returned = right.map((entry, i) => (i === 700 ? -entry : i > 950 ? entry + i / 1000 : entry + 1e-9));
  const weights = Array.from(y, (entry) => 1 + entry);
  const call = callOf({ r: { type: 'l1', weight: weights }, x: y, γ: 0.1 + 0.2 }, 'prox of l1');
  const off = entriesOff(returned, right);
  t.deepEqual([off.length, ...off.slice(0, 3)], [50, 700, 999, 998]);
  const entries = (shift: number): string =>
    [700, 999, 998, 997].map((i) => `entry ${i}: ${Number((shift + i / 8).toPrecision(4))}`).join(', ');
  t.is(
    callText(call, off),
    `prox of l1(weight ≈ [${entries(1)} and 996 more]) at y ≈ [${entries(0)} and 996 more], γ = 0.3`.replace(
      'γ = 0.3',
      'γ ≈ 0.3',
    ),
  );
  t.is(
    comparisonText(returned, right),
    'entry 700: returned −87, right is 87; 49 of the other 999 entries are off too',
  );
  t.is(
    callText(callOf({ r: huber, x: [1, 2, 3], γ: [1, 2, 3, 4, 5, 6, 7, 8, 9] })).split(', γ ')[1],
    '= [1, 2, 3, 4 and 5 more]',
  );
  t.deepEqual(entriesOff([1, Number.NaN, 2], [1, 2, 3]), [1]);
  t.deepEqual(entriesOff([1], [1, 2]), []);
});

test('digits are counted against the largest entry of the answer and of the point', (t) => {
  const call = callOf({ r: huber, x: Float64Array.of(1, 100) });
  t.is(rightDigits(Float64Array.of(1), Float64Array.of(1), call), 17);
  t.true(Math.abs(rightDigits(Float64Array.of(1 + 1e-6), Float64Array.of(1), call) - 8) < 1e-6);
  t.is(rightDigits(Float64Array.of(Number.NaN), Float64Array.of(1), call), 0);
  t.is(rightDigits(Float64Array.of(1, 2), Float64Array.of(1), call), 0);
  t.true(isFiniteAnswer(Number.POSITIVE_INFINITY), 'a value may be infinite');
  t.false(isFiniteAnswer(Float64Array.of(Number.POSITIVE_INFINITY)));
});

test('sizes beyond 2 to the ten and degenerate parameters are extreme', (t) => {
  const why = (parameters: object, x = 1, γ = 1) => whyExtreme(callOf({ r: { type: 'l1', ...parameters }, x: [x], γ }));
  t.is(why({ weight: 1 }), undefined);
  t.is(why({ weight: 1 }, 0), undefined);
  t.is(why({ weight: 0 }), 'weight 0');
  t.is(why({ radius: 0 }), 'radius 0');
  t.is(why({ weight: 1 }, 2 ** 10), undefined);
  t.is(why({ weight: 1 }, 2048), 'a number of 2050');
  t.is(why({ weight: 1 }, 1, 2 ** -11), 'a number of 0.000488');
  t.is(why({ upper: Number.POSITIVE_INFINITY }), undefined);
  t.is(why({ hyperparameters: { epsilon: 1e-8 } }), undefined, 'the usual ε');
  t.is(whyExtreme(callOf({ d: { type: 'least-squares', matrix: { rows: 1, columns: 2, data: [1, 1] } } })), 'one row');
});

test('the subject of a case is the most deeply built function, or that of the last question if it is not answered', async (t) => {
  const { implementation, observe } = observed(reference);
  const x = Float64Array.of(1);
  const tilted = { type: 'tilted', slope: [1], inner: huber };
  const right = await observe(async () => {
    await implementation.ask({ method: 'prox', function: huber, step: 1, x });
    await implementation.ask({ method: 'prox', function: tilted, step: 1, x });
    return { ratio: 0 };
  });
  t.is(right.subject?.name, 'prox of tilted');
  t.deepEqual(right.calls.map(typesOf), [['huber'], ['huber', 'tilted']]);
  const raising = observed(
    answering(reference, {
      prox: (question, own) =>
        question.function.type === 'huber' ? Promise.reject(new ImplementationError('error', 'no')) : own(question),
    }),
  );
  const failing = await raising.observe(async () => {
    await raising.implementation.ask({ method: 'prox', function: tilted, step: 1, x });
    await raising.implementation.ask({ method: 'prox', function: huber, step: 1, x });
  });
  t.is(failing.subject?.name, 'prox of huber');
  t.is((await observe(() => ({ ratio: 0 }))).subject, undefined);
});

test('cases that are judged at once keep their own questions', async (t) => {
  const { implementation, observe } = observed(
    answering(
      { ...reference, concurrency: 3 },
      {
        async prox(question, own) {
          await new Promise((resolve) => setTimeout(resolve, 5 * question.step));
          return own(question);
        },
      },
    ),
  );
  const cases = await Promise.all(
    [3, 1, 2].map((step) =>
      observe(() => implementation.ask({ method: 'prox', function: huber, step, x: Float64Array.of(1) })),
    ),
  );
  t.deepEqual(
    cases.map(({ calls }) => calls.map(({ given }) => given['γ'])),
    [[3], [1], [2]],
  );
});

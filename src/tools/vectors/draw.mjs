import seedrandom from 'seedrandom';
import { isAllowed } from '../../../dist/src/judging/arbitraries/stateful-case.js';
import { ParameterError } from '../../../dist/src/reference/functions/definition/arguments.js';

/**
 * What hyperparameters are in questions: dyadic numbers of few digits, which no format rounds. An ε of the second list is clear of the underflow of
 * binary16, and so is a mean of squares with one of these rates.
 */
const levels = {
  beta1: [0, 0.5, 0.75],
  beta2: [0, 0.5, 0.75, 0.875],
  alpha: [0.5, 0.75, 0.875],
  rho: [0.5, 0.75],
  momentum: [0, 0.5, 0.75],
  dampening: [0, 0, 0.5, 0.25],
  weightDecay: [0, 0.125, 0.5],
  smoothing: [0.25, 0.5, 1, 3],
  // From 2²⁰ on the momentum of NAdam is constant, as some libraries have it.
  momentumDecay: [0, 0.004, 1, 2 ** 20],
};
const fewDigits = { epsilon: [2 ** -8, 2 ** -4, 0.25], epsilon1: [2 ** -8, 0.25], epsilon2: [2 ** -4, 0.5] };
const manyDigits = { epsilon: [2 ** -27, 2 ** -8, 0.25], epsilon1: [2 ** -27, 0.25], epsilon2: [2 ** -10, 0.5] };

const simpleFunctions = [
  { type: 'zero' },
  { type: 'l1', weight: 0.5 },
  { type: 'l1', weight: 2 },
  { type: 'box', lower: -0.75, upper: 0.5 },
];

const schedules = {
  constant: () => 1,
  halved: (t) => 2 ** -Math.floor(t / 2),
  alternating: (t) => (t % 2 === 0 ? 1 : 0.25),
};

/** What x and the gradients of ordinary questions are. */
const ordinary = {
  bases: [0.5, 0.25, 0.125],
  iterations: () => 4,
  numbers(start, { pick, random, dyadic }, length, iterations) {
    const isAnew = start === 'reset';
    const sizes = Array.from({ length }, () => 2 ** (isAnew ? pick([-1, 0, 1]) : pick([-3, -2, -1, 0, 1, 2, 3])));
    const x = Array.from({ length }, () => pick([0, dyadic(4), dyadic(4), 1, -0.5]));
    const still = pick([-1, -1, -1, 0, 1, 2]);
    const entry = () => pick([1, -1, 0.25, dyadic(isAnew ? 2 : 4), dyadic(isAnew ? 2 : 4)]);
    const gradients = Array.from({ length: iterations }, (_, t) =>
      sizes.map((size) => (t === still || random() < 0.12 ? 0 : size * entry() + 0)),
    );
    return { x, gradients };
  },
};

/**
 * The same of questions for few digits, in which more of a wrong form shows: x is often 0, beside which no move is small, and gradients keep their sign,
 * are rare, or change their size from step to step. None is so small that its square or a mean of squares underflows in binary16.
 */
const plain = {
  bases: [1, 0.5, 0.25, 0.125],
  iterations: (pick) => pick([2, 3, 4, 6]),
  numbers(_, { pick, random }, length, iterations) {
    const isStill = random() < 0.5;
    const x = Array.from({ length }, () => (isStill ? 0 : pick([0, 1, -0.5, 0.25, 2, 8])));
    const [growth, rare, keepsSign] = [pick([0, 0, 1, -1]), pick([0, 0.12, 0.5]), random() < 0.5];
    const own = Array.from({ length }, () => ({ size: pick([0.5, 1, 1, 2]), sign: pick([1, -1]) }));
    const gradients = Array.from({ length: iterations }, (__, t) =>
      own.map(({ size, sign }) => {
        const now = Math.min(8, Math.max(0.5, size * 2 ** (growth * t)));
        return random() < rare ? 0 : now * (keepsSign ? sign : pick([1, -1, 0.5, -0.5]));
      }),
    );
    return { x, gradients };
  },
};

/**
 * Questions to an algorithm, the same ones each time.
 * @param {import('../../../dist/src/guard/vectors/subject.js').VectorSubject} subject
 * @param {'carried' | 'reset'} start
 * @param {number} count
 * @param {boolean} isPlain whether they are for few digits alone
 */
export function drawnQuestions({ algorithm, definition, iterations: least = 4 }, start, count, isPlain = false) {
  const { parameters, check, points, keepsFirstStep, takes } = definition;
  const { bases, iterations, numbers } = isPlain ? plain : ordinary;
  const random = seedrandom(`vectors of ${algorithm}, ${start}${isPlain ? ', for few digits' : ''}`);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const dyadic = (bits) => (Math.floor(random() * (2 ** (bits + 1) + 1)) - 2 ** bits) / 2 ** bits;
  const levelsOf = (name) =>
    levels[name] ?? (start === 'reset' || isPlain ? fewDigits : manyDigits)[name] ?? parameters[name].levels;
  const isFitting = (given) =>
    isAllowed(() => check?.(given, (name, allowed) => new ParameterError(algorithm, name, given[name], allowed)));
  const drawn = () => {
    let hyperparameters;
    do hyperparameters = Object.fromEntries(Object.keys(parameters).map((name) => [name, pick(levelsOf(name))]));
    while (!isFitting(hyperparameters));
    const shape =
      points === undefined || (points !== 'matrices' && random() < 0.4)
        ? undefined
        : pick([
            [2, 3],
            [3, 2],
            [2, 2],
          ]);
    const length = shape === undefined ? pick([2, 2, 3]) : shape[0] * shape[1];
    const base = pick(bases);
    const schedule = schedules[keepsFirstStep ? 'constant' : pick(Object.keys(schedules))];
    const steps = Array.from({ length: Math.max(iterations(pick), least) }, (_, t) => base * schedule(t));
    const { x, gradients } = numbers(start, { pick, random, dyadic }, length, steps.length);
    // Any language has the prox of these in a line.
    const functions =
      takes === 'proxes' && steps.map(() => Array.from({ length: pick([1, 2, 2]) }, () => pick(simpleFunctions)));
    return { start, hyperparameters, ...(shape && { shape }), x, steps, gradients, ...(functions && { functions }) };
  };
  return Array.from({ length: count }, drawn);
}

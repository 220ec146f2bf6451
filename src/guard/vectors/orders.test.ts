import { fileURLToPath } from 'node:url';
import test from 'ava';
import { roundTo } from '../../claims/implementation/dtype.js';
import { fromDouble, toDouble } from '../../exact/arithmetic/rational.js';
import type { StatefulAlgorithm } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { type Answers, judgeAnswers, readVectorFiles } from './check-answers.js';
import { type Format, formatNames, formats } from './optimiser-question.js';
import { runUpdate } from './run-update.js';
import type { FunctionVector, OptimiserVector, VectorFile } from './vector-file.js';

/** Right programs in several orders of operations, each operation rounded to a format: an interval must hold all of them. */

const files = await readVectorFiles(fileURLToPath(new URL('../../../../fixtures/vectors/v1', import.meta.url)));

/** A product and a sum that are rounded once. */
const fused = (a: number, b: number, c: number): number => {
  // A product of two numbers of at most 24 digits is a double.
  const most = 2 ** 26;
  if ([a, b].every((v) => Math.fround(v) === v) && Math.abs(a * b) < most && Math.abs(c) < most) {
    const [sum, whole] = [a * b + c, a * b];
    const away = sum - whole;
    if (whole - (sum - away) + (c - away) === 0) return sum;
  }
  return toDouble(fromDouble(a).mul(fromDouble(b)).add(fromDouble(c)));
};

/** The operations of which updates are made: a format rounds each, and an order says of what they are made. */
interface Order {
  readonly round: (v: number) => number;
  /** βm + (1 − β)g. */
  readonly mean: (beta: number, m: number, g: number) => number;
  /** ab + c. */
  readonly sum: (a: number, b: number, c: number) => number;
  /** a/b. */
  readonly over: (a: number, b: number) => number;
  /** (1 − γλ)x. */
  readonly shrink: (x: number, step: number, weight: number) => number;
  /** x − γd/s. */
  readonly move: (x: number, step: number, d: number, s: number) => number;
}

type Make = (r: (v: number) => number) => Omit<Order, 'round'>;

const written: Make = (r) => ({
  mean: (beta, m, g) => r(r(beta * m) + r(r(1 - beta) * g)),
  sum: (a, b, c) => r(r(a * b) + c),
  over: (a, b) => r(a / b),
  shrink: (x, step, weight) => r(x * r(1 - r(step * weight))),
  move: (x, step, d, s) => r(x - r(step * r(d / s))),
});

const orders: Readonly<Record<string, Make>> = {
  'as written': written,
  'a mean by its change, and the product before the quotient': (r) => ({
    ...written(r),
    mean: (beta, m, g) => r(m + r(r(1 - beta) * r(g - m))),
    shrink: (x, step, weight) => r(x - r(r(step * weight) * x)),
    move: (x, step, d, s) => r(x - r(r(step * d) / s)),
  }),
  'with fused products and sums': (r) => ({
    ...written(r),
    mean: (beta, m, g) => r(fused(beta, m, r(r(1 - beta) * g))),
    sum: (a, b, c) => r(fused(a, b, c)),
    shrink: (x, step, weight) => r(fused(-r(step * weight), x, x)),
    move: (x, step, d, s) => r(fused(-step, r(d / s), x)),
  }),
  'by reciprocals': (r) => ({
    ...written(r),
    over: (a, b) => r(a * r(1 / b)),
    move: (x, step, d, s) => r(x - r(d * r(step * r(1 / s)))),
  }),
  'the step over the divisor first': (r) => ({
    ...written(r),
    mean: (beta, m, g) => r(r(g - r(beta * g)) + r(beta * m)),
    move: (x, step, d, s) => r(x - r(r(step / s) * d)),
  }),
};

/** What an entry has before a step, and what is remembered of it. */
interface Entry {
  readonly x: number;
  readonly g: number;
  readonly lr: number;
  /** The place of the step, from 1 on. */
  readonly t: number;
  readonly kept: Readonly<Record<string, number>>;
}

type Hyperparameters = Readonly<Record<string, number>>;

/** An update entry by entry: the next x, and what is remembered. */
type Rule = (
  order: Order,
  h: Hyperparameters,
  entry: Entry,
) => { readonly x: number } & Readonly<Record<string, number>>;

/** g with a decay in it, and what a decay beside it leaves of x. */
const decayed = ({ sum, shrink }: Order, h: Hyperparameters, { x, g, lr }: Entry, isDecoupled: boolean) =>
  isDecoupled
    ? { g, left: shrink(x, lr, h['weightDecay']!) }
    : { g: h['weightDecay'] === 0 ? g : sum(h['weightDecay']!, x, g), left: x };

/** Adam, with its means corrected, or with both corrections in one quotient. */
const adam =
  (isDecoupled: boolean, inOneQuotient = false): Rule =>
  (order, h, entry) => {
    const { round: r, mean, over, move } = order;
    const { g, left } = decayed(order, h, entry, isDecoupled);
    const m = mean(h['beta1']!, entry.kept['m'] ?? 0, g);
    const v = mean(h['beta2']!, entry.kept['v'] ?? 0, r(g * g));
    const most = Math.max(entry.kept['most'] ?? 0, v);
    const [c1, c2] = [r(1 - h['beta1']! ** entry.t), r(1 - h['beta2']! ** entry.t)];
    const square = h['amsgrad'] ? most : v;
    if (inOneQuotient) {
      const root = r(Math.sqrt(c2));
      const divisor = r(c1 * r(r(Math.sqrt(square)) + r(h['epsilon']! * root)));
      return { x: move(left, r(entry.lr * root), m, divisor), m, v, most };
    }
    const divisor = r(r(Math.sqrt(over(square, c2))) + h['epsilon']!);
    return { x: move(left, entry.lr, over(m, c1), divisor), m, v, most };
  };

const rules: Readonly<Record<string, Rule>> = {
  adam: adam(false),
  adamw: adam(true),
  'adamw, corrected in one quotient,': adam(true, true),
  'momentum-sgd'(order, h, entry) {
    const { g, left } = decayed(order, h, entry, h['decoupled'] === 1);
    const { sum, round: r } = order;
    const mu = h['momentum']!;
    const fresh = entry.t === 1 || mu === 0;
    const b = fresh ? g : sum(mu, entry.kept['b']!, r(r(1 - h['dampening']!) * g));
    return { x: sum(-entry.lr, h['nesterov'] ? sum(mu, b, g) : b, left), b };
  },
  rmsprop(order, h, entry) {
    const { round: r, mean, over, sum } = order;
    const { g } = decayed(order, h, entry, false);
    const v = mean(h['alpha']!, entry.kept['v'] ?? 0, r(g * g));
    const a = mean(h['alpha']!, entry.kept['a'] ?? 0, g);
    const variance = h['centered'] ? Math.max(0, sum(-a, a, v)) : v;
    const b = sum(h['momentum']!, entry.kept['b'] ?? 0, over(g, r(r(Math.sqrt(variance)) + h['epsilon']!)));
    return { x: sum(-entry.lr, b, entry.x), v, a, b };
  },
};

/** The update of a rule in an order, entry by entry. */
const updateBy =
  (rule: Rule, order: Order): StatefulAlgorithm['update'] =>
  (input) => {
    const { x, step, hyperparameters, memory, stochasticGradient } = input as never as {
      readonly x: Float64Array;
      readonly step: number;
      readonly hyperparameters: Readonly<Record<string, number | boolean>>;
      readonly memory: (Readonly<Record<string, Float64Array>> & { readonly count: number }) | undefined;
      readonly stochasticGradient: (u: Float64Array) => Float64Array;
    };
    const h = Object.fromEntries(Object.entries(hyperparameters).map(([name, value]) => [name, Number(value)]));
    const { count = 0, ...kept } = memory ?? {};
    const g = stochasticGradient(x);
    const next = Array.from(x, (value, i) =>
      rule(order, h, {
        ...{ x: value, g: g[i]!, lr: step, t: count + 1 },
        kept: Object.fromEntries(Object.entries(kept).map(([name, held]) => [name, (held as Float64Array)[i]!])),
      }),
    );
    const remembered = Object.keys(next[0]!).filter((name) => name !== 'x');
    return {
      x: Float64Array.from(next, (entry) => entry.x),
      memory: {
        count: count + 1,
        ...Object.fromEntries(remembered.map((name) => [name, Float64Array.from(next, (entry) => entry[name]!)])),
      },
    };
  };

/** The prox of an entry: of y and γ, with the parameters of the function. */
type Prox = (order: Order, r: Readonly<Record<string, number>>, y: number, step: number) => number;

const soft = ({ round: r }: Order, y: number, t: number): number => Math.sign(y) * Math.max(r(Math.abs(y) - t), 0);

/** Formulas of the same proxes, one or several of each. */
const proxes: Readonly<Record<string, readonly Prox[]>> = {
  l1: [
    (order, { weight }, y, step) => soft(order, y, order.round(step * weight!)),
    ({ round: r }, { weight }, y, step) => {
      const t = r(step * weight!);
      return r(y - Math.max(-t, Math.min(t, y)));
    },
    ({ round: r, over }, { weight }, y, step) =>
      y === 0 ? 0 : r(y * Math.max(r(1 - over(r(step * weight!), Math.abs(y))), 0)),
    ({ sum }, { weight }, y, step) => Math.sign(y) * Math.max(sum(-step, weight!, Math.abs(y)), 0),
  ],
  'elastic-net': [
    (order, { l1Weight, l2Weight }, y, step) =>
      order.over(soft(order, y, order.round(step * l1Weight!)), order.sum(step, l2Weight!, 1)),
  ],
  'squared-l2': [
    ({ over, sum }, { weight }, y, step) => over(y, sum(step, weight!, 1)),
    ({ round: r, over, sum }, { weight }, y, step) => r(y - r(y * over(r(step * weight!), sum(step, weight!, 1)))),
  ],
  huber: [
    ({ round: r, over, sum }, { weight, threshold }, y, step) => {
      const t = r(step * weight!);
      const edge = sum(t, threshold!, threshold!);
      return Math.abs(y) <= edge ? over(y, r(1 + t)) : r(y - Math.sign(y) * r(t * threshold!));
    },
    ({ round: r, over }, { weight, threshold }, y, step) => {
      const t = r(step * weight!);
      return r(y - r(t * Math.max(-threshold!, Math.min(threshold!, over(y, r(1 + t))))));
    },
  ],
};

/** The order in the format in which an implementation computes. */
const orderIn = (make: Make, format: Format): Order => {
  const round = (v: number): number => roundTo(formats[format].memory, v);
  return { round, ...make(round) };
};

const isAsked = ({ answers }: Pick<OptimiserVector, 'answers'>, format: Format): boolean =>
  answers.some((answer) => answer[format] !== undefined);

const verdictOf = (file: VectorFile, format: Format, answer: (vector: never) => readonly Float64Array[]) => {
  const asked = (file.vectors as readonly OptimiserVector[]).filter((vector) => isAsked(vector, format));
  const answers: Answers = Object.fromEntries(
    asked.map((vector) => [vector.id, answer(vector as never).map((x) => [...x])]),
  );
  return judgeAnswers(file, format, answers, Object.hasOwn(file.references, 'pytorch') ? 'pytorch' : undefined);
};

for (const [algorithm, rule] of Object.entries(rules)) {
  test(`${algorithm} in five orders of operations passes in every format`, (t) => {
    const file = files.get(`${algorithm.split(',')[0]}.json`)!;
    let answered = 0;
    for (const [name, make] of Object.entries(orders)) {
      for (const format of formatNames) {
        const update = updateBy(rule, orderIn(make, format));
        const verdict = verdictOf(file, format, (vector) => runUpdate(update, vector, format));
        answered += verdict.answered;
        t.not(verdict.verdict, 'fail', `${name}, ${format}: ${verdict.failed?.id} ${verdict.failed?.returned}`);
      }
    }
    t.true(answered >= 100, `${answered} answers`);
  });
}

test('proxes of single entries in every order of operations and by every formula pass', (t) => {
  for (const [type, formulas] of Object.entries(proxes)) {
    const file = files.get(`prox-${type}.json`)!;
    for (const [name, make] of Object.entries(orders)) {
      for (const [f, formula] of formulas.entries()) {
        for (const format of ['f64', 'f32', 'f16', 'bf16'] as const) {
          const order = orderIn(make, format);
          const verdict = verdictOf(file, format, ({ function: own, step, x }: FunctionVector) => [
            Float64Array.from(x as readonly number[], (y, i) => {
              const parameters = Object.entries(own).map(([key, held]) => [key, Array.isArray(held) ? held[i] : held]);
              return formula(order, Object.fromEntries(parameters), y, step!);
            }),
          ]);
          t.is(
            verdict.verdict,
            'pass',
            `${type} ${f}, ${name}, ${format}: ${verdict.failed?.id} ${verdict.failed?.returned}`,
          );
        }
      }
    }
  }
});

test('P̂ of a mini-batch in every order passes, as a mean of proxes and as x − γĜ', (t) => {
  const file = files.get('spgm.json')!;
  for (const [name, make] of Object.entries(orders)) {
    for (const format of ['f64', 'f32', 'f16', 'bf16'] as const) {
      const order = orderIn(make, format);
      const { round: r, sum, over } = order;
      for (const isResidual of [false, true]) {
        const next = (
          x: number,
          g: number,
          step: number,
          batch: readonly Readonly<Record<string, number | string>>[],
        ) => {
          const y = sum(-step, g, x);
          const points = batch.map(({ type, weight = 0, lower, upper }) =>
            type === 'box'
              ? Math.min(Math.max(y, lower as number), upper as number)
              : soft(order, y, r(step * (weight as number))),
          );
          if (!isResidual)
            return over(
              points.reduce((all, u) => r(all + u)),
              batch.length,
            );
          const residuals = points.map((u) => over(r(y - u), step));
          const mapping = r(
            g +
              over(
                residuals.reduce((all, v) => r(all + v)),
                batch.length,
              ),
          );
          return sum(-step, mapping, x);
        };
        const verdict = verdictOf(file, format, ({ start, x: first, steps, gradients, functions }: OptimiserVector) => {
          const iterates: Float64Array[] = [];
          for (const [k, step] of steps.entries()) {
            const from = start === 'reset' ? first : (iterates.at(-1) ?? first);
            iterates.push(Float64Array.from(from, (v, i) => next(v, gradients[k]![i]!, step, functions![k] as never)));
          }
          return iterates;
        });
        t.is(
          verdict.verdict,
          'pass',
          `${name}, ${format}, ${isResidual}: ${verdict.failed?.id} ${verdict.failed?.returned}`,
        );
      }
    }
  }
});

import test from 'ava';
import { roundTo } from '../../../src/claims/implementation/dtype.js';
import {
  type AnswersInPlace,
  answering,
  type Implementation,
  type StatefulStepRequest,
} from '../../../src/claims/implementation/implementation.js';
import { reference } from '../../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../../src/claims/run-claims.js';
import { pairedSettings, type StatefulCase } from '../../../src/judging/arbitraries/stateful-case.js';
import { judgeRun } from '../../../src/judging/judges/stateful/follow.js';
import { choicesOf, type MemoryConventions, usualConventions } from '../../../src/judging/judges/stateful/rule.js';
import type { JudgedMemory } from '../../../src/judging/parts/memory-conventions.js';
import { offeredCase } from '../../../src/judging/parts/property-part.js';
import { stepsByTurns } from '../../../src/judging/parts/stateful-runs.js';
import type { Hyperparameters } from '../../../src/reference/algorithms/stateful/iteration.js';
import { statefulAlgorithmNames } from '../../../src/reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../../src/reference/algorithms/stateful/registry.js';
import { loadStatefulClaims } from '../stateful-claims.js';

/** Slopes that change their signs on the way, and components that differ. */
const problem = {
  smooth: { type: 'quadratic', curvature: [0.75, 2], center: [0.25, -0.375] },
  functions: [
    { type: 'huber', weight: 1.5, threshold: 0.5 },
    { type: 'quadratic', curvature: 0.5, center: [1.25, -3] },
  ],
  probabilities: [0.25, 0.75],
};
const batches = [[0], [1], [0, 1], [1], [0], [0], [1, 1], [0], [1], [0]];

const memories = (await loadStatefulClaims()).map(({ memory }) => memory);

/** A run whose γ changes on the way, if the algorithm allows it: only then does a momentum show whether γ is in it. */
const caseOf = ({ algorithm, open = [] }: JudgedMemory, hyperparameters: Hyperparameters): StatefulCase => ({
  // A small γ never meets a cap of 1/√t.
  problem,
  step: open.includes('capped') ? 0.5 : 0.25,
  x: Float64Array.of(1.75, -0.5),
  batches,
  hyperparameters,
  ...(!statefulAlgorithms[algorithm].keepsFirstStep && { schedule: 'halved half-way' }),
  ...(statefulAlgorithms[algorithm].points === 'matrices' && { shape: [1, 2] }),
});

const runOf = async (memory: JudgedMemory, hyperparameters: Hyperparameters): Promise<readonly Float64Array[]> =>
  (await stepsByTurns(reference, memory.algorithm, [caseOf(memory, hyperparameters)]))[0]!;

const ratioOf = (
  memory: JudgedMemory,
  hyperparameters: Hyperparameters,
  iterates: readonly Float64Array[],
  conventions?: MemoryConventions,
): number => judgeRun(reference, memory.rule, caseOf(memory, hyperparameters), iterates, conventions).ratio;

/** The settings of an algorithm at which claims try it, with a regulariser where it has one. */
function settingsOf({ algorithm }: JudgedMemory): readonly Hyperparameters[] {
  const functions = Object.entries(statefulAlgorithms[algorithm].parameters).filter(
    ([, { kind }]) => kind === 'function',
  );
  const given = Object.fromEntries(functions.map(([name]) => [name, { type: 'l1', weight: 0.25 }]));
  return pairedSettings(algorithm).map(({ hyperparameters }) => ({ ...hyperparameters, ...given }));
}

test('every algorithm with memory has a claim, and an error in its definition', (t) => {
  t.deepEqual(memories.map(({ algorithm }) => algorithm).toSorted(), [...statefulAlgorithmNames]);
  for (const { algorithm } of memories) t.true(Object.keys(statefulAlgorithms[algorithm].errors).length > 0, algorithm);
});

for (const memory of memories) {
  test(`runs of ${memory.algorithm} are right, and an entry with a small error or a wrong sign is wrong`, async (t) => {
    for (const hyperparameters of settingsOf(memory)) {
      const iterates = await runOf(memory, hyperparameters);
      t.true(ratioOf(memory, hyperparameters, iterates) <= 1);
      for (const at of [0, 4, 9]) {
        // What error feedback keeps may be off by twice as much after every iteration.
        for (const off of [at < 9 ? 2 ** -36 : 2 ** -30, 0.3125]) {
          const wrong = iterates.map((x, t) => x.map((value, i) => (t === at && i === 1 ? value + off : value)));
          t.true(
            ratioOf(memory, hyperparameters, wrong) > 1,
            `${JSON.stringify(hyperparameters)}: x_${at + 1} off by ${off}`,
          );
        }
      }
      const infinite = iterates.with(2, Float64Array.of(Number.POSITIVE_INFINITY, 0));
      t.is(ratioOf(memory, hyperparameters, infinite), Number.POSITIVE_INFINITY);
    }
  });
}

/** Zeros, and gradients of sizes far apart: what a memory held is below its roundings, or the divisor is ε alone. */
const farApart = [1, 0, 1, 1, 0, 256, 0, 0, 1, -256, 1, 0];

for (const memory of memories) {
  test(`runs of ${memory.algorithm} in fewer digits are right where gradients are far apart`, async (t) => {
    for (const dtype of ['f32', 'f16', 'bf16'] as const) {
      const rounding = answering<Implementation>(
        { ...reference, description: { ...reference.description, dtype, stateDtype: 'f32' } },
        {
          async step(question, own) {
            const reply = await own(question);
            return { ...reply, x: reply.x.map((value) => roundTo(dtype, value)) };
          },
        },
      );
      for (const hyperparameters of settingsOf(memory)) {
        const input = offeredCase(rounding.description)!({
          ...caseOf(memory, hyperparameters),
          problem: {
            smooth: { type: 'zero' },
            functions: farApart.map((slope, k) => ({ type: 'linear', coefficients: [slope, farApart.at(-k)!] })),
            probabilities: farApart.map((_, k) => 2 ** -Math.min(k + 1, farApart.length - 1)),
          },
          batches: farApart.map((_, k) => [k]),
        });
        const [iterates] = await stepsByTurns(rounding, memory.algorithm, [input]);
        const ratioOf = (found: readonly Float64Array[]) => judgeRun(rounding, memory.rule, input, found).ratio;
        const named = `${dtype}, ${JSON.stringify(hyperparameters)}`;
        const { ratio, explanation, unbounded } = judgeRun(rounding, memory.rule, input, iterates!);
        t.true(ratio <= 1, `${named}: ${explanation?.()}`);
        // In single precision something is known of each run, and so a gross error is found.
        if (dtype !== 'f32') continue;
        t.is(unbounded, undefined, named);
        const isFound = iterates!.some((_, at) =>
          [0, 1].some((i) => ratioOf(iterates!.with(at, iterates![at]!.with(i, iterates![at]![i]! + 0.5))) > 1),
        );
        t.true(isFound, named);
      }
    }
  });
}

test('another convention is another run', async (t) => {
  for (const memory of memories) {
    for (const kind of memory.open ?? []) {
      for (const other of choicesOf(kind).slice(1)) {
        const conventions = { ...usualConventions, [kind]: other };
        const ratios = await Promise.all(
          settingsOf(memory).map(async (given) => ratioOf(memory, given, await runOf(memory, given), conventions)),
        );
        // A mean whose first gradient is weighted has the sign of that gradient at first.
        t.true(
          ratios.some((ratio) => ratio > 1),
          `${memory.algorithm}: ${kind} ${other}`,
        );
      }
    }
  }
});

test('the heavy ball of Polyak is right in a long run, and one with another momentum is wrong', (t) => {
  const memory = memories.find(({ algorithm }) => algorithm === 'momentum-sgd')!;
  // A slope that is known exactly, and far from x in size: then the roundings of x count.
  const [slope, step, count] = [0.37, 0.1, 100];
  const ratioWith = (momentum: number, own: number, remembered: MemoryConventions['remembered']): number => {
    const iterates: Float64Array[] = [];
    let [x, before] = [100, 100];
    for (let k = 0; k < count; k++) {
      const next = x - step * slope + own * (x - before);
      [x, before] = [next, x];
      iterates.push(Float64Array.of(next));
    }
    const input: StatefulCase = {
      problem: { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [slope] }], probabilities: [1] },
      step,
      x: Float64Array.of(100),
      batches: Array.from({ length: count }, () => [0]),
      hyperparameters: { momentum, dampening: 0, nesterov: false, weightDecay: 0, decoupled: false },
    };
    return judgeRun(reference, memory.rule, input, iterates, { ...usualConventions, remembered }).ratio;
  };
  for (const remembered of ['directions', 'moves'] as const) {
    for (const momentum of [0.5, 0.9, 0.99]) {
      t.true(ratioWith(momentum, momentum, remembered) <= 1, `${remembered}, ${momentum}`);
      t.true(ratioWith(momentum, momentum * (1 + 2 ** -30), remembered) > 1, `${remembered}, ${momentum}`);
    }
  }
});

test('a run that another process resumes is compared with one that goes on', async (t) => {
  const claims = (await loadStatefulClaims()).filter(({ id }) => id === 'momentum-sgd');
  const verdictOf = async (resumed: NonNullable<AnswersInPlace['step']>) => {
    const own = otherLibrary(
      { resume: true },
      { step: (question, go) => ('resumed' in question && question.resumed ? resumed : go)(question, go) },
    );
    const [checked] = await runClaims(claims, own, quickBudget());
    return checked!.evidence;
  };
  const right = await verdictOf((question) => reference.ask(question));
  t.is(right.verdict, 'holds', right.reason);
  // The other process begins with an empty memory.
  const wrong = await verdictOf((question) => reference.ask({ ...question, state: null } as typeof question));
  t.is(wrong.verdict, 'violated');
  t.is(wrong.worst!.part, 'resumed by another process');
});

test('every part of a claim about an algorithm with memory can fail', async (t) => {
  const claims = await loadStatefulClaims();
  // Far away, but not beyond all numbers after 300 iterations.
  const away = (x: Float64Array): Float64Array => x.map((value) => 8 * (value % 2 ** 20) + 8);
  const far = answering(reference, {
    step: async (question, own) => {
      const { x, ...rest } = await own(question);
      return { ...rest, x: away(x) };
    },
    run: async (question, own) => {
      const { x, trajectory } = await own(question);
      return { x: away(x), ...(trajectory && { trajectory: trajectory.map(away) }) };
    },
  });
  for (const claim of claims) {
    const { parts } = await claim.check(far, { ...quickBudget(), asFound: true, casesOfPart: 20 });
    for (const { name, verdict } of parts!) t.is(verdict, 'violated', `${claim.id}: ${name}`);
  }
});

test('without decay all variants take the signs of the same numbers, with it they may round differently', async (t) => {
  const claims = (await loadStatefulClaims()).filter(({ id }) => id === 'lion');
  const partOf = async (fused: NonNullable<AnswersInPlace['step']>) => {
    const own = otherLibrary(
      { methods: ['step'], variants: ['loop', 'fused'] },
      { step: (question, honest) => (question.variant === 'fused' ? fused : honest)(question, honest) },
    );
    const { parts } = await claims[0]!.check(own, { ...quickBudget(), asFound: true });
    return parts!.find(({ name }) => name === 'variants take the same signs');
  };
  const rounded = await partOf(async (request, own) => {
    const { x, ...rest } = await own(request);
    const decays = Number((request as StatefulStepRequest).hyperparameters['weightDecay']) > 0;
    return { ...rest, x: decays ? x.map((value) => value * (1 + 2 ** -52)) : x };
  });
  t.is(rounded?.verdict, 'holds', rounded?.reason);
  // A slope of 2⁻⁶⁰ is lost in a sum with x.
  const lost = await partOf(async (request, own) => {
    const { x, ...rest } = await own(request);
    const isTiny = (request as StatefulStepRequest).gradient!.some((g) => Math.abs(g) === 2 ** -60);
    return { ...rest, x: isTiny ? request.x : x };
  });
  t.is(lost?.verdict, 'violated');
});

test('steps and runs of an algorithm with memory are things that a verdict is about', async (t) => {
  const claims = (await loadStatefulClaims()).filter(({ id }) => id === 'momentum-sgd');
  const subjects = await subjectsOf(claims, reference);
  t.deepEqual(
    subjects.map(({ subject, verdict }) => `${subject}: ${verdict}`),
    ['step of momentum-sgd: right', 'run of momentum-sgd: right'],
  );
});

test('a slight error of one iterate does not hide a gross one of a later', async (t) => {
  const memory = memories.find(({ algorithm }) => algorithm === 'momentum-sgd')!;
  const hyperparameters = { momentum: 0.5, dampening: 0, nesterov: false, weightDecay: 0, decoupled: false };
  const right = await runOf(memory, hyperparameters);
  const slight = right.map((x, k) => (k === 0 ? x.map((v) => v * (1 + 2 ** -40)) : x));
  const gross = slight.map((x, k) => (k === 5 ? x.map((v) => v + 1) : x));
  const [own, both] = [slight, gross].map((iterates) => ratioOf(memory, hyperparameters, iterates));
  t.true(own! > 1 && both! > 1e6 * own!, `${own}, ${both}`);
});

test('what is rounded stochastically is judged by the value that explains it, which need not be the closest', (t) => {
  const memory = memories.find(({ algorithm }) => algorithm === 'momentum-sgd')!;
  const linear = (coefficients: readonly number[]) => ({ type: 'linear', coefficients });
  const input: StatefulCase = {
    problem: {
      smooth: { type: 'zero' },
      functions: [linear([-1.6875, 0]), linear([0, 0]), linear([-1, 0])],
      probabilities: [0.25, 0.25, 0.5],
    },
    x: Float64Array.of(-2.8125, 3.875),
    step: 3,
    schedule: 'warm-up',
    batches: [[0], [1], [2]],
    hyperparameters: { momentum: 0.8984375, dampening: 0, weightDecay: 0.125, decoupled: true },
  };
  const description = { ...reference.description, dtype: 'bf16', stateDtype: 'f32', rounding: 'stochastic' } as const;
  const ratioWithEnd = (end: number): number =>
    judgeRun({ ...reference, description }, memory.rule, input, [
      Float64Array.of(-2.703125, 3.84375),
      Float64Array.of(-2.515625, 3.796875),
      Float64Array.of(end, 3.703125),
    ]).ratio;
  // Before it is rounded, x_3 is −2.0138 by the buffer, and −1.9892 by the difference of the rounded iterates, whose neighbours are closer.
  for (const end of [-2.015625, -2, -1.9921875, -1.984375]) t.true(ratioWithEnd(end) <= 1, `${end}`);
  for (const end of [-2.03125, -1.9765625]) t.true(ratioWithEnd(end) > 1, `${end}`);
});

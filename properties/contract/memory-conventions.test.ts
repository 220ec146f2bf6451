import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Evidence } from '../../src/claims/evidence.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { judgeSubjects } from '../../src/claims/subject-verdicts.js';
import { wrapModule } from '../../src/guard/module-implementation.js';
import { seeds } from '../../src/guard/programs.test.helper.js';
import {
  type Choice,
  type ConventionKind,
  choicesOf,
  conventionKinds,
} from '../../src/judging/judges/stateful/rule.js';
import type { JudgedMemory } from '../../src/judging/parts/memory-conventions.js';
import type { StatefulClaim } from '../../src/judging/parts/stateful-claim.js';
import { statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import { claim as adam } from '../algorithms/stateful/adam.js';
import { claim as adamw } from '../algorithms/stateful/adamw.js';
import { claim as lion } from '../algorithms/stateful/lion.js';
import { claim as momentumSgd } from '../algorithms/stateful/momentum-sgd.js';
import { claim as radam } from '../algorithms/stateful/radam.js';
import { claim as rmsprop } from '../algorithms/stateful/rmsprop.js';
import { claim as signProxMomentum } from '../algorithms/stateful/sign-prox-momentum-iterates.js';
import { claim as signum } from '../algorithms/stateful/signum.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';
import { conventionsClaim as conventions } from './declarations.js';

const subjectsOf = ({ id }: StatefulClaim, evidence: Evidence) => judgeSubjects([{ id, evidence }], 'f64');

interface Request {
  readonly x: number[];
  readonly step: number;
  readonly hyperparameters: Readonly<Record<string, number | boolean>>;
  readonly state: Readonly<Record<string, number[]>> | null;
}
type Update = (request: Request) => { readonly x: number[]; readonly state: object };
/** An update in place of the right one of an algorithm. */
type Other = (right: Update, request: Request) => ReturnType<Update>;

/** The file as it is shipped: three levels above the compiled test. */
const mutate = fileURLToPath(new URL('../../../fixtures/mutants/library.js', import.meta.url));
const changed = async (
  other: Other,
  { algorithm }: JudgedMemory,
  more: { readonly restrictions?: Restrictions; readonly follows?: Readonly<Record<string, string>> } = {},
) => {
  const { mutate: change } = (await import(mutate)) as { mutate(change: object): { describe(): object } };
  const adapter = change({
    statefulUpdates: (honest: Readonly<Record<string, Update>>) => ({
      [algorithm]: (request: Request) => other(honest[algorithm]!, request),
    }),
  });
  // The conventions of other algorithms would take most of the time.
  const describe = () => ({ ...adapter.describe(), algorithms: [algorithm], ...more });
  return wrapModule({ ...adapter, describe }, 'changed.js');
};

const zeros = ({ x }: Request): number[] => x.map(() => 0);

/** The request with other hyperparameters. */
const given = (request: Request, others: Request['hyperparameters']): Request => ({
  ...request,
  hyperparameters: { ...request.hyperparameters, ...others },
});

/** A run that begins with a memory of its own. */
const beginning =
  (memory: (request: Request) => Request['state']): Other =>
  (right, request) =>
    right({ ...request, state: request.state ?? memory(request) });

/** (1 − γλ)(x − γd) of an update that makes (1 − γλ)x − γd. */
const decayedLast =
  (isDecoupled: boolean): Other =>
  (right, request) => {
    const { decoupled = isDecoupled, weightDecay = 0 } = request.hyperparameters;
    if (decoupled === false) return right(request);
    const plain = right(given(request, { weightDecay: 0 }));
    return { ...plain, x: plain.x.map((value) => (1 - request.step * Number(weightDecay)) * value) };
  };

/** Adam whose ε is added to a mean of squares that is not corrected: it is larger beside the corrected one. */
const withEpsilonOfTensorFlow: Other = (right, request) => {
  const { beta2, epsilon } = request.hyperparameters;
  const t = Number(request.state?.['count'] ?? 0) + 1;
  return right(given(request, { epsilon: Number(epsilon) / Math.sqrt(1 - Number(beta2) ** t) }));
};

/** (1 − γλ)x where the decay is decoupled, and x where it is in the gradient. */
function decayedStart({ x, step, hyperparameters }: Request): number[] {
  const { decoupled, weightDecay = 0 } = hyperparameters;
  return x.map((value) => (decoupled === true ? 1 - step * Number(weightDecay) : 1) * value);
}

/** The gradient of a step of SGD, with the decay in it that is not decoupled: the first buffer of a run with momentum. */
function gradientBy(right: Update, request: Request): readonly number[] {
  const first = { ...given(request, { momentum: 0.5, dampening: 0, nesterov: false }), state: null };
  return (right(first).state as { momentum: number[] }).momentum;
}

/** SGD that remembers its moves, as TensorFlow and Keras do: b ← μb + γg, x ← x − b, or x − (γg + μb) with a look-ahead. */
const momentumOfMoves: Other = (right, request) => {
  const { step, state, hyperparameters } = request;
  const { momentum, dampening = 0, nesterov } = hyperparameters;
  const mu = Number(momentum);
  const newest = gradientBy(right, request).map((g) => step * g);
  const buffer = newest.map((own, i) =>
    state === null || mu === 0 ? own : mu * state['momentum']![i]! + (1 - Number(dampening)) * own,
  );
  const moves = nesterov === true ? newest.map((own, i) => own + mu * buffer[i]!) : buffer;
  return { x: decayedStart(request).map((value, i) => value - moves[i]!), state: { momentum: buffer } };
};

/** The heavy ball of Polyak: x − γg + μ(x − x⁻). */
const polyak: Other = (right, request) => {
  const { x, step, state, hyperparameters } = request;
  const [g, before] = [gradientBy(right, request), state?.['before'] ?? x];
  const mu = Number(hyperparameters['momentum']);
  return { x: x.map((value, i) => value - step * g[i]! + mu * (value - before[i]!)), state: { before: x } };
};

/** The decay is decoupled, and cannot be asked to be anything else. */
const decoupledAlways: Other = (right, request) => right(given(request, { decoupled: true }));
const withoutDecoupled = { withoutHyperparameters: ['decoupled'] };

/** max(√v̂, ε) in place of √v̂ + ε. */
const epsilonAsLeastRoot: Other = (right, request) => {
  const { state } = right(request) as { state: Readonly<Record<string, number[]>> & { count: number } };
  const { beta1, beta2, epsilon, amsgrad, weightDecay = 0 } = request.hyperparameters;
  const [c1, c2] = [beta1, beta2].map((beta) => 1 - Number(beta) ** state.count);
  const squares = amsgrad === true ? state['largest']! : state['square']!;
  const x = request.x.map((value, i) => {
    const direction = state['mean']![i]! / c1! / Math.max(Math.sqrt(squares[i]! / c2!), Number(epsilon));
    return (1 - request.step * Number(weightDecay)) * value - request.step * direction;
  });
  return { x, state };
};

/** ρ of RAdam in the iteration that a request asks for, and its √(1 − β₂^t). */
function lengthOf({ state, hyperparameters }: Request): { readonly length: number; readonly root: number } {
  const [t, beta2] = [Number(state?.['count'] ?? 0) + 1, Number(hyperparameters['beta2'])];
  const correction = 1 - beta2 ** t;
  return { length: 2 / (1 - beta2) - 1 - (2 * t * beta2 ** t) / correction, root: Math.sqrt(correction) };
}

/** A first step that is weighted as the others are. */
const firstWeighted = beginning((request) => ({ momentum: zeros(request) }));

/** A mean of squares that begins at 1. */
const fromOne = beginning((request) => {
  const zero = zeros(request);
  return { square: request.x.map(() => 1), mean: zero, momentum: zero };
});

/** What others do differently: by name, the claim that must not mind, the update, the words in which it is told, and what they lack. */
const others: readonly [string, StatefulClaim, Other, string, Restrictions?][] = [
  [
    'a momentum of moves of SGD',
    momentumSgd,
    momentumOfMoves,
    'momentum-sgd: its first gradient whole, a heavy ball, decoupled decay before the step, dampened where μ > 0, a momentum of moves',
  ],
  [
    'the heavy ball of Polyak',
    momentumSgd,
    polyak,
    'momentum-sgd: a heavy ball, decay in the gradient, a momentum of moves',
    { withoutHyperparameters: ['dampening', 'nesterov', 'decoupled'] },
  ],
  [
    'a dampening that counts without momentum',
    momentumSgd,
    (right, request) => {
      const { momentum, dampening = 0 } = request.hyperparameters;
      if (momentum !== 0 || request.state === null) return right(request);
      const buffer = gradientBy(right, request).map((g) => (1 - Number(dampening)) * g);
      const x = decayedStart(request).map((value, i) => value - request.step * buffer[i]!);
      return { x, state: { momentum: buffer } };
    },
    'dampened always, a momentum of directions',
  ],
  [
    'a decay of SGD that is always decoupled',
    momentumSgd,
    decoupledAlways,
    'decoupled decay before the step, decay always decoupled',
    withoutDecoupled,
  ],
  [
    'a decay of Signum that is always decoupled',
    signum,
    decoupledAlways,
    'signum: decoupled decay before the step, decay always decoupled',
    withoutDecoupled,
  ],
  [
    'a mean of squares from 1',
    rmsprop,
    fromOne,
    'rmsprop: ε outside the root, a momentum of directions, a mean of squares from 1',
  ],
  ['an ε that is a least root', adamw, epsilonAsLeastRoot, 'ε as the least root'],
  [
    'an ε of RAdam beside the corrected mean',
    radam,
    (right, request) =>
      right(given(request, { epsilon: Number(request.hyperparameters['epsilon']) * lengthOf(request).root })),
    'rectified where ρ > 5, below it a step of the mean, ε added after the correction',
  ],
  [
    'an RAdam that waits until it is rectified',
    radam,
    (right, request) => {
      const next = right(request);
      return lengthOf(request).length > 5 ? next : { ...next, x: request.x };
    },
    'rectified where ρ > 5, below it no step, ε added before the correction',
  ],
  [
    'the usual form',
    momentumSgd,
    (right, request) => right(request),
    'momentum-sgd: its first gradient whole, a heavy ball, decoupled decay before the step',
  ],
  [
    'a first step that is dampened',
    momentumSgd,
    firstWeighted,
    'momentum-sgd: its first gradient weighted, a heavy ball,',
  ],
  [
    'a mean in place of a heavy ball',
    momentumSgd,
    (right, request) => {
      const { momentum, nesterov, decoupled, weightDecay = 0 } = request.hyperparameters;
      const dampening = momentum!;
      // The adapter wants no dampening with Nesterov's look-ahead, and so is given none.
      const before = request.state?.['momentum'];
      if (nesterov !== true || before === undefined) return right(given(request, { dampening }));
      const newest = right({ ...request, state: null }).state as { momentum: number[] };
      const mean = newest.momentum.map((g, i) => Number(dampening) * before[i]! + (1 - Number(dampening)) * g);
      const direction = newest.momentum.map((g, i) => g + Number(dampening) * mean[i]!);
      const kept = decoupled === true ? 1 - request.step * Number(weightDecay) : 1;
      const x = request.x.map((value, i) => kept * value - request.step * direction[i]!);
      return { x, state: { momentum: mean } };
    },
    'momentum-sgd: its first gradient whole, a mean,',
  ],
  [
    'a decay of SGD after the step',
    momentumSgd,
    decayedLast(false),
    'momentum-sgd: its first gradient whole, a heavy ball, decoupled decay after the step',
  ],
  ['a decay of Signum after the step', signum, decayedLast(false), 'signum: decoupled decay after the step'],
  ['a decay of Lion after the step', lion, decayedLast(true), 'lion: decoupled decay after the step'],
  [
    'a mean of gradient mappings that begins at 0',
    signProxMomentum,
    beginning((request) => ({ mean: zeros(request) })),
    'sign-prox-momentum: its first gradient weighted',
  ],
  ['the ε of TensorFlow', adam, withEpsilonOfTensorFlow, 'adam: ε outside the root, ε added before the correction'],
  [
    'a decay of AdamW after the step',
    adamw,
    decayedLast(true),
    'adamw: decoupled decay after the step, ε outside the root, ε added after the correction',
  ],
  [
    'a momentum of moves',
    rmsprop,
    (right, request) => {
      const { x, step, state, hyperparameters } = request;
      const next = right({ ...request, state: state && { ...state, momentum: zeros(request) } });
      const { momentum: directions } = next.state as { momentum: number[] };
      const moves = directions.map(
        (direction, i) => Number(hyperparameters['momentum']) * (state?.['moves']?.[i] ?? 0) + step * direction,
      );
      return { x: x.map((value, i) => value - moves[i]!), state: { ...next.state, moves } };
    },
    'rmsprop: ε outside the root, a momentum of moves',
  ],
];

for (const [name, claim, other, words, restrictions] of others) {
  test(`${name} is told, and is not wrong`, async (t) => {
    const implementation = await changed(other, claim.memory, restrictions === undefined ? {} : { restrictions });
    const [told] = await runClaims([conventions], implementation, quickBudget());
    t.is(told!.evidence.verdict, 'illustrated');
    t.true(told!.evidence.reason.includes(words), told!.evidence.reason);
    for (const seed of seeds) {
      const [judged] = await runClaims([claim], implementation, quickBudget(seed));
      t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
    }
  });
}

test('what is wrong in every convention is compared with the nearest', async (t) => {
  const evidenceOf = async (claim: StatefulClaim, other: Other, more = {}) => {
    const implementation = await changed(other, claim.memory, more);
    const [told, judged] = await runClaims([conventions, claim], implementation, quickBudget());
    t.is(judged!.evidence.verdict, 'violated');
    return {
      told: told!.evidence.reason,
      worst: judged!.evidence.worst!,
      subject: subjectsOf(claim, judged!.evidence)[0]!,
    };
  };
  // Momentum of moves whose γ is off by 10⁻⁹: far from PyTorch where γ changes, and near to TensorFlow everywhere.
  const near = await evidenceOf(momentumSgd, (right, request) =>
    momentumOfMoves(right, { ...request, step: request.step * (1 + 1e-9) }),
  );
  t.regex(near.told, /momentum-sgd: none fits, nearest: .*a momentum of moves/);
  t.regex(near.worst.explanation!, /\(nearest convention: a momentum of moves; none fits\)$/);
  t.is(near.subject.verdict, 'inaccurate');
  t.true(near.subject.digits! >= 7, String(near.subject.digits));
  // An error of the decay alone leaves a convention to be seen in the runs without decay.
  const bug = await evidenceOf(rmsprop, (right, request) =>
    // The decay is that of half of λ.
    fromOne(right, given(request, { weightDecay: Number(request.hyperparameters['weightDecay']) / 2 })),
  );
  t.regex(bug.told, /rmsprop: none fits, nearest: .*a mean of squares from 1/);
  // SGDW of torch-optimizer: γλ is subtracted in place of γλx.
  const { told } = await evidenceOf(
    momentumSgd,
    (right, request) => {
      const { x, state } = right(given(request, { weightDecay: 0 }));
      return { x: x.map((value) => value - request.step * Number(request.hyperparameters['weightDecay'])), state };
    },
    { restrictions: withoutDecoupled },
  );
  t.regex(told, /momentum-sgd: none fits, nearest: /);
});

test('an error of some questions leaves the others to tell the convention', async (t) => {
  const raising = await changed((right, request) => {
    if (Number(request.hyperparameters['weightDecay']) > 0) throw new Error('no decay today');
    return firstWeighted(right, request);
  }, momentumSgd.memory);
  const [told] = await runClaims([conventions], raising, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
});

test('a step and a run that are off by 24 ulp have as many digits', async (t) => {
  const off = await changed((right, request) => {
    const { x, state } = right(request);
    return { state, x: x.map((value) => value * (1 + 24 * 2 ** -52)) };
  }, momentumSgd.memory);
  const [judged] = await runClaims([momentumSgd], off, quickBudget());
  for (const { subject, verdict, digits } of subjectsOf(momentumSgd, judged!.evidence)) {
    t.is(verdict, 'inaccurate', subject);
    t.is(digits, 14, subject);
  }
});

test('one convention at times and another at others is wrong, and so is none that is known', async (t) => {
  for (const other of [
    beginning((request) => (request.x.length > 1 ? { momentum: zeros(request) } : null)),
    beginning(({ x }) => ({ momentum: x.map(() => 1) })),
  ]) {
    const implementation = await changed(other, momentumSgd.memory);
    const [told, judged] = await runClaims([conventions, momentumSgd], implementation, quickBudget());
    t.regex(told!.evidence.reason, /momentum-sgd: none fits, nearest: its first gradient/);
    t.is(judged!.evidence.verdict, 'violated');
  }
});

test('a convention is wrong where another one is declared', async (t) => {
  for (const [follows, verdict] of [
    ['tensorflow', 'holds'],
    ['pytorch', 'violated'],
    ['optax', 'violated'],
  ] as const) {
    const implementation = await changed(withEpsilonOfTensorFlow, adam.memory, { follows: { adam: follows } });
    const [told, judged] = await runClaims([conventions, adam], implementation, quickBudget());
    t.regex(told!.evidence.reason, /adam: as declared, those of (?:keras|torch|optax)\.\S+ /);
    t.is(judged!.evidence.verdict, verdict, judged!.evidence.reason);
  }
});

test('a paper or a library that is followed has conventions that its algorithm leaves open', async (t) => {
  for (const { memory } of await loadStatefulClaims()) {
    for (const { source, conventions: own = {} } of Object.values(
      statefulAlgorithms[memory.algorithm].references ?? {},
    )) {
      t.truthy(source);
      for (const [kind, chosen] of Object.entries(own)) {
        t.true((memory.open as readonly string[]).includes(kind), `${source}: ${kind}`);
        t.true(choicesOf(kind as ConventionKind).includes(chosen), `${source}: ${chosen}`);
      }
    }
  }
});

test('the page of the protocol has every convention, who has it, and for which algorithms it is open', async (t) => {
  const memories = (await loadStatefulClaims()).map(({ memory }) => memory);
  const kinds = Object.keys(conventionKinds) as ConventionKind[];
  const rows = kinds.map((kind) => {
    const open = memories.filter((memory) => memory.open?.includes(kind)).map(({ algorithm }) => `\`${algorithm}\``);
    const choices = Object.entries<Choice>(conventionKinds[kind]).map(
      ([choice, { formula, of }]) => `${choice}: ${formula} (${of})`,
    );
    const whose = kind === 'start' ? 'all, where `stateDtype` is not `dtype`' : open.join(', ');
    return `| \`${kind}\` | ${whose} | ${choices.join('; ').replaceAll('|', '\\|')} |`;
  });
  const table = [
    '| convention | algorithms | the usual choice and others: formula (who has it) |',
    '| --- | --- | --- |',
    ...rows,
  ];
  const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
  const shown = /^\| convention \| algorithms .*\n(?:\|.*\n)+/m.exec(page)?.[0];
  t.is(shown, `${table.join('\n')}\n`);
});

test('who lacks a hyperparameter is asked without it', async (t) => {
  const implementation = await changed(firstWeighted, momentumSgd.memory, {
    restrictions: { withoutHyperparameters: ['decoupled'], oneDraw: true },
  });
  const [told, judged] = await runClaims([conventions, momentumSgd], implementation, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
  t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
});

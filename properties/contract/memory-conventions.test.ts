import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { wrapModule } from '../../src/guard/module-implementation.js';
import { type ConventionKind, conventionKinds } from '../../src/judging/judges/stateful/rule.js';
import type { JudgedMemory } from '../../src/judging/parts/memory-conventions.js';
import type { StatefulClaim } from '../../src/judging/parts/stateful-claim.js';
import { statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import { claim as adam } from '../algorithms/stateful/adam.js';
import { claim as adamw } from '../algorithms/stateful/adamw.js';
import { claim as lion } from '../algorithms/stateful/lion.js';
import { claim as momentumSgd } from '../algorithms/stateful/momentum-sgd.js';
import { claim as rmsprop } from '../algorithms/stateful/rmsprop.js';
import { claim as signProxMomentum } from '../algorithms/stateful/sign-prox-momentum-iterates.js';
import { claim as signum } from '../algorithms/stateful/signum.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';
import { conventionsClaim as conventions } from './declarations.js';

interface Request {
  readonly x: number[];
  readonly step: number;
  readonly hyperparameters: Readonly<Record<string, number | boolean>>;
  readonly state: Readonly<Record<string, number[]>> | null;
}
type Update = (request: Request) => { readonly x: number[]; readonly state: object };
type Updates = Readonly<Record<string, Update>>;

/** The file as it is shipped: three levels above the compiled test. */
const mutate = fileURLToPath(new URL('../../../fixtures/mutants/javascript/mutate.js', import.meta.url));
const changed = async (
  statefulUpdates: (honest: Updates) => Updates,
  { algorithm }: JudgedMemory,
  more: { readonly restrictions?: Restrictions; readonly follows?: Readonly<Record<string, string>> } = {},
) => {
  const { mutate: change } = (await import(mutate)) as { mutate(change: object): { describe(): object } };
  const adapter = change({ statefulUpdates });
  // The conventions of other algorithms would take most of the time.
  const describe = () => ({ ...adapter.describe(), algorithms: [algorithm], ...more });
  return wrapModule({ ...adapter, describe }, 'changed.js');
};

const zeros = ({ x }: Request): number[] => x.map(() => 0);

/** (1 − γλ)(x − γd) of an update that makes (1 − γλ)x − γd. */
const decayedLast =
  (update: Update): Update =>
  (request) => {
    const { decoupled = true, weightDecay = 0 } = request.hyperparameters;
    if (decoupled === false) return update(request);
    const plain = update({ ...request, hyperparameters: { ...request.hyperparameters, weightDecay: 0 } });
    return { ...plain, x: plain.x.map((value) => (1 - request.step * Number(weightDecay)) * value) };
  };

/** Adam whose ε is added to a mean of squares that is not corrected: it is larger beside the corrected one. */
const withEpsilonOfTensorFlow = (honest: Updates): Updates => ({
  adam(request) {
    const { beta2, epsilon } = request.hyperparameters;
    const t = Number(request.state?.['count'] ?? 0) + 1;
    const larger = Number(epsilon) / Math.sqrt(1 - Number(beta2) ** t);
    return honest['adam']!({ ...request, hyperparameters: { ...request.hyperparameters, epsilon: larger } });
  },
});

/** What others do differently: by name, the updates, the words in which it is told, and the claim that must not mind. */
const others: readonly [string, (honest: Updates) => Updates, string, StatefulClaim][] = [
  [
    'the usual form',
    () => ({}),
    'momentum-sgd: its first gradient whole, a heavy ball, decoupled decay before the step',
    momentumSgd,
  ],
  [
    'a first step that is dampened',
    (honest) => ({
      'momentum-sgd': (request) =>
        honest['momentum-sgd']!({ ...request, state: request.state ?? { buffer: zeros(request) } }),
    }),
    'momentum-sgd: its first gradient weighted, a heavy ball,',
    momentumSgd,
  ],
  [
    'a mean in place of a heavy ball',
    (honest) => ({
      'momentum-sgd'(request) {
        const dampening = request.hyperparameters['momentum']!;
        const { nesterov } = request.hyperparameters;
        // The adapter wants no dampening with Nesterov's look-ahead, and so is given none.
        const before = request.state?.['buffer'];
        if (nesterov !== true || before === undefined) {
          return honest['momentum-sgd']!({ ...request, hyperparameters: { ...request.hyperparameters, dampening } });
        }
        const newest = honest['momentum-sgd']!({ ...request, state: null }).state as { buffer: number[] };
        const mean = newest.buffer.map((g, i) => Number(dampening) * before[i]! + (1 - Number(dampening)) * g);
        const direction = newest.buffer.map((g, i) => g + Number(dampening) * mean[i]!);
        const { decoupled, weightDecay = 0 } = request.hyperparameters;
        const kept = decoupled === true ? 1 - request.step * Number(weightDecay) : 1;
        return { x: request.x.map((value, i) => kept * value - request.step * direction[i]!), state: { buffer: mean } };
      },
    }),
    'momentum-sgd: its first gradient whole, a mean,',
    momentumSgd,
  ],
  [
    'a decay of SGD after the step',
    (honest) => ({
      'momentum-sgd': (request) =>
        (request.hyperparameters['decoupled'] === true
          ? decayedLast(honest['momentum-sgd']!)
          : honest['momentum-sgd']!)(request),
    }),
    'momentum-sgd: its first gradient whole, a heavy ball, decoupled decay after the step',
    momentumSgd,
  ],
  [
    'a decay of Signum after the step',
    (honest) => ({
      signum: (request) =>
        (request.hyperparameters['decoupled'] === true ? decayedLast(honest['signum']!) : honest['signum']!)(request),
    }),
    'signum: decoupled decay after the step',
    signum,
  ],
  [
    'a decay of Lion after the step',
    (honest) => ({ lion: decayedLast(honest['lion']!) }),
    'lion: decoupled decay after the step',
    lion,
  ],
  [
    'a mean of gradient mappings that begins at 0',
    (honest) => ({
      'sign-prox-momentum': (request) =>
        honest['sign-prox-momentum']!({ ...request, state: request.state ?? { mean: zeros(request) } }),
    }),
    'sign-prox-momentum: its first gradient weighted',
    signProxMomentum,
  ],
  ['the ε of TensorFlow', withEpsilonOfTensorFlow, 'adam: ε outside the root, ε added before the correction', adam],
  [
    'a decay of AdamW after the step',
    (honest) => ({ adamw: decayedLast(honest['adamw']!) }),
    'adamw: decoupled decay after the step, ε outside the root, ε added after the correction',
    adamw,
  ],
  [
    'a momentum of moves',
    (honest) => ({
      rmsprop(request) {
        const { x, step, state, hyperparameters } = request;
        const next = honest['rmsprop']!({ ...request, state: state && { ...state, buffer: zeros(request) } });
        const { buffer: directions } = next.state as { buffer: number[] };
        const moves = directions.map(
          (direction, i) => Number(hyperparameters['momentum']) * (state?.['moves']?.[i] ?? 0) + step * direction,
        );
        return { x: x.map((value, i) => value - moves[i]!), state: { ...next.state, moves } };
      },
    }),
    'rmsprop: ε outside the root, a momentum of moves',
    rmsprop,
  ],
];

for (const [name, updates, words, claim] of others) {
  test(`${name} is told, and is not wrong`, async (t) => {
    const implementation = await changed(updates, claim.memory);
    for (const seed of ['1', '2']) {
      const [told, judged] = await runClaims([conventions, claim], implementation, quickBudget(seed));
      t.is(told!.evidence.verdict, 'illustrated');
      t.true(told!.evidence.reason.includes(words), told!.evidence.reason);
      t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
    }
  });
}

test('one convention at times and another at others is wrong, and so is none that is known', async (t) => {
  const wrong: readonly ((honest: Updates) => Updates)[] = [
    (honest) => ({
      'momentum-sgd': (request) =>
        honest['momentum-sgd']!({
          ...request,
          state: request.state ?? (request.x.length > 1 ? { buffer: zeros(request) } : null),
        }),
    }),
    (honest) => ({
      'momentum-sgd': (request) =>
        honest['momentum-sgd']!({ ...request, state: request.state ?? { buffer: request.x.map(() => 1) } }),
    }),
  ];
  for (const updates of wrong) {
    const [told, judged] = await runClaims(
      [conventions, momentumSgd],
      await changed(updates, momentumSgd.memory),
      quickBudget(),
    );
    t.false(told!.evidence.reason.includes('momentum-sgd'), told!.evidence.reason);
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
        t.true((conventionKinds[kind as ConventionKind] as readonly string[]).includes(chosen), `${source}: ${chosen}`);
      }
    }
  }
});

test('who lacks a hyperparameter is asked without it', async (t) => {
  const dampened = (honest: Updates): Updates => ({
    'momentum-sgd': (request) =>
      honest['momentum-sgd']!({ ...request, state: request.state ?? { buffer: zeros(request) } }),
  });
  const implementation = await changed(dampened, momentumSgd.memory, {
    restrictions: { withoutHyperparameters: ['decoupled'], oneDraw: true },
  });
  const [told, judged] = await runClaims([conventions, momentumSgd], implementation, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
  t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
});

import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Claim } from '../../src/claims/claim.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { wrapModule } from '../../src/guard/module-implementation.js';
import { claim as lion } from '../algorithms/stateful/lion.js';
import { claim as momentumSgd } from '../algorithms/stateful/momentum-sgd.js';
import { claim as signProxMomentum } from '../algorithms/stateful/sign-prox-momentum-iterates.js';
import { claim as signum } from '../algorithms/stateful/signum.js';
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
const changed = async (statefulUpdates: (honest: Updates) => Updates, restrictions?: Restrictions) => {
  const { mutate: change } = (await import(mutate)) as { mutate(change: object): { describe(): object } };
  const adapter = change({ statefulUpdates });
  const describe = () => ({ ...adapter.describe(), ...(restrictions && { restrictions }) });
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

/** What others do differently: by name, the updates, the words in which it is told, and the claim that must not mind. */
const others: readonly [string, (honest: Updates) => Updates, string, Claim][] = [
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
];

for (const [name, updates, words, claim] of others) {
  test(`${name} is told, and is not wrong`, async (t) => {
    const implementation = await changed(updates);
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
    const [told, judged] = await runClaims([conventions, momentumSgd], await changed(updates), quickBudget());
    t.false(told!.evidence.reason.includes('momentum-sgd'), told!.evidence.reason);
    t.is(judged!.evidence.verdict, 'violated');
  }
});

test('who lacks a hyperparameter is asked without it', async (t) => {
  const dampened = (honest: Updates): Updates => ({
    'momentum-sgd': (request) =>
      honest['momentum-sgd']!({ ...request, state: request.state ?? { buffer: zeros(request) } }),
  });
  const implementation = await changed(dampened, { withoutHyperparameters: ['decoupled'], oneDraw: true });
  const [told, judged] = await runClaims([conventions, momentumSgd], implementation, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
  t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
});

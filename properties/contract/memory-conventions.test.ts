import { readFileSync } from 'node:fs';
import test from 'ava';
import {
  type Implementation,
  type ImplementationDescription,
  ImplementationError,
} from '../../src/claims/implementation/implementation.js';
import { answeringBy } from '../../src/claims/implementation/reference.js';
import { otherLibrary } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { judgeSubjects } from '../../src/claims/subject-verdicts.js';
import { seeds } from '../../src/guard/programs.test.helper.js';
import {
  type Choice,
  type ConventionKind,
  choicesOf,
  conventionKinds,
} from '../../src/judging/judges/stateful/rule.js';
import type { StatefulClaim } from '../../src/judging/parts/stateful-claim.js';
import { statefulAlgorithms } from '../../src/reference/algorithms/stateful/registry.js';
import type { StatefulAlgorithm } from '../../src/reference/algorithms/stateful/stateful-algorithm.js';
import { claim as adam } from '../algorithms/stateful/adam.js';
import { claim as momentumSgd } from '../algorithms/stateful/momentum-sgd.js';
import { claim as rmsprop } from '../algorithms/stateful/rmsprop.js';
import { claim as signProxMomentum } from '../algorithms/stateful/sign-prox-momentum-iterates.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';
import { conventionsClaim as conventions } from './declarations.js';

type Update = StatefulAlgorithm['update'];
type Input = Parameters<Update>[0];
type Other = (right: Update, input: Input) => ReturnType<Update>;

/** The reference with another update of the algorithm of a claim: the conventions of other algorithms would take most of the time. */
function changed(
  { memory: { algorithm } }: StatefulClaim,
  other: Other,
  more: Partial<ImplementationDescription> = {},
): Implementation {
  const definition = statefulAlgorithms[algorithm] as unknown as StatefulAlgorithm;
  const update: Update = (input) => other(definition.update, input);
  return {
    ...otherLibrary({ algorithms: [], statefulAlgorithms: [algorithm], ...more }),
    ask: answeringBy({ ...statefulAlgorithms, [algorithm]: { ...definition, update } }),
  };
}

/** The update by other conventions than the usual ones; an entry that is divided by 0 stays where it is. */
const by =
  (chosen: Input['conventions']): Other =>
  (right, input) => {
    const { x, memory } = right({ ...input, conventions: chosen! });
    return { memory, x: x.map((value, i) => (Number.isFinite(value) ? value : input.x[i]!)) };
  };

/** The input with other hyperparameters. */
const given = (input: Input, others: Input['hyperparameters']): Input => ({
  ...input,
  hyperparameters: { ...input.hyperparameters, ...others },
});

const decayOf = ({ hyperparameters }: Input): number => Number(hyperparameters['weightDecay']);
const withoutDecoupled = { withoutHyperparameters: ['decoupled'] };
const claims = await loadStatefulClaims();

/** Each choice that is not the usual one, in one of the algorithms that leave it open, and what one of them has in its own way. */
const others: readonly (readonly [name: string, claim: StatefulClaim, Other, words: string])[] = [
  ...(Object.keys(conventionKinds) as ConventionKind[]).flatMap((kind, k) => {
    const open = claims.filter(({ memory }) => memory.open?.includes(kind));
    return choicesOf(kind)
      .slice(open.length === 0 ? Number.POSITIVE_INFINITY : 1)
      .map((choice, c) => {
        const claim = open[(k + c) % open.length]!;
        return [`${kind} ${choice} of ${claim.id}`, claim, by({ [kind]: choice }), ` ${choice}`] as const;
      });
  }),
  [
    'a mean of gradient mappings that begins at 0',
    signProxMomentum,
    (right, input) =>
      right({ ...input, memory: input.memory ?? ({ mean: new Float64Array(input.x.length) } as never) }),
    'sign-prox-momentum: its first gradient weighted',
  ],
];

for (const [name, claim, other, words] of others) {
  test(`${name} is told, and is not wrong`, async (t) => {
    const lacks = name.startsWith('coupling') ? { restrictions: withoutDecoupled } : {};
    const implementation = changed(claim, other, lacks);
    const [told] = await runClaims([conventions], implementation, quickBudget());
    t.is(told!.evidence.verdict, 'illustrated');
    t.true(told!.evidence.reason.includes(words), told!.evidence.reason);
    t.notRegex(told!.evidence.reason, /none fits/);
    // In the long runs of the claim x grows beyond all numbers.
    if (name.startsWith('decayedBy')) return;
    for (const seed of seeds) {
      const [judged] = await runClaims([claim], implementation, quickBudget(seed));
      t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
    }
  });
}

test('what is wrong in every convention is compared with the nearest', async (t) => {
  const evidenceOf = async (claim: StatefulClaim, other: Other, more = {}) => {
    const [told, judged] = await runClaims([conventions, claim], changed(claim, other, more), quickBudget());
    const { verdict, worst } = judged!.evidence;
    t.is(verdict, 'violated');
    const [subject] = judgeSubjects([{ id: claim.id, evidence: judged!.evidence }], 'f64');
    return { told: told!.evidence.reason, worst: worst!, subject: subject! };
  };
  // Momentum of moves whose γ is off by 10⁻⁹: far from PyTorch where γ changes, and near to TensorFlow everywhere.
  const near = await evidenceOf(momentumSgd, (right, input) =>
    right({ ...input, step: input.step * (1 + 1e-9), conventions: { remembered: 'moves' } }),
  );
  t.regex(near.told, /momentum-sgd: none fits, nearest: .*a momentum of moves/);
  t.regex(near.worst.explanation!, /\(nearest convention: a momentum of moves; none fits\)$/);
  t.is(near.subject.verdict, 'inaccurate');
  t.true(near.subject.digits! >= 7, String(near.subject.digits));
  // An error of the decay alone, which is that of half of λ, leaves a convention to be seen in the runs without decay.
  const bug = await evidenceOf(rmsprop, (right, input) =>
    right({ ...given(input, { weightDecay: decayOf(input) / 2 }), conventions: { initialSquare: '1' } }),
  );
  t.regex(bug.told, /rmsprop: none fits, nearest: .*a mean of squares from 1/);
  // SGDW of torch-optimizer: γλ is subtracted in place of γλx.
  const { told } = await evidenceOf(
    momentumSgd,
    (right, input) => {
      const { x, memory } = right(given(input, { weightDecay: 0 }));
      return { memory, x: x.map((value) => value - input.step * decayOf(input)) };
    },
    { restrictions: withoutDecoupled },
  );
  t.regex(told, /momentum-sgd: none fits, nearest: /);
});

test('an error of some questions leaves the others to tell the convention', async (t) => {
  const raising = changed(momentumSgd, (right, input) => {
    if (decayOf(input) > 0) throw new ImplementationError('error', 'no decay today');
    return by({ first: 'weighted' })(right, input);
  });
  const [told] = await runClaims([conventions], raising, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
});

test('a step and a run that are off by 24 ulp have as many digits', async (t) => {
  const off = changed(momentumSgd, (right, input) => {
    const { x, memory } = right(input);
    return { memory, x: x.map((value) => value * (1 + 24 * 2 ** -52)) };
  });
  const [judged] = await runClaims([momentumSgd], off, quickBudget());
  for (const { subject, verdict, digits } of judgeSubjects([{ id: momentumSgd.id, evidence: judged!.evidence }], 'f64'))
    t.deepEqual([verdict, digits], ['inaccurate', 14], subject);
});

test('one convention at times and another at others is wrong, and so is none that is known', async (t) => {
  for (const other of [
    (right, input) => by({ first: input.x.length > 1 ? 'weighted' : 'whole' })(right, input),
    (right, input) => right({ ...input, memory: input.memory ?? ({ momentum: input.x.map(() => 1) } as never) }),
  ] satisfies readonly Other[]) {
    const [told, judged] = await runClaims([conventions, momentumSgd], changed(momentumSgd, other), quickBudget());
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
    const ofTensorFlow = by({ epsilonScale: 'before the correction' });
    const implementation = changed(adam, ofTensorFlow, { follows: { adam: follows } });
    const [told, judged] = await runClaims([conventions, adam], implementation, quickBudget());
    t.regex(told!.evidence.reason, /adam: as declared, those of (?:keras|torch|optax)\.\S+ /);
    t.is(judged!.evidence.verdict, verdict, judged!.evidence.reason);
  }
});

test('a paper or a library that is followed has conventions that its algorithm leaves open', async (t) => {
  for (const { memory } of claims) {
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
  const memories = claims.map(({ memory }) => memory);
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
  const restrictions = { ...withoutDecoupled, oneDraw: true };
  const implementation = changed(momentumSgd, by({ first: 'weighted' }), { restrictions });
  const [told, judged] = await runClaims([conventions, momentumSgd], implementation, quickBudget());
  t.regex(told!.evidence.reason, /momentum-sgd: its first gradient weighted, a heavy ball/);
  t.is(judged!.evidence.verdict, 'holds', judged!.evidence.reason);
});

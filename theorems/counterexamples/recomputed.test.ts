import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Claim } from '../../src/claims/claim.js';
import type { RowFinding } from '../../src/claims/evidence.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { testWith } from '../../src/guard/programs.test.helper.js';
import { counterexampleAdamClaim as adam } from '../beyond/adaptive/adam.js';
import { counterexampleConvexSignProxClaim as convexSignProx } from '../beyond/convex/counterexamples.js';
import { counterexampleMajorityVoteClaim as majorityVote } from '../majority-vote/majority-vote-noise.js';
import { counterexampleVarianceSignProxClaim as varianceSignProx } from './constants.js';
import {
  counterexampleBiasedSamplingClaim as biasedSampling,
  counterexampleMiniBatchClaim as miniBatch,
} from './sampling.js';

/** A second program, in another language and from the descriptions of the counterexamples. */
const program = fileURLToPath(new URL('../../../fixtures/independent/counterexamples.py', import.meta.url));

/** Rows of a claim, and the question that the program is asked about each. */
interface Asked {
  readonly claim: Claim;
  readonly rows: RegExp;
  question(row: RowFinding): object;
}

const skewed = { example: 'parabola', slopes: [-1, 4], theta: [0.8, 0.2] };

/** −pR with probability 1 − p and (1 − p)R with probability p. */
const rare = (p: number, range: number) => ({ slopes: [-p * range, (1 - p) * range], theta: [1 - p, p] });
const rounded = (value: number, digits: number): number => Math.round(value * 2 ** digits) / 2 ** digits;

const asked: readonly Asked[] = [
  { claim: miniBatch, rows: /^d = ½x²/, question: () => skewed },
  {
    claim: miniBatch,
    rows: /^rare events/,
    question({ miniBatch: B, instance }) {
      const sigma = /B = 4$/.test(instance) ? 4 : /√T$/.test(instance) ? 8 : 16;
      const p = rounded(1 - 0.6 ** (1 / B), 24);
      return { example: 'parabola', ...rare(p, rounded(sigma / Math.sqrt(p * (1 - p)), 8)) };
    },
  },
  { claim: biasedSampling, rows: /Theorem 2/, question: () => ({ ...skewed, drawn: [0.5, 0.5] }) },
  {
    claim: majorityVote,
    rows: /B = 1$/,
    question: () => vote(15 / 32, 205 / 512, { fall: 3, climb: 20 }),
  },
  {
    claim: majorityVote,
    rows: /B = T$/,
    question: ({ iterations: T }) => vote(39 / (64 * T), T / 4, { fall: 6, climb: 57.6 }),
  },
  {
    claim: varianceSignProx,
    rows: /two wells/,
    question: ({ iterations: T }) => ({ example: 'wells', p: 19 / (64 * T), e: (43 / 8) * T }),
  },
  { claim: convexSignProx, rows: /rare events/, question: ({ iterations: T }) => flat(T) },
];

/** A slope just below the lock of rare events of rate 0.44². */
function flat(iterations: number) {
  const p = rounded(0.44 ** 2 / (iterations + 0.44 ** 2), 24);
  const range = rounded(1 / Math.sqrt(p * (1 - p)), 8);
  return { example: 'flat', ...rare(p, range), steep: (1 - 2 ** -10) * p * range };
}

function vote(p: number, range: number, shape: { readonly fall: number; readonly climb: number }) {
  return { example: 'vote', workers: 1001, ...rare(p, range), ...shape, lock: p * range };
}

/** What the program answers to each question. */
function answered(questions: readonly object[]): Readonly<Record<string, number>>[] {
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const { status, stdout, stderr } = spawnSync('python3', [program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
}

testWith('python3', '--version')(
  'the regret of Adam and the bounds of AMSGrad are those of an independent program, each with its own v',
  async (t) => {
    const { rows } = await adam.check(reference, quickBudget());
    t.is(rows!.length, 16);
    const found = answered(
      rows!.map(({ instance, iterations: T }) => {
        const [, C] = /C = (\d+)/.exec(instance)!;
        return { example: 'adam', C: Number(C), corrected: instance.includes('corrected'), T };
      }),
    );
    for (const [i, { instance, iterations, left, bound }] of rows!.entries()) {
      const { [instance.includes('largest') ? 'largest' : 'last']: right, ...answer } = found[i]!;
      const [other] = ['largest', 'last'].flatMap((name) => answer[name] ?? []);
      t.true(Math.abs(left - answer['left']!) < 1e-9, `${instance}, T = ${iterations}: ${left}`);
      t.true(Math.abs(bound - right!) < 1e-9, `${instance}, T = ${iterations}: bound ${bound}, right is ${right}`);
      t.true(Math.abs(bound - other!) > 0.1, `${instance}, T = ${iterations}: the other v has the same bound`);
    }
  },
);

testWith('python3', '--version')(
  'the left sides of the counterexamples are those of an independent program, and not those of twice the mini-batch',
  async (t) => {
    for (const { claim, rows: wanted, question } of asked) {
      const { rows } = await claim.check(reference, quickBudget());
      const own = rows!.filter(({ instance }) => wanted.test(instance));
      t.true(own.length >= 2, claim.id);
      const lefts = answered(
        own.flatMap((row) => {
          const { iterations: T, miniBatch: B } = row;
          return [B, 2 * B].map((size) => ({ ...question(row), T, B: size }));
        }),
      ).map(({ left }) => left);
      for (const [i, { instance, iterations, left }] of own.entries()) {
        const about = `${claim.id}, ${instance}, T = ${iterations}: ${left}`;
        const [right, wrong] = [lefts[2 * i]!, lefts[2 * i + 1]!];
        // The claims have lower ends, with room for signs that are in doubt.
        t.true(left <= right + 1e-9 && left >= right - 1e-6, `${about} is not ${right}`);
        if (claim !== varianceSignProx) t.true(Math.abs(left - wrong) > 1e-4, `${about} is also that of another B`);
      }
    }
  },
);

import { readFileSync } from 'node:fs';
import test from 'ava';
import type { Certificate } from '../../../claims/certificate.js';
import { rational } from '../../../exact/arithmetic/rational.js';
import { keyedStream, streamKey } from '../../../reference/sampling/keyed-stream.js';
import type { Theorem, TheoremConstants } from '../../theorem/theorem.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { alternativeTo, solve } from './program.js';
import { type Proving, prove } from './prove.js';
import { NoModelError } from './read-theorem.js';
import { proximalStep, stepProgram } from './step-models.js';
import { proveStep } from './step-proof.js';

/** Gradient descent with γ = a/L, whose bound is that of the average gradient. */
const descent = (over: Partial<Theorem> = {}, a = 1): Theorem => ({
  id: 'tried',
  source: { section: 'test', equation: '1' },
  statement: 'a bound',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
  algorithm: 'gradient-descent',
  schedule: (_, { lipschitz }) => ({ step: a / lipschitz!, miniBatch: 1 }),
  term: 'squared-gradient',
  bound: (T, { lipschitz, gap }) => (2 * lipschitz! * gap.upper) / T,
  ...over,
});

const sgd = (over: Partial<Theorem> = {}): Theorem =>
  descent({
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'],
    algorithm: 'sgd',
    schedule: (T, { lipschitz }) => ({ step: 1 / (lipschitz! * Math.sqrt(T)), miniBatch: 1 }),
    bound: (T, { lipschitz, sigma, gap }, { step }) => (2 * gap.upper) / (step * T) + step * lipschitz! * sigma! ** 2,
    ...over,
  });

const convexGap = (factor: (T: number) => number, over: Partial<Theorem> = {}): Theorem =>
  descent({
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
    term: 'objective-gap',
    onlyLast: true,
    bound: (T, { lipschitz, distance }) => factor(T) * lipschitz! * distance!.upper ** 2,
    ...over,
  });

const sgdConvex: Theorem = sgd({
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance', 'd-convex'],
  term: 'objective-gap',
  bound: (T, { sigma, distance }, { step }) => distance!.upper ** 2 / (2 * step * T) + (step * sigma! ** 2) / 2,
});

const spgm = (bound: (T: number, constants: TheoremConstants) => number): Theorem => {
  const { objective: _, ...rest } = sgd({
    hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
    algorithm: 'spgm',
    term: 'squared-gradient-mapping',
    bound,
  });
  return rest;
};

const all = 'every T ≥ 1';
const asked = [1, 2, 3, 4];

interface Expected {
  readonly name: string;
  readonly theorem: Theorem;
  readonly iterations?: readonly number[];
  readonly answer: Proving['answer'];
  readonly scope?: string;
  /** The least multiple of the bound that one step proves, by T. */
  readonly multiples?: Readonly<Record<number, string>>;
}

/** What is known of each bound from the literature, or by hand. */
const expected: readonly Expected[] = [
  { name: 'gradient descent, 2LΔ/T', theorem: descent(), answer: 'proved', scope: all, multiples: { 1: '1', 4: '1' } },
  {
    name: 'gradient descent, 1.8LΔ/T',
    theorem: descent({ bound: (T, { lipschitz, gap }) => (1.8 * lipschitz! * gap.upper) / T }),
    answer: 'false',
    scope: 'T = 1',
    multiples: { 1: '10/9' },
  },
  ...[0.5, 1.5].map((a) => ({
    name: `gradient descent, γL = ${a}: Δ/((γ − γ²L/2)T)`,
    theorem: descent({ bound: (T, { lipschitz, gap }) => ((8 / 3) * lipschitz! * gap.upper) / T }, a),
    answer: 'proved' as const,
    scope: all,
    multiples: { 1: '1' },
  })),
  {
    name: 'gradient descent, γL = 2',
    theorem: descent({}, 2),
    answer: 'false',
  },
  {
    name: 'SGD, 2Δ/(γT) + γLσ²',
    theorem: sgd(),
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '2/3', 16: '4/7' },
  },
  {
    name: 'SGD, the sharp form',
    theorem: sgd({
      bound: (T, { lipschitz, sigma, gap }, { step }) =>
        (gap.upper / (step * T) + ((1 - 1 / T) * step * lipschitz! * sigma! ** 2) / 2) / (1 - (step * lipschitz!) / 2),
    }),
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '1', 16: '1' },
  },
  {
    name: 'SGD, mini-batches of T',
    theorem: sgd({
      schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz!, miniBatch: T }),
      bound: (T, { lipschitz, sigma, gap }) => (2 * lipschitz! * gap.upper + sigma! ** 2) / T,
    }),
    answer: 'proved',
    scope: all,
  },
  {
    name: 'SGD, noise without a term for it',
    theorem: sgd({ bound: (T, { gap }, { step }) => (2 * gap.upper) / (step * T) }),
    answer: 'false',
  },
  {
    name: 'theorem 1',
    theorem: spgm((T, { lipschitz, sigma, gap }) => (2 * lipschitz! * gap.upper + 3 * sigma! ** 2) / Math.sqrt(T)),
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '2/3' },
  },
  {
    name: 'theorem 1♯',
    theorem: spgm(
      (T, { lipschitz, sigma, gap }) => (lipschitz! * gap.upper + (1 - 1 / T) * sigma! ** 2) / (Math.sqrt(T) - 0.5),
    ),
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '1' },
  },
  {
    name: 'gradient descent, convex, LD²/(4T + 2)',
    theorem: convexGap((T) => 1 / (4 * T + 2)),
    iterations: asked,
    answer: 'proved',
  },
  {
    name: 'gradient descent, convex, LD²/(2T) for every T',
    theorem: convexGap((T) => 1 / (2 * T)),
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '1' },
  },
  { name: 'LD²/(4T + 2) for every T', theorem: convexGap((T) => 1 / (4 * T + 2)), answer: 'undecided', scope: all },
  { name: 'the same × 0.99', theorem: convexGap((T) => 0.99 / (4 * T + 2)), iterations: asked, answer: 'false' },
  {
    name: 'SGD, convex, D²/(2γT) + γσ²/2',
    theorem: sgdConvex,
    answer: 'proved',
    scope: all,
    multiples: { 1: '1', 4: '1' },
  },
  {
    name: 'SGD, convex, γL = 3/2, where the distance does not fall',
    theorem: { ...sgdConvex, schedule: (_, { lipschitz }) => ({ step: 1.5 / lipschitz!, miniBatch: 1 }) },
    answer: 'false',
  },
  {
    // ‖∇f(x⁰)‖² ≤ 2LΔ for every L-smooth f, and one step of γL = 1/2 shows 8/3 in place of 2.
    name: 'SGD, γL = 1/2, 2.1LΔ at T = 1',
    theorem: sgd({
      schedule: (_, { lipschitz }) => ({ step: 0.5 / lipschitz!, miniBatch: 1 }),
      bound: (_, { lipschitz, sigma, gap }) => 2.1 * lipschitz! * gap.upper + 10 * sigma! ** 2,
    }),
    iterations: [1],
    answer: 'no-proof',
  },
];

/** A proof with one multiplier changed by a thousandth. */
function* changed({ stages }: Certificate): Generator<readonly [what: string, Certificate]> {
  for (const [i, stage] of stages.entries()) {
    for (const [j, entry] of stage.cases.entries()) {
      for (const [k, term] of entry.terms.entries()) {
        const other =
          'remainder' in term
            ? { remainder: `1001/1000 (${term.remainder})` }
            : { ...term, multiplier: `1001/1000 (${term.multiplier})` };
        const cases = stage.cases.with(j, { ...entry, terms: entry.terms.with(k, other) });
        yield [`${stage.name}, term ${k + 1}`, { stages: stages.with(i, { ...stage, cases }) }];
      }
    }
  }
}

for (const { name, theorem, iterations, answer, scope, multiples = {} } of expected) {
  test(`${name}: ${answer}`, async (t) => {
    const found = await prove(theorem, iterations && { iterations });
    t.is(found.answer, answer, found.reason);
    if (scope !== undefined) t.is(found.scope, scope);
    for (const [T, multiple] of Object.entries(multiples)) {
      t.is(found.rows.find((row) => row.iterations === Number(T))?.multiple, multiple, `T = ${T}`);
    }
    t.is(found.worst !== undefined, answer === 'false');
    if (answer !== 'proved') return;
    t.deepEqual(
      checkCertificate(found.certificate!).filter(({ problem }) => problem !== undefined),
      [],
    );
    let count = 0;
    for (const [what, wrong] of changed(found.certificate!)) {
      t.true(
        checkCertificate(wrong).some(({ problem }) => problem !== undefined),
        what,
      );
      count++;
    }
    t.true(count > 2);
  });
}

test('SPGM with nonsmooth r: the alternative shows that one step proves nothing', (t) => {
  const program = stepProgram(proximalStep({ smooth: false }), rational(1n, 2n));
  t.deepEqual(solve(program), { none: 'infeasible' });
  t.false('none' in solve(alternativeTo(program)));
  // And of a program with a solution there is none.
  const smooth = stepProgram(proximalStep(), rational(1n, 2n));
  t.false('none' in solve(smooth));
  t.true('none' in solve(alternativeTo(smooth)));
});

test('the prox-gradient method with nonsmooth r: one descent and one convexity', (t) => {
  const { terms, c } = proveStep(proximalStep({ noisy: false, smooth: false }))!;
  t.deepEqual(
    terms.map((term) => 'inequality' in term && [term.multiplier, term.inequality.kind]),
    [
      ['1', 'descent'],
      ['1', 'convexity'],
    ],
  );
  t.deepEqual([...c.values()].map(({ coefficient }) => coefficient.toFraction()).sort(), ['-1/2', '1']);
});

test('the hypotheses of a proof are those of its inequalities', async (t) => {
  const convex = ['fixed-bounded-below', 'fixed-smooth', 'd-convex'] as const;
  const told: readonly (readonly [Theorem, readonly string[], number[]?])[] = [
    [descent({ hypotheses: convex }), ['fixed-bounded-below', 'fixed-smooth']],
    // One step shows 8/3 of LΔ/T; two steps with γL = 1/2 show less, and need no convexity for it, whatever else the bound has.
    [
      descent(
        {
          hypotheses: convex,
          bound: (_, { lipschitz, gap, distance }) =>
            1.3 * lipschitz! * gap.upper + 1e-3 * (lipschitz! * distance!.upper) ** 2,
        },
        0.5,
      ),
      ['fixed-bounded-below', 'fixed-smooth'],
      [2],
    ],
    [convexGap((T) => 1 / (4 * T + 2)), convex, [2]],
    [sgdConvex, ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance', 'd-convex']],
  ];
  for (const [theorem, used, iterations] of told) {
    const found = await prove(theorem, iterations && { iterations });
    t.is(found.answer, 'proved', found.reason);
    t.deepEqual(found.used, used);
    t.deepEqual([...found.used, ...found.unused].sort(), [...theorem.hypotheses].sort());
  }
});

test('what has no model is said', async (t) => {
  const refused: readonly (readonly [Theorem, RegExp])[] = [
    [descent({ algorithm: 'sign-sgd' }), /no model of sign-sgd/],
    [descent({ relation: 'at-least' }), /from below/],
    [descent({ hypotheses: ['fixed-bounded-below'] }), /need fixed-smooth/],
    [descent({ schedule: () => ({ step: 1, miniBatch: 1 }) }), /not a number divided by L/],
    [
      descent({ bound: (T, { lipschitz, gap }) => (3 * Math.sqrt(lipschitz! * gap.upper)) / T }),
      /not a sum of multiples/,
    ],
    [
      descent({ bound: (T, { lipschitz, gap, dimension }) => (2 * dimension * lipschitz! * gap.upper) / T }),
      /reads dimension/,
    ],
  ];
  for (const [theorem, message] of refused) {
    t.regex((await t.throwsAsync(prove(theorem), { instanceOf: NoModelError }))!.message, message);
  }
});

test('of a tuned step, one step is proved and the sum is compared', async (t) => {
  const tuned = sgd({
    schedule: (T, { lipschitz, sigma, gap }) => ({
      step: Math.min(1 / lipschitz!, Math.sqrt((2 * gap!.upper) / (lipschitz! * T)) / sigma!),
      miniBatch: 1,
    }),
  });
  const { answer, reason, certificate, step } = await prove(tuned);
  t.is(answer, 'undecided');
  t.regex(reason, /is at most the bound at 189 values of .* checked, not proved/);
  t.is(certificate, undefined);
  t.truthy(step);
  const half = await prove({ ...tuned, bound: (...given) => 0.9 * tuned.bound(...given) }, { iterations: [7] });
  t.not(half.answer, 'proved');
});

test('no bound below the exact worst case is proved', async (t) => {
  const random = keyedStream(streamKey('1', 'false theorems', 1, 0));
  for (let k = 0; k < 12; k++) {
    const T = 1 + Math.floor(4 * random());
    const factor = 0.5 + 0.499 * random();
    const theorem =
      k % 2 === 0
        ? convexGap(() => factor / (4 * T + 2))
        : descent({ bound: (_, { lipschitz, gap }) => (2 * factor * lipschitz! * gap.upper) / T });
    const { answer, reason, rows } = await prove(theorem, { iterations: [T] });
    t.is(answer, 'false', `T = ${T}, factor ${factor}: ${reason}`);
    // The search sees it too, and not the engine alone.
    t.is(rows[0]!.answer, 'false');
  }
});

test('a bound that is exceeded where a hypothesis of its own may fail is not called false', async (t) => {
  const own = { id: 'mine', statement: 'something that nothing certifies' };
  const { answer, reason } = await prove(
    descent({
      hypotheses: ['fixed-bounded-below', 'fixed-smooth', own],
      bound: (T, { lipschitz, gap }) => (lipschitz! * gap.upper) / T,
    }),
  );
  t.not(answer, 'proved');
  t.not(answer, 'false');
  t.truthy(reason);
});

test('docs/prove.md has the answers for the theorems of the suite', async (t) => {
  const root = new URL('../../../../../', import.meta.url);
  const { proofsFile, proofsTable, tableOf } = (await import(new URL('src/tools/write-proofs.mjs', root).href)) as {
    proofsFile: string;
    proofsTable: (options: { seconds: boolean }) => Promise<string>;
    tableOf: (page: string) => string;
  };
  const page = readFileSync(new URL(proofsFile, root), 'utf8');
  t.is(tableOf(page), await proofsTable({ seconds: false }), `npm run generate writes ${proofsFile} anew`);
});

import test from 'ava';
import fc from 'fast-check';
import type { Depth } from '../../src/claims/claim.js';
import type { ClaimOf } from '../../src/claims/claim-mutant.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import type { Rational } from '../../src/exact/arithmetic/rational.js';
import { theorems } from '../index.js';
import { magnitude, negative, of, product, sum } from '../lines/arithmetic.js';
import type { Iteration, Line } from '../lines/iteration.js';
import { judgeLines, nameOfLine } from '../lines/judge-lines.js';
import type { LawLines, PathwiseLines } from '../lines/line-claim.js';
import { laws, lineMutants, pathwise } from '../mutants/proofs.js';
import { lines as linesOfRuns, runs, theorem1Step4Claim } from '../proof-of-theorem-1/lines.js';

/**
 * Every relation of the displays of §5.1 and §5.2 in the order of the paper, and the line that checks it. The relations that are left out:
 * f = d + r, which is what the lines mean by f, E[1[·]] = P[·], and the last display of §5.2, which is theorem-2.
 */
const displayed: readonly (readonly [claim: string, ...lines: string[]])[] = [
  ['theorem-1-step-1', 'E[P̂(x)] = P(x)', 'E[Ĝ(x)] = G(x)', 'E‖P̂(x) − P(x)‖² ≤ γ²σ²', 'E‖Ĝ(x) − G(x)‖² ≤ σ²'],
  ['theorem-1-step-2', 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)'],
  ['theorem-1-step-3', 'f(x⁺) ≤ f(x) − γGᵀĜ + (γ²L/2)‖Ĝ‖² + γ²L‖Ĝ − G‖²'],
  [
    'theorem-1-step-4',
    'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²',
    'for γ = 1/(L√T), ≤ −‖G‖²/(L√T) + ‖G‖²/(2LT) + 3σ²/(2LT)',
    'by 1/T ≤ 1/√T, ≤ −‖G‖²/(2L√T) + 3σ²/(2LT)',
  ],
  [
    'theorem-1-step-5',
    'E[(1/T) Σ ‖G‖²] ≤ (1/√T)[2L(f(x⁰) − E f(x^T)) + 3σ²]',
    '(1/√T)[2L(f(x⁰) − E f(x^T)) + 3σ²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²]',
  ],
  [
    'theorem-2-step-1',
    'x⁺ = x − γ sgn Ĝ(x)',
    'f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
  ],
  [
    'theorem-2-step-2',
    'the first bound = f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
  ],
  [
    'theorem-2-step-3',
    '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x) = [∇r(x⁺) − ∇r(x)]ᵀ(x⁺ − x) + [∇r(x) − ∇r(x̃)]ᵀ(x⁺ − x)',
    'by absolute values, ≤ Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i]',
  ],
  [
    'theorem-2-step-4',
    '|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i ≤ L_i(x⁺ − x)_i²',
    '|∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i ≤ L_i|x − x̃|_i|x⁺ − x|_i',
  ],
  [
    'theorem-2-step-5',
    'Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i] = γ²‖L‖₁ + γΣ L_i|x − x̃|_i',
    'by L_i ≤ ‖L‖_∞, ≤ γ²‖L‖₁ + γ‖L‖_∞‖x − x̃‖₁',
    'by ‖L‖_∞ ≤ ‖L‖₁ and x − x̃ = γG, ≤ γ²‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
  ],
  ['theorem-2-step-6', 'f(x⁺) − f(x) ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁'],
  [
    'theorem-2-step-7',
    '−γGᵀsgn Ĝ = −γ‖G‖₁ + γGᵀ[sgn G − sgn Ĝ]',
    'γGᵀ[sgn G − sgn Ĝ] = 2γ Σ |G_i| 1[sgn G_i ≠ sgn Ĝ_i]',
  ],
  [
    'theorem-2-step-8',
    'P[sgn G_i ≠ sgn Ĝ_i] ≤ P[|Ĝ_i − G_i| ≥ |G_i|]',
    'P[|Ĝ_i − G_i| ≥ |G_i|] ≤ E|Ĝ_i − G_i|/|G_i|',
    '(E|Ĝ_i − G_i|)²/G_i² ≤ E(Ĝ_i − G_i)²/G_i²',
    'E(Ĝ_i − G_i)²/G_i² ≤ σ_i²/(T G_i²)',
  ],
  [
    'theorem-2-step-9',
    'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
    'for γ = 1/(2‖L‖₁√T), ≤ −‖G‖₁/(2‖L‖₁√T) + ‖G‖₁/(4‖L‖₁T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
    'by 1/T ≤ 1/√T, ≤ −‖G‖₁/(4‖L‖₁√T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
  ],
];

/** Lines of the claims that are no display: what a display rests on, taken by itself so that its constants show. */
const derivations: readonly (readonly [claim: string, ...lines: string[]])[] = [
  [
    'theorem-1-step-2',
    'd(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖²',
    'r(x⁺) ≤ r(x) + ∇r(x̃)ᵀ(x⁺ − x) + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
  ],
  [
    'theorem-1-step-3',
    'x⁺ = x − γĜ(x)',
    'x̃ = x − γG(x)',
    '[∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) = −γGᵀĜ',
    '(L/2)‖x⁺ − x‖² = (γ²L/2)‖Ĝ‖²',
    '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃) ≤ γ²L‖Ĝ − G‖²',
  ],
  ['theorem-1-step-4', 'the expectation of the second bound ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²'],
  ['theorem-2-step-1', 'x − P̂(x) = γĜ(x)', 'x̃ = P(x) = x − γG(x)'],
  ['theorem-2-step-2', 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)'],
  ['theorem-2-step-6', 'the first bound with its last term bounded ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁'],
  ['theorem-2-step-7', 'the bound of one step ≤ (13)', 'f(x⁺) − f(x) ≤ (13)'],
  ['theorem-2-step-9', 'the expectation of (13) ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁'],
];

test('every displayed relation of §5 is one line of one claim, and no line is unaccounted for', (t) => {
  const listed = [...displayed, ...derivations].flatMap(([claim, ...lines]) =>
    lines.map((line) => `${claim}: ${line}`),
  );
  const checked = theorems
    .filter(({ id }) => /^theorem-\d-step-\d$/.test(id))
    .flatMap(({ id, lines }) => lines!.map((line) => `${id}: ${line}`));
  t.deepEqual([...checked].sort(), [...listed].sort());
  t.is(new Set(listed).size, listed.length);
  t.true(theorems.some(({ id }) => id === 'theorem-2'));
});

/** right − factor × size. */
const lowered = (line: Line, factor: number, size: Rational): Line => ({
  ...line,
  right: sum(line.right, product(of(-factor), size)),
});

/** What a line may be mistaken for; each must be false at some case. */
const changes: Readonly<Record<string, (line: Line) => Line>> = {
  'the other way round': ({ left, right, ...line }) => ({ ...line, left: right, right: left }),
  'with the other sign': (line) => ({ ...line, right: negative(line.right) }),
  'by half of its size too strong': (line) => lowered(line, 1 / 2, magnitude(line.right)),
  'by 10⁻⁹ of its size too strong': (line) => lowered(line, 1e-9, sum(magnitude(line.left), magnitude(line.right))),
};

/** A bound that is never attained is a sum of lines that are; those stand beside it, and see what it does not. */
const neverAttained = [
  'f(x⁺) − f(x) ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁',
  'f(x⁺) − f(x) ≤ (13)',
  'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
].map((line) => `${line}: by 10⁻⁹ of its size too strong`);
/** Few instances have so much noise that the bound is positive. */
const rare = ['E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²: with the other sign'];

const seeds = ['1', '2', '3', '4', '5'];

/** Collects, by line, which changes are still not found false. */
class Findings {
  private readonly open = new Map<string, Set<string>>();

  see(line: Line, signOfZeroMet = false): void {
    const key = nameOfLine(line);
    // An equality is the same the other way round.
    const names = Object.keys(changes).slice(line.relation === '≤' ? 0 : 1);
    const open = this.open.get(key) ?? new Set(names);
    this.open.set(key, open);
    for (const name of open) {
      const changed = changes[name]!(line);
      if (judgeLines([changed], signOfZeroMet).ratio > 1) open.delete(name);
    }
  }

  get lines(): number {
    return this.open.size;
  }

  /** `line: change`, without what need not be found. */
  missed(excused: readonly string[]): string[] {
    return [...this.open]
      .flatMap(([key, open]) => [...open].map((name) => `${key}: ${name}`))
      .filter((miss) => !excused.includes(miss));
  }
}

/** Runs the claim and lets `findings` see every line of every case as it is judged. */
type Observe<Data> = (claim: ClaimOf<Data>, findings: Findings, seed: string, depth: Depth) => Promise<unknown>;

const observeLaw: Observe<LawLines> = (claim, findings, seed, depth) =>
  claim
    .with(({ lines }) => ({
      lines(law, constants) {
        const result = lines(law, constants);
        for (const line of result) findings.see(line);
        return result;
      },
    }))
    .check(reference, quickBudget(seed, depth));

const observePathwise: Observe<PathwiseLines> = (claim, findings, seed, depth) =>
  claim
    .with(({ lines }) => ({
      lines(iteration: Iteration, constants: Readonly<Record<string, number>>) {
        const result = lines(iteration, constants);
        for (const line of result) findings.see(line, iteration.stochasticSigns.includes(0));
        return result;
      },
    }))
    .check(reference, quickBudget(seed, depth));

function testChanges<Data>(claims: readonly ClaimOf<Data>[], observe: Observe<Data>): void {
  for (const claim of claims) {
    test(`${claim.id}: a change of any line is found at quick depth with any of ${seeds.length} seeds`, async (t) => {
      for (const seed of seeds) {
        const findings = new Findings();
        await observe(claim, findings, seed, 'quick');
        t.deepEqual(findings.missed([...neverAttained, ...rare]), [], `seed ${seed}`);
        t.true(findings.lines > 0);
      }
    });
  }
}
testChanges(pathwise, observePathwise);
testChanges(laws, observeLaw);

test('what few instances see is found at standard depth', async (t) => {
  for (const seed of seeds) {
    const findings = new Findings();
    await observeLaw(theorem1Step4Claim, findings, seed, 'standard');
    t.deepEqual(findings.missed([]), [], `seed ${seed}`);
  }
});

test('theorem-1-step-5: a change of any line is found with as many runs as at quick depth', (t) => {
  for (const seed of seeds.map(Number)) {
    const findings = new Findings();
    for (const arbitrary of runs) {
      for (const input of fc.sample(arbitrary, { seed, numRuns: 7 })) {
        for (const line of linesOfRuns(input, { gap: 2, noise: 3 }).lines) findings.see(line);
      }
    }
    t.deepEqual(findings.missed([]), [], `seed ${seed}`);
  }
});

for (const { claim, wrong, verdict: expected, depth } of lineMutants) {
  test(`${claim.id}: ${wrong} is ${expected}`, async (t) => {
    const budget = { ...quickBudget('1', depth), verdictOnly: true };
    const { verdict, reason, worst } = await claim.check(reference, budget);
    t.is(verdict, expected, reason);
    t.regex(worst!.explanation!, /is false$/);
  });
}

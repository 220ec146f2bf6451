import { readFileSync } from 'node:fs';
import test from 'ava';
import type { Case, Certificate, CertificateTerm, Stage } from '../../src/claims/certificate.js';
import { testWith } from '../../src/guard/programs.test.helper.js';
import { certificateCoq, stageText } from '../../src/report/coq/certificate-coq.js';
import { identifier } from '../../src/report/coq/coq-expression.js';
import { standardAxioms } from '../../src/report/coq/coq-files.js';
import type { Theorem as TheoremText } from '../../src/report/coq/coq-theorem.js';
import { axiomsIn, coqc, coqFolder } from '../../src/report/coq/coqc.test.helper.js';
import { multipliersCoq } from '../../src/report/coq/multipliers-coq.js';
import { parseExpression } from '../../src/theory/proofs/certificates/expression.js';
import { format } from '../../src/theory/proofs/certificates/polynomial.js';
import { proveAccelerated } from '../../src/theory/proofs/search/accelerated-steps.js';
import { certify, readMultipliers } from '../../src/theory/proofs/search/certify.js';
import { momentumProof } from '../../src/theory/proofs/search/momentum-for-all.js';
import { prove } from '../../src/theory/proofs/search/prove.js';
import { statedValues } from '../../src/theory/proofs/search/stated-values.js';
import { distanceStep } from '../../src/theory/proofs/search/step-models.js';
import { averaged, proveStep } from '../../src/theory/proofs/search/step-proof.js';
import type { Theorem } from '../../src/theory/theorem/theorem.js';
import { readTheoremFile } from '../../src/theory/theorem/theorem-file.js';
import { theorem as smallest } from '../beyond/others/gradient-descent-smallest.js';
import { theorem as signSgd } from '../beyond/others/sign-sgd-large-batch.js';
import { theorems } from '../index.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2Simple } from '../theorem-2/theorem-2-simple.js';

const withCoq = testWith('coqc', '--version');
/** A file, with a last iterate, and mini-batches that grow. */
const { theorem: textbook } = (await import(
  new URL('../../../fixtures/theorems/sgd-textbook.mjs', import.meta.url).href
)) as { readonly theorem: Readonly<Record<string, unknown>> };
const theoremOf = (over: Readonly<Record<string, unknown>>): Theorem =>
  readTheoremFile({ theorem: { ...textbook, ...over } }).theorem;
const sgd = theoremOf({});
const last = theoremOf({
  id: 'last-iterate',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L' },
  term: 'objective-gap',
  onlyLast: true,
  bound: 'LD²/(2T)',
});
const batches = theoremOf({
  id: 'growing-batches',
  hypotheses: [...sgd.hypotheses, 'd-convex'],
  schedule: { step: '1/(2L)', miniBatch: 'T' },
  term: 'objective-gap',
  bound: '(LD² + σ²/(2L))/T',
});
/**
 * What `prove` finds: a run with several facts, whose premises must have different names, sign steps in one region or two, and a bound for every T; and for
 * every form of a run a theorem as it is stated.
 */
const found = await Promise.all(
  [smallest, signSgd, theorem2, theorem2Simple, theorem1, sgd, last, batches].map(async (theorem) => {
    const { certificate } = await prove(theorem, {
      search: 'none',
      ...(theorem === smallest && { iterations: [1] }),
    });
    const stated = { name: theorem.id, values: statedValues(theorem) };
    return { id: `proof-of-${theorem.id}`, statement: theorem.statement, certificate: certificate!, stated };
  }),
);
/** What the last theorems say, and other statements with the sentence of the proof that must fail. */
const endings: Readonly<
  Record<string, { readonly says: string; readonly not: Readonly<Record<string, readonly [string, RegExp]>> }>
> = {
  [sgd.id]: {
    says: `Theorem sgd_textbook (T : nat) (x : vector) (γ gap : R) :
  (1 <= T)%nat ->
  γ = 1 / (L * sqrt T) ->
  gap = f x - f_min ->
  expected_average law (sgd γ) (fun x => ‖ grad x ‖²) T x <= 2 * gap / (γ * T) + γ * L * σ ^ 2.`,
    not: {
      '2 * gap': ['99 / 100 * (2 * gap)', /^ {2}match type of goal/],
      '1 / (L * sqrt T)': ['2 / (L * sqrt T)', /^ {2}assert \(equation :/],
      'sgd γ': ['sgd (2 * γ)', /^ {2}match type of goal/],
    },
  },
  [last.id]: {
    says: `Theorem last_iterate (T : nat) (x : vector) (γ distance : R) :
  (1 <= T)%nat ->
  γ = 1 / L ->
  distance = sqrt (‖ x - x_star ‖²) ->
  f (iterate (gradient_descent γ) T x) - f x_star <= L * distance ^ 2 / (2 * T).`,
    not: { 'L * distance ^ 2 / (2 * T)': ['99 / 100 * (L * distance ^ 2 / (2 * T))', /^ {2}match type of goal/] },
  },
  [batches.id]: {
    says: `Theorem growing_batches (T : nat) (x : vector) (γ distance : R) :
  (1 <= T)%nat ->
  γ = 1 / (2 * L) ->
  B = T ->
  distance = sqrt (‖ x - x_star ‖²) ->
  expected_average law (sgd γ) (fun x => f x - f x_star) T x <= (L * distance ^ 2 + σ ^ 2 / (2 * L)) / T.`,
    not: { 'B = T': ['B = 1 / T', /^ {2}pose proof \(the_bound/] },
  },
  [smallest.id]: {
    says: `Theorem gradient_descent_smallest_at_1 (x₀ x₁ : vector) (m : R) :
  x₁ = (x₀ - (1 / L) • grad x₀)%vector ->
  m <= ‖ grad x₀ ‖² ->
  m <= ‖ grad x₁ ‖² ->
  m <= 4 / 5 * L * (f x₀ - f_min).`,
    not: { '4 / 5': ['3 / 4', /^ {2}match type of goal/] },
  },
};

/** The last theorem with another statement, up to the sentence of its proof that must fail. */
function otherStatement(text: string, from: string, [to, sentence]: readonly [string, RegExp]): string {
  const theorem = text.slice(text.lastIndexOf('\nTheorem ') + 1);
  const lines = theorem
    .replace(/^Theorem \S+/, 'Lemma another')
    .replace(from, () => to)
    .split('\n');
  const start = lines.findIndex((line) => sentence.test(line));
  const end = lines.findIndex((line, k) => k >= start && line.endsWith('.'));
  return [
    ...lines.slice(0, start),
    `Fail ${lines
      .slice(start, end + 1)
      .join('\n')
      .trim()}`,
    'Abort.',
  ].join('\n');
}

/** The weights (t + 1)/(t + 4), whose potential has f(x⁰) − f* at first. */
const weight = { numerator: parseExpression('t + 1'), denominator: parseExpression('t + 4') };
const ofSteps = [
  {
    id: 'proof-of-momentum',
    statement: 'momentum for every γ, L and α',
    certificate: momentumProof()!.certificate,
  },
  {
    id: 'proof-of-acceleration',
    statement: 'the accelerated gradient for every γ, L and T',
    certificate: proveAccelerated({ kept: weight, newest: weight })!.certificate,
  },
  {
    id: 'proof-of-an-average',
    statement: 'the average of SGD for every γ, L and T',
    certificate: averaged(proveStep(distanceStep(true))!)!.certificate,
  },
];
const certified = [...theorems.filter((claim) => claim.certificate !== undefined), ...found, ...ofSteps];

/** What a file proves. */
const namesOf = (text: string): string[] =>
  [...text.matchAll(/^(?:Theorem|Corollary|Lemma) ([^\s:({]+)/gmu)].map(([, name]) => name!);

/** The stage with the first term of its first case changed. */
function withTerm(stage: Stage, change: (term: CertificateTerm) => CertificateTerm): Stage {
  const [entry, ...others] = stage.cases as [Case, ...Case[]];
  const [term, ...rest] = entry.terms as [CertificateTerm, ...CertificateTerm[]];
  return { ...stage, cases: [{ ...entry, terms: [change(term), ...rest] }, ...others] };
}

/** A stage with one multiplier, one sign or one constant changed. */
function changedStages(stage: Stage): Readonly<Record<string, Stage>> {
  const multiplied = (factor: string) =>
    withTerm(stage, (term) =>
      'remainder' in term
        ? { remainder: `${factor}(${term.remainder})` }
        : { ...term, multiplier: `${factor}(${term.multiplier})` },
    );
  const [first] = parseExpression(stage.goal);
  const constant = { ...stage, goal: `(${stage.goal}) + 1/7 · (${format(new Map([first!]))})` };
  return stage.cases[0]!.terms.length === 0
    ? { constant }
    : { constant, multiplier: multiplied('8/7 · '), sign: multiplied('−') };
}

/** The sentence that must fail: a multiplier of the wrong sign is not ≥ 0, and what else is changed, or a term in expectation alone, breaks the identity. */
const failing = (what: string): RegExp =>
  what === 'sign' ? /^ *assert \((?:term_1|identity|difference) :/ : /^ *assert \((?:identity|difference) :/;

/** The first proof of a changed stage up to the sentence that must fail, as it does not in the same proof of the unchanged stage. */
function refusal(
  what: string,
  stage: Stage,
  { stages }: Certificate,
  proved: ReadonlyMap<string, TheoremText>,
): string {
  const before = stages.slice(0, proved.size);
  const text = stageText(stage, { stages: [...before, stage] }, new Map(proved));
  const lines = text
    .slice(text.search(/^(?:Theorem|Lemma) /m))
    .replace(/^\S+ \S+/, `Lemma ${what}_${identifier(stage.name)}`)
    .split('\n');
  const end = lines.findIndex((line) => failing(what).test(line));
  return [...lines.slice(0, end), `Fail ${lines[end]!.trim()}`, 'Abort.'].join('\n');
}

/** For every stage, the proofs that must fail, after those of the stages before it. */
function refusals(certificate: Certificate): string[] {
  const proved = new Map<string, TheoremText>();
  return certificate.stages.flatMap((stage) => {
    const changed = Object.entries(changedStages(stage));
    const texts = changed.map(([what, mutant]) => refusal(what, mutant, certificate, proved));
    stageText(stage, certificate, proved);
    return texts;
  });
}

for (const claim of certified) {
  withCoq(`${claim.id}: Coq accepts it, and of every stage refuses a changed multiplier, sign or constant`, (t) => {
    const { stages } = claim.certificate!;
    const text = certificateCoq(claim);
    const names = namesOf(text);
    for (const { name } of stages) t.true(names.includes(identifier(name)), name);
    t.notRegex(text, /\b(Admitted|admit|Axiom|Parameter|Conjecture|Abort|Fail)\b/);
    const changed = refusals(claim.certificate!);
    t.true(changed.length >= 2 * stages.length);
    const ending = endings[claim.id.replace(/^proof-of-/, '')];
    if (ending !== undefined)
      t.true(text.includes(`${ending.says}\nProof.`), text.slice(text.lastIndexOf('\nTheorem ')));
    const others = Object.entries(ending?.not ?? {}).map(([from, to]) => otherStatement(text, from, to));
    const all = names.map((name) => `@${name}`).join(', ');
    const file = text
      .replace('End Stated.', () => `${others.join('\n')}\nEnd Stated.`)
      .replace('End Certificate.', () => `${changed.join('\n')}\nEnd Certificate.`);
    const { status, stdout, stderr } = coqc(
      coqFolder(t),
      'certificate',
      `${file}\nDefinition proved := (${all}).\nPrint Assumptions proved.\n`,
    );
    t.is(status, 0, stderr);
    // Nothing is taken for granted but what Coq's library of real numbers does.
    t.regex(stdout, /^Axioms:$/m);
    t.deepEqual(
      axiomsIn(stdout).filter((name) => !standardAxioms.includes(name)),
      [],
    );
  });
}

withCoq('Coq accepts the multipliers of PEPit as fractions, and refuses another bound or multiplier', (t) => {
  const json = readFileSync(
    new URL('../../../fixtures/multipliers/pepit-gradient-descent.json', import.meta.url),
    'utf8',
  );
  const { certificate } = certify(readMultipliers(JSON.parse(json)));
  const text = multipliersCoq('gradient descent', certificate!);
  const folder = coqFolder(t);
  t.regex(text, /f₄ <= \(1 \/ 6\)\.$/m);
  const { status, stderr, stdout } = coqc(folder, 'multipliers', `${text}Print Assumptions the_claim.\n`);
  t.is(status, 0, stderr);
  t.deepEqual(
    axiomsIn(stdout).filter((name) => !standardAxioms.includes(name)),
    [],
  );
  // Each of the two breaks the identity of whole numbers.
  const [stage] = certificate!.stages;
  for (const changed of [
    { ...stage!, goal: stage!.goal.replace('1/6', '1/7') },
    withTerm(stage!, (term) =>
      'multiplier' in term ? { ...term, multiplier: `1001/1000 · (${term.multiplier})` } : term,
    ),
  ]) {
    const refused = coqc(folder, 'changed', multipliersCoq('changed', { stages: [changed] }));
    t.is(refused.status, 1);
    t.regex(refused.stderr, /not a valid ring equation/);
  }
});

test('every certificate of the ledger can be written for Coq', (t) => {
  t.true(certified.length >= 4);
  const ends = found.map(({ certificate }) => certificate.stages.at(-1)!.name);
  t.deepEqual(
    ends,
    ['a run of one step', ...Array.from({ length: found.length - 1 }, () => 'the bound')],
    'the last comparison is compiled too',
  );
  for (const claim of certified) {
    const text = certificateCoq(claim);
    for (const { name, cases } of claim.certificate!.stages) {
      t.true(text.includes(`Theorem ${identifier(name)} (`), `${claim.id}: ${name}`);
      t.true((text.match(/identity :/g) ?? []).length >= cases.length);
    }
  }
});

/** Coq proves what is stated, and no more: that the right thing is stated is for a reader, who has read this. */
const stated = `Theorem one_step_in_expectation (Outcome : Type) (law : list (R * Outcome)) (γ L f d r_tilde V : R) (x g q G : vector) (f_next d_next : Outcome -> R) (Ĝ e : Outcome -> vector) :
  is_law law ->
  0 < γ ->
  0 < L ->
  0 <= V ->
  (forall ω, Ĝ ω = (G + e ω)%vector) ->
  G = (g + q)%vector ->
  (* descent of d from x to x⁺: ∇d is L-Lipschitz *)
  (forall ω, d_next ω <= d + ⟨ g, x - γ • Ĝ ω - x ⟩ + L / 2 * ‖ x - γ • Ĝ ω - x ‖²) ->
  (* descent of r from x̃ to x⁺: ∇r is L-Lipschitz *)
  (forall ω, f_next ω - d_next ω <= r_tilde + ⟨ q, x - γ • Ĝ ω - (x - γ • G) ⟩ + L / 2 * ‖ x - γ • Ĝ ω - (x - γ • G) ‖²) ->
  (* convexity of r from x̃ to x: r is convex *)
  r_tilde + ⟨ q, x - (x - γ • G) ⟩ <= f - d ->
  expectation law (fun ω => ‖ e ω ‖²) <= V ->
  (forall w : vector, expectation law (fun ω => ⟨ w, e ω ⟩) = 0) ->
  0 <= expectation law (fun ω => f - f_next ω - γ * (1 - γ * L / 2) * ‖ G ‖² + γ ^ 2 * L * V).
`;

test('a theorem of Coq states what its certificate says', (t) => {
  const text = certificateCoq(certified.find(({ id }) => id === 'certificate-theorem-1-sharp')!);
  t.true(text.includes(stated), text);
  // Signs, absolute values, and inequalities that hold for points in one order.
  const signs = certificateCoq(certified.find(({ id }) => id === 'certificate-theorem-2-sharp')!);
  for (const premise of [
    'N = Rabs (G) ->',
    '(forall ω, s ω = 1 \\/ s ω = 0 \\/ s ω = -1) ->',
    '(forall ω, Ĝ ω = s ω * k ω) ->',
    'z ^ 4 = 1 - 4 * z ^ 2 ->',
    '(x - γ * G <= x -> q <= ρ) ->',
    '(x <= x - γ * G -> q - ρ <= L * (x - γ * G - x)) ->',
    'expectation law (fun ω => e ω ^ 2) <= v ^ 2 ->',
  ])
    t.true(signs.includes(`\n  ${premise}\n`), premise);
});

import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import test from 'ava';
import { testWith } from '../../src/guard/programs.test.helper.js';
import { coqFiles, standardAxioms } from '../../src/report/coq/coq-files.js';
import { axiomsIn, coqc, coqFolder } from '../../src/report/coq/coqc.test.helper.js';
import { theorems } from '../index.js';

/** The files of this folder, three levels above the compiled one. */
const folder = new URL('../../../theorems/coq/', import.meta.url);
const { textOf: coqText, filesOf, completeFile, premisesOf } = coqFiles(folder);

const withCoq = testWith('coqc', '--version');
const files = filesOf('example');
const namesIn = (name: string, kinds: RegExp): string[] =>
  [...coqText(name).matchAll(kinds)].map(([, found]) => `${name}.${found}`);

/** Every definition and what every theorem states, and what all theorems assume. */
const questions = [
  'From Coq Require Import Reals.',
  `Require Import ${files.join(' ')}.`,
  'Open Scope R_scope.',
  'Set Printing Width 110.',
  ...files
    .flatMap((name) => namesIn(name, /^(?:Definition|Fixpoint|Record) ([^\s.:({]+)/gm))
    .map((name) => `Print ${name}.`),
  ...files.flatMap((name) => namesIn(name, /^Theorem ([^\s.:({]+)/gm)).map((name) => `Check @${name}.`),
  `Definition all_theorems := (${files.flatMap((name) => namesIn(name, /^Theorem ([^\s.:({]+)/gm)).map((name) => `@${name}`)}).`,
  'Print Assumptions all_theorems.',
].join('\n');

/** Compiles a file, maybe with another text, and those that require it, and has Coq say what it has accepted. */
function compiled(folder: string, from = files[0]!, text = coqText(from)) {
  for (const name of files.filter((each) => filesOf(each).includes(from))) {
    const { status, stderr } = coqc(folder, name, name === from ? text : coqText(name));
    if (status !== 0) return { refused: `${name}.v: ${stderr}`, statements: '', axioms: [] };
  }
  const { status, stdout, stderr } = coqc(folder, 'questions', questions);
  const end = stdout.indexOf('Axioms:');
  return { refused: status === 0 ? '' : stderr, statements: stdout.slice(0, end), axioms: axiomsIn(stdout) };
}

/** What the theorems state, as somebody has read it. `coqc` printed it from the definitions. */
const onFile = (): string => readFileSync(new URL('statements.txt', folder), 'utf8');

/** An error in a file, and what finds it: Coq itself, the list of axioms, or the statements on file. */
interface Planted {
  readonly file: string;
  readonly change: readonly (readonly [from: string, to: string])[];
  readonly found: 'refused' | 'axioms' | 'statements';
}

const proofOf = (name: string, file: string): string =>
  new RegExp(`^(?:Lemma|Theorem) ${name} [\\s\\S]*?\\n(Proof\\.[\\s\\S]*?\\nQed\\.)`, 'm').exec(coqText(file))![1]!;

const planted: Readonly<Record<string, Planted>> = {
  'an axiom': {
    file: 'theorem_1',
    change: [
      ['Lemma one_step x v', 'Axiom anything : False.\nLemma one_step x v'],
      [
        proofOf('one_step_with_noise', 'theorem_1'),
        'Proof. pose proof (one_step x v) as used. destruct anything. Qed.',
      ],
    ],
    found: 'axioms',
  },
  'an admitted lemma': {
    file: 'theorem_2',
    change: [[proofOf('factor', 'theorem_2'), 'Admitted.']],
    found: 'axioms',
  },
  'a proof with admit': {
    file: 'theorem_1',
    change: [[proofOf('one_step_with_noise', 'theorem_1'), 'Proof. admit. Admitted.']],
    found: 'axioms',
  },
  'a proof with admit that says Qed': {
    file: 'theorem_1',
    change: [[proofOf('one_step_with_noise', 'theorem_1'), 'Proof. admit. Qed.']],
    found: 'refused',
  },
  'half the bound': {
    file: 'theorem_1',
    change: [
      [
        '<= 1 / sqrt (INR T) * (2 * L * (f x - f_min) + 3 * σ ^ 2).',
        '<= 1 / sqrt (INR T) * (L * (f x - f_min) + 3 / 2 * σ ^ 2).',
      ],
    ],
    found: 'refused',
  },
  'twice the bound': {
    file: 'theorem_2',
    change: [
      ['Theorem theorem_2_sharp x :', 'Lemma theorem_2_sharper x :'],
      ['apply theorem_2_sharp|', 'apply theorem_2_sharper|'],
      [
        'End AtThePapersStep.',
        `Theorem theorem_2_sharp x :
  expected_average (batches K θ T) (sign_prox γ (Phat T) at_zero) (fun x => ‖ G x ‖₁) T x <=
    2 / sqrt (INR T) * (2 * sum n L * (f x - f_min) + 1 / 2 + sum n σ).
Proof.
  eapply Rle_trans; [apply theorem_2_sharper|]. pose proof (f_min_below x). pose proof (sum_nonneg n σ σ_nonneg).
  destruct (at_least_one_step T T_positive) as [_ [root _]]. cbn beta in *.
  pose proof (Rmult_le_pos (sum n L) (d x + reg x - f_min) ltac:(lra) ltac:(lra)).
  apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra | lra].
Qed.
End AtThePapersStep.`,
      ],
    ],
    found: 'statements',
  },
  'one more premise, which the example does not meet': {
    file: 'theorem_1',
    change: [
      ['Hypothesis f_min_below :', 'Hypothesis little_noise : σ <= 1.\nHypothesis f_min_below :'],
      [
        proofOf('one_step_with_noise', 'theorem_1'),
        proofOf('one_step_with_noise', 'theorem_1').replace('Proof.', 'Proof.\n  pose proof little_noise as used.'),
      ],
    ],
    found: 'refused',
  },
  'another premise': {
    file: 'theorem_2',
    change: [['Hypothesis L_positive : 0 < sum n L.', 'Hypothesis L_positive : 1 <= sum n L.']],
    found: 'statements',
  },
  'half of what grows, in Theorem 1': {
    file: 'theorem_1',
    change: [
      ['γ * L * (1 / 2 + c / INR B) < 1 ->', 'γ * L * (1 / 2 + c / 2 / INR B) < 1 ->'],
      ['(1 - γ * L * (1 / 2 + c / INR B)).', '(1 - γ * L * (1 / 2 + c / 2 / INR B)).'],
    ],
    found: 'refused',
  },
  'no curvature in what grows, in Theorem 2': {
    file: 'theorem_2',
    change: [[' + sqrt ((5 * sqrt 5 - 11) / 2) * (γ * L i) / sqrt (1 - c / INR B))', ' + 0)']],
    found: 'refused',
  },
  'an inner prox with the step γ': {
    file: 'smoothed_sign_prox',
    change: [['smoothed_prox γ μ (p (γ + μ) k i) (y i).', 'smoothed_prox γ μ (p γ k i) (y i).']],
    found: 'refused',
  },
  'no growth of Δ': {
    file: 'smoothed_sign_prox',
    change: [['Notation growth := (1 / 2 * (γ + μ) * sum n', 'Notation growth := (0 * (γ + μ) * sum n']],
    found: 'refused',
  },
  'no 1/μ': {
    file: 'smoothed_sign_prox',
    change: [
      ['Definition L_smoothed (i : nat) : R := Rmax (L i) (1 / μ).', 'Definition L_smoothed (i : nat) : R := L i.'],
    ],
    found: 'refused',
  },
  '0.52 for ½ in the lower bound': {
    file: 'lower_bound',
    change: [['Notation least := (1 / 2).', 'Notation least := (52 / 100).']],
    found: 'refused',
  },
  'another definition': {
    file: 'proximal_average',
    change: [['| right _ => 0', '| right _ => 1']],
    found: 'statements',
  },
};

withCoq('both theorems of the paper and their example: Coq accepts the proofs, coqchk the compiled files', (t) => {
  const folder = coqFolder(t);
  const { refused, statements, axioms } = compiled(folder);
  t.is(refused, '');
  t.deepEqual(axioms, standardAxioms);
  t.is(statements, onFile());
  // The other checker reads the compiled files. It lists what it did not look into, all of it in the library of Coq.
  const unread = files.flatMap((name) => ['-norec', name]);
  const checker = spawnSync('coqchk', ['-silent', '-o', ...unread], { cwd: folder, encoding: 'utf8' });
  t.is(checker.status, 0, checker.stderr);
  const listed = /\* Axioms:\n([\s\S]*?)\n *\n/
    .exec(checker.stdout + checker.stderr)![1]!
    .trim()
    .split(/\s+/);
  for (const name of standardAxioms)
    t.true(
      listed.some((entry) => entry.endsWith(`.${name}`)),
      name,
    );
  for (const name of listed) t.true(name.startsWith('Coq.'), name);

  for (const [what, { file, change, found }] of Object.entries(planted)) {
    let text = coqText(file);
    for (const [from, to] of change) {
      t.is(text.split(from).length, 2, `${what}: ${from}`);
      text = text.replace(from, () => to);
    }
    const copy = coqFolder(t);
    cpSync(folder, copy, { recursive: true });
    const wrong = compiled(copy, file, text);
    t.is(wrong.refused !== '', found === 'refused', `${what}: ${wrong.refused}`);
    t.notRegex(wrong.refused, /Syntax error/, what);
    if (found !== 'refused')
      t.is(wrong.axioms.join() !== standardAxioms.join(), found === 'axioms', `${what}: ${wrong.axioms}`);
    if (found === 'statements') t.not(wrong.statements, onFile(), what);
  }
});

for (const file of ['theorem_1', 'convex_spgm', 'error_feedback', 'momentum', 'lower_bound']) {
  withCoq(`${file}: Coq accepts it with all that it requires as one file`, (t) => {
    const { status, stderr } = coqc(coqFolder(t), 'complete', completeFile(file));
    t.is(status, 0, stderr);
  });
}

test('a file is written after those that it requires, each once', (t) => {
  t.deepEqual(files, [
    'prelude',
    'proximal_average',
    'theorem_1',
    'theorem_2',
    'convex_spgm',
    'smooth_average',
    'error_feedback',
    'momentum',
    'smoothed_sign_prox',
    'lower_bound',
    'example',
  ]);
  t.deepEqual(filesOf('theorem_2'), ['prelude', 'proximal_average', 'theorem_2']);
  const text = completeFile('theorem_2');
  t.notRegex(text, /^Require Import/m);
  for (const part of ['is_law', 'proximal_average', 'sign_prox'])
    t.is(text.split(`Definition ${part} `).length, 2, part);
});

test('the premises of a theorem are those of the sections around it, with the numbers of the paper', (t) => {
  const numbers = (file: string, theorem: string) =>
    premisesOf(file, theorem).map((text) => text.slice(0, text.indexOf(':')));
  const shared = (k: number) => ['(8)', `Algorithm ${k}`, `Assumption ${k}(b)`, `Assumption ${k}(c)`, '(6)'];
  t.deepEqual(numbers('theorem_1', 'theorem_1'), [...shared(1), 'Assumption 1(a)', 'Assumption 1(d)']);
  t.deepEqual(numbers('theorem_2', 'theorem_2'), [
    ...shared(2),
    'Assumption 2(d)',
    '(9)',
    'Assumption 2(a)',
    'Algorithm 2',
    'Theorem 2',
  ]);
  t.deepEqual(numbers('smoothed_sign_prox', 'smoothed_sign_prox'), [
    ...[
      '(8)',
      'Algorithm 2',
      'The parameter of the envelopes is μ > 0',
      'Assumption 2(b)',
      'In place of Assumption 2(c)',
    ],
    ...[
      '(6)',
      'Assumption 2(a), for f̄ = d + Σθ_k r_k',
      'κ_i is a noise factor for γ max{L_i, 1/μ}, such as 1 + ½(γ max{L_i, 1/μ})²',
    ],
  ]);
  t.deepEqual(premisesOf('lower_bound', 'sign_prox_lower_bound').at(-1), 'TB ≥ ‖L‖₁M²/(Δ‖σ‖₁²) with M = Σσ_i²/L_i');
  t.throws(() => premisesOf('theorem_1', 'theorem_3'), { message: 'theorem_1.v has no Theorem theorem_3' });
});

test('the page lists every theorem that a claim names, and those of a row with the lines of their file', (t) => {
  const page = readFileSync(new URL('../../../docs/bounds-and-audit.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| [^|]+ \| (`[^|]+`) \| [^|]+ \| four \| (\d+) \|$/gm)].flatMap(
    ([, names, lines]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => ({ name: name!, lines: Number(lines) })),
  );
  t.true(listed.length > 8);
  for (const { name, lines } of listed) {
    const [file, ...others] = files.filter((candidate) => coqText(candidate).includes(`\nTheorem ${name} `));
    t.deepEqual(others, [], name);
    t.is(coqText(file!).split('\n').length, lines, name);
  }
  const named = theorems.flatMap(({ machineChecked }) => machineChecked ?? []);
  t.true(named.length > 5);
  for (const { file, theorem } of named) {
    t.true(coqText(file).includes(`\nTheorem ${theorem} `), theorem);
    t.true(
      listed.some(({ name }) => name === theorem),
      theorem,
    );
  }
});

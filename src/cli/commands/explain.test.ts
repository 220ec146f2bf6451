import test from 'ava';
import type { CertificateTerm } from '../../claims/certificate.js';
import type { Claim } from '../../claims/claim.js';
import { certificateCoq } from '../../report/coq/certificate-coq.js';
import { coqFiles } from '../../report/coq/coq-files.js';
import { type Explained, explainText, listBySection } from '../../report/formats/explain-text.js';
import { displayWidth } from '../../report/wording/terminal-text.js';
import { describeHypothesis } from '../../theory/theorem/audit/hypotheses.js';
import { readCatalogue, root } from '../catalogue.js';
import { claimMutants } from '../claim-mutants.js';
import { placedClaims } from '../collections.js';
import { commandRunner } from '../command-runner.test.helper.js';

const ledger = placedClaims.map(({ claim }) => claim);
const command = commandRunner();
const run = (...args: string[]) => command(process.cwd(), ['explain', ...args]);

const { completeFile, premisesOf } = coqFiles(new URL('theorems/coq/', root));

const explained = ({ hypotheses = [], machineChecked, ...claim }: Claim): Explained => ({
  ...claim,
  ...(machineChecked && {
    machineChecked: {
      ...machineChecked,
      file: `theorems/coq/${machineChecked.file}.v`,
      premises: premisesOf(machineChecked.file, machineChecked.theorem),
    },
  }),
  hypotheses: hypotheses.map(describeHypothesis),
});

type Mutants = Awaited<ReturnType<typeof claimMutants>>;

/** A claim in 80 columns, in full. */
const textOf = (
  claim: Explained,
  known: Parameters<typeof explainText>[1] = ledger,
  mutants: Mutants = [],
  all = true,
): string => explainText([{ claim, mutants, run: `signprox verify --claims ${claim.id}` }], known, { ledger: all });

/** Without the line breaks and the indentation that wrapping adds. */
const unwrapped = (text: string): string => text.replace(/\s+/g, '');

/** The theorem of Coq that is the claim, its file, and what it assumes. */
const proofOf = ({ machineChecked }: Claim): string[] =>
  machineChecked === undefined
    ? []
    : [
        `machine-checked): ${machineChecked.theorem} in theorems/coq/${machineChecked.file}.v`,
        ...premisesOf(machineChecked.file, machineChecked.theorem),
      ];

test.serial('every claim is explained in full in 80 columns', async (t) => {
  const mutants = await claimMutants();
  const catalogue = readCatalogue();
  for (const [k, claim] of ledger.entries()) {
    const own = mutants.filter((mutant) => mutant.claim === claim.id);
    const text = textOf(explained(claim), ledger, own);
    for (const line of text.split('\n')) t.true(displayWidth(line) <= 80, `${claim.id}: ${line}`);
    const said = [
      claim.id,
      claim.source.equation ?? claim.source.section,
      claim.statement,
      claim.method,
      ...(claim.counterexamples ?? []),
      ...proofOf(claim),
      ...own.slice(0, 5).map(({ wrong, verdict }) => `${wrong}: ${verdict}`),
      ...(own.length > 5 ? [`and ${own.length - 5} more`] : []),
      ...(claim.hypotheses ?? []).map((hypothesis) => describeHypothesis(hypothesis).statement),
      ...(claim.requires.methods ?? []),
      ...(claim.requires.algorithms ?? []),
      ...(claim.expected ?? ['holds-within-rho']),
      `signprox verify --claims ${claim.id}`,
    ];
    for (const part of ['states', 'checked by', 'needs', 'limits'])
      t.regex(text, new RegExp(`^ {4}${part} +[^ ]`, 'm'), claim.id);
    const { certificate } = claim;
    t.is(textOf({ ...catalogue[k]!, ...(certificate && { certificate }) }, catalogue, own), text);
    for (const part of said) t.true(unwrapped(text).includes(unwrapped(part)), `${claim.id}: ${part}`);
  }
});

test.serial('every counterexample names the claim that it is about, which names it in turn', (t) => {
  for (const claim of ledger) {
    const targets = claim.counterexampleTo ?? [];
    t.is(targets.length > 0, claim.id.startsWith('counterexample-'), claim.id);
    for (const id of targets) {
      const target = ledger.find((candidate) => candidate.id === id);
      t.truthy(target, `${claim.id}: ${id}`);
      t.true(unwrapped(textOf(explained(target!))).includes(unwrapped(`${claim.id} refutes: ${claim.statement}`)), id);
    }
  }
});

/** The expressions of a term that a reader must find. */
function expressionsOf(term: CertificateTerm): string[] {
  if ('remainder' in term) return [term.remainder];
  if ('square' in term) return [term.multiplier, term.square];
  const { inequality } = term;
  switch (inequality.kind) {
    case 'mean':
      return [term.multiplier, `E[${inequality.of}] = 0`];
    case 'variance':
      return [term.multiplier, inequality.bound];
    case 'fact':
      return [term.multiplier, 'f ≥ f* everywhere'];
    case 'earlier':
      return [term.multiplier, `"${inequality.stage}"`, ...Object.values(inequality.totals ?? {})];
    default:
      return [term.multiplier, `${inequality.of}(${inequality.to})`];
  }
}

test.serial('a certificate is printed with its goals, symbols, cases, multipliers, inequalities and squares', (t) => {
  const proved = ledger.filter(({ certificate }) => certificate !== undefined);
  t.true(proved.length >= 4);
  for (const claim of proved) {
    const text = textOf(explained(claim));
    const { stages } = claim.certificate!;
    const cases = stages.flatMap((stage) => stage.cases);
    t.is(text.split('goal =').length - 1, cases.length, claim.id);
    t.is(text.match(/^Stage /gm)!.length, stages.length);
    const terms = cases.flatMap((entry) => entry.terms);
    const parts = [
      ...stages.flatMap(({ statement, goal, symbols }) => [statement, goal, ...Object.values(symbols)]),
      ...stages.flatMap(({ definitions, points }) => Object.values({ ...definitions, ...points })),
      ...stages.map(({ random = [] }) => random.join(', ')),
      ...stages.flatMap(({ isolates }) => (isolates === undefined ? [] : [`times ${isolates.factor}`])),
      ...cases.flatMap(({ given, outcome, scale, where }) =>
        [given, outcome, scale, ...Object.values(where ?? {})].filter((part) => part !== undefined),
      ),
      ...terms.flatMap(expressionsOf),
    ];
    for (const part of parts) t.true(unwrapped(text).includes(unwrapped(part)), `${claim.id}: ${part}`);
  }
});

test.serial('a claim about displayed equations lists them', (t) => {
  const claim = ledger.find(({ id }) => id === 'theorem-2-step-7')!;
  const text = unwrapped(textOf(explained(claim)));
  t.is(claim.lines!.length, 4);
  claim.lines!.forEach((line, j) => void t.true(text.includes(unwrapped(`${j + 1}. ${line}`)), line));
});

test.serial('a product with a sum has brackets', (t) => {
  const text = textOf(explained(ledger.find(({ id }) => id === 'certificate-theorem-2-sharp')!));
  t.true(text.includes('\n    (v² + N²)² × goal =\n'));
  // Premises: what is positive, what is random, which gradients are Lipschitz continuous, where the points are.
  t.regex(text, /\n {2}with {5}γ, v, c, z > 0; L, M, N, k, u, m ≥ 0\n/);
  t.regex(text, /\n {2}classes {2}∇d is L-Lipschitz; ∇r is L-Lipschitz and r is convex\n/);
  t.regex(text, /\n {2}points {3}x̃ = x − γG, x⁺ = x − γs\n/);
  t.regex(text, /\+ 2γ\(N \+ u\) × \(v² − Ne\)²/);
  t.regex(text, /∇r\(x\) − ∇r\(x̃\) ≤ L\(x − x̃\) as x̃ ≤ x/);
});

test.serial('the list has every claim once, under its section, with sections in order', (t) => {
  const text = listBySection(ledger, 80);
  const lines = text.split('\n');
  for (const line of lines) t.true(displayWidth(line) <= 80, line);
  for (const line of listBySection(ledger, 40).split('\n')) t.true(displayWidth(line) <= 40, line);
  for (const { statement } of ledger) t.true(unwrapped(text).includes(unwrapped(statement)), 'nothing is cut');
  const headings = lines.filter((line) => line !== '' && !line.startsWith(' '));
  t.is(new Set(headings).size, headings.length);
  const numbered = headings.filter((heading) => heading.startsWith('§')).map((heading) => heading.split(' ')[0]!);
  t.deepEqual(numbered, [...numbered].sort());
  t.true(headings.includes('§5.1 Proof of Theorem 1'));
  let section = '';
  const found: string[] = [];
  for (const line of lines) {
    if (headings.includes(line)) section = line;
    const id = /^ {2}([a-z0-9-]+)( · |$)/.exec(line)?.[1];
    if (id === undefined) continue;
    found.push(id);
    const own = ledger.find((claim) => claim.id === id)!.source.section;
    const isOwn = section.toLowerCase() === own.toLowerCase() || section.startsWith(`§${own} `);
    t.true(isOwn || section === `§${own}`, `${id} under ${section}`);
  }
  t.deepEqual([...found].sort(), ledger.map(({ id }) => id).sort());
});

test.serial('the command prints a claim or the list; a wrong id gives one line on stderr with a hint', async (t) => {
  const [claim, list, near, far, none, both] = await Promise.all([
    run('theorem-2-step-5'),
    run('--list'),
    run('theorm-2'),
    run('\u001b[31mfrobnicate'),
    run(),
    run('theorem-1', '--list'),
  ]);
  t.deepEqual([claim.code, list.code, near.code, far.code, none.code, both.code], [0, 0, 2, 2, 2, 2]);
  const shown = ledger.find(({ id }) => id === 'theorem-2-step-5')!;
  const mutants = (await claimMutants()).filter((mutant) => mutant.claim === shown.id);
  t.is(claim.stdout, textOf(explained(shown), ledger, mutants, false));
  t.is(list.stdout, listBySection(ledger, 80));
  t.is(near.stderr, 'signprox: no claim is called "theorm-2" (did you mean theorem-2?): see signprox explain --list\n');
  t.regex(far.stderr, /^signprox: no claim is called "\\u\{1b\}\[31mfrobnicate": see signprox explain --list\n$/);
  t.regex(none.stderr, /^signprox: which claim\? .*: see signprox explain --list\n$/);
  t.regex(both.stderr, /^signprox: --list takes no claim: [^\n]+\n$/);
  for (const { stdout } of [near, far, none, both]) t.is(stdout, '');
});

test.serial(
  'hypotheses have their names, and their statements and the premises of a proof with --ledger',
  async (t) => {
    const [short, full] = await Promise.all([run('theorem-1'), run('theorem-1', '--ledger')]);
    t.regex(short.stdout, /^ {4}needs +1\(a\) f\* is finite\n +1\(b\) ∇d is L-Lipschitz\n/m);
    t.regex(short.stdout, /from\s+7\s+premises\n/);
    t.regex(short.stdout, /^more: --ledger +exit 0$/m);
    t.true(short.stdout.split('\n').length < 45);
    for (const said of ['Assumption 1(b): ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖', 'Algorithm 1: γ > 0.']) {
      t.true(unwrapped(full.stdout).includes(unwrapped(said)));
      t.false(unwrapped(short.stdout).includes(unwrapped(said)));
    }
    t.notRegex(full.stdout, /^more: /m);
  },
);

test.serial('--format coq writes the proof of a theorem or of a certificate, and rejects other claims', async (t) => {
  const claim = ledger.find(({ id }) => id === 'certificate-theorem-1-sharp')!;
  const [theorem, proof, other, none] = await Promise.all([
    run('theorem-1', '--format', 'coq'),
    run(claim.id, '--format', 'coq'),
    run('eq6-prox', '--format', 'coq'),
    run('--format', 'coq'),
  ]);
  t.deepEqual([theorem.code, proof.code, other.code, none.code], [0, 0, 2, 2]);
  t.is(theorem.stdout, completeFile('theorem_1'));
  t.is(proof.stdout, certificateCoq(claim));
  t.regex(other.stderr, /^signprox: eq6-prox has no proof for Coq: [^\n]+\n$/);
  t.regex(none.stderr, /^signprox: --format coq writes one proof: [^\n]+\n$/);
  t.is(other.stdout + none.stdout, '');
});

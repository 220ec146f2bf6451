import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { theorems } from '../../../theorems/index.js';
import type { Case, Certificate, CertificateTerm, Stage } from '../../claims/certificate.js';
import { parseExpression } from '../../claims/proofs/certificates/expression.js';
import { format } from '../../claims/proofs/certificates/polynomial.js';
import { testWith } from '../../guard/programs.test.helper.js';
import { certificateCoq } from './certificate-coq.js';
import { identifier } from './coq-expression.js';
import { stageText } from './coq-stage.js';
import type { Theorem } from './coq-theorem.js';

const withCoq = testWith('coqc', '--version');
const certified = theorems.filter((claim) => claim.certificate !== undefined);

/** What the real numbers of Coq's own library are made with. */
const standardAxioms = [
  'ClassicalDedekindReals.sig_forall_dec',
  'ClassicalDedekindReals.sig_not_dec',
  'FunctionalExtensionality.functional_extensionality_dep',
];

/** What a file proves. */
const namesOf = (text: string): string[] =>
  [...text.matchAll(/^(?:Theorem|Corollary|Lemma) ([^\s:({]+)/gmu)].map(([, name]) => name!);

for (const claim of certified) {
  withCoq(`${claim.id}: Coq accepts the proof and takes nothing for granted but its real numbers`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'signprox-coq-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const text = certificateCoq(claim);
    const names = namesOf(text);
    for (const { name } of claim.certificate!.stages) t.true(names.includes(identifier(name)), name);
    t.notRegex(text, /\b(Admitted|admit|Axiom|Parameter|Conjecture|Abort)\b/);
    const file = join(folder, 'certificate.v');
    writeFileSync(
      file,
      `${text}\nDefinition proved := (${names.map((name) => `@${name}`).join(', ')}).\nPrint Assumptions proved.\n`,
    );
    const { status, stdout, stderr } = spawnSync('coqc', ['-q', file], { encoding: 'utf8' });
    t.is(status, 0, stderr);
    t.regex(stdout, /^Axioms:$/m);
    const assumed = [...stdout.matchAll(/^([\w.]+) :/gm)].map(([, name]) => name!);
    t.deepEqual(
      assumed.filter((name) => !standardAxioms.includes(name)),
      [],
    );
  });
}

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
  const constant = { ...stage, goal: `(${stage.goal}) + 1/7 (${format(new Map([first!]))})` };
  return stage.cases[0]!.terms.length === 0
    ? { constant }
    : { constant, multiplier: multiplied('8/7 '), sign: multiplied('−') };
}

/** The first proof of a stage, under another name: that of its theorem, or of the lemma about one outcome. */
function firstProof(stage: Stage, { stages }: Certificate, proved: ReadonlyMap<string, Theorem>, name: string): string {
  const before = stages.slice(0, proved.size);
  const text = stageText(stage, { stages: [...before, stage] }, new Map(proved));
  return text
    .slice(text.search(/^(Theorem|Lemma) /m), text.indexOf('Qed.') + 'Qed.'.length)
    .replace(/^(Theorem|Lemma) \S+/, `Lemma ${name}`);
}

/** The first proof of every stage, as it is and with each of its changes. */
function proofsOf(certificate: Certificate): [name: string, proof: string][] {
  const proved = new Map<string, Theorem>();
  return certificate.stages.flatMap((stage) => {
    const versions = Object.entries({ unchanged: stage, ...changedStages(stage) });
    const proofs = versions.map(([version, changed]): [string, string] => {
      const name = `${version}_${identifier(stage.name)}`;
      return [name, firstProof(changed, certificate, proved, name)];
    });
    stageText(stage, certificate, proved);
    return proofs;
  });
}

withCoq('Coq refuses a changed multiplier, sign or constant of every stage', (t) => {
  for (const claim of certified) {
    const proofs = proofsOf(claim.certificate!);
    const asked = proofs.map(([name, proof]) => `${proof}\nAbort All.\nCheck ${name}.`);
    // One interactive Coq goes on after an error, and says of every name at its end whether it has a theorem of it.
    const file = certificateCoq(claim).replace('End Certificate.', () => `${asked.join('\n')}\nEnd Certificate.`);
    const { stdout, stderr } = spawnSync('coqtop', ['-q'], { input: `Set Silent.\n${file}`, encoding: 'utf8' });
    t.deepEqual(
      [...stdout.matchAll(/^((?:unchanged|constant|multiplier|sign)_\w+)\s*$/gm)].map(([, name]) => name!),
      claim.certificate!.stages.map(({ name }) => `unchanged_${identifier(name)}`),
      claim.id,
    );
    t.notRegex(stderr, /Syntax error/);
    for (const what of ['constant_', 'multiplier_', 'sign_']) t.true(proofs.some(([name]) => name.startsWith(what)));
  }
});

test('every certificate of the ledger can be written for Coq', (t) => {
  t.true(certified.length >= 4);
  for (const claim of certified) {
    const text = certificateCoq(claim);
    for (const { name, cases } of claim.certificate!.stages) {
      t.true(text.includes(`Theorem ${identifier(name)} (`), `${claim.id}: ${name}`);
      t.true((text.match(/identity :/g) ?? []).length >= cases.length);
    }
  }
});

import test from 'ava';
import type { Case, Certificate, CertificateTerm, Stage } from '../src/claims/certificates/certificate.js';
import { certificateClaim } from '../src/claims/certificates/certificate-claim.js';
import { checkStage } from '../src/claims/certificates/check-certificate.js';
import { parseExpression } from '../src/claims/certificates/expression.js';
import { format } from '../src/claims/certificates/polynomial.js';
import type { Claim } from '../src/claims/claim.js';
import { reference } from '../src/claims/reference.js';
import { quickBudget } from '../src/cli/registry-tests.test.helper.js';
import { claim as certificateTheorem1 } from './certificate-theorem-1.js';
import { claim as certificateTheorem1Sharp } from './certificate-theorem-1-sharp.js';
import { claim as certificateTheorem2 } from './certificate-theorem-2.js';
import { claim as certificateTheorem2Sharp } from './certificate-theorem-2-sharp.js';

const claims = [certificateTheorem1, certificateTheorem1Sharp, certificateTheorem2, certificateTheorem2Sharp];

/** The expression with each of its coefficients changed in turn, with a constant added, and with the opposite sign. */
function perturbed(text: string): string[] {
  const terms = [...parseExpression(text)].map((term) => format(new Map([term])));
  return [...terms.map((term) => `(${text}) + 1/7 (${term})`), `(${text}) + 1`, `−(${text})`];
}

/** The record with each of its expressions perturbed. */
function entries(record: Readonly<Record<string, string>>): Readonly<Record<string, string>>[] {
  return Object.entries(record).flatMap(([key, text]) =>
    perturbed(text).map((changed) => ({ ...record, [key]: changed })),
  );
}

function changedTerms(term: CertificateTerm): CertificateTerm[] {
  if ('remainder' in term) return perturbed(term.remainder).map((remainder) => ({ remainder }));
  const multipliers = perturbed(term.multiplier).map((multiplier) => ({ ...term, multiplier }));
  if ('square' in term) {
    // (−a)² is a², so the opposite sign of what is squared is no change.
    const squares = perturbed(term.square).slice(0, -1);
    return [...multipliers, ...squares.map((square) => ({ ...term, square }))];
  }
  const { inequality } = term;
  if (inequality.kind === 'variance') {
    const bounds = perturbed(inequality.bound).map((bound) => ({ ...term, inequality: { ...inequality, bound } }));
    return [...multipliers, ...bounds];
  }
  if (inequality.kind === 'earlier' && inequality.totals !== undefined) {
    const totals = entries(inequality.totals).map((changed) => ({
      ...term,
      inequality: { ...inequality, totals: changed },
    }));
    return [...multipliers, ...totals];
  }
  return multipliers;
}

/** The case with a term changed or left out, or with another scale. */
function changedCases(entry: Case): Case[] {
  const scales = perturbed(entry.scale ?? '1').map((scale) => ({ ...entry, scale }));
  const terms = entry.terms.flatMap((term, j) => {
    const replace = (...by: CertificateTerm[]): Case => ({ ...entry, terms: entry.terms.toSpliced(j, 1, ...by) });
    return [replace(), ...changedTerms(term).map((changed) => replace(changed))];
  });
  return [...scales, ...terms];
}

/** The stage with another goal, equation, fact or modulus of a function that it uses. */
function changedStages(stage: Stage): Stage[] {
  const used = new Set(
    stage.cases.flatMap(({ terms }) =>
      terms.flatMap((term) => ('inequality' in term && 'from' in term.inequality ? [term.inequality.of] : [])),
    ),
  );
  return [
    ...perturbed(stage.goal).map((goal) => ({ ...stage, goal })),
    ...(stage.equation === undefined
      ? []
      : perturbed(stage.equation[1]).map((equals) => ({ ...stage, equation: [stage.equation![0], equals] as const }))),
    ...Object.entries(stage.facts ?? {}).flatMap(([name, fact]) =>
      perturbed(fact.expression).map((expression) => ({ ...stage, facts: { [name]: { ...fact, expression } } })),
    ),
    // Only inequalities with a modulus see it: convexity and monotonicity do not.
    ...[...used].flatMap((name) =>
      usesModulus(stage, name)
        ? perturbed(stage.functions![name]!.modulus).map((modulus) => ({
            ...stage,
            functions: { ...stage.functions, [name]: { ...stage.functions![name]!, modulus } },
          }))
        : [],
    ),
  ];
}

function usesModulus({ cases }: Stage, name: string): boolean {
  const kinds = ['descent', 'lipschitz', 'steepness'];
  return cases.some(({ terms }) =>
    terms.some(
      (term) =>
        'inequality' in term &&
        kinds.includes(term.inequality.kind) &&
        'of' in term.inequality &&
        term.inequality.of === name,
    ),
  );
}

const refused = (stage: Stage, certificate: Certificate): boolean => {
  const stages = certificate.stages.map((other) => (other.name === stage.name ? stage : other));
  const own = stages.find((other) => other.name === stage.name)!;
  return checkStage(own, { stages }).some(({ problem }) => problem !== undefined);
};

for (const claim of claims as readonly (Claim & { certificate?: Certificate })[]) {
  const certificate = claim.certificate!;

  test(`${claim.id}: every change of a coefficient, sign, constant, sum or term is refused`, (t) => {
    let changes = 0;
    for (const stage of certificate.stages) {
      for (const changed of changedStages(stage)) {
        changes++;
        t.true(refused(changed, certificate), `${stage.name}: ${JSON.stringify(changed)}`);
      }
      for (const [j, entry] of stage.cases.entries()) {
        for (const changed of changedCases(entry)) {
          changes++;
          // The case alone: what is wrong with it must not be found by comparing it with the others.
          const alone = { ...stage, cases: [changed] };
          const [result] = checkStage(alone, certificate);
          t.truthy(result!.problem, `${stage.name}, case ${j}: ${JSON.stringify(changed)}`);
        }
        t.true(refused({ ...stage, cases: stage.cases.toSpliced(j, 1) }, certificate), 'a case may not be left out');
      }
    }
    t.true(changes > 50);
  });

  test(`${claim.id}: no inequality can be taken between other points`, (t) => {
    for (const stage of certificate.stages) {
      for (const entry of stage.cases) {
        entry.terms.forEach((term, j) => {
          if (!('inequality' in term) || !('from' in term.inequality)) return;
          const { inequality } = term;
          if (inequality.kind === 'lipschitz') return; // symmetric
          const reversed = { ...term, inequality: { ...inequality, from: inequality.to, to: inequality.from } };
          const changed = { ...entry, terms: entry.terms.toSpliced(j, 1, reversed) };
          const [result] = checkStage({ ...stage, cases: [changed] }, certificate);
          // At sgn = 0 the two points are one.
          if (entry.outcome !== 's = 0') t.truthy(result!.problem, `${stage.name}: ${JSON.stringify(inequality)}`);
        });
      }
    }
  });
}

test('a certificate that fails makes its claim violated and says where', async (t) => {
  const [first, ...rest] = certificateTheorem1.certificate!.stages;
  const broken = certificateClaim({
    ...certificateTheorem1,
    certificate: { stages: [{ ...first!, goal: `${first!.goal} − γ²L/4 ‖e‖²` }, ...rest] },
  });
  const { verdict, reason, parts } = await broken.check(reference, quickBudget());
  t.is(verdict, 'violated');
  t.regex(reason, /^one step: goal and combination differ by/);
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'violated', 'proved-exactly'],
  );
});

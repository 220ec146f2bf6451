import type { Case, Certificate, Stage } from '../../claims/certificate.js';
import { format } from '../../claims/proofs/certificates/polynomial.js';
import { slackOf } from '../../claims/proofs/certificates/slack.js';
import { byAlternatives } from './coq-alternatives.js';
import { caseProof, sumName, type UseEarlier } from './coq-case.js';
import type { CoqWriter } from './coq-expression.js';
import { inequalitiesOf, type Premise, premisesOf } from './coq-premises.js';

/** A stage with what its theorem is written from. */
export interface Context {
  readonly stage: Stage;
  readonly certificate: Certificate;
  readonly useEarlier: UseEarlier;
}

/** The premises of the stage, of the pathwise stages that it uses, and the sums of earlier goals that it uses. */
export function allPremises({ stage, certificate }: Context, writer: CoqWriter): Premise[] {
  const earlier = inequalitiesOf(stage).flatMap((inequality) =>
    inequality.kind === 'earlier' && inequality.totals === undefined
      ? premisesOf(certificate.stages.find(({ name }) => name === inequality.stage)!, writer)
      : [],
  );
  const sums = stage.cases[0]!.terms.flatMap((term): Premise[] => {
    if (!('inequality' in term) || term.inequality.kind !== 'earlier' || term.inequality.totals === undefined)
      return [];
    const { inequality } = term;
    const totals = Object.entries(inequality.totals!).map(([product, sum]) => `Σ ${product} = ${sum}`);
    return [
      {
        name: sumName(term, stage),
        comment: `'${inequality.stage}' with ${totals.join(', ')}`,
        text: `0 <= ${writer.read(format(slackOf(inequality, stage, certificate))).text}`,
        isRandom: false,
      },
    ];
  });
  const all = [...premisesOf(stage, writer), ...earlier, ...sums];
  return [...new Map(all.map((premise) => [premise.name, premise])).values()];
}

/** The proof by cases of what the mini-batch gives, under one condition on x. */
export function byOutcome(
  given: string | undefined,
  bullet: '-' | '+',
  { stage, certificate, useEarlier }: Context,
): string {
  return byAlternatives({ conditions: stage.alternatives?.outcomes, label: 'outcome', bullet }, stage, (result) =>
    caseProof(caseOf(stage, given, result), stage, certificate, useEarlier)
      .map((line) => `    ${line}`)
      .join('\n'),
  );
}

function caseOf({ cases }: Stage, given: string | undefined, result: string | undefined): Case {
  return cases.find((entry) => entry.given === given && entry.outcome === result)!;
}

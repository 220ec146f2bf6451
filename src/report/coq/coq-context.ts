import type { Case, Certificate, Stage } from '../../claims/certificate.js';
import { atomsOf } from '../../theory/proofs/certificates/conditions.js';
import { format } from '../../theory/proofs/certificates/polynomial.js';
import { slackOf } from '../../theory/proofs/certificates/slack.js';
import { caseProof, sumName, type UseEarlier } from './coq-case.js';
import { CoqWriter, identifier } from './coq-expression.js';
import { inequalitiesOf, type Premise, premisesOf } from './coq-premises.js';

/** A list of conditions, the names that their comparisons get, and how their cases are marked. */
export interface Alternatives {
  readonly conditions: readonly string[] | undefined;
  readonly label: string;
  readonly bullet: '-' | '+';
}

/** A condition as a statement, `True` for one in words. */
export function conditionText(condition: string, writer: CoqWriter): string {
  const atoms = atomsOf(condition).map(({ left, relation, right }) => {
    const [first, second] = [writer.read(left).text, writer.read(right).text];
    return relation === '='
      ? `${first} = ${second}`
      : relation === '≥'
        ? `${second} <= ${first}`
        : `${first} <= ${second}`;
  });
  return atoms.length === 0 ? 'True' : atoms.join(' /\\ ');
}

/** The names of the comparisons of a condition: `s_here` for s = 1, otherwise `given_1` and so on. */
export function conditionNames(condition: string, label: string): string[] {
  return atomsOf(condition).map(({ left, relation }, j) =>
    relation === '=' ? `${identifier(left)}_case` : `${label}_${j + 1}`,
  );
}

/** A proof by cases of conditions that cover everything: that they do is proved first. A condition that is alone, in words, is no case. */
export function byAlternatives(
  { conditions, label, bullet }: Alternatives,
  stage: Stage,
  proofOf: (condition: string | undefined) => string,
): string {
  if (conditions === undefined || conditions.length === 1) return proofOf(conditions?.[0]);
  const writer = new CoqWriter(stage, false);
  const comparisons = conditions.flatMap((condition) => atomsOf(condition).filter(({ relation }) => relation !== '='));
  const pairs = new Set(
    comparisons.map(({ left, right }) => `(Rle_or_lt (${writer.read(right).text}) (${writer.read(left).text}))`),
  );
  const covered = pairs.size === 0 ? 'assumption' : `destruct ${[...pairs].join(', ')}; lra`;
  const names = conditions.map((condition) => {
    const atoms = conditionNames(condition, label);
    return atoms.length === 1 ? atoms[0]! : `[${atoms.join(' ')}]`;
  });
  const pattern = names.reduceRight((rest, name) => `[${name}|${rest}]`);
  return [
    `  assert (covered : ${conditions.map((condition) => `(${conditionText(condition, writer)})`).join(' \\/ ')})`,
    `    by (${covered}).`,
    `  destruct covered as ${pattern}.`,
    ...conditions.map((condition) => `  ${bullet} (* ${condition} *)\n${proofOf(condition)}`),
  ].join('\n');
}

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

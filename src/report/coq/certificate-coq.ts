import type { Certificate, Stage } from '../../claims/certificate.js';
import type { Claim } from '../../claims/claim.js';
import { parseExpression } from '../../theory/proofs/certificates/expression.js';
import { add, divide, format, multiply, type Polynomial } from '../../theory/proofs/certificates/polynomial.js';
import { definitionsOf, substituteInOrder } from '../../theory/proofs/certificates/slack.js';
import { isIdentity, type UseEarlier } from './coq-case.js';
import { allPremises, byAlternatives, byOutcome, type Context } from './coq-context.js';
import { inExpectation } from './coq-expectation.js';
import { atLeast, CoqWriter, identifier } from './coq-expression.js';
import { preludeText } from './coq-files.js';
import { runText, type Stated } from './coq-run.js';
import { commented, type Theorem, theorem } from './coq-theorem.js';

/** The goal as the bound that it is: quantity ≤ (goal + factor · quantity)/factor, without the quantity on the right. */
function boundOf(stage: Stage, { symbols, premises }: Theorem): Theorem {
  const writer = new CoqWriter(stage, false);
  const { quantity, factor } = stage.isolates!;
  const { quotient, remainder } = rest(stage);
  const [bounded, divisor] = [writer.read(quantity), writer.read(factor)];
  const bound = writer.read(format(remainder));
  const definitions = Object.keys(stage.definitions ?? {}).map((name) => `${identifier(name)}_is`);
  const forget = definitions.length === 0 ? 'clear' : `clear - ${definitions.join(' ')}`;
  const goal = writer.read(stage.goal);
  const isolated = `${bound.text} - ${atLeast(1, divisor)} * ${atLeast(2, bounded)}`;
  const [monomial, equals] = (stage.equation ?? []).map((text) => atLeast(1, writer.read(text)));
  const multiple = quotient.size === 0 ? '' : ` + (${writer.read(format(quotient)).text}) * (${monomial} - ${equals})`;
  return theorem(
    {
      kind: 'Corollary',
      name: `${identifier(stage.name)}_bound`,
      conclusion: `${bounded.text} <= (${bound.text}) / (${divisor.text})`,
      proof: [
        `  pose proof (${[identifier(stage.name), ...symbols, ...premises.map(({ name }) => name)].join(' ')}) as goal.`,
        `  assert (isolated : ${goal.text} = ${isolated}${multiple}) by (${forget}; by_algebra).`,
        `  rewrite isolated${multiple === '' ? '' : ', equation'} in goal.`,
        `  apply bound_of_goal; [clear goal isolated; positive | clear - goal; lra].`,
      ].join('\n'),
      premises,
      atOutcome: false,
    },
    stage,
  );
}

/** goal + factor · quantity after the definitions, divided by the equation of the stage. */
function rest({ goal, isolates, definitions, equation }: Stage): {
  readonly quotient: Polynomial;
  readonly remainder: Polynomial;
} {
  const { quantity, factor } = isolates!;
  const sum = add(parseExpression(goal), multiply(parseExpression(factor), parseExpression(quantity)));
  const substituted = substituteInOrder(sum, definitionsOf(definitions));
  if (equation === undefined) return { quotient: new Map(), remainder: substituted };
  const [monomial, equals] = equation.map(parseExpression);
  return divide(substituted, { monomial: [...monomial!.values()][0]!.powers, equals: equals! });
}

/** The theorem of a stage, after the lemmas that it needs; `proved` has the stages before it and gets this one. */
export function stageText(stage: Stage, certificate: Certificate, proved: Map<string, Theorem>): string {
  const useEarlier: UseEarlier = (name) => {
    const { symbols, premises } = proved.get(name)!;
    return `(${[identifier(name), ...symbols, ...premises.map((premise) => premise.name)].join(' ')})`;
  };
  const context = { stage, certificate, useEarlier };
  const theorems = stage.kind === 'expectation' ? inExpectation(context) : [plainTheorem(context)];
  proved.set(stage.name, theorems.at(-1)!);
  return theorems.map(({ text }) => text).join('\n\n');
}

function plainTheorem(context: Context): Theorem {
  const { stage } = context;
  const writer = new CoqWriter(stage, false);
  const goal = writer.read(stage.goal).text;
  const given = { conditions: stage.alternatives?.given, label: 'given', bullet: '-' } as const;
  return theorem(
    {
      kind: 'Theorem',
      name: identifier(stage.name),
      conclusion: isIdentity(stage) ? `${goal} = 0` : `0 <= ${goal}`,
      proof: byAlternatives(given, stage, (condition) => byOutcome(condition, '+', context)),
      premises: allPremises(context, writer),
      atOutcome: false,
    },
    stage,
  );
}

/** The certificate of a claim as a complete file of Coq: a theorem for every stage, proved with the certificate's multipliers. */
export function certificateCoq({
  id,
  statement,
  certificate,
  writtenBy = `signprox explain ${id} --format coq`,
  stated,
}: Pick<Claim, 'id' | 'statement' | 'certificate'> & {
  readonly writtenBy?: string;
  readonly stated?: Stated;
}): string {
  const proved = new Map<string, Theorem>();
  const stages = certificate!.stages.map((stage) => ({ stage, text: stageText(stage, certificate!, proved) }));
  const title = commented('(*', [`${id}: ${statement}.`, `Written by: ${writtenBy}`]);
  const hasVectors = certificate!.stages.some(({ vectors = [] }) => vectors.length > 0);
  const last = stated && runText(certificate!, proved, stated);
  // The last theorem has the bound of its stage in the form of the file.
  const bounds = (stage: Stage) =>
    stage.isolates === undefined || last?.of === stage.name ? [] : [boundOf(stage, proved.get(stage.name)!).text];
  const parts = [
    ...stages.flatMap(({ stage, text }) => [text, ...bounds(stage)]),
    ...(last === undefined ? [] : [last.text]),
  ];
  return [title, preludeText(), hasVectors ? space : 'Section Certificate.', ...parts, 'End Certificate.']
    .join('\n\n')
    .concat('\n');
}

const space = `Section Certificate.

(** The dimension. *)
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).`;

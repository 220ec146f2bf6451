import type { Stage } from '../../claims/certificate.js';
import { parseExpression } from '../../claims/proofs/certificates/expression.js';
import { add, divide, format, multiply, type Polynomial } from '../../claims/proofs/certificates/polynomial.js';
import { definitionsOf, substituteInOrder } from '../../claims/proofs/certificates/slack.js';
import { atLeast, CoqWriter, identifier } from './coq-expression.js';
import { type Theorem, theorem } from './coq-theorem.js';

/** The goal as the bound that it is: quantity ≤ (goal + factor · quantity)/factor, without the quantity on the right. */
export function boundOf(stage: Stage, { symbols, premises }: Theorem): Theorem {
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
        `  apply bound_of_goal; [positive | lra].`,
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

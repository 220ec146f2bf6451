import type { Certificate, Stage } from '../../claims/certificate.js';
import { byAlternatives } from './coq-alternatives.js';
import { boundOf } from './coq-bound.js';
import { isIdentity, type UseEarlier } from './coq-case.js';
import { allPremises, byOutcome, type Context } from './coq-context.js';
import { inExpectation } from './coq-expectation.js';
import { CoqWriter, identifier } from './coq-expression.js';
import { type Theorem, theorem } from './coq-theorem.js';

/** The theorem of a stage, after the lemmas that it needs and before its corollary; `proved` has the stages before it and gets this one. */
export function stageText(stage: Stage, certificate: Certificate, proved: Map<string, Theorem>): string {
  const useEarlier: UseEarlier = (name) => {
    const { symbols, premises } = proved.get(name)!;
    return `(${[identifier(name), ...symbols, ...premises.map((premise) => premise.name)].join(' ')})`;
  };
  const context = { stage, certificate, useEarlier };
  const theorems = stage.kind === 'expectation' ? inExpectation(context) : [plainTheorem(context)];
  proved.set(stage.name, theorems.at(-1)!);
  const bound = stage.isolates === undefined ? [] : [boundOf(stage, theorems.at(-1)!)];
  return [...theorems, ...bound].map(({ text }) => text).join('\n\n');
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

import { existsSync, readFileSync } from 'node:fs';
import type { Claim } from '../../claims/claim.js';
import { stageText } from './coq-stage.js';
import { commented, type Theorem } from './coq-theorem.js';

/** The part of the files that is written by hand, as it is shipped: four levels above the compiled file. */
const written = new URL('../../../../fixtures/coq/', import.meta.url);

/**
 * The certificate of a claim as a complete file of Coq: a theorem for every stage, proved with the certificate's multipliers, and, where
 * there is a file of the claim's name, the way from these to the theorem about T iterations.
 */
export function certificateCoq({ id, statement, certificate }: Claim): string {
  const proved = new Map<string, Theorem>();
  const stages = certificate!.stages.map((stage) => stageText(stage, certificate!, proved));
  const title = commented('(*', [`${id}: ${statement}.`, `Written by: signprox explain ${id} --format coq`]);
  const hasVectors = certificate!.stages.some(({ vectors = [] }) => vectors.length > 0);
  const passage = existsSync(new URL(`${id}.v`, written)) ? ['smooth', 'run', id] : [];
  return [
    title,
    textOf('prelude'),
    hasVectors ? space : 'Section Certificate.',
    ...stages,
    'End Certificate.',
    ...passage.map(textOf),
  ]
    .join('\n\n')
    .concat('\n');
}

const textOf = (name: string): string => readFileSync(new URL(`${name}.v`, written), 'utf8').trimEnd();

const space = `Section Certificate.

(** The dimension. *)
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).`;

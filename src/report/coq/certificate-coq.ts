import { readFileSync } from 'node:fs';
import type { Claim } from '../../claims/claim.js';
import { stageText } from './coq-stage.js';
import { commented, type Theorem } from './coq-theorem.js';

/** What every file begins with, as it is shipped: four levels above the compiled file. */
const prelude = new URL('../../../../fixtures/coq/prelude.v', import.meta.url);

/** The certificate of a claim as a complete file of Coq: a theorem for every stage, proved with the certificate's multipliers. */
export function certificateCoq({ id, statement, certificate }: Claim): string {
  const proved = new Map<string, Theorem>();
  const stages = certificate!.stages.map((stage) => stageText(stage, certificate!, proved));
  const title = commented('(*', [`${id}: ${statement}.`, `Written by: signprox explain ${id} --format coq`]);
  return [
    title,
    readFileSync(prelude, 'utf8').trimEnd(),
    ...(certificate!.stages.some(({ vectors = [] }) => vectors.length > 0) ? [space] : ['Section Certificate.']),
    ...stages,
    'End Certificate.',
  ]
    .join('\n\n')
    .concat('\n');
}

const space = `Section Certificate.

(** The dimension. *)
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).`;

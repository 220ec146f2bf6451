import type { Answered } from './claim.js';
import type { Evidence } from './evidence.js';
import { typeOfTerm } from './implementation/call.js';

/** Adds what a claim has asked about. */
export function addAnswered(
  answered: Map<string, Answered>,
  { cells = [], parts = [] }: Pick<Evidence, 'cells' | 'parts'>,
): void {
  const add = (name: string, cases: number, refusal: string | undefined): void => {
    const earlier = answered.get(name);
    const said = earlier?.refusal ?? refusal;
    answered.set(name, { cases: (earlier?.cases ?? 0) + cases, ...(said !== undefined && { refusal: said }) });
  };
  for (const { subject, cases, skipped = {} } of cells) add(subject, cases, Object.keys(skipped)[0]);
  for (const { name, cases, reason } of parts) {
    if (typeOfTerm(name) !== undefined) add(name, cases, reason);
    const [, variant] = /, variant (.+)$/.exec(name) ?? [];
    if (variant !== undefined) add(`variant ${variant}`, cases, reason);
  }
}

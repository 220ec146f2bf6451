import fc from 'fast-check';
import type { Claim } from '../../claims/claim.js';
import type { Judgement } from '../judges/judgement.js';
import { type PropertyClaim, propertyClaim } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

export const integers = fc.integer({ min: 0, max: 10_000 });

/** A part over the integers 0 … 10 000 with the given ratio. */
export function part(
  judge: (input: number) => Judgement | Promise<Judgement>,
  rest: Partial<PropertyPart<number>> = {},
) {
  return { name: 'planted', arbitrary: integers, judge, ...rest };
}

/** A claim of given parts; whatever is not said is harmless. */
export function claimOf(parts: readonly PropertyPart<number>[], rest: Partial<PropertyClaim> = {}): Claim {
  return propertyClaim({
    id: 'planted-claim',
    version: 1,
    source: { section: '0' },
    statement: 's',
    method: 'm',
    requires: {},
    success: 'holds',
    parts: () => parts as unknown as PropertyPart[],
    ...rest,
  });
}
export const passing = part((input) => ({ ratio: input / 20_000 }));

import { withOneDraw, withoutHyperparameters } from '../arbitraries/restricted.js';
import type { ImplementationDescription } from '../implementation/implementation.js';

/** A case changed to one that the implementation offers: one draw, only declared functions, numbers that single precision holds exactly. */
export function offeredCase({
  dtype,
  restrictions,
}: ImplementationDescription): (<Case>(input: Case) => Case) | undefined {
  const { oneDraw = false, withoutHyperparameters: lacking = [] } = restrictions ?? {};
  const changes: readonly ((input: unknown) => unknown)[] = [
    ...(oneDraw ? [withOneDraw] : []),
    ...(lacking.length > 0 ? [withoutHyperparameters(lacking)] : []),
    ...(dtype === 'f32' ? [roundToSingle] : []),
  ];
  if (changes.length === 0) return undefined;
  return <Case>(input: Case) => changes.reduce((changed, change) => change(changed), input as unknown) as Case;
}

/** The same case with every number rounded to single precision: what an f32 implementation receives is what the oracle must use. */
function roundToSingle<T>(value: T): T {
  return round(value) as T;
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (value instanceof Float64Array) return value.map(Math.fround);
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, round(entry)]));
}

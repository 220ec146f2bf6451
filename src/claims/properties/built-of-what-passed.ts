import { isBuiltOfFunctions, termOf } from '../implementation/call.js';
import type { Implementation } from '../implementation/implementation.js';
import type { PropertyPart } from './property-part.js';

/**
 * The parts of a claim, as `partsAbout` makes them of a description. What is built of functions is built of those that earlier claims have not found
 * wrong, so that it is judged for itself; the suspects stand alone, and are in something else only where nothing else is left.
 */
export async function partsOf(
  partsAbout: (implementation: Implementation) => readonly PropertyPart[] | Promise<readonly PropertyPart[]>,
  implementation: Implementation,
  suspects: ReadonlySet<string> = new Set(),
): Promise<readonly PropertyPart[]> {
  const all = await partsAbout(implementation);
  const { description } = implementation;
  const isSuspect = (name: string): boolean => suspects.has(name);
  const basic = description.functions.filter((type) => !isBuiltOfFunctions(type));
  if (basic.every(isSuspect) || ![...basic, ...description.smooth.map(termOf)].some(isSuspect)) return all;
  const only = async (accepts: (name: string) => boolean): Promise<ReadonlyMap<string, PropertyPart>> => {
    const functions = description.functions.filter(accepts);
    const smooth = description.smooth.filter((type) => accepts(termOf(type)));
    const parts = await partsAbout({ ...implementation, description: { ...description, functions, smooth } });
    return new Map(parts.map((part) => [part.name, part]));
  };
  const passed = await only((name) => !isSuspect(name));
  const alone = await only(isSuspect);
  return all.map((part) => passed.get(part.name) ?? alone.get(part.name) ?? part);
}

import { innerOf, type Specification } from '../../exact/functions/parameters.js';

const from = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);

/** Sets of entries of a vector of the length that r may couple while others stay: all of them, and its blocks, groups and complex numbers. */
export function coupledIn(specification: Specification, length: number): number[][] {
  const { type, blocks, groups, inner, functions } = specification;
  const sets = [from(0, length)];
  if (Array.isArray(groups)) sets.push(...(groups as number[][]));
  if (type.startsWith('complex-')) for (let i = 0; i + 1 < length; i += 2) sets.push([i, i + 1]);
  if (Array.isArray(blocks)) {
    let offset = 0;
    for (const block of blocks as readonly { readonly length: number; readonly function: Specification }[]) {
      const first = offset;
      sets.push(...coupledIn(block.function, block.length).map((set) => set.map((i) => first + i)));
      offset += block.length;
    }
  }
  // A wrapper couples what those inside of it do, and a matrix more.
  if (inner !== undefined) sets.push(...coupledIn(innerOf(specification), length));
  if (Array.isArray(functions)) sets.push(...functions.flatMap((each: Specification) => coupledIn(each, length)));
  const distinct = new Map(sets.filter((set) => set.every((i) => i < length)).map((set) => [set.join(), set]));
  return [...distinct.values()];
}

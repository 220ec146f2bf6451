/** The smallest positive weight that is generated: in place of 0, which stands beside it. */
const smallest = 1 / 8;

const isWeight = (name: string): boolean => name === 'weight' || name.endsWith('Weight');

/** The same case for an implementation that offers positive weights only: every weight of 0 is a small one. */
export function withPositiveWeights<Case>(input: Case): Case {
  return positive(input, '') as Case;
}

function positive(value: unknown, name: string): unknown {
  if (value === 0 && isWeight(name)) return smallest;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((entry) => positive(entry, name));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, positive(entry, key)]));
}

/** The smallest positive weight that is generated: in place of 0, which stands beside it. */
const smallest = 1 / 8;

const isWeight = (name: string): boolean => name === 'weight' || name.endsWith('Weight');

/** The same case for an implementation that offers positive weights only: every weight of 0 is a small one. */
export function withPositiveWeights(input: unknown): unknown {
  return changed(input, '', (value, name) => (value === 0 && isWeight(name) ? smallest : value));
}

/** Fields of a case that are a mini-batch, and one that is a list of them. */
const [batch, batches] = ['indices', 'batches'];

/** The same case for an implementation that draws one component an iteration: the first of every mini-batch. */
export function withOneDraw(input: unknown): unknown {
  return changed(input, '', (value, name) => {
    if (name === batch) return (value as readonly number[]).slice(0, 1);
    return name === batches ? (value as readonly (readonly number[])[]).map((own) => own.slice(0, 1)) : value;
  });
}

/** Categories of cases that one draw never meets: components that are drawn twice, or that cancel each other. */
export const neverInOneDraw: readonly string[] = ['repeated component', 'certain sign of what is left'];

function changed(value: unknown, name: string, change: (value: unknown, name: string) => unknown): unknown {
  const own = change(value, name);
  if (typeof own !== 'object' || own === null || ArrayBuffer.isView(own)) return own;
  // Entries of a list have no name: what is changed by its own is changed once.
  if (Array.isArray(own)) return own.map((entry) => changed(entry, '', change));
  return Object.fromEntries(Object.entries(own).map(([key, entry]) => [key, changed(entry, key, change)]));
}

/** What a module exports, or a file of JSON holds: the exports themselves, or a theorem alone. */
export async function theoremExports(url: string): Promise<Readonly<Record<string, unknown>>> {
  if (!new URL(url).pathname.endsWith('.json')) return (await import(url)) as Readonly<Record<string, unknown>>;
  const { default: found } = (await import(url, { with: { type: 'json' } })) as { readonly default: unknown };
  const isExports = typeof found === 'object' && found !== null && 'theorem' in found;
  return isExports ? (found as Readonly<Record<string, unknown>>) : { theorem: found };
}

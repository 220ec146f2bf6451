import type { Claim } from './claim.js';

/**
 * A module of claims: its path beside the list that names it, without the ending, and the ids of its claims in the paper's order. The
 * path alone stands for one claim whose id is the name of the file. A module may stand in several places, with other claims in each.
 */
export type ClaimModule = string | readonly [path: string, ...ids: string[]];

/** A claim by its id, and the path of its module. */
export interface ClaimPlace {
  readonly id: string;
  readonly path: string;
}

/** Where each claim of a list stands, in the order of the list. */
export function placesOf(modules: readonly ClaimModule[]): readonly ClaimPlace[] {
  return modules.flatMap((entry) => {
    const [path, ...ids] = typeof entry === 'string' ? [entry, entry.slice(entry.lastIndexOf('/') + 1)] : entry;
    return ids.map((id) => ({ id, path }));
  });
}

/** Every exported value that is a claim. */
export const exportedClaims = (exported: Readonly<Record<string, unknown>>): readonly Claim[] =>
  Object.values(exported).filter(
    (value): value is Claim => typeof value === 'object' && value !== null && 'check' in value && 'requires' in value,
  );

/**
 * The claim of this id that a module exports.
 *
 * @throws RangeError when it exports none
 */
export const loadClaim = async (module: URL, id: string): Promise<Claim> =>
  claimIn(await import(module.href), module.href, id);

function claimIn(exported: Readonly<Record<string, unknown>>, module: string, id: string): Claim {
  const claim = exportedClaims(exported).find((value) => value.id === id);
  if (claim === undefined) throw new RangeError(`${module} exports no claim ${id}`);
  return claim;
}

/**
 * The claims of modules, in their order.
 *
 * @param load imports the module of a path: what a bundler is to find stands there as a literal
 */
export function loadClaims(
  load: (path: string) => Promise<Readonly<Record<string, unknown>>>,
  modules: readonly ClaimModule[],
): Promise<readonly Claim[]> {
  return Promise.all(placesOf(modules).map(async ({ id, path }) => claimIn(await load(path), path, id)));
}

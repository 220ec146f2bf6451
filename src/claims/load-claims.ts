import type { Claim } from './claim.js';

/** The claim that a module exports. */
export async function loadClaim(module: URL): Promise<Claim> {
  const { claim } = (await import(module.href)) as { readonly claim: Claim };
  return claim;
}

/** The claims in files beside the module `registry`, such as `theorem-1/theorem-1`, in their order. */
export function loadClaims(registry: string, files: readonly string[]): Promise<readonly Claim[]> {
  return Promise.all(files.map((file) => loadClaim(new URL(`${file}.js`, registry))));
}

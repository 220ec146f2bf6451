import { theoremModule } from '../../../theorems/theorem-module.js';
import type { Answered } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import { addAnswered, addSuspects, inCheckingOrder, runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { shutdownClaim } from '../../guard/shutdown-claim.js';
import { type CatalogueEntry, loadEntry } from '../catalogue.js';
import { shardText } from '../options/shard.js';
import { UsageError } from '../options/usage-error.js';
import { guardedShareOf, shareOf } from './longest-first.js';
import type { ShardRecord } from './read-shards.js';
import type { RecordedClaim } from './run.js';

type Shards = readonly [ShardRecord, ...ShardRecord[]];

/**
 * What the shards that are there have found, in the order of the ledger. A claim that sums up what others have asked is found anew while all of
 * these are there, and is left out while they are not.
 *
 * @throws UsageError of one line that names a shard which does not hold its claims, or finds other functions wrong than the first
 */
export async function mergedClaims(
  shards: Shards,
  asked: readonly CatalogueEntry[],
  isWhole: boolean,
): Promise<RecordedClaim[]> {
  for (const shard of shards) requireShare(shard, asked);
  requireSameSuspects(shards, asked);
  const seconds = new Map(shards.flatMap(({ timing }) => Object.entries(timing?.claims ?? {})));
  const records = shards.flatMap(({ claims }) => claims);
  const found = (id: string): RecordedClaim[] => {
    const claim = records.find((each) => each.id === id);
    return claim === undefined ? [] : [{ claim, evidence: { ...claim.evidence, seconds: seconds.get(id) ?? 0 } }];
  };
  const checked = new Map(
    asked.flatMap(({ id, sumsUp }) => (sumsUp ? [] : found(id))).map((each) => [each.claim.id, each]),
  );
  const answered = new Map<string, Answered>();
  for (const entry of isWhole ? inCheckingOrder(asked) : []) {
    if (entry.sumsUp) {
      const [before] = found(entry.id) as [RecordedClaim];
      checked.set(entry.id, { ...before, evidence: await summedUp(entry, before.evidence, shards[0], answered) });
    }
    addAnswered(answered, checked.get(entry.id)!.evidence);
  }
  return [...asked.flatMap(({ id }) => checked.get(id) ?? []), ...found(shutdownClaim.id)];
}

/** The evidence of a claim that asks nothing, when all that the others have asked is known. */
async function summedUp(
  entry: CatalogueEntry,
  { seed, seconds, reproduce }: Evidence,
  { implementation: description, depth }: ShardRecord,
  answered: Map<string, Answered>,
): Promise<Evidence> {
  const { reference: _, functionOf: __, ...rest } = reference;
  const executor = localExecutor({ workers: 0 });
  const budget = { depth, seed, answered, executor, theoremModule, reproduce: () => reproduce };
  const [checked] = await runClaims([await loadEntry(entry)], { ...rest, description }, budget);
  return { ...checked!.evidence, seconds };
}

/** Refuses a shard without the claims that it has to have. */
function requireShare({ claims, path, shard }: ShardRecord, asked: readonly CatalogueEntry[]): void {
  const share = (shard.guarded ? guardedShareOf : shareOf)(asked, shard);
  const names = (list: readonly { readonly id: string }[]): string =>
    list
      .map(({ id }) => id)
      .filter((id) => id !== shutdownClaim.id)
      .toSorted()
      .join();
  if (names(share) === names(claims)) return;
  throw new UsageError(`${path} does not hold the claims of shard ${shardText(shard)}: run that shard again`);
}

/** Every shard has judged functions alone, and went on by what it found: figures may differ from host to host, and what is wrong may not. */
function requireSameSuspects([first, ...others]: Shards, asked: readonly CatalogueEntry[]): void {
  const ofFirst = suspectsOf(first, asked);
  for (const other of others) {
    const ofOther = suspectsOf(other, asked);
    const one = [...ofFirst, ...ofOther].find((name) => !ofFirst.has(name) || !ofOther.has(name));
    if (one === undefined) continue;
    const [finds, findsNot] = ofFirst.has(one) ? [first, other] : [other, first];
    throw new UsageError(
      `${finds.path} finds ${one} wrong and ${findsNot.path} does not: these shards have judged two implementations: judge the same one on every host`,
    );
  }
}

function suspectsOf({ claims }: ShardRecord, asked: readonly CatalogueEntry[]): ReadonlySet<string> {
  const suspects = new Set<string>();
  for (const entry of asked) {
    const claim = claims.find(({ id }) => id === entry.id);
    if (claim !== undefined) addSuspects(suspects, entry, claim.evidence);
  }
  return suspects;
}

import type { Budget, Claim } from '../../claims/claim.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { offeredSubjects } from '../../claims/offered-subjects.js';
import { runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { listBySection } from '../../report/formats/explain-text.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { tableOptions } from '../../report/wording/screen.js';
import { hanging } from '../../report/wording/terminal-text.js';
import type { CatalogueEntry } from '../catalogue.js';
import { selectClaims } from '../options/options.js';
import { stdout } from '../user-files/watched.js';

/** `--list`: the claims that match, by section. */
export function listClaims(claims: readonly CatalogueEntry[], glob: string | undefined): void {
  stdout.write(listBySection(selectClaims(claims, glob), tableOptions(stdout, process.env).width));
}

/** `signprox guard --list -- command…`: what the implementation offers, and the claims about each. */
export async function listSubjects(
  description: ImplementationDescription,
  claims: readonly Claim[],
  format: string,
): Promise<void> {
  const subjects = offeredSubjects(description);
  const asking = await claimsOn(description, claims);
  if (format === 'json') {
    const listed = subjects.map((subject) => ({ subject, claims: asking.get(subject) ?? [] }));
    stdout.write(stableJson({ subjects: listed }));
    return;
  }
  const width = tableOptions(stdout, process.env).width;
  const widest = Math.max(...subjects.map((subject) => subject.length));
  for (const subject of subjects) {
    const ids = asking.get(subject) ?? [];
    const label = `${printableLine(subject).padEnd(widest)}  `;
    stdout.write(`${hanging(label, ids.join(', ') || 'no claim', width).join('\n')}\n`);
  }
}

/** The ids of claims by the subject that they ask about, found by running one case of each part on the reference. */
async function claimsOn(
  description: ImplementationDescription,
  claims: readonly Claim[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { reference: _, functionOf: __, ...rest } = reference;
  const budget: Budget = {
    ...{ seed: '1', verdictOnly: true, casesOfPart: 1 },
    depth: 'quick',
    executor: localExecutor({ workers: 0 }),
    reproduce: (claim) => claim,
  };
  const checked = await runClaims(claims, { ...rest, description }, budget);
  const asking = new Map<string, string[]>();
  for (const { claim, evidence } of checked) {
    for (const { subject } of evidence.cells ?? []) asking.set(subject, [...(asking.get(subject) ?? []), claim.id]);
  }
  return asking;
}

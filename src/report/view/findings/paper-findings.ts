import type { RunRecord } from '../../record/run-record.js';
import { bounds, schedules } from './bounds.js';
import type { FindingSource, FindingTable } from './finding-source.js';
import { assumptions, hypotheses, signs } from './hypotheses.js';

/** Something that the suite found out about the paper, with the numbers of one run. */
export interface PaperFinding {
  /** One sentence. */
  readonly title: string;
  readonly text: string;
  /** Which part of it is proved by hand, which is checked exactly, and which is only measured. */
  readonly basis: string;
  /** The ids of the claims that it rests on, all of which the run has judged. */
  readonly claims: readonly string[];
  readonly table?: FindingTable;
}

const sources: readonly FindingSource[] = [...bounds, ...schedules, ...hypotheses, ...assumptions, ...signs];

/** Every claim that some finding rests on. */
export const findingClaims: readonly string[] = [...new Set(sources.flatMap(({ claims }) => claims))];

/**
 * What the claims of a run say about the paper when they are read together. A finding is left out where the run did not judge all of its claims, or where
 * one of them did not come out as its ledger expects: of an implementation by others, most of them.
 */
export function paperFindings({ claims }: Pick<RunRecord, 'claims'>): readonly PaperFinding[] {
  const evidence = new Map(
    claims
      .filter(({ outcome }) => outcome === 'pass' || outcome === 'expected')
      .map((claim) => [claim.id, claim.evidence]),
  );
  return sources.flatMap((source) => {
    if (!source.claims.every((claim) => evidence.has(claim))) return [];
    const found = (claim: string) => evidence.get(claim)!;
    const [title, text] = [source.title(found), source.text(found)];
    if (title === undefined || text === undefined) return [];
    const table = source.table?.(found);
    return [{ title, text, basis: source.basis, claims: source.claims, ...(table && { table }) }];
  });
}

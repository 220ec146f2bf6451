import type { Claim, Depth } from '../claims/claim.js';
import type { Finding, Part } from '../claims/evidence.js';
import { plural } from '../claims/text.js';

/** A part of the suite as this copy runs it, beside the same part with an error in it. */
export interface Planted<Piece> {
  /** The error, e.g. `a mixture without 1/J`. */
  readonly name: string;
  readonly piece: Piece;
  readonly wrong: Piece;
  /** What shows the error, in one line; undefined where the piece does what it must. What it throws shows an error too. */
  finds(piece: Piece, depth: Depth): string | undefined | Promise<string | undefined>;
}

/** An error that is planted and looked for, whatever the type of the piece. */
export interface Plant {
  readonly name: string;
  /** What is wrong with this copy, and what is seen of the planted error. */
  look(depth: Depth): Promise<{ readonly own: string | undefined; readonly planted: string | undefined }>;
}

export function plant<Piece>({ name, piece, wrong, finds }: Planted<Piece>): Plant {
  const seen = async (given: Piece, depth: Depth): Promise<string | undefined> => {
    try {
      return await finds(given, depth);
    } catch (error) {
      return `throws ${error instanceof Error ? error.message : String(error)}`;
    }
  };
  return { name, look: async (depth) => ({ own: await seen(piece, depth), planted: await seen(wrong, depth) }) };
}

/** What a claim about this copy says beside its planted errors. */
interface Subject {
  /** Begins with `self-`. */
  readonly id: `self-${string}`;
  /** What of the suite it is about, e.g. `statistics`. */
  readonly about: string;
  readonly plants: readonly Plant[];
}

/**
 * The claim that this copy of the suite finds errors in its own parts: every one is planted at run time, in place of the part, and must be found by
 * what finds nothing in the part itself. A copy with such an error in it fails, and so does one that would not see it.
 */
export function selfClaim({ id, about, plants }: Subject): Claim {
  return {
    id,
    version: 1,
    source: { section: 'beyond the paper', equation: 'this copy' },
    statement: `this copy finds planted errors in its own ${about}`,
    method: `${plural(plants.length, 'error')} planted in place of a part at run time, each found by a check that finds nothing in the part itself`,
    requires: { referenceOnly: true },
    lines: plants.map(({ name }) => name),
    async check(_implementation, { depth, signal }): Promise<Finding> {
      const parts: Part[] = [];
      for (const { name, look } of plants) {
        signal?.throwIfAborted();
        const { own, planted } = await look(depth);
        const reason = own === undefined ? (planted ?? 'the planted error is not found') : `in this copy: ${own}`;
        const holds = own === undefined && planted !== undefined;
        parts.push({ name, verdict: holds ? 'holds' : 'violated', cases: 1, worstRatio: holds ? 0 : Infinity, reason });
      }
      const failing = parts.filter(({ verdict }) => verdict !== 'holds');
      const found = `${parts.length - failing.length} of ${plural(parts.length, 'planted error')} found`;
      const named = failing.map(({ name, reason }) => `${name} (${reason})`).join(', ');
      return {
        verdict: failing.length === 0 ? 'holds' : 'violated',
        reason: failing.length === 0 ? found : `${found}; not: ${named}`,
        cases: parts.length,
        parts,
      };
    },
  };
}

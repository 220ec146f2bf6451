import type { ReplicateJob } from '../../claims/replicate-job.js';

/** What a claim says of its progress, the replicates that it asks for, that it wants no more of a request, how many pieces it has, or that none of them is left. */
export type FromClaim =
  | { readonly progress: string }
  | {
      readonly request: number;
      readonly job: ReplicateJob;
      /** The same for all requests of a job. */
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly enough: number }
  | { readonly pieces: number }
  | { readonly join: true };

/** Replicates that were asked for, the next piece of them or their end, or why there are none. */
export type ReplicatesToClaim =
  | { readonly request: number; readonly piece: Float64Array }
  | { readonly request: number; readonly end: true }
  | { readonly request: number; readonly error: string };

/** Replicates, or what other threads have found of the claim's pieces, by their numbers. */
export type ToClaim = ReplicatesToClaim | { readonly pieces: ReadonlyMap<number, unknown> };

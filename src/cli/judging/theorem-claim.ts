import { theoremClaims } from '../../claims/bounds/own-theorem/theorem-claims.js';
import type { Claim } from '../../claims/claim.js';
import { loadTheorem, theoremWord } from '../problems/load-theorem.js';

// A claim is found by the module that exports it, in the main thread as in worker threads. This one exports a claim about a theorem, both of which its address names.
const asked = new URL(import.meta.url).searchParams;
const loaded = await loadTheorem(asked.get('theorem')!, asked.get('schedule')!);
const claims = theoremClaims({ ...loaded, word: theoremWord(loaded) });

/** The claim that the address asks for. */
export const claim: Claim = claims.find(({ id }) => id === asked.get('claim'))!;

import type { ClaimRecord, RunRecord } from '../../src/library/guard.js';
import { boundRatio, isTrouble } from '../../src/library/report.js';
import type { BoundRow } from '../../src/library/theorems.js';

/** What a claim must have found: that its statement holds, or that a statement without a hypothesis or a printed line is false. */
export type Found = 'holds' | 'needed' | 'misprint';

/** A claim on which a cell or a sentence rests. */
export interface Ground {
  readonly claim: string;
  readonly found: Found;
  /** How the names of the instances begin that are about it; default: all of the claim. */
  readonly instances?: string;
  /** The bound that its left sides are divided by; default: that of the paper. */
  readonly bound?: string;
}

/** What a theorem needs of a hypothesis or a design choice. */
export type Need = 'needed' | 'not needed' | 'corrected' | 'open';

export interface MapCell {
  readonly word: Need;
  /** How far the word goes, in a few words. */
  readonly note?: string;
  readonly grounds: readonly Ground[];
}

/** A hypothesis or a design choice, and what each theorem needs of it. */
export interface MapRow {
  readonly name: string;
  readonly theorems: readonly [MapCell, MapCell];
}

/** What the claims of a cell must have found, in their order, for its word to be right; those that follow say how far it goes, and must hold. */
const foundFor: Readonly<Record<Need, readonly Found[]>> = {
  needed: ['needed'],
  'not needed': ['holds'],
  corrected: ['misprint', 'holds'],
  open: ['needed', 'holds'],
};

type Claimed = Omit<Ground, 'found'>;

function cell(word: Need, claims: readonly Claimed[], note?: string): MapCell {
  const grounds = claims.map((claimed, i) => ({ ...claimed, found: foundFor[word][i] ?? 'holds' }));
  return { word, grounds, ...(note !== undefined && { note }) };
}

type More = Pick<MapCell, 'note'> & Omit<Claimed, 'claim'>;

/** A cell that rests on one claim. */
const onOne =
  (word: Need) =>
  (claim: string, { note, ...more }: More = {}): MapCell =>
    cell(word, [{ claim, ...more }], note);

const needs = onOne('needed');
const without = onOne('not needed');

/** Of one claim whose instances name the theorem that they are about. */
const both = (claim: string, one = needs, more: More = {}): MapRow['theorems'] => [
  one(claim, { instances: 'Theorem 1', ...more }),
  one(claim, { instances: 'Theorem 2', ...more }),
];

const sharpened = 'the sharpened bound';

/** The hypotheses of both theorems and the choices of their algorithms, each with its counterexample or with the claim that does without it. */
export const mapRows: readonly MapRow[] = [
  {
    name: 'smooth r_k',
    theorems: [
      needs('counterexample-smoothness-spgm'),
      cell(
        'needed',
        [{ claim: 'counterexample-smoothness-sign-prox' }, { claim: 'smoothed-sign-prox', bound: 'its bound' }],
        'on Moreau envelopes Lipschitz r_k are enough, at the rate T^(−1/3)',
      ),
    ],
  },
  {
    name: 'convex r_k',
    theorems: [
      cell('needed', [{ claim: 'counterexample-convexity' }, { claim: 'assumption-c-convexity' }], 'for T ≤ 3 only'),
      without('assumption-c-convexity'),
    ],
  },
  {
    name: 'coordinates that do not interact',
    theorems: [
      without('certificate-theorem-1', { note: 'Assumption 1 does not ask for it' }),
      cell(
        'corrected',
        [{ claim: 'assumption-2bc-separability' }, { claim: 'theorem-2-coupled', bound: 'its bound' }],
        '−Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ are enough',
      ),
    ],
  },
  {
    name: 'uniform σ',
    theorems: [needs('counterexample-variance-spgm'), needs('counterexample-variance-sign-prox')],
  },
  { name: 'an L that is large enough', theorems: both('counterexample-lipschitz') },
  { name: 'finite f*', theorems: both('counterexample-bounded-below') },
  { name: 'a minimum that is attained', theorems: both('assumption-1a-attained', without, { bound: sharpened }) },
  {
    name: 'B ∝ T',
    theorems: [
      without('theorem-1-exact', { note: 'B = 1' }),
      needs('counterexample-mini-batch', { note: 'not 1, 4 or √T, and not T/64' }),
    ],
  },
  {
    name: 'fresh mini-batches',
    theorems: [
      needs('counterexample-fresh-batches', { instances: 'd = ½x²' }),
      cell(
        'open',
        [
          { claim: 'counterexample-fresh-batches', instances: 'Theorem 2♯', bound: sharpened },
          { claim: 'theorem-2-kept-batch' },
        ],
        'a kept one costs up to √ln T under bounded noise',
      ),
    ],
  },
  { name: 'γ that decays with T', theorems: both('counterexample-step') },
  { name: 'sampling by θ', theorems: both('counterexample-biased-sampling') },
  {
    name: 'a certain sgn(0)',
    theorems: [
      // The rows of the claim are about Theorem 2 alone.
      without('theorem-2-sign-conventions', { instances: 'Theorem 1', note: 'Theorem 1 has no sign' }),
      cell(
        'corrected',
        [{ claim: 'counterexample-sign-of-zero' }, { claim: 'theorem-2-sign-conventions' }],
        'two = of the proof are ≤; Theorem 2 holds for every value',
      ),
    ],
  },
];

const holding = (...claims: readonly string[]): Ground[] => claims.map((claim) => ({ claim, found: 'holds' }));

/** What the run says about the paper as a whole, sentence by sentence. */
export const headlines: readonly {
  /** What it is called on a terminal, where the first line says the others. */
  readonly label?: string;
  readonly text: string;
  readonly grounds: readonly Ground[];
}[] = [
  {
    text: 'Both theorems hold under their hypotheses.',
    grounds: holding(
      ...['theorem-1', 'theorem-1-exact', 'certificate-theorem-1'],
      ...['theorem-2', 'theorem-2-exact', 'certificate-theorem-2'],
    ),
  },
  {
    label: 'sharper',
    text: 'For large T the bound of Theorem 1 can be cut to ½ of its first term and ⅓ of its second; for every T that of Theorem 2 to ½ of its first term and ¼ of its noise term.',
    grounds: holding(
      ...['theorem-1-sharp', 'certificate-theorem-1-sharp', 'theorem-1-sharp-tight'],
      ...['theorem-2-simple', 'certificate-theorem-2-sharp', 'theorem-2-simple-tight'],
    ),
  },
  {
    label: 'fails',
    text: 'Without smooth r_k both fail; so does Theorem 1 with one mini-batch for all iterations, and Theorem 2 with B = 1, 4 or √T in place of B = T.',
    grounds: [
      { claim: 'counterexample-smoothness-spgm', found: 'needed' },
      { claim: 'counterexample-smoothness-sign-prox', found: 'needed' },
      { claim: 'counterexample-fresh-batches', found: 'needed', instances: 'd = ½x²' },
      { claim: 'counterexample-mini-batch', found: 'needed' },
    ],
  },
];

/** The rows of a claim about a ground, without those that have no finite ratio. */
export const groundRows = ({ instances = '' }: Ground, { evidence: { rows = [] } }: ClaimRecord): BoundRow[] =>
  rows.filter((row) => row.instance.startsWith(instances) && row.iterations > 0 && Number.isFinite(boundRatio(row)));

/** Whether a claim of the run found what the ground says: of a counterexample that a row about it exceeds its bound. */
function supports(ground: Ground, claim: ClaimRecord): boolean {
  const { outcome, evidence } = claim;
  if (ground.found === 'holds') return outcome === 'pass';
  if (outcome !== 'expected' || evidence.verdict !== ground.found) return false;
  const { instances } = ground;
  const own = evidence.rows?.filter((row) => instances === undefined || row.instance.startsWith(instances));
  return own === undefined ? instances === undefined : own.some((row) => boundRatio(row) > 1);
}

/** What a run says of some grounds: that its claims found all of it, that one found something else, or that one did not run. */
export type Standing = 'confirmed' | 'not run' | 'not confirmed';

export interface Judged {
  readonly standing: Standing;
  /** The claims of the run among the grounds. */
  readonly claims: readonly ClaimRecord[];
}

/** What a run says of some grounds. */
export function judged(grounds: readonly Ground[], { claims }: Pick<RunRecord, 'claims'>): Judged {
  const found = grounds.map(({ claim }) => claims.find(({ id }) => id === claim));
  const ran = found.filter((claim) => claim !== undefined);
  const fails = grounds.some((ground, i) => {
    const claim = found[i];
    return claim !== undefined && claim.outcome !== 'n/a' && !supports(ground, claim);
  });
  const missing = found.some((claim) => claim === undefined || claim.outcome === 'n/a');
  return { standing: fails ? 'not confirmed' : missing ? 'not run' : 'confirmed', claims: ran };
}

/** How the claims of §2.2 about Theorems 1 and 2 ended; empty for other implementations, and unless both theorems were checked to the end. */
export function theoremsText({ claims, command, incomplete }: RunRecord): string[] {
  if (incomplete !== undefined || !command.startsWith('signprox verify ')) return [];
  const ends = ['theorem-1', 'theorem-2'].map((theorem) => {
    if (!claims.some(({ id }) => id === theorem)) return undefined;
    const about = claims.filter(({ id, source }) => `${id}-`.startsWith(`${theorem}-`) && source.section === '2.2');
    if (about.some(({ evidence, outcome }) => isTrouble({ outcome }) && evidence.verdict === 'violated')) return 'fail';
    return about.every(({ outcome }) => outcome === 'pass' || outcome === 'expected') ? 'hold' : 'open';
  });
  const [one, two] = ends;
  if (one === undefined || two === undefined) return [];
  if (one === two && one === 'open') return ['Both theorems are not decided'];
  if (one === two)
    return [one === 'hold' ? 'Both theorems hold under their hypotheses' : 'Both theorems fail as checked'];
  const words = { hold: 'holds under its hypotheses', fail: 'fails as checked', open: 'is not decided' } as const;
  return [`Theorem 1 ${words[one]}, Theorem 2 ${words[two]}`];
}

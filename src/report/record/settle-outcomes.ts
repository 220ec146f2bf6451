import type { Evidence } from '../../claims/evidence.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { type JudgedCell, type JudgedSubject, judgeSubjects } from '../../claims/subject-verdicts.js';
import { silentKinds } from '../../claims/verdict.js';
import { failingOutcomes, type Outcome } from './outcome.js';
import type { KnownCell, KnownFailure } from './run-record.js';

/** A failure that the user has declared in advance, of one subject and claim. */
export interface KnownEntry extends KnownFailure {
  /** What fails, e.g. `prox of huber`; `adapter` for a claim that is about no subject. */
  readonly subject: string;
  /** The claim that it fails; `*` for every claim. */
  readonly claim: string;
}

/** The subject name for claims about no subject. */
export const wholeAdapter = 'adapter';

/** The key of an entry, and of a cell in a baseline: `prox of huber/eq6-prox`. */
export const keyOf = (subject: string, claim: string): string => `${subject}/${claim}`;

/** Verdicts about a cell that does not fail by itself. */
const harmless: readonly string[] = ['right', 'thin', 'follows', 'not-offered'];

/** Verdicts about a subject that was not answered. */
const silent: readonly string[] = silentKinds;

/** The summary of a claim's failing cells. */
export interface Settled {
  /** The outcome of the claim, if it is less than a failure or another kind of failure. */
  readonly outcome?: Outcome;
  /** The known failures among its cells, by subject. */
  readonly knownCells?: Readonly<Record<string, KnownCell>>;
  /** Whether some cell fails without following from another, and whether all such cells are known failures. */
  readonly faulty: boolean;
  readonly declared: boolean;
}

/** A run's claims, its implementation, and what counts as a failure. */
interface Run {
  readonly checked: readonly { readonly claim: { readonly id: string }; readonly evidence: Evidence }[];
  readonly implementation: Pick<ImplementationDescription, 'dtype'>;
  readonly strict?: boolean;
  readonly known?: readonly KnownEntry[];
}

/** The summary of failing cells by claim; none for a claim that its evidence alone decides. */
export function settleOutcomes({ checked, implementation, strict, known = [] }: Run): ReadonlyMap<string, Settled> {
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    implementation.dtype,
  );
  const talks = subjects.some(({ verdict }) => verdict !== 'not-offered' && !silent.includes(verdict));
  const counts = (cell: JudgedCell): boolean => strict === true || cell.extreme === undefined;
  const byClaim = new Map<string, { readonly subject: string; readonly cell: JudgedCell }[]>();
  for (const { subject, cells } of subjects) {
    for (const cell of cells) byClaim.set(cell.claim, [...(byClaim.get(cell.claim) ?? []), { subject, cell }]);
  }
  const settled = new Map<string, Settled>();
  const declared = declaredCells(known, subjects);
  for (const [claim, cells] of byClaim) {
    const knownCells = declared.get(claim) ?? {};
    const failing = cells.filter(({ cell }) => !['right', 'thin', 'not-offered'].includes(cell.outcome));
    const own = failing.filter(({ cell }) => cell.outcome !== 'follows');
    const news = own.filter(({ subject, cell }) => knownCells[subject] === undefined && counts(cell));
    settled.set(claim, {
      ...(failing.length > 0 && settledOutcome(news.length > 0 ? news : own, talks, counts)),
      ...(Object.keys(knownCells).length > 0 && { knownCells }),
      faulty: own.length > 0,
      declared: own.length > 0 && news.length === 0,
    });
  }
  return settled;
}

function settledOutcome(
  own: readonly { readonly cell: JudgedCell }[],
  talks: boolean,
  counts: (cell: JudgedCell) => boolean,
): Pick<Settled, 'outcome'> {
  if (own.length === 0) return { outcome: 'follows' };
  if (!own.some(({ cell }) => counts(cell))) return { outcome: 'extreme' };
  // An adapter that breaks the protocol for one subject and answers about others can still be judged.
  return talks && own.every(({ cell }) => silent.includes(cell.outcome)) ? { outcome: 'error' } : {};
}

/** The cells that entries are about, by claim. An entry about every claim passes if no claim sees its subject fail; the subject's first claim reports that. */
function declaredCells(
  known: readonly KnownEntry[],
  subjects: readonly JudgedSubject[],
): ReadonlyMap<string, Readonly<Record<string, KnownCell>>> {
  const cells = new Map<string, Record<string, KnownCell>>();
  for (const { subject: name, claim, ...failure } of known) {
    const subject = subjects.find((each) => each.subject === name);
    if (subject === undefined) continue;
    const fails = (cell: JudgedCell): boolean => !harmless.includes(cell.outcome);
    // A cell that fails only for another reason, or was not asked, says nothing about a known failure.
    const decides = ({ outcome }: JudgedCell): boolean => outcome === 'right' || outcome === 'thin';
    const every = claim === '*';
    const clean = !subject.cells.some(fails) && subject.cells.some(decides);
    const about = subject.cells.filter((cell) => every || cell.claim === claim);
    for (const cell of about) {
      if (every && !fails(cell) && !(clean && cell === about[0])) continue;
      const others = about.filter((each) => each.claim === cell.claim);
      const holds = every ? clean : others.some(decides) && !others.some(fails);
      const own = cells.get(cell.claim) ?? {};
      own[name] = { ...failure, ...(every && { everyClaim: true as const }), ...(holds && { holds: true as const }) };
      cells.set(cell.claim, own);
    }
  }
  return cells;
}

/** The outcome of a claim, given the known failures. */
export function knownOutcome(outcome: Outcome, { knownCells, declared }: Settled): Outcome {
  if (knownCells === undefined || outcome === 'n/a' || outcome === 'suite-error') return outcome;
  const fails = failingOutcomes.includes(outcome);
  if (fails && !declared) return outcome;
  if (Object.values(knownCells).some(({ holds }) => holds)) return 'xpass';
  return fails ? 'xfail' : outcome;
}

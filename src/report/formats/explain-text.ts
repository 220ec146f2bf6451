import type { Claim } from '../../claims/claim.js';
import type { DescribedHypothesis } from '../../claims/theorems/audit/hypotheses.js';
import { type Verdict, verdictLegend } from '../../claims/verdict.js';
import { successVerdicts } from '../record/outcome.js';
import { byPaperOrder, sectionTitle, sourceText } from '../record/paper-sections.js';
import { certificateText } from '../wording/certificate-text.js';
import { hanging, truncate, wrap } from '../wording/terminal-text.js';

const label = (name: string): string => name.padEnd(11);

/** Something wrong that the claim finds out, and what its check then answers. */
export interface FoundOut {
  readonly wrong: string;
  readonly verdict: Verdict;
}

/** What is told of a claim: all of it is text, so that a claim need not be loaded to be explained. */
export interface Explained
  extends Pick<
    Claim,
    'id' | 'source' | 'statement' | 'method' | 'lines' | 'requires' | 'expected' | 'counterexamples' | 'certificate'
  > {
  readonly hypotheses?: readonly DescribedHypothesis[];
}

/** What is told of the claims that another one is a counterexample to. */
type Counterexample = Pick<Claim, 'id' | 'statement' | 'counterexampleTo'>;

/** What the list shows of a claim. */
type Listed = Pick<Claim, 'id' | 'source' | 'statement'>;

/** So many mutants show that a claim can fail. */
const enough = 5;

/**
 * What a claim says, where it stands, how it is checked, what it needs, what is known to break it and which mutants it finds out, in lines of
 * `width` columns; the counterexamples to it are looked up in `ledger`.
 */
export function explainClaim(
  claim: Explained,
  width: number,
  ledger: readonly Counterexample[],
  mutants: readonly FoundOut[] = [],
  run = `signprox verify --claims ${claim.id}`,
): string {
  const { id, source, statement, method, certificate } = claim;
  const lines = [
    ...wrap(`${id}: ${sourceText(source)}`, width),
    '',
    ...hanging(label('states'), statement, width),
    ...(claim.lines ?? []).flatMap((line, j) => hanging(`${label(j === 0 ? 'lines' : '')}${j + 1}. `, line, width)),
    ...hanging(label('checked by'), method, width),
    ...needs(claim).flatMap((need, j) => hanging(label(j === 0 ? 'needs' : ''), need, width)),
    ...hanging(label('accepts'), accepts(claim), width),
    ...limits(claim, ledger).flatMap((limit, j) => hanging(label(j === 0 ? 'limits' : ''), limit, width)),
    ...foundOut(mutants).flatMap((text, j) => hanging(label(j === 0 ? 'finds out' : ''), text, width)),
    ...hanging(label('run'), run, width),
    ...(certificate === undefined ? [] : ['', ...certificateText(certificate, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

function foundOut(mutants: readonly FoundOut[]): string[] {
  const shown = mutants.slice(0, enough).map(({ wrong, verdict }) => `${wrong}: ${verdict}`);
  return mutants.length > enough ? [...shown, `and ${mutants.length - enough} more`] : shown;
}

function needs({ hypotheses: assumed = [], requires }: Explained): string[] {
  const { methods = [], algorithms = [], referenceOnly } = requires;
  const offered = [...methods, ...algorithms];
  return [
    ...assumed.map(({ name, statement }) => `${/^\d/.test(name) ? `Assumption ${name}` : name}: ${statement}`),
    referenceOnly === true
      ? 'the reference implementation, no other is judged'
      : `an implementation${offered.length === 0 ? ', whatever it offers' : ` that offers ${offered.join(', ')}`}`,
  ];
}

/** Counterexamples: what the statement does not cover, and what more than it states is refuted by which claim. */
function limits({ id, counterexamples = [] }: Explained, ledger: readonly Counterexample[]): readonly string[] {
  const refuted = ledger
    .filter(({ counterexampleTo }) => counterexampleTo?.includes(id))
    .map((other) => `${other.id} refutes: ${other.statement}`);
  const known = [...counterexamples, ...refuted];
  return known.length === 0 ? ['no counterexample is known'] : known;
}

/** The verdicts that are no failure; one that is no success either is explained. */
function accepts({ expected = successVerdicts }: Explained): string {
  return expected
    .map((verdict) => (successVerdicts.includes(verdict) ? verdict : `${verdict} (${verdictLegend[verdict]})`))
    .join(', ');
}

/** The ledger by section: two lines per claim, the statement cut to the width. */
export function listBySection(claims: readonly Listed[], width: number): string {
  const sections = new Map<string, Listed[]>();
  for (const claim of [...claims].sort(byPaperOrder)) {
    const { section } = claim.source;
    sections.set(section, [...(sections.get(section) ?? []), claim]);
  }
  return [...sections]
    .map(([section, entries]) => {
      const heading = /^\d/.test(section) ? sectionTitle({ section }) : section;
      const lines = entries.flatMap(({ id, source, statement }) => [
        truncate(`  ${id}${source.equation === undefined ? '' : ` · ${source.equation}`}`, width),
        truncate(`    ${statement}`, width),
      ]);
      return `${[heading, ...lines].join('\n')}\n`;
    })
    .join('\n');
}

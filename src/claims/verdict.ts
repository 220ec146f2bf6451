/** What each verdict says, in one sentence. */
export const verdictLegend = {
  'proved-exactly': 'exact arithmetic or an exact expectation on every generated instance',
  holds: 'every generated case within its stated tolerance, or a statistical decision with its error rate',
  'holds-within-rho':
    'undecided at the bound b itself, but an anytime-valid upper bound U of the mean is at most (1 + ρ)b',
  'not-refuted':
    'no counterexample was found, which is no proof: nothing bounds a single run; a mean of the stated size would have been found with probability 0.99',
  violated: 'a case outside its tolerance, or a mean shown to be above the bound',
  inconclusive: 'neither shown nor refuted with the replicates that were spent',
  silent: 'a hypothesis is not met, so the statement says nothing: never a pass',
  misprint: 'a printed line is false, or says other than is meant: a counterexample is on file',
  needed: 'a statement that leaves out or changes a hypothesis is false, by a counterexample on file: it is needed',
  illustrated: 'a figure: drawn, not judged',
  'not-applicable': 'the implementation does not offer what the claim needs',
} as const;

/**
 * The conclusion of a check; `verdictLegend` explains each.
 *
 * @useDeclaredType
 */
export type Verdict = keyof typeof verdictLegend;

export const verdicts = Object.keys(verdictLegend) as readonly Verdict[];

/** The two verdicts of a counterexample: about a line of the paper as it is printed, or about a statement with a hypothesis left out or changed. */
export const refutingVerdicts = ['misprint', 'needed'] as const satisfies readonly Verdict[];

/** How a question is not answered: the process died or hung, the reply was none of the protocol, it raised, or two replies differ. */
export const silentKinds = ['crashes', 'hangs', 'garbled', 'raises', 'nondeterministic'] as const;

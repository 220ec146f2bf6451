/** What a report is arranged by: the claims of the ledger, or what was asked about. */
export type Arrangement = 'claims' | 'subjects';

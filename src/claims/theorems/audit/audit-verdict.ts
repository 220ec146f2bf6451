export const auditVerdicts = ['certified', 'consistent', 'violated', 'not-applicable'] as const;
/**
 * certified: follows from constants that hold on all of Rⁿ · consistent: no such constant is known, and the search found nothing
 * against it · violated: a witness is on file · not-applicable: the hypothesis is about f or P_k at a step that is not defined.
 */
export type AuditVerdict = (typeof auditVerdicts)[number];

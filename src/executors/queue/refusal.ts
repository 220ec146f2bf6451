/** How the reason begins for which a worker does not compute a range, whoever would try: another try would end the same way. */
export const refusal = 'refused: ';

import type { Claim } from '../../claims/claim.js';
import { askableSubjects } from '../../claims/offered-subjects.js';
import { inapplicable } from '../../claims/run-claims.js';
import { judgeSubjects } from '../../claims/subject-verdicts.js';
import { isFault } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { tableOptions } from '../../report/wording/screen.js';
import { hanging, reportWidth } from '../../report/wording/terminal-text.js';
import { stdout } from '../user-files/watched.js';
import { inLedgerOrder, type Run } from './run.js';

/** What is printed of a run on an implementation before its report. */
export interface EarlyVerdicts {
  /** The first failure of the run, in one line, as soon as a claim finds it. */
  failed(claim: string, subject: string, counterexample: string): void;
  /** After each claim: a line for each function, algorithm and operator that no remaining claim is about. */
  update(): void;
}

/**
 * The verdicts of a run in the order in which the implementation declares what is judged, each when it is known; a verdict waits for those
 * before it, so that the output does not depend on the time. Claims that are built of several things may blame one of them later: its line is then printed again.
 */
export function earlyVerdicts(run: Run, print: (text: string) => void): EarlyVerdicts {
  const { opened, selected, done, known } = run;
  const { implementation } = opened;
  const { dtype } = implementation.description;
  const claims = selected
    .map(({ claim }) => claim)
    .filter((claim) => inapplicable(claim, implementation) === undefined);
  const rows = new Map<string, string[]>();
  for (const subject of askableSubjects(implementation.description)) {
    const name = subject.split(' of ')[1] ?? subject;
    rows.set(name, [...(rows.get(name) ?? []), subject]);
  }
  const waiting = [...rows.keys()];
  const printed = new Map<string, string>();
  const { width } = tableOptions(stdout, process.env);
  const say = (label: string, text: string): void =>
    print(`${hanging(`${label}: `, printableLine(text), reportWidth(width)).join('\n')}\n`);
  const isKnown = (subject: string, claim: string): boolean =>
    known.some((entry) => entry.subject === subject && (entry.claim === claim || entry.claim === '*'));
  let hasFailed = false;

  return {
    failed(claim, subject, counterexample) {
      if (hasFailed || isKnown(subject, claim)) return;
      hasFailed = true;
      say('first failure', counterexample);
    },
    update() {
      const open = claims.filter(({ id }) => !done.has(id));
      const judged = new Map(
        judgeSubjects(
          inLedgerOrder(run).map(({ claim, evidence }) => ({ id: claim.id, evidence })),
          dtype,
        ).map((subject) => [subject.subject, subject]),
      );
      const line = (name: string): string =>
        rows
          .get(name)!
          .flatMap((subject) => {
            const found = judged.get(subject);
            if (found === undefined) return [];
            const faults = found.cells.filter(isFault);
            const declared = faults.length > 0 && faults.every(({ claim }) => isKnown(subject, claim));
            const method = subject === name ? '' : `${subject.split(' of ')[0]} `;
            return [`${method}${found.verdict}${declared ? ', as declared' : ''}`];
          })
          .join(', ');
      for (const [name, before] of printed) {
        const now = line(name);
        if (now === before) continue;
        printed.set(name, now);
        say(name, `${now} (before: ${before})`);
      }
      const isOpen = (name: string): boolean =>
        rows.get(name)!.some((subject) => open.some((claim) => mayJudge(claim, subject)));
      while (waiting.length > 0 && !isOpen(waiting[0]!)) {
        const name = waiting.shift()!;
        const now = line(name);
        if (now === '') continue;
        printed.set(name, now);
        say(name, now);
      }
    },
  };
}

/** Whether a claim may be about a subject, as far as its requirements tell. */
function mayJudge({ requires: { methods, algorithms }, judges, sumsUp }: Claim, subject: string): boolean {
  const [method = '', about = ''] = subject.split(' of ');
  const has = (list: readonly string[] | undefined, name: string): boolean => list === undefined || list.includes(name);
  if (sumsUp || !has(judges, method)) return false;
  // A claim about steps may ask for runs too.
  return algorithms === undefined ? has(judges ?? methods, method) : has(algorithms, about);
}

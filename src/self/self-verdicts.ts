import type { Verdict } from '../claims/verdict.js';
import { dominantExitCode, exitCodeOf, outcomeOf, successVerdicts } from '../report/record/outcome.js';
import { plant, selfClaim } from './planted.js';

type OutcomeOf = typeof outcomeOf;

const exitCodes = [
  [['pass', 'fail'], 1],
  [['fail', 'protocol'], 3],
  [['pass', 'xpass'], 5],
  [['fail', 'suite-error'], 7],
  [['n/a', 'n/a'], 6],
] as const;

export const claim = selfClaim({
  id: 'self-verdicts',
  about: 'verdicts and exit codes',
  plants: [
    ...(['silent', 'not-refuted', 'misprint', 'needed', 'inconclusive', 'illustrated', 'violated'] as const).map(
      (verdict) =>
        plant<readonly Verdict[]>({
          name: `${verdict} counted as a success`,
          piece: successVerdicts,
          wrong: [...successVerdicts, verdict],
          finds: (success) => (success.includes(verdict) ? `a claim that is ${verdict} passes` : undefined),
        }),
    ),
    plant<OutcomeOf>({
      name: 'a crash that is forgotten',
      piece: outcomeOf,
      wrong: ({ verdict }, ...rest) => outcomeOf({ verdict: verdict === 'inconclusive' ? 'holds' : verdict }, ...rest),
      finds: (of) => {
        const found = of({ verdict: 'inconclusive', failure: { kind: 'crash', message: '' } });
        return found === 'crash' ? undefined : `it is ${found}`;
      },
    }),
    plant<typeof exitCodeOf>({
      name: 'an exit code of 0 for every outcome',
      piece: exitCodeOf,
      wrong: () => 0,
      finds: (of) => {
        const other = exitCodes.find(([outcomes, code]) => of(outcomes) !== code);
        return other && `${other[0].join(' and ')} is ${of(other[0])}, right is ${other[1]}`;
      },
    }),
    plant<typeof dominantExitCode>({
      name: 'exit codes that are added',
      piece: dominantExitCode,
      wrong: (codes) => [...codes].reduce<number>((sum, code) => sum | code, 0) as never,
      finds: (of) => (of([1, 2, 5]) === 2 ? undefined : `1, 2 and 5 are ${of([1, 2, 5])}`),
    }),
  ],
});

import type { Verdict } from '../claims/verdict.js';
import { readReply } from '../guard/protocol/read-reply.js';
import { realEncoding } from '../guard/protocol/real-encoding.js';
import type { Ask } from '../guard/supervisor/ask.js';
import { checkEcho } from '../guard/supervisor/echo.js';
import { dominantExitCode, exitCodeOf, outcomeOf, successVerdicts } from '../report/record/outcome.js';
import { plant, selfClaim } from './planted.js';

const encoding = realEncoding('bits', 'f64');

/** An adapter that returns the numbers it is sent, each changed. */
const echoing = (change: (x: number) => number): Ask =>
  (async ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) => ({
    x: (fields['x'] as readonly unknown[]).map((entry) => change(encoding.real.parse(entry) as number)),
  })) as unknown as Ask;

const refusesEcho = async (check: typeof checkEcho, change: (x: number) => number): Promise<boolean> =>
  check(echoing(change), encoding).then(
    () => false,
    () => true,
  );

type Reply = typeof readReply;

export const selfGuardClaim = selfClaim({
  id: 'self-guard',
  about: 'guard',
  plants: [
    plant<Reply>({
      name: 'an answer to an earlier request',
      piece: readReply,
      wrong: (bytes, id, method) => {
        const found = JSON.parse(new TextDecoder().decode(bytes)) as { readonly id: number };
        return readReply(bytes, Math.min(found.id, id), method);
      },
      finds: (read) => {
        try {
          read(new TextEncoder().encode('{"id":6,"ok":{}}'), 7, 'prox');
        } catch {
          return undefined;
        }
        return 'the answer to request 6 is taken for 7';
      },
    }),
    plant<typeof checkEcho>({
      name: 'numbers that lose the sign of zero',
      piece: checkEcho,
      wrong: async () => undefined,
      finds: async (check) => {
        if (await refusesEcho(check, (x) => x)) return 'an honest echo is refused';
        return (await refusesEcho(check, (x) => x + 0)) ? undefined : '−0 comes back as 0 and passes';
      },
    }),
  ],
});

type OutcomeOf = typeof outcomeOf;

const exitCodes = [
  [['pass', 'fail'], 1],
  [['fail', 'protocol'], 3],
  [['pass', 'xpass'], 5],
  [['fail', 'suite-error'], 7],
  [['n/a', 'n/a'], 6],
] as const;

export const selfVerdictsClaim = selfClaim({
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

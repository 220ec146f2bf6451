import { judgeSubjects } from '../claims/subject-verdicts.js';
import { type Verdict, verdicts } from '../claims/verdict.js';
import {
  dominantExitCode,
  exitCodeOf,
  outcomeOf,
  strictly,
  successVerdicts,
  userVerdicts,
} from '../report/record/outcome.js';
import { plant, selfClaim } from './planted.js';

type OutcomeOf = typeof outcomeOf;
type ExitCodeOf = typeof exitCodeOf;

/** One subject with a case of these types that fails in one of two claims. */
const failing = (of: readonly string[], digits: number) =>
  [
    {
      id: 'eq6-prox',
      evidence: {
        cells: [
          {
            ...{ subject: `prox of ${of.at(-1)}`, cases: 10, worst: 2 },
            failing: [{ kind: 'wrong' as const, of, text: '', digits, case: { part: '', ratio: 2, input: 0 } }],
          },
        ],
      },
    },
  ] as const;
type Subjects = typeof judgeSubjects;

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
      name: 'a claim that holds where a counterexample is on file',
      piece: outcomeOf,
      wrong: (evidence) => outcomeOf(evidence, verdicts),
      finds: (of) => {
        const found = of({ verdict: 'holds' }, ['needed']);
        return found === 'fail' ? undefined : `it is ${found}`;
      },
    }),
    plant<typeof strictly>({
      name: 'what is not refuted passes strictly',
      piece: strictly,
      wrong: (accepted) => accepted,
      finds: (of) => {
        const found = outcomeOf({ verdict: 'not-refuted' }, of(userVerdicts));
        return found === 'fail' ? undefined : `it is ${found}`;
      },
    }),
    plant<OutcomeOf>({
      name: 'a known failure that passes',
      piece: outcomeOf,
      wrong: (evidence, expected) => outcomeOf(evidence, expected),
      finds: (of) => {
        const found = of({ verdict: 'holds' }, successVerdicts, true);
        return found === 'xpass' ? undefined : `it is ${found}`;
      },
    }),
    plant<OutcomeOf>({
      name: 'a crash that is forgotten',
      piece: outcomeOf,
      wrong: ({ verdict }, ...rest) => outcomeOf({ verdict: verdict === 'inconclusive' ? 'holds' : verdict }, ...rest),
      finds: (of) => {
        const found = of({ verdict: 'inconclusive', failure: { kind: 'crash', message: '' } });
        return found === 'crash' ? undefined : `it is ${found}`;
      },
    }),
    ...(
      [
        [['pass', 'fail'], 1],
        [['fail', 'protocol'], 3],
        [['xpass', 'fail'], 1],
        [['pass', 'xpass'], 5],
        [['fail', 'suite-error'], 7],
        [['n/a', 'n/a'], 6],
        [['timeout'], 1],
      ] as const
    ).map(([outcomes, code]) =>
      plant<ExitCodeOf>({
        name: `${outcomes.join(' and ')} with another exit code than ${code}`,
        piece: exitCodeOf,
        wrong: () => 0,
        finds: (of) => (of(outcomes) === code ? undefined : `it is ${of(outcomes)}`),
      }),
    ),
    plant<typeof dominantExitCode>({
      name: 'exit codes that are added',
      piece: dominantExitCode,
      wrong: (codes) => [...codes].reduce<number>((sum, code) => sum | code, 0) as never,
      finds: (of) => (of([1, 2, 5]) === 2 ? undefined : `1, 2 and 5 are ${of([1, 2, 5])}`),
    }),
    plant<Subjects>({
      name: 'a wrapper blamed for what is in it',
      piece: judgeSubjects,
      wrong: (claims, dtype) => claims.flatMap((claim) => judgeSubjects([claim], dtype)),
      finds: (judge) => {
        const found = judge([...failing(['huber'], 0), ...failing(['huber', 'scaled'], 0)], 'f64');
        const scaled = found.find(({ subject }) => subject === 'prox of scaled');
        return scaled?.verdict === 'follows' ? undefined : `scaled, around a wrong huber, is ${scaled?.verdict}`;
      },
    }),
    plant<Subjects>({
      name: 'a wrong answer called inaccurate',
      piece: judgeSubjects,
      wrong: (claims, _) => judgeSubjects(claims, 'f32'),
      finds: (judge) => {
        const verdict = judge(failing(['huber'], 7), 'f64')[0]!.verdict;
        return verdict === 'wrong' ? undefined : `seven of sixteen digits are ${verdict}`;
      },
    }),
  ],
});

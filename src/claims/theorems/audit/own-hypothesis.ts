import type { OwnHypothesis } from '../../own-hypothesis.js';
import { formatPoint } from './format.js';
import type { Hypothesis } from './hypotheses.js';
import { basePoints } from './subject.js';

/** Base points where a search for certificates alone was asked for: a hypothesis of one's own has none but what its search says. */
const fewestPoints = 32;

/** A hypothesis of a theorem's own as the auditor judges it: by what it certifies itself, and by its own search over points of the suite. */
export function judgeOwn({ id, statement, search, certify }: OwnHypothesis): Hypothesis {
  return {
    ...{ name: id, statement, needsStep: true },
    judge(subject) {
      const problem = subject.atStep!;
      if (certify?.(problem) === true) return { cases: 0, verdict: 'certified', reason: 'its own certificate says so' };
      const plan = { ...subject.plan, points: Math.max(fewestPoints, subject.plan.points) };
      const points = search === undefined ? [] : basePoints({ ...subject, plan }, id, problem.problem.functions[0]);
      const found = search?.(problem, points);
      const cases = points.length;
      if (found === undefined || found === null) {
        const tried = cases === 0 ? 'nothing was searched' : `its search of ${cases} points found nothing against it`;
        return { cases, assumed: true, verdict: 'consistent', reason: `assumed: ${tried}` };
      }
      const x = Array.from(found.x ?? []);
      const explanation = found.explanation ?? `does not hold at ${formatPoint('x', Float64Array.from(x))}`;
      const witness = { part: 'problem', x, measured: Number.NaN, explanation };
      return { cases, verdict: 'violated', reason: explanation, witness };
    },
  };
}

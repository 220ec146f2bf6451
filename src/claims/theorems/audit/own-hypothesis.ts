import type { OwnHypothesis, OwnWitness } from '../../hypothesis.js';
import { TheoremError } from '../theorem-fields.js';
import { formatPoint } from './format.js';
import type { Hypothesis } from './hypotheses.js';
import { basePoints } from './subject.js';

/** Base points where a search for certificates alone was asked for: the user's own hypothesis has only the result of its search. */
const fewestPoints = 32;

/** A hypothesis of a theorem's own as the auditor judges it: by what it certifies itself, and by its own search over points of the suite. */
export function judgeOwn({ id, statement, search, certify }: OwnHypothesis): Hypothesis {
  return {
    ...{ name: id, statement, needsStep: true },
    judge(subject) {
      const problem = subject.atStep!;
      const { start } = subject;
      if (start === undefined && ((search?.length ?? 0) > 2 || (certify?.length ?? 0) > 1)) {
        return { cases: 0, verdict: 'not-applicable', reason: 'it is about x⁰, which is not given here' };
      }
      const from = start?.slice() as Float64Array;
      if (asked(id, 'certify', () => certify?.(problem, from)) === true) {
        return { cases: 0, verdict: 'certified', reason: 'its own certificate says so' };
      }
      const plan = { ...subject.plan, points: Math.max(fewestPoints, subject.plan.points) };
      const points = search === undefined ? [] : basePoints({ ...subject, plan }, id, problem.problem.functions[0]);
      const found = asked(id, 'search', () => search?.(problem, points, from));
      const cases = points.length;
      if (found === undefined || found === null) {
        const tried = cases === 0 ? 'nothing was searched' : `its search of ${cases} points found nothing against it`;
        return { cases, assumed: true, verdict: 'consistent', reason: `assumed: ${tried}` };
      }
      const witness = witnessOf(id, found, start);
      return { cases, verdict: 'violated', reason: witness.explanation, witness };
    },
  };
}

function witnessOf(id: string, found: OwnWitness, start: Float64Array | undefined) {
  const { x: given, explanation } = found;
  const point = given ?? (explanation === undefined ? undefined : start);
  const x = Array.from(point ?? []);
  if (x.length === 0 || !x.every((entry) => typeof entry === 'number')) {
    const shown = (JSON.stringify(found) ?? String(found)).slice(0, 80);
    throw new TheoremError(`${id}: search must return nothing, or { x, explanation }, got ${shown}`);
  }
  return {
    ...{ part: 'problem', x, measured: Number.NaN },
    explanation: explanation ?? `does not hold at ${formatPoint('x', Float64Array.from(x))}`,
  };
}

/** Runs a function of a hypothesis; what it throws says whose it is. */
function asked<Result>(id: string, name: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new TheoremError(`${id}: ${name} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}

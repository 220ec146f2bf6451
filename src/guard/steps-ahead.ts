import { isDeepStrictEqual } from 'node:util';
import {
  type AheadIteration,
  ImplementationError,
  type Question,
  type StatefulStepRequest,
  type StepReply,
  UnsupportedError,
} from '../claims/implementation/implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** The question for a step of an algorithm with memory. */
type StepQuestion = StatefulStepRequest & { readonly method: 'step' };

/** The answer to a step that says which iterations follow it: x and state after the last, and x after each. */
export interface PieceReply extends StepReply {
  readonly trajectory?: readonly Float64Array[];
}

/** Iterations that were made with one question. */
interface Piece {
  readonly question: StepQuestion;
  readonly plan: readonly AheadIteration[];
  readonly iterates: readonly Float64Array[];
  readonly end: StepReply;
}

/** The state in the middle of a piece, which the process has not told. */
class Inside {
  constructor(
    readonly piece: Piece,
    /** The iterations before it. */
    readonly count: number,
  ) {}
}

const hasSameBits = (x: Float64Array, other: Float64Array): boolean =>
  x.length === other.length && x.every((value, i) => Object.is(value, other[i]));

/** The fields of a step that differ from one iteration to the next. */
const ofIteration = ['step', 'gradient', 'indices'];

const iterationOf = ({ step, gradient, indices }: StepQuestion): AheadIteration => ({
  step,
  ...(gradient ? { gradient } : { indices: indices! }),
});

/** Whether a question is for the next iteration of the piece. */
function isPlanned({ piece, count }: Inside, question: StepQuestion): boolean {
  const { method: _, x, state: _state, ahead: _ahead, ...rest } = question;
  const { method: __, x: _x, state: __state, ahead: __ahead, ...own } = piece.question;
  return (
    hasSameBits(x, piece.iterates[count - 1]!) &&
    isDeepStrictEqual(iterationOf(question), piece.plan[count]) &&
    Object.entries(rest).every(([name, value]) => ofIteration.includes(name) || own[name as keyof typeof own] === value)
  );
}

/** Whether a step was answered with an error, which may be that of an iteration after it. */
const isAnswered = (error: unknown): boolean =>
  error instanceof UnsupportedError || (error instanceof ImplementationError && !(error instanceof AdapterFailure));

/**
 * Steps that are asked one by one, while those that are known to follow are made with one request. A step that is another than was
 * planned is made from the state that the iterations before it leave, and one of a piece that is not answered is asked alone.
 */
export function stepsAhead(ask: (question: StepQuestion) => Promise<PieceReply>) {
  const stateOf = async ({ piece: { question, plan }, count }: Inside): Promise<StepReply['state']> =>
    (await ask({ ...question, x: question.x.slice(), ahead: plan.slice(1, count) })).state;

  return async function step(asked: Question<'step'> & StepQuestion): Promise<StepReply> {
    const { state } = asked;
    if (state instanceof Inside) {
      if (!isPlanned(state, asked)) return step({ ...asked, state: (await stateOf(state)) ?? null });
      const { piece, count } = state;
      if (count + 1 === piece.plan.length) return { ...piece.end, x: piece.end.x.slice() };
      return { x: piece.iterates[count]!.slice(), state: new Inside(piece, count + 1) };
    }
    const { ahead = [], ...alone } = asked;
    if (ahead.length === 0) return ask(alone);
    const plan: readonly AheadIteration[] = [iterationOf(asked), ...ahead];
    // A question may write to its x.
    const question = { ...asked, x: asked.x.slice() };
    let end: PieceReply;
    try {
      end = await ask(asked);
    } catch (error) {
      if (!isAnswered(error)) throw error;
      return ask({ ...alone, x: question.x.slice() });
    }
    const { trajectory = [], ...last } = end;
    if (trajectory.length !== plan.length || !hasSameBits(trajectory.at(-1)!, end.x)) {
      throw new ImplementationError(
        'protocol',
        `the reply to step must tell the x after each of ${plan.length} iterations`,
      );
    }
    const piece = { question, plan, iterates: trajectory, end: last };
    return { x: piece.iterates[0]!.slice(), state: new Inside(piece, 1) };
  };
}

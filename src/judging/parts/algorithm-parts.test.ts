import test from 'ava';
import { type AnswersInPlace, answering, type Question } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { algorithmParts } from './algorithm-parts.js';

const input = {
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 2 },
    functions: [
      { type: 'l1', weight: 0.5 },
      { type: 'squared-l2', weight: 1 },
    ],
    probabilities: [0.5, 0.5],
  },
  step: 0.5,
  x: Float64Array.of(3, -1),
  indices: [0, 1],
};

test('the end of a run is its last iterate, with a trajectory and without', async (t) => {
  const offered = ['step', 'run'] as const;
  const worst = async (run: NonNullable<AnswersInPlace['run']>) => {
    const own = answering({ ...reference, description: { ...reference.description, methods: offered } }, { run });
    const part = algorithmParts(own, 'spgm').find(({ name }) => name === 'd = quadratic, run')!;
    return (await part.judge(input)).ratio;
  };
  const whole = (question: Question<'run'>) => reference.ask(question);
  t.true((await worst(whole)) <= 1);
  t.true((await worst(async (request) => ({ x: (await whole(request)).x }))) <= 1);
  const behind = async (request: Question<'run'>) => {
    const { trajectory } = await whole(request);
    return { x: trajectory!.at(-2)!, trajectory: trajectory! };
  };
  t.is(await worst(behind), Number.POSITIVE_INFINITY);
  t.is(await worst(async (request) => ({ x: (await behind(request)).x })), Number.POSITIVE_INFINITY);
});

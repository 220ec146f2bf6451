import test from 'ava';
import { atGiven, atSchedule, scheduleNames, withSchedules } from './named-schedules.js';
import type { ScheduleOptions, Theorem, TheoremConstants } from './theorem.js';

const asked = (options?: ScheduleOptions): string => options?.schedule ?? 'own';

/** Its numbers say which schedule they were asked for. */
const theorem = withSchedules(
  {
    id: 'mine',
    source: { section: 'mine', equation: 'mine' },
    statement: 'at its own',
    hypotheses: ['assumption-1a'],
    algorithm: 'spgm',
    schedule: (T, _, options) => ({ step: asked(options) === 'short' ? 0.5 : 1, miniBatch: T }),
    term: 'squared-gradient-mapping',
    bound: (T, _, { step }, options) => T + step + (asked(options) === 'short' ? 100 : 0),
    sharp: (_, __, ___, options) => (asked(options) === 'short' ? 100 : 0),
    cap: (_, __, T, ___, options) => T + (asked(options) === 'short' ? 100 : 0),
  },
  { short: { statement: 'at short steps', hypotheses: ['fixed-variance'] } },
);
const constants: TheoremConstants = { dimension: 1, gap: { lower: 0, upper: 0 } };

/** What the functions of a theorem give without options, as everything that judges a theorem calls them. */
function numbersOf(of: Theorem) {
  const schedule = of.schedule(4, constants);
  const cap = of.cap!(undefined as never, new Float64Array(1), 4, constants);
  return [schedule.step, of.bound(4, constants, schedule), of.sharp!(4, constants, schedule), cap];
}

test('a theorem at a schedule is a theorem whose own schedule is that one', (t) => {
  t.deepEqual(scheduleNames(theorem), ['own', 'short']);
  t.is(atSchedule(theorem, 'own'), theorem);
  t.deepEqual(numbersOf(theorem), [1, 5, 0, 4]);
  const short = atSchedule(theorem, 'short');
  t.deepEqual(numbersOf(short), [0.5, 104.5, 100, 104]);
  t.is(short.statement, 'at short steps');
  t.deepEqual(short.hypotheses, ['assumption-1a', 'fixed-variance']);
  t.is(short.id, 'mine', 'the module is found by it');
  const { cap: _, sharp: __, ...bare } = atSchedule(theorem, 'short');
  t.false('cap' in atSchedule(withSchedules(bare, { even: { statement: 'x' } }), 'even'));
});

test('a schedule that a theorem does not know is refused with those that it knows', (t) => {
  const refused = (name: string, of: Theorem = theorem): string => t.throws(() => atSchedule(of, name))!.message;
  t.is(refused('shorter'), 'mine has no schedule "shorter" (did you mean short?): it knows own, short');
  t.is(refused('zzz'), 'mine has no schedule "zzz": it knows own, short');
  t.is(refused('toString'), 'mine has no schedule "toString": it knows own, short');
  t.throws(() => atSchedule(theorem, 'zzz'), { instanceOf: RangeError });
});

test('a theorem built from another one states its schedules itself', (t) => {
  const other = { ...theorem, id: 'other', bound: () => 1 };
  t.deepEqual(scheduleNames(other), ['own']);
  t.throws(() => atSchedule(other, 'short'), { message: 'other has no schedule "short": it knows own' });
  t.deepEqual(scheduleNames(atSchedule(theorem, 'short')), ['own']);
});

test('a theorem about any step gives one at every step below its largest', (t) => {
  const general = withSchedules(
    theorem,
    {},
    { statement: 'at any step', stepsBelow: ({ dimension }) => 2 * dimension },
  );
  const given = atGiven(general, { step: 1.5 });
  t.is(given.statement, 'at any step');
  t.is(given.id, 'mine');
  t.deepEqual(given.schedule(4, constants), { step: 1.5, miniBatch: 4 }, 'B stays that of its own schedule');
  t.deepEqual(atGiven(general, { miniBatch: 3 }).schedule(4, constants), { step: 1, miniBatch: 3 });
  t.is(given.bound(4, constants, given.schedule(4, constants)), 5.5);
  t.throws(() => atGiven(general, { step: 2 }).schedule(4, constants), {
    message: 'mine is about steps below 2 on this problem, got γ = 2',
  });
  t.deepEqual(atGiven(withSchedules(theorem, {}, { statement: 'x' }), { step: 9 }).schedule(4, constants), {
    ...{ step: 9, miniBatch: 4 },
  });
  t.throws(() => atGiven(theorem, { step: 1 }), { message: /^mine is proved at the steps and mini-batches of its / });
  t.throws(() => atGiven({ ...general }, { step: 1 }), { instanceOf: RangeError }, 'another theorem made of it');
});

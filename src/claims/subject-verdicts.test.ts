import test from 'ava';
import type { Cell, FailingCase } from './evidence.js';
import { judgeSubjects } from './subject-verdicts.js';
import { silentKinds } from './verdict.js';

const failing = (of: readonly string[], more: Partial<FailingCase> = {}): FailingCase => ({
  kind: 'wrong',
  of,
  text: `at ${of.join(' and ')}`,
  digits: 0,
  case: { part: 'planted', ratio: Number.POSITIVE_INFINITY, input: 0 },
  ...more,
});
const cell = (subject: string, ...cases: FailingCase[]): Cell => ({
  subject,
  cases: 10,
  worst: cases.length > 0 ? 2 : 0.5,
  ...(cases.length > 0 && { failing: cases }),
});
const judge = (...cells: Cell[]) => {
  const subjects = judgeSubjects([{ id: 'planted', evidence: { cells } }], 'f64');
  return Object.fromEntries(subjects.map((found) => [found.subject, found]));
};

test('a function built from a wrong one follows from it, and one with an error of its own does not', (t) => {
  const found = judge(
    cell('step of spgm', failing(['d = least-squares', 'huber', 'l1'])),
    cell('prox of translated', failing(['huber', 'translated'])),
    cell('prox of scaled', failing(['huber', 'scaled']), failing(['l1', 'scaled'])),
    cell('prox of huber', failing(['huber'])),
    cell('prox of l1'),
  );
  t.is(found['prox of huber']!.verdict, 'wrong');
  t.is(found['prox of l1']!.verdict, 'right');
  t.deepEqual(found['prox of translated']!.of, ['prox of huber']);
  t.is(found['prox of scaled']!.verdict, 'wrong', 'it fails around l1 too');
  t.is(found['prox of scaled']!.counterexample, 'at l1 and scaled');
  t.is(found['step of spgm']!.verdict, 'follows');
});

test('half of the digits means half of those of the computing precision', (t) => {
  // A double has 15.95 significant digits, a single 7.22.
  for (const [dtype, digits, verdict] of [
    ['f64', 7.5, 'wrong'],
    ['f64', 8, 'inaccurate'],
    ['f32', 3.5, 'wrong'],
    ['f32', 3.7, 'inaccurate'],
  ] as const) {
    const cells = [cell('prox of l1', failing(['l1'], { digits }))];
    t.is(judgeSubjects([{ id: 'planted', evidence: { cells } }], dtype)[0]!.verdict, verdict, `${dtype}, ${digits}`);
  }
});

test('the case that is shown is one that decides the verdict, though another one is shorter', (t) => {
  const [nearly, wrong, long] = [13.2, 2.1, 0.3].map((digits, i) =>
    failing(['l1'], { digits, text: `right to ${digits}`, paste: 'y'.repeat(10 * (i + 1)) }),
  );
  const found = judge(cell('prox of l1', nearly!, wrong!, long!))['prox of l1']!;
  t.like(found, { verdict: 'wrong', digits: 0, counterexample: 'right to 2.1' });
  t.is(found.cells[0]!.counterexample, 'right to 2.1');
  const fewer = failing(['l1'], { digits: 9.7, text: 'right to 9.7', paste: 'y'.repeat(50) });
  t.like(judge(cell('prox of l1', nearly!, fewer))['prox of l1']!, {
    verdict: 'inaccurate',
    digits: 9,
    counterexample: 'right to 9.7',
  });
});

test('of several failures to answer the gravest is reported', (t) => {
  const kinds = ['not-finite', ...silentKinds.toReversed()] as const;
  for (let k = 0; k < kinds.length; k++) {
    const cases = kinds.slice(0, k + 1).map((kind) => failing(['l1'], { kind }));
    t.is(judge(cell('prox of l1', ...cases))['prox of l1']!.verdict, kinds[k]);
  }
});

test('a function that fails only inside of several others is blamed for them', (t) => {
  const found = judge(
    cell('prox of l1'),
    cell('prox of cone'),
    cell('prox of scaled', failing(['cone', 'scaled'])),
    cell('step of spgm', failing(['cone', 'l1'])),
  );
  t.is(found['prox of cone']!.verdict, 'wrong');
  t.is(found['prox of cone']!.counterexample, 'at cone and l1');
  for (const name of ['prox of scaled', 'step of spgm']) t.deepEqual(found[name]!.of, ['prox of cone']);
  const alone = judge(cell('prox of cone'), cell('prox of scaled', failing(['cone', 'scaled'])));
  t.is(alone['prox of scaled']!.verdict, 'wrong', 'one wrapper that fails around it may be wrong itself');
});

test('a function is not blamed for several others if they can be built from no other', (t) => {
  const found = judge(
    cell('prox of cone'),
    cell('prox of scaled', failing(['cone', 'scaled'])),
    cell('prox of tilted', failing(['cone', 'tilted'])),
  );
  const verdicts = Object.entries(found).map(([subject, { verdict }]) => [subject, verdict] as const);
  t.deepEqual(Object.fromEntries(verdicts), {
    'prox of cone': 'right',
    'prox of scaled': 'wrong',
    'prox of tilted': 'wrong',
  });
});

test('wrong values of several others are blamed on the value of the function inside them, not on its prox', (t) => {
  const found = judge(
    ...[cell('prox of cone'), cell('value of cone'), cell('value of l1')],
    cell('value of scaled', failing(['cone', 'scaled'])),
    cell('value of tilted', failing(['cone', 'tilted'])),
  );
  t.is(found['value of cone']!.verdict, 'wrong');
  t.is(found['prox of cone']!.verdict, 'right');
  t.deepEqual(found['value of tilted']!.of, ['value of cone']);
});

test('a wrong value explains no wrong prox, and a wrong prox both', (t) => {
  const wrapped = (method: string) => cell(`${method} of tilted`, failing(['huber', 'tilted']));
  const value = judge(cell('value of huber', failing(['huber'])), wrapped('prox'), wrapped('value'));
  t.deepEqual([value['prox of tilted']!.verdict, value['value of tilted']!.verdict], ['wrong', 'follows']);
  const prox = judge(cell('prox of huber', failing(['huber'])), wrapped('prox'), wrapped('value'));
  t.deepEqual([prox['prox of tilted']!.verdict, prox['value of tilted']!.verdict], ['follows', 'follows']);
});

test('severity: half of the digits, the usual range, and the kind of missing answer', (t) => {
  const of = (...cases: FailingCase[]) => judge(cell('prox of l1', ...cases))['prox of l1']!;
  t.like(of(failing(['l1'], { digits: 7.9 })), { verdict: 'wrong', digits: 7 });
  t.like(of(failing(['l1'], { digits: 8 })), { verdict: 'inaccurate', digits: 8 });
  t.like(of(failing(['l1'], { digits: 12 }), failing(['l1'], { digits: 3 })), { verdict: 'wrong', digits: 3 });
  const extreme = { extreme: 'weight 0' };
  t.like(of(failing(['l1'], extreme)), { verdict: 'extreme', extreme: 'weight 0' });
  t.like(of(failing(['l1'], extreme), failing(['l1'], { digits: 10 })), { verdict: 'inaccurate', digits: 10 });
  t.like(of(failing(['l1'], { kind: 'raises' })), { verdict: 'raises' });
  t.like(of(failing(['l1'], { kind: 'raises', ...extreme })), { verdict: 'raises', extreme: 'weight 0' });
  // No answer to an ordinary question outranks one that is off; where both are extreme, there may be none to give.
  const absent = failing(['l1'], { kind: 'not-finite', text: 'prox of l1 at y = 1: returned NaN, right is 0' });
  t.like(of(absent, failing(['l1'], { digits: 10 })), { verdict: 'not-finite', counterexample: absent.text });
  t.is(of(failing(['l1'], { kind: 'raises' }), failing(['l1'])).verdict, 'raises');
  t.is(of(failing(['l1'], { kind: 'raises', ...extreme }), failing(['l1'])).verdict, 'wrong');
  t.is(of(failing(['l1'], { kind: 'raises', ...extreme }), failing(['l1'], extreme)).verdict, 'extreme');
});

test('refused cases make a right subject thin, and the reasons are counted over all claims', (t) => {
  const cells = [{ ...cell('prox of l1'), thin: 'never reached weight 0', skipped: { 'weight > 0': 3 } }];
  const [found] = judgeSubjects(
    [
      { id: 'one', evidence: { cells } },
      { id: 'other', evidence: { cells } },
    ],
    'f64',
  );
  t.like(found, { verdict: 'thin', thin: 'never reached weight 0', skipped: { 'weight > 0': 6 }, cases: 20 });
  t.deepEqual(
    found!.cells.map(({ claim, outcome }) => [claim, outcome]),
    [
      ['one', 'thin'],
      ['other', 'thin'],
    ],
  );
});

test('at most one ordinary question of ten may be refused of a right subject', (t) => {
  const refusing = (ordinary: number) => ({
    ...cell('prox of l1'),
    cases: 90,
    skipped: { no: 50 },
    refused: { count: 50, ordinary, text: 'prox of l1(weight 2) at y = 1, γ = 1: no' },
  });
  t.is(judge(refusing(10))['prox of l1']!.verdict, 'right');
  t.like(judge(refusing(11))['prox of l1'], { verdict: 'thin', thin: '90 of 101 cases answered' });
});

test('a subject without an answer is not right', (t) => {
  const none = { ...cell('prox of l1'), cases: 0, worst: 0, skipped: { 'not here': 10 } };
  t.is(judge(none)['prox of l1']!.verdict, 'refuses');
  const [found] = judgeSubjects(
    [
      { id: 'one', evidence: { cells: [none] } },
      { id: 'other', evidence: { cells: [cell('prox of l1')] } },
    ],
    'f64',
  );
  t.is(found!.verdict, 'right');
  t.deepEqual(
    found!.cells.map(({ outcome }) => outcome),
    ['not-offered', 'right'],
  );
});

test('a term differs from a function of the same name', (t) => {
  const steps = (...of: string[]) => [cell('step of spgm', failing(of)), cell('step of sgd', failing(of))];
  const others = [cell('prox of l1'), cell('gradient of quadratic')];
  const common = judge(cell('prox of quadratic'), ...others, ...steps('d = quadratic', 'l1'));
  t.is(common['prox of quadratic']!.verdict, 'right');
  const prox = judge(cell('prox of quadratic', failing(['quadratic'])), ...others, ...steps('d = quadratic', 'box'));
  t.is(prox['step of spgm']!.verdict, 'wrong');
  const gradient = judge(cell('gradient of quadratic', failing(['quadratic'])), ...steps('d = quadratic', 'box'));
  t.deepEqual(gradient['step of spgm']!.of, ['gradient of quadratic']);
});

test('a failure for extreme questions alone explains no failure at an ordinary one', (t) => {
  const extreme = { extreme: 'weight 0' };
  const found = judge(
    cell('prox of l1', failing(['l1'], extreme)),
    cell('step of spgm', failing(['d = zero', 'l1'])),
    cell('step of sgd', failing(['d = zero', 'l1'], extreme)),
  );
  t.is(found['prox of l1']!.verdict, 'extreme');
  t.is(found['step of spgm']!.verdict, 'wrong', 'the run must not pass');
  t.is(found['step of sgd']!.verdict, 'follows');
});

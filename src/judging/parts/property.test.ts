import test from 'ava';
import fc from 'fast-check';
import type { Budget, Claim } from '../../claims/claim.js';
import { ImplementationError, UnsupportedError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { deriveSeed } from '../../claims/seed.js';
import { checkProperty } from './property-check.js';
import { type PropertyClaim, propertyPart } from './property-claim.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { claimOf, integers, part, passing } from './property-parts.test.helper.js';

const plain: PropertyRun = { seed: 7, runs: 100, saved: [], replayOnly: false };

const check = (claim: Claim, budget: Partial<Budget> = {}) => claim.check(reference, { ...quickBudget(), ...budget });

test('an error that grows with the input is reported at its size, beside the smallest input that shows it', async (t) => {
  // Allowed: 100. Plain shrinking would end at 101, just beyond the tolerance, and look like rounding.
  let most = 0;
  const planted = part((input) => {
    most = Math.max(most, input);
    return { ratio: input / 100, explanation: () => `measured ${input}` };
  });
  const { worst, minimal, cases } = await checkProperty(planted, plain);
  t.is(cases, 100);
  t.true(most > 5000);
  t.deepEqual([minimal?.input, minimal?.ratio, minimal?.explanation], [101, 1.01, 'measured 101']);
  t.true(worst!.ratio >= most / 200, `${worst!.ratio} of ${most / 100}`);
  t.true((worst!.input as number) < most, 'the worst case is shrunk too');
  t.is(worst!.part, 'planted');
});

test('cases that are not supported are passed over while a violation is shrunk', async (t) => {
  let calls = 0;
  const planted = part((input) => {
    // The first pass judges 100 cases; small ones are only refused while they are shrunk to.
    if (calls++ >= 100 && input < 101) throw new UnsupportedError('too small');
    return { ratio: input / 100 };
  });
  const { minimal, unsupported } = await checkProperty(planted, plain);
  t.deepEqual([minimal?.input, unsupported], [101, undefined]);
});

test('cases of which any answer would pass count as not asked, and a failing one fails', async (t) => {
  const unbounded = (isSo: (input: number) => boolean, ratio = 0) =>
    checkProperty(
      part((input) => ({ ratio, ...(isSo(input) && { unbounded: true }) })),
      plain,
    );
  const all = await unbounded(() => true);
  t.deepEqual([all.cases, all.unsupported], [0, 'not asked: roundings may explain any answer']);
  const most = await unbounded((input) => input % 10 > 0);
  t.true(most.cases > 0 && most.cases < 50);
  t.regex(most.thin!, /^\d+ of \d+ cases answered$/);
  t.is((await unbounded((input) => input % 10 === 0)).thin, undefined);
  t.is((await unbounded(() => true, 2)).minimal?.ratio, 2);
});

test('a violation without a size is Infinity, and so is NaN', async (t) => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const { worst, minimal } = await checkProperty(
      part((input) => ({ ratio: input >= 50 ? wrong : 0 })),
      plain,
    );
    t.deepEqual([worst?.ratio, worst?.input], [Number.POSITIVE_INFINITY, 50]);
    t.deepEqual([minimal?.ratio, minimal?.input], [Number.POSITIVE_INFINITY, 50]);
  }
});

test('one case over one part is reported in the singular', async (t) => {
  const { reason } = await check(claimOf([part((input) => ({ ratio: input / 20_000 }), { runs: 1 })]));
  t.regex(reason, /^(1 case over 1 part, |the statistic never varied)/);
  const two = await check(claimOf([passing]));
  t.regex(two.reason, /^\d+ cases over 1 part, /);
});

test('the tolerance itself passes, the next double does not', async (t) => {
  const at = async (ratio: number) => {
    const { verdict, minimal } = await check(claimOf([part((input) => ({ ratio: input > 9 ? ratio : 0.5 }))]));
    return [verdict, minimal !== undefined];
  };
  t.deepEqual(await at(1), ['holds', false]);
  t.deepEqual(await at(1 + 2 ** -52), ['violated', true]);
});

test('of an implementation with limits no category beyond them is asked, and every other one is', async (t) => {
  const classify = (input: number): string[] => [input % 2 === 0 ? 'even' : 'odd'];
  const without = { withoutHyperparameters: ['decoupled'] };
  const limited = { ...reference, description: { ...reference.description, restrictions: without } };
  const of = (...mustReach: readonly string[]) =>
    claimOf([{ ...passing, classify, mustReach }]).check(limited, quickBudget());
  t.is((await of('even', 'decoupled decay')).verdict, 'holds');
  t.regex((await of('kink', 'decoupled decay')).reason, /never reached kink in/);
});

test('a category that is never reached leaves the claim undecided, one that is reached is counted', async (t) => {
  const classify = (input: number): string[] => [input % 2 === 0 ? 'even' : 'odd'];
  const good = await check(claimOf([{ ...passing, classify, mustReach: ['even', 'odd'] }]));
  t.is(good.verdict, 'holds');
  t.is(Number(good.measured?.['reached even']) + Number(good.measured?.['reached odd']), good.cases);
  const bad = await check(claimOf([passing, { ...passing, name: 'blind', classify, mustReach: ['even', 'kink'] }]));
  t.is(bad.verdict, 'inconclusive');
  t.regex(bad.reason, /^undecided: blind \(the generator never reached kink in 600 cases\)$/);
  // Numbers of few digits may have no such case, which is no fault of the generator: what was not reached is said.
  const blind = { ...passing, classify, mustReach: ['even', 'kink'] };
  const rounded = await checkProperty(blind, { ...plain, isRounded: true });
  t.regex(rounded.thin!, /^never reached kink in \d+ cases$/);
  t.is(rounded.unhealthy, undefined);
  t.regex((await checkProperty(blind, { ...plain, offered: (input) => input })).unhealthy!, /never reached kink/);
  // A category of one case in thirty is missed by one round in eight, by ten rounds hardly ever; what fails there is shrunk.
  const rare = (input: number): string[] => (input % 30 === 7 ? ['rare'] : []);
  for (let seed = 0; seed < 20; seed++) {
    const found = await check(
      claimOf([part((input) => ({ ratio: input % 30 === 7 ? 5 : 0 }), { classify: rare, mustReach: ['rare'] })]),
      { seed: String(seed) },
    );
    t.is(found.verdict, 'violated');
    t.is((found.minimal!.input as number) % 30, 7);
  }
  // A violation counts although the generator is poor.
  const worse = await check(claimOf([part((input) => ({ ratio: input }), { mustReach: ['kink'] })]));
  t.is(worse.verdict, 'violated');
});

test('a generator that discards too much proves nothing', async (t) => {
  const discarding = part((input) => {
    fc.pre(input === 3);
    return { ratio: 0 };
  });
  const evidence = await check(claimOf([discarding]));
  t.is(evidence.verdict, 'inconclusive');
  t.regex(evidence.reason, /the generator discarded \d+ of \d+ cases/);
  // Some discards are no harm, and what fails is found behind them.
  const some = part((input) => {
    fc.pre(input % 2 === 0);
    return { ratio: input / 100 };
  });
  const { minimal } = await checkProperty(some, plain);
  t.true(minimal!.ratio > 1);
  t.is((minimal!.input as number) % 2, 0);
});

test('a statistic that never varies measures nothing, unless it is 0', async (t) => {
  const constant = await check(claimOf([part(() => ({ ratio: 0.25 }))]));
  t.deepEqual([constant.verdict, constant.reason], ['inconclusive', 'the statistic never varied']);
  t.is((await check(claimOf([part(() => ({ ratio: 0 }))]))).verdict, 'holds');
  t.is((await check(claimOf([part(() => ({ ratio: 0.25 })), passing]))).verdict, 'holds');
});

test('the verdict of a claim is that of its worst part', async (t) => {
  const failing = part((input) => ({ ratio: input / 100 }), { name: 'failing' });
  const gross = part((input) => ({ ratio: input }), { name: 'gross' });
  const evidence = await check(claimOf([passing, failing, gross]));
  t.is(evidence.verdict, 'violated');
  t.is(evidence.reason, 'violated by failing, gross');
  t.deepEqual(
    evidence.parts?.map(({ verdict }) => verdict),
    ['holds', 'violated', 'violated'],
  );
  t.is(evidence.worst?.part, 'gross');
  t.is(evidence.minimal?.part, 'gross');
  t.is(evidence.cases, 180);

  const undecided = part(() => ({ ratio: 0 }), { name: 'undecided', classify: () => [], mustReach: ['never'] });
  t.is((await check(claimOf([undecided, passing]))).verdict, 'inconclusive');
  t.is((await check(claimOf([undecided, gross]))).verdict, 'violated', 'whatever else is undecided');

  t.regex((await check(claimOf([passing]))).reason, /^60 cases over 1 part, worst 0\.\d+ of its tolerance$/);
  const none = await check(claimOf([]));
  t.deepEqual([none.verdict, none.reason], ['not-applicable', 'nothing to judge: no part applies']);
});

test('an exact proof has no tolerance, and a claim that has one is an error', async (t) => {
  const exactly = (...parts: PropertyPart<number>[]) => check(claimOf(parts, { success: 'proved-exactly' }));
  const equal = part(() => ({ ratio: 0 }));
  const exact = await exactly(equal);
  t.is(exact.verdict, 'proved-exactly');
  t.is(exact.reason, '60 cases over 1 part, without a tolerance');
  const unequal = part((input) => ({ ratio: input > 9 ? Number.POSITIVE_INFINITY : 0 }));
  t.is((await exactly(equal, unequal)).verdict, 'violated');
  await t.throwsAsync(exactly(equal, passing), { message: /^planted is judged with a tolerance \(0\.\d+ of it\)/ });
});

test('effort and depth set the number of cases, never below 20', async (t) => {
  t.is((await check(claimOf([passing], { effort: 0.5 }))).cases, 30);
  t.is((await check(claimOf([passing], { effort: 0.01 }))).cases, 20);
  t.is((await check(claimOf([passing]), { depth: 'standard' })).cases, 300);
});

test('an implementation that does not offer a part is not judged by it; one that fails to answer is reported as that', async (t) => {
  const unsupported = part(() => Promise.reject(new UnsupportedError('no prox of l0')), { name: 'l0' });
  const some = await check(claimOf([passing, unsupported]));
  t.is(some.verdict, 'holds');
  t.deepEqual(some.parts?.[1], {
    name: 'l0',
    verdict: 'not-applicable',
    cases: 0,
    worstRatio: 0,
    reason: 'no prox of l0',
  });
  const all = await check(claimOf([unsupported]));
  t.deepEqual([all.verdict, all.reason], ['not-applicable', 'nothing to judge: l0 (no prox of l0)']);
  // Every second case asks nothing, and every question is refused.
  const refusing = { ...reference, ask: () => Promise.reject(new UnsupportedError('no prox of l0')) };
  const asksSome = claimOf([], {
    parts: (implementation) => [
      propertyPart<number>({
        name: 'l0',
        arbitrary: integers,
        judge: async (input) => {
          if (input % 2 === 0) {
            const x = Float64Array.of(input);
            await implementation.ask({ method: 'prox', function: { type: 'l0', weight: 1 }, step: 1, x });
          }
          return { ratio: 0 };
        },
      }),
    ],
  });
  const half = await asksSome.check(refusing, quickBudget());
  t.deepEqual([half.verdict, half.reason, half.cases], ['not-applicable', all.reason, 0]);

  const failing = (kind: ImplementationError['kind'], from = 0) =>
    part((input) => {
      if (input >= from) throw new ImplementationError(kind, `${kind} at a case`);
      return { ratio: 0 };
    });
  for (const kind of ['error', 'timeout', 'crash', 'protocol'] as const) {
    const evidence = await check(claimOf([failing(kind), passing]));
    t.is(evidence.verdict, 'inconclusive');
    t.deepEqual(evidence.failure, { kind, message: `${kind} at a case` });
    t.is(evidence.parts?.length, 2, 'the other parts are judged');
    // Every second case is answered, and rightly: the unanswered ones are still unproved.
    const some = part((input) => {
      if (input % 2 === 0) throw new ImplementationError(kind, `${kind} at a case`);
      return { ratio: input / 20_000 };
    });
    const { verdict, cases } = await check(claimOf([some]));
    t.is(verdict, 'inconclusive');
    t.true(cases > 0);
  }
});

test('of the cases without an answer the smallest is kept, and the others are judged', async (t) => {
  const hanging = part((input) => {
    if (input > 100 && input < 9000) throw new ImplementationError('timeout', 'no reply');
    return { ratio: 0 };
  });
  const { failure, unanswered, cases } = await checkProperty(hanging, { ...plain, runs: 300, concurrency: 300 });
  t.is(failure?.kind, 'timeout');
  t.true(cases > 0 && cases < 300, `${cases}`);
  t.true(unanswered!.input !== undefined && JSON.stringify(unanswered!.input).length <= 20);
  const hangs = part(() => {
    throw new ImplementationError('timeout', 'no reply');
  });
  t.is((await check(claimOf([hangs]))).unanswered?.part, 'planted');
});

test('a counterexample stands although the implementation fails later', async (t) => {
  let calls = 0;
  const planted = part(() => {
    if (++calls > 10) throw new ImplementationError('crash', 'gone');
    return { ratio: calls };
  });
  const evidence = await check(claimOf([planted]));
  t.is(evidence.verdict, 'violated');
  t.is(evidence.failure?.kind, 'crash');
  t.is(evidence.worst?.ratio, 10);
  t.truthy(evidence.minimal);
});

test('a hang while shrinking ends the shrinking, an exception only skips its case', async (t) => {
  let judged = 0;
  for (const kind of ['timeout', 'error'] as const) {
    for (let seed = 0; seed < 30; seed++) {
      let failures = 0;
      // Shrinking from 9000 … 10 000 tries 0 first.
      const planted = part(
        (input) => {
          if (input > 100) return { ratio: input < 9000 ? 0 : input };
          failures++;
          throw new ImplementationError(kind, 'no answer');
        },
        { arbitrary: fc.noBias(integers) },
      );
      const { worst, minimal, failure } = await checkProperty(planted, { ...plain, seed, runs: 20 });
      if (failure !== undefined || worst!.ratio === 0) continue;
      judged++;
      if (kind === 'timeout') {
        t.is(failures, 1, 'nothing more is asked, and what was found is gross enough');
        t.true(minimal!.ratio >= 9000);
      } else t.is(minimal!.input, 9000);
    }
  }
  t.true(judged > 20, `${judged} runs reached the shrinking`);
});

test('saved cases are judged before anything is generated, or alone', async (t) => {
  const seen: number[] = [];
  const planted = part((input) => {
    seen.push(input);
    return { ratio: input === 12_345 ? 9 : 0 };
  });
  const saved = {
    savedCases: () => [
      { part: 'planted', input: 12_345 },
      { part: 'another', input: 1 },
    ],
  };
  const first = await check(claimOf([planted]), saved);
  t.is(seen[0], 12_345);
  t.is(first.cases, 61);
  t.is(first.verdict, 'violated');
  // No generator makes this value: the record is the saved case itself.
  t.deepEqual([first.worst?.input, first.minimal?.input], [12_345, 12_345]);

  seen.length = 0;
  const alone = await check(claimOf([planted, { ...passing, name: 'unsaved' }]), { ...saved, replayOnly: true });
  t.deepEqual(seen, [12_345]);
  t.deepEqual([alone.verdict, alone.cases, alone.worst?.ratio], ['violated', 1, 9]);
  const fixed = await check(claimOf([part(() => ({ ratio: 0.5 }))]), { ...saved, replayOnly: true });
  t.is(fixed.verdict, 'holds');
  const gone = await check(claimOf([part(() => ({ ratio: 0 }), { name: 'renamed' })]), { ...saved, replayOnly: true });
  t.is(gone.verdict, 'not-applicable');
});

test('a saved case of another shape is reported and not judged', async (t) => {
  const planted = part((input) => ({ ratio: (input as unknown as { a: { b: number } }).a.b }));
  const saved = { savedCases: () => [{ part: 'planted', input: {} }], replayOnly: true };
  const evidence = await check(claimOf([planted]), saved);
  t.is(evidence.verdict, 'inconclusive');
  t.regex(evidence.reason, /a saved case does not fit this version: Cannot read properties of undefined/);
  const unsupported = part(() => Promise.reject(new UnsupportedError('no')));
  t.is((await check(claimOf([unsupported]), saved)).verdict, 'not-applicable');
});

test('cases depend on the seed, the claim, its version and the part, and on nothing else', async (t) => {
  const casesOf = async (
    parts: readonly string[],
    rest: Partial<PropertyClaim> = {},
    seed = '1',
  ): Promise<number[]> => {
    const seen: number[] = [];
    const watched = parts.map((name) =>
      part(
        (input) => {
          if (name === 'watched') seen.push(input);
          return { ratio: 0 };
        },
        { name },
      ),
    );
    await check(claimOf(watched, rest), { seed });
    return seen;
  };
  const cases = await casesOf(['watched']);
  t.is(cases.length, 60);
  t.deepEqual(await casesOf(['watched']), cases);
  t.deepEqual(await casesOf(['added', 'watched', 'another']), cases);
  for (const change of [{ id: 'other-claim' }, { version: 2 }])
    t.notDeepEqual(await casesOf(['watched'], change), cases);
  t.notDeepEqual(await casesOf(['watched'], {}, '2'), cases);
  const byName: Record<string, number[]> = { one: [], other: [] };
  const parts = Object.entries(byName).map(([name, seen]) =>
    part(
      (input) => {
        seen.push(input);
        return { ratio: 0 };
      },
      { name },
    ),
  );
  await check(claimOf(parts));
  t.notDeepEqual(byName['one'], byName['other']);

  const seeds = new Set<number>();
  for (const master of ['1', '2']) {
    for (const id of ['a', 'ab']) for (const name of ['b', 'c']) seeds.add(deriveSeed(master, id, 1, name));
  }
  t.is(seeds.size, 8);
  t.true([...seeds].every(Number.isInteger));
});

test('an abort stops a check between cases, even if it answers at once or shrinks', async (t) => {
  const controller = new AbortController();
  const endless = part(() => ({ ratio: 0 }));
  const running = checkProperty(endless, { ...plain, runs: 1e9, signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await t.throwsAsync(running, { any: true, name: 'AbortError' });

  const later = new AbortController();
  let calls = 0;
  const shrinking = part((input) => {
    if (++calls === 103) later.abort();
    return { ratio: input };
  });
  await t.throwsAsync(checkProperty(shrinking, { ...plain, signal: later.signal }), { any: true, name: 'AbortError' });
  t.true(calls < 110);
});

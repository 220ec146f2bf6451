import test from 'ava';
import { properties } from '../../../properties/index.js';
import { readCatalogue } from '../../cli/catalogue.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { fixedLines, functionProperties, questions } from './subjects.js';

test('every question of the matrix is asked by claims that there are, and every claim about a prox has one', (t) => {
  const asked = Object.values(questions).flat();
  t.is(new Set(asked).size, asked.length);
  const ids = readCatalogue().map(({ id }) => id);
  t.deepEqual(
    asked.filter((id) => !ids.includes(id)),
    [],
  );
  // An algorithm.
  const others = ['prox-svrg'];
  const aboutProx = properties.map(({ id }) => id).filter((id) => /^(eq6-prox|prox-)/.test(id) && !others.includes(id));
  t.true(aboutProx.length > 3);
  t.deepEqual(
    aboutProx.filter((id) => !asked.includes(id)),
    [],
  );
});

test('functions by claim: a failing method is shown, even beside right ones, otherwise the worst', (t) => {
  const margins = cellClaim('margins', [
    { ...cellOf('prox of l1'), worst: 0.01 },
    { ...cellOf('value of l1'), worst: 0.04 },
  ]);
  const both = cellClaim('both', [cellOf('value of huber'), cellOf('gradient of huber', failingCase(['huber']))]);
  const { claims, rows } = functionProperties(subjectsRecord([...everyFate, margins, both]));
  t.true(claims.includes('both') && !claims.includes('remark-majority-vote'));
  const cell = (label: string, claim: string) => rows.find((row) => row.label === label)!.cells.get(claim);
  t.deepEqual(cell('huber', 'both'), { outcome: 'wrong', subject: 'gradient of huber', claim: 'both', worst: 2 });
  t.is(cell('l1', 'margins')!.worst, 0.04);
});

test('of a known failure that holds now it is said which of its entries to delete', (t) => {
  for (const [holds, told] of [
    [[true], ['l1 holds now: delete its entry']],
    [[true, true], ['l1 holds now: delete its 2 entries']],
    [[true, false], ['l1 holds now in claim-0: delete that entry']],
    [[true, false, true], ['l1 holds now in claim-0, claim-2: delete those 2 entries']],
    [[false], []],
  ] as const) {
    const claims = holds.map((each, i) => ({ id: `claim-${i}`, knownCells: { l1: { holds: each } } }));
    t.deepEqual(fixedLines({ claims } as unknown as RunRecord), told);
  }
});

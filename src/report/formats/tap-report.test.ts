import test from 'ava';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { tapReport } from './tap-report.js';

test('TAP by subject: a point for each subject and claim about it, with its result', (t) => {
  const known = [{ subject: 'prox of l1', claim: 'known', reason: 'old # 7' }];
  const failing = cellClaim('known', [cellOf('prox of l1', failingCase(['l1']))]);
  const lines = tapReport(subjectsRecord([...everyFate, failing], { known }), 'subjects')
    .trimEnd()
    .split('\n');
  const points = lines.filter((line) => /^(not )?ok /.test(line));
  t.is(lines[1], `1..${points.length}`);
  points.forEach((point, i) => void t.regex(point, new RegExp(`^(not )?ok ${i + 1} - `)));
  const find = (name: string): string => points.find((point) => point.includes(` - ${name}`))!.replace(/ \d+ - /, ' ');
  t.is(find('prox of l1: eq6-prox'), 'ok prox of l1: eq6-prox');
  t.is(find('prox of huber: eq6-prox'), 'not ok prox of huber: eq6-prox');
  t.is(find('prox of box: eq6-prox'), 'ok prox of box: eq6-prox');
  t.is(find('prox of scaled: eq6-prox'), 'ok prox of scaled: eq6-prox # SKIP follows from prox of huber');
  t.regex(find('prox of zero: eq6-prox'), /^ok .* # SKIP only at weight 0: prox of zero at y = 1/);
  t.regex(find('prox of l1: known'), /^not ok .* # TODO known failure \(old \\# 7\): prox of l1 at y = 1/);
  t.is(find('gradient of l1: '), 'ok gradient of l1: not-offered # SKIP not offered');
  const at = lines.findIndex((line) => line.includes(' - prox of huber: eq6-prox'));
  t.deepEqual(lines.slice(at + 1, at + 4), [
    '  ---',
    '  verdict: "wrong"',
    '  message: "prox of huber at y = 1: returned 2, right is 3"',
  ]);
  t.regex(lines[at + 4]!, /^ {2}details: ".*\\nreproduce: signprox guard --claims eq6-prox --seed seed-1"$/);
  for (const line of lines.slice(2)) t.regex(line, /^((not )?ok \d+ - | {2}---$| {2}\.\.\.$| {2}\w+: (".*"|\d+)$)/);
});

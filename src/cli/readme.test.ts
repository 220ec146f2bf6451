import test from 'ava';
import { testWith } from '../guard/programs.test.helper.js';
import { exitMeanings } from '../report/record/outcome.js';
import { follow, lineRunner, pageText } from './pages.test.helper.js';

const run = lineRunner();

testWith('python3', '--version')('docs/guard-your-library.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/guard-your-library.md');
  t.regex(all, /^5 subjects: 4 right, 1 not-offered$/m);
  t.regex(all, /^ {2}r = l1\(weight = .*\), γ = .*, y = .*\n {2}prox.*: returned .*, right is .* ulp/m);
});

testWith('python3', '--version')('docs/guard-in-ci.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/guard-in-ci.md');
  t.regex(all, /^l1 +\(✗\) +✓$/m);
  t.regex(all, /^prox of l1 holds now: delete its entry$/m);
  t.regex(all, /against the baseline:\n {2}nothing changed\n/);
});

test('the exit codes of docs/verdicts.md are those of the program', (t) => {
  const rows = [...pageText('docs/verdicts.md').matchAll(/^\| (\d+) +\| \S/gm)].map(([, code]) => code);
  t.deepEqual(rows, Object.keys(exitMeanings));
});

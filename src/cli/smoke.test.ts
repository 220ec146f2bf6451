import test from 'ava';
import { commandRunner, inFolder } from './command-runner.test.helper.js';
import { fixture } from './few-functions.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const modules = {
  'convex.mjs': `export const theorem = {
    id: 'my-convex',
    statement: 'f(x^T) − f* for gradient descent on a convex f with γ = 1/L',
    objective: 'fixed',
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
    algorithm: 'gradient-descent',
    schedule: { step: '1/L' },
    term: 'objective-gap',
    onlyLast: true,
  };`,
  'mine.mjs': 'export const l1 = (y) => y;',
  'right.mjs':
    'export const l1 = (y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));',
};
const run = commandRunner();
const problem = fixture('problems/cosine-linear.json');

/** Each command once, as its user types it, with its exit code and what it prints: the lane `commands` asks the rest. */
const lines: readonly (readonly [line: string, code: number, stdout: RegExp])[] = [
  ['verify --claims eq10-mini-batch --depth quick --out whole', 0, /eq10-mini-batch +✓ holds/],
  ['report whole/selection/run.json', 0, /eq10-mini-batch +✓ holds/],
  ['guard mine.mjs --depth quick --claims eq6-prox', 1, /^✗ prox of l1 is wrong/m],
  ['replay reports/failures/eq6-prox.prox-of-l1.mine.json', 1, /^✗ still wrong: prox of l1 /],
  ['identify right.mjs', 0, /^ +is +prox-l1$/m],
  ['init javascript', 0, /sh guard\.sh/],
  ['figure --size 8 --measurements 40 --iterations 3 --reading total', 0, /figure-1-total\.svg/],
  [`audit --problem ${problem} --points 16 --theorem 1`, 0, /bounded noise +✓ certified/],
  [`bounds --theorem 1 --problem ${problem} --start [1.25] --iterations 1,4`, 0, /enclosed left side is at most/],
  ['bounds --search --theorem error-feedback --iterations 4 --evaluations 5', 0, /^T = 4: \d+ instances evaluated/m],
  [`prove ${fixture('theorems/sgd-textbook.mjs')} --iterations 1`, 0, /^✓ sgd-textbook: proved/m],
  ['worst convex.mjs --up-to 1', 0, /my-convex/],
  [`prove --multipliers ${fixture('multipliers/pepit-gradient-descent.json')}`, 0, /^✓ /m],
  ['explain theorem-1', 0, /verify --claims theorem-1$/m],
  ['functions l1', 0, /weight \* sum_i \|u_i\|/],
  ['vectors write --out vectors', 0, /vectors/],
  ['complete bash', 0, /^complete -F /m],
  // They wait, for standard input and for a queue.
  ['mcp --help', 0, /Model Context Protocol/],
  ['worker --help', 0, /--redis /],
];

test('each command does what it is for', async (t) => {
  const { ends } = inFolder(t, run, await directory(t, modules));
  for (const [line, code, stdout] of lines) await ends(line, { code, stdout });
  const { stdout } = await ends('--help');
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*[[<]|^ {2}([a-z]+) {5,}/gm)].map(
    ([, one, other]) => one ?? other!,
  );
  const asked = new Set(lines.map(([line]) => line.split(' ')[0]!));
  t.deepEqual(listed.filter((name) => name !== 'help').toSorted(), [...asked].toSorted());
});

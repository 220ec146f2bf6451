import { spawnSync } from 'node:child_process';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { testWith } from '../../guard/programs.test.helper.js';
import type { Call } from './call.js';
import { questionAsCode } from './question-as-code.js';

const ask = (): Promise<unknown> => Promise.resolve();
const call = (name: string, given: Call['given']): Call => ({ subject: { name, level: 0 }, given, ask });
const prox = call('prox of l1', { r: { type: 'l1', weight: 1 }, γ: 0.1, x: new Float64Array([1]) });
const everything = call('step of spgm', {
  d: {
    type: 'least-squares',
    rows: [
      [1, 2],
      [3, 4.5],
    ],
    targets: [0.1, -2],
  },
  r_k: [{ type: 'separable-sum', blocks: [{ size: 1, function: { type: 'l1', weight: 0.1 } }] }, { type: 'zero' }],
  θ: [0.5, 0.5],
  γ: 1e-300,
  x: new Float64Array([1 / 3, -0, Number.POSITIVE_INFINITY]),
  k: [0, 1],
  shared: true,
});

test('a question is a line of the language (Python by default), and its answer a comment', (t) => {
  const came = 'returned 0, right is 0.9';
  const line = 'r = {"type": "l1", "weight": 1}; step = 0.1; y = [1]  # prox of l1: returned 0, right is 0.9';
  t.is(questionAsCode([prox], came, 'Python'), line);
  t.is(questionAsCode([prox], came, 'befunge'), line);
  t.is(
    questionAsCode([prox], 'returned 0,\nright is 0.9', 'python'),
    line,
    'a comment of two lines would be a program',
  );
  t.regex(
    questionAsCode([prox], came, 'Octave')!,
    /^r = struct\("type", "l1", "weight", 1\); step = 0.1; y = \[1\]; {2}% prox of l1/,
  );
  t.is(questionAsCode([call('prox of l1', { x: new Float64Array(500) })], came, 'python'), undefined);
});

/** The line runs, and the numbers that it defines are the same doubles. */
function runs(t: ExecutionContext, language: string, program: readonly string[], show: string): void {
  const line = questionAsCode([everything], 'returned 1', language)!;
  const [name, ...options] = program;
  const { status, stdout, stderr } = spawnSync(name!, [...options, `${line}\n${show}`], { encoding: 'utf8' });
  t.is(status, 0, `${line}\n${stderr}`);
  t.deepEqual(stdout.trim().split(/\s+/).map(Number), [1 / 3, Number.POSITIVE_INFINITY, 1e-300, 4.5, 3, 0.1]);
}

const shown =
  'print(repr(x[0]), "Infinity" if x[2] > 1e308 else x[2], step, d["rows"][1][1], d["rows"][1][0], functions[0]["blocks"][0]["function"]["weight"])';
testWith('python3', '--version')('Python reads it', (t) => runs(t, 'python', ['python3', '-c'], shown));
test('JavaScript reads it', (t) => {
  const show = 'console.log(x[0], x[2], step, d.rows[1][1], d.rows[1][0], functions[0].blocks[0].function.weight)';
  runs(t, 'javascript', [process.execPath, '-e'], show);
});
testWith('octave-cli', '--version')('Octave reads it', (t) => {
  const weight = 'functions{1}.blocks{1}.function.weight';
  const infinity = 'strrep(num2str(x(3)), "Inf", "Infinity")';
  const show = `printf("%.17g %s %.17g %.17g %.17g %.17g\\n", x(1), ${infinity}, step, d.rows(2, 2), d.rows(2, 1), ${weight});`;
  runs(t, 'octave', ['octave-cli', '--no-init-file', '--eval'], show);
});
testWith('Rscript', '--version')('R reads it', (t) => {
  const weight = 'functions[[1]]$blocks[[1]]$`function`$weight';
  const show = `cat(sprintf("%.17g", x[1]), "Infinity", sprintf("%.17g", c(step, d$rows[2, 2], d$rows[2, 1], ${weight})))`;
  runs(t, 'r', ['Rscript', '-e'], show);
});

test('−0 keeps its sign in every language', (t) => {
  const minusZero = call('prox of l1', { γ: 1, x: Float64Array.of(-0, 1) });
  for (const language of ['python', 'javascript', 'octave', 'r']) {
    t.regex(questionAsCode([minusZero], 'wrong', language)!, /-0\.0[,;]/, language);
  }
});

test('questions with one common answer are one line, with their differences numbered', (t) => {
  const at = (step: number) => call('prox of l1', { r: { type: 'l1', weight: 1 }, γ: step, x: Float64Array.of(1) });
  t.is(
    questionAsCode([at(256), at(1024)], 'grows', 'python'),
    'r = {"type": "l1", "weight": 1}; step_1 = 256; step_2 = 1024; y = [1]  # prox of l1: grows',
  );
});

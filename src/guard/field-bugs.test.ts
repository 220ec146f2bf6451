import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from '../cli/command-process.test.helper.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { pythonWith, testWith } from './programs.test.helper.js';

/**
 * An error that was met in the field, rebuilt in a few lines, and what `signprox guard` must say of it: or a right implementation that was once
 * called wrong. Each row is one run of the command, judged by the exit code and the text that a user sees.
 */
interface Row {
  readonly name: string;
  /** mine.mjs, for `guard --module`; it starts with `prelude`. */
  readonly module?: string;
  /** mine.py, for `--numpy mine:name` and `--torch mine:Name` among the words, or for a program after `--`. */
  readonly python?: string;
  /** Further words of the command. */
  readonly words?: readonly string[];
  /** Seeds to judge it at; seed 1 alone by default. */
  readonly seeds?: readonly number[];
  readonly exit: 0 | 1 | 2 | 3;
  /** What standard output must say, and what it must not. */
  readonly says?: RegExp;
  readonly never?: RegExp;
  /** What standard error must say, and what it must not. */
  readonly notes?: RegExp;
  readonly neverNotes?: RegExp;
}

const root = new URL('../../../', import.meta.url);
const at = (path: string): string => JSON.stringify(new URL(path, root).href);

/**
 * What every module starts with. `right(F)` is the suite's own function, whose answers a row spoils; `library(functions, methods)` declares functions
 * with some of `prox(F, γ, y)`, `value(F, x)`, `gradient(F, x)`; `mutate` edits the adapter of fixtures/adapters/javascript.
 */
const prelude = `
import { parseFunction } from ${at('dist/src/reference/functions/index.js')};
import { mutate } from ${at('fixtures/mutants/javascript/mutate.js')};
const right = (F) => {
  const own = parseFunction(F);
  return {
    prox: (step, y) => [...own.prox(Float64Array.from(y), step)],
    value: (x) => own.value(Float64Array.from(x)),
  };
};
const library = (functions, methods) => ({
  describe: () => ({
    name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: Object.keys(methods), functions, smooth: [],
    algorithms: [], conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
  }),
  ...methods,
});
`;

const rows: readonly Row[] = [
  {
    name: 'soft thresholding with the step is right',
    module: `export default library(['l1'], { prox: (F, step, y) => right(F).prox(step, y) });`,
    words: ['--claims', 'eq6-prox'],
    exit: 0,
    says: /exit 0/,
  },
  {
    name: 'soft thresholding that forgets the step',
    module: `export default library(['l1'], { prox: (F, step, y) => right(F).prox(1, y) });`,
    words: ['--claims', 'eq6-prox'],
    exit: 1,
    says: /^prox of l1: wrong/m,
  },
  {
    name: 'soft thresholding of arrays that forgets the step',
    python: `
import numpy as np
def soft(x, step, weight):
    return np.sign(x) * np.maximum(np.abs(x) - weight, 0)
`,
    words: ['--numpy', 'mine:soft', '--as', 'l1', '--claims', 'eq6-prox'],
    exit: 1,
    says: /^prox of l1: wrong/m,
  },
];

const python = pythonWith('numpy');
const testNode = testWith(process.execPath, '--version');
const testPython = testWith(python, '-c', 'import numpy');
startWithoutCoverage();

for (const { name, module, python: source, words = [], seeds = [1], ...expected } of rows) {
  const run = source === undefined ? testNode : testPython;
  run(name, async (t) => {
    const cwd = await mkdtemp(join(tmpdir(), 'signprox-field-'));
    t.teardown(() => rm(cwd, { recursive: true }));
    if (module !== undefined) await writeFile(join(cwd, 'mine.mjs'), `${prelude}${module}`);
    if (source !== undefined) await writeFile(join(cwd, 'mine.py'), source);
    const options = source === undefined ? ['--module', 'mine.mjs'] : ['--python', python];
    const target = words.includes('--') ? [] : options;
    for (const seed of seeds) {
      const all = ['guard', '--depth', 'quick', '--seed', String(seed), ...target, ...words];
      const { code, stdout, stderr } = await startCommand(cwd, all);
      const heard = `${name}, seed ${seed}\n${stdout}\n${stderr}`;
      t.is(code, expected.exit, heard);
      if (expected.says) t.regex(stdout, expected.says, heard);
      if (expected.never) t.notRegex(stdout, expected.never, heard);
      if (expected.notes) t.regex(stderr, expected.notes, heard);
      if (expected.neverNotes) t.notRegex(stderr, expected.neverNotes, heard);
    }
  });
}

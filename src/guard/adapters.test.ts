import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { directory } from '../cli/run-directory.test.helper.js';
import { prox, value } from './ask.test.helper.js';
import { openProcess } from './process-implementation.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { testWith } from './programs.test.helper.js';

const testPython = testWith('python3', '--version');

const timeout = 30_000;

startWithoutCoverage();

const raising = `
from signprox.adapter import serve

def entry(F):
    return {"a": 1}[F["type"]]

def prox(F, step, y):
    return entry(F)

def value(F, x):
    raise ValueError("over\\ntwo lines " + 300 * "x")

serve(name="raising", functions={"l1": {"prox": prox, "value": value}})
`;

testPython(
  'an exception of a Python function is reported with its line, and its traceback once on stderr',
  async (t) => {
    const cwd = await directory(t, { 'raising.py': raising });
    const adapter = await openProcess({ command: ['python3', join(cwd, 'raising.py')], timeout, seed: '1' });
    for (let call = 0; call < 2; call++) {
      await t.throwsAsync(prox(adapter, 1), {
        message: "prox answers internal: KeyError: 'l1' at raising.py:5 in entry",
      });
      await t.throwsAsync(value(adapter, 1), {
        message: /^value answers internal: ValueError: over two lines x{180,200}… at raising\.py:11 in value$/,
      });
    }
    // A pipe of its own: it may arrive after the replies.
    while (!adapter.stderr.includes('ValueError')) await setImmediate();
    t.is(adapter.stderr.match(/^KeyError: 'l1'$/gm)?.length, 1, adapter.stderr);
    t.is(await adapter.close(), undefined);
  },
);

import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { parseRunRecord } from './record/run-record.js';
import { syntheticRecord, violatedClaim } from './record/synthetic-run.test.helper.js';
import { writeReports, writeWhole } from './write-reports.js';

test('reports are written completely into a new directory, and replace older ones', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'reports-'));
  try {
    const directory = join(parent, 'a', 'b');
    const paths = await writeReports(syntheticRecord(), directory);
    t.deepEqual(
      paths,
      ['run.json', 'report.md', 'junit.xml', 'index.html'].map((name) => join(directory, name)),
    );
    await writeReports(syntheticRecord([violatedClaim()]), directory);
    t.deepEqual((await readdir(directory)).sort(), ['index.html', 'junit.xml', 'report.md', 'run.json']);
    const { verdict, ...record } = parseRunRecord(await readFile(join(directory, 'run.json'), 'utf8'));
    t.is(verdict, 'eq9-proximal-average failed');
    t.deepEqual(record, syntheticRecord([violatedClaim()]));
  } finally {
    await rm(parent, { recursive: true });
  }
});

test('a file that cannot be put in place leaves nothing behind', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'reports-'));
  try {
    await writeWhole(join(parent, 'file'), 'text');
    t.is(await readFile(join(parent, 'file'), 'utf8'), 'text');
    await mkdir(join(parent, 'directory'));
    await t.throwsAsync(writeWhole(join(parent, 'directory'), 'text'));
    await t.throwsAsync(writeReports(syntheticRecord(), join(parent, 'file', 'below')), { code: 'ENOTDIR' });
    t.deepEqual((await readdir(parent)).sort(), ['directory', 'file']);
  } finally {
    await rm(parent, { recursive: true });
  }
});

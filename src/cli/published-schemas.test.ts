import { readdir, readFile } from 'node:fs/promises';
import test from 'ava';
import { publishedSchemas } from './published-schemas.js';

/** The files as they are shipped: three levels above the compiled test. */
const directory = new URL('../../../fixtures/schema/', import.meta.url);

test('the build writes into fixtures/schema what the validating definitions say', async (t) => {
  const schemas = publishedSchemas();
  t.deepEqual((await readdir(directory)).sort(), [...schemas.keys()].sort());
  for (const [name, text] of schemas) t.is(await readFile(new URL(name, directory), 'utf8'), text, name);
});

test('every reference points to a file and every object says what it requires', async (t) => {
  const schemas = publishedSchemas();
  for (const [name, text] of schemas) {
    for (const [, reference] of text.matchAll(/"\$ref": "([^"#]+)"/g))
      t.true(schemas.has(reference!), `${name}: ${reference}`);
  }
  for (const method of ['hello', 'prox', 'run', 'batch', 'bye']) {
    t.true(schemas.has(`request-${method}.json`) && schemas.has(`reply-${method}.json`), method);
  }
});

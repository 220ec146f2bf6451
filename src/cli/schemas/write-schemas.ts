import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { publishedSchemas } from './published-schemas.js';

/** Where the package has them. Seen from the compiled file. */
const directory = new URL('../../../../fixtures/schema/', import.meta.url);

/** Writes `fixtures/schema` from the definitions that check the messages. `npm run build` does it: the files are not checked in. */
export async function writeSchemas(): Promise<void> {
  await mkdir(directory, { recursive: true });
  const schemas = publishedSchemas();
  for (const [name, text] of schemas) await writeFile(new URL(name, directory), text);
  for (const name of await readdir(directory)) if (!schemas.has(name)) await rm(new URL(name, directory));
}

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { publishedSchemas } from './published-schemas.js';

// `npm run generate`: writes fixtures/schema anew. Seen from the compiled file.
const directory = new URL('../../../../fixtures/schema/', import.meta.url);

await mkdir(directory, { recursive: true });
const schemas = publishedSchemas();
for (const [name, text] of schemas) await writeFile(new URL(name, directory), text);
for (const name of await readdir(directory)) if (!schemas.has(name)) await rm(new URL(name, directory));

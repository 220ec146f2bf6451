import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { wireJsonSchemas } from '../guard/protocol/wire-schemas.js';
import { answersSchema } from '../guard/vectors/check-answers.js';
import { manifestSchema } from '../guard/vectors/manifest.js';
import { vectorFileSchema } from '../guard/vectors/vector-file.js';
import { auditSchema } from '../report/formats/audit-report.js';
import { summarySchema } from '../report/formats/run-summary.js';
import { baselineSchema } from '../report/record/baseline.js';
import { runRecordJsonSchema } from '../report/record/run-record.js';
import { subjectsSchema } from '../report/record/subjects.js';
import { sweepLineSchema } from '../report/record/sweep-record.js';
import { configurationSchema } from './runs/configuration.js';
import { failureSchema } from './runs/failures.js';
import { knownFailuresSchema } from './runs/known-failures.js';
import { gridSchema } from './sweeps/grid.js';

/** Every published JSON Schema by file name, as text: generated from the definitions that validate. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const schemas: Record<string, object> = {
    ...wireJsonSchemas(),
    'run-record': runRecordJsonSchema(),
    subjects: z.toJSONSchema(subjectsSchema, { io: 'input' }),
    summary: z.toJSONSchema(summarySchema, { io: 'input' }),
    audit: z.toJSONSchema(auditSchema, { io: 'input' }),
    baseline: z.toJSONSchema(baselineSchema, { io: 'input' }),
    'known-failures': z.toJSONSchema(knownFailuresSchema, { io: 'input' }),
    'saved-failure': z.toJSONSchema(failureSchema, { io: 'input' }),
    configuration: z.toJSONSchema(configurationSchema, { io: 'input' }),
    'bounds-grid': z.toJSONSchema(gridSchema, { io: 'input' }),
    'sweep-line': z.toJSONSchema(sweepLineSchema, { io: 'input' }),
    'vector-file': z.toJSONSchema(vectorFileSchema, { io: 'input' }),
    'vector-manifest': z.toJSONSchema(manifestSchema, { io: 'input' }),
    'vector-answers': z.toJSONSchema(answersSchema, { io: 'input' }),
  };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

/** Their folder in the package, relative to the compiled file. */
const directory = new URL('../../../fixtures/schema/', import.meta.url);

/** Writes `fixtures/schema` from the definitions that check the messages. `npm run build` does it: the files are not checked in. */
export async function writeSchemas(): Promise<void> {
  await mkdir(directory, { recursive: true });
  const schemas = publishedSchemas();
  for (const [name, text] of schemas) await writeFile(new URL(name, directory), text);
  for (const name of await readdir(directory)) if (!schemas.has(name)) await rm(new URL(name, directory));
}

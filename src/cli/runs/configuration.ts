import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { isSeed, seedWords } from '../../claims/seed.js';
import { nearestWord } from '../../claims/text.js';
import { allIssues } from '../../guard/description.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { declarableSchema } from '../../guard/named-object.js';
import { shellQuote, UsageError } from '../options/usage-error.js';

/** What `signprox guard` judges without being told on its command line, by name. */

const implementationSchema = z
  .strictObject({
    judge: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .describe(
        'what is judged: my_module:MyAdamW, ./mine.mjs or ./mine.mjs:MyAdam, or the words of a program as a list',
      ),
    as: z.string().describe('the algorithm or function that the object implements; without it, its name says so'),
    arguments: z.record(z.string(), z.unknown()).describe('arguments of every call, by name'),
    python: z.string().describe('the Python that can import the module'),
    only: z.string().describe('judge only what matches, e.g. step of *'),
    claims: z.string().describe('check only claims whose id matches'),
    timeout: z.number().positive().describe('limit of one call in seconds'),
    knownFailures: z.string().describe('the file of its known failures'),
    baseline: z.string().describe('the file of an earlier run, than which nothing may be worse'),
    ...declarableSchema.shape,
    follows: z
      .string()
      .or(declarableSchema.shape.follows.unwrap())
      .describe('the paper or library whose conventions it must have, or by algorithm'),
  })
  .partial()
  .required({ judge: true });

export const configurationSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    depth: z.enum(depths).exactOptional().describe('how many cases to ask'),
    seed: z
      .string()
      .refine(isSeed, `a seed is ${seedWords}`)
      .exactOptional()
      .describe('the seed of every random choice'),
    python: z.string().exactOptional().describe('the Python that can import the modules'),
    implementations: z
      .record(z.string(), implementationSchema)
      .refine((all) => Object.keys(all).length > 0, 'there must be at least one')
      .refine(
        (all) => Object.keys(all).every((name) => /^\w[\w.-]*$/u.test(name)),
        'a name has letters, digits, dots, hyphens and underscores',
      ),
  })
  .describe('signprox configuration');
export type Configuration = z.output<typeof configurationSchema>;
/** One thing that is judged. */
export type Configured = z.output<typeof implementationSchema>;

/** A configuration, and the file that holds it: its paths begin in the folder of the file. */
export interface ReadConfiguration {
  readonly path: string;
  readonly folder: string;
  readonly configuration: Configuration;
}

/** Where a configuration may stand, in the order in which they are tried, and how its part of the file is found. */
const places: readonly { readonly file: string; part(text: string): unknown }[] = [
  { file: 'signprox.json', part: (text) => JSON.parse(text) },
  {
    file: 'pyproject.toml',
    async part(text) {
      const { parse } = await import('smol-toml');
      return (parse(text) as { readonly tool?: { readonly signprox?: unknown } }).tool?.signprox;
    },
  },
  { file: 'package.json', part: (text) => (JSON.parse(text) as { readonly signprox?: unknown }).signprox },
];

/** How a file is read by its name: any other name is JSON with nothing else in it. */
const placeOf = (path: string) => places.find(({ file }) => path.endsWith(file)) ?? places[0]!;

/**
 * Reads the configuration: of the file, or without one the first of `signprox.json`, `[tool.signprox]` in `pyproject.toml` and `signprox` in
 * `package.json` here. Undefined where no file is named and there is none.
 *
 * @throws UsageError when a file cannot be read, or holds something else
 */
export async function readConfiguration(named?: string): Promise<ReadConfiguration | undefined> {
  if (named !== undefined) {
    const text = await readFile(named, 'utf8').catch((error: unknown) => {
      throw new UsageError(`cannot read ${shellQuote(named)}: ${whyUnreadable(error)}; give a signprox.json`);
    });
    const found = await partOf(named, text);
    if (found === undefined) throw new UsageError(`${named} has no configuration of signprox: ${example}`);
    return configurationOf(named, found);
  }
  for (const { file } of places) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const found = text === undefined ? undefined : await partOf(file, text);
    if (found !== undefined) return configurationOf(file, found);
  }
  return undefined;
}

const example = 'it looks like {"implementations": {"mine": {"judge": "my_module:MyAdamW", "as": "adamw"}}}';

async function partOf(path: string, text: string): Promise<unknown> {
  try {
    return await placeOf(path).part(text);
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new UsageError(`${path} cannot be read: ${why}`);
  }
}

function configurationOf(path: string, found: unknown): ReadConfiguration {
  const parsed = configurationSchema.safeParse(found);
  if (!parsed.success) throw new UsageError(`${path}: ${allIssues(parsed.error, found)}; ${example}`);
  return { path, folder: dirname(resolve(path)), configuration: parsed.data };
}

/**
 * Those of the configuration that are judged: all, or the one of a name.
 *
 * @throws UsageError when nothing has the name
 */
export function configured({ path, configuration }: ReadConfiguration, name?: string): readonly [string, Configured][] {
  const all = Object.entries(configuration.implementations);
  if (name === undefined) return all;
  const own = all.filter(([key]) => key === name);
  if (own.length > 0) return own;
  const names = all.map(([key]) => key);
  const near = nearestWord(name, names);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  throw new UsageError(`${path} has nothing named ${shellQuote(name)}${hint}: it has ${names.join(', ')}`);
}

import { dirname, relative, resolve } from 'node:path';
import * as z from 'zod';
import { parseRecord } from '../../report/record/json-numbers.js';
import { UsageError } from '../options/usage-error.js';
import { isInline, readGiven } from '../problems/json-file.js';
import { largestBatch, largestIterations } from './limits.js';

const inlineOrFile = (what: string) =>
  z.union([z.string().min(1), z.record(z.string(), z.unknown()), z.array(z.unknown())]).describe(what);

const list = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).min(1);

/** A grid of rows in a file. Paths in it are relative to its folder. */
export const gridSchema = z.strictObject({
  problems: list(
    z.strictObject({
      problem: inlineOrFile('the problem, or the file of one'),
      start: inlineOrFile('x⁰ as an array of numbers, or the file of one'),
    }),
  ),
  theorems: list(
    z.union([
      z.string().min(1),
      z.strictObject({ theorem: z.string().min(1), schedule: z.string().min(1).exactOptional() }),
    ]),
  ),
  iterations: list(z.int().min(1).max(largestIterations)),
  steps: list(z.number().positive()).exactOptional(),
  miniBatches: list(z.int().min(1).max(largestBatch)).exactOptional(),
});

/** A grid as given: every problem with every theorem, γ, B and T. */
export interface GridWords {
  /** As the values of `--problem` and `--start`. */
  readonly problems: readonly { readonly problem: string; readonly start: string }[];
  readonly theorems: readonly { readonly theorem: string; readonly schedule?: string }[];
  readonly iterations: readonly number[];
  readonly steps?: readonly number[];
  readonly miniBatches?: readonly number[];
}

/** Reads a grid from a file or inline JSON. @throws UsageError of one line that names what is wrong, such as an unknown field */
export async function readGrid(given: string): Promise<GridWords> {
  const { json, origin } = await readGiven('--grid', given, 'a JSON file with problems, theorems and iterations');
  const grid = parsed(json, origin);
  const folder = isInline(given) || given === '-' ? '.' : dirname(given);
  const beside = (path: string): string => relative('.', resolve(folder, path));
  const word = (value: unknown): string => (typeof value === 'string' ? beside(value) : JSON.stringify(value));
  return {
    ...grid,
    problems: grid.problems.map(({ problem, start }) => ({ problem: word(problem), start: word(start) })),
    theorems: grid.theorems.map((entry) => {
      const { theorem, ...rest } = typeof entry === 'string' ? { theorem: entry } : entry;
      return { theorem: /\.m?js$/.test(theorem) ? beside(theorem) : theorem, ...rest };
    }),
    iterations: ascending(grid.iterations),
    ...(grid.steps && { steps: ascending(grid.steps) }),
    ...(grid.miniBatches && { miniBatches: ascending(grid.miniBatches) }),
  };
}

function parsed(json: unknown, origin: string): z.output<typeof gridSchema> {
  try {
    return parseRecord(origin, gridSchema, JSON.stringify(json));
  } catch (error) {
    throw new UsageError((error as RangeError).message);
  }
}

const ascending = (values: readonly number[]): readonly number[] => [...new Set(values)].sort((a, b) => a - b);

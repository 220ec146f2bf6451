import { createHash } from 'node:crypto';
import * as z from 'zod';

const file = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  vectors: z.number().int().positive(),
});

/** `fixtures/vectors/v1/manifest.json`: the files of vectors, as they are for ever. */
export const manifestSchema = z
  .strictObject({
    format: z.literal('signprox-vectors-1'),
    files: z.record(z.string().regex(/^[a-z0-9-]+\.json$/), file).describe('by name, in the folder of this file'),
    withdrawn: z.record(z.string(), z.string()).describe('by id of a vector, why it is not to be asked any more'),
  })
  .describe('signprox test vectors, version 1: the manifest');

type Manifest = z.output<typeof manifestSchema>;

/** Vectors that were found to be wrong after they were released, and why. Their files never change. */
const withdrawn: Readonly<Record<string, string>> = {};

/** The manifest of files by name, as text. */
export function manifestText(files: ReadonlyMap<string, { readonly text: string; readonly vectors: number }>): string {
  const manifest: Manifest = {
    format: 'signprox-vectors-1',
    files: Object.fromEntries(
      [...files]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { text, vectors }]) => {
          const bytes = Buffer.from(text);
          return [name, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, vectors }];
        }),
    ),
    withdrawn,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

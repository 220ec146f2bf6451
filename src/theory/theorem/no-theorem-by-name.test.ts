import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where a theorem is taken as it comes: engines, auditor, search, reports and commands. */
const blind = ['claims', 'theory', 'judging', 'exact', 'executors', 'statistics', 'report', 'cli'];
/** Texts about the paper's own theorems, and the order in which claims are started. */
const telling = [/^src\/report\/view\/findings\//, /^src\/cli\/runs\/longest-first\.ts$/];

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

test('no engine, auditor, search, report or command knows a theorem by its id', (t) => {
  const files = blind.flatMap((room) =>
    readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' }).map((path) => `src/${room}/${path}`),
  );
  const read = files.filter((file) => file.endsWith('.ts') && !/\.test\.(helper\.)?ts$/.test(file));
  t.true(read.length > 200);
  const naming = read
    .filter((file) => !telling.some((pattern) => pattern.test(file)))
    .filter((file) =>
      /'theorem-?[12][\w-]*'|theorem-[12][\w-]*\.js|\btheorem[12]\b/.test(
        withoutComments(readFileSync(join(root, file), 'utf8')),
      ),
    );
  t.deepEqual(naming, []);
});

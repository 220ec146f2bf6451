import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

const reference = ['functions', 'smooth', 'certified', 'problem', 'sampling', 'algorithms', 'imaging'];
const mathematics = [...reference, 'exact', 'statistics', 'claims/text.ts'];
/** What decides claims: about theorems and about implementations. */
const judges = ['claims/*', 'judging/*', 'theory/*'];
const belowRuns = ['cli/options', 'cli/catalogue.ts', 'cli/user-files', 'cli/threads', 'cli/problems'];
const belowCommands = [...belowRuns, 'cli/runs', 'cli/sweeps'];
const belowMain = [
  'cli/collections.ts',
  'cli/options',
  'cli/catalogue.ts',
  'cli/user-files',
  'cli/runs',
  'cli/commands',
  'cli/published-schemas.ts',
];

/**
 * The rooms of the house, from the bottom up: every source file stands in the one with the longest path that fits, and may import from it
 * and from those named beside it (`theory/*` is all of theory). These stand above it in the list, so imports point one way.
 * `npm run lint` holds every file to this list.
 * @type {readonly (readonly [room: string, mayImport: readonly string[]])[]}
 */
export const rooms = [
  ['src/reference/functions', []],
  ['src/reference/smooth', ['functions']],
  ['src/reference/certified', ['functions', 'smooth']],
  ['src/reference/problem', ['functions', 'smooth', 'certified']],
  ['src/reference/sampling', []],
  ['src/reference/algorithms', ['functions', 'smooth', 'certified', 'problem', 'sampling']],
  ['src/reference/imaging', ['functions', 'smooth', 'certified', 'problem', 'sampling', 'algorithms']],
  ['src/exact', []],
  ['src/claims/text.ts', []],
  ['src/statistics', ['sampling', 'claims/text.ts']],
  ['src/claims/implementation', mathematics],
  ['src/judging/arbitraries', [...mathematics, 'claims/implementation']],
  ['src/claims', [...mathematics, 'claims/implementation']],
  ['src/judging/judges', [...mathematics, 'judging/arbitraries', 'claims/implementation', 'claims']],
  ['src/theory/formulas', ['exact', 'claims/text.ts']],
  ['src/theory/theorem', [...mathematics, 'judging/arbitraries', 'claims', 'theory/formulas']],
  ['src/theory/left-side', [...mathematics, 'claims/implementation', 'claims', 'theory/theorem']],
  ['src/judging/parts', [...mathematics, 'judging/arbitraries', 'claims/implementation', 'claims', 'judging/judges']],
  ['src/theory/bounds', [...mathematics, 'claims/implementation', 'claims', 'theory/theorem', 'theory/left-side']],
  [
    'src/theory/proofs',
    [
      ...mathematics,
      'judging/arbitraries',
      'claims',
      'judging/judges',
      'judging/parts',
      'theory/formulas',
      'theory/theorem',
      'theory/left-side',
      'theory/bounds',
    ],
  ],
  ['properties', [...mathematics, ...judges]],
  ['src/executors', ['sampling', 'claims', 'claims/text.ts', 'claims/implementation']],
  ['src/guard', [...mathematics, ...judges]],
  ['src/report', ['certified', 'statistics', ...judges]],
  ['src/library', [...mathematics, ...judges, 'properties', 'executors', 'guard', 'report']],
  // The paper stands on what the package exports, as anybody's theorem does.
  ['theorems', ['library']],
  ['src/index.ts', ['smooth', 'library']],
  ['src/cli/options', ['claims', 'claims/text.ts', 'report']],
  ['src/cli/catalogue.ts', ['functions', 'claims', 'report']],
  ['src/cli/user-files', ['guard', 'cli/options']],
  [
    'src/cli/problems',
    [...mathematics, 'claims', 'theory/theorem', 'guard', 'cli/options', 'cli/catalogue.ts', 'cli/user-files'],
  ],
  ['src/cli/threads', ['claims', 'claims/implementation', 'executors', 'cli/options', 'cli/user-files']],
  ['src/cli/runs', [...mathematics, ...judges, 'executors', 'guard', 'report', ...belowRuns]],
  ['src/cli/sweeps', [...mathematics, ...judges, 'executors', 'guard', 'report', ...belowRuns]],
  ['src/cli/published-schemas.ts', ['guard', 'report', 'cli/runs', 'cli/sweeps']],
  ['src/cli/commands', [...mathematics, ...judges, 'executors', 'guard', 'report', ...belowCommands]],
  // What the command line judges: no other file of it knows the paper.
  ['src/cli/collections.ts', ['claims', 'properties', 'theorems', 'cli/catalogue.ts']],
  [
    'src/cli',
    [
      ...['functions', 'smooth', 'theory/theorem'],
      'claims',
      'claims/text.ts',
      'claims/implementation',
      'executors',
      'guard',
      'report',
      ...belowMain,
    ],
  ],
  // Scripts of a clone, which import what the build has made.
  ['src/reference/write-vocabularies.mjs', []],
  [
    'src/tools',
    [
      ...mathematics,
      ...judges,
      'claims',
      'claims/implementation',
      'properties',
      'theorems',
      'guard',
      'report',
      'library',
    ],
  ],
];

export const nameOf = (room) => room.replace(/^src\/(reference\/)?/, '');
const roomOf = (file) =>
  rooms
    .filter(([room]) => file === room || file.startsWith(`${room}/`))
    .reduce(
      (longest, room) => (longest !== undefined && longest[0].length > room[0].length ? longest : room),
      undefined,
    );

/** Whether one of the names of a list means the room called `name`. */
const means = (others, name) =>
  others.some((other) => other === name || (other.endsWith('/*') && `${name}/`.startsWith(other.slice(0, -1))));

/** The rooms that a list of names means. */
export const namedRooms = (others) => rooms.map(([room]) => room).filter((room) => means(others, nameOf(room)));

/** Whether a file of `room` may import from the room called `name`. */
const mayImport = ([room, others], name) => name === nameOf(room) || means(others, name);

/** The files that the source text of `file` imports, types and what is loaded later included, as paths from the root. */
export function importsOf(file, text) {
  const specifiers = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^'$?]*)(?:\?[^'$]*)?'/g);
  return [...specifiers].map(([, to]) =>
    join(dirname(file), to)
      .replaceAll(sep, '/')
      .replace(/^dist\//, '')
      .replace(/\.js$/, '.ts'),
  );
}

/**
 * What is wrong with the house, in sentences: files in no room, imports of a room that is not named, and circles of files.
 * @param {ReadonlyMap<string, string>} sources the text of every source file that is no test, by its path from the root
 * @returns {string[]}
 */
export function wrongInHouse(sources) {
  const wrong = [];
  const imports = new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]));
  for (const [file, targets] of imports) {
    const own = roomOf(file);
    if (own === undefined) wrong.push(`${file} is in no room of src/tools/rooms.mjs`);
    for (const target of own === undefined ? [] : targets) {
      const room = roomOf(target)?.[0];
      if (room === undefined || !mayImport(own, nameOf(room))) {
        wrong.push(`${file} imports ${target}: ${own[0]} may import ${own[1].join(', ') || 'nothing'} beside itself`);
      }
    }
  }
  const seen = new Map();
  const visit = (file, path) => {
    if (seen.get(file) === 'done' || !imports.has(file)) return;
    if (seen.get(file) === 'open') {
      wrong.push(`files import in a circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    seen.set(file, 'open');
    for (const target of imports.get(file)) visit(target, [...path, file]);
    seen.set(file, 'done');
  };
  for (const file of imports.keys()) visit(file, []);
  return wrong;
}

/**
 * The source files of a checkout that are no tests. The packages that the reference of the library and the site are
 * written with, which are installed beside them, are left out.
 */
export function sourcesOf(root) {
  const files = ['src', 'properties', 'theorems'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(?!.*\.test\.).*\.(?:c?ts|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .filter((file) => !/^src\/tools\/site\/(node_modules|\.vitepress\/(cache|dist))\//.test(file)),
  );
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const sources = sourcesOf(fileURLToPath(new URL('../..', import.meta.url)));
  const wrong = wrongInHouse(sources);
  for (const sentence of wrong) console.error(sentence);
  console.log(`${sources.size} files in ${rooms.length} rooms, ${wrong.length} wrong`);
  if (wrong.length > 0 || sources.size === 0) exit(1);
}

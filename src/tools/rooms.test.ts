import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';

const house = (await import(new URL('../../../src/tools/rooms.mjs', import.meta.url).href)) as {
  readonly rooms: readonly (readonly [room: string, mayImport: readonly string[]])[];
  wrongInHouse(sources: ReadonlyMap<string, string>): string[];
};

const wrongIn = (sources: Record<string, string>): string[] => house.wrongInHouse(new Map(Object.entries(sources)));

test('every room stands below the rooms that it may import', (t) => {
  const names = house.rooms.map(([room]) => room.replace(/^src\/(reference\/)?/, ''));
  for (const [index, [room, mayImport]] of house.rooms.entries()) {
    for (const other of mayImport) {
      const named = names.flatMap((name, k) =>
        name === other || (other.endsWith('/*') && `${name}/`.startsWith(other.slice(0, -1))) ? [k] : [],
      );
      t.true(named.length > 0 && named.every((k) => k < index), `${room} may import ${other}`);
    }
  }
});

test('a file in no room, an import that points up and a circle are told', (t) => {
  t.deepEqual(wrongIn({ 'src/utilities/drawer.ts': '' }), [
    'src/utilities/drawer.ts is in no room of src/tools/rooms.mjs',
  ]);
  const up = { 'src/exact/a.ts': "import type { B } from '../claims/b.js';", 'src/claims/b.ts': '' };
  t.deepEqual(wrongIn(up), ['src/exact/a.ts imports src/claims/b.ts: src/exact may import nothing beside itself']);
  const later = { 'src/judging/judges/a.ts': "await import('../../theory/bounds/b.js')", 'src/theory/bounds/b.ts': '' };
  t.regex(wrongIn(later).join(), /^src\/judging\/judges\/a\.ts imports src\/theory\/bounds\/b\.ts/);
  const circle = { 'src/exact/a.ts': "import './b.js';", 'src/exact/b.ts': "export { c } from './a.js';" };
  t.deepEqual(wrongIn(circle), ['files import in a circle: src/exact/a.ts → src/exact/b.ts → src/exact/a.ts']);
  const scripts = { 'src/tools/a.mjs': "import './b.mjs';", 'src/tools/b.mjs': "import './a.mjs';" };
  t.regex(wrongIn(scripts).join(), /^files import in a circle: src\/tools\/a\.mjs → /);
  const built = { 'src/tools/a.mjs': "import '../../dist/src/cli/main.js';", 'src/cli/main.ts': '' };
  t.regex(wrongIn(built).join(), /^src\/tools\/a\.mjs imports src\/cli\/main\.ts: src\/tools may import /);
  const inside = { 'theorems/a.ts': "import { b } from '../src/theory/bounds/b.js';", 'src/theory/bounds/b.ts': '' };
  t.deepEqual(wrongIn(inside), [
    'theorems/a.ts imports src/theory/bounds/b.ts: theorems may import library beside itself',
  ]);
  const down = { 'src/theory/bounds/a.ts': "import { b } from '../../exact/b.js';", 'src/exact/b.ts': '' };
  t.deepEqual(wrongIn(down), []);
});

test('docs/the-house.svg is the picture of the rooms', async (t) => {
  const root = new URL('../../../', import.meta.url);
  const { houseFile, housePicture } = (await import(new URL('src/tools/draw-house.mjs', root).href)) as {
    readonly houseFile: string;
    housePicture(): string;
  };
  t.is(readFileSync(new URL(houseFile, root), 'utf8'), housePicture(), 'npm run generate draws it anew');
});

test('no test of the suite takes the paper as its example', (t) => {
  const root = new URL('../../../', import.meta.url);
  const all = ['src', 'properties'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true }).map((name) => `${folder}/${name}`),
  );
  // The command line judges the paper, the tools write its pages, an example may import any subpath, and its report is one page in a browser.
  const above = /^src\/(cli|tools)\/|^src\/(library\/examples|report\/html\/page-in-browser)\.test/;
  const tests = all.filter((file) => /\.test(\.helper)?\.ts$/.test(file) && !above.test(file));
  t.true(tests.length > 150);
  const importing = tests.filter((file) => /from '[./]+\/theorems\//.test(readFileSync(new URL(file, root), 'utf8')));
  t.deepEqual(importing, []);
});

import { readFileSync } from 'node:fs';
import test from 'ava';
import { testWith } from '../guard/programs.test.helper.js';

const root = new URL('../../../', import.meta.url);

interface Library {
  readonly name: string;
  readonly versions: readonly string[];
  readonly objects: readonly { readonly as?: string }[];
}
interface Row {
  readonly of: string;
  readonly by: string;
  readonly verdict: string;
}
interface Result {
  readonly library: Library;
  readonly version: string;
  readonly rows: readonly Row[];
}
interface Finding {
  readonly id: string;
  readonly kind: string;
  readonly library?: string;
  readonly script?: string;
}
interface Found {
  readonly request: object;
  readonly found: { readonly verdict: string };
}

const tool = (name: string) => import(new URL(`src/tools/${name}`, root).href);
const { asked, keyOf, manifest, objectsOf, resultsOnFile, showsBug } = (await tool('field.mjs')) as {
  readonly asked: (library: Library, version: string, by: string, objects: readonly object[]) => AsyncIterable<Found>;
  readonly keyOf: (judged: object) => string;
  readonly manifest: { readonly libraries: readonly Library[] };
  readonly objectsOf: (library: Library, version: string, by?: string) => readonly object[];
  readonly resultsOnFile: () => readonly Result[];
  readonly showsBug: (script: string, library: Library, version: string) => { readonly shows: boolean } | undefined;
};
const { faults, findingsOnFile } = (await tool('field-pages.mjs')) as {
  readonly faults: (results?: readonly object[], findings?: readonly object[]) => readonly string[];
  readonly findingsOnFile: () => readonly Finding[];
};
const { librariesFile, librariesPage } = (await tool('write-pages.mjs')) as {
  readonly librariesFile: string;
  readonly librariesPage: () => string;
};

const libraryOf = (name: string): Library => manifest.libraries.find((each) => each.name === name)!;
const confirmed = JSON.parse(
  readFileSync(new URL('fixtures/field/confirmed/confirmed.json', root), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, { readonly shows: boolean }>>>>;

test('manifest, results, findings, scripts and the page hold together', (t) => {
  t.deepEqual(faults(), []);
  t.is(readFileSync(new URL(librariesFile, root), 'utf8'), librariesPage(), 'npm run generate writes it anew');
  t.true(manifest.libraries.length >= 25);
});

/** What does not add up in the first table of a page: each row, each column, and the sentence above. */
function wrongSums(page: string): string[] {
  const lines = [...page.matchAll(/^\| (?:\[(.*?)\]\(.*?\) \| \w\S*|(all) \| ) ((?:\| \d+ ){6})\|/gm)];
  const rows = lines.map(([, library, all, cells]) => ({
    name: library ?? all!,
    numbers: cells!.split('|').slice(1).map(Number),
  }));
  const { numbers: sums } = rows.at(-1)!;
  const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
  const columns = sums.map((_, k) => total(rows.slice(0, -1).map(({ numbers }) => numbers[k]!)));
  return [
    ...rows.filter(({ numbers: [judged, ...rest] }) => judged !== total(rest.slice(0, 4))).map(({ name }) => name),
    ...columns.flatMap((sum, k) => (sum === sums[k] ? [] : [`column ${k}`])),
    ...(page.includes(`: ${sums[0]} rows about`) ? [] : ['the sentence']),
  ];
}

test('the numbers of the table add up, in each row and in each column', (t) => {
  const page = librariesPage();
  t.deepEqual(wrongSums(page), []);
  const [row, start, right] = /(\| \[PyTorch [\d.]+\]\(.*?\) \| python \| \d+ \| )(\d+)/.exec(page)!;
  t.is(wrongSums(page.replace(row, `${start}${Number(right) + 1}`)).length, 2);
  t.deepEqual(wrongSums(page.replace(/: \d+ rows about/, ': 1 rows about')), ['the sentence']);
});

test('a result that the manifest does not list is found, and so is a bug without a script', (t) => {
  const [first, ...others] = resultsOnFile();
  const unknown = { ...first!, rows: [{ of: 'mine as l1', by: 'vectors', verdict: 'right' }, ...first!.rows] };
  t.deepEqual(faults([unknown, ...others]), [
    `${first!.library.name} ${first!.version}: mine as l1 is not in the manifest`,
  ]);
  const [bug, ...rest] = findingsOnFile();
  t.is(bug!.kind, 'wrong');
  t.deepEqual(faults(resultsOnFile(), [{ ...bug!, script: 'none.py' }, ...rest]), [
    `${bug!.id} has no script`,
    'none.py was not run: npm run field -- --confirm',
  ]);
});

/** A script shows its bug in each version that is at hand in which the page says so. */
const scripts = (libraries: readonly string[], ...needs: readonly [string, ...string[]]) => {
  for (const { script, library } of findingsOnFile()) {
    if (script === undefined || !libraries.includes(library!)) continue;
    const versions = libraryOf(library!).versions.filter((version) => confirmed[script]?.[version] !== undefined);
    const [version] = library === 'torch' || libraries.length === 1 ? versions.slice(-1) : versions;
    testWith(...needs)(`${script} shows its bug in ${library} ${version}`, (t) => {
      t.is(showsBug(script, libraryOf(library!), version!)?.shows, confirmed[script]![version!]!.shows);
    });
  }
};
const debian = '/usr/bin/python3';
scripts(['torch'], debian, '-c', 'import torch');
scripts(['PyWavelets'], debian, '-c', 'import pywt');
scripts(['scikit-image'], debian, '-c', 'import skimage');

// Without the environment nothing is at hand, as in the lane frameworks.
const frameworks = process.env['SIGNPROX_FRAMEWORKS'];
if (frameworks === undefined) {
  test.skip('SIGNPROX_FRAMEWORKS names the Python for optax, proxop and ProxTorch', () => {});
} else {
  const sample = ['proxop', 'proxtorch'];
  scripts([...sample, 'optax'], frameworks, '-c', 'import jax, optax');
  for (const name of sample) {
    test.serial(`${name} is judged as before`, async (t) => {
      t.timeout(90_000);
      const library = libraryOf(name);
      const [version] = library.versions;
      const on = resultsOnFile().find((result) => result.library.name === name && result.version === version);
      const before = on!.rows.filter(({ by }) => by === 'vectors').map(({ of, verdict }) => [of, verdict]);
      const again: string[][] = [];
      for await (const { request, found } of asked(
        library,
        version!,
        'vectors',
        objectsOf(library, version!, 'vectors'),
      )) {
        again.push([keyOf(request), found.verdict]);
      }
      t.deepEqual(again, before);
    });
  }
}

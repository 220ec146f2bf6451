// Draws docs/the-house.svg from the list of rooms and from the public subpaths of the package: `npm run generate` runs it.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { namedRooms, nameOf, rooms } from './rooms.mjs';

const root = new URL('../../', import.meta.url);
const [width, margin, height, gap] = [720, 24, 30, 8];

/** Rooms in layers, from the bottom up: a room stands above all from which it imports. Single files and the scripts of a clone are left out. */
function layers() {
  const levels = new Map();
  for (const [room, mayImport] of rooms) {
    levels.set(room, 1 + Math.max(0, ...namedRooms(mayImport).map((below) => levels.get(below) ?? 0)));
  }
  const drawn = rooms.map(([room]) => room).filter((room) => !/\.\w+$|^theorems$|^src\/tools$/.test(room));
  const used = [...new Set(drawn.map((room) => levels.get(room)))].toSorted((a, b) => a - b);
  return used.map((level) => drawn.filter((room) => levels.get(room) === level));
}

/** Subpaths as the picture lists them. */
const listed = (paths) => paths.map((path) => path.slice(1)).join(', ');

const text = (x, y, words, more = '') => `<text x="${x}" y="${y}"${more}>${words}</text>`;

/** Boxes of one width beside each other, in the middle of the picture. */
function row(names, y) {
  const each = Math.min(170, (width - 4 * margin - (names.length - 1) * gap) / names.length);
  const left = (width - names.length * each - (names.length - 1) * gap) / 2;
  return names.map((name, i) => {
    const x = left + i * (each + gap);
    return `<rect class="room" x="${x}" y="${y}" width="${each}" height="${height}" rx="4"/>${text(x + each / 2, y + 20, name, ' text-anchor="middle"')}`;
  });
}

/** The picture as it should be. */
export function housePicture() {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const subpaths = Object.keys(exports).filter((path) => /^\.\/[a-z]+$/.test(path) && path !== './paper');
  const suite = layers().toReversed();
  const top = 196;
  const bottom = top + 44 + suite.length * (height + gap);
  const parts = [
    `<rect class="storey" x="${margin}" y="40" width="${width - 2 * margin}" height="82" rx="8"/>`,
    text(2 * margin, 64, 'above: the paper', ' class="title"'),
    ...row(['theorems'], 76),
    `<path class="arrow" d="M120,122V${top - 2}" marker-end="url(#head)"/>`,
    text(136, 142, `through the public subpaths signprox${listed(subpaths.slice(0, 4))},`),
    text(136, 158, `${listed(subpaths.slice(4))}, as somebody outside would`),
    text(136, 178, 'Of the suite, src/cli/collections.ts alone names the paper'),
    `<rect class="storey" x="${margin}" y="${top}" width="${width - 2 * margin}" height="${bottom - top}" rx="8"/>`,
    text(2 * margin, top + 24, 'below: the suite', ' class="title"'),
    ...suite.flatMap((rooms, i) => row(rooms.map(nameOf), top + 36 + i * (height + gap))),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bottom + margin}" viewBox="0 0 ${width} ${bottom + margin}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="12">
<title>The rooms of the house: each imports from those below it</title>
<style>
.back{fill:#fffffe}text{fill:#23262d}.title{font-size:14px;font-weight:bold}.storey{fill:none;stroke:#767b85}
.room{fill:#eef2f8;stroke:#1558b0}.arrow{fill:none;stroke:#1558b0;stroke-width:1.5}.head{fill:#1558b0}
@media (prefers-color-scheme:dark){.back{fill:#1b1b1f}text{fill:#dfdfd6}.storey{stroke:#98989f}.room{fill:#24304a;stroke:#8ab4f8}.arrow{stroke:#8ab4f8}.head{fill:#8ab4f8}}
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0,0L8,4L0,8z"/></marker></defs>
<rect class="back" width="100%" height="100%"/>
${text(width / 2, 26, 'A room imports from the rooms below it.', ' text-anchor="middle"')}
${parts.join('\n')}
</svg>
`;
}

/** The picture, from the repository's root. */
export const houseFile = 'docs/the-house.svg';

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL(houseFile, root), housePicture());

import test from 'ava';
import type { RatioLine } from '../document.js';
import { chartFile, drawingSvg, lineMarks } from './drawing.js';

const [first, second] = lineMarks;
const circle = (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="[\\d.]+"/>`;
const square = (x: number, y: number) => `<path transform="translate\\(${x},${y}\\)" d="M[^"]*h[^"]*v[^"]*h[^"]*Z"/>`;
const marks = (colour: string, ...shapes: readonly string[]) => `<g fill="${colour}">${shapes.join('')}</g>`;
const joint = (colour: string, path: string) => `<path d="${path}" stroke="${colour}" stroke-width="1.5" fill="none"/>`;

test('no two of eight lines look the same, and six have six colours', (t) => {
  const svg = drawingSvg({ ratios: { lines: Array.from({ length: 8 }, (_, i) => [[4, i / 8]]) } });
  const shapes = [...svg.matchAll(/<g fill="([^"]*)">(?:<path [^>]* d="([^"]*)"|<(circle))/g)];
  t.is(shapes.length, 8);
  t.is(new Set(lineMarks.slice(0, 6).map(({ colour }) => colour)).size, 6);
  t.is(new Set(shapes.map(([, colour, path, round]) => `${colour} ${path ?? round}`)).size, 8);
});

test('curves stand where their axes say, each in its own mark, and a dashed rule at the limit', (t) => {
  const svg = drawingSvg({
    curves: {
      size: [100, 100],
      x: { title: 'τ', ends: [1, 100], logarithmic: true, ticks: [1, 10, 100] },
      y: { ends: [0, 4] },
      limit: 1,
      curves: [
        [
          [1, 4],
          [10, 2],
        ],
        [
          [1, 1],
          [100, 0],
        ],
      ],
    },
  });
  t.regex(svg, /<line x1="0" x2="100" y1="75" y2="75" [^>]* stroke-dasharray="5 3"/);
  t.regex(svg, new RegExp(joint(first.colour, 'M0,0L50,50') + marks(first.colour, circle(0, 0), circle(50, 50))));
  t.regex(
    svg,
    new RegExp(joint(second.colour, 'M0,75L100,100') + marks(second.colour, square(0, 75), square(100, 100))),
  );
  t.regex(svg, /<text x="0" y="122">1<.*<text x="50" y="122">10<.*<text x="100" y="122">100<.*>τ</);
});

test('ratios stand over every T of their lines, from 0 to at least 1, with the rule at 1', (t) => {
  const svg = drawingSvg({ ratios: { lines: [[[16, 0.5]], [[4, 0.25]]] } });
  const left = (300 * Math.log(1.3)) / Math.log(4 * 1.3 ** 2);
  const [early, late] = [left, 300 - left].map((x) => Number(x.toFixed(2)));
  const height = (ratio: number): number => Number((190 * (1 - ratio / 1.05)).toFixed(2));
  t.regex(svg, new RegExp(`<line x1="0" x2="300" y1="${height(1)}" y2="${height(1)}"`));
  t.regex(svg, new RegExp(marks(first.colour, circle(late!, height(0.5)))));
  t.regex(svg, new RegExp(marks(second.colour, square(early!, height(0.25)))));
});

const line: RatioLine = [
  [4, 0.5],
  [16, 0.25],
];

test('marks of different instances are not joined, those of one instance are', (t) => {
  const joined = /<path [^>]* stroke-width="1.5" fill="none"\/>/;
  t.regex(drawingSvg({ ratios: { lines: [line] } }), joined);
  t.notRegex(drawingSvg({ ratios: { lines: [line], joined: false } }), joined);
});

test('a strip has the bound at its right end, and the smaller bound and the family at their parts of it', (t) => {
  const sharp = { name: 'sharp < all', part: 0.75 };
  const svg = drawingSvg({ strip: { title: 'parts of it', bound: 'all', sharp, family: line } });
  // From 0 at 14 to 1 at 216.
  const heights = [...svg.matchAll(/<line x1="([\d.]+)" x2="\1" y1="15"[^>]*stroke="([^"]*)"/g)];
  t.deepEqual(
    heights.map(([, x, colour]) => [x, colour]),
    [
      ['216', second.colour],
      ['165.5', lineMarks[2].colour],
    ],
  );
  t.regex(svg, new RegExp(marks(first.colour, circle(115, 41), circle(64.5, 41))));
  for (const words of ['>all<', '>sharp &lt; all<', '>parts of it<', '>T = 4<', '>T = 16<'])
    t.true(svg.includes(words), words);
});

test('a file is on white, and one with a key names each line beside its mark, below its title and its plot', (t) => {
  const drawing = { label: 'ratios', ratios: { lines: [line, line] } };
  const white = /^<svg [^>]*><rect width="100%" height="100%" fill="#fffffe"\/>/;
  t.regex(chartFile('theorem-1', drawing), white);
  t.notRegex(chartFile('theorem-1', drawing), /theorem-1/);
  const named = chartFile('theorem-1', { ...drawing, key: ['first', { math: 'd < r_k' }] });
  t.regex(named, white);
  const [, top, high] = /<svg x="\d+" y="(\d+)" width="\d+" height="(\d+)"/.exec(named)!.map(Number);
  const around = named.replace(/<svg x=.*<\/svg>(?=<text)/, '');
  const texts = [...around.matchAll(/<text x="(\d+)" y="(\d+)"[^>]*>(.*?)<\/text>/g)];
  t.deepEqual(
    texts.map(([, , , words]) => words!.replaceAll(/<[^>]*>/g, '')),
    ['theorem-1', 'first', 'd &lt; rk'],
  );
  const [title, ...key] = texts.map(([, , y]) => Number(y));
  t.true(title! < top! && key.every((y) => y > top! + high!));
  const samples = [...around.matchAll(/<path transform="translate\(\d+,(\d+)\)" [^>]*fill="([^"]*)"/g)];
  t.deepEqual(
    samples.map(([, y, colour]) => [Number(y) + 4, colour]),
    key.map((y, i) => [y, lineMarks[i]!.colour]),
  );
});

import test from 'ava';
import { decode } from 'fast-png';
import { bySetting, figureRecord } from './figure.test.helper.js';
import { grayPng, svgToPng } from './figure-png.js';
import { figureSvg } from './figure-svg.js';

test('a grey image keeps its pixels, enlarged to squares and clipped', (t) => {
  const { width, height, data } = decode(grayPng([0, 1, 0.5, 7], 2, 2, 3));
  t.deepEqual([width, height], [6, 6]);
  t.deepEqual([data[0], data[5], data[30], data[35]], [0, 255, 128, 255]);
  t.throws(() => grayPng([1, 2, 3], 2, 2), { message: /2 × 2 has 4 pixels, got 3/ });
});

test('the figure has six labelled panels, both algorithms in both plots, the steps and the reading', async (t) => {
  const svg = figureSvg(figureRecord);
  for (const label of ['(a)', '(b)', '(c)', '(d)', '(e)', '(f)']) t.true(svg.includes(label), label);
  t.is(svg.match(/<image /g)?.length, 4);
  t.regex(svg, /total variance ρσₑ² = \(γσ\)²/);
  t.regex(svg, /γ = 0\.004/);
  t.regex(svg, /2 seeds of the noise: median and range/);
  const narrow = bySetting(() => ({
    median: [1, 0.5, 0.1, 0.01],
    lower: [1, 0.499, 0.1, 0.01],
    upper: [1, 0.5, 0.1, 0.0101],
  }));
  t.regex(figureSvg({ ...figureRecord, bands: narrow }), /median and range, which the line hides/);
  t.notRegex(svg, /the line hides/);
  t.regex(figureSvg({ ...figureRecord, seeds: ['1.0'] }), /one seed of the noise/);
  for (const power of ['10⁰', '10⁻²']) t.true(svg.includes(`>${power}<`), power);
  t.regex(figureSvg({ ...figureRecord, reading: 'entry' }), /deviation of the hit entries/);
  t.is(figureSvg(figureRecord), svg);
  t.false(svg.includes('NaN'));
});

test('nothing overlaps: plots, then the legend, then the images and their captions, all inside the page', async (t) => {
  const svg = figureSvg(figureRecord);
  const numbers = (pattern: RegExp): number[] => [...svg.matchAll(pattern)].map((match) => Number(match[1]));
  const [height] = numbers(/^<svg [^>]* height="(\d+)"/g);
  const entry = figureSvg({
    ...figureRecord,
    reading: 'entry',
    bands: bySetting(() => figureRecord.bands['spgm-dense']),
  });
  // Eight units hold a letter of size 14 on average.
  for (const [, line] of entry.matchAll(/font-size="14" [^>]*>([^<]*)</g)) t.true(line!.length * 8 < 950, line);
  const plots = [...svg.matchAll(/<svg x="[\d.]+" y="([\d.]+)"[^>]* height="([\d.]+)"/g)].map(
    ([, y, tall]) => Number(y) + Number(tall),
  );
  const legend = numbers(/<text x="\d+" y="([\d.]+)"[^>]*>(?:SPGM|signProx), γ/g);
  const images = numbers(/<image x="[\d.]+" y="([\d.]+)"/g);
  const captions = numbers(/<text x="[\d.]+" y="([\d.]+)"[^>]*>γ/g);
  t.deepEqual([plots.length, legend.length, images.length, captions.length], [2, 2, 4, 4]);
  t.true(Math.max(...plots) < Math.min(...legend) - 14);
  t.true(Math.max(...legend) < Math.min(...images) - 4);
  t.true(Math.max(...captions) < height! - 4);
});

test('the PNG is twice as large as the SVG and its text is drawn', async (t) => {
  const svg = figureSvg(figureRecord);
  const [, width] = /width="(\d+)"/.exec(svg)!;
  const { width: drawn, data, channels } = decode((await svgToPng(svg))!);
  t.is(drawn, 2 * Number(width));
  // The heading: dark pixels in the first lines of the page.
  const heading = data.subarray(0, drawn * channels * 60);
  t.true(heading.some((value, i) => i % channels === 0 && value < 80));
});

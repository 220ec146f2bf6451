import test from 'ava';
import { ratioPanel } from './ratio-panel.js';

test('no two of eight lines have the same colour and the same shape', (t) => {
  const lines = Array.from({ length: 8 }, (_, i) => new Map([[4, i / 8]]));
  const svg = ratioPanel({ title: [''], subtitle: '', lines, joined: true, iterations: [4] });
  const marks = [...svg.matchAll(/<g fill="([^"]*)">(?:<path [^>]* d="([^"]*)"|<(circle))/g)];
  t.is(marks.length, 8);
  t.is(new Set(marks.map(([, colour, path, circle]) => `${colour} ${path ?? circle}`)).size, 8);
});

test('marks of different instances are not joined, those of one instance are', (t) => {
  const panel = {
    title: [''],
    subtitle: '',
    lines: [
      new Map([
        [4, 0.5],
        [16, 0.25],
      ]),
    ],
    iterations: [4, 16],
  };
  const joint = /<path [^>]* stroke-width="1.5" fill="none"\/>/;
  t.regex(ratioPanel({ ...panel, joined: true }), joint);
  t.notRegex(ratioPanel({ ...panel, joined: false }), joint);
});

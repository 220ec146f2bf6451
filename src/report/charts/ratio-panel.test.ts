import test from 'ava';
import { ratioPanel } from './ratio-panel.js';

test('no two of eight lines have the same colour and the same shape', (t) => {
  const lines = Array.from({ length: 8 }, (_, i) => new Map([[4, i / 8]]));
  const svg = ratioPanel({ title: [''], subtitle: '', lines, iterations: [4] });
  const marks = [...svg.matchAll(/<g fill="([^"]*)">(?:<path [^>]* d="([^"]*)"|<(circle))/g)];
  t.is(marks.length, 8);
  t.is(new Set(marks.map(([, colour, path, circle]) => `${colour} ${path ?? circle}`)).size, 8);
});

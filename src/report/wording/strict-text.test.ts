import test from 'ava';
import { strictText } from './strict-text.js';

const row = (iterations: number, verdict: 'not-refuted' | 'holds', instance = 'two parabolas') => ({
  ...{ iterations, verdict, instance },
});

test('strictly, one line says which rows are not refuted and not proved', (t) => {
  t.is(strictText([]), undefined);
  t.is(strictText([{ id: 'mine', rows: [row(1, 'holds')] }]), undefined);
  t.is(
    strictText([
      {
        id: 'mine',
        rows: [row(1, 'holds'), row(4, 'not-refuted'), row(16, 'not-refuted'), row(4, 'not-refuted', 'l1')],
      },
      { id: 'other', rows: [row(9, 'not-refuted')] },
    ]),
    '--strict: not refuted and not proved: mine on two parabolas, T = 4, 16; mine on l1, T = 4; other on two parabolas, T = 9: derive a cap, as docs/statistics.md shows, or leave --strict out',
  );
});

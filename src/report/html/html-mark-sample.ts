import { shapePath } from '../charts/marks.js';
import { ratioMarks } from '../charts/ratio-panel.js';
import { html, type Markup } from './markup.js';

/** The line and the mark that tell one of several lines of a panel apart, for its key. */
export function markSample(index: number): Markup {
  const { colour, shape } = ratioMarks[index % ratioMarks.length]!;
  return html`<svg viewBox="0 0 34 14" aria-hidden="true"><path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="1.5"/><path transform="translate(17,7)" d="${shapePath(shape, 42)}" fill="${colour}"/></svg>`;
}

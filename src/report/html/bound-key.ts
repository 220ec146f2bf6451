import { chartColours } from '../charts/chart-colours.js';
import { html, Markup } from './markup.js';

const { left, bound, sharp, reference, violated, background } = chartColours;

const stroke = (colour: string, width: number, dash = 'none'): string =>
  `<path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`;

const dot = (fill: string, outline = ''): string => `<circle cx="17" cy="7" r="3.4" fill="${fill}"${outline}/>`;

/** What the marks of a chart of bounds mean. */
const marks: readonly (readonly [meaning: string, drawing: string])[] = [
  ['left side with its interval', `<path d="M17,1V13" stroke="${left.light}" stroke-width="2"/>${dot(left.light)}`],
  ['decided by the cap M ≤ b alone', dot(background.light, ` stroke="${left.light}" stroke-width="1.5"`)],
  ['violated', `<path d="M17,2V12M12,7H22" stroke="${violated.light}" stroke-width="3"/>`],
  ['beyond the axis', `<path d="M12,3H22L17,11Z" fill="${left.light}"/>`],
  ['fitted power law', stroke(left.light, 1)],
  ['bound of the paper', stroke(bound.light, 2)],
  ['sharpened bound', stroke(sharp.light, 2, '7 3')],
  ['slope −1/2', stroke(reference.light, 1.5, '2 3')],
];

export const boundKey: Markup = html`<ul class="key">${marks.map(
  ([meaning, drawing]) =>
    html`<li><svg viewBox="0 0 34 14" aria-hidden="true">${new Markup(drawing)}</svg>${meaning}</li>`,
)}</ul>`;

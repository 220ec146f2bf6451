import { drawingSvg, lineMarks } from '../charts/drawing.js';
import { sparkline } from '../charts/front-charts.js';
import { shapePath } from '../charts/marks.js';
import type { Block, Cell, Chart, Row, Span, StyledCell, Table, Words } from '../document.js';
import { folded, html, Markup, mathText, statementText } from './markup.js';

/** Anchor of a claim's entry in the ledger. */
export const claimAnchor = (id: string): string => `claim-${id.replace(/[^\w-]/g, '-')}`;

/** Words as HTML. */
export function words(text: Words): Markup {
  if (typeof text !== 'object') return html`${text}`;
  return 'length' in text ? html`${text.map(words)}` : spanMarkup(text);
}

function spanMarkup(span: Span): Markup {
  if ('math' in span) return mathText(span.math);
  if ('statement' in span) return statementText(span.statement);
  if ('code' in span) return html`<code>${span.code}</code>`;
  if ('strong' in span)
    return span.tone === undefined
      ? html`<b>${words(span.strong)}</b>`
      : html`<strong class="${span.tone}">${words(span.strong)}</strong>`;
  if ('upright' in span) return html`<span>${words(span.upright)}</span>`;
  if ('pre' in span) return html`<pre>${span.pre}</pre>`;
  if ('sign' in span)
    return html`<span class="${span.tone}"${span.title && html` title="${span.title}"`}>${span.sign}</span>`;
  if ('seen' in span) return html`<span aria-hidden="true">${span.seen}</span><span class="aloud">${span.aloud}</span>`;
  if ('below' in span) return html`<br>${words(span.below)}`;
  if ('soft' in span) return html`<span class="soft">${words(span.soft)}</span>`;
  if ('claim' in span)
    return spanMarkup({
      to: claimAnchor(span.claim),
      says: span.says ?? span.claim,
      ...(span.badge && { badge: span.badge }),
    });
  if ('spark' in span) return html`<span class="spark" aria-hidden="true">${inlineSvg(sparkline(span.spark))}</span>`;
  if (!('to' in span)) return html`<span class="badge ${span.badge}">${words(span.says)}</span>`;
  return html`<a${span.badge && html` class="badge ${span.badge}"`} href="#${span.to}"${attribute('data-verdict', span.verdict)}>${words(span.says)}</a>`;
}

/** Blocks as HTML; what is Markup already stays as it is. */
export const blocks = (all: readonly (Block | Markup | undefined)[]): Markup =>
  html`${all.map((one) => (one === undefined || one instanceof Markup ? one : html`${blockMarkup(one)}\n`))}`;

const attribute = (name: string, value: string | undefined): Markup | undefined =>
  value ? html` ${name}="${value}"` : undefined;

const classed = (name: string | undefined): Markup | undefined => attribute('class', name);

function blockMarkup(block: Block): Markup {
  if ('paragraph' in block) return html`<p${classed(block.class)}>${words(block.paragraph)}</p>`;
  if ('heading' in block)
    return block.minor ? html`<h4>${words(block.heading)}</h4>` : html`<h3>${words(block.heading)}</h3>`;
  if ('list' in block)
    return html`<ul${classed(block.class)}>${block.list.map((item) => html`<li>${words(item)}</li>`)}</ul>`;
  if ('facts' in block)
    return html`<dl class="facts">${block.facts.map(([name, value]) => html`<dt>${name}</dt><dd>${words(value)}</dd>`)}</dl>`;
  if ('table' in block) return tableMarkup(block.table);
  if ('pre' in block) return html`<pre>${block.pre}</pre>`;
  if ('panels' in block) return html`<div class="panels">${block.panels.map(chart)}</div>`;
  if ('chart' in block) return chart(block.chart);
  if ('apart' in block) return folded(blocks(block.apart));
  if ('group' in block) return html`<div${classed(block.class)}>${blocks(block.group)}</div>`;
  if ('card' in block)
    return html`<div${classed(['card', block.class].filter(Boolean).join(' '))}>${blocks(block.card)}</div>`;
  const { title, summary, details, id, find, open } = block;
  const named = title === undefined ? undefined : html`<h3>${words(title)}</h3> `;
  const found = find === undefined ? undefined : html` id="${id}" data-find="${find}"`;
  const body = blocks(details);
  return html`<details${classed(block.class)}${found}${open ? ' open' : ''}><summary>${named}${words(summary)}</summary>
${id === undefined || found ? body : html`<div class="body" id="${id}">${body}</div>`}</details>`;
}

const styled = (cell: Cell): StyledCell =>
  typeof cell === 'object' && 'cell' in cell ? cell : { cell: cell as Words };

/** A cell: one of the head, one that names its row, or one of the others. */
function cellMarkup(given: Cell, scope?: 'col' | 'row'): Markup {
  const { cell, class: name, title, span, of, id, find } = styled(given);
  const more = html`${attribute('id', id)}${attribute('data-find', find)}${classed(name)}${attribute('data-of', of)}${attribute('title', title)}${attribute('colspan', span === undefined ? undefined : String(span))}`;
  return scope === undefined
    ? html`<td${more}>${words(cell)}</td>`
    : html`<th scope="${scope}"${more}>${words(cell)}</th>`;
}

const rowMarkup = ([first, ...others]: Row): Markup =>
  html`<tr>${cellMarkup(first, 'row')}${others.map((cell) => cellMarkup(cell))}</tr>\n`;

/** A table that scrolls in its place where it is too wide. */
function tableMarkup({ label, class: name, head, groups, foot }: Table): Markup {
  const width = head?.length ?? groups[0]?.rows[0]?.length ?? 1;
  const body = groups.map(
    ({ title, rows }) =>
      html`<tbody>${title === undefined ? undefined : html`<tr><th scope="rowgroup" colspan="${width}">${words(title)}</th></tr>\n`}${rows.map(rowMarkup)}</tbody>`,
  );
  return scrollable(
    label,
    html`<table${classed(name)}>${head && html`<thead><tr>${head.map((cell) => cellMarkup(cell, 'col'))}</tr></thead>\n`}${body}${foot && html`\n<tfoot>${rowMarkup(foot)}</tfoot>`}</table>`,
  );
}

/** Content that may be wider than the page: it scrolls separately, also with the keyboard. */
function scrollable(label: string, content: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

/** Inside HTML an svg needs no namespace; a separate file does. */
const inlineSvg = (svg: string): Markup => new Markup(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ''));

/** Pixels from which a drawing scrolls on a narrow page: smaller, nobody could read its letters. */
const wide = 900;

/** A drawing with its description: a screen reader reads only the description. */
function chart({ label, caption, key, ...drawing }: Chart): Markup {
  const joined = !('ratios' in drawing) || drawing.ratios.joined !== false;
  const names =
    key &&
    html`<ul class="key">${key.map((name, i) => html`<li>${markSample(i, joined)}<span>${words(name)}</span></li>`)}</ul>`;
  const below =
    caption === undefined && names === undefined ? undefined : html`<figcaption>${words(caption)}${names}</figcaption>`;
  const svg = drawingSvg(drawing);
  const drawn = html`<div role="img" aria-label="${label}"><div aria-hidden="true">${inlineSvg(svg)}</div></div>`;
  const isWide = Number(/ width="(\d+)"/.exec(svg)?.[1]) >= wide;
  return html`<figure>${isWide ? scrollable(label, drawn) : drawn}${below}</figure>`;
}

/** The marks of one line of a panel, for its key, with their line if they are joined. */
function markSample(index: number, joined: boolean): Markup {
  const { colour, shape } = lineMarks[index % lineMarks.length]!;
  const line = joined ? html`<path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="1.5"/>` : undefined;
  return html`<svg viewBox="0 0 34 14" aria-hidden="true">${line}<path transform="translate(17,7)" d="${shapePath(shape, 42)}" fill="${colour}"/></svg>`;
}

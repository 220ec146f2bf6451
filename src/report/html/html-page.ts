import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Block, Section } from '../document.js';
import { blocks } from './blocks.js';
import { folded, html, Markup } from './markup.js';
import { pageStyle } from './page-style.js';

/** A section, of which some blocks may be HTML already. */
export interface PageSection extends Omit<Section, 'blocks'> {
  readonly blocks: readonly (Block | Markup | undefined)[];
}

/** The script, from the sources in the package, four levels above the compiled file. */
const script = readFileSync(new URL('../../../../src/report/html/page.js', import.meta.url), 'utf8');
const scriptHash = createHash('sha256').update(script).digest('base64');

/** Nothing is fetched, and only the script with this hash runs, whatever a text in the page contains. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;

/** A self-contained page: contents, sections, footer. Everything in it can be read without its script. */
export function page(title: string, lead: string, sections: readonly PageSection[], footer: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>${title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#${sections[0]!.id}">Skip the contents</a>
<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>${sections.map(contentsEntry)}</ol></details>
<button type="button" id="theme" hidden>Colours</button></nav>
<main>
<header><div><h1>${title}</h1>
<p class="soft">${lead}</p></div>
<div class="find" role="search" hidden><label>Search <input type="search" id="search" placeholder="such as huber" autocomplete="off"></label>
<div class="card" id="hits" hidden><p role="status"></p><ol></ol></div></div></header>
${sections.map(sectionMarkup)}<footer>${footer}</footer>
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function sectionMarkup({ id, title, closed, blocks: own }: PageSection): Markup {
  const content = blocks(own);
  const heading = html`<h2 id="${id}-title">${title}</h2>`;
  return html`<section id="${id}" aria-labelledby="${id}-title">${
    closed === undefined
      ? html`${heading}\n${content}`
      : html`<details class="closed"><summary>${heading}</summary>\n${closed === 'apart' ? folded(content) : content}</details>`
  }
</section>
`;
}

function contentsEntry({ id, title, below = [] }: PageSection): Markup {
  const inner = below.map(
    (part) =>
      html`<li><a href="#${part.id}">${part.title}</a>${part.count === undefined ? undefined : html` <span class="soft">${part.count}</span>`}</li>`,
  );
  return html`<li><a href="#${id}">${title}</a>${inner.length === 0 ? undefined : html`<ol>${inner}</ol>`}</li>
`;
}

// The findings about the paper, each on a page of its own: docs/findings.md has all of them, with what a reader must know of the notation.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The page of all findings, from the root. */
export const findingsFile = 'docs/findings.md';
const folder = 'reports/findings';

/** The file of the page of a finding, by its anchor. */
export const findingFile = (anchor) => `${folder}/${anchor}.md`;

const start = /^### <a id="(f\d+)"><\/a>(F\d+): (.*)\n/;

/** The findings of a text: the anchor, the title and what follows it, up to the next finding or heading. */
const sectionsOf = (text) =>
  text
    .split(/(?=^### <a id="f\d+">)/m)
    .slice(1)
    .map((section) => {
      const [heading, anchor, number, title] = start.exec(section);
      const [body] = section.slice(heading.length).split(/^## /m);
      return { anchor, number, title, body: body.trim() };
    });

/** Writes a page for each finding, and returns their files. */
export function writeFindings() {
  const sections = sectionsOf(readFileSync(join(root, findingsFile), 'utf8'));
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  for (const [k, { anchor, number, title, body }] of sections.entries()) {
    const beside = [sections[k - 1], sections[k + 1]].map((other) =>
      other === undefined ? undefined : `[${other.number}](#${other.anchor})`,
    );
    const around = [beside[0] && `← ${beside[0]}`, '[All findings](findings.md)', beside[1] && `${beside[1]} →`];
    const page = `# ${number}: ${title}\n\n${body}\n\n[How to read this](#how-to-read-this-page) · ${around.filter(Boolean).join(' · ')}\n`;
    // Links are those of a page in docs.
    const moved = page.replaceAll(/\]\((?=#)/g, '](findings.md').replaceAll(/\]\((?![a-z]+:)/g, '](../../docs/');
    writeFileSync(join(root, findingFile(anchor)), moved);
  }
  return sections.map(({ anchor }) => findingFile(anchor));
}

/** The page of all findings with a card in place of each; how to read them comes after the cards. */
export function findingCards(text) {
  const [, reading] = /^(## How to read this page\n[\s\S]*?)(?=^## )/m.exec(text);
  const parts = `${text.replace(reading, '').trimEnd()}\n\n${reading}`.split(/(?=^## )/m).map((part) => {
    const sections = sectionsOf(part);
    if (sections.length === 0) return part;
    const [heading] = part.split(/^### <a id="f\d+">/m);
    const cards = sections.map(({ anchor, number, title }) => `- [**${number}** ${title}](#${anchor})`);
    return `${heading.trim()}\n\n<div class="cards">\n\n${cards.join('\n')}\n\n</div>\n\n`;
  });
  return parts.join('');
}

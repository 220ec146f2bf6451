// What the site takes from the README: its menu, and the text of its first page. No sentence is written twice.
import { readFileSync } from 'node:fs';

/** What only the site has, under the question that it answers. */
const ofSite = {
  'Guard my code': { title: 'A report of the guard', href: '/guard-report.html' },
  'Read about the paper': { title: 'The report of a run', href: '/report.html' },
  Reference: { title: 'API', href: 'reports/api/README.md' },
};

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

/** The address of the repository, where it has a public one. */
export const repository = /^In \[a clone\]\((\S+)\):$/m.exec(readme)?.[1];

/** The rows of the table of pages: what a reader wants, and links to the pages about it. */
export const groups = [...readme.matchAll(/^\| \*\*(.+?)\*\* +\| (.+) \|$/gm)].map(([, title, cell]) => ({
  title,
  pages: [...cell.matchAll(/\[((?:[^\]\\]|\\.)+)\]\(([^)]+)\)/g)]
    .map(([, title, href]) => ({
      title: title[0].toUpperCase() + title.slice(1),
      href,
    }))
    .concat(ofSite[title] ?? []),
}));

/** A part of the README; a README without it has no first page. */
function part(text, pattern, name) {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`README.md has no ${name}`);
  return found.trim();
}

/** A section of the README, with its heading. */
const sectionOf = (readme, heading) =>
  part(readme, new RegExp(`^## ${heading}\n[\\s\\S]*?(?=^## )`, 'm'), `section “${heading}”`);

const block = (name, ...texts) => `<div class="${name}">\n\n${texts.join('\n\n')}\n\n</div>`;

/** A section without what only a clone needs: one sentence, one command and its links. */
const door = (readme, heading) => sectionOf(readme, heading).replace(/\n\nIn a clone,[\s\S]*/, '');

/**
 * The first page of the site, as Markdown: what a reader gets beside a wrong verdict, what was found, how to install it, and three doors.
 * @param {string} readme the text of README.md
 */
export function frontPage(readme) {
  const picture = part(readme, /^!\[.*\]\(.*\)$/m, 'picture');
  const [about, found] = part(readme, /^# [\s\S]*?(?=^## )/m, 'introduction')
    .replace(picture, '')
    .split(/(?=^\*\*Found:)/m);
  return [
    '<main>',
    block(
      'front',
      block('about', about.trim(), block('found', found)),
      block('picture', `[${picture}](docs/playground.md)`),
    ),
    // Before any command that is to run what was installed.
    sectionOf(readme, 'Install'),
    block(
      'doors',
      ...['Guard my code', 'Check my theorem', 'Read about the paper'].map((name) => block('door', door(readme, name))),
    ),
    '</main>',
  ].join('\n\n');
}

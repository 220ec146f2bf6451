// What the site takes from the README: its menu, and the text of its first page. No sentence is written twice.
import { readFileSync } from 'node:fs';

/** What only the site has, under the question that it answers. */
const ofSite = {
  'Is my implementation right?': { title: 'A report of the guard', href: '/guard-report.html' },
  'What about the paper?': { title: 'The report of a run', href: '/report.html' },
  Reference: { title: 'API', href: 'reports/api/README.md' },
};

/** The rows of the table of pages: a question, and links to the pages that answer it. */
export const doors = [
  ...readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8').matchAll(
    /^\| \*\*(.+?)\*\* +\| (.+) \|$/gm,
  ),
].map(([, question, cell]) => ({
  question,
  pages: [...cell.matchAll(/\[((?:[^\]\\]|\\.)+)\]\(([^)]+)\)/g)]
    .map(([, title, href]) => ({
      title: title[0].toUpperCase() + title.slice(1),
      href,
    }))
    .concat(ofSite[question] ?? []),
}));

/** A part of the README; a README without it has no first page. */
function part(text, pattern, name) {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`README.md has no ${name}`);
  return found.trim();
}

/** A section of the README, with its heading. */
const sectionOf = (readme, heading) =>
  part(readme, new RegExp(`^## ${heading.replaceAll('?', '\\?')}\n[\\s\\S]*?(?=^## )`, 'm'), `section “${heading}”`);

/** The first command of a section, without its comment. */
const commandOf = (section, heading) =>
  part(section, /(?<=^```sh\n).*$/m, `command under “${heading}”`).replace(/\s+# .*/, '');

const block = (name, ...texts) => `<div class="${name}">\n\n${texts.join('\n\n')}\n\n</div>`;

/**
 * The first page of the site, as Markdown: what the suite is, a picture of it, how to install it, a door for each question with the
 * command that opens it, and the findings.
 * @param {string} readme the text of README.md
 */
export function frontPage(readme) {
  const paper = sectionOf(readme, 'What about the paper?');
  const door = ({ question, pages }) => {
    const opened = new RegExp(`^## ${question.replaceAll('?', '\\?')}\n`, 'm').test(readme)
      ? [`\`\`\`sh\n${commandOf(sectionOf(readme, question), question)}\n\`\`\``]
      : [];
    const list = pages.map(({ title, href }) => `- [${title}](${href})`).join('\n');
    return block(opened.length > 0 ? 'door' : 'door behind', `## ${question}`, ...opened, list);
  };
  const picture = part(readme, /^!\[.*\]\(.*\)$/m, 'picture');
  const about = part(readme, /^# [\s\S]*?(?=^!\[)/m, 'introduction');
  return [
    block(
      'front',
      block('about', about, sectionOf(readme, 'Install')),
      block('picture', `[${picture}](${ofSite['What about the paper?'].href})`),
    ),
    block('doors', ...doors.map(door)),
    block(
      'found',
      '## What was found about the paper',
      part(paper, /^- \[F1\][\s\S]*?(?=\n\n)/m, 'findings'),
      part(paper, /^The numbers never change;.*\n(?:.+\n?)*/m, 'link to the findings'),
    ),
  ].join('\n\n');
}

import { plural } from '../../claims/text.js';
import type { Fact, Words } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { clipMarkdown, escapeMarkdown } from '../wording/sanitize.js';
import { foldedText } from './markdown-blocks.js';

/** Largest number of characters of a report: GitHub allows 65 536 in a comment. */
export const longestMarkdown = 60_000;

/** Characters reserved for a line that says what was left out. */
export const noteLength = 100;

/** Characters reserved for the names of sections that were left out. */
const namesLength = 600;

/** A section of a report. Its title is already escaped; a folded section opens when its title is clicked. */
export interface Section {
  readonly title: string;
  readonly body: string;
  readonly folded?: true;
}

/** The section under its title, or folded behind it. */
function sectionText({ title, body, folded }: Section): string {
  if (!folded) return `## ${title}\n\n${body}`;
  return foldedText(title, [body]);
}

const separator = 2;
export const lengthOf = (blocks: readonly string[]): number =>
  blocks.reduce((sum, block) => sum + block.length + separator, 0);

/** Counts the characters that are left for other blocks. */
export class Bounded {
  constructor(public left: number) {}

  add(blocks: readonly string[]): readonly string[] {
    this.left -= lengthOf(blocks);
    return blocks;
  }

  fits(block: string): boolean {
    return block.length + separator <= this.left;
  }

  /** The sections that fit, in their order, and a line that names the others. */
  addFitting(sections: readonly Section[]): readonly string[] {
    this.left -= namesLength + noteLength;
    const cut: string[] = [];
    const shown: string[] = [];
    for (const section of sections) {
      const text = sectionText(section);
      if (this.fits(text)) shown.push(...this.add([text]));
      else cut.push(section.title);
    }
    return cut.length === 0 ? shown : [...shown, leftOut(cut)];
  }
}

function leftOut(titles: readonly string[]): string {
  let names = '';
  let count = 0;
  for (const title of titles) {
    const next = names === '' ? title : `${names}, ${title}`;
    if (next.length > namesLength) break;
    names = next;
    count++;
  }
  const others = titles.length - count;
  const more =
    others > 0 ? `${names === '' ? '' : ' and '}${plural(others, 'section')}${names === '' ? '' : ' more'}` : '';
  return `Left out, and in \`index.html\`: ${names}${more}.`;
}

/** The record with long texts cut: an implementation or a command line may make texts long that are in every report. */
export function clipped(record: RunRecord): RunRecord {
  const { implementation, environment, incomplete } = record;
  const { accuracy } = implementation;
  const named = Object.entries(accuracy ?? {}).map(([type, value]) => [clipMarkdown(type, 80), value] as const);
  return {
    ...record,
    command: clipMarkdown(record.command, 1500),
    seed: clipMarkdown(record.seed, 200),
    environment: { node: clipMarkdown(environment.node, 80), platform: clipMarkdown(environment.platform, 80) },
    implementation: {
      ...implementation,
      name: clipMarkdown(implementation.name, 200),
      version: clipMarkdown(implementation.version, 100),
      language: clipMarkdown(implementation.language, 100),
      ...(accuracy !== undefined && { accuracy: Object.fromEntries(named.slice(0, 20)) }),
    },
    ...(incomplete !== undefined && {
      incomplete: {
        ...incomplete,
        resume: clipMarkdown(incomplete.resume, 1500),
        remaining: incomplete.remaining.slice(0, 60).map((id) => clipMarkdown(id, 80)),
      },
    }),
  };
}

/** Facts with long texts cut. */
export const clippedFacts = (facts: readonly Fact[], limit: number): Fact[] =>
  facts.map(([label, text]) => [clipMarkdown(label, 80), clippedWords(text, limit)]);

function clippedWords(text: Words, limit: number): Words {
  // What joins other words ends in a space, which a cut would lose.
  if (typeof text === 'string') return text.length > 20 ? clipMarkdown(text, limit) : text;
  if (typeof text !== 'object') return text;
  if ('length' in text) return text.map((one) => clippedWords(one, limit));
  if ('code' in text) return { code: clipMarkdown(text.code, limit) };
  if ('claim' in text) return { code: clipMarkdown(text.claim, 80) };
  // Of a program a part does not run.
  return 'pre' in text && text.pre.length > limit ? clipMarkdown(text.pre, limit) : text;
}

export const clippedText = (text: string, limit: number): string => escapeMarkdown(clipMarkdown(text, limit));

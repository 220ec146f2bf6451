// What the site shows of Markdown beside its text: words of the glossary, verdicts in colours, short titles, room in tables, indices.
import { readFileSync } from 'node:fs';

const glossary = readFileSync(new URL('../../../../docs/glossary.md', import.meta.url), 'utf8');

/** Words that are ordinary too: where they stand, nobody knows which is meant. */
const ordinary = [
  'audit',
  'cap',
  'case',
  'cell',
  'control',
  'convention',
  'depth',
  'evidence',
  'extreme',
  'finding',
  'guard',
  'instance',
];
const alsoOrdinary = [
  'part',
  'piece',
  'row',
  'schedule',
  'seed',
  'engine',
  'executor',
  'verdict',
  'variant',
  'known failure',
];

/** Markdown of a cell as text. */
const plain = (markdown) => markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]|\\(?=[[\]_*|])/g, '');

/** What each word of the glossary means. */
export const meanings = new Map(
  [...glossary.slice(glossary.indexOf('\n## Words')).matchAll(/^\| ([\p{L}\d -]+?) +\| (.+?) +\|$/gmu)]
    .filter(([, word]) => word !== 'word' && ![...ordinary, ...alsoOrdinary].includes(word))
    .map(([, word, meaning]) => [word, plain(meaning)]),
);

// The longest first: a word may begin another. A paper claims that something holds: that is a verb.
const words = [...meanings.keys()].toSorted((a, b) => b.length - a.length);
const anyWord = new RegExp(`(?<![\\p{L}\\d-])(${words.join('|')})(s?)(?! that)(?![\\p{L}\\d_-])`, 'gu');

/** The first use of each word on a page says what it means: in prose, not in headings, links and code. */
export function glossaryWords(md) {
  md.core.ruler.push('glossary-words', ({ tokens, env, Token }) => {
    if (
      env.realPath === undefined ||
      /(?:^|\/)(?:glossary|index|README)\.md$|^(?:reports\/)?api\//.test(env.relativePath)
    )
      return;
    const used = new Set();
    for (const [k, token] of tokens.entries()) {
      if (token.type !== 'inline' || tokens[k - 1].type !== 'paragraph_open') continue;
      let links = 0;
      token.children = token.children.flatMap((child) => {
        if (child.type === 'link_open') links++;
        if (child.type === 'link_close') links--;
        if (child.type !== 'text' || links > 0) return [child];
        const parts = [];
        let end = 0;
        for (const { 0: whole, 1: word, index } of child.content.matchAll(anyWord)) {
          if (used.has(word)) continue;
          used.add(word);
          const open = new Token('abbr_open', 'abbr', 1);
          open.attrs = [['title', meanings.get(word)]];
          parts.push(
            textOf(Token, child.content.slice(end, index)),
            open,
            textOf(Token, whole),
            new Token('abbr_close', 'abbr', -1),
          );
          end = index + whole.length;
        }
        return [...parts, textOf(Token, child.content.slice(end))];
      });
    }
  });
}

const textOf = (Token, content) => Object.assign(new Token('text', '', 0), { content });

const signs = { '✓': 'is-right', '✗': 'is-wrong', '≈': 'is-convention' };

/** A sign with its word, as in “✓ right”, has the colour of the verdict. */
export function verdictWords(md) {
  md.core.ruler.push('verdict-words', ({ tokens, Token }) => {
    for (const token of tokens) {
      if (token.type !== 'inline') continue;
      let isInLink = false;
      token.children = token.children.flatMap((child, k, all) => {
        if (child.type === 'link_open') {
          const name = signs[all[k + 1]?.content?.[0]];
          isInLink = name !== undefined;
          if (isInLink) child.attrJoin('class', name);
        }
        if (child.type === 'link_close') isInLink = false;
        if (child.type !== 'text' || isInLink) return [child];
        return child.content.split(/([✓✗≈] (?:right|wrong|convention))/).map((part) => {
          const name = signs[part[0]];
          if (name === undefined || !/^. (?:right|wrong|convention)$/.test(part)) return textOf(Token, part);
          return Object.assign(new Token('html_inline', '', 0), { content: `<span class="${name}">${part}</span>` });
        });
      });
    }
  });
}

/** The underscore of ‖p‖_∞ is no emphasis: pages of the API come from comments, where nothing is escaped. */
export function subscripts(md) {
  md.inline.ruler.before('emphasis', 'subscripts', (state, silent) => {
    if (state.src[state.pos] !== '_' || !/[‖)\]|]_[\p{L}\d∞]/u.test(state.src.slice(state.pos - 1, state.pos + 2)))
      return false;
    if (!silent) state.pending += '_';
    state.pos++;
    return true;
  });
}

/** Letters that Unicode has below the line, so that titles and the outline have them too. */
const below = Object.fromEntries(
  [...'0123456789aehijklmnoprstuvx'].map((letter, k) => [letter, [...'₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'][k]]),
);
const withIndex = /(?<![\p{L}\d_])(\p{L})_([\daehijklmnoprstuvx])(?![\p{L}\d_])/gu;

/** The index of a letter stands below it, as in r_k. */
export function indices(md) {
  md.core.ruler.push('indices', ({ tokens }) => {
    for (const child of tokens.flatMap(({ children }) => children ?? []))
      if (child.type === 'text')
        child.content = child.content.replaceAll(withIndex, (_, of, index) => of + below[index]);
  });
}

/** Letters of a title that the outline has room for. */
const room = 22;

/** The outline shows the beginning of a long title. */
export function fitHeadings(md) {
  md.core.ruler.push('fit-headings', ({ tokens, Token }) => {
    for (const [k, token] of tokens.entries()) {
      if (token.type !== 'inline' || !/^h[23]$/.test(tokens[k - 1].tag) || tokens[k - 1].type !== 'heading_open')
        continue;
      const last = token.children.findLastIndex(({ type }) => type === 'text');
      const before = token.children.slice(0, last).reduce((sum, { content }) => sum + content.length, 0);
      const content = token.children[last]?.content ?? '';
      if (before + content.length <= room + 4) continue;
      const cut = content.lastIndexOf(' ', room - before);
      if (cut <= 0) continue;
      const html = (text) => Object.assign(new Token('html_inline', '', 0), { content: text });
      const tail = [html('<span class="ignore-header">'), textOf(Token, content.slice(cut)), html('</span>')];
      token.children.splice(last, 1, textOf(Token, content.slice(0, cut)), ...tail);
    }
  });
}

/** Letters after which a path, a name in code or the address of a thread, owner/name#number, may break. */
const joints = /[/_.=](?=[\w"'])/g;
const thread = /^[\w.-]+\/[\w.-]+#\d+$/;

/**
 * How wide a cell is at least, in em: a quarter of its text in a line, so that no column is a tower of single words, and its longest word. A name
 * breaks by itself.
 */
function least(text) {
  const words = text.replaceAll(joints, '$& ').split(/(?<=[-\s])/);
  const longest = Math.max(...words.map(({ length }) => length));
  return Math.min(10, Math.ceil(Math.max(Math.min(text.length / 4, 9), 0.6 * longest + 1)));
}

/** Cells of tables have room for what is in them. */
export function roomInCells(md) {
  md.core.ruler.push('room-in-cells', ({ tokens, Token }) => {
    for (const [k, token] of tokens.entries()) {
      if (token.type !== 'inline' || tokens[k - 1].type !== 'td_open') continue;
      const isText = ({ type }) => type === 'text' || type === 'code_inline';
      const text = token.children.flatMap((child) => (isText(child) ? [child.content] : [])).join('');
      if (text.length > 12) tokens[k - 1].attrPush(['style', `min-width: ${least(text)}em`]);
      token.children = token.children.map((child) => {
        const isCode = child.type === 'code_inline';
        if (!(isCode || (child.type === 'text' && thread.test(child.content)))) return child;
        const html = md.utils.escapeHtml(child.content).replaceAll(joints, '$&<wbr>');
        const content = isCode ? `<code v-pre>${html}</code>` : html;
        return Object.assign(new Token('html_inline', '', 0), { content });
      });
    }
  });
}

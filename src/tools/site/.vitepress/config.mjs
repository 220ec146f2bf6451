// The site of the pages in `docs`: VitePress writes it to reports/site. Its first page and its menu are made from the README.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tex } from '@mdit/plugin-tex';
import { build } from 'esbuild';
import katex from 'katex';
import { defineConfig } from 'vitepress';
import { badges, libraryPages } from '../../field-pages.mjs';
import { anchor } from '../../markdown.mjs';
import { findingCards, findingFile, findingsFile, writeFindings } from './findings.mjs';
import { fitHeadings, glossaryWords, indices, roomInCells, subscripts, verdictWords } from './markdown-rules.mjs';
import { frontPage, groups, repository } from './readme.mjs';
import { drawShared, writeReports } from './reports.mjs';
import { bugs } from './theme/playground/bugs.mjs';

const here = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Where the site lies on its server. */
const base = process.env.SITE_BASE ?? '/';

/** The file of each page of the site that is not one of `docs`, by its path from the root. */
const others = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
  'CHANGELOG.md': 'changelog.md',
  'theorems/PROOFS.md': 'proofs.md',
  'fixtures/problems/README.md': 'problems.md',
};

/** The pages that TypeDoc has written, from the root. */
const api = readdirSync(join(root, 'reports/api'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `reports/api/${name.replaceAll('\\', '/')}`)
  .toSorted();

for (const file of api) {
  const name = file
    .replace(/^reports\/api\/(signprox\/)?/, '')
    .replace(/(^|\/)README/, (_, slash) => (slash ? '' : 'index'));
  others[file] = `api/${name.replace('/namespaces/', '-')}`;
  // On the site a part of the library is the page of its names.
  others[`src/library/${name.replace(/md$/, 'ts')}`] = others[file];
}

for (const file of writeFindings()) others[file] = file.replace('reports/', '');

// The libraries of the field. The pages in docs lead to results, which stand on code hosts too, and on the site to the page of the library.
rmSync(join(root, 'reports/libraries'), { recursive: true, force: true });
mkdirSync(join(root, 'reports/libraries'), { recursive: true });
const ofLibraries = {};
for (const { file, text, newest } of libraryPages()) {
  writeFileSync(join(root, file), text);
  others[file] = file.replace('reports/', '');
  ofLibraries[newest] = others[file];
}

/** The page of the site that a file is, if it is one. */
const pageOf = (file) => others[file] ?? (/^docs\/[^/]+\.md$/.test(file) ? posix.basename(file) : undefined);

/** Files that pages link to and that are not pages: they are copied as text, which every browser shows. */
const linked = new Set();

/** Where a link of a page leads on the site: to a page, or to a copy of the file. Addresses and anchors stay as they are. */
function onSite(href, from) {
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href);
  const isHere = path === '' && !(from === findingsFile && /^#f\d+$/.test(hash));
  if (isHere || /^(?:\/|[a-z]+:)/.test(path)) return href;
  const named = path === '' ? from : posix.join(posix.dirname(from), decodeURI(path));
  const isFinding = named === findingsFile && /^#f\d+$/.test(hash ?? '');
  const file = isFinding ? findingFile(hash.slice(1)) : named;
  const page = (from.startsWith('docs/') ? ofLibraries[file] : undefined) ?? pageOf(file);
  if (isFinding) return `/${page}`;
  if (page !== undefined) return `/${page}${hash ?? ''}`;
  if (!existsSync(join(root, file)) || statSync(join(root, file)).isDirectory()) {
    throw new Error(`${from} links to ${href}: no such file`);
  }
  linked.add(file);
  return `/source/${file}.txt`;
}

/** A report is a page that VitePress has not made: it is loaded anew. */
const isReport = (href) => /report\.html$/.test(href);

/** A bug that the playground has gets a link beside its thread. */
function tryInPlayground(tokens) {
  const [open, { content } = {}, close] = tokens;
  if (open?.type !== 'link_open' || !Object.hasOwn(bugs, content)) return;
  const [Token, label] = [open.constructor, `Try ${content} in the playground`];
  const to = new Token('link_open', 'a', 1);
  to.attrs = [
    ['href', `playground.md#${new URLSearchParams({ bug: content })}`],
    ['class', 'try'],
    ['aria-label', label],
  ];
  const [space, words] = [' ', '▶ try'].map((text) => Object.assign(new Token('text', '', 0), { content: text }));
  tokens.splice(tokens.indexOf(close) + 1, 0, space, to, words, new Token('link_close', 'a', -1));
}

function linksOnSite(md) {
  md.core.ruler.push('links-on-site', ({ tokens, env }) => {
    // Texts of the theme have no file.
    if (env.realPath === undefined) return;
    const from = posix.relative(root.replaceAll('\\', '/'), env.realPath);
    for (const { children } of tokens) {
      if (['docs/track-record.md', 'docs/findings-in-libraries.md'].includes(from)) tryInPlayground(children ?? []);
    }
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const href = onSite(token.attrGet('href'), from);
      const target = href.startsWith('/source/') ? '_blank' : isReport(href) ? '_self' : undefined;
      // VitePress leaves links with a target as they are.
      token.attrSet('href', target === undefined ? href : `${base}${href.slice(1)}`);
      if (target !== undefined) token.attrSet('target', target);
    }
  });
}

/** Letters that browsers draw in doubled strokes only as the characters that they are. */
const doubled = { E: '𝔼', R: 'ℝ', Z: 'ℤ' };

/** A formula of the proofs as MathML, which browsers draw without scripts and fonts of the page. Its braces are no template of Vue. */
function formula(text, displayMode) {
  const written = katex.renderToString(text, { displayMode, output: 'mathml', strict: 'error', throwOnError: true });
  const drawn = written.replaceAll(/<mi mathvariant="double-struck">(.)</g, (_, letter) => `<mi>${doubled[letter]}<`);
  return `<span v-pre class="formula${displayMode ? ' of-its-own' : ''}">${drawn}</span>`;
}

/** The first page is made of parts of the README, and the page of findings has cards. */
function pagesOfParts(md) {
  md.core.ruler.before('normalize', 'pages-of-parts', (state) => {
    const { relativePath } = state.env;
    if (['README.md', 'index.md'].includes(relativePath)) state.src = frontPage(state.src);
    if ([findingsFile, 'findings.md'].includes(relativePath)) state.src = findingCards(state.src);
  });
}

/** The parts of the library, as `signprox/functions` and what is in it. */
const partsOfApi = api
  .filter((file) => file !== 'reports/api/README.md')
  .map((file) => ({ text: pageOf(file).replace(/^api\/(.*)\.md$/, '$1'), link: onSite(file, '') }));

/** The menu: what a reader wants, and links to the pages about it. */
const sidebar = groups.map(({ title, pages }) => ({
  text: title,
  items: pages.map(({ title, href }) => ({
    ...{ text: title.replaceAll('\\', ''), link: onSite(href, 'README.md') },
    ...(isReport(href) && { target: '_self' }),
    ...(href.startsWith('reports/api/') && { collapsed: true, items: partsOfApi }),
  })),
}));

/** Pages are compiled into components, which import Vue: it is installed here, and not beside the pages. */
const vueOfSite = {
  name: 'vue-of-site',
  enforce: 'pre',
  resolveId(source, importer, options) {
    if (!/^vue(?:\/|$)/.test(source) || importer === here) return;
    return options.ssr ? { id: source, external: true } : this.resolve(source, here, { ...options, skipSelf: true });
  },
};

/** The judge of the playground in one file, whose address is the import. Its modules wait for others, in an order that esbuild keeps. */
const judgeOfPlayground = {
  name: 'judge-of-playground',
  async load(id, options) {
    const [file, query] = id.split('?');
    if (query !== 'judge') return undefined;
    // Nothing is judged where pages are written.
    if (options?.ssr) return 'export default undefined';
    const { outputFiles } = await build({
      ...{ entryPoints: [file], bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022' },
      write: false,
    });
    const name = this.emitFile({ type: 'asset', name: 'judge.js', source: outputFiles[0].contents });
    return `export default import.meta.ROLLUP_FILE_URL_${name}`;
  },
};

/** Markdown of a sentence as text. */
const plain = (markdown) =>
  markdown
    .replaceAll(/!?\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]+>|[*`]|\\(?=[[\]_*|])/g, '')
    .replaceAll(/(^|[\s(])_([^_]+)_/g, '$1$2')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What a page says first, in at most 200 letters: whole sentences where they fit. */
function descriptionOf(markdown) {
  const text = markdown
    .replaceAll(/^```[\s\S]*?^```$|^---$[\s\S]*?^---$/gm, '')
    .split(/\n{2,}/)
    .filter((block) => !block.includes('$'))
    .find((block) => /^[\p{L}_*`[“]/u.test(block.trim()) && !/^\*\*\*|^\[[^\]]*\]\([^)]*\)( \/|$)/.test(block.trim()));
  if (text === undefined) return undefined;
  const words = plain(text);
  if (words.length <= 200) return words.replace(/:$/, '.');
  const [whole] = /^.{40,199}[.?!](?= )/.exec(words) ?? [];
  return whole ?? `${words.slice(0, 199).replace(/\s\S*$/, '')} …`;
}

export default defineConfig({
  base,
  title: 'signprox',
  description:
    'Give it your optimiser, proximal operator or convergence bound: if it is wrong, you get a small input that shows it.',
  srcDir: root,
  outDir: join(root, 'reports/site'),
  cacheDir: join(root, 'reports/.site-cache'),
  srcExclude: [
    '**/node_modules/**',
    'reports/*.md',
    'reports/!(api|findings|libraries)/**',
    'dist/**',
    'docs/*/**',
    'python/**',
    'fixtures/field/**',
  ],
  rewrites: (file) => pageOf(file) ?? file,
  markdown: {
    // Pages are read on code hosts too: braces and colons are text, as they are there.
    ...{ linkify: false, attrs: { disable: true } },
    anchor: { slugify: anchor },
    // Keywords and comments that stand out from their background.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      md.disable('emoji');
      md.use(tex, { render: formula });
      md.use(pagesOfParts);
      md.use(linksOnSite);
      md.use(glossaryWords);
      md.use(verdictWords);
      md.use(fitHeadings);
      md.use(roomInCells);
      md.use(subscripts);
      md.use(indices);
    },
  },
  // Pages come from a disk or a server nearby.
  router: { prefetchLinks: false },
  vite: { plugins: [vueOfSite, judgeOfPlayground], build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    nav: [
      ['Playground', 'docs/playground.md'],
      ['Guard', 'docs/guard-your-library.md'],
      ['Theorems', 'docs/your-theorem.md'],
      ['Findings', 'docs/findings-in-libraries.md'],
    ]
      .map(([text, file]) => ({ text, link: onSite(file, '') }))
      .concat(repository === undefined ? [] : [{ text: 'Source', link: repository }]),
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        miniSearch: {
          searchOptions: {
            ...{ fuzzy: 0.1, prefix: true, combineWith: 'AND', boost: { title: 6, titles: 2, text: 1 } },
            // People ask in sentences, whose small words no page is about.
            processTerm(term) {
              const small =
                'a an and are can do does for how i in is it me mean my of on or the to what which with you your';
              const word = term.toLowerCase();
              return small.split(' ').includes(word) ? null : word;
            },
            // It runs in the browser, where nothing else of this file is, as the function above. Records come after what explains them, and the API last.
            boostDocument(id) {
              if (id.includes('/api/')) return 0.2;
              if (/\/(?:proofs|changelog|findings|libraries|track-record|contributing)/.test(id)) return 0.1;
              if (id.includes('/glossary')) return 3;
              return /\/(?:guard-|fix-|your-theorem|prove|verdicts|protocol|playground)/.test(id) ? 2 : 1;
            },
          },
        },
      },
    },
    docFooter: { prev: false, next: false },
  },
  transformPageData(page) {
    if (page.relativePath === 'index.md') page.frontmatter.layout = 'home';
    // The code and its verdict stand beside each other.
    if (page.relativePath === 'playground.md') {
      Object.assign(page.frontmatter, { aside: false, sidebar: false, pageClass: 'of-playground' });
    }
    // A finding is short, and its table is wide, as that of a library is.
    if (/^(?:findings|libraries)\//.test(page.relativePath)) page.frontmatter.aside = false;
    page.description ||= descriptionOf(readFileSync(join(root, page.filePath), 'utf8'));
  },
  /** What is shown of a page where its address is posted. */
  transformHead({ pageData, siteData, title, description }) {
    const address = (path) => `${process.env.SITE_ORIGIN ?? ''}${siteData.base}${path}`;
    const shared = {
      ...{ type: 'website', site_name: 'signprox', title, description },
      url: address(pageData.relativePath.replace(/(?:^index)?\.md$/, (end) => (end === '.md' ? '.html' : ''))),
      image: address('verdict.png'),
      'image:alt': 'A wrong verdict with the input that shows it',
    };
    return [
      ...Object.entries(shared).map(([name, content]) => ['meta', { property: `og:${name}`, content }]),
      ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
    ];
  },
  buildEnd({ outDir }) {
    writeReports(outDir);
    drawShared(outDir);
    mkdirSync(join(outDir, 'badges'), { recursive: true });
    for (const { file, badge } of badges()) writeFileSync(join(outDir, file), `${JSON.stringify(badge)}\n`);
    for (const file of linked) {
      const to = join(outDir, 'source', `${file}.txt`);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(root, file), to);
    }
  },
});

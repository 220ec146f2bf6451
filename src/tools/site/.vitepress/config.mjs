// The site of the pages in `docs`: VitePress writes it to reports/site. The README is its first page and its table of pages the sidebar.
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tex } from '@mdit/plugin-tex';
import { build } from 'esbuild';
import katex from 'katex';
import { defineConfig } from 'vitepress';
import { anchor } from '../../write-pages.mjs';

const here = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The file of each page of the site that is not one of `docs`, by its path from the root. */
const others = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'report-a-weakness.md',
  'CHANGELOG.md': 'changelog.md',
  'theorems/PROOFS.md': 'proofs.md',
  'fixtures/problems/README.md': 'problems.md',
};

/** The page of the site that a file is, if it is one. */
const pageOf = (file) => others[file] ?? (/^docs\/[^/]+\.md$/.test(file) ? posix.basename(file) : undefined);

/** Files that pages link to and that are not pages: they are copied as text, which every browser shows. */
const linked = new Set();

/** Where a link of a page leads on the site: to a page, or to a copy of the file. Addresses and anchors stay as they are. */
function onSite(href, from) {
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href);
  if (path === '' || /^[a-z]+:/.test(path)) return href;
  const file = posix.join(posix.dirname(from), decodeURI(path));
  const page = pageOf(file);
  if (page !== undefined) return `/${page}${hash ?? ''}`;
  if (!existsSync(join(root, file)) || statSync(join(root, file)).isDirectory()) {
    throw new Error(`${from} links to ${href}: no such file`);
  }
  linked.add(file);
  return `/source/${file}.txt`;
}

function linksOnSite(md) {
  md.core.ruler.push('links-on-site', ({ tokens, env }) => {
    // Texts of the theme have no file.
    if (env.realPath === undefined) return;
    const from = posix.relative(root.replaceAll('\\', '/'), env.realPath);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const href = onSite(token.attrGet('href'), from);
      token.attrSet('href', href);
      if (href.startsWith('/source/')) token.attrSet('target', '_blank');
    }
  });
}

/** Letters that browsers draw in doubled strokes only as the characters that they are. */
const doubled = { R: 'ℝ', Z: 'ℤ' };

/** A formula of the proofs as MathML, which browsers draw without scripts and fonts of the page. Its braces are no template of Vue. */
function formula(text, displayMode) {
  const written = katex.renderToString(text, { displayMode, output: 'mathml', strict: 'error', throwOnError: true });
  const drawn = written.replaceAll(/<mi mathvariant="double-struck">(.)</g, (_, letter) => `<mi>${doubled[letter]}<`);
  return `<span v-pre class="formula${displayMode ? ' of-its-own' : ''}">${drawn}</span>`;
}

/** The rows of the README's table of pages: a question, and links to the pages that answer it. */
function sidebar() {
  const rows = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| \*\*(.+?)\*\* +\| (.+) \|$/gm);
  return [...rows].map(([, text, cell]) => ({
    text,
    items: [...cell.matchAll(/\[((?:[^\]\\]|\\.)+)\]\(([^)]+)\)/g)].map(([, title, href]) => ({
      text: title[0].toUpperCase() + title.slice(1).replaceAll('\\', ''),
      link: onSite(href, 'README.md'),
    })),
  }));
}

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

export default defineConfig({
  title: 'signprox',
  description: 'Property-based verification and theory checking for stochastic proximal algorithms',
  srcDir: root,
  outDir: join(root, 'reports/site'),
  cacheDir: join(root, 'reports/.site-cache'),
  srcExclude: ['**/node_modules/**', 'reports/**', 'dist/**', 'docs/*/**'],
  rewrites: (file) => pageOf(file) ?? file,
  markdown: {
    // Pages are read on code hosts too: braces and colons are text, as they are there.
    ...{ linkify: false, attrs: { disable: true } },
    anchor: { slugify: anchor },
    config(md) {
      md.disable('emoji');
      md.use(tex, { render: formula });
      md.use(linksOnSite);
    },
  },
  vite: { plugins: [vueOfSite, judgeOfPlayground], build: { chunkSizeWarningLimit: 1000 } },
  // The report of the playground is as wide as a terminal.
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === 'playground.md' ? { frontmatter: { ...frontmatter, aside: false } } : undefined,
  themeConfig: {
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: false, next: false },
  },
  buildEnd({ outDir }) {
    for (const file of linked) {
      const to = join(outDir, 'source', `${file}.txt`);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(root, file), to);
    }
  },
});

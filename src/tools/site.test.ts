import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';
import { parse } from 'yaml';
import { commandRunner, type Finished } from '../cli/command-runner.test.helper.js';
import { testWith } from '../guard/programs.test.helper.js';
import { executablePath } from '../report/html/browser.test.helper.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = join(root, 'src/tools/site/node_modules/vitepress');
const folder = mkdtempSync(join(tmpdir(), 'signprox-site-'));
const origin = 'http://site.test';
let browser: Browser | undefined;
const command = commandRunner();

test.after.always(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The text of a page without its code. */
const textOfPage = `(() => {
  const page = document.querySelector('.vp-doc').cloneNode(true);
  for (const code of page.querySelectorAll('code')) code.remove();
  return page.textContent;
})()`;

/**
 * What does not fit on a page, or has another form than its text: content that is cut, cells of tables that are towers of single words, pictures
 * that are missing or whose letters are too small, and formulas that Markdown has read as emphasis.
 */
const misfits = `(() => {
  const found = [];
  const say = (what, element) => found.push(what + ' ' + element.textContent.trim().slice(0, 60));
  for (const element of document.querySelectorAll('.vp-doc, .vp-doc *')) {
    const { overflowX, fontSize } = getComputedStyle(element);
    if (['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1 && !element.closest('.cm-editor'))
      say('cut:', element);
    if (element.matches('em') && element.textContent.includes('‖')) say('emphasis in', element);
    if (element.matches('img') && !(element.complete && element.width >= 0.7 * element.naturalWidth))
      found.push('missing or small: ' + element.alt);
    if (!element.matches('td')) continue;
    const { right, width } = element.getBoundingClientRect();
    // Two letters are an em wide, and the padding is 20 pixels.
    const letters = (2 * (width - 20)) / Number.parseFloat(fontSize);
    const { length } = element.textContent.trim();
    if (length > 12 && letters < Math.min(12, length / 4)) say('tower:', element);
    for (const inside of element.querySelectorAll('*')) if (inside.getBoundingClientRect().right > right + 1) say('out of its cell:', inside);
  }
  return found;
})()`;

let built: ReturnType<typeof build> | undefined;
/** Builds the site, once for all tests. */
const build = () =>
  spawnSync('npm', ['run', '--silent', 'site', '--', '--outDir', folder], {
    cwd: root,
    env: { ...process.env, NODE_V8_COVERAGE: '' },
    encoding: 'utf8',
  });

/** A window on the site, which asks no network: requests are answered from its files, and any other is a fault, a sentence. */
async function open(t: ExecutionContext, width: number, faults: string[]): Promise<Page> {
  built ??= build();
  t.is(built.status, 0, built.stdout + built.stderr);
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on('console', (message) => faults.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
  await page.route('**/*', (route) => {
    const { origin: from, pathname } = new URL(route.request().url());
    const path = join(folder, decodeURI(pathname === '/' ? '/index.html' : pathname));
    const there = from === origin && existsSync(path) && statSync(path).isFile();
    if (!there) faults.push(`${page.url()} asks for ${route.request().url()}`);
    return there ? route.fulfill({ path }) : route.abort();
  });
  t.teardown(() => page.close());
  return page;
}

/** Pages of the site that VitePress has not made. */
const reports = ['report.html', 'guard-report.html'];

const pagesOfSite = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html') && name !== '404.html' && !reports.includes(name))
    // What the tests of the playground write.
    .filter((name) => !name.startsWith('terminal/'));

const testOfSite = testWith('sh', '-c', `test -d ${packages} && ${executablePath} --version`);

const pathOf = ({ pathname }: URL): string => decodeURI(pathname).replace(/\/$/, '/index.html');

testOfSite('the site is built, every link in it leads somewhere, and what is on its pages fits', async (t) => {
  const faults: string[] = [];
  await open(t, 1280, faults);
  const names = pagesOfSite();
  const ids = new Map<string, readonly string[]>();
  const links: { readonly from: string; readonly to: URL }[] = [];
  for (const width of [360, 1280]) {
    const page = await open(t, width, faults);
    for (const name of names) {
      await page.goto(`${origin}/${name}`);
      await page.locator('.vp-doc h1').waitFor();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) faults.push(`${name} at ${width}: ${wide} wide`);
      faults.push(...(await page.evaluate<string[]>(misfits)).map((text) => `${name} at ${width}: ${text}`));
      const prose = await page.evaluate<string>(textOfPage);
      // A type of TypeScript may be undefined.
      if (prose.includes('undefined') && !name.startsWith('api/')) faults.push(`${name} has the text undefined`);
      ids.set(`/${name}`, await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
      const found = await page.evaluate<string[]>('[...document.querySelectorAll("a[href]")].map(({ href }) => href)');
      links.push(...found.map((href) => ({ from: name, to: new URL(href) })).filter(({ to }) => to.origin === origin));
    }
  }
  // The addresses of the bugs in the menu of the playground, each of which a page names.
  const page = await open(t, 1280, faults);
  await page.goto(`${origin}/playground.html`);
  const inMenu = page.locator('optgroup option[value^="bug="]');
  await inMenu.first().waitFor({ state: 'attached' });
  const bugs = new Set(await inMenu.evaluateAll((options) => options.map((option) => option.getAttribute('value')!)));
  t.true(bugs.size >= 30);
  const tried = new Set(links.map(({ to }) => decodeURIComponent(to.hash.slice(1).replaceAll('+', ' '))));
  for (const bug of bugs) if (!tried.has(bug)) faults.push(`no page leads to ${bug}`);
  for (const { from, to } of links) {
    const place = decodeURIComponent(to.hash.slice(1).replaceAll('+', ' '));
    const isThere = place === '' || bugs.has(place) || ids.get(pathOf(to))?.includes(place);
    const there = existsSync(join(folder, pathOf(to))) && isThere;
    if (!there) faults.push(`${from} leads to ${to}, where nothing is`);
  }
  // The table of pages in the README is the menu.
  const menu = new Set(links.filter(({ from }) => from === 'changelog.html').map(({ to }) => pathOf(to)));
  faults.push(
    ...[...names, ...reports]
      .filter((name) => !menu.has(`/${name}`) && !/^(?:findings|libraries)\//.test(name))
      .map((name) => `${name} is not in the menu`),
  );
  t.true(names.length > 40 && links.length > 3000);
  t.true(names.includes('api/functions.html'));
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('the first page has a wrong verdict and three doors, and no sentence that the README lacks', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  await page.goto(origin);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const doors = ['Guard my code', 'Check my theorem', 'Read about the paper'];
  t.is(await page.locator('.door').count(), doors.length);
  // A command that would fetch a stranger's package runs only what is installed, and stands below how to install it.
  const shown = (await page.locator('.vp-doc pre code').allTextContents()).join('\n');
  t.notRegex(shown, /npx (?!--no-install )/);
  t.regex(shown, /^npm ci && npm pack [^\n]* npm install [\s\S]*npx --no-install signprox/);
  for (const name of doors) {
    const door = page.locator('.door', { has: page.getByRole('heading', { name }) });
    const commands = await door.locator('pre code').allTextContents();
    const section = readme.slice(readme.indexOf(`\n## ${name}\n`));
    t.deepEqual(
      commands.map((text) => text.trim()),
      [section.slice(section.indexOf('```sh\n') + 6).split('\n', 1)[0]!],
      name,
    );
    t.is(await door.locator('p').last().getByRole('link').count(), 3, name);
  }
  const told = readme.replaceAll(/\[([^\]]*)\]\([^)]*\)|[*_`]/g, '$1').replaceAll(/\s+/g, ' ');
  const sentences = await page.locator('.vp-doc p').allTextContents();
  for (const text of sentences)
    if (!told.includes(text.replaceAll('_', '').replaceAll(/\s+/g, ' ').trim())) faults.push(text);
  t.true(sentences.length >= 8);
  t.is(await page.evaluate<number>('document.querySelector(".picture img").naturalWidth'), 440);
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('every page says what it is where its address is posted', async (t) => {
  const faults: string[] = [];
  await open(t, 1280, faults);
  const said = new Map<string, string>();
  for (const name of pagesOfSite()) {
    const text = readFileSync(join(folder, name), 'utf8');
    const of = (tag: string): string =>
      new RegExp(`<meta (?:name|property)="${tag}" content="([^"]*)"`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const description = of('description');
    if (description.length < 25 || description.length > 220) faults.push(`${name}: ${description}`);
    for (const tag of ['og:title', 'og:image', 'og:url']) if (of(tag) === '') faults.push(`${name} has no ${tag}`);
    if (of('og:description') !== description) faults.push(`${name}: ${of('og:description')}`);
    if (said.has(description) && !name.startsWith('api/'))
      faults.push(`${name} says what ${said.get(description)} says`);
    said.set(description, name);
  }
  t.true(existsSync(join(folder, 'verdict.png')));
  t.deepEqual(faults, []);
});

test('the workflow of the site runs scripts that there are, with actions of one version and no secrets', (t) => {
  const text = readFileSync(join(root, '.github/workflows/site.yml'), 'utf8');
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<
      Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
    >;
  };
  const steps = Object.values(jobs).flatMap(({ steps }) => steps);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: object };
  const run = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (\w+)/g)].map(([, name]) => name!));
  t.deepEqual(run.toSorted(), ['build', 'site', 'verify']);
  for (const name of run) t.true(name in scripts, name);
  const uses = steps.flatMap(({ uses }) => uses ?? []);
  t.true(uses.length >= 5);
  for (const action of uses) t.regex(action, /^actions\/[\w-]+@v\d+$/);
  t.notRegex(text, /secrets/);
});

testOfSite('the site carries the report of a run, or says how to make one, and a report of the guard', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 360, faults);
  for (const [link, heading, says] of [
    ['A report of the guard', 'mine 1.0.0', 'returned 0, right is 4'],
    ['The report of a run', /./, /npm run verify|checked ·/],
  ] as const) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${origin}/changelog.html`);
    await page.getByRole('link', { name: link }).first().click();
    await page.setViewportSize({ width: 360, height: 800 });
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText(says).first().waitFor();
    t.true((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360, link);
    await page.getByRole('link', { name: 'Back to the pages' }).click();
    await page.getByRole('heading', { level: 1, name: 'signprox' }).waitFor();
  }
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('each finding has a card, and a page with its picture', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  await page.goto(`${origin}/findings.html`);
  const written = readFileSync(join(root, 'docs/findings.md'), 'utf8');
  const titles = written.match(/(?<=^### <a id="f\d+"><\/a>)F\d+: .*$/gm)!;
  const bare = (text: string): string =>
    text
      .normalize('NFKC')
      .replaceAll('_', '')
      .replaceAll(/[\u200b:\s]+/g, ' ')
      .trim();
  t.deepEqual((await page.locator('.cards a').allTextContents()).map(bare), titles.map(bare));
  const pictures = written.match(/(?<=^!\[).*(?=\]\(findings\/f\d+\.svg\)$)/gm)!;
  t.true(pictures.length >= 20);
  const drawn: string[] = [];
  for (const title of titles) {
    await page.goto(`${origin}/findings/${title.split(':')[0]!.toLowerCase()}.html`);
    t.is(bare((await page.locator('.vp-doc h1').textContent())!), bare(title));
    const images = await page.evaluate<
      string[]
    >(`Promise.all([...document.querySelectorAll('.vp-doc img')].map(async (image) => {
      image.loading = 'eager';
      await image.decode();
      return image.alt + (image.naturalWidth > 300 ? '' : ' is empty');
    }))`);
    drawn.push(...images);
  }
  t.deepEqual(
    drawn,
    pictures.map((text) => text.replaceAll('`', '')),
  );
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('the search finds a section, and a name of the API', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  await page.goto(`${origin}/glossary.html`);
  await page.getByRole('link', { name: 'The protocol', exact: true }).first().click();
  await page.locator('h1', { hasText: 'The protocol' }).waitFor();
  for (const [text, level, heading] of [
    ['known failures', 'h2', 'Known failures'],
    ['defineFunction', 'h3', 'defineFunction()'],
  ] as const) {
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill(text);
    await page.locator('.result').first().click();
    await page.locator(level, { hasText: heading }).first().waitFor();
  }
  t.deepEqual([...new Set(faults)], []);
});

/** What people look for, and the page that they want. */
const wanted: readonly (readonly [query: string, page: string, first?: 'first'])[] = [
  ['adam epsilon', 'protocol.html', 'first'],
  ['my prox is wrong', 'fix-your-first-bug.html', 'first'],
  ['add to CI', 'guard-in-ci.html', 'first'],
  ['float16', 'protocol.html', 'first'],
  ['what does thin mean', 'verdicts.html', 'first'],
  ['pytest', 'python.html', 'first'],
  ['exit codes', 'verdicts.html', 'first'],
  ['prove my theorem', 'prove.html', 'first'],
  ['is the bound tight', 'bounds-and-audit.html', 'first'],
  ['known failures', 'guard-in-ci.html', 'first'],
  ['adam', 'guard-declarations.html'],
  ['weight decay', 'guard-without-an-adapter.html'],
  ['nuclear norm', 'guard-without-an-adapter.html'],
  ['tightness', 'glossary.html'],
  ['Theorem 2', 'theorem-2.html'],
  ['counterexample', 'glossary.html'],
  ['playground', 'playground.html'],
  ['install', 'guard-your-library.html'],
];

testOfSite('the search finds the page that a person wants first, or first or second where two would do', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  await page.goto(`${origin}/glossary.html`);
  await page.getByRole('button', { name: 'Search' }).click();
  for (const [query, name, place] of wanted) {
    await page.getByRole('searchbox').fill(query);
    // The results of the query before stay until those of this one are there.
    const first = `[...new Set([...document.querySelectorAll('a.result')].map(({ pathname }) => pathname.slice(1)))].slice(0, ${place === 'first' ? 1 : 2})`;
    await page
      .waitForFunction(`${first}.includes(${JSON.stringify(name)})`, undefined, { timeout: 20_000 })
      .catch(async () => {
        faults.push(`${query}: ${await page.evaluate<string>(`${first}.join(', ')`)}`);
      });
  }
  t.deepEqual(faults, []);
});

testOfSite('axe finds nothing on any page, light and dark', async (t) => {
  const faults: string[] = [];
  await open(t, 1280, faults);
  const source = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  for (const dark of [false, true]) {
    const page = await open(t, 800, faults);
    // The frame of the playground has no storage.
    const scheme = `localStorage.setItem('vitepress-theme-appearance', '${dark ? 'dark' : 'light'}')`;
    await page.addInitScript(`if (window === top) ${scheme}`);
    for (const name of pagesOfSite().toSorted()) {
      await page.goto(`${origin}/${name}`);
      await page.locator('.vp-doc h1').waitFor();
      t.is(await page.evaluate<boolean>('document.documentElement.classList.contains("dark")'), dark);
      await page.evaluate(source);
      const violations = await page.evaluate<{ readonly id: string; readonly nodes: { readonly html: string }[] }[]>(
        'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
      );
      for (const { id, nodes } of violations) {
        faults.push(`${name}, ${dark ? 'dark' : 'light'}: ${id}: ${nodes[0]!.html.slice(0, 200)}`);
      }
    }
  }
  t.deepEqual(faults, []);
});

/** The words of a page, in the order of its prose, whose first use says nothing of their meaning; and those that say it wrongly. */
const unexplained = `(meanings) => {
  const shown = [...document.querySelectorAll('.vp-doc abbr')];
  const wrong = shown.filter(({ textContent, title }) => ![textContent, textContent.replace(/s$/, '')].some((word) => meanings[word] === title));
  const twice = shown.filter(({ title }, k) => shown.findIndex((other) => other.title === title) < k);
  const misplaced = document.querySelectorAll(':is(h1, h2, h3, a, code) abbr');
  const prose = [...document.querySelectorAll('.vp-doc :is(p, li)')].filter((block) => !block.closest('td, .cards, .playground'));
  const walk = (node) => node.matches?.('a, code, pre, ul, ol, .formula, p p, li p') ? [] : node.data === undefined ? [...node.childNodes].flatMap(walk) : [node];
  const texts = prose.flatMap((block) => [...block.childNodes].flatMap(walk));
  const late = Object.keys(meanings).filter((word) => {
    const use = new RegExp('(?<![\\\\p{L}\\\\d-])' + word + 's?(?! that)(?![\\\\p{L}\\\\d_-])', 'u');
    const first = texts.find(({ data }) => use.test(data));
    return first !== undefined && first.parentElement.closest('abbr') === null;
  });
  return [...wrong, ...twice, ...misplaced].map(({ textContent }) => textContent).concat(late);
}`;

testOfSite('the first use of a word of the glossary on each page says what it means', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  const rules = new URL('../../../src/tools/site/.vitepress/markdown-rules.mjs', import.meta.url).href;
  const { meanings } = (await import(rules)) as { readonly meanings: ReadonlyMap<string, string> };
  const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
  for (const word of ['adapter', 'prox', 'l1', 'SPGM', 'claim', 'wrapper']) {
    const [, meaning] = new RegExp(`^\\| ${word} +\\| (.*?) +\\|$`, 'm').exec(glossary)!;
    t.is(meanings.get(word), meaning);
  }
  const given = JSON.stringify(Object.fromEntries(meanings));
  for (const name of pagesOfSite().filter((name) => !/^(?:api\/|index|glossary)/.test(name))) {
    await page.goto(`${origin}/${name}`);
    await page.locator('.vp-doc h1').waitFor();
    const words = await page.evaluate<string[]>(`(${unexplained})(${given})`);
    faults.push(...words.map((word) => `${name}: ${word}`));
  }
  t.deepEqual([...new Set(faults)], []);
});

/** A module that offers the prox of l1, with `value` for each entry. */
const moduleOf = (value: string, before = ''): string => `${before}export default {
  describe: () => ({ name: 'mine', version: '1', language: 'javascript', dtype: 'f64',
    methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] }),
  prox: ({ weight }, step, y) => y.map((v) => ${value}),
};\n`;
const right = 'Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)';

/** A page of the playground that has loaded all that it loads. */
async function openPlayground(t: ExecutionContext, faults: string[], width = 1280): Promise<Page> {
  const page = await open(t, width, faults);
  const judge = page.waitForResponse(/\/judge\./);
  await page.goto(`${origin}/playground.html`);
  await (await judge).finished();
  await page.locator('.cm-content').waitFor();
  return page;
}

/** The text of the editor. */
const shown = '[...document.querySelectorAll(".cm-line")].map(({ textContent }) => textContent).join("\\n").trimEnd()';

/** Follows a link that holds a file. */
async function follow(page: Page, task: string, text: string, seed = '7'): Promise<void> {
  const code = deflateRawSync(text).toString('base64url');
  await page.goto(`${origin}/playground.html#${new URLSearchParams({ task, seed, code })}`);
  await page.waitForFunction(`${shown} === ${JSON.stringify(text.trimEnd())}`);
}

/** The answer to what the page shows, when it is complete. */
async function answered(
  page: Page,
  ask = '.judge',
): Promise<{ readonly headline: string; readonly tone: string; readonly text: string }> {
  await page.locator(ask).click();
  await page.locator('.command').waitFor({ timeout: 600_000 });
  const report = page.locator('.all pre');
  const text = (await report.count()) === 0 ? '' : ((await report.textContent()) ?? '');
  const headline = page.locator('.headline');
  const tone = (await headline.getAttribute('class')) ?? '';
  return { headline: (await headline.textContent()) ?? '', tone: tone.replace('headline ', ''), text };
}

/** The same as a file. */
const edited = (page: Page): Promise<string> => page.evaluate<string>(`${shown} + "\\n"`);

/** Runs the command that the page shows, in a folder with the code that it shows. */
async function inTerminal(page: Page, name: string): Promise<Finished> {
  const cwd = join(folder, 'terminal', name);
  await mkdir(cwd, { recursive: true });
  const [, words] = /^npx --no-install signprox (.*)$/.exec((await page.locator('.command').textContent())!)!;
  await writeFile(join(cwd, (await page.locator('.output code').textContent())!), await edited(page));
  return command(cwd, words!.split(' '));
}

/** A report without what differs between a page and a terminal: verdicts that a terminal shows before the end, times, saved files, and the number of claims that ask for something else. */
const comparable = (text: string): string =>
  text
    .replace(/^(?:first failure: .*\n(?: .*\n)*)?(?:[\w-]+: (?:[a-z]+ )?(?:right|wrong|thin|follows)\b.*\n)+\n/, '')
    .replaceAll(/^ +(?:again|row) +.*\n/gm, '')
    .replace(/(, seed \S+), [\d.]+ m?s\./, '$1.')
    .replace(/^(?:report \S+)? *(?:more: --ledger)? *(?:[\d.]+ m?s)? *(exit \d)$/m, '$1');

testOfSite('the playground says what the command says that it shows, for each of its examples', async (t) => {
  const faults: string[] = [];
  const page = await openPlayground(t, faults);
  const examples: readonly (readonly [name: string, headline: RegExp, exitCode: number])[] = [
    ['l1-wrong', /^✗ prox of l1: wrong$/, 1],
    ['l1', /^✓ prox of l1: right · \d+ questions$/, 0],
    ['momentum-sgd', /^✓ step of momentum-sgd: right · \d+ questions$/, 0],
    ['bound-false', /^✗ my-bound is false: 2 × the bound at T = 1 on f = x²\/2, x⁰ = 1$/, 1],
    ['bound-true', /^✓ my-bound is true: proved for every T ≥ 1$/, 0],
  ];
  for (const [name, expected, exitCode] of examples) {
    await page.getByLabel('Example').selectOption({ value: `example=${name}` });
    await page.getByLabel('Seed').fill('7');
    const { headline, tone, text } = await answered(page);
    if (!expected.test(headline)) faults.push(`${headline}: not ${expected}`);
    if (tone !== (exitCode === 0 ? 'right' : 'wrong')) faults.push(`${headline}: ${tone}`);
    t.is(await page.evaluate('location.hash'), `#example=${name}`);
    const { stdout, stderr, code } = await inTerminal(page, name);
    if (code !== exitCode) faults.push(`${expected}: the command ends with ${code}: ${stderr}`);
    // The page has less room than a terminal, and does not ask the test vectors, which name the bug.
    const [shown, printed] = [text, stdout].map((given) =>
      comparable(given)
        .replaceAll(/\s+/g, ' ')
        .replace(/looks like .*? in \d+ of \d+ test vectors /, ''),
    );
    if (shown !== printed) faults.push(`${shown}: not ${printed}`);
  }
  t.is(await page.locator('optgroup').count(), 2);
  t.deepEqual(faults, []);
});

testOfSite('the playground starts with a wrong verdict as a card, and Ctrl+Enter judges what is written', async (t) => {
  const faults: string[] = [];
  const page = await openPlayground(t, faults);
  await page.locator('.command').waitFor({ timeout: 600_000 });
  t.is(await page.locator('.headline').textContent(), '✗ prox of l1: wrong');
  t.deepEqual(await page.locator('dt').allTextContents(), ['asked', 'returned', 'right is']);
  t.deepEqual(await page.locator('dd').allTextContents(), ['prox of l1(weight 1) at y = 1, γ = 0.1', '0', '0.9']);
  t.regex(
    (await page.locator('.paste pre').textContent())!,
    /^const r = \{"type": "l1", "weight": 1\}; const step = 0\.1;/,
  );
  t.false(await page.locator('.all pre').isVisible());
  // Code and verdict stand beside each other.
  const [editor, card] = [await page.locator('.editor').boundingBox(), await page.locator('.card').boundingBox()];
  t.true(card!.x >= editor!.x + editor!.width, JSON.stringify([editor, card]));
  await page
    .getByLabel('Code')
    .fill(`export const l1 = (y, γ, { weight }) => y.map((v) => ${right.replace('step', 'γ')});`);
  t.is(await page.evaluate('location.hash'), '', 'the address names another text');
  await page.getByLabel('Code').press('Control+Enter');
  await page.locator('.headline.right').waitFor({ timeout: 600_000 });
  t.regex((await page.locator('.headline').textContent())!, /^✓ prox of l1: right · \d+ questions$/);
  t.is((await edited(page)).split('\n').length, 2, 'no line is inserted');
  t.deepEqual(faults, []);
});

testOfSite('the playground says in one line why there is no verdict, and then judges again', async (t) => {
  const faults: string[] = [];
  const page = await openPlayground(t, faults, 360);
  const endless = moduleOf(`{ while (step > 1) {} return ${right}; }`).replace('=> {', '=> { ');
  const missing =
    /^✗ mine\.mjs:1: export a prox by the name of its function, such as l1, or as default an object with describe\(\)$/;
  const lines: readonly (readonly [task: string, text: string, headline: RegExp])[] = [
    ['module', endless, /^✗ Stopped: prox\(\{"type":"l1",.*\) did not return within 2 s\.$/],
    ['module', 'for (;;);', /^✗ Stopped: import\("mine\.mjs"\) did not return within 2 s\.$/],
    [
      'theorem',
      'export const theorem = {\n  id: oops oops\n};',
      /^✗ my-bound\.mjs:2:12: Unexpected identifier 'oops'$/,
    ],
    [
      'module',
      'export default {\n\n  describe: () => ({ oops oops }),\n};',
      /^✗ mine\.mjs:3:27: Unexpected identifier 'oops'$/,
    ],
    ['module', '\nmissing();', /^✗ mine\.mjs: ReferenceError: missing is not defined at mine\.mjs:2$/],
    ['module', '', missing],
    [
      'module',
      'const l1 = 1;\nexport default { prox: (r, step, y) => y };',
      new RegExp(missing.source.replace(':1:', ':2:')),
    ],
    [
      'module',
      '\nexport const lasso = (y) => y;',
      /^✗ mine\.mjs:2: exports lasso, which is no function of the vocabulary \(did you mean l1\?\)$/,
    ],
    [
      'module',
      moduleOf(right).replace("'l1'", "'lasso'"),
      /^✗ mine\.mjs:3: lasso is not in the vocabulary: did you mean l1\?$/,
    ],
    [
      'module',
      moduleOf(right).replace(" functions: ['l1'],", ''),
      /^✗ mine\.mjs:2: describe\(\) is not valid: functions is missing$/,
    ],
    [
      'module',
      'import numpy as np\n\ndef soft(x, threshold):\n    return np.sign(x)\n',
      /^✗ This page judges JavaScript only\. For Python: signprox guard my_module:soft --as l1$/,
    ],
    ['theorem', '', /^✗ my-bound\.mjs: theorem must be an object with id, .*, got undefined$/],
    ['proof', '', /^✗ my-bound\.mjs: theorem must be an object with id, .*, got undefined$/],
    ['module', moduleOf(`v > 1 ? NaN : ${right}`), /^✗ prox of l1: answers what is not finite$/],
    ['module', moduleOf(`{ throw new Error('no'); }`), /^✗ prox of l1: raises$/],
    ['module', moduleOf(right), /^✓ prox of l1: right · \d+ questions$/],
  ];
  for (const [index, [task, text, expected]] of lines.entries()) {
    await follow(page, task, text);
    if (index === 0) {
      // The frame in which code runs is not seen.
      await page.locator('.judge').click();
      await page.locator('iframe').waitFor({ state: 'attached' });
      t.false(await page.locator('iframe').isVisible());
    }
    const { headline, text: report } = await answered(page);
    if (!expected.test(headline)) faults.push(`${headline}: not ${expected}`);
    if (task === 'module' && report !== '') {
      const wide = (given: string) => comparable(given).replaceAll(/\s+/g, ' ');
      const { stdout } = await inTerminal(page, `line-${index}`);
      const shown = subjectOf(stdout);
      if (!wide(report).includes(shown)) faults.push(`${shown}: not in ${report}`);
    }
  }
  await page.goto(`${origin}/playground.html#task=module&code=AAAA`);
  t.false(await page.locator('.settings > div').isVisible());
  await page.getByText('The code in this link is damaged: copy the whole link.').waitFor();
  t.is(await page.evaluate('document.documentElement.scrollWidth'), 360);
  t.deepEqual(faults, []);
});

/** What a report says of the subject that fails, in one line; of the others if none does. */
const subjectOf = (report: string): string => {
  const [, shown] = /^✗ prox of l1 .*\n\n((?: {4}.*\n)+)/m.exec(report) ?? [];
  const counterexample = shown?.slice(0, shown.indexOf('    paste')) ?? /^✓ .*$/m.exec(report)![0];
  return counterexample.trim().replaceAll(/\s+/g, ' ');
};

/** Ways to send something, each to an address. */
const ways: Readonly<Record<string, string>> = {
  fetch: 'await fetch(to)',
  XMLHttpRequest: `await new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    [request.onload, request.onerror] = [done, fail];
    request.open('GET', to);
    request.send();
  })`,
  EventSource: `await new Promise((done, fail) => {
    const source = new EventSource(to);
    [source.onopen, source.onerror] = [done, fail];
  })`,
  import: 'await import(to)',
  importScripts: 'importScripts(to)',
};

testOfSite(
  'what is judged in the playground reaches no network: every way to send fails, and nothing is asked',
  async (t) => {
    const page = await openPlayground(t, []);
    const to = 'http://elsewhere.test/';
    const asked: string[] = [];
    // It would answer everybody. A request that the policy refuses does not reach it.
    await page.route(`${to}**`, (route) => {
      asked.push(route.request().url());
      const contentType = asked.at(-1)!.endsWith('EventSource') ? 'text/event-stream' : 'text/javascript';
      return route.fulfill({ headers: { 'Access-Control-Allow-Origin': '*' }, contentType, body: '' });
    });
    const tries = Object.entries(ways).map(
      ([name, way]) =>
        `try { const to = address + '${name}'; ${way}; sent.push('${name}'); } catch { refused.push('${name}'); }\n`,
    );
    const before = `const address = '${to}';\nconst [sent, refused] = [[], []];\n${tries.join('')}`;
    await follow(
      page,
      'module',
      moduleOf(right, before).replace("'mine'", "'sent: ' + sent + '; refused: ' + refused"),
    );
    const { text } = await answered(page);
    const [shown] = /sent: .*refused: [^ ]*/.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
    t.deepEqual([shown, ...asked], [`sent: ; refused: ${Object.keys(ways).join(',')}`]);
  },
);

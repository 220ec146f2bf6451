import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';
import { testWith } from '../guard/programs.test.helper.js';
import { executablePath } from '../report/html/browser.test.helper.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = join(root, 'src/tools/site/node_modules/vitepress');
const folder = mkdtempSync(join(tmpdir(), 'signprox-site-'));
const origin = 'http://site.test';
let browser: Browser | undefined;
/** What is wrong with the site, in sentences. */
const faults: string[] = [];

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

/** A window on the site, which asks no network: requests are answered from its files, and any other is a fault. */
async function open(t: ExecutionContext, width: number): Promise<Page> {
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

const testOfSite = testWith('sh', '-c', `test -d ${packages} && ${executablePath} --version`);

const pathOf = ({ pathname }: URL): string => decodeURI(pathname).replace(/\/$/, '/index.html');

testOfSite('the site is built, every link in it leads somewhere, and no page scrolls sideways', async (t) => {
  const env = { ...process.env, NODE_V8_COVERAGE: '' };
  const built = spawnSync('npm', ['run', '--silent', 'site', '--', '--outDir', folder], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  t.is(built.status, 0, built.stdout + built.stderr);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html') && name !== '404.html' && !reports.includes(name));

  const ids = new Map<string, readonly string[]>();
  const links: { readonly from: string; readonly to: URL }[] = [];
  for (const width of [360, 1280]) {
    const page = await open(t, width);
    for (const name of names) {
      await page.goto(`${origin}/${name}`);
      await page.locator('.vp-doc h1').waitFor();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) faults.push(`${name} at ${width}: ${wide} wide`);
      const prose = await page.evaluate<string>(textOfPage);
      // A type of TypeScript may be undefined.
      if (prose.includes('undefined') && !name.startsWith('api/')) faults.push(`${name} has the text undefined`);
      ids.set(`/${name}`, await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
      const found = await page.evaluate<string[]>('[...document.querySelectorAll("a[href]")].map(({ href }) => href)');
      links.push(...found.map((href) => ({ from: name, to: new URL(href) })).filter(({ to }) => to.origin === origin));
    }
  }
  for (const { from, to } of links) {
    const place = decodeURIComponent(to.hash.slice(1));
    const there = existsSync(join(folder, pathOf(to))) && (place === '' || ids.get(pathOf(to))?.includes(place));
    if (!there) faults.push(`${from} leads to ${to}, where nothing is`);
  }
  // The table of pages in the README is the menu.
  const menu = new Set(links.filter(({ from }) => from === 'changelog.html').map(({ to }) => pathOf(to)));
  faults.push(
    ...[...names, ...reports].filter((name) => !menu.has(`/${name}`)).map((name) => `${name} is not in the menu`),
  );
  t.true(names.length > 40 && links.length > 3000);
  t.true(names.includes('api/functions.html'));
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('the first page has a door for each question, and no sentence that the README lacks', async (t) => {
  const page = await open(t, 1280);
  await page.goto(origin);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const question of ['Is my implementation right?', 'Is my theorem right?', 'What about the paper?']) {
    const door = page.locator('.door', { has: page.getByRole('heading', { name: question }) });
    const command = (await door.locator('code').textContent())?.trim() ?? '';
    const section = readme.slice(readme.indexOf(`\n## ${question}`));
    const first = section.slice(section.indexOf('```sh\n') + 6).split('\n', 1)[0]!;
    t.is(command, first.replace(/\s+# .*/, ''), question);
    t.true((await door.getByRole('link').count()) >= 5, question);
  }
  const shown = await page.locator('.found li').allTextContents();
  t.is(shown.length, 5);
  for (const text of shown) {
    t.true(readme.includes(text.trim().replace(/^F(\d+)/, '- [F$1](docs/findings.md#f$1)')), text);
  }
  t.true(await page.evaluate<boolean>('document.querySelector(".picture img").naturalWidth > 1000'));
});

testOfSite('the site carries the report of a run, or says how to make one, and a report of the guard', async (t) => {
  const page = await open(t, 360);
  for (const [link, heading, says] of [
    ['A report of the guard', 'mine 1.0.0', 'returned 0, right is 4'],
    ['The report of a run', /./, /npm run verify|checked ·/],
  ] as const) {
    await page.goto(origin);
    await page.getByRole('link', { name: link }).first().click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText(says).first().waitFor();
    t.true((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360, link);
  }
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('the site has the findings and their pictures, as docs/findings.md has them', async (t) => {
  const page = await open(t, 1280);
  await page.goto(`${origin}/findings.html`);
  const written = readFileSync(join(root, 'docs/findings.md'), 'utf8');
  const titles = written.match(/(?<=^### )F\d+: .*$/gm)!;
  const shown = await page.locator('.vp-doc h3').allTextContents();
  t.deepEqual(
    shown.map((text) => text.replaceAll('\u200b', '').trim()),
    titles,
  );
  const pictures = written.match(/(?<=^!\[).*(?=\]\(findings\/f\d+\.svg\)$)/gm)!;
  t.true(pictures.length >= 20);
  const drawn = await page.evaluate<
    string[]
  >(`Promise.all([...document.querySelectorAll('.vp-doc img')].map(async (image) => {
    image.loading = 'eager';
    await image.decode();
    return image.alt + (image.naturalWidth > 300 ? '' : ' is empty');
  }))`);
  t.deepEqual(
    drawn,
    pictures.map((text) => text.replaceAll('`', '')),
  );
  t.deepEqual([...new Set(faults)], []);
});

testOfSite('the search finds a section, and a name of the API', async (t) => {
  const page = await open(t, 1280);
  await page.goto(origin);
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

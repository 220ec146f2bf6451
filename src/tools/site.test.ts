import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';
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

const testOfSite = testWith('sh', '-c', `test -d ${packages} && ${executablePath} --version`);

testOfSite('the site is built, every link in it leads somewhere, and no page scrolls sideways', async (t) => {
  const faults: string[] = [];
  const page = await open(t, 1280, faults);
  const names = readdirSync(folder).filter((name) => name.endsWith('.html') && name !== '404.html');

  const ids = new Map<string, readonly string[]>();
  const links: { readonly from: string; readonly to: URL }[] = [];
  for (const width of [360, 1280]) {
    const page = await open(t, width, faults);
    for (const name of names) {
      await page.goto(`${origin}/${name}`);
      await page.locator('.vp-doc h1').waitFor();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) faults.push(`${name} at ${width}: ${wide} wide`);
      const prose = await page.evaluate<string>(textOfPage);
      if (prose.includes('undefined')) faults.push(`${name} has the text undefined, which no page says`);
      ids.set(`/${name}`, await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
      const found = await page.evaluate<string[]>('[...document.querySelectorAll("a[href]")].map(({ href }) => href)');
      links.push(...found.map((href) => ({ from: name, to: new URL(href) })).filter(({ to }) => to.origin === origin));
    }
  }
  const pathOf = ({ pathname }: URL): string => (pathname === '/' ? '/index.html' : decodeURI(pathname));
  for (const { from, to } of links) {
    const place = decodeURIComponent(to.hash.slice(1));
    const there = existsSync(join(folder, pathOf(to))) && (place === '' || ids.get(pathOf(to))?.includes(place));
    if (!there) faults.push(`${from} leads to ${to}, where nothing is`);
  }
  // The table of pages in the README is the menu.
  const menu = new Set(links.filter(({ from }) => from === 'changelog.html').map(({ to }) => pathOf(to)));
  faults.push(...names.filter((name) => !menu.has(`/${name}`)).map((name) => `${name} is not in the menu`));
  t.true(names.length > 20 && links.length > 1000);

  await page.goto(origin);
  await page.getByRole('link', { name: 'The protocol', exact: true }).first().click();
  await page.locator('h1', { hasText: 'The protocol' }).waitFor();
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('known failures');
  await page.locator('.result').first().click();
  await page.locator('h2', { hasText: 'Known failures' }).waitFor();
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
async function answered(page: Page): Promise<{ readonly headline: string; readonly text: string }> {
  await page.locator('.judge').click();
  await page.locator('.command').waitFor({ timeout: 600_000 });
  const report = page.locator('.output pre:not(.command)');
  const text = (await report.count()) === 0 ? '' : ((await report.textContent()) ?? '');
  return { headline: (await page.locator('.headline').textContent()) ?? '', text };
}

/** The same as a file. */
const edited = (page: Page): Promise<string> => page.evaluate<string>(`${shown} + "\\n"`);

/** Runs the command that the page shows, in a folder with the code that it shows. */
async function inTerminal(page: Page, name: string): Promise<Finished> {
  const cwd = join(folder, 'terminal', name);
  await mkdir(cwd, { recursive: true });
  const [npx, signprox, ...words] = (await page.locator('.command').textContent())!.split(' ');
  if (npx !== 'npx' || signprox !== 'signprox') throw new Error(`no command: ${npx} ${signprox}`);
  await writeFile(join(cwd, (await page.locator('.output code').textContent())!), await edited(page));
  return command(cwd, words);
}

/** A report without what differs between a page and a terminal: times, saved files, and the number of claims that ask for something else. */
const comparable = (text: string): string =>
  text
    .replace(/^claim .*?\n\n/s, '')
    .replaceAll(/^ {2}reproduce: .*\n|^again {6}.*\n/gm, '')
    .replace(/^\d+ claims (?:need|do not apply).*?\n(?=by convention|exit )/ms, '')
    .replace(/(\d claims in )\S+ s:/, '$1');

testOfSite('the playground says what the command says that it shows, for each of its examples', async (t) => {
  const faults: string[] = [];
  const page = await openPlayground(t, faults);
  const headlines = [
    '3 subjects: 1 right, 2 not-offered',
    'prox of l1: wrong',
    'step of momentum-sgd: wrong',
    'my-bound: not-refuted; proved for every T ≥ 1',
    'my-bound: violated; false, at T = 1',
    'my-bound: proved for every T ≥ 1',
  ];
  for (const [index, expected] of headlines.entries()) {
    await page.getByLabel('Example').selectOption({ index });
    // A search for a proof has no seed.
    if (index < 5) await page.getByLabel('Seed').fill('7');
    const { headline, text } = await answered(page);
    if (headline !== expected) faults.push(`${headline}: not ${expected}`);
    const { stdout, code } = await inTerminal(page, `example-${index}`);
    if (code !== (/wrong|false/.test(expected) ? 1 : 0)) faults.push(`${expected}: the command ends with ${code}`);
    if (comparable(text) !== comparable(stdout)) faults.push(`${comparable(text)}: not ${comparable(stdout)}`);
  }
  t.deepEqual(faults, []);
});

testOfSite('the playground says in one line why there is no verdict, and then judges again', async (t) => {
  const faults: string[] = [];
  const page = await openPlayground(t, faults, 360);
  const endless = moduleOf(`{ while (step > 1) {} return ${right}; }`).replace('=> {', '=> { ');
  const lines: readonly (readonly [task: string, text: string, headline: RegExp])[] = [
    ['module', endless, /^Stopped: prox\(\{"type":"l1",.*\) did not return within 2 s\.$/],
    ['module', 'for (;;);', /^Stopped: import\("mine\.mjs"\) did not return within 2 s\.$/],
    ['theorem', 'export const theorem = {\n  id: oops oops\n};', /^my-bound\.mjs:2:12: Unexpected identifier 'oops'$/],
    [
      'module',
      'export default {\n\n  describe: () => ({ oops oops }),\n};',
      /^mine\.mjs:3:27: Unexpected identifier 'oops'$/,
    ],
    ['module', '\nmissing();', /^mine\.mjs: ReferenceError: missing is not defined at mine\.mjs:2$/],
    ['module', '', /^mine\.mjs has no default export with a describe\(\) method$/],
    ['theorem', '', /^my-bound\.mjs: theorem must be an object with id, .*, got undefined$/],
    ['proof', '', /^my-bound\.mjs: theorem must be an object with id, .*, got undefined$/],
    ['module', moduleOf(`v > 1 ? NaN : ${right}`), /^prox of l1: answers what is not finite$/],
    ['module', moduleOf(`{ throw new Error('no'); }`), /^prox of l1: raises$/],
    ['module', moduleOf(right), /^3 subjects: 1 right, 2 not-offered$/],
  ];
  for (const [index, [task, text, expected]] of lines.entries()) {
    await follow(page, task, text);
    const { headline, text: report } = await answered(page);
    if (!expected.test(headline)) faults.push(`${headline}: not ${expected}`);
    if (task === 'module' && report !== '') {
      const wide = (given: string) => comparable(given).replaceAll(/\s+/g, ' ');
      const { stdout } = await inTerminal(page, `line-${index}`);
      const told = subjectOf(stdout);
      if (!wide(report).includes(told)) faults.push(`${told}: not in ${report}`);
    }
  }
  await page.goto(`${origin}/playground.html#task=module&code=AAAA`);
  await page.getByText('The code in this link is damaged: copy the whole link.').waitFor();
  t.is(await page.evaluate('document.documentElement.scrollWidth'), 360);
  t.deepEqual(faults, []);
});

/** What a report says of the subject that fails, in one line; of the others if none does. */
const subjectOf = (report: string): string => {
  const [, told] = /^prox of l1: .*\n((?: {2}.*\n)+)/m.exec(report) ?? [];
  const counterexample = told?.slice(0, told.indexOf('  const r')) ?? /^\d+ subjects: .*$/m.exec(report)![0];
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
    const [told] = /sent: .*refused: [^ ]*/.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
    t.deepEqual([told, ...asked], [`sent: ; refused: ${Object.keys(ways).join(',')}`]);
  },
);

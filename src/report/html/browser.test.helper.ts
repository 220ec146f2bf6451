import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';
import { testWith } from '../../guard/programs.test.helper.js';

export const executablePath = '/usr/bin/chromium';
/** A test that is left out where there is no browser. */
export const testInBrowser = testWith(executablePath, '--version');

let browser: Promise<Browser> | undefined;
test.after.always(async () => (await browser)?.close());

/** What a window shows, where it is not the usual one. */
type Window = Parameters<Browser['newPage']>[0];

/** A page as a file in a window of its own; a message on its console fails the test. The browser ends with the tests of the file. */
export async function open(t: ExecutionContext, text: string, options: Window = {}, hash = ''): Promise<Page> {
  browser ??= chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const directory = await mkdtemp(join(tmpdir(), 'signprox-page-'));
  const file = join(directory, 'index.html');
  await writeFile(file, text);
  const page = await (await browser).newPage(options);
  page.on('console', (message) => t.fail(message.text()));
  page.on('pageerror', (error) => t.fail(String(error)));
  page.on('request', (request) => t.true(request.url().startsWith('file:'), request.url()));
  t.teardown(async () => {
    await page.close();
    await rm(directory, { recursive: true });
  });
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  return page;
}

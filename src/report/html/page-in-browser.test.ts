import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { figureRecord } from '../../../theorems/experiments/figure.test.helper.js';
import { report } from '../../../theorems/report/index.js';
import type { Cell } from '../../claims/evidence.js';
import type { Verdict } from '../../claims/verdict.js';
import { readCatalogue } from '../../cli/catalogue.js';
import { rowsOf } from '../charts/charts.test.helper.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { stableJson } from '../record/json-numbers.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { describeRun, syntheticClaims, syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
import { syntheticSweep } from '../record/synthetic-sweep.test.helper.js';
import { questions } from '../view/subjects.js';
import { open, testInBrowser } from './browser.test.helper.js';
import { htmlComparison } from './html-comparison.js';
import { htmlReport } from './html-report.js';
import { htmlSweep } from './html-sweep.js';
import { smallPage, withoutOptionalMarkup } from './markup.js';
import { evidenceOf } from './small-page.test.helper.js';

const failing = (): string => smallPage(htmlReport(syntheticRecord([violatedClaim()])));

/** A page of a run with every kind of chart. */
async function everyChart(): Promise<string> {
  const rows = rowsOf('theorem-1').map((row) => ({ ...row, left: 2 * row.bound, verdict: 'violated' as const }));
  const refuted = { ...violatedClaim().evidence, verdict: 'needed' as const, rows };
  const measured = {
    'bound of signProx': 0.1,
    'signProx, normal, τ = 1': 0.05,
    'signProx, normal, τ = 16': 0.06,
    'SPGM, normal, τ = 1': 0.05,
    'SPGM, normal, τ = 16': 5,
  };
  const sparse = violatedClaim('sparse-noise-size');
  const itself = rowsOf('theorem-1').map((row) => ({ ...row, instance: 'Theorem 1 itself: d = ½x²' }));
  const tight = violatedClaim('theorem-1-sharp-tight');
  const { claim } = violatedClaim('counterexample-smoothness-spgm');
  const record = syntheticRecord([
    { claim: { ...claim, expected: ['needed'] }, evidence: refuted },
    { ...tight, evidence: { ...tight.evidence, verdict: 'holds', rows: itself.slice(0, 4) } },
    { ...sparse, evidence: { ...sparse.evidence, verdict: 'holds', measured } },
  ]);
  return smallPage(htmlReport(record, 'claims', [report], [await report.drawing(stableJson(figureRecord))]));
}

/** The page of the whole ledger, every claim with a verdict that it accepts, but those that are given. */
function wholeLedger(verdicts: Readonly<Record<string, Verdict>> = {}): string {
  const { evidence } = syntheticClaims()[0]!;
  const checked = readCatalogue().map((claim) => ({
    claim: { ...claim, method: 'by none' },
    evidence: { ...evidence, verdict: verdicts[claim.id] ?? claim.expected?.[0] ?? evidence.verdict },
  }));
  return smallPage(htmlReport(buildRunRecord(describeRun(checked))));
}

/** The page of a library with as many subjects as a complete adapter, of which every tenth fails, and many were asked in part. */
function guardPage(): string {
  const prox = readCatalogue()
    .map(({ id }) => id)
    .filter((id) => Object.values(questions).flat().includes(id));
  const functions = Array.from({ length: 85 }, (_, i) => `function-${i}`);
  const algorithms = Array.from({ length: 28 }, (_, i) => `algorithm-${i}`);
  const refused = 'never reached weight 0, two equal entries: refused as unsupported';
  const cells = (method: string, names: readonly string[]): Cell[] =>
    names.map((name, i) => {
      const subject = `${method} of ${name}`;
      if (i % 10 !== 0)
        return { ...cellOf(subject), ...(i % 3 === 0 && { thin: refused, skipped: { 'weight > 0': 3 } }) };
      const minimal = {
        part: name,
        ratio: 7,
        input: { x: Array.from({ length: 30 }, (_, j) => j / 7) },
        explanation: subject,
      };
      return { ...cellOf(subject, failingCase([name])), minimal };
    });
  const claims = [
    ...prox.map((id) => cellClaim(id, cells('prox', functions))),
    cellClaim('function-values', cells('value', functions)),
    cellClaim('function-gradients', cells('gradient', functions)),
    cellClaim('run-iterates', [...cells('step', algorithms), ...cells('run', algorithms)]),
  ];
  return smallPage(htmlReport(subjectsRecord(claims), 'subjects'));
}

/** Opens everything, also what stands in the evidence that is drawn then. */
async function openAll(page: Page): Promise<void> {
  const opened = 'for (const one of document.querySelectorAll("details")) one.open = true';
  await page.evaluate(opened);
  await page.waitForFunction('document.querySelector("[data-part]") === null');
  await page.evaluate(opened);
}

const shown = (page: Page): Promise<string[]> => page.locator('.claim:visible .id').allTextContents();

testInBrowser('search, verdict and section narrow the ledger together, and Esc shows all of it again', async (t) => {
  const page = await open(t, failing());
  const every = await shown(page);
  t.is(every.length, 9);
  await page.keyboard.press('/');
  await page.keyboard.type('HUBER minimizer');
  t.deepEqual(await shown(page), ['eq6-prox']);
  t.is(await page.locator('#shown').textContent(), '1 of 9 claims');
  await page.keyboard.press('Escape');
  t.deepEqual(await shown(page), every);
  await page.getByRole('checkbox', { name: 'holds 2' }).check();
  await page.getByRole('checkbox', { name: 'violated' }).check();
  t.deepEqual(await shown(page), ['eq6-prox', 'eq9-proximal-average', 'theorem-1']);
  await page.getByLabel('Section').selectOption('§2.2 Theoretical analysis');
  t.deepEqual(await shown(page), ['theorem-1']);
  t.is(await page.locator('.group:visible').count(), 1);
  await page.getByRole('button', { name: 'Show all' }).click();
  t.deepEqual(await shown(page), every);
  await page.getByRole('checkbox', { name: 'holds 2' }).check();
  await page.keyboard.press('Escape');
  t.deepEqual(await shown(page), every, 'wherever the focus is');
  await page.getByText('Command and versions').click();
  await page.locator('#verdict').getByRole('link', { name: 'silent' }).click();
  t.deepEqual(await shown(page), ['assumption-1-phase-retrieval']);
});

const hits = (page: Page): Promise<string[]> => page.locator('#hits a').allTextContents();

testInBrowser('the search lists the exact name first, then starts of words, then what stands anywhere', async (t) => {
  const named = (id: string, statement: string) => ({
    ...violatedClaim(id),
    claim: { ...violatedClaim(id).claim, id, statement },
  });
  const text = smallPage(
    htmlReport(
      syntheticRecord([
        named('reproxy', 'nothing of it'),
        named('of-its-statement', 'a proxy holds'),
        named('all-proxies', 'nothing of it'),
        named('prox', 'nothing of it'),
      ]),
    ),
  );
  const page = await open(t, text);
  await page.locator('#search').fill('prox');
  const found = await hits(page);
  t.deepEqual([found[0], ...found.filter((id) => /prox/.test(id)).slice(1, 2)], ['prox', 'eq6-prox']);
  const places = ['prox', 'all-proxies', 'of-its-statement', 'reproxy'].map((id) => found.indexOf(id));
  t.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  t.true(places[0] === 0 && places.at(-1)! > 0);
  await page.locator('#search').fill('nowhere at all');
  t.is(await page.locator('#hits p').textContent(), 'Nothing on this page has “nowhere at all”.');
  t.is(await page.locator('#shown').textContent(), 'No claim has “nowhere at all”.');
  await page.locator('#search').fill('of-its');
  await page.keyboard.press('Enter');
  t.true(await page.locator('#claim-of-its-statement').isVisible());
  t.false(await page.locator('#hits').isVisible());
});

testInBrowser('a link to a page keeps its search and its filters', async (t) => {
  const page = await open(t, failing());
  await page.locator('#search').fill('prox γ');
  await page.getByRole('checkbox', { name: 'holds 2' }).check();
  await page.getByLabel('Section').selectOption({ index: 1 });
  const [narrowed, found, address] = [await shown(page), await hits(page), page.url()];
  t.true(narrowed.length > 0 && narrowed.length < 9);
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('#hits a').first().waitFor();
  t.deepEqual([await shown(page), await hits(page)], [narrowed, found]);
  t.is(await page.locator('#search').inputValue(), 'prox γ');
  await page.keyboard.press('Escape');
  t.false(page.url().includes('?'));
  t.is((await shown(page)).length, 9);
});

testInBrowser('on a page about subjects the search finds rows, failures and the closed claims', async (t) => {
  const page = await open(t, smallPage(htmlReport(subjectsRecord(), 'subjects')));
  t.deepEqual(await shown(page), [], 'closed');
  await page.locator('#search').fill('huber');
  t.deepEqual((await hits(page)).slice(0, 2), ['huber', 'prox of huber']);
  t.true((await shown(page)).includes('eq6-prox'));
  await page.keyboard.press('Escape');
  t.deepEqual(await shown(page), []);
});

testInBrowser('claims about one equation are folded under the first, and a search opens them', async (t) => {
  const about = ['theorem-1', 'theorem-1-exact', 'theorem-1-moments'];
  const page = await open(t, wholeLedger());
  const before = await shown(page);
  t.deepEqual(
    before.filter((id) => about.includes(id)),
    ['theorem-1'],
  );
  await page.locator('#search').fill('theorem-1-exact');
  t.deepEqual(await shown(page), ['theorem-1-exact']);
  await page.keyboard.press('Escape');
  t.deepEqual(await shown(page), before);
  const other = await open(t, wholeLedger({ 'theorem-1-moments': 'holds-within-rho' }));
  const standingOut = (await shown(other)).filter((id) => about.includes(id));
  t.deepEqual(standingOut, about, 'what stands out is not folded, nor is one alone');
});

testInBrowser('on a phone the contents are closed until they are asked for, and a subject is one line', async (t) => {
  const text = smallPage(htmlReport(subjectsRecord(), 'subjects'));
  const page = await open(t, text, { viewport: { width: 360, height: 800 } });
  const link = page.locator('.contents').getByRole('link', { name: 'Failures' });
  t.false(await link.isVisible());
  await page.getByText('Contents', { exact: true }).click();
  await link.click();
  t.false(await link.isVisible());
  const named = "getComputedStyle(document.querySelector('.subjects td:not(:empty)'), '::before').content";
  t.is(await page.evaluate(named), '"prox "');
  t.true((await page.locator('.subjects tr', { hasText: 'l1' }).first().boundingBox())!.height < 80);
  await page.setViewportSize({ width: 1280, height: 800 });
  await link.waitFor();
});

testInBrowser('j and k walk through the claims that are shown, and Enter opens one', async (t) => {
  const page = await open(t, failing());
  const focused = (): Promise<string | null> => page.locator('summary:focus .id').textContent();
  await page.keyboard.press('j');
  t.is(await focused(), 'eq6-prox');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  t.is(await focused(), 'definition-1-gradient-mapping');
  await page.keyboard.press('k');
  t.is(await focused(), 'eq8-convex-combination');
  t.false(await page.locator('#claim-eq8-convex-combination').isVisible());
  await page.keyboard.press('Enter');
  t.true(await page.locator('#claim-eq8-convex-combination').isVisible());
});

testInBrowser(
  'a link to a claim opens its entry, from outside and from within, and where a filter hides it',
  async (t) => {
    const page = await open(t, failing(), {}, '#claim-eq8-convex-combination');
    await page.getByText('left 7/12, bound 7/12').waitFor();
    await page.locator('#search').fill('nothing has this');
    t.deepEqual(await shown(page), []);
    await page.getByRole('heading', { name: 'Bounds' }).click();
    await page.locator('#bounds').getByRole('link', { name: 'theorem-1', exact: true }).click();
    await page.locator('#claim-theorem-1').waitFor();
    t.true(await page.locator('#claim-theorem-1').isVisible());
    t.is((await shown(page)).length, 9);
  },
);

testInBrowser('without its script the page shows every statement, verdict and reason, and no control', async (t) => {
  const page = await open(t, failing(), { javaScriptEnabled: false });
  t.is((await shown(page)).length, 9);
  for (const selector of ['.filter', '#theme']) t.false(await page.locator(selector).isVisible(), selector);
  await page.locator('summary', { hasText: 'P = E[P' }).click();
  const entry = page.locator('#claim-eq8-convex-combination');
  t.true(await entry.getByText('every generated case lies within its stated tolerance').isVisible());
  t.true(await entry.getByText('signprox verify --claims eq8-convex-combination').isVisible());
  t.true(await page.getByText('Without its script the page shows').isVisible());
});

testInBrowser('evidence is drawn when it is opened, and no other, and is searched before', async (t) => {
  const text = failing();
  const page = await open(t, text);
  const parts = evidenceOf(text).length;
  const folded = (): Promise<number> => page.locator('[data-part]').count();
  t.is(await folded(), parts);
  await page.locator('#search').fill('7/12');
  t.deepEqual(await shown(page), ['eq8-convex-combination']);
  await page.locator('summary', { hasText: 'P = E[P' }).click();
  await page.getByText('left 7/12, bound 7/12').waitFor();
  t.is(await folded(), parts - 2, 'its statement in formulas, and its evidence');
  await page.locator('#search').fill('');
  await openAll(page);
  const drawn = await page.locator('main').innerHTML();
  const whole = await open(t, htmlReport(syntheticRecord([violatedClaim()])));
  await openAll(whole);
  const bare = (markup: string): string => markup.replaceAll(/<!--\/?evidence-->|\s+/g, '');
  t.is(bare(drawn), bare(await whole.locator('main').innerHTML()));
});

testInBrowser('colours follow the system until they are chosen, and the choice is kept', async (t) => {
  const page = await open(t, failing(), { colorScheme: 'dark' });
  const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const dark = await background();
  await page.getByRole('button', { name: 'Colours: system' }).click();
  const light = await background();
  t.not(light, dark);
  await page.reload();
  t.is(await background(), light);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  t.not(await background(), dark, 'paper is white');
});

testInBrowser(
  'axe finds nothing, light and dark, by claim, by subject and side by side, with everything open',
  async (t) => {
    const pages = [
      failing(),
      smallPage(htmlReport(subjectsRecord(), 'subjects')),
      smallPage(htmlComparison([subjectsRecord(), syntheticRecord()])),
      htmlSweep(syntheticSweep()),
    ];
    for (const text of pages) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open(t, text, { colorScheme, bypassCSP: true });
        await openAll(page);
        await page.evaluate(axe.source);
        const found = await page.evaluate<string[]>(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
        );
        t.deepEqual(found, []);
      }
    }
  },
);

/** The contrast of every text of a chart with what is painted under it, if it is too small to be read. */
const faintTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const painted = (element) => {
    const { fill, backgroundColor } = getComputedStyle(element);
    const inSvg = element instanceof SVGElement && element.tagName !== 'svg' && element.tagName !== 'g';
    return read(inSvg ? (fill === 'none' ? 'transparent' : fill) : backgroundColor);
  };
  return [...document.querySelectorAll('svg text')].flatMap((text) => {
    text.scrollIntoView({ block: 'center' });
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const stack = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
    const below = stack.slice(stack.indexOf(text) + 1).map(painted);
    const under = stack.includes(text) && below.find((colour) => colour[3] === 255);
    if (!under) return [text.textContent + ': not on the page'];
    const [light, dark] = [painted(text), under].map(luminance).sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    return contrast >= 4.5 ? [] : [text.textContent + ': ' + contrast.toFixed(2)];
  });
})()`;

/** Texts of charts whose letters are smaller on the screen than 11 pixels. */
const smallTexts = `[...document.querySelectorAll('svg text')].flatMap((text) => {
  const { a, b } = text.getScreenCTM();
  const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  return size >= 11 ? [] : [text.textContent + ': ' + size.toFixed(1)];
})`;

testInBrowser('no letters of a chart are smaller than 11 pixels, on a phone as on a desk', async (t) => {
  for (const width of [360, 800, 1280]) {
    const page = await open(t, await everyChart(), { viewport: { width, height: 900 } });
    await openAll(page);
    t.true((await page.locator('svg text').count()) > 100);
    t.deepEqual(await page.evaluate(smallTexts), [], String(width));
  }
});

testInBrowser('every text of every chart can be read, light and dark', async (t) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Wide enough for a table or a chart to stand whole.
    const page = await open(t, await everyChart(), { colorScheme, viewport: { width: 1280, height: 900 } });
    await openAll(page);
    t.true((await page.locator('svg text').count()) > 100);
    t.is(await page.locator('.strips svg').count(), 1);
    t.true((await page.locator('.map svg').count()) > 0);
    t.deepEqual(await page.evaluate(faintTexts), [], colorScheme);
    const titles = await page.evaluate<string[][]>(`[...document.querySelectorAll('.panels')].map((grid) =>
      [...grid.querySelectorAll('[role=img] svg')].map((svg) => svg.querySelector('[font-weight=bold]').textContent))`);
    t.true(titles.some(({ length }) => length > 1));
    for (const own of titles) t.is(new Set(own).size, own.length, 'panels of a grid have titles of their own');
  }
});

testInBrowser('no page scrolls sideways, with everything open', async (t) => {
  const pages = { claims: await everyChart(), subjects: guardPage() };
  for (const [name, text] of Object.entries(pages)) {
    for (const width of [320, 360, 768, 1280]) {
      const page = await open(t, text, { viewport: { width, height: 740 } });
      const wide = (): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
      t.true((await wide()) <= width, `${name} at ${width}: ${await wide()}`);
      await openAll(page);
      t.true((await wide()) <= width, `${name} at ${width}, open: ${await wide()}`);
    }
  }
});

/** Where the heading stands to which a link of the contents has led: below the bar that lies over it, or as far up as the page goes. */
const landing = `(async (hash) => {
  scrollTo(0, 0);
  document.querySelector('.contents a[href="' + hash + '"]').click();
  // A scroll is done when nothing has moved for some frames.
  for (let still = 0, last = -1; still < 5; still = scrollY === last ? still + 1 : 0) {
    last = scrollY;
    await new Promise((done) => requestAnimationFrame(done));
  }
  const target = document.querySelector(hash);
  const bar = document.querySelector('.filter');
  const holder = bar.closest('section');
  const over = getComputedStyle(bar).position === 'sticky' && holder !== target && holder.contains(target);
  const from = over ? bar.getBoundingClientRect().bottom : 0;
  const { top, bottom } = target.querySelector('h2, h3').getBoundingClientRect();
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  return top >= from && bottom <= innerHeight && (atEnd || top <= from + 16) ? [] : [hash + ': ' + top + ' below ' + from];
})`;

testInBrowser('every link of the contents leads to its heading, just below the bar that stays', async (t) => {
  for (const text of [wholeLedger(), guardPage()]) {
    for (const width of [1000, 1280]) {
      const page = await open(t, text, { viewport: { width, height: 800 } });
      const hashes = await page
        .locator('.contents a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
      t.true(hashes.includes('#legend') && hashes.length > 8);
      // From the last up: nothing before it has been on the screen.
      for (const hash of hashes.toReversed()) {
        t.deepEqual(await page.evaluate(`${landing}(${JSON.stringify(hash)})`), [], `${width}`);
      }
    }
  }
});

testInBrowser(
  'the page of a complete adapter is under 6000 px and 1 MB, with its first failure on the first screen',
  async (t) => {
    const text = guardPage();
    t.true(Buffer.byteLength(text) < 1e6, `${Buffer.byteLength(text)} bytes`);
    const page = await open(t, text, { viewport: { width: 1280, height: 800 } });
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    t.true(height <= 6000, `${height}`);
    for (const said of [page.locator('#verdict .said'), page.locator('#verdict .warn').first()]) {
      t.true((await said.boundingBox())!.y < 400);
    }
    t.is(await page.locator('table.subjects:visible').count(), 1);
    t.deepEqual(await page.locator('.legend li').allTextContents(), [
      '✓ right',
      '(✓) right as far as it was answered',
      '✗ wrong',
    ]);
    const table = await page.locator('.scroll:has(> .subjects)').evaluate((one) => one.scrollWidth - one.clientWidth);
    t.true(table <= 0, `the table is ${table} px wider than its place`);
    // On paper as well: the failures that are open, and no claim.
    await page.emulateMedia({ media: 'print' });
    t.is(await page.locator('.claim:visible').count(), 0);
    t.is((await page.locator('.fault dd:visible').count()) > 0, true);
  },
);

testInBrowser('before anything is opened the whole ledger takes no more than 5000 px, on a phone 2000', async (t) => {
  const phone = await open(t, wholeLedger(), { viewport: { width: 360, height: 800 } });
  const small = await phone.evaluate<number>('document.documentElement.scrollHeight');
  t.true(small <= 2000, `${small}`);
  const page = await open(t, wholeLedger(), { viewport: { width: 1280, height: 800 } });
  t.is(
    await page.locator('.cards').count(),
    0,
    'a run with findings has two rows of cards above, of 500 px at most each',
  );
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  t.true(height <= 5000, `${height}`);
});

testInBrowser('a link to a claim shows the line of its entry, just below the bar that stays', async (t) => {
  for (const width of [360, 1000]) {
    const page = await open(t, wholeLedger(), { viewport: { width, height: 800 } }, '#claim-theorem-2-step-7');
    const [top, bar] = await page.evaluate<[number, number]>(`(async () => {
      for (let frame = 0; frame < 5; frame++) await new Promise((done) => requestAnimationFrame(done));
      const bar = document.querySelector('.filter');
      const line = document.querySelector('#claim-theorem-2-step-7').parentElement.querySelector('summary');
      const over = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().bottom : 0;
      return [line.getBoundingClientRect().top, over];
    })()`);
    t.true(top >= bar && top <= bar + 16, `${width}: ${top} below ${bar}`);
  }
});

testInBrowser('nothing is wider than a phone, and on paper only failures are open', async (t) => {
  const text = failing();
  const page = await open(t, text, { viewport: { width: 360, height: 740 } });
  t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
  const sweep = await open(t, htmlSweep(syntheticSweep()), { viewport: { width: 360, height: 740 } });
  t.true(await sweep.evaluate('document.documentElement.scrollWidth <= innerWidth'));
  await page.emulateMedia({ media: 'print' });
  t.deepEqual(await page.locator('.claim .body:visible').evaluateAll((bodies) => bodies.map(({ id }) => id)), [
    'claim-eq9-proximal-average',
  ]);
});

/** As many claims, rows, cases and planted errors as a run of everything has, and one that failed. */
function largeRecord(): RunRecord {
  const several = Array.from({ length: 30 }, (_, i) =>
    syntheticClaims().map(({ claim, evidence }) => ({ claim: { ...claim, id: `${claim.id}-${i}` }, evidence })),
  ).flat();
  const tried = several.slice(0, 22).map(({ claim: { id } }) => id);
  const matrix = {
    claims: tried,
    mutants: Array.from({ length: 102 }, (_, i) => {
      const [killedBy, ...missed] = [...tried.slice(i % 22), ...tried.slice(0, i % 22)];
      return { name: `planted-error-${i}`, killedBy: killedBy!, caught: [killedBy!], missed };
    }),
  };
  const planted = {
    ...violatedClaim('kill-matrix'),
    evidence: { ...violatedClaim().evidence, verdict: 'holds' as const, matrix },
  };
  const small = several.map(({ claim, evidence: { matrix: _, ...evidence } }) => ({ claim, evidence }));
  return buildRunRecord(describeRun([...small, planted, violatedClaim()]));
}

testInBrowser('a run of everything is at most 1 MB, and 20 pages on paper', async (t) => {
  const text = smallPage(htmlReport(largeRecord()));
  const bytes = Buffer.byteLength(text);
  t.true(bytes < 1e6, `${bytes} bytes`);
  const page = await open(t, text);
  const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
  const pages = paper.match(/\/Type\s*\/Page\b/g)!.length;
  t.true(pages <= 20, `${pages} pages`);
});

testInBrowser('omitted end tags do not change the document', async (t) => {
  const page = await open(t, '');
  for (const text of [htmlReport(syntheticRecord([violatedClaim()])), htmlReport(hostileRecord())]) {
    const parsed = async (each: string): Promise<string> => {
      await page.setContent(each);
      return page.evaluate<string>('document.documentElement.outerHTML');
    };
    const [whole, small] = [await parsed(text), await parsed(withoutOptionalMarkup(text))];
    // Line ends between rows go to the cell before them.
    const withoutSpace = (markup: string): string => markup.replaceAll(/\s+/g, '');
    t.is(withoutSpace(small!), withoutSpace(whole!));
    t.true(withoutOptionalMarkup(text).length < text.length);
  }
});

testInBrowser('hostile text runs no script and sends nothing', async (t) => {
  const page = await open(t, htmlReport(hostileRecord()));
  t.is(await page.locator('script').count(), 1);
  t.is(await page.locator('main img').count(), 0);
  await page.locator('#search').fill('<script>');
  t.true((await shown(page)).length > 0);
});

import { readCatalogue } from '../../cli/catalogue.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { describeRun, syntheticClaims } from '../record/synthetic-run.test.helper.js';
import { open, testInBrowser } from './browser.test.helper.js';
import { htmlReport } from './html-report.js';
import { mathText } from './markup.js';

const claims = readCatalogue().map((claim) => ({ ...claim, method: 'by none' }));

/** A page about the whole ledger, whatever was found. */
function ledgerPage(): string {
  const { evidence } = syntheticClaims()[0]!;
  return htmlReport(buildRunRecord(describeRun(claims.map((claim) => ({ claim, evidence })))));
}

/** Opens every claim, and leaves of each its statement, so that it takes no time to set. */
const statementsAlone = `for (const one of document.querySelectorAll('.body > :not(.statement)')) one.remove();
for (const one of document.querySelectorAll('details')) one.open = true;`;

/** The words of a statement as they were before formulas were set: without the marks of indices and exponents. */
const plainWords = (statement: string): string =>
  mathText(statement)
    .text.replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#39;/g, "'");

testInBrowser('a claim is found by every word of its statement, with and without index marks', async (t) => {
  const page = await open(t, ledgerPage());
  for (const { id, statement } of claims) {
    for (const typed of [statement, plainWords(statement)]) {
      const shown = await page.evaluate<string[]>(`(() => {
        const search = document.querySelector('#search');
        search.value = ${JSON.stringify(typed)};
        search.dispatchEvent(new Event('input', { bubbles: true }));
        return [...document.querySelectorAll('.claim:not([hidden]) .id')].map((shown) => shown.textContent);
      })()`);
      t.true(shown.includes(id), `${id}: ${typed}`);
    }
  }
});

testInBrowser('a copy of a statement is its text', async (t) => {
  const page = await open(t, ledgerPage());
  await page.evaluate(statementsAlone);
  const copied = await page.evaluate<string[]>(`[...document.querySelectorAll('.statement')].map((statement) => {
    const range = document.createRange();
    range.setStart(statement, 0);
    range.setEndBefore(statement.querySelector('.anchor'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const clipboardData = new DataTransfer();
    const copy = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
    document.dispatchEvent(copy);
    return (copy.defaultPrevented ? clipboardData.getData('text/plain') : getSelection().toString()).trim();
  })`);
  t.deepEqual(copied.toSorted(), claims.map(({ statement }) => statement).toSorted());
});

testInBrowser('no formula is wider than a phone, and no line starts with the comma after one', async (t) => {
  const text = ledgerPage();
  for (const width of [360, 500, 768, 1280]) {
    const page = await open(t, text, { viewport: { width, height: 740 } });
    await page.evaluate(statementsAlone);
    t.deepEqual(
      await page.evaluate(`[...document.querySelectorAll('.formula')].filter((formula) => {
        const maths = [...formula.querySelectorAll('math')].map((math) => math.getBoundingClientRect());
        const { right } = formula.closest('p, figcaption').getBoundingClientRect();
        const end = document.createRange();
        end.selectNode(formula.lastChild);
        const torn = formula.lastChild.nodeType === 3 && end.getBoundingClientRect().top > maths.at(-1).bottom;
        return torn || maths.some((math) => math.right > right + 0.5);
      }).map(({ textContent }) => textContent)`),
      [],
      `${width}`,
    );
    t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${width}`);
  }
});

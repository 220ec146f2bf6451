// The script of the report's page. It stands in the page as it is here. Without it every statement, verdict and reason can be read; it draws the evidence
// when it is opened, and searches.
{
  const find = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const root = document.documentElement;
  const themes = ['system', 'light', 'dark'];
  const themeButton = find('#theme');

  function useTheme(theme) {
    if (theme === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    themeButton.textContent = `Colours: ${theme}`;
  }

  /** What the reader chose earlier; a browser may keep nothing of a file. */
  function storedTheme() {
    try {
      const stored = localStorage.getItem('signprox-theme');
      return themes.includes(stored) ? stored : 'system';
    } catch {
      return 'system';
    }
  }

  let theme = storedTheme();
  useTheme(theme);
  themeButton.hidden = false;
  themeButton.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    useTheme(theme);
    try {
      localStorage.setItem('signprox-theme', theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  });

  for (const note of all('#scriptless')) note.hidden = true;

  const bar = find('.filter');
  const search = find('#search');
  const section = find('#section');
  const claims = all('.claim');
  const texts = new Map();

  /** In small letters; a Σ has another one at the end of a word. */
  const lower = (text) => text.toLowerCase().replaceAll('ς', 'σ');
  const index = /[_^](?=(?:−?(?:\d+(?:\.\d+)?|[¼½¾⅓⅔])|[\p{L}\p{N}*∞])(?![\p{L}\p{Nd}_]))/gu;

  const withoutMarks = (text) => text.replace(/[_^]\{([^{}]*)\}|\^\(([^()]*)\)/g, '$1$2').replace(index, '');

  /** The evidence that is not in its place yet: HTML by the number of its place. */
  let parts = [];

  /** The block of evidence, which `smallPage` writes: JSON in base64, deflated. */
  async function readEvidence() {
    const block = find('#evidence');
    if (block === null) return;
    const bytes = Uint8Array.from(atob(JSON.parse(block.textContent)), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    parts = await new Response(stream).json();
  }

  /** Puts the evidence into its places, except where it is folded. */
  function draw() {
    if (parts.length === 0) return;
    for (const place of all('[data-part]')) {
      if (place.closest('details:not([open])') === null) place.outerHTML = parts[place.dataset.part];
    }
  }

  /** The words of a part, which stand in no place yet. */
  const wordsOf = (part) => new DOMParser().parseFromString(parts[part] ?? '', 'text/html').body.textContent;

  /** Everything that a claim's entry says, read when it is first searched; an index is found with its mark and without. */
  function textOf(claim) {
    let text = texts.get(claim);
    if (text === undefined) {
      const folded = all('[data-part]', claim).map((place) => wordsOf(place.dataset.part));
      text = lower([claim.textContent, ...folded].join(' '));
      text += withoutMarks(text);
      texts.set(claim, text);
    }
    return text;
  }

  const boxes = bar === null ? [] : all('input[name=verdict]', bar);

  function filter() {
    const words = lower(search.value).split(/\s+/).filter(Boolean);
    const wanted = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const fits = (claim) =>
      (section.value === '' || claim.closest('.group').id === section.value) &&
      (wanted.length === 0 || claim.dataset.verdicts.split('|').some((verdict) => wanted.includes(verdict))) &&
      words.every((word) => textOf(claim).includes(word) || textOf(claim).includes(withoutMarks(word)));
    let shown = 0;
    for (const claim of claims) {
      claim.hidden = !fits(claim);
      if (!claim.hidden) shown++;
    }
    const narrowed = words.length > 0 || wanted.length > 0 || section.value !== '';
    for (const group of all('.group')) {
      group.hidden = all('.claim:not([hidden])', group).length === 0;
      const closed = group.querySelector(':scope > details.closed');
      if (closed !== null && closed.open !== narrowed && (narrowed || closed.dataset.searched !== undefined)) {
        closed.open = narrowed;
        if (narrowed) closed.dataset.searched = '';
        else delete closed.dataset.searched;
      }
    }
    find('#shown').textContent = `${shown} of ${claims.length} claims`;
    find('#clear').hidden = shown === claims.length;
  }

  function clear() {
    search.value = '';
    section.value = '';
    for (const box of boxes) box.checked = false;
    filter();
  }

  /** Opens whatever the address leads to, and shows it where a filter hides it. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    if (target.closest('[hidden]') !== null) clear();
    for (let open = target.closest('details'); open !== null; open = open.parentElement.closest('details'))
      open.open = true;
    const within = target.querySelector(':scope > details.closed');
    if (within !== null) within.open = true;
    draw();
    // The line of an entry says whose evidence it is.
    const entry = target.parentElement.matches('details') ? target.parentElement : target;
    entry.scrollIntoView();
  }

  /** Moves the focus to the next entry that is shown, or to the one before. */
  function step(by) {
    const entries = all('.claim:not([hidden]) > summary').filter((entry) => entry.checkVisibility());
    const at = entries.findIndex((entry) => entry.parentElement.contains(document.activeElement));
    const next = entries[at < 0 ? 0 : Math.min(entries.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest('input[type=search], select, textarea') !== null;
    if (event.key === 'Escape') {
      clear();
      if (typing) event.target.blur();
    } else if (!typing && event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (!typing && event.key === 'j') step(1);
    else if (!typing && event.key === 'k') step(-1);
  }

  /** Copies formulas as their text: of MathML browsers copy one sign a line. */
  function copy(event) {
    const selection = getSelection();
    const formulas = all('.formula > [aria-hidden]').filter((formula) => selection.containsNode(formula, true));
    if (formulas.length === 0) return;
    for (const formula of formulas) formula.hidden = true;
    event.clipboardData.setData('text/plain', selection.toString());
    for (const formula of formulas) formula.hidden = false;
    event.preventDefault();
  }

  /** What a link leads to must not lie under the bar. */
  function measureBar() {
    root.style.setProperty('--bar', `${bar.offsetHeight}px`);
  }

  if (bar !== null) {
    bar.hidden = false;
    measureBar();
    new ResizeObserver(measureBar).observe(bar);
    bar.addEventListener('input', filter);
    find('#clear').addEventListener('click', clear);
    document.addEventListener('keydown', pressed);
    for (const link of all('a[data-verdict]')) {
      link.addEventListener('click', () => {
        clear();
        for (const box of boxes) box.checked = box.value === link.dataset.verdict;
        filter();
      });
    }
  }
  document.addEventListener('copy', copy);
  // A toggle does not bubble.
  document.addEventListener('toggle', draw, true);
  readEvidence().then(() => {
    draw();
    texts.clear();
    if (bar !== null) filter();
    reveal();
  });
  addEventListener('hashchange', reveal);
  reveal();
  // The browser goes to the target itself when the page has been read.
  addEventListener('load', () => requestAnimationFrame(reveal));
}

// The script of the report's page. It stands in the page as it is here. Without it everything can be read, and nothing is searched.
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

  const bar = find('.filter');
  const search = find('#search');
  const section = find('#section');
  const claims = all('.claim');
  const texts = new Map();

  /** In small letters; a Σ has another one at the end of a word. */
  const lower = (text) => text.toLowerCase().replaceAll('ς', 'σ');
  const index = /[_^](?=(?:−?(?:\d+(?:\.\d+)?|[¼½¾⅓⅔])|[\p{L}\p{N}*])(?![\p{L}\p{N}_]))/gu;

  const withoutMarks = (text) => text.replace(/[_^]\{([^{}]*)\}|\^\(([^()]*)\)/g, '$1$2').replace(index, '');

  /** Everything that a claim's entry says, read when it is first searched; an index is found with its mark and without. */
  function textOf(claim) {
    let text = texts.get(claim);
    if (text === undefined) {
      text = lower(claim.textContent);
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
    for (const group of all('.group')) group.hidden = all('.claim:not([hidden])', group).length === 0;
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
    // The line of an entry says whose evidence it is.
    const entry = target.parentElement.matches('details') ? target.parentElement : target;
    entry.scrollIntoView();
  }

  /** Moves the focus to the next entry that is shown, or to the one before. */
  function step(by) {
    const entries = all('.claim:not([hidden]) > summary');
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
  addEventListener('hashchange', reveal);
  reveal();
  // The browser goes to the target itself when the page has been read.
  addEventListener('load', () => requestAnimationFrame(reveal));
}

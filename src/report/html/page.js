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

  /** The contents stand beside a wide page; on a narrow one they are closed until they are asked for. */
  const narrow = matchMedia('(max-width: 900px)');
  const contents = find('.contents > details');
  const placeContents = () => {
    contents.open = !narrow.matches;
  };
  placeContents();
  // On a narrow page a section of the ledger is its title, unless it has an open claim.
  if (narrow.matches) for (const group of all('.group > details:not(:has(.claim[open]))')) group.open = false;
  narrow.addEventListener('change', placeContents);
  contents.addEventListener('click', ({ target }) => {
    if (narrow.matches && target.closest('a') !== null) contents.open = false;
  });

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
  const hits = find('#hits');

  /** What a search finds: claims by their id and statement, subjects and failures by their name. */
  const entries = [
    ...all('[data-find]').map((element) => ({ element, id: element.id, title: element.dataset.find, said: '' })),
    ...claims.map((element) => ({
      element,
      id: element.querySelector('.body').id,
      title: element.querySelector('.id').textContent,
      said: element.querySelector('.says').textContent,
    })),
  ].map((entry) => {
    const said = lower(entry.said);
    return { ...entry, name: lower(entry.title), head: lower(`${entry.title} ${said} ${withoutMarks(said)}`) };
  });

  /** Whether a word of the text starts so. */
  function starts(text, word) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
    }
    return false;
  }

  /** 0 the exact name, 1 and 2 starts of words, in the name and in the statement, 3 anywhere in them, 4 in the evidence; undefined if it lacks a word. */
  function rankOf({ element, name, head }, words) {
    const each = (has) => words.every((word) => has(word) || has(withoutMarks(word)));
    if (name === words.join(' ')) return 0;
    if (each((word) => starts(name, word))) return 1;
    if (each((word) => starts(head, word))) return 2;
    if (each((word) => head.includes(word))) return 3;
    return element.matches('.claim') && each((word) => textOf(element).includes(word)) ? 4 : undefined;
  }

  /** Most hits that are listed. */
  const mostHits = 12;

  function listHits(found, words, nothing) {
    hits.hidden = words.length === 0;
    const more = found.length > mostHits ? `The first ${mostHits} of ${found.length} hits.` : '';
    hits.querySelector('p').textContent = found.length === 0 ? nothing : more;
    hits.querySelector('ol').replaceChildren(
      ...found.slice(0, mostHits).map(({ element, id, title, said }) => {
        const [item, link, words] = ['li', 'a', 'span'].map((name) => document.createElement(name));
        link.href = `#${id}`;
        link.textContent = title;
        words.className = 'soft';
        words.textContent = said || (element.matches('th') ? 'in the table' : 'fails');
        item.append(link, ' ', words);
        return item;
      }),
    );
  }

  /** The search and the filters stand in the address, so that a link shows the same. */
  function keepInAddress() {
    const query = new URLSearchParams();
    if (search.value.trim() !== '') query.set('q', search.value.trim());
    for (const { checked, value } of boxes) if (checked) query.append('verdict', value);
    if (section.value !== '') query.set('section', section.value);
    const kept = query.size === 0 ? '' : `?${query}`;
    if (kept === location.search) return;
    try {
      history.replaceState(null, '', `${location.pathname}${kept}${location.hash}`);
    } catch {
      // A browser may forbid it in a file; then the view cannot be shared.
    }
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    search.value = query.get('q') ?? '';
    for (const box of boxes) box.checked = query.getAll('verdict').includes(box.value);
    section.value = query.get('section') ?? '';
    if (section.selectedIndex < 0) section.value = '';
  }

  function filter() {
    const words = lower(search.value).split(/\s+/).filter(Boolean);
    const wanted = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const fits = (claim) =>
      (section.value === '' || claim.closest('.group').id === section.value) &&
      (wanted.length === 0 || claim.dataset.verdicts.split('|').some((verdict) => wanted.includes(verdict)));
    const found = entries
      .filter(({ element }) => !element.matches('.claim') || fits(element))
      .map((entry) => ({ ...entry, rank: rankOf(entry, words) }))
      .filter(({ rank }) => rank !== undefined);
    const kept = new Set(found.map(({ element }) => element));
    for (const claim of claims) claim.hidden = !kept.has(claim);
    const shown = claims.filter((claim) => !claim.hidden).length;
    const narrowed = words.length > 0 || wanted.length > 0 || section.value !== '';
    for (const group of all('.group')) group.hidden = all('.claim:not([hidden])', group).length === 0;
    for (const closed of all('#ledger > details.closed, .group > details.closed, .ledger > details.closed')) {
      if (closed.open === narrowed || (!narrowed && closed.dataset.searched === undefined)) continue;
      closed.open = narrowed;
      if (narrowed) closed.dataset.searched = '';
      else delete closed.dataset.searched;
    }
    const asked = [
      ...(words.length > 0 ? [`has “${search.value.trim()}”`] : []),
      ...(wanted.length > 0 ? [`has the verdict ${wanted.join(' or ')}`] : []),
      ...(section.value === '' ? [] : [`stands in ${section.selectedOptions[0].textContent}`]),
    ].join(' and ');
    find('#shown').textContent = shown === 0 ? `No claim ${asked}.` : `${shown} of ${claims.length} claims`;
    find('#clear').hidden = shown === claims.length;
    // The sort is stable: hits of one rank stand as on the page.
    const ranked = words.length === 0 ? [] : found.toSorted((one, other) => one.rank - other.rank);
    listHits(ranked, words, `Nothing on this page ${asked}.`);
    keepInAddress();
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
    find('.find').hidden = false;
    measureBar();
    new ResizeObserver(measureBar).observe(bar);
    bar.addEventListener('input', filter);
    search.addEventListener('input', filter);
    search.addEventListener('focus', () => {
      hits.hidden = search.value.trim() === '';
    });
    search.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') hits.querySelector('a')?.click();
    });
    // A hit covers what it leads to.
    hits.addEventListener('click', ({ target }) => {
      if (target.closest('a') !== null) hits.hidden = true;
    });
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
    if (bar !== null) {
      readAddress();
      filter();
    }
    reveal();
  });
  addEventListener('hashchange', reveal);
  reveal();
  // The browser goes to the target itself when the page has been read.
  addEventListener('load', () => requestAnimationFrame(reveal));
}

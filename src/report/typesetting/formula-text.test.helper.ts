const accents: Readonly<Record<string, string>> = { '^': '\u0302', '~': '\u0303', ˉ: '\u0304' };

/** What the MathML of one formula says from left to right; a fraction as (over/under), as it stands in a statement. */
export function mathmlText(markup: string): string {
  const open: { name: string; children: string[] }[] = [{ name: '', children: [] }];
  for (const [, end, name, text] of markup.matchAll(/<(\/?)(\w+)[^>]*>|([^<]+)/g)) {
    if (text !== undefined) open.at(-1)!.children.push(text);
    else if (end === '') open.push({ name: name!, children: [] });
    else {
      const closed = open.pop()!;
      if (closed.name !== name) throw new Error(`<${closed.name}> ends as </${name}>`);
      open.at(-1)!.children.push(elementText(closed.name, closed.children));
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> does not end`);
  return plainSigns(open[0]!.children.join(''));
}

function elementText(name: string, children: readonly string[]): string {
  if (name === 'mfrac') return `(${children.join('/')})`;
  if (name === 'msqrt') return `√${children.join('')}`;
  if (name === 'mover') return `${children[0]}${accents[children[1]!]}`;
  return children.join('');
}

/** A formula of a statement without what only says where a sign stands: marks of scripts, and brackets around a root or an exponent. */
export function formulaText(formula: string): string {
  let text = formula;
  for (let at = text.search(/[√^]\(/); at >= 0; at = text.search(/[√^]\(/)) {
    let depth = 0;
    let to = at + 1;
    do depth += text[to] === '(' ? 1 : text[to] === ')' ? -1 : 0;
    while (depth > 0 && to++ < text.length);
    text = `${text.slice(0, at)}${text[at] === '√' ? '\u221a\u200b' : ''}${text.slice(at + 2, to)}${text.slice(to + 1)}`;
  }
  const inLine = text.replace(/[_^]\{([^{}]*)\}/g, '$1').replace(/[_^]/g, '');
  return plainSigns(inLine.replace(/½/g, '(1/2)').replace(/¼/g, '(1/4)'));
}

const signs: Readonly<Record<string, string>> = { '∗': '*', '⊤': 'T', ᵀ: 'T', '∥': '‖', '∣': '|', '∑': 'Σ', '⋅': '·' };

const plainSigns = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/[∗⊤ᵀ∥∣∑⋅]/gu, (sign) => signs[sign]!)
    .normalize('NFKC')
    .replace(/[\s\u2061\u200b]/g, '');

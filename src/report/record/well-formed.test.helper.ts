/**
 * What is wrong with an XML text, or undefined: tags that do not nest, attributes that are unquoted, repeated or hold a `<`, a bare
 * ampersand, a control character, more than one root. A small reader of its own: the judge must not be the writer.
 */
export function xmlFault(xml: string): string | undefined {
  const body = xml.replace(/^<\?xml [^?]*\?>\s*/, '');
  const forbidden = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u.exec(body);
  if (forbidden !== null) return `forbidden character at ${forbidden.index}`;
  const open: string[] = [];
  let roots = 0;
  let at = 0;
  while (at < body.length) {
    const next = body.indexOf('<', at);
    const text = body.slice(at, next < 0 ? body.length : next);
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(text)) return `bare ampersand in ${text}`;
    if (open.length === 0 && text.trim() !== '') return `text outside the root: ${text}`;
    if (next < 0) break;
    const end = body.indexOf('>', next);
    const tag = body.slice(next, end + 1);
    const match = /^<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>$/.exec(tag);
    if (match === null) return `malformed tag ${tag}`;
    const [, closing, name, attributes, empty] = match;
    const names = Array.from(attributes!.matchAll(/([\w:.-]+)="/g), (attribute) => attribute[1]!);
    if (new Set(names).size < names.length) return `repeated attribute in ${tag}`;
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(attributes!)) return `bare ampersand in ${tag}`;
    if (closing === '/') {
      if (open.pop() !== name) return `${tag} closes nothing`;
    } else {
      if (open.length === 0) roots++;
      if (empty !== '/') open.push(name!);
    }
    at = end + 1;
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return roots === 1 ? undefined : `${roots} roots`;
}

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { parse } from 'acorn';

/** What an operator is replaced by. Both have the same precedence, or the change of grouping is part of the error. */
const swaps = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
};
const calls = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor' };

/** An integer grows by one and 1 becomes 0; any other constant, an allowance for instance, grows tenfold. */
function otherNumber({ value, bigint, raw }) {
  if (bigint !== undefined) return bigint === '1' ? '0n' : `${BigInt(bigint) + 1n}n`;
  if (value === 1) return '0';
  return Number.isInteger(value) && !raw.includes('e') ? String(value + 1) : String(10 * value);
}

const isSpecification = ({ properties = [] }) => properties.some(({ key }) => key?.name === 'type');
/** A number in a list of numbers, or of a specification, is data: another choice of it is no error. */
function isData(ancestors) {
  const [above, parent] = ancestors.filter(({ type }) => type !== 'UnaryExpression').slice(-2);
  return parent.type === 'ArrayExpression' || (parent.type === 'Property' && isSpecification(above));
}

const isText = (node) =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && typeof node.value === 'string') ||
  (node.type === 'BinaryExpression' && (isText(node.left) || isText(node.right)));

/** Changes of one node: `[start, end, replacement]` each. */
function changesOf(node, text, ancestors) {
  const parent = ancestors.at(-1);
  const source = ({ start, end }) => text.slice(start, end);
  const operator = (left, right) => {
    const to = swaps[node.operator];
    const start = text.indexOf(node.operator, left.end);
    return to === undefined || start >= right.start ? [] : [[start, start + node.operator.length, to]];
  };
  const negated = ({ type, operator: sign, start, end }) =>
    // Of a negation and of an equality the operator itself is swapped.
    (type === 'UnaryExpression' && sign === '!') || (type === 'BinaryExpression' && /^[!=]==$/.test(sign))
      ? []
      : [[start, end, `!(${text.slice(start, end)})`]];
  switch (node.type) {
    case 'BinaryExpression':
      return isText(node) ? [] : operator(node.left, node.right);
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return isText(node.right) ? [] : operator(node.left, node.right);
    case 'UnaryExpression':
      return node.operator === '!' || (node.operator === '-' && !isData(ancestors))
        ? [[node.start, node.end, `(${source(node.argument)})`]]
        : [];
    case 'MemberExpression':
      return source(node.object) === 'Math' && Object.hasOwn(calls, node.property.name)
        ? [[node.property.start, node.property.end, calls[node.property.name]]]
        : [];
    case 'Literal':
      if (parent.type === 'Property' && parent.key === node) return [];
      if (typeof node.value === 'boolean') return [[node.start, node.end, String(!node.value)]];
      return (typeof node.value === 'number' || node.bigint !== undefined) && !isData(ancestors)
        ? [[node.start, node.end, otherNumber(node)]]
        : [];
    case 'IfStatement':
    case 'ConditionalExpression':
      return negated(node.test);
    case 'ReturnStatement':
      return node.argument === null || source(node.argument) === 'undefined'
        ? []
        : [[node.argument.start, node.argument.end, 'undefined']];
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' || source(node.body) === 'undefined'
        ? []
        : [[node.body.start, node.body.end, 'undefined']];
    case 'ThrowStatement':
      return [[node.start, node.end, ';']];
    case 'ExpressionStatement':
      return node.directive !== undefined || node.expression.callee?.type === 'Super'
        ? []
        : [[node.start, node.end, ';']];
    default:
      return [];
  }
}

/** So many characters before and after a change say which it is. */
const window = 80;
const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * A change of an operator, a constant, a sign, a condition, a returned value or a statement. `from` and `to` are the expression around it,
 * before and after: with the name of the file they say which mutant it is, wherever it has moved to.
 * @typedef {{ readonly file: string, readonly start: number, readonly end: number, readonly replacement: string,
 *   readonly from: string, readonly to: string, readonly key: string }} OperatorMutant
 */

/**
 * Every operator mutant of a module of JavaScript.
 * @param {string} file
 * @param {string} text
 * @returns {OperatorMutant[]}
 */
export function operatorMutants(file, text) {
  const mutants = [];
  const seen = new Map();
  const add = ([start, end, replacement], ancestors) => {
    // The closest expression that is long enough to be told from others.
    const around = ancestors.findLast((node) => node.start <= start && node.end >= end && node.end - node.start >= 16);
    const first = Math.max(around?.start ?? start, start - window);
    const last = Math.min(around?.end ?? end, end + window);
    const from = oneLine(text.slice(first, last));
    const to = oneLine(text.slice(first, start) + replacement + text.slice(end, last));
    const name = `${basename(file)}: ${from} → ${to}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const key = createHash('sha256').update(`${name} ${nth}`).digest('hex');
    mutants.push({ file, start, end, replacement, from, to, key });
  };
  const visit = (node, ancestors) => {
    if (/^(Import|ExportAll)/.test(node.type) && node.type !== 'ImportExpression') return;
    const own = [...ancestors, node];
    for (const change of changesOf(node, text, ancestors)) add(change, own);
    for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child, own);
  };
  visit(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), []);
  return mutants;
}

/** @param {string} text @param {OperatorMutant} mutant */
export const withOperator = (text, { start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end);

/**
 * A sample without order: a mutant keeps its place in it when files move and other lines change.
 * @template {{ readonly key: string }} T
 * @param {readonly T[]} mutants
 * @param {number} size
 * @param {string} seed
 * @returns {T[]}
 */
export function sampleOf(mutants, size, seed) {
  const rank = ({ key }) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  const ranked = mutants.map((mutant) => ({ mutant, rank: rank(mutant) }));
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

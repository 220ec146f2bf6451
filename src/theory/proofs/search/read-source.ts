import { type AnyNode, type Expression, type Program, parse } from 'acorn';
import { zero } from '../../../exact/arithmetic/rational.js';
import { inverse, minusOne, monomial, number, product, type RationalFunction } from './rational-function.js';
import {
  addTo,
  asNumber,
  type FunctionNode,
  isOfPoint,
  isSameVector,
  NotRead,
  nameAs,
  nameOf,
  ofPoints,
  type Places,
  plainName,
  type Question,
  Reader,
  type Scope,
  type StatedValues,
  symbols,
  type Value,
  type Vector,
  vectorOf,
} from './read-expression.js';

/**
 * What a theorem's file says as a text. Trials say what a program does where it was tried; the text says what it does everywhere, if it stays within
 * a subset without side effects: constants, arrow functions, arithmetic, square roots, and vectors entry by entry.
 */
export interface SourceReading {
  /** γ, B and the bound as functions of `symbols`, and what the bound is where γ is put in; or why they were not read. */
  readonly values:
    | {
        readonly step: RationalFunction;
        readonly miniBatch: RationalFunction;
        readonly bound: RationalFunction;
        /** b, if the bound has powers of b^T, each a power of the symbol `power`. */
        readonly base?: RationalFunction;
        /** The same as they are written in the file; undefined by coordinates. */
        readonly stated: StatedValues | undefined;
      }
    | NotRead;
  /** The iterations of the theorem's own algorithm, or why they were not read. */
  readonly next: Iterations | NotRead;
  /**
   * T iterations of the theorem's own algorithm at one T, which may ask for gradients elsewhere than at x, and count.
   *
   * @param at γ and parameters at this T, from what they are at all
   * @throws NotRead where they are not read
   */
  readonly run: (iterations: number, at: (f: RationalFunction) => RationalFunction) => Run;
}

/** x⁺ and the memory after it as sums of multiples of x, of the vectors of the memory before it, and of ∇f(x), ĝ(x) and P̂(x). */
export interface Moves {
  readonly x: Vector;
  readonly memory: ReadonlyMap<string, Vector>;
}

/** Iterations that are all the same but the first, where the memory is made of multiples of x⁰, or is none. */
export type Iterations = Readonly<Record<'first' | 'later', Moves>>;

/** Points as sums of multiples of x⁰, by the name x, and of the gradients g0, g1, … at the first point that was asked for, the second, …; or of what else was asked. */
export type Run = Readonly<Record<'queries' | 'iterates', readonly Vector[]>> & {
  readonly of: (typeof ofPoints)[keyof typeof ofPoints];
};

/** What the problem answers at x. */
const answers: Readonly<Record<Question, Vector>> = {
  gradient: vectorOf('∇f(x)'),
  stochasticGradient: vectorOf('ĝ(x)'),
  miniBatch: vectorOf('P̂(x)'),
  mean: vectorOf('P(x)'),
  subgradient: vectorOf('s(x)'),
  gradientMapping: addTo(
    new Map(),
    addTo(vectorOf('x'), vectorOf('P(x)'), minusOne),
    inverse(monomial(symbols.step, 1)),
  ),
  stochasticGradientMapping: addTo(
    new Map(),
    addTo(vectorOf('x'), vectorOf('P̂(x)'), minusOne),
    inverse(monomial(symbols.step, 1)),
  ),
};

/** The problem where it is asked at x alone. */
const problemAtX: Value = {
  kind: 'problem',
  answer(question, at) {
    if (!isSameVector(at, vectorOf('x'))) throw new NotRead(`problem.${question} at another point than x`);
    return answers[question];
  },
};

/** The vectors of a memory by where they stand; what has none is a vector of its own that is 0, so that memories of one shape have the same names. */
function vectorsIn(memory: Value, place = 'memory'): Map<string, Vector> {
  if (memory.kind === 'vector') return new Map([[place, memory.value]]);
  if (memory.kind === 'nothing') return new Map([[`${place} is undefined`, new Map()]]);
  if (memory.kind !== 'object') throw new NotRead(`a memory with a ${memory.kind}, which is no vector`);
  if (memory.entries.size === 0) return new Map([[`${place} is empty`, new Map()]]);
  return new Map(
    [...memory.entries].flatMap(([name, entry]) => [...vectorsIn(entry, `${place}[${JSON.stringify(name)}]`)]),
  );
}

/** A memory of the same shape whose vectors are called by where they stand. */
function namedMemory(memory: Value, place = 'memory'): Value {
  if (memory.kind === 'vector') return { kind: 'vector', value: vectorOf(place) };
  if (memory.kind !== 'object') return memory;
  const named = [...memory.entries].map(
    ([name, entry]) => [name, namedMemory(entry, `${place}[${JSON.stringify(name)}]`)] as const,
  );
  return { kind: 'object', entries: new Map(named) };
}

/** Whether a value of a module is made without running anything. */
function isInert(node: AnyNode | null | undefined): boolean {
  switch (node?.type) {
    case 'Literal':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'Identifier':
      return true;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'Literal';
    case 'BinaryExpression':
      return isNumeric(node);
    case 'ArrayExpression':
      return node.elements.every(isInert);
    case 'ObjectExpression':
      return node.properties.every((each) =>
        each.type === 'SpreadElement'
          ? each.argument.type === 'Identifier'
          : plainName(each) !== undefined && isInert(each.value),
      );
    default:
      return isNumeric(node);
  }
}

/** Arithmetic of literals, such as 1 / 3 or Math.sqrt(2). */
function isNumeric(node: AnyNode | null | undefined): boolean {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'number';
    case 'UnaryExpression':
      return node.operator === '-' && isNumeric(node.argument);
    case 'BinaryExpression':
      return isNumeric(node.left) && isNumeric(node.right);
    case 'MemberExpression':
      return !node.computed && node.object.type === 'Identifier' && node.object.name === 'Math';
    case 'CallExpression':
      return node.callee.type === 'MemberExpression' && isNumeric(node.callee) && node.arguments.every(isNumeric);
    default:
      return false;
  }
}

/** What `new` and `instanceof` name, and whose members are read. */
const isPlainUse = (parent: AnyNode | undefined, found: AnyNode): boolean =>
  (parent?.type === 'MemberExpression' && parent.object === found && !parent.computed) ||
  (parent?.type === 'NewExpression' && parent.callee === found) ||
  parent?.type === 'BinaryExpression';

/** Names by which a function could change what others do. */
const reflective = new Set(
  'globalThis eval Function Object Reflect Proxy process constructor prototype __proto__ arguments'.split(' '),
);

/** A literal, a name, or what arithmetic makes of them: no text that is put together. */
function isIndex(node: AnyNode): boolean {
  if (node.type === 'Literal') return true;
  const isText = (each: AnyNode) => each.type === 'Literal' && typeof each.value === 'string';
  if (node.type === 'BinaryExpression') return [node.left, node.right].every((each) => isIndex(each) && !isText(each));
  return node.type === 'Identifier' || (node.type === 'MemberExpression' && !node.computed);
}

/** Throws where anything in the file could change what `Math` or a function of the file is. */
function requireUntouched(node: unknown, parent?: AnyNode): void {
  if (Array.isArray(node)) {
    for (const each of node) requireUntouched(each, parent);
    return;
  }
  if (typeof node !== 'object' || node === null || typeof (node as AnyNode).type !== 'string') return;
  const found = node as AnyNode;
  if (found.type === 'ImportExpression' || found.type === 'MetaProperty') throw new NotRead('import');
  if (found.type === 'Identifier') {
    if (reflective.has(found.name)) throw new NotRead(`the name ${found.name}`);
    const isRead = parent?.type === 'MemberExpression' && parent.object === found && !parent.computed;
    if (found.name === 'Math' && !isRead) throw new NotRead('Math, other than Math.sqrt and the like');
    if (found.name === 'Float64Array' && !isPlainUse(parent, found))
      throw new NotRead('Float64Array, other than new Float64Array and the like');
  }
  if (found.type === 'Literal' && typeof found.value === 'string' && reflective.has(found.value))
    throw new NotRead(`the name ${found.value}`);
  if (found.type === 'MemberExpression' && found.computed && !isIndex(found.property))
    throw new NotRead('a field whose name is computed');
  const target =
    found.type === 'AssignmentExpression'
      ? found.left
      : found.type === 'UpdateExpression' || (found.type === 'UnaryExpression' && found.operator === 'delete')
        ? found.argument
        : undefined;
  if (target?.type === 'MemberExpression' && target.object.type === 'Identifier' && target.object.name === 'Math')
    throw new NotRead('an assignment to Math');
  for (const [key, value] of Object.entries(found)) if (key !== 'type') requireUntouched(value, found);
}

/** The constants of a module by name, and the theorem that it exports; throws where loading it runs anything. */
function constantsOf(program: Program) {
  const constants = new Map<string, AnyNode>();
  let theorem: AnyNode | undefined;
  const take = (statement: AnyNode, isExported: boolean): void => {
    if (statement.type === 'FunctionDeclaration' && statement.id) constants.set(statement.id.name, statement);
    else if (statement.type === 'VariableDeclaration' && statement.kind === 'const') {
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier' || !isInert(init))
          throw new NotRead('a constant that is made by running something');
        constants.set(id.name, init!);
        if (isExported && id.name === 'theorem') theorem = init!;
      }
    } else throw new NotRead(nameOf(statement));
  };
  let otherwise: AnyNode | undefined;
  for (const each of program.body) {
    if (each.type === 'ExportDefaultDeclaration' && isInert(each.declaration)) otherwise = each.declaration;
    else if (each.type === 'ExportNamedDeclaration' && each.declaration) take(each.declaration, true);
    else take(each, false);
  }
  const named = theorem ?? otherwise;
  return { constants, theorem: named?.type === 'Identifier' ? constants.get(named.name) : named };
}

/** The fields of a theorem or of an algorithm that is written out. */
function fieldsOf(node: AnyNode | undefined, what: string): ReadonlyMap<string, AnyNode> {
  const fields = new Map<string, AnyNode>();
  for (const property of node?.type === 'ObjectExpression' ? node.properties : []) {
    const name = plainName(property);
    if (name === undefined) throw new NotRead(`${what} whose fields are not written out`);
    fields.set(name, (property as { readonly value: Expression }).value);
  }
  return fields;
}

/** T, the constants and the schedule as a file gets them; by coordinates the sums alone are known. */
function givenOf(byCoordinates: boolean) {
  const [rootT, rootL] = [symbols.rootT, symbols.rootL].map(
    (name, k) => ({ kind: 'number', value: monomial(name, 2), ...nameAs('TL'[k]!) }) as const,
  );
  const of = (name: string, word = name): Value => ({ kind: 'number', value: monomial(name, 1), ...nameAs(word) });
  const upper = (name: string, word: string): Value => ({
    kind: 'object',
    entries: new Map([['upper', of(name, word)]]),
  });
  const entries = new Map<string, Value>(
    byCoordinates
      ? [
          ['coordinateLipschitz', { kind: 'summed', total: rootL!.value }],
          ['coordinateSigma', { kind: 'summed', total: monomial(symbols.sigma, 1) }],
          ['gap', upper(symbols.gap, 'gap')],
        ]
      : [
          ['lipschitz', rootL!],
          ['strongConvexity', of(symbols.modulus)],
          // L stands for M/‖x⁰ − x*‖ where M is read.
          ['valueLipschitz', { kind: 'number', value: product(rootL!.value, monomial(symbols.distance, 1)) }],
          ['sigma', of(symbols.sigma)],
          ['gap', upper(symbols.gap, 'gap')],
          ['distance', upper(symbols.distance, 'distance')],
        ],
  );
  return { T: rootT!, constants: { kind: 'object', entries } as const };
}

/**
 * Reads a theorem's schedule, bound and algorithm from the text of its file. In a program, where there is no text of a file, the texts of the
 * functions are read, which may use no name from outside but `Math`, `Float64Array` and `undefined`.
 *
 * @param text the text of the module, or what `Function.prototype.toString` says of each function
 * @param places for which T; all of them if left out
 * @param isAnyStep whether γ is any number, in a theorem without an L: L stands for 1/γ, whatever the schedule says
 */
export function readSource(
  text: string | FunctionTexts,
  byCoordinates: boolean,
  places: Places = { from: 1 },
  isAnyStep = false,
): SourceReading {
  const reader = new Reader(places);
  const attempt = <Result>(read: () => Result): Result | NotRead => {
    try {
      return read();
    } catch (error) {
      if (error instanceof NotRead) return error;
      if (error instanceof SyntaxError || error instanceof RangeError) return new NotRead(error.message);
      throw error;
    }
  };
  const functions = attempt(() => (typeof text === 'string' ? functionsOf(text, reader) : functionsOfTexts(text)));
  if (functions instanceof NotRead) {
    const run = () => {
      throw functions;
    };
    return { values: functions, next: functions, run };
  }
  const { T, constants } = givenOf(byCoordinates);
  const schedule = attempt(() =>
    reader.apply(functionIn(functions, 'schedule'), [T, constants, { kind: 'object', entries: new Map() }]),
  );
  const values = attempt(() => {
    if (schedule instanceof NotRead) throw schedule;
    const entry = (name: string) => {
      const found = schedule.kind === 'object' ? schedule.entries.get(name) : undefined;
      if (found === undefined) throw new NotRead(`a schedule without ${name}`);
      return found;
    };
    asNumber(entry('step'));
    const [step, miniBatch] = [
      isAnyStep ? ({ kind: 'number', value: inverse(monomial(symbols.rootL, 2)) } as const) : entry('step'),
      entry('miniBatch'),
    ];
    // The bound calls them by their names.
    const named = new Map((schedule as Extract<Value, { kind: 'object' }>).entries);
    for (const [name, value, letter] of [
      ['step', step, 'γ'],
      ['miniBatch', miniBatch, 'B'],
    ] as const)
      named.set(name, { ...value, ...nameAs(letter) } as Value);
    const ofBound = functions('bound');
    const given = [T, constants, { kind: 'object', entries: named } as const];
    // A theorem whose worst case is looked for has none.
    const bound =
      ofBound === undefined
        ? ({ kind: 'number', value: number(zero) } as const)
        : reader.apply(ofBound, [...given, { kind: 'object', entries: new Map() }]);
    const [γ, B, most] = [step, miniBatch, bound].map((each) =>
      each.kind === 'number' && 'as' in each ? each.as : undefined,
    );
    return {
      ...{ step: asNumber(step), miniBatch: asNumber(miniBatch), bound: asNumber(bound) },
      ...(reader.base && { base: reader.base }),
      stated: γ && B && most && { step: γ, miniBatch: B, bound: most },
    };
  });
  /** What the schedule gives the algorithm beside γ and B, if it is read. */
  const parameters: Value | undefined =
    !(schedule instanceof NotRead) && schedule.kind === 'object'
      ? (schedule.entries.get('parameters') ?? { kind: 'object', entries: new Map() })
      : undefined;
  /** An iteration from x and a memory; the first one is from x⁰ and the start. */
  const iterated = (given: Readonly<Record<'problem' | 'step' | 'x' | 'state', Value>>, of = parameters) => {
    const entries = new Map<string, Value>([...Object.entries(given), ['batch', { kind: 'batch' }]]);
    if (of !== undefined) entries.set('parameters', of);
    const found = reader.apply(functionIn(functions, 'iterate'), [{ kind: 'object', entries }]);
    const [x, state] = ['x', 'state'].map((name) => (found.kind === 'object' ? found.entries.get(name) : undefined));
    if (x?.kind !== 'vector') throw new NotRead('an iteration that does not return x as a sum of multiples of vectors');
    return { x, state: state ?? ({ kind: 'nothing' } as const) };
  };
  const x = { kind: 'vector', value: vectorOf('x') } as const;
  const started = (): Value => {
    const start = functions('start');
    return start === undefined ? { kind: 'nothing' } : reader.apply(start, [x]);
  };
  const next = attempt((): Iterations => {
    const step: Value = { kind: 'number', value: monomial(symbols.step, 1) };
    const from = (state: Value) => iterated({ problem: problemAtX, step, x, state });
    const first = from(started());
    const later = from(namedMemory(first.state));
    const [before, after] = [vectorsIn(first.state), vectorsIn(later.state)];
    if (before.size !== after.size || [...before.keys()].some((name) => !after.has(name)))
      throw new NotRead('a memory that changes its shape');
    return { first: { x: first.x.value, memory: before }, later: { x: later.x.value, memory: after } };
  });
  const run: SourceReading['run'] = (iterations, at) => {
    if (values instanceof NotRead) throw values;
    const here = (value: Value): Value => {
      if (value.kind === 'number') return { kind: 'number', value: at(value.value) };
      if (value.kind !== 'object') throw new NotRead(`a ${value.kind} among the parameters`);
      return { kind: 'object', entries: new Map([...value.entries].map(([name, each]) => [name, here(each)])) };
    };
    const stepOf = values;
    const queries: Vector[] = [];
    let of: Run['of'] | undefined;
    const problem: Value = {
      kind: 'problem',
      answer(question, point) {
        if (!isOfPoint(question)) throw new NotRead(`problem.${question}`);
        of ??= ofPoints[question];
        if (of !== ofPoints[question]) throw new NotRead(`problem.${question} beside another question`);
        const k = queries.findIndex((other) => isSameVector(other, point));
        const answer = vectorOf(`g${k < 0 ? queries.push(point) - 1 : k}`);
        // P(x) = x − γG(x).
        return question === 'mean' ? addTo(point, answer, product(minusOne, at(stepOf.step))) : answer;
      },
    };
    const found = attempt(() => {
      const step: Value = { kind: 'number', value: at(values.step) };
      const iterates = [x.value];
      let now: ReturnType<typeof iterated> = { x, state: started() };
      for (let t = 0; t < iterations; t++) {
        now = iterated({ ...now, problem, step }, parameters && here(parameters));
        iterates.push(now.x.value);
      }
      return { queries, iterates, of: of ?? 'gradients' };
    });
    if (found instanceof NotRead) throw found;
    return found;
  };
  return { values, next, run };
}

/** What `Function.prototype.toString` says of each function; an algorithm may have no start. */
export type FunctionTexts = Readonly<Partial<Record<'schedule' | 'bound' | 'iterate' | 'start', string | undefined>>>;

/** A function of a theorem or of its algorithm; undefined if there is none. */
type Functions = (name: keyof FunctionTexts) => Extract<Value, { kind: 'function' }> | undefined;

function functionIn(functions: Functions, name: keyof FunctionTexts): Extract<Value, { kind: 'function' }> {
  const found = functions(name);
  if (found === undefined) throw new NotRead(`no ${name} in the file`);
  return found;
}

const asFunction = (value: Value): Extract<Value, { kind: 'function' }> => {
  if (value.kind !== 'function') throw new NotRead('a field that is no function of the file');
  return value;
};

function functionsOf(text: string, reader: Reader): Functions {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  requireUntouched(program);
  const { constants, theorem: exported } = constantsOf(program);
  const scope: Scope = {
    find(name) {
      const node = constants.get(name);
      if (node === undefined) return undefined;
      return node.type === 'FunctionDeclaration' ? { kind: 'function', node, scope } : reader.expression(node, scope);
    },
  };
  const theorem = fieldsOf(exported, 'a theorem');
  return (name) => {
    const isOfTheorem = name === 'schedule' || name === 'bound';
    const node = (isOfTheorem ? theorem : algorithmIn(theorem, constants)).get(name);
    return node && asFunction(reader.expression(node, scope));
  };
}

/** The fields of an algorithm that is written out in the theorem, or as a constant. */
function algorithmIn(theorem: ReadonlyMap<string, AnyNode>, constants: ReadonlyMap<string, AnyNode>) {
  const given = theorem.get('algorithm');
  const node = given?.type === 'Identifier' ? constants.get(given.name) : given;
  if (node?.type !== 'ObjectExpression') throw new NotRead('an algorithm that is not written out');
  return fieldsOf(node, 'an algorithm');
}

function functionsOfTexts(texts: FunctionTexts): Functions {
  const scope: Scope = { find: () => undefined };
  return (name) => {
    const text = texts[name];
    if (text === undefined) return undefined;
    const node = functionOfText(text);
    requireUntouched(node);
    return { kind: 'function', node, scope };
  };
}

/** A function from its text, which of a method has no word `function`. */
function functionOfText(text: string): FunctionNode {
  const options = { ecmaVersion: 'latest', sourceType: 'module' } as const;
  const first = (source: string): AnyNode | undefined => {
    const [statement] = parse(source, options).body;
    return statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  };
  let node: AnyNode | undefined;
  try {
    node = first(`(${text})`);
  } catch {
    const object = first(`({${text}})`);
    const [property] = object?.type === 'ObjectExpression' ? object.properties : [];
    node = property?.type === 'Property' && plainName(property) !== undefined ? property.value : undefined;
  }
  if (node?.type !== 'ArrowFunctionExpression' && node?.type !== 'FunctionExpression')
    throw new NotRead('a function whose text is not to be had');
  return node;
}

const protocol = { caughtBy: ['src/guard/protocol/protocol.test'] };
const processTest = { caughtBy: ['src/guard/process-implementation.test'], slow: true };

/** @type {readonly import('../table.mjs').Group[]} */
export const guard = [
  {
    file: 'src/guard/protocol/read-reply.ts',
    ...protocol,
    changes: [
      ['a smaller id is accepted', 'parsed.data.id !== id', 'parsed.data.id > id'],
      ['a larger id is accepted', 'parsed.data.id !== id', 'parsed.data.id < id'],
      ['neither ok nor error is ok', 'if (reply.ok == null) throw', 'if (reply.ok === 0) throw'],
      [
        'an unknown code is unsupported',
        "errorCodes.find((known) => known === code) ?? 'internal'",
        "errorCodes.find((known) => known === code) ?? 'unsupported'",
      ],
      ['a batch may be short', 'if (replies.length !== expected.length) {', 'if (replies.length > expected.length) {'],
      ['replies may come out of order', 'id != null && id !== request.id', 'false'],
      ['bytes that are no UTF-8 are replaced', '{ fatal: true }', '{ fatal: false }'],
      ['an error is an answer', 'if (reply.error != null) {', 'if (reply.error === 0) {'],
    ],
  },
  {
    file: 'src/guard/protocol/real-encoding.ts',
    ...protocol,
    changes: [
      ['single bits are not filled up', "getUint32(0).toString(16).padStart(8, '0')", 'getUint32(0).toString(16)'],
      [
        'words of a double are exchanged',
        'view.setUint32(4, Number.parseInt(digits.slice(8), 16))',
        'view.setUint32(4, Number.parseInt(digits.slice(0, 8), 16))',
      ],
      ['capital digits are refused', '/^[0-9a-fA-F]{16}$/', '/^[0-9a-f]{16}$/'],
      [
        'decimals of single precision are doubles',
        'const round = single ? Math.fround : (value: number) => value',
        'const round = (value: number) => value',
      ],
      ['−0 is written as 0', "? '-0'\n          :", '? 0\n          :'],
    ],
  },
  {
    file: 'src/guard/protocol/line-splitter.ts',
    ...protocol,
    changes: [
      ['a line of any length is accepted', 'if (length > this.limit) throw', 'if (length < 0) throw'],
      ['what a line began with stays', 'this.length = 0;', ''],
      ['the first byte of the next line is lost', 'from = end + 1;', 'from = end + 2;'],
      ['the rest of a chunk is dropped', 'this.append(chunk.subarray(from));\n    return', 'return'],
    ],
  },
  {
    file: 'src/guard/protocol/show.ts',
    ...protocol,
    changes: [
      ['control characters act', 'return `\\\\u{${character.codePointAt(0)!.toString(16)}}`;', 'return character;'],
      ['texts are not cut', 'text.slice(0, limit).replace', 'text.replace'],
    ],
  },
  {
    file: 'src/guard/protocol/encode-specification.ts',
    ...protocol,
    changes: [
      [
        'inner functions are sent as they are',
        "return encodeFunction(value as FunctionSpecification, encoding);\n    case 'functions'",
        "return value;\n    case 'functions'",
      ],
      ['unknown parameters are sent', 'if (parameter === undefined) throw', 'if (parameter === null) throw'],
    ],
  },
  {
    file: 'src/guard/protocol/sealed-state.ts',
    caughtBy: ['src/guard/protocol/sealed-state.test'],
    changes: [
      ['a state may have any size', 'if (bytes <= largestState) return state;', 'return state;'],
      ['states in a batch are parsed', "if (member.name !== 'replies') continue;", 'continue;'],
      ['a name in escapes is another name', " && !line.includes('\\\\u')", ''],
    ],
  },
  {
    file: 'src/guard/protocol/replies.ts',
    ...protocol,
    changes: [
      ['any version is spoken', '/^1(\\.\\d+)?$/', '/^\\d/'],
      ['batches are offered by nobody', "batch === true || hello.methods.includes('batch')", 'false'],
    ],
  },
  {
    file: 'src/guard/supervisor/echo.ts',
    caughtBy: ['src/guard/supervisor/echo.test'],
    changes: [
      ['the echo is off', 'compareEcho(sent, x);', ''],
      ['−0 may come back as 0', '!Object.is(value, received[i])', 'value !== received[i] && !Number.isNaN(value)'],
      ['numbers may be missing', 'if (received.length !== sent.length) {', 'if (false) {'],
      [
        'unknown methods may be answered',
        "if ('error' in answer && answer.error.code === 'unsupported') return;",
        'if (answer) return;',
      ],
    ],
  },
  {
    file: 'src/guard/supervisor/ask.ts',
    caughtBy: ['src/guard/supervisor/ask.test'],
    changes: [
      ['nothing is asked twice', 'if (repeatable && isRepeated(seed, body)) {', 'if (false) {'],
      ['two answers may differ', 'fingerprint(method, answer) !== fingerprint(method, again)', 'false'],
      ['what is unsupported is an error', "if (code === 'unsupported') throw new UnsupportedError(message);", ''],
    ],
  },
  {
    file: 'src/guard/supervisor/session.ts',
    ...processTest,
    changes: [
      ['a subject is asked after any number of losses', 'losses.count >= mostLosses', 'false'],
      ['a crash is not asked again alone', 'isCrash(error) ? await this.alone(call, error) : error;', 'error;'],
    ],
  },
  {
    file: 'src/guard/supervisor/connection.ts',
    ...processTest,
    changes: [
      ['a fresh process may say another hello', 'JSON.stringify(said) !== this.firstHello', 'false'],
      ['it is started again for ever', 'this.withoutHello >= mostWithoutHello', 'false'],
    ],
  },
  {
    file: 'src/guard/process-implementation.ts',
    ...processTest,
    changes: [
      ['vectors of another length are accepted', 'if (result.length === x.length) return', 'return'],
      [
        'the vote is sent indices',
        "const draws = algorithm === 'majority-vote' ? { workers } : { indices };\n      const fields",
        'const draws = { indices };\n      const fields',
      ],
    ],
  },
  {
    file: 'src/guard/thrown.ts',
    caughtBy: ['src/guard/thrown.test'],
    changes: [
      ['the place of an exception may be a dependency', ' || /[/\\\\]node_modules[/\\\\]/.test(match[2]!)', ''],
      ['a message has all of its lines', ".split('\\n')[0]!.slice(0, 300)", ''],
    ],
  },
  {
    file: 'src/guard/vectors/exact-answer.ts',
    caughtBy: ['src/guard/vectors/vectors.test'],
    slow: true,
    changes: [
      [
        'the step goes up',
        'x.map((value, i) => value.sub(problem.step.mul(direction[i]!)))',
        'x.map((value, i) => value.add(problem.step.mul(direction[i]!)))',
      ],
      ['answers that differ by convention are one', 'others.every(({ points }) => same(points))', 'true'],
      ['a run starts anew in every iteration', 'const from = points.at(-1) ?? x;', 'const from = x;'],
      ['positive at 0 is negative', 'positive: one, negative: one.neg()', 'positive: one.neg(), negative: one'],
    ],
  },
];

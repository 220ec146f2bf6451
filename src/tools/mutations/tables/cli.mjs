/** @type {readonly import('../table.mjs').Group[]} */
export const cli = [
  {
    file: 'src/cli/options/numbers.ts',
    caughtBy: ['src/cli/options/numbers.test'],
    changes: [
      ['seconds are milliseconds', "unit === 'ms' ? value : value * 1000", 'value'],
      ['0 is a duration', 'digits === undefined || value === 0', 'digits === undefined'],
      ['a large number needs no unit', 'unit === undefined && value > longestBare', 'false'],
      ['a text after the unit is overlooked', '(ms|s)?$/', '(ms|s)?/'],
    ],
  },
  {
    file: 'src/cli/options/usage-error.ts',
    caughtBy: ['src/cli/options/usage-error.test'],
    changes: [
      ['an empty word vanishes', '/^[\\w./:@%+=,-]+$/', '/^[\\w./:@%+=,-]*$/'],
      ['a quote ends the word', "word.replaceAll(\"'\", `'\\\\''`)", 'word'],
      ['a star is expanded', '/^[\\w./:@%+=,-]+$/', '/^[\\w./:@%+=,*-]+$/'],
    ],
  },
  {
    file: 'src/cli/options/options.ts',
    caughtBy: ['src/cli/options/options.test'],
    changes: [
      ['a seed may hold anything', 'if (!isSeed(value))', 'if (value === "")'],
      ['any number of workers is accepted', 'if (!(count <= 256)) {', 'if (Number.isNaN(count)) {'],
      [
        'a pattern that matches no claim is passed over',
        'if (unmatched !== undefined) throw new UsageError',
        'if (false) throw new UsageError',
      ],
    ],
  },
  {
    file: 'src/cli/options/numbers.ts',
    caughtBy: ['src/cli/options/numbers.test'],
    changes: [
      ['0 is a positive integer', 'value >= 1 && value <= most', 'value >= 0 && value <= most'],
      ['a list keeps its repetitions', '[...new Set(text.split', '[...(text.split'],
    ],
  },
  {
    file: 'src/cli/judging/baseline.ts',
    caughtBy: ['src/cli/judging/baseline.test'],
    slow: true,
    changes: [
      ['a regression has code 0', 'isRegression(differences) ? exitCodes.claimFailed : exitCodes.ok', 'exitCodes.ok'],
      ['other cases are compared', '(seed === options.seed && depth === options.depth) || updateBaseline', 'true'],
      ['the baseline of another implementation is compared', 'foreign && !options.updateBaseline', 'false'],
      ['claims that were not selected are dropped', '[...kept, ...after.claims]', '[...after.claims]'],
    ],
  },
  {
    file: 'src/cli/judging/read-shards.ts',
    caughtBy: ['src/cli/shards.test'],
    changes: [
      ['a shard may be there twice', 'if (known !== undefined)', 'if (false)'],
      ['shards of two seeds make one run', "['seed', ({ seed }) => seed],", ''],
      ['a whole run is a shard', 'if (shard === undefined) throw', 'if (false) throw'],
      ['another version may merge', 'if (suite.version !== version)', 'if (false)'],
    ],
  },
  {
    file: 'src/cli/commands/merge.ts',
    caughtBy: ['src/cli/shards.test'],
    changes: [['what is missing is not', 'shards.every(({ shard }) => shard.index !== index)', 'false']],
  },
  {
    file: 'src/cli/judging/merged-claims.ts',
    caughtBy: ['src/cli/guard-shards.test', 'src/cli/shards.test'],
    slow: true,
    changes: [
      ['a shard may lack claims', 'if (names(share) === names(claims)) return;', 'return;'],
      ['two implementations are merged', 'if (one === undefined) continue;', 'continue;'],
      ['what a part has asked is all', 'addAnswered(answered, checked.get(entry.id)!.evidence);', ''],
    ],
  },
  {
    file: 'src/cli/commands/merge.ts',
    caughtBy: ['src/cli/guard-shards.test'],
    slow: true,
    changes: [
      ['what follows from another is kept', 'if (gathered.has(path) || !isOwn(failure)) continue;', ''],
      ['the commands are those of the parts', 'command: replayCommand(path)', 'command: replayCommand(record)'],
    ],
  },
  {
    file: 'src/cli/judging/longest-first.ts',
    caughtBy: ['src/cli/judging/longest-first.test'],
    changes: [
      ['unknown claims come first', 'index < 0 ? longest.length : index', 'index'],
      ['the shortest come first', 'rank(a) - rank(b)', 'rank(b) - rank(a)'],
    ],
  },
  {
    file: 'src/cli/threads/spread-pieces.ts',
    caughtBy: ['src/cli/threads/spread-pieces.test'],
    changes: [
      ['a piece is taken after one that failed', 'Atomics.store(taken, 0, none);', ''],
      [
        'what was lost elsewhere is missing',
        'from === undefined ? await decide(each) : from.get(piece)!',
        'from?.get(piece)!',
      ],
      ['a failure here comes first', 'if (own.failed?.piece === piece) throw', 'if (own.failed) throw'],
    ],
  },
  {
    file: 'src/cli/threads/claim-replicates.ts',
    caughtBy: ['src/cli/threads/claim-replicates.test'],
    changes: [
      ['the rest begins anew', 'from + own.length, to, take', 'from, to, take'],
      ['what is not wanted is asked of others', 'if (!isWanted || own.length', 'if (own.length'],
    ],
  },
  {
    file: 'src/cli/threads/claim-threads.ts',
    caughtBy: ['src/cli/threads/claim-threads.test'],
    changes: [['pieces come before claims that wait', 'if (begun < wanted) return;', '']],
  },
  {
    file: 'src/cli/judging/conclude.ts',
    caughtBy: ['src/cli/full-disk.test'],
    slow: true,
    changes: [['a report that was not kept was', 'if (unwritten instanceof UsageError) throw unwritten;', '']],
  },
  {
    file: 'src/cli/judging/progress.ts',
    caughtBy: ['src/cli/judging/progress.test'],
    changes: [
      ['a pipe has a bar', 'stream.isTTY === true ? barProgress', 'stream.isTTY !== true ? barProgress'],
      ['the bar stands still', 'bar.update(++finished)', 'bar.update(finished)'],
    ],
  },
  {
    file: 'src/cli/problems/unknown-keys.ts',
    caughtBy: ['src/cli/commands/problem-input.test'],
    slow: true,
    changes: [
      ['unknown keys of a problem are read', "...strangers(problem, '', problemKeys),", ''],
      ['unknown keys of inner functions are read', "if (kind === 'function') return inFunction(given, place);", ''],
    ],
  },
  {
    file: 'src/cli/problems/json-file.ts',
    caughtBy: ['src/cli/commands/problem-input.test'],
    slow: true,
    changes: [
      [
        'a start of another dimension is read',
        'problem.dimension !== undefined && start.length !== problem.dimension',
        'false',
      ],
      ['JSON is a file', 'return /^\\s*[[{]/.test(given);', 'return false;'],
    ],
  },
  {
    file: 'src/cli/threads/status-line.ts',
    caughtBy: ['src/cli/threads/status-line.test'],
    changes: [
      ['a pipe is erased', 'terminal && written', 'written'],
      ['a long text goes over the line', 'text.slice(0, (stream.columns ?? 80) - 1)', 'text'],
    ],
  },
  {
    file: 'src/cli/main.ts',
    caughtBy: ['src/cli/cli.test'],
    slow: true,
    changes: [
      [
        'a usage error has code 1',
        'complain(error.message, exitCodes.usage)',
        'complain(error.message, exitCodes.claimFailed)',
      ],
      ['the end of a reader is an error', "if (error.code === 'EPIPE') return;", ''],
      ['words are not checked', 'checkWords(program, argv);', ''],
    ],
  },
];

/** @type {readonly import('../table.mjs').Group[]} */
export const executors = [
  {
    file: 'src/executors/queue/messages.ts',
    caughtBy: ['src/executors/queue/messages.test'],
    changes: [
      ['any release will do', 'given.success && given.data.release !== ownRelease', 'false'],
      ['a range is as long as it likes', 'from < to && to - from <= longestRange', 'from < to'],
      ['a range is empty', 'from < to &&', 'from <= to &&'],
      ['values are missing', 'failure === undefined ? bytes.length === 8 * count', 'failure === undefined ? true'],
      ['a reason comes with every value', ': bytes.length < 8 * count', ': true'],
      [
        'values of a part of a buffer are those of all',
        'values.byteOffset, values.byteLength',
        '0, values.buffer.byteLength',
      ],
      [
        'a module in the parameters is what it says',
        'if (packageModule.test(name)) return urlOfModule(name);',
        'return urlOfModule(name);',
      ],
      [
        'numbers are rounded to text',
        'encodeExact(mapModules(parameters, nameOfModule))',
        'mapModules(parameters, nameOfModule)',
      ],
      ['a module is anything', "if (typeof module === 'string') return", 'return'],
    ],
  },
  {
    file: 'src/executors/queue/package-module.ts',
    caughtBy: ['src/executors/queue/messages.test'],
    changes: [
      ['a path may climb', '[a-z0-9]+(?:[.-][a-z0-9]+)*', '[a-z0-9.-]+'],
      ['a command is a module', 'src\\/claims', 'src\\/(?:claims|cli)'],
      ['a path begins anywhere', '/^(?:theorems', '/(?:theorems'],
    ],
  },
  {
    file: 'src/executors/queue/range-sizes.ts',
    caughtBy: ['src/executors/queue/range-sizes.test'],
    changes: [
      ['a range grows at once', 'Math.min(fitting, 8 * size, longestRange)', 'Math.min(fitting, longestRange)'],
      ['a slow replicate leaves none to a range', 'Math.max(1, Math.min(fitting,', 'Math.max(0, Math.min(fitting,'],
      ['the queue is filled', 'Math.min(window.most, open + 1)', 'open + 1'],
    ],
  },
  {
    file: 'src/executors/queue/queue-executor.ts',
    caughtBy: ['src/cli/queue-faults.test'],
    slow: true,
    changes: [
      ['values stand where they come', 'arrived.set(first, piece);', 'arrived.set(next, piece);'],
      ['what nobody wants is computed', 'enough = !take(piece);', 'take(piece);'],
      ['what nobody wants stays in Redis', 'for (const asked of open.values()) void asked.drop();', ''],
      ['a failure is that of the range', 'failed.set(first + piece.length,', 'failed.set(first,'],
      ['a replicate is tried once', 'const attempts = 3;', 'const attempts = 1;'],
    ],
  },
  {
    file: 'src/executors/replicate-pool.ts',
    caughtBy: ['src/executors/replicate-pool.test'],
    changes: [
      ['what nobody wants is computed', 'Atomics.store(last, 0, -1);', ''],
      ['an error after the end counts', 'if (take?.(found) === false) {', 'if (take?.(found) === false && !failure) {'],
      ['the pieces are for nobody', 'if (take?.(found) === false) {', 'if (false) {'],
      ['a part takes as long as it takes', 'Math.floor(longestPart / (known.get(key) ?? 0))', 'most'],
    ],
  },
  {
    file: 'src/executors/threads.ts',
    caughtBy: ['src/executors/replicate-pool.test'],
    changes: [['a task that waits goes to the end', 'stricterFIFO: true,', '']],
  },
  {
    file: 'src/executors/first-copies.ts',
    caughtBy: ['src/executors/first-copies.test'],
    changes: [
      ['every copy is another job', 'known.has(name) ? known.get(name) : parameters', 'parameters'],
      ['nothing is forgotten', 'known.size > most', 'false'],
      ['a job has a name for each time', 'return known ?? name;', 'return name;'],
    ],
  },
  {
    file: 'src/executors/queue/queue-worker.ts',
    caughtBy: ['src/cli/queue-faults.test'],
    slow: true,
    changes: [
      ['what is interrupted has failed', 'if (!stopping) throw', 'if (true) throw'],
      [
        'a replicate that fails takes its range with it',
        'failure !== undefined && !isLastTry(job)',
        'failure !== undefined',
      ],
      ['what was lost is lost', 'stalledInterval: lock', 'stalledInterval: 1000 * lock'],
    ],
  },
];

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { freePort } from '../../executors/queue/redis.test.helper.js';
import { testWith } from '../../guard/programs.test.helper.js';
import { type Ran, runWith } from './dry-run.test.helper.js';

/** Tests that need Slurm start one: its controller and one node, which only the superuser may be. */
export const testWithSlurm = testWith('sh', '-c', 'slurmctld -V && slurmd -V && test "$(id -u)" -eq 0');

/** A Slurm of the test's own, on loopback. */
export interface TestSlurm {
  /** A command of Slurm in the directory of the test. */
  run(...words: readonly string[]): Ran;
  /** Waits for what a job does. */
  until(holds: () => boolean): Promise<void>;
  /** Waits until no job is left. */
  idle(): Promise<void>;
}

/** Starts a Slurm that ends with the test, with all its jobs. It asks nobody who he is, so it listens on loopback alone. */
export async function startSlurm(t: ExecutionContext, cwd: string, ...settings: readonly string[]): Promise<TestSlurm> {
  const folder = mkdtempSync(join(tmpdir(), 'signprox-slurm-'));
  const file = join(folder, 'slurm.conf');
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name));
  writeFileSync(file, [...(await configuration(folder)), ...settings, ''].join('\n'));
  writeFileSync(join(folder, 'cgroup.conf'), 'CgroupPlugin=disabled\n');
  const variables = { SLURM_CONF: file };
  let said = '';
  const run = (...words: readonly string[]): Ran => runWith(cwd, words, variables);
  const daemons = [daemon('slurmctld', '-D'), daemon('slurmd', '-D', '-N', 'localhost')];
  t.teardown(async () => {
    run('scancel', '--signal=KILL', '--full', '--state=RUNNING', '--me');
    run('scancel', '--me');
    for (const child of daemons) await ended(child);
    rmSync(folder, { recursive: true });
  });
  await until(() => run('sinfo', '--noheader', '--format=%T').stdout.trim() === 'idle');
  return { run, until, idle: () => until(() => run('squeue', '--noheader').stdout === '') };

  function daemon(name: string, ...words: readonly string[]): ChildProcess {
    const child = spawn(name, words, { env: { ...process.env, ...variables }, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    return child;
  }

  /** Asks five times a second, for at most two minutes: then what the daemons have said is the error. */
  async function until(holds: () => boolean): Promise<void> {
    for (let times = 0; times < 600; times++) {
      if (holds()) return;
      await sleep(200);
    }
    throw new Error(said);
  }
}

/** More processors than there may be, so that all tasks of an array run at once. */
async function configuration(folder: string): Promise<readonly string[]> {
  const [controller, node] = [await freePort(), await freePort()];
  return [
    'ClusterName=test',
    'SlurmctldHost=localhost(127.0.0.1)',
    `SlurmctldPort=${controller}`,
    `SlurmdPort=${node}`,
    'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny',
    'SlurmUser=root',
    'SlurmdUser=root',
    'AuthType=auth/none',
    'CredType=cred/none',
    'ProctrackType=proctrack/linuxproc',
    'JobAcctGatherType=jobacct_gather/none',
    'MailProg=/bin/true',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'SlurmdParameters=config_overrides',
    'SchedulerParameters=batch_sched_delay=0,sched_interval=1',
    'NodeName=localhost NodeAddr=127.0.0.1 CPUs=16 State=UNKNOWN',
    'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
  ];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

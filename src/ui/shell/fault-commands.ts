/** The faults as commands: on each server, on the leader, and on what lies between. */
import type { ProcessId } from '../../core/units.ts';
import type { MemberView } from '../../sim/frame.ts';
import {
  crash,
  hasFault,
  healAll,
  processOf,
  restart,
  toggleDiskFault,
  toggleMonkey,
  togglePause,
} from '../ensemble/fault-actions.ts';
import { drillLock } from '../operator/lock.svelte.ts';
import type { CommandContext, CommandSource, PaletteCommand } from './commands.ts';
import { shellTexts } from './texts.ts';

export const faultCommands: CommandSource = (context) => {
  const { playground } = context;
  if (drillLock.isOn) return [];
  const members = playground.frame?.members ?? [];
  return [...ofEnsemble(context, members), ...members.flatMap((one) => ofServer(context, one))];
};

function ofEnsemble(
  context: CommandContext,
  members: readonly MemberView[],
): readonly PaletteCommand[] {
  const { playground, locale, t } = context;
  const p = shellTexts(locale.name).palette;
  const group = 'faults';
  const leader = playground.leader;
  const down = members.filter(({ status }) => status === 'down');
  const all: (PaletteCommand | null)[] = [
    leader === null
      ? null
      : {
          id: 'crash leader',
          group,
          title: p.crashLeader,
          run: () => void crash(context, leader.sid),
        },
    leader === null
      ? null
      : {
          id: 'minority',
          group,
          title: p.minority,
          also: 'partition',
          run: () => void playground.act({ kind: 'partition', group: minority(members, leader) }),
        },
    down.length < 2
      ? null
      : {
          id: 'restart all',
          group,
          title: p.restartAll,
          run: () => down.forEach(({ sid }) => void restart(context, sid)),
        },
    {
      id: 'heal',
      group,
      title: t.shortcuts.rows.heal,
      keys: 'H',
      run: () => void healAll(context),
    },
    {
      id: 'monkey',
      group,
      title: t.shortcuts.rows.monkey,
      keys: 'M',
      run: () => void toggleMonkey(context),
    },
  ];
  return all.filter((command) => command !== null);
}

/** The leader and as many more as still make no quorum of the voters. */
function minority(members: readonly MemberView[], leader: MemberView): ProcessId[] {
  const voters = members.filter(({ type }) => type === 'participant');
  const others = voters.filter(({ sid }) => sid !== leader.sid);
  const size = Math.ceil(voters.length / 2) - 1;
  return [leader, ...others.slice(0, Math.max(0, size - 1))].map(({ sid }) => processOf(sid));
}

function ofServer(context: CommandContext, member: MemberView): readonly PaletteCommand[] {
  const { sid, status } = member;
  const { playground, locale } = context;
  const p = shellTexts(locale.name).palette;
  const make = (what: string, title: string, run: () => void): PaletteCommand => ({
    id: `${what} ${String(sid)}`,
    group: 'faults',
    title,
    also: what,
    run,
  });
  const slow = hasFault(member.disk.faults, 'slow');
  const disk = make('disk slow', slow ? p.healthyDisk(sid) : p.slowDisk(sid), () => {
    void toggleDiskFault(context, sid, 'slow');
  });
  if (status === 'down') {
    return [make('restart', p.restart(sid), () => void restart(context, sid)), disk];
  }
  return [
    make('crash', p.crash(sid), () => void crash(context, sid)),
    make('power', p.power(sid), () => void crash(context, sid, true)),
    make(
      'freeze',
      status === 'paused' ? p.thaw(sid) : p.freeze(sid),
      () => void togglePause(context, processOf(sid)),
    ),
    make('partition', p.alone(sid), () => {
      void playground.act({ kind: 'partition', group: [processOf(sid)] });
    }),
    disk,
  ];
}

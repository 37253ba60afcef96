/** What is in the ensemble, found by its name: servers, sessions, znodes, transactions. */
import { formatZxid, type Zxid } from '../../core/zxid.ts';
import { drillLock } from '../operator/lock.svelte.ts';
import { memberState } from '../parts/member-state.ts';
import type { CommandContext, CommandSource, PaletteCommand } from './commands.ts';
import { shellTexts } from './texts.ts';

/** So many paths are offered of those that could be meant. */
const PATHS_MAX = 50;

/** Newest first; of the logs a frame holds only the ends. */
const ZXIDS_MAX = 50;

/** Roles, paths and transactions of all servers are what a drill hides. */
export const findCommands: CommandSource = (context, query) =>
  drillLock.isOn
    ? []
    : [
        ...servers(context),
        ...sessions(context),
        ...(query === '' ? [] : znodes(context, query)),
        ...(query === '' ? [] : zxids(context, query)),
      ];

function servers({ playground, layout, locale, t }: CommandContext): readonly PaletteCommand[] {
  const p = shellTexts(locale.name).palette;
  return (playground.frame?.members ?? []).map((member) => ({
    id: `server ${String(member.sid)}`,
    group: 'servers',
    title: p.server(member.sid, t.ensemble.state[memberState(member)]),
    run: () => {
      playground.select({ kind: 'server', sid: member.sid });
      layout.reveal('inspector');
    },
  }));
}

function sessions({ playground, layout, locale }: CommandContext): readonly PaletteCommand[] {
  const p = shellTexts(locale.name).palette;
  return (playground.frame?.clients ?? []).map(({ process, name, sessionId }) => ({
    id: `session ${String(process)}`,
    group: 'sessions',
    title: p.session(name),
    ...(sessionId === 0n ? {} : { note: `0x${sessionId.toString(16)}` }),
    run: () => {
      playground.select({ kind: 'client', process });
      layout.reveal('inspector');
    },
  }));
}

function znodes({ playground, layout }: CommandContext, query: string): readonly PaletteCommand[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: PaletteCommand[] = [];
  for (const { path } of playground.frame?.tree?.nodes ?? []) {
    const lower = path.toLowerCase();
    if (!terms.every((term) => lower.includes(term))) continue;
    found.push({
      id: `znode ${path}`,
      group: 'znodes',
      title: path,
      run: () => {
        playground.select({ kind: 'znode', path });
        layout.reveal('tree');
      },
    });
    if (found.length === PATHS_MAX) break;
  }
  return found;
}

function zxids(
  { playground, layout, locale }: CommandContext,
  query: string,
): readonly PaletteCommand[] {
  const p = shellTexts(locale.name).palette;
  const known = new Map<Zxid, string>();
  for (const member of playground.frame?.members ?? []) {
    for (const { zxid, what } of member.log) known.set(zxid, what);
  }
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (zxid: Zxid, what: string): string => `zxid ${formatZxid(zxid)} ${what}`;
  return [...known]
    .filter(([zxid, what]) => {
      const lower = text(zxid, what).toLowerCase();
      return terms.every((term) => lower.includes(term));
    })
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, ZXIDS_MAX)
    .map(([zxid, what]) => ({
      id: `zxid ${String(zxid)}`,
      group: 'zxids',
      title: p.zxid(formatZxid(zxid)),
      note: what,
      run: () => {
        playground.select({ kind: 'zxid', zxid, sid: null });
        layout.reveal('inspector');
      },
    }));
}

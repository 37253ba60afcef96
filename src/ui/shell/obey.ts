/** What each key command does to the world, the selection or the page. */
import { tick } from 'svelte';
import {
  crash,
  healAll,
  partition,
  processOf,
  restart,
  toggleMonkey,
  togglePause,
  type FaultContext,
} from '../ensemble/fault-actions.ts';
import {
  delay,
  discard,
  hold,
  oneMoreFlight,
  overtake,
  release,
  selectedPacket,
} from '../ensemble/packet-actions.ts';
import { drillLock } from '../operator/lock.svelte.ts';
import { CONSOLE_INPUT_ID } from '../parts/to-console.ts';
import type { StepKind } from '../../worker/api.ts';
import type { PaneId } from './layout-model.ts';
import type { Command } from './shortcuts.ts';
import { speedAt, stopOf } from './speed.ts';

/** The parts of the page that a key can reach. */
export interface Hands {
  openPalette(): void;
  openReset(): void;
  startTour(): void;
  blackOut(): void;
  toggleFullScreen(): void;
  reveal(pane: PaneId): void;
  stepBack(step: StepKind): void;
  undo(): void;
  redo(): void;
  openEnsemble(): void;
  openBugs(): void;
  /** At this one, or where a person left them. */
  openScenarios(id: string | null): void;
  openShare(): void;
  openLessons(): void;
  openReference(): void;
  copyMoment(): void;
  openShortcuts(): void;
  openDisk(): void;
  toggleTheme(): void;
}

export function obey(command: Command, context: FaultContext, hands: Hands): void {
  const { playground } = context;
  if (drillLock.forbids(command)) return drillLock.refuse();
  switch (command.kind) {
    case 'toggle':
      return void playground.toggle();
    case 'step':
      return void playground.step(command.step);
    case 'back':
      return hands.stepBack(command.step);
    case 'undo':
      return hands.undo();
    case 'redo':
      return hands.redo();
    case 'palette':
      return hands.openPalette();
    case 'faster': {
      const stop = stopOf(playground.frame?.speed ?? 1) + command.by;
      return void playground.setSpeed(speedAt(stop));
    }
    case 'server':
      return selectNth(context, command.index);
    case 'neighbour':
      return selectNeighbour(context, command.by);
    case 'clear':
      return playground.clearSelection();
    case 'partition':
      return void partition(context);
    case 'heal':
      return void healAll(context);
    case 'ensemble':
      return hands.openEnsemble();
    case 'bugs':
      return hands.openBugs();
    case 'scenarios':
      return hands.openScenarios(null);
    case 'share':
      return hands.openShare();
    case 'lessons':
      return hands.openLessons();
    case 'reference':
      return hands.openReference();
    case 'monkey':
      return void toggleMonkey(context);
    case 'console':
      hands.reveal('console');
      return void tick().then(() => document.getElementById(CONSOLE_INPUT_ID)?.focus());
    case 'theme':
      return hands.toggleTheme();
    case 'sheet':
      return hands.openShortcuts();
    case 'menu':
      playground.menu = command.part;
      return;
    case 'ringView':
      playground.ringView = playground.ringView === 'ring' ? 'list' : 'ring';
      return;
    case 'packet':
      return toPacket(command.deed, context);
    default:
      return toServer(command.kind, context, hands);
  }
}

type ServerCommand = 'crash' | 'power' | 'restart' | 'pause' | 'cut' | 'disk';

function toServer(kind: ServerCommand, context: FaultContext, hands: Hands): void {
  const { playground, t } = context;
  const member = playground.selectedServer;
  if (member === null) return playground.notify('info', t.tools.selectFirst);
  switch (kind) {
    case 'crash':
      return void crash(context, member.sid);
    case 'power':
      return void crash(context, member.sid, true);
    case 'restart':
      return void restart(context, member.sid);
    case 'pause':
      return void togglePause(context, processOf(member.sid));
    case 'cut':
      playground.tool = playground.tool === 'cut' ? 'select' : 'cut';
      return;
    case 'disk':
      hands.reveal('ensemble');
      return void tick().then(() => hands.openDisk());
  }
}

type PacketDeed = Extract<Command, { readonly kind: 'packet' }>['deed'];

function toPacket(deed: PacketDeed, { playground, t }: FaultContext): void {
  const packet = selectedPacket(playground);
  if (packet === null) {
    // Without a packet, the tool is taken into the hand.
    if (deed === 'hold') playground.tool = playground.tool === 'hold' ? 'select' : 'hold';
    else playground.notify('info', t.tools.selectPacket);
    return;
  }
  switch (deed) {
    case 'hold':
      return void (packet.held ? release(playground, packet) : hold(playground, packet));
    case 'later':
      return void delay(playground, packet, oneMoreFlight(packet));
    case 'discard':
      return void discard(playground, packet);
    case 'overtake':
      if (playground.experiment) return void overtake(playground, packet);
      return playground.notify('info', t.tools.needsExperiment);
  }
}

function selectNth({ playground }: FaultContext, index: number): void {
  const member = playground.frame?.members[index];
  if (member === undefined) return;
  playground.group = [];
  playground.select({ kind: 'server', sid: member.sid });
}

function selectNeighbour(context: FaultContext, by: 1 | -1): void {
  const members = context.playground.frame?.members ?? [];
  const sid = context.playground.selectedServer?.sid;
  const at = members.findIndex((m) => m.sid === sid);
  const next = at === -1 ? (by === 1 ? 0 : members.length - 1) : at + by;
  selectNth(context, (next + members.length) % Math.max(1, members.length));
}

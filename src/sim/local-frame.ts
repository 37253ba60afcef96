/** Frames of a world that runs in this thread. */
import type { ClientStatus } from '../core/client/client-io.ts';
import type { ProcessId, Sid } from '../core/units.ts';
import { viewClientHost } from './client-host.ts';
import { buildFrame } from './frame-builder.ts';
import type { Frame } from './frame.ts';
import { memberTree, memberView, type LocalRun } from './local.ts';
import type { HostView } from './member-view.ts';

/** @param focus whose tree and log lines the frame carries. */
export function frameOf(run: LocalRun, focus: Sid | null = null): Frame {
  const { world, hosts } = run;
  const members = new Map<Sid, HostView>();
  for (const { sid } of world.config.ensemble.servers) members.set(sid, memberView(run, sid));
  const clients = new Map<ProcessId, ClientStatus>();
  for (const [id, host] of hosts) {
    if (host.kind === 'client') clients.set(id, viewClientHost(host));
  }
  return buildFrame(world, {
    running: false,
    speed: Infinity,
    members,
    clients,
    focus,
    tree: focus === null ? null : memberTree(run, focus),
    failure: null,
  });
}

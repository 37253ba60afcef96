/** What the chronicle answers in the place of the ensemble, about the moment in sight. */
import type { Completion } from '../../core/client/client-io.ts';
import type { ProcessId, Sid } from '../../core/units.ts';
import type { Place } from '../../sim/chronicle/model.ts';
import type { Frame } from '../../sim/frame.ts';
import type { MemberFiles } from '../../worker/api.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import type { PastAnswers } from './past.ts';

export interface Sight {
  readonly chronicle: Chronicle;
  readonly place: Place;
  readonly frame: Frame;
}

export function answersOf(sight: () => Promise<Sight>): PastAnswers {
  const at = async <T>(ask: (sight: Sight) => Promise<T>): Promise<T> => ask(await sight());
  return {
    packetBytes: (packet) => at(({ chronicle, place }) => chronicle.packetBytes(place, packet)),
    admin: (sid, word) => at(({ chronicle, place }) => chronicle.admin(place, sid, word)),
    logParts: (from, to) => at(({ chronicle, place }) => chronicle.logParts(place, from, to)),
    complete: (process, line) => at((seen) => complete(seen, process, line)),
    dataDirs: () => at(dataDirs),
    record: () =>
      at(async ({ chronicle, place, frame }) => ({
        version: 1,
        world: frame.world,
        actions: await chronicle.actions(place),
        until: place.moment.at,
      })),
    checkpoint: () => at(({ chronicle, place }) => chronicle.checkpoint(place)),
  };
}

/** From the tree of the server that the console was connected to. */
async function complete(
  { chronicle, place, frame }: Sight,
  process: ProcessId,
  line: string,
): Promise<Completion> {
  const server = frame.clients.find((client) => client.process === process)?.server ?? null;
  const tree = server === null ? null : await chronicle.tree(place, server);
  const { completeLine } = await import('../../core/client/completion.ts');
  return completeLine(line, (path) => {
    if (tree?.nodes.some((node) => node.path === path) !== true) return null;
    const prefix = path === '/' ? '/' : `${path}/`;
    return tree.nodes
      .filter((node) => node.path !== path && node.path === prefix + node.name)
      .map(({ name }) => name);
  });
}

async function dataDirs({ chronicle, place }: Sight): Promise<readonly MemberFiles[]> {
  const [{ world, hosts, images }, { filesOfImage }, { durableImage }] = await Promise.all([
    chronicle.checkpoint(place),
    import('../../sim/beginning.ts'),
    import('../../sim/member.ts'),
  ]);
  const { servers, release } = world.config.ensemble;
  return servers.map(({ sid }) => {
    const host = hosts.get(asProcess(sid));
    const image = host?.kind === 'member' ? durableImage(host) : images.get(sid);
    if (image === undefined) return { sid, files: [], dynamicConfig: null };
    return { sid, files: filesOfImage(image, release), dynamicConfig: image.dynamicConfig };
  });
}

const asProcess = (sid: Sid): ProcessId => sid as number as ProcessId;

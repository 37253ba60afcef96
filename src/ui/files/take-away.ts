/** Everything that goes into the archive with which a person leaves for real ZooKeeper. */
import type { EnsembleConfig } from '../../core/config.ts';
import { parseConfig } from '../../core/quorum/config-text.ts';
import type { DataFile } from '../../core/txn-log/file-report.ts';
import type { FilesDictionary } from '../../i18n/files.en.ts';
import type { WorldConfig } from '../../sim/actions.ts';
import type { MemberFiles } from '../../worker/api.ts';
import type { PackedFile } from '../../worker/files/api.ts';
import { clientPortOf, composeFile, folderOf, zooCfg } from './zoo-cfg.ts';

/** Without a day or a time: the same ensemble gives the same name. */
export const ARCHIVE_NAME = 'zookeeper-ensemble.zip';

/** All files lie in it. */
export const ARCHIVE_FOLDER = 'zookeeper-ensemble';

export function archiveFiles(
  world: WorldConfig,
  all: readonly MemberFiles[],
  t: FilesDictionary['readme'],
): readonly PackedFile[] {
  const ensemble = asReconfigured(world.ensemble, all);
  const members = all.filter(({ sid }) => ensemble.servers.some((server) => server.sid === sid));
  const text = (path: string, content: string): PackedFile => ({
    path: `${ARCHIVE_FOLDER}/${path}`,
    bytes: new TextEncoder().encode(content),
  });
  const dirs = members.flatMap(({ sid, files }) => {
    const folder = folderOf(sid);
    const trustEmpty = lacksSnapshot(files);
    return [
      text(`${folder}/zoo.cfg`, zooCfg(ensemble, sid, 'containers', trustEmpty)),
      text(`${folder}/local.cfg`, zooCfg(ensemble, sid, 'machine', trustEmpty)),
      text(`${folder}/data/myid`, `${String(sid)}\n`),
      // The folder is there also where a wiped disk leaves nothing in it.
      { path: `${ARCHIVE_FOLDER}/${folder}/data/version-2/`, bytes: new Uint8Array(0) },
      ...files.map(({ name, bytes }) => ({
        path: `${ARCHIVE_FOLDER}/${folder}/data/version-2/${name}`,
        bytes,
      })),
    ];
  });
  return [
    text('README.md', readme(ensemble.servers.length, members, ensemble, t)),
    text('docker-compose.yml', composeFile(ensemble)),
    ...dirs,
  ];
}

/** There are logs, and a start would find nothing that they go on from. */
function lacksSnapshot(files: readonly DataFile[]): boolean {
  const has = (prefix: string): boolean => files.some(({ name }) => name.startsWith(prefix));
  return has('log.') && !has('snapshot.');
}

/** The servers as the latest reconfiguration left them, where there was one. */
function asReconfigured(ensemble: EnsembleConfig, members: readonly MemberFiles[]): EnsembleConfig {
  const [latest] = members
    .flatMap(({ dynamicConfig }) =>
      dynamicConfig === null ? [] : [parseConfig(dynamicConfig, false)],
    )
    .sort((a, b) => (a.version > b.version ? -1 : 1));
  if (latest === undefined) return ensemble;
  const servers = latest.members.map(({ sid, type }) => ({ sid, type }));
  return { ...ensemble, servers };
}

function readme(
  count: number,
  members: readonly MemberFiles[],
  ensemble: WorldConfig['ensemble'],
  t: FilesDictionary['readme'],
): string {
  const hosts = members.map(({ sid }) => `127.0.0.1:${String(clientPortOf(ensemble, sid))}`);
  const starts = members.map(({ sid }) => `zkServer.sh start "$PWD/${folderOf(sid)}/local.cfg"`);
  const stops = members.map(({ sid }) => `zkServer.sh stop "$PWD/${folderOf(sid)}/local.cfg"`);
  const block = (lines: readonly string[]): string => `\`\`\`sh\n${lines.join('\n')}\n\`\`\``;
  return [
    `# ${t.title}`,
    t.lead(count),
    `## ${t.docker}`,
    block(['docker compose up -d', 'docker compose exec server1 zkCli.sh ls -R /']),
    t.dockerNote,
    `## ${t.plain}`,
    t.plainLead,
    block([...starts, `zkCli.sh -server ${hosts.join(',')} ls -R /`]),
    block(stops),
    `## ${t.know}`,
    t.notes.map((note) => `- ${note}`).join('\n'),
    '',
  ].join('\n\n');
}

/** Evidence: lines that an operator can read, and whether they are there. */
import type { ProcessId, Sid } from '../../core/units.ts';
import { adminText } from '../../sim/admin-text.ts';
import { memberView, type LocalRun } from '../../sim/local.ts';
import { diskLines } from './disk-lines.ts';
import type { Cited, Diagnosis, Proof } from './lesson.ts';

/** Words that a proof may ask for; those that change something are none of them. */
export const READING_WORDS = [
  'ruok',
  'srvr',
  'stat',
  'mntr',
  'conf',
  'cons',
  'dump',
  'envi',
  'isro',
  'wchs',
  'wchc',
  'wchp',
  'dirs',
  'hash',
] as const;

/** All lines of that source at this moment, oldest first. */
export function linesOf(
  run: LocalRun,
  process: number,
  source: Cited['source'],
  word: string | null,
): readonly string[] {
  const found = run.world.byId.get(process as ProcessId);
  if (found === undefined) return [];
  if (source === 'log') return found.log.map(({ message }) => message);
  if (source === 'console') return found.transcript.map((line) => line.text);
  if (source === 'disk') {
    if (found.kind !== 'server') return [];
    return diskLines(memberView(run, process as Sid).disk);
  }
  const host = run.hosts.get(process as ProcessId);
  if (host?.kind !== 'member' || word === null) return [];
  return (adminText(host, word, run.world.now) ?? '').split('\n');
}

export function isInRun(run: LocalRun, { process, source, word, text }: Cited): boolean {
  return linesOf(run, process, source, word).includes(text);
}

/** How many different proofs there are among what was cited. */
export function countProofs(diagnosis: Diagnosis | null, cited: readonly Cited[]): number {
  const proofs = diagnosis?.proofs ?? [];
  return proofs.filter((proof) => cited.some((one) => isProof(proof, one))).length;
}

function isProof(proof: Proof, { source, process, word, text }: Cited): boolean {
  return (
    proof.source === source &&
    (proof.server === undefined || proof.server === process) &&
    (proof.word === undefined || proof.word === word) &&
    new RegExp(proof.text).test(text)
  );
}

/** The first line for every proof that there is one for, as somebody who knows would cite them. */
export function citeAll(run: LocalRun, { proofs }: Diagnosis): readonly Cited[] {
  const { events } = run.world;
  return proofs.flatMap(({ source, server, client, word, text }) => {
    const pattern = new RegExp(text);
    for (const { id, kind, name } of run.world.processes) {
      if (kind !== (source === 'console' ? 'client' : 'server')) continue;
      if (server !== undefined && server !== (id as number)) continue;
      if (client !== undefined && client !== name) continue;
      const words = source === 'word' ? (word === undefined ? READING_WORDS : [word]) : [null];
      for (const asked of words) {
        const line = linesOf(run, id, source, asked).find((one) => pattern.test(one));
        if (line !== undefined) return [{ source, process: id, word: asked, text: line, events }];
      }
    }
    return [];
  });
}

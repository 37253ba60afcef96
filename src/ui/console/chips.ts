/** Commands to start from: a press puts one into the input line, to be changed and run. */
import { quoted } from '../tree/commands.ts';

export type ChipName = 'ls' | 'create' | 'get' | 'set' | 'delete';

export interface Chip {
  readonly name: ChipName;
  readonly label: string;
  /** As it is to stand in the line. */
  readonly text: string;
}

/** @param path of the selected znode, or null. */
export function chipsFor(path: string | null): readonly Chip[] {
  const at = quoted(path ?? '/');
  const beneath = path === null || path === '/' ? '/' : `${quoted(path)}/`;
  const there = path === null || path === '/' ? '/' : quoted(path);
  return [
    { name: 'ls', label: 'ls', text: `ls ${at}` },
    { name: 'create', label: 'create', text: `create ${beneath}` },
    { name: 'create', label: 'create -e', text: `create -e ${beneath}` },
    { name: 'get', label: 'get -w', text: `get -w ${there}` },
    { name: 'set', label: 'set', text: `set ${there === '/' ? '/' : `${there} `}` },
    { name: 'delete', label: 'delete', text: `delete ${there}` },
  ];
}

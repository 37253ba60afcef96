/** Which words an operator asks for, and the answer of `srvr` in columns. */

/** Those that a person may ask for, the first most. */
export const OPERATOR_WORDS = [
  ...['srvr', 'ruok', 'mntr', 'conf', 'cons', 'dump', 'wchs', 'isro', 'stat', 'envi', 'dirs'],
  'hash',
] as const;

const FIELDS = {
  mode: 'Mode:',
  zxid: 'Zxid:',
  latency: 'Latency min/avg/max:',
  outstanding: 'Outstanding:',
  nodes: 'Node count:',
} as const;
export type SrvrField = keyof typeof FIELDS;

/** A cell of the table: what it shows, and the whole line that says so, to be cited. */
export interface SrvrCell {
  readonly field: SrvrField;
  readonly shown: string;
  readonly line: string;
}

/** Empty where the server says that it does not serve. */
export function srvrCells(text: string): readonly SrvrCell[] {
  const lines = text.split('\n');
  const cells = Object.entries(FIELDS).map(([name, label]) => {
    const line = lines.find((one) => one.startsWith(label)) ?? '';
    return { field: name as SrvrField, shown: line.slice(label.length).trim(), line };
  });
  return cells.some(({ field, line }) => field === 'mode' && line !== '') ? cells : [];
}

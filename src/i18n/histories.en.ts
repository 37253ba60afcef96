/** English texts of the client histories. */
export const historiesEn = {
  title: 'Histories',
  empty: 'No client has asked for anything yet. Write a command into the console.',
  lead: 'A row for each session, a box from each request to its answer.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Whole run',
  now: 'Now',
  nowTitle: 'Keep the end of the run in sight',
  earlier: 'Earlier',
  later: 'Later',
  reads: 'reads',
  writes: 'writes',
  failed: 'refused',
  unanswered: 'no answer',
  row: (name: string, count: number) =>
    `Session ${name}: ${String(count)} requests. Arrows go from one to the next, Enter goes to the answer's moment.`,
  operation: (asked: string, from: string, to: string) => `${asked}, ${from} to ${to}`,
  pending: 'no answer yet',
  tookEffect: (zxid: string, at: string) =>
    `It took effect at ${at} s, as transaction ${zxid}: from then on every server that has it shows it.`,
  showsState: (zxid: string) =>
    `It shows the state at ${zxid}. A read may be behind the leader, but never behind what this session has seen.`,
  noEffect: 'It had no effect that is known.',
  server: (sid: number) => `through server ${String(sid)}`,
  answer: 'Answer',
  asked: 'Request',
  goThere: 'Go to this moment',
  cut: (shown: number, all: number) =>
    `${String(shown)} of ${String(all)} requests in sight are drawn; zoom in to see all.`,
};

export type HistoriesDictionary = typeof historiesEn;

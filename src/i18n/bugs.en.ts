/** English texts of the lamps and the monkey, and of the way to the hunt for bugs. */
export const bugsEn = {
  bar: { label: 'Bugs', title: 'Hunt bugs: historic ones, or from this very moment' },
  monkey: {
    label: 'Monkey',
    title: 'Let the monkey play: it breaks and mends things, from the seed alone',
    plays: 'The monkey plays.',
    intensity: 'Intensity',
    of: (n: number) => `${String(n)} of 10`,
    stop: 'Call it off',
    came: 'The monkey plays. It stops when a property breaks.',
    gone: 'The monkey has gone.',
  },
  lamps: {
    groups: {
      A: 'Protocol',
      B: 'Every step legal',
      C: 'Disks, trees, elections',
      K: 'What clients see',
      D: 'Liveness',
    },
    notes: {
      A: 'What Zab promises: one leader an epoch, one history for all.',
      B: 'Branches that correct code never takes.',
      C: 'What must be on disk before it is said, and equal trees everywhere.',
      K: 'Order, reads, watches and sessions, judged from the clients’ own histories.',
      D: 'Asked when the faults are over: at the end of a run of the swarm, or of a script.',
    },
    of: (holding: number, all: number) => `${String(holding)}/${String(all)}`,
    trueNow: 'true now',
    lastTrue: (at: string) => `last true at ${at} s`,
    brokenAt: (at: string) => `broken at ${at} s`,
    atEnd: 'asked at the end of a run',
    show: 'Show the event',
    lamp: (name: string, holds: boolean) => `${name}: ${holds ? 'holds' : 'violated'}`,
  },
};

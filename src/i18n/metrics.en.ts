/** English texts of the metrics. */
export const metricsEn = {
  title: 'Metrics',
  empty: 'Nothing has been measured yet. Let time run.',
  none: 'nobody has this figure',
  members: 'Whose line is strong',
  all: 'All',
  over: (from: string, to: string, every: string) =>
    `From ${from} s to ${to} s, every ${every}. The names are those of mntr.`,
  at: (moment: string) => `at ${moment} s`,
  chart: (name: string, values: string) => `${name}: ${values}`,
  value: (sid: number, value: string) => `server ${String(sid)} ${value}`,
  down: '–',
  meanings: {
    zk_avg_latency: 'Milliseconds from a request to its answer, on average since the start.',
    zk_max_latency: 'The longest that a request took, in milliseconds.',
    zk_outstanding_requests: 'Requests that came in and are not answered yet.',
    zk_num_alive_connections: 'Clients connected to this server.',
    zk_znode_count: 'Znodes in the tree of this server.',
    zk_watch_count: 'Watches that clients left at this server.',
    zk_ephemerals_count: 'Znodes that go when their session ends.',
    zk_global_sessions: 'Sessions that the whole ensemble knows.',
    zk_packets_received: 'Packets from clients.',
    zk_packets_sent: 'Packets to clients.',
    zk_synced_followers: 'Followers that keep up; the leader alone knows.',
    zk_pending_syncs: 'Calls of sync that wait for their turn; the leader alone knows.',
    zk_proposal_count: 'Proposals that the leader made.',
    zk_commit_count: 'Commits that came in.',
    zk_fsynctime_avg: 'How long an fsync of the log takes, in milliseconds.',
    zk_election_time_avg: 'How long elections took here, in milliseconds.',
    sync_lag: 'Transactions that the leader has and this server has not applied yet.',
  },
};

export type MetricsDictionary = typeof metricsEn;

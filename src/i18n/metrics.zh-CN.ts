/** Simplified Chinese texts of the metrics. */
import type { MetricsDictionary } from './metrics.en.ts';

export const metricsZhCN: MetricsDictionary = {
  title: '指标',
  empty: '还没有量到什么。让时间走起来。',
  none: '没有服务器有这个数字',
  members: '突出谁的曲线',
  all: '全部',
  over: (from, to, every) => `从 ${from} s 到 ${to} s，每 ${every} 一次。名称与 mntr 相同。`,
  at: (moment) => `${moment} s 时`,
  chart: (name, values) => `${name}：${values}`,
  value: (sid, value) => `服务器 ${String(sid)} ${value}`,
  down: '–',
  meanings: {
    zk_avg_latency: '启动以来，从请求到应答的平均毫秒数。',
    zk_max_latency: '最慢的一个请求用了多少毫秒。',
    zk_outstanding_requests: '已经收到、还没有应答的请求。',
    zk_num_alive_connections: '连接在这台服务器上的客户端。',
    zk_znode_count: '这台服务器的树中有多少 znode。',
    zk_watch_count: '客户端留在这台服务器上的 watch。',
    zk_ephemerals_count: '随 session 结束而消失的 znode。',
    zk_global_sessions: '整个集群都知道的 session。',
    zk_packets_received: '来自客户端的包。',
    zk_packets_sent: '发给客户端的包。',
    zk_synced_followers: '跟得上的 follower；只有 leader 知道。',
    zk_pending_syncs: '等待轮到自己的 sync 调用；只有 leader 知道。',
    zk_proposal_count: 'leader 提出的 proposal。',
    zk_commit_count: '收到的 commit。',
    zk_fsynctime_avg: '日志一次 fsync 用多少毫秒。',
    zk_election_time_avg: '在这里选举用了多少毫秒。',
    sync_lag: 'leader 已有、这台服务器还没有应用的事务数。',
  },
};

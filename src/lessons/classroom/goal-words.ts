/** What a goal checks, in words, for goals that nobody wrote words for. */
import { unreachable } from '../../core/assert.ts';
import { isFact, type Fact, type GoalTest, type Happening } from '../engine/goal.ts';
import type { Range, ServerRef, TreeRef, What } from '../engine/goal.ts';
import { words, type Words } from '../engine/lesson.ts';

export function goalWords(test: GoalTest): Words {
  switch (test.test) {
    case 'happens': {
      const { en, 'zh-CN': zh } = predicateWords(test.what);
      const times = test.times ?? 1;
      return times === 1
        ? words(en, zh)
        : words(`${en}, ${String(times)} times`, `${zh}，共 ${String(times)} 次`);
    }
    case 'reached': {
      const { en, 'zh-CN': zh } = factWords(test.what);
      const seconds = String((test.lasting ?? 0) / 1_000_000);
      return seconds === '0'
        ? words(`At some moment ${en}`, `在某一时刻，${zh}`)
        : words(`For ${seconds} s without a break ${en}`, `连续 ${seconds} 秒，${zh}`);
    }
    case 'stands': {
      const { en, 'zh-CN': zh } = factWords(test.what);
      return words(`At the end ${en}`, `最后，${zh}`);
    }
    case 'never': {
      const { en, 'zh-CN': zh } = whatWords(test.what);
      return words(`Never: ${en}`, `从不：${zh}`);
    }
    case 'budget':
      return words(
        `At most ${String(test.atMost)} ${test.atMost === 1 ? 'action' : 'actions'}${kindsText(test.kinds, ' of these kinds: ')}`,
        `最多 ${String(test.atMost)} 次操作${kindsText(test.kinds, '，只计：')}`,
      );
    case 'safe':
      return words('No property of ZooKeeper is broken', '没有违反 ZooKeeper 的任何性质');
    case 'broken':
      return words(
        `${test.property ?? 'A property'} is broken`,
        `违反了${test.property === undefined ? '某条性质' : ` ${test.property}`}`,
      );
    case 'predicted':
      return words('Your prediction came true', '你的预测成真');
    case 'diagnosed':
      return words(
        `The cause is named, with evidence (${String(test.evidence)})`,
        `指出原因，并给出证据（${String(test.evidence)} 条）`,
      );
    default:
      return unreachable(test);
  }
}

const kindsText = (kinds: readonly string[] | undefined, before: string): string =>
  kinds === undefined ? '' : before + kinds.join(', ');

/** As a sentence of its own, without its full stop. */
export function predicateWords(what: What): Words {
  const { en, 'zh-CN': zh } = whatWords(what);
  return words(en.charAt(0).toUpperCase() + en.slice(1), zh);
}

function whatWords(what: What): Words {
  return isFact(what) ? factWords(what) : happeningWords(what);
}

/** As the end of a sentence: `… server 3 leads`. */
function factWords(fact: Fact): Words {
  switch (fact.fact) {
    case 'all':
      return joined(fact.of, ' and ', '，并且');
    case 'any':
      return joined(fact.of, ' or ', '，或者');
    case 'not': {
      const { en, 'zh-CN': zh } = factWords(fact.of);
      return words(`it is not so that ${en}`, `并非${zh}`);
    }
    case 'serves':
      return fact.by === undefined
        ? words('a leader serves with a quorum', '有 leader 在 quorum 支持下提供服务')
        : words(
            `${server(fact.by).en} leads and serves`,
            `${server(fact.by)['zh-CN']}是 leader 并提供服务`,
          );
    case 'allServe':
      return fact.servers === undefined
        ? words('all servers serve', '所有服务器都提供服务')
        : words(
            `servers ${fact.servers.join(', ')} serve`,
            `服务器 ${fact.servers.join('、')} 都提供服务`,
          );
    case 'role':
      return words(
        `server ${String(fact.server)} is ${fact.is}`,
        `服务器 ${String(fact.server)} 处于 ${fact.is}`,
      );
    case 'running':
      return words(`${server(fact.server).en} runs`, `${server(fact.server)['zh-CN']}在运行`);
    case 'znode':
      return znodeWords(fact);
    case 'client':
      return words(
        `client ${fact.client} is ${fact.is}${fact.server === undefined ? '' : ` with ${server(fact.server).en}`}${fact.timeout === undefined ? '' : `, timeout ${range(fact.timeout)} ms`}`,
        `客户端 ${fact.client} ${CLIENT_IS[fact.is]}${fact.server === undefined ? '' : `（${server(fact.server)['zh-CN']}）`}${fact.timeout === undefined ? '' : `，超时 ${range(fact.timeout)} ms`}`,
      );
    case 'watch':
      return words(
        `client ${fact.client} has a watch on ${fact.path}`,
        `客户端 ${fact.client} 在 ${fact.path} 上有 watch`,
      );
    default:
      return countWords(fact);
  }
}

type CountFact = Extract<
  Fact,
  {
    readonly fact:
      | 'watches'
      | 'sessions'
      | 'epoch'
      | 'agree'
      | 'logged'
      | 'snapshots'
      | 'noFaults'
      | 'cut'
      | 'voters'
      | 'observers';
  }
>;

function countWords(fact: CountFact): Words {
  switch (fact.fact) {
    case 'watches':
      return words(`there are ${range(fact.count)} watches`, `watch 数为 ${range(fact.count)}`);
    case 'sessions':
      return words(`there are ${range(fact.count)} sessions`, `session 数为 ${range(fact.count)}`);
    case 'epoch':
      return words(`the epoch is ${range(fact.is)}`, `epoch 为 ${range(fact.is)}`);
    case 'agree':
      return words('all running servers have the same tree', '所有运行中的服务器的树都相同');
    case 'logged':
      return words(
        `a change of ${fact.path} is in the log of ${server(fact.server).en}${fact.synced === true ? ', synced' : ''}`,
        `${server(fact.server)['zh-CN']}的日志里有对 ${fact.path} 的修改${fact.synced === true ? '，且已落盘' : ''}`,
      );
    case 'snapshots':
      return words(
        `${server(fact.server).en} has ${range(fact.count)} snapshots`,
        `${server(fact.server)['zh-CN']}有 ${range(fact.count)} 个快照`,
      );
    case 'noFaults':
      return words('nothing is broken any more', '不再有任何故障');
    case 'cut':
      return words(
        `nothing passes from server ${String(fact.from)} to server ${String(fact.to)}`,
        `服务器 ${String(fact.from)} 到服务器 ${String(fact.to)} 不通`,
      );
    case 'voters':
      return words(`the voters are ${fact.are.join(', ')}`, `投票成员是 ${fact.are.join('、')}`);
    case 'observers':
      return words(
        `the observers are ${fact.are.join(', ')}`,
        `observer 是 ${fact.are.join('、')}`,
      );
    default:
      return unreachable(fact);
  }
}

const CLIENT_IS = { connected: '已连接', disconnected: '已断开', closed: '已结束' } as const;

function joined(facts: readonly Fact[], and: string, zhAnd: string): Words {
  const all = facts.map(factWords);
  return words(all.map(({ en }) => en).join(and), all.map((one) => one['zh-CN']).join(zhAnd));
}

function znodeWords(fact: Extract<Fact, { readonly fact: 'znode' }>): Words {
  const { path, at, kind, text, version, children, owner } = fact;
  const { cversion, aversion, rising } = fact;
  const en = [
    kind === undefined ? '' : ` as ${kind}`,
    text === undefined ? '' : ` with the data “${text}”`,
    version === undefined ? '' : `, version ${range(version)}`,
    children === undefined ? '' : `, ${range(children)} children`,
    cversion === undefined ? '' : `, cversion ${range(cversion)}`,
    aversion === undefined ? '' : `, aversion ${range(aversion)}`,
    rising === undefined ? '' : `, ${rising.join(' < ')}`,
    owner === undefined ? '' : `, owned by client ${owner}`,
    at === undefined ? '' : ` ${tree(at).en}`,
  ];
  const zh = [
    kind === undefined ? '' : `，类型 ${kind}`,
    text === undefined ? '' : `，数据为 “${text}”`,
    version === undefined ? '' : `，版本 ${range(version)}`,
    children === undefined ? '' : `，子节点数 ${range(children)}`,
    cversion === undefined ? '' : `，cversion ${range(cversion)}`,
    aversion === undefined ? '' : `，aversion ${range(aversion)}`,
    rising === undefined ? '' : `，${rising.join(' < ')}`,
    owner === undefined ? '' : `，属于客户端 ${owner}`,
    at === undefined ? '' : `（${tree(at)['zh-CN']}）`,
  ];
  return words(`${path} is there${en.join('')}`, `${path} 存在${zh.join('')}`);
}

export function range({ min, max }: Range): string {
  if (min !== undefined && max !== undefined) {
    return min === max ? String(min) : `${String(min)}–${String(max)}`;
  }
  if (min !== undefined) return `≥ ${String(min)}`;
  return max === undefined ? '…' : `≤ ${String(max)}`;
}

function server(ref: ServerRef): Words {
  if (ref === 'leader') return words('the leader', 'leader ');
  if (ref === 'firstLeader') return words('the first leader', '最初的 leader ');
  return words(`server ${String(ref)}`, `服务器 ${String(ref)} `);
}

function tree(ref: TreeRef): Words {
  if (ref === 'every') return words('on every running server', '在每台运行中的服务器上');
  if (ref === 'some') return words('on some running server', '在某台运行中的服务器上');
  return words(`on ${server(ref).en}`, `在${server(ref)['zh-CN'].trimEnd()}上`);
}

/** As a sentence without its full stop. */
function happeningWords(what: Happening): Words {
  switch (what.happening) {
    case 'answer': {
      const who = what.client === undefined ? '' : ` ${what.client}`;
      const op = [what.op ?? 'request', what.path ?? ''].join(' ').trimEnd();
      const err = what.err === undefined ? '' : what.err === 0 ? ': OK' : `: ${String(what.err)}`;
      return words(`A client${who} is answered ${op}${err}`, `客户端${who} 得到答复：${op}${err}`);
    }
    case 'watch': {
      const who = what.client === undefined ? '' : ` ${what.client}`;
      const of = [what.type ?? 'watch', what.path ?? ''].join(' ').trimEnd();
      return words(`A watch fires at a client${who}: ${of}`, `客户端${who} 的 watch 触发：${of}`);
    }
    case 'expires':
      return what.client === undefined
        ? words('A session expires', '有 session 过期')
        : words(
            `The session of client ${what.client} expires`,
            `客户端 ${what.client} 的 session 过期`,
          );
    case 'session':
      return words(
        `A client${what.client === undefined ? '' : ` ${what.client}`} becomes ${what.is}`,
        `客户端${what.client === undefined ? '' : ` ${what.client}`} 变为${CLIENT_IS[what.is]}`,
      );
    case 'sent':
      return words(
        `${what.type} is sent${ends(what).en}`,
        `发送 ${what.type}${ends(what)['zh-CN']}`,
      );
    case 'arrives':
      return words(
        `${what.type} arrives${ends(what).en}`,
        `${what.type} 到达${ends(what)['zh-CN']}`,
      );
    default:
      return serverWords(what);
  }
}

type ServerHappening = Exclude<
  Happening,
  { readonly happening: 'answer' | 'watch' | 'expires' | 'session' | 'sent' | 'arrives' }
>;

function serverWords(what: ServerHappening): Words {
  switch (what.happening) {
    case 'elected':
      return what.server === undefined
        ? words('A new epoch begins', '新的 epoch 开始')
        : words(`Server ${String(what.server)} is elected`, `服务器 ${String(what.server)} 当选`);
    case 'syncs':
      return words(
        `${what.server === undefined ? 'A learner' : server(what.server).en} is brought up to date by ${what.how}`,
        `${what.server === undefined ? '某个 learner ' : server(what.server)['zh-CN']}以 ${what.how} 同步`,
      );
    case 'exits':
      return what.server === undefined
        ? words('A server ends itself', '有服务器自行退出')
        : words(
            `Server ${String(what.server)} ends itself`,
            `服务器 ${String(what.server)} 自行退出`,
          );
    case 'prints':
      return words(`A console shows “${what.text}”`, `控制台显示 “${what.text}”`);
    case 'logs':
      return words(`A server logs “${what.text}”`, `服务器的日志出现 “${what.text}”`);
    case 'commits':
      return words(`A change of ${what.path} is committed`, `对 ${what.path} 的修改被提交`);
    case 'snapshot':
      return words('A server takes a snapshot', '服务器生成快照');
    case 'mark':
      return words(`This comes about: ${what.name}`, `发生：${what.name}`);
    case 'does': {
      const whom = what.client ?? (what.server === undefined ? '' : server(what.server).en);
      const zh = what.client ?? (what.server === undefined ? '' : server(what.server)['zh-CN']);
      const line = what.line === undefined ? '' : ` “${what.line}”`;
      return words(
        `You do this: ${[what.action, whom].join(' ').trimEnd()}${line}`,
        `你执行：${[what.action, zh].join(' ').trimEnd()}${line}`,
      );
    }
    default:
      return unreachable(what);
  }
}

function ends({
  from,
  to,
}:
  | Extract<Happening, { readonly happening: 'sent' }>
  | Extract<Happening, { readonly happening: 'arrives' }>): Words {
  const en = [
    from === undefined ? '' : ` from ${server(from).en}`,
    to === undefined ? '' : ` at ${server(to).en}`,
  ];
  const zh = [
    from === undefined ? '' : `，来自${server(from)['zh-CN'].trimEnd()}`,
    to === undefined ? '' : `，到${server(to)['zh-CN'].trimEnd()}`,
  ];
  return words(en.join(''), zh.join(''));
}

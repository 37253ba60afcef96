#!/usr/bin/env python3
"""Part of this project's own harness for a real ZooKeeper.

fill.py HOST:PORT -- writes every kind of node, ACL and transaction that a client can cause, and enough of them for several log
files and snapshots where snapCount is low. Leaves one session open, with its ephemeral nodes. Standard library only.
"""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'conformance'))
from zkwire import Conn, MODES, parse_hosts  # noqa: E402

OPEN = [[31, 'world', 'anyone']]
HOUR = 3600000


def ok(answer):
    if answer[0]:
        raise RuntimeError('error %d' % answer[0])
    return answer[1]


def mk(c, path, data=b'', mode='p', acl=OPEN, op='create2', **more):
    return ok(c.call(op, dict({'path': path, 'data': data, 'flags': MODES[mode], 'acl': acl}, **more)))


def nodes(c):
    mk(c, '/persistent', b'plain text data')
    mk(c, '/plain', b'as create, not create2', op='create')
    for i in range(3):
        mk(c, '/persistent/seq-', b'item %d' % i, 'ps')
    mk(c, '/versions', b'v0')
    for i in range(5):
        ok(c.call('set', {'path': '/versions', 'data': b'v%d' % (i + 1), 'version': i}))
    mk(c, '/come-and-go')
    for k in 'abcd':
        mk(c, '/come-and-go/' + k, k.encode())
    for k in 'bd':
        ok(c.call('delete', {'path': '/come-and-go/' + k}))
    mk(c, '/binary', bytes(range(256)))
    mk(c, '/null-data', None)
    mk(c, '/big-data', bytes((i * 7 + 3) & 255 for i in range(20000)))
    mk(c, '/unicode')
    for n in ('żółw', '日本語', 'combining-e\u0301'):
        mk(c, '/unicode/' + n, n.encode())
    path = ''
    for i in range(14):
        path += '/deep%02d' % i
        mk(c, path, b'depth %d' % (i + 1))
    mk(c, '/container', b'a container', 'c', op='createContainer')
    mk(c, '/container/child')
    mk(c, '/ttl', b'ttl node', 'pttl', op='createTTL', ttl=1000000000000)
    mk(c, '/ttl-seq-', b'', 'psttl', op='createTTL', ttl=999999999999)
    mk(c, '/live', b'lives', 'e')
    mk(c, '/live-sequence')
    for _ in range(3):
        mk(c, '/live-sequence/n-', b'', 'es')


def acls(a):
    for credentials in ('u1:p1', 'u2:p2'):
        a.call('auth', {'scheme': 'digest', 'auth': credentials})
    mk(a, '/acl')
    mk(a, '/acl/creator', b'secret of u1 and u2', acl=[[31, 'auth', '']])
    mk(a, '/acl/mixed', acl=[[1, 'world', 'anyone'], [31, 'digest', 'u1:fpT/y03U+EjItKZOSLGvjnJlyng=']])
    mk(a, '/acl/none', acl=[[0, 'world', 'anyone']])
    mk(a, '/acl/ip', acl=[[31, 'ip', '127.0.0.0/8'], [1, 'ip', '10.1.2.3']])
    mk(a, '/acl/changed')
    ok(a.call('setACL', {'path': '/acl/changed', 'acl': [[9, 'world', 'anyone'], [31, 'auth', '']], 'version': 0}))
    mk(a, '/acl/same-as-creator', acl=[[31, 'auth', '']])
    mk(a, '/limited')
    mk(a, '/zookeeper/quota/limited')
    mk(a, '/zookeeper/quota/limited/zookeeper_limits', b'count=10,bytes=1000;byteHardLimit=2000;countHardLimit=20')
    mk(a, '/zookeeper/quota/limited/zookeeper_stats', b'count=0,bytes=0')
    mk(a, '/limited/one', b'12345')
    mk(a, '/limited/two', b'1234567890')


def multis(a):
    ok(a.call('multi', {'ops': [('create', {'path': '/multi', 'data': b'm'}), ('create', {'path': '/multi/a', 'data': b'1'}),
                                ('set', {'path': '/multi', 'data': b'm2'}), ('check', {'path': '/multi', 'version': 1}),
                                ('delete', {'path': '/multi/a'}), ('create2', {'path': '/multi/s-', 'data': b'', 'flags': 2})]}))
    # Transactions of errors: all of a multi, and single ones.
    a.call('multi', {'ops': [('create', {'path': '/never', 'data': b''}), ('delete', {'path': '/does-not-exist'})]})
    a.call('create', {'path': '/multi', 'data': b''})
    a.call('set', {'path': '/multi', 'data': b'', 'version': 77})


def traffic(c, count):
    """Writes in flight while snapshots are taken."""
    mk(c, '/f')
    requests = []
    for i in range(count):
        k = i % 7
        if k < 4:
            requests.append(('create', {'path': '/f/n%04d' % i, 'data': b'%d' % i, 'flags': 0}))
        elif k == 4:
            requests.append(('set', {'path': '/f/n%04d' % (i - 3), 'data': b'changed %d' % i}))
        elif k == 5:
            requests.append(('delete', {'path': '/f/n%04d' % (i - 4)}))
        else:
            requests.append(('create2', {'path': '/f/s-', 'data': b'', 'flags': 2}))
    for i in range(0, len(requests), 60):
        sent = [c.request(*request) for request in requests[i:i + 60]]
        for _ in sent:
            c.read_frame()


def main():
    host, port = parse_hosts(sys.argv[1])[0]
    c = Conn(host, port)
    c.handshake(HOUR)
    nodes(c)
    a = Conn(host, port)
    a.handshake(30000)
    acls(a)
    multis(a)
    mk(a, '/of-a-closed-session', b'', 'e')
    ok(a.call('close'))
    a.close()
    traffic(c, 150)
    ok(c.call('set', {'path': '/persistent', 'data': b'changed at last'}))
    ok(c.call('delete', {'path': '/persistent/seq-0000000001'}))
    ok(c.call('sync', {'path': '/'}))
    print('session 0x%x' % (c.session & (2 ** 64 - 1)))
    c.close()


main()

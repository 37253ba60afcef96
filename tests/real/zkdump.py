#!/usr/bin/env python3
"""Part of this project's own harness for a real ZooKeeper.

zkdump.py HOST:PORT [ROOT] -- the whole tree of a server as JSON (path, data base64, stat, acl). Standard library only.

Reads as super:secret (real-*.sh start their servers so), hence digest ACL ids are shown unmasked; falls back to what it may read.
Stats are 64-bit: zxids and ephemeralOwner are given as 0x hex strings, times in ms as numbers. The dumping session itself
costs the server one createSession txn (and a closeSession at the end), which move the server's zxid but no node's stat.
"""
import base64
import json
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'conformance'))
from zkwire import Conn, parse_hosts, flw


def hx(v):
    return '0x%x' % (v & 0xffffffffffffffff)


def dump(c, root='/'):
    """Every node as the session of Conn c sees it (it is made super first)."""
    c.call('auth', {'scheme': 'digest', 'auth': 'super:secret'})
    nodes = []

    def walk(p):
        err, r = c.call('get', {'path': p})
        if err:
            nodes.append({'path': p, 'error': err})
            return
        st = {k: (hx(v) if k in ('czxid', 'mzxid', 'pzxid', 'ephemeralOwner') else v) for k, v in r['stat'].items()}
        err, a = c.call('getACL', {'path': p})
        nodes.append({'path': p, 'data': None if r['data'] is None else base64.b64encode(r['data']).decode(), 'stat': st,
                      'acl': [{'perms': x[0], 'scheme': x[1], 'id': x[2]} for x in a['acl']] if not err else {'error': err}})
        err, ch = c.call('getChildren', {'path': p})
        for k in sorted(ch.get('children') or []):
            walk((p if p != '/' else '') + '/' + k)

    walk(root)
    return nodes


def main():
    host, port = parse_hosts(sys.argv[1])[0]
    root = sys.argv[2] if len(sys.argv) > 2 else '/'
    srvr = flw(host, port, 'srvr')
    c = Conn(host, port)
    c.handshake(10000)
    nodes = dump(c, root)
    c.call('close')
    c.close()
    zx = [l for l in srvr.splitlines() if l.startswith('Zxid')]
    json.dump({'server': srvr.splitlines()[0] if srvr else '', 'zxidBefore': zx[0].split()[-1] if zx else None, 'count': len(nodes), 'nodes': nodes}, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == '__main__':
    main()

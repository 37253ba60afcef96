"""Points kazoo's own test-suite at servers that already run, and writes down the outcome of each test.

A plugin for pytest. KAZOO_HOSTS is host:port,host:port,...; KAZOO_CONTROL is a command in which {verb}
(stop, start) and {n} (1 ...) are replaced, for the tests that stop servers; KAZOO_RESULTS is the file
that takes the outcomes, as JSON.
"""
import json
import os
import subprocess

import kazoo.testing.harness as harness

OUTCOMES = {}


class Server:
    """Stands in for kazoo.testing.common.ManagedZooKeeper."""

    def __init__(self, n, address):
        self.n = n
        self.address = address
        self.running = True

    @property
    def client_port(self):
        return int(self.address.rsplit(':', 1)[1])

    def control(self, verb):
        command = os.environ['KAZOO_CONTROL'].format(verb=verb, n=self.n)
        subprocess.run(command, shell=True, check=True, timeout=60)

    def run(self):
        if not self.running:
            self.control('start')
            self.running = True

    def stop(self):
        if self.running:
            self.control('stop')
            self.running = False


class Cluster(list):
    """Stands in for kazoo.testing.common.ZookeeperCluster."""

    def start(self):
        for server in self:
            server.run()

    def stop(self):
        for server in self:
            server.stop()

    terminate = stop


CLUSTER = Cluster(Server(i + 1, address) for i, address in enumerate(os.environ['KAZOO_HOSTS'].split(',')))
harness.get_global_cluster = lambda: CLUSTER


def pytest_runtest_logreport(report):
    name = report.nodeid.split('kazoo/tests/')[-1]
    if report.when == 'call' or report.outcome != 'passed':
        OUTCOMES[name] = report.outcome


def pytest_sessionfinish(session, exitstatus):
    with open(os.environ['KAZOO_RESULTS'], 'w', encoding='utf-8') as file:
        json.dump(dict(sorted(OUTCOMES.items())), file, indent=1)
        file.write('\n')

#!/usr/bin/env bash
# Part of this project's own harness for a real ZooKeeper; needs Debian's package zookeeper.
# real-ensemble.sh -- a real Apache ZooKeeper 3-server (or N-server) ensemble on 127.0.0.1.
#
#   real-ensemble.sh start  DIR      write configs under DIR, start all, wait until all serve
#   real-ensemble.sh stop   DIR      stop every server started from DIR (by pid file)
#   real-ensemble.sh status DIR      one line per server: id port pid mode zxid
#   real-ensemble.sh leader DIR      prints the id of the leader
#   real-ensemble.sh hosts  DIR      prints host:port,host:port,...
#   real-ensemble.sh up     DIR N    start server N only (does not wait)
#   real-ensemble.sh down   DIR N    SIGTERM server N and wait for its end
#   real-ensemble.sh kill9  DIR N    SIGKILL server N
#   real-ensemble.sh wait   DIR [S]  wait (at most S seconds, 60) until all are serving
#   real-ensemble.sh wipe   DIR      stop, then remove DIR/s* (data)
#
# Environment read by `start` (kept in DIR/env for the other verbs):
#   CLIENT_PORTS=21811,21812,21813   QUORUM_BASE=22880 (id -> base+id)   ELECTION_BASE=23880
#   TICK=2000 INIT=10 SYNC=5 MIN_SESSION= MAX_SESSION=   SNAPCOUNT=100000
#   PREALLOC_KB=65536   FORCESYNC=yes|no   RECONFIG=0|1   EXTENDED=1 (TTL nodes)
#   CONTAINER_MS=60000 (container/TTL check interval)   ENFORCE_QUOTA=0|1
#   HEAP=128m  JVMFLAGS="-XX:+UseSerialGC"   LOGLEVEL=INFO   SUPER=1 SUPERPW=secret (super digest)  READONLY=0|1
#   COMMITLOG= (commitLogCount, default 500)  EXTRA_CFG= (lines for zoo.cfg)   EXTRA_D= (more -D flags)
# Everything binds to 127.0.0.1; admin server off; all four-letter words allowed.
set -u
verb=${1:-}; DIR=${2:-}
[ -n "$verb" ] && [ -n "$DIR" ] || { sed -n '2,27p' "$0" >&2; exit 2; }
mkdir -p "$DIR"; DIR=$(cd "$DIR" && pwd)
JAVA=${JAVA:-/usr/bin/java}
CP=/usr/share/java/zookeeper.jar:/usr/share/java/slf4j-log4j12.jar:/usr/share/java/log4j-1.2.jar

save_env() {
  : "${CLIENT_PORTS:=21811,21812,21813}" "${QUORUM_BASE:=22880}" "${ELECTION_BASE:=23880}"
  : "${TICK:=2000}" "${INIT:=10}" "${SYNC:=5}" "${MIN_SESSION:=}" "${MAX_SESSION:=}" "${SNAPCOUNT:=100000}"
  : "${PREALLOC_KB:=65536}" "${FORCESYNC:=yes}" "${RECONFIG:=0}" "${EXTENDED:=1}" "${CONTAINER_MS:=60000}"
  : "${ENFORCE_QUOTA:=0}" "${HEAP:=128m}" "${LOGLEVEL:=INFO}" "${SUPER:=1}" "${COMMITLOG:=}"
  : "${EXTRA_CFG:=}" "${EXTRA_D:=}" "${SUPERPW:=secret}" "${READONLY:=0}"
  [ -n "${JVMFLAGS+x}" ] || JVMFLAGS="-XX:+UseSerialGC"
  for v in CLIENT_PORTS QUORUM_BASE ELECTION_BASE TICK INIT SYNC MIN_SESSION MAX_SESSION SNAPCOUNT PREALLOC_KB \
    FORCESYNC RECONFIG EXTENDED CONTAINER_MS ENFORCE_QUOTA HEAP LOGLEVEL SUPER COMMITLOG EXTRA_CFG EXTRA_D JVMFLAGS SUPERPW READONLY; do
    printf '%s=%q\n' "$v" "${!v}"
  done > "$DIR/env"
}
load_env() { [ -f "$DIR/env" ] || { echo "no $DIR/env: start it first" >&2; exit 2; }; . "$DIR/env"; IFS=, read -ra PORTS <<<"$CLIENT_PORTS"; N=${#PORTS[@]}; }

write_cfg() {
  local i j
  for ((i=1;i<=N;i++)); do
    local s=$DIR/s$i; mkdir -p "$s/data"
    [ -f "$s/data/myid" ] || echo "$i" > "$s/data/myid"
    # a dynamic (reconfigured) server keeps its own files
    [ "$RECONFIG" = 1 ] && [ -f "$s/zoo.cfg" ] && continue
    { echo "tickTime=$TICK"; echo "initLimit=$INIT"; echo "syncLimit=$SYNC"; echo "dataDir=$s/data"
      [ -n "$MIN_SESSION" ] && echo "minSessionTimeout=$MIN_SESSION"
      [ -n "$MAX_SESSION" ] && echo "maxSessionTimeout=$MAX_SESSION"
      echo "maxClientCnxns=0"; echo "admin.enableServer=false"; echo "4lw.commands.whitelist=*"
      echo "autopurge.purgeInterval=0"; echo "snapCount=$SNAPCOUNT"
      [ "$ENFORCE_QUOTA" = 1 ] && echo "enforceQuota=true"
      [ "$RECONFIG" = 1 ] && { echo "reconfigEnabled=true"; echo "standaloneEnabled=false"; }
      [ -n "$EXTRA_CFG" ] && printf '%b\n' "$EXTRA_CFG"
      if [ "$RECONFIG" != 1 ]; then echo "clientPort=${PORTS[$((i-1))]}"; echo "clientPortAddress=127.0.0.1"; fi
      for ((j=1;j<=N;j++)); do
        if [ "$RECONFIG" = 1 ]; then echo "server.$j=127.0.0.1:$((QUORUM_BASE+j)):$((ELECTION_BASE+j)):participant;127.0.0.1:${PORTS[$((j-1))]}"
        else echo "server.$j=127.0.0.1:$((QUORUM_BASE+j)):$((ELECTION_BASE+j))"; fi
      done
    } > "$s/zoo.cfg"
    cat > "$s/log4j.properties" <<L4J
log4j.rootLogger=$LOGLEVEL, F
log4j.appender.F=org.apache.log4j.FileAppender
log4j.appender.F.File=$s/zk.log
log4j.appender.F.layout=org.apache.log4j.PatternLayout
log4j.appender.F.layout.ConversionPattern=%d{ISO8601} [myid:$i] - %-5p [%t:%C{1}@%L] - %m%n
L4J
  done
}

pid_of() { local p; p=$(cat "$DIR/s$1/pid" 2>/dev/null) || return 1; [ -n "$p" ] && kill -0 "$p" 2>/dev/null && grep -qa "s$1/zoo.cfg" "/proc/$p/cmdline" 2>/dev/null && echo "$p"; }

up() {
  local i=$1 s=$DIR/s$1 d
  pid_of "$i" >/dev/null && { echo "server $i already runs"; return 0; }
  d="-Dzookeeper.preAllocSize=$PREALLOC_KB -Dzookeeper.forceSync=$FORCESYNC -Dznode.container.checkIntervalMs=$CONTAINER_MS"
  [ "$EXTENDED" = 1 ] && d="$d -Dzookeeper.extendedTypesEnabled=true"
  [ "${READONLY:-0}" = 1 ] && d="$d -Dreadonlymode.enabled=true"
  [ -n "$COMMITLOG" ] && d="$d -Dzookeeper.commitLogCount=$COMMITLOG"
  # super:secret unless SUPERPW says otherwise
  [ "$SUPER" = 1 ] && d="$d -Dzookeeper.DigestAuthenticationProvider.superDigest=super:$(printf 'super:%s' "${SUPERPW:-secret}" | openssl dgst -binary -sha1 | base64)"
  # shellcheck disable=SC2086
  setsid nohup "$JAVA" -Xmx"$HEAP" $JVMFLAGS $d $EXTRA_D -Dzookeeper.jmx.log4j.disable=true -Dlog4j.configuration="file:$s/log4j.properties" \
    -Djava.net.preferIPv4Stack=true -Dfile.encoding=UTF-8 -cp "$CP" org.apache.zookeeper.server.quorum.QuorumPeerMain "$s/zoo.cfg" \
    >>"$s/out" 2>&1 </dev/null &
  echo $! > "$s/pid"
}

# four-letter word: port word
flw() { timeout "${3:-2}" bash -c 'exec 3<>/dev/tcp/127.0.0.1/'"$1"' || exit 1; printf %s '"$2"' >&3; cat <&3' 2>/dev/null; }
mode() { flw "$1" srvr | sed -n 's/^Mode: //p'; }

wait_all() {
  local limit=${1:-60} t0 i ok; t0=$(date +%s%N)
  while :; do
    ok=1; for ((i=1;i<=N;i++)); do [ -n "$(mode "${PORTS[$((i-1))]}")" ] || { ok=0; break; }; done
    [ $ok = 1 ] && { echo "all $N serving after $(( ($(date +%s%N)-t0)/1000000 )) ms: $(hosts)"; return 0; }
    [ $(( ($(date +%s%N)-t0)/1000000000 )) -ge "$limit" ] && { echo "NOT all serving after $limit s" >&2; status >&2; return 1; }
    for ((i=1;i<=N;i++)); do
      [ "${CHECK_ALIVE:-0}" = 1 ] && { pid_of "$i" >/dev/null || { echo "server $i died:" >&2; tail -5 "$DIR/s$i/out" "$DIR/s$i/zk.log" >&2; return 1; }; }
    done
    sleep 0.05
  done
}
hosts() { local p o=; for p in "${PORTS[@]}"; do o="$o,127.0.0.1:$p"; done; echo "${o#,}"; }
status() {
  local i p r; for ((i=1;i<=N;i++)); do p=$(pid_of "$i") || p=-
    r=$(flw "${PORTS[$((i-1))]}" srvr); echo "server $i port ${PORTS[$((i-1))]} pid $p mode $(sed -n 's/^Mode: //p' <<<"$r" | grep . || echo none) zxid $(sed -n 's/^Zxid: //p' <<<"$r" | grep . || echo none)"; done
}
end() { # id signal
  local p n=0; p=$(pid_of "$1") || { rm -f "$DIR/s$1/pid"; return 0; }
  kill "-$2" "$p" 2>/dev/null
  while kill -0 "$p" 2>/dev/null; do sleep 0.05; n=$((n+1)); [ $n = 200 ] && kill -9 "$p" 2>/dev/null; [ $n -gt 300 ] && break; done
  rm -f "$DIR/s$1/pid"
}

case $verb in
  start) save_env; load_env
    for ((i=1;i<=N;i++)); do pid_of "$i" >/dev/null && continue
      for p in "${PORTS[$((i-1))]}" $((QUORUM_BASE+i)) $((ELECTION_BASE+i)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && { echo "port $p is in use by something else" >&2; exit 1; }; done; done
    write_cfg; for ((i=1;i<=N;i++)); do up $i; done; CHECK_ALIVE=1 wait_all "${WAIT:-60}" ;;
  stop) load_env; for ((i=1;i<=N;i++)); do end $i TERM & done; wait; echo stopped ;;
  status) load_env; status ;;
  hosts) load_env; hosts ;;
  leader) load_env; for ((i=1;i<=N;i++)); do [ "$(mode "${PORTS[$((i-1))]}")" = leader ] && echo $i; done ;;
  up) load_env; up "$3" ;;
  down) load_env; end "$3" TERM ;;
  kill9) load_env; end "$3" KILL ;;
  wait) load_env; wait_all "${3:-60}" ;;
  wipe) load_env; for ((i=1;i<=N;i++)); do end $i TERM & done; wait; rm -rf "$DIR"/s[0-9]*; echo wiped ;;
  *) sed -n '2,27p' "$0" >&2; exit 2 ;;
esac

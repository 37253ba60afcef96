#!/usr/bin/env bash
# Part of this project's own harness for a real ZooKeeper; needs Debian's package zookeeper.
# real-one.sh -- one standalone real Apache ZooKeeper on 127.0.0.1.
#
#   real-one.sh start DIR            dataDir is $DATA (default DIR/data); waits until it serves
#   real-one.sh stop DIR             stop by pid file
#   real-one.sh status DIR
#   real-one.sh boot DATADIR [JSON]  does real ZooKeeper start from these snapshot/log files, and what is the tree?
#                                    Works on a copy of DATADIR (a folder that holds version-2/, or version-2 itself;
#                                    *.gz in it are unpacked in the copy). Prints "STARTED <n nodes> zxid <z>" and writes
#                                    the tree as JSON (default: stdout), or "FAILED" with the reason from its log.
# Environment: PORT=21899 TICK=2000 HEAP=128m PREALLOC_KB=65536 FORCESYNC=yes EXTENDED=1 CONTAINER_MS=60000
#   ENFORCE_QUOTA=0 SNAPCOUNT=100000 LOGLEVEL=INFO EXTRA_CFG= EXTRA_D= SUPER=1 MIN_SESSION= MAX_SESSION=
#   BOOT_WAIT=20 (seconds a boot may take)
set -u
HERE=$(cd "$(dirname "$0")" && pwd)
JAVA=${JAVA:-/usr/bin/java}
CP=/usr/share/java/zookeeper.jar:/usr/share/java/slf4j-log4j12.jar:/usr/share/java/log4j-1.2.jar
: "${PORT:=21899}" "${TICK:=2000}" "${HEAP:=128m}" "${PREALLOC_KB:=65536}" "${FORCESYNC:=yes}" "${EXTENDED:=1}" "${CONTAINER_MS:=60000}"
: "${ENFORCE_QUOTA:=0}" "${SNAPCOUNT:=100000}" "${LOGLEVEL:=INFO}" "${EXTRA_CFG:=}" "${EXTRA_D:=}" "${SUPER:=1}" "${MIN_SESSION:=}" "${MAX_SESSION:=}" "${BOOT_WAIT:=20}"
verb=${1:-}; DIR=${2:-}
[ -n "$verb" ] && [ -n "$DIR" ] || { sed -n '2,18p' "$0" >&2; exit 2; }

flw() { timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/'"$1"' || exit 1; printf %s '"$2"' >&3; cat <&3' 2>/dev/null; }
alive() { local p; p=$(cat "$DIR/pid" 2>/dev/null) && [ -n "$p" ] && kill -0 "$p" 2>/dev/null && grep -qa "$DIR/zoo.cfg" "/proc/$p/cmdline" && echo "$p"; }
start() {
  mkdir -p "$DIR"; DIR=$(cd "$DIR" && pwd); local data=${DATA:-$DIR/data}; mkdir -p "$data"
  alive >/dev/null && { echo "already runs"; return 0; }
  (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && { echo "FAILED: port $PORT is in use by something else"; return 1; }
  { echo "tickTime=$TICK"; echo "dataDir=$data"; echo "clientPort=$PORT"; echo "clientPortAddress=127.0.0.1"
    [ -n "$MIN_SESSION" ] && echo "minSessionTimeout=$MIN_SESSION"; [ -n "$MAX_SESSION" ] && echo "maxSessionTimeout=$MAX_SESSION"
    echo "maxClientCnxns=0"; echo "admin.enableServer=false"; echo "4lw.commands.whitelist=*"; echo "snapCount=$SNAPCOUNT"
    [ "$ENFORCE_QUOTA" = 1 ] && echo "enforceQuota=true"; [ -n "$EXTRA_CFG" ] && printf '%b\n' "$EXTRA_CFG"; } > "$DIR/zoo.cfg"
  cat > "$DIR/log4j.properties" <<L4J
log4j.rootLogger=$LOGLEVEL, F
log4j.appender.F=org.apache.log4j.FileAppender
log4j.appender.F.File=$DIR/zk.log
log4j.appender.F.layout=org.apache.log4j.PatternLayout
log4j.appender.F.layout.ConversionPattern=%d{ISO8601} - %-5p [%t:%C{1}@%L] - %m%n
L4J
  local d="-Dzookeeper.preAllocSize=$PREALLOC_KB -Dzookeeper.forceSync=$FORCESYNC -Dznode.container.checkIntervalMs=$CONTAINER_MS"
  [ "$EXTENDED" = 1 ] && d="$d -Dzookeeper.extendedTypesEnabled=true"
  [ "$SUPER" = 1 ] && d="$d -Dzookeeper.DigestAuthenticationProvider.superDigest=super:$(printf 'super:%s' "${SUPERPW:-secret}" | openssl dgst -binary -sha1 | base64)"
  # shellcheck disable=SC2086
  setsid nohup "$JAVA" -Xmx"$HEAP" ${JVMFLAGS--XX:+UseSerialGC} $d $EXTRA_D -Dzookeeper.jmx.log4j.disable=true -Dlog4j.configuration="file:$DIR/log4j.properties" \
    -Djava.net.preferIPv4Stack=true -Dfile.encoding=UTF-8 -cp "$CP" org.apache.zookeeper.server.quorum.QuorumPeerMain "$DIR/zoo.cfg" >>"$DIR/out" 2>&1 </dev/null &
  echo $! > "$DIR/pid"
  local i; for ((i=0;i<BOOT_WAIT*10;i++)); do
    [ -n "$(flw "$PORT" srvr | sed -n 's/^Mode: //p')" ] && { echo "serving 127.0.0.1:$PORT $(flw "$PORT" srvr | grep -E 'Zxid|Node count' | tr '\n' ' ')"; return 0; }
    kill -0 "$(cat "$DIR/pid")" 2>/dev/null || { echo "FAILED: the server ended"; return 1; }
    sleep 0.1
  done
  echo "FAILED: not serving after $BOOT_WAIT s"; tail -5 "$DIR/zk.log"; return 1
}
stop() { DIR=$(cd "$DIR" && pwd); local p n=0; p=$(alive) || { rm -f "$DIR/pid"; return 0; }; kill "$p" 2>/dev/null
  while kill -0 "$p" 2>/dev/null; do sleep 0.05; n=$((n+1)); [ $n = 200 ] && kill -9 "$p"; [ $n -gt 300 ] && break; done; rm -f "$DIR/pid"; }

case $verb in
  start) start ;;
  stop) stop; echo stopped ;;
  status) DIR=$(cd "$DIR" && pwd); echo "pid $(alive || echo -) $(flw "$PORT" srvr | grep -E 'Mode|Zxid|Node' | tr '\n' ' ')" ;;
  boot)
    src=$(cd "$DIR" && pwd) || exit 2; json=${3:-/dev/stdout}
    W=$(mktemp -d "${TMPDIR:-/tmp}/realone.XXXXXX"); DIR=$W; mkdir -p "$W/data"
    if [ -d "$src/version-2" ]; then cp -r "$src/." "$W/data/"; else mkdir "$W/data/version-2"; cp -r "$src/." "$W/data/version-2/"; fi
    find "$W/data" -name '*.gz' -exec gunzip -f {} +
    rm -f "$W/data/myid"
    out=$(start); rc=$?
    if [ $rc = 0 ]; then
      python3 "$HERE/zkdump.py" "127.0.0.1:$PORT" > "$W/tree.json"; n=$(python3 -c 'import json,sys; print(len(json.load(open(sys.argv[1]))["nodes"]))' "$W/tree.json")
      echo "STARTED $n nodes; $out" >&2; cat "$W/tree.json" > "$json"
      grep -hE ' (WARN|ERROR) ' "$W/zk.log" | grep -vE 'jetty|command socket|maxCnxns|minSessionTimeout|not configured|Either no config|enableServer|Unexpected exception' | cut -c1-300 | head -8 | sed 's/^/log: /' >&2
    else echo "$out" >&2; grep -haA2 -E 'exiting abnormally|Unable to load database' "$W/zk.log" "$W/out" 2>/dev/null | grep -vE '^--' | cut -c1-400 | head -8 | sed 's/^/log: /' >&2; fi
    [ -n "${KEEP_LOG:-}" ] && cp "$W/zk.log" "$KEEP_LOG"
    stop; rm -rf "$W"; exit $rc ;;
  *) sed -n '2,18p' "$0" >&2; exit 2 ;;
esac

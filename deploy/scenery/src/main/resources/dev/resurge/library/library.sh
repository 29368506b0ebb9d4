#!/usr/bin/env bash
# Controls the document library: library start|stop|status|reindex|run
# status exits 0 while it runs and 3 when it is stopped, as LSB says.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
pid_file=$home/run/library.pid
log_file=$home/log/library.log
mark=-Dlibrary.home=$home
mkdir -p "$home/run" "$home/log"

# whoever calls this may pass no environment at all
set -a
# shellcheck source=/dev/null
source "$home/etc/library.env"
export LC_ALL=C.UTF-8
set +a

java=("$LIBRARY_JAVA" "$mark" -Xmx256m -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  -Dorg.slf4j.simpleLogger.showDateTime=true "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
  -cp "$LIBRARY_CLASSPATH" dev.resurge.library.Library)

# Succeeds if the process of the pid file lives and is ours: a number may belong to another by now.
running() {
  [ -s "$pid_file" ] && pid=$(<"$pid_file") && [ -r "/proc/$pid/cmdline" ] &&
    grep -qxF -e "$mark" < <(tr "\0" "\n" 2>/dev/null <"/proc/$pid/cmdline")
}

start() {
  running && return
  setsid "${java[@]}" run </dev/null >>"$log_file" 2>&1 9>&- &
  pid=$!
  echo "$pid" >"$pid_file"
  # from here on a stop finds it; one that ended at once has said why in its log
  until running; do
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.01
  done
}

# await_end SECONDS: until it has ended
await_end() {
  local deadline=$((SECONDS + $1))
  while running; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

stop() {
  running || return 0
  kill -TERM "$pid" 2>/dev/null || true
  if ! await_end 10; then
    kill -KILL "$pid" 2>/dev/null || true
    await_end 5
  fi
  rm -f "$pid_file"
}

# only one start or stop at a time; the lock is not for the application to hold
case "${1-}" in
  start | stop)
    exec 9>"$home/run/lock"
    flock 9
    "$1"
    ;;
  status)
    if running; then
      echo "running with pid $pid"
    else
      echo stopped
      exit 3
    fi
    ;;
  run | reindex) exec "${java[@]}" "$1" ;;
  *)
    echo "usage: library start|stop|status|reindex|run" >&2
    exit 2
    ;;
esac

# shellcheck shell=bash
# Finds the programs that Resurge needs, and installs with apt what is missing, where it may.

# Prints one line for the person, never on standard output: that belongs to the command.
say() {
  printf '%s\n' "$*" >&2
}

# fail MESSAGE NEXT: what is wrong, what to do, exit 5 as the command line does for a missing program.
fail() {
  say "error: $1"
  say "  next: $2"
  exit 5
}

# as_root COMMAND…: runs it as root; never asks for a password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && as_root true 2>/dev/null
}

# Succeeds if apt's lists have the package. Not grep -q: apt-cache would die of the closed pipe, and
# with pipefail that reads as a no.
apt_lists() {
  local policy
  policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null) || return
  [[ $policy == *'Candidate: '[!\(]* ]]
}

# Succeeds if apt can install the package; reads the package lists anew when they don't know it.
apt_knows() {
  apt_lists "$1" && return
  as_root apt-get update -qq >&2 || return
  apt_lists "$1"
}

# Succeeds if apt-get does as told. A machine that has just started may be busy with its own updates:
# then it waits for them.
apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

apt_install() {
  local log=$RESURGE_ROOT/target/install.log
  mkdir -p "$RESURGE_ROOT/target"
  say "Installing $* (apt-get install) …"
  # lists that are too old name files that are gone: the second try has new ones
  if ! {
    apt_get install --no-install-recommends "$@" ||
      { apt_get update && apt_get install --no-install-recommends "$@"; }
  } >"$log" 2>&1; then
    cat "$log" >&2
    fail "apt-get could not install $*; it said the above" "Install $* by hand, then start again."
  fi
}

# Prints what a person does to install the packages.
how_to_install() {
  if ! command -v apt-get >/dev/null; then
    echo "Install with this system's package manager what Debian calls: $*"
  elif [ "$(id -u)" = 0 ]; then
    echo "Run: apt-get update && apt-get install -y $*"
  elif command -v sudo >/dev/null; then
    echo "Run: sudo apt-get update && sudo apt-get install -y $*"
  else
    echo "Run as root: apt-get update && apt-get install -y $*"
  fi
}

# need_packages PACKAGE…: installs them, or says how.
need_packages() {
  local package
  may_install || fail "not installed: $*" "$(how_to_install "$@")"
  for package in "$@"; do
    apt_knows "$package" || fail "this system's package lists have no $package" "Install $package by hand."
  done
  case " $* " in
    *' postgresql '*) without_cluster apt_install "$@" ;;
    *) apt_install "$@" ;;
  esac
}

# need_programs PROGRAM:PACKAGE…: makes sure that every program is there; what is missing is installed,
# or named, all at once. The program postgres stands for all of a server's.
need_programs() {
  local pair missing=()
  for pair in "$@"; do
    has "${pair%%:*}" || missing+=("${pair#*:}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  need_packages "${missing[@]}"
  for pair in "$@"; do
    has "${pair%%:*}" || fail "${pair#*:} is installed, but its program ${pair%%:*} is not found" \
      "Put its folder into PATH; for postgres set RESURGE_POSTGRES_BIN to the folder that holds initdb."
  done
}

has() {
  if [ "$1" = postgres ]; then have_postgres; else command -v "$1" >/dev/null; fi
}

# Succeeds if a PostgreSQL server stands somewhere with its own clients beside it; sets
# RESURGE_POSTGRES_BIN to the newest one's folder.
have_postgres() {
  local folder folders
  mapfile -t folders < <(
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -Vr
    dirname "$(command -v initdb || echo /nowhere/initdb)"
  )
  for folder in "${RESURGE_POSTGRES_BIN:-/nowhere}" "${folders[@]}"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && [ -x "$folder/pg_dump" ]; then
      export RESURGE_POSTGRES_BIN=$folder
      return
    fi
  done
  return 1
}

# without_cluster COMMAND…: the programs of PostgreSQL are what is needed, not a server that runs.
# Debian's package makes and starts a cluster of its own unless a file says otherwise; the file goes
# when it has done its work.
without_cluster() {
  local drop_in=/etc/postgresql-common/createcluster.d/resurge.conf
  as_root mkdir -p "$(dirname "$drop_in")"
  # expanded now, on purpose: the variable is gone when the trap runs
  # shellcheck disable=SC2064
  trap "as_root rm -f '$drop_in'" EXIT
  echo 'create_main_cluster = false' | as_root tee "$drop_in" >/dev/null
  "$@"
  as_root rm -f "$drop_in"
  trap - EXIT
}

# Gives the machine an id if it has none, as containers often have: it is part of what tells one
# machine's folders from another's.
need_machine_id() {
  local file=/etc/machine-id
  [ ! -s "$file" ] || return 0
  as_root true 2>/dev/null || fail "this machine has no id: $file is missing or empty" \
    "Run as root: tr -d - </proc/sys/kernel/random/uuid >$file"
  say "Giving this machine an id ($file) …"
  tr -d - </proc/sys/kernel/random/uuid | as_root tee "$file" >/dev/null
  as_root chmod 444 "$file"
}

# Makes sure that promtool, which tries alert rules, is on the PATH. Only that program is taken out of
# Debian's package: installed, the package would start a Prometheus on this machine, now and at each boot.
need_promtool() {
  local bin=$RESURGE_CACHE/bin
  if ! command -v promtool >/dev/null && [ ! -x "$bin/promtool" ]; then
    if ! command -v apt-get >/dev/null || ! apt_knows prometheus; then
      fail 'promtool is not on the PATH, and cannot be fetched' \
        "$(how_to_install prometheus)"
    fi
    mkdir -p "$bin"
    (fetch_promtool "$bin")
  fi
  export PATH=$PATH:$bin
}

# fetch_promtool FOLDER: the program appears whole or not at all. To be called in a shell of its own.
fetch_promtool() {
  folder=$(mktemp -d "$1/fetch.XXXXXX")
  trap 'rm -rf "$folder"' EXIT
  say 'Fetching promtool out of the package prometheus (apt-get download) …'
  if ! (cd "$folder" && apt-get -q download prometheus && dpkg-deb -x prometheus_*.deb .) \
    </dev/null >"$folder/log" 2>&1; then
    cat "$folder/log" >&2
    fail 'promtool could not be fetched; apt-get said the above' "$(how_to_install prometheus)"
  fi
  mv "$folder/usr/bin/promtool" "$1/promtool"
}

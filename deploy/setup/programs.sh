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

apt_install() {
  local log
  log=$(mktemp)
  say "Installing $* (apt-get install) …"
  if ! as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@" </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "apt-get could not install $*; it said the above" "Install $* by hand, then start again."
  fi
  rm -f "$log"
}

# need_packages PACKAGE…: installs them, or says which command does.
need_packages() {
  local package
  may_install || fail "not installed: $*" "Run: sudo apt-get update && sudo apt-get install -y $*"
  for package in "$@"; do
    apt_knows "$package" || fail "this system's package lists have no $package" "Install $package by hand."
  done
  apt_install "$@"
}

# need_programs PROGRAM:PACKAGE…: makes sure that every program is there.
need_programs() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [ "${#missing[@]}" = 0 ] || need_packages "${missing[@]}"
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

# The programs of PostgreSQL are what is needed, not a server that runs. Debian's package makes and
# starts a cluster of its own unless a file says otherwise; the file goes when it has done its work.
need_postgres() {
  local drop_in=/etc/postgresql-common/createcluster.d/resurge.conf
  have_postgres && return
  if may_install; then
    as_root mkdir -p "$(dirname "$drop_in")"
    echo 'create_main_cluster = false' | as_root tee "$drop_in" >/dev/null
    # expanded now, on purpose: the variable is gone when the trap runs
    # shellcheck disable=SC2064
    trap "as_root rm -f '$drop_in'" EXIT
  fi
  need_packages postgresql postgresql-client
  as_root rm -f "$drop_in"
  trap - EXIT
  have_postgres || fail "PostgreSQL's programs are not in /usr/lib/postgresql/*/bin after the installation" \
    "Set RESURGE_POSTGRES_BIN to the folder that holds initdb, postgres and pg_dump."
}

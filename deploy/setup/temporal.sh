# shellcheck shell=bash
# Finds Temporal's command line, whose server ./resurge up starts, or builds it once with Go.

RESURGE_TEMPORAL_MODULE=github.com/temporalio/cli/cmd/temporal@v1.5.1
RESURGE_CACHE=${RESURGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/resurge}

# Prints the path of the program: the one on the PATH, else the cached one, else a new one.
temporal_program() {
  local cached=$RESURGE_CACHE/bin/temporal go
  command -v temporal && return
  if [ ! -x "$cached" ]; then
    go=$(find_go) || fail "no Temporal server: neither 'temporal' on the PATH, nor Go to build it with" \
      "Install Temporal's command line (https://docs.temporal.io/cli#install) or Go (1.21 or newer), then start again."
    mkdir -p "$RESURGE_CACHE/bin"
    (
      flock 9
      [ -x "$cached" ] || build_temporal "$go"
    ) 9>"$RESURGE_CACHE/bin/lock"
  fi
  echo "$cached"
}

# Go 1.21 and newer fetches by itself the version that a module asks for.
find_go() {
  local go
  for go in "$(command -v go)" /usr/local/go/bin/go /usr/lib/go-*/bin/go; do
    if [ -x "$go" ] && [[ $("$go" env GOVERSION) =~ ^go1\.([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 21 ]; then
      echo "$go"
      return
    fi
  done
  may_install && apt_knows golang-go || return
  apt_install golang-go ca-certificates
  command -v go
}

# build_temporal GO: the program appears whole or not at all. To be called in a shell of its own.
build_temporal() {
  local log=$RESURGE_CACHE/temporal-build.log
  folder=$(mktemp -d "$RESURGE_CACHE/bin/build.XXXXXX") # not local: the trap outlives this call
  trap 'rm -rf "$folder"' EXIT
  say "Building Temporal's server with Go, once; about five minutes on two cores."
  say "(It stays in $RESURGE_CACHE. Go keeps 3 GB of its own caches; go clean -cache -modcache removes them.)"
  # a line for each module fetched and each package compiled
  if ! GOBIN=$folder "$1" install -v "$RESURGE_TEMPORAL_MODULE" </dev/null 2>&1 9>&- | tee "$log" |
    awk '!/^go: / && ++n % 250 == 0 { print "  " n " packages compiled …"; fflush() }' >&2; then
    tail -n 20 "$log" >&2
    fail "Temporal's server could not be built; Go said the above" \
      "Install Temporal's command line (https://docs.temporal.io/cli#install), then start again."
  fi
  mv "$folder/temporal" "$RESURGE_CACHE/bin/temporal"
}

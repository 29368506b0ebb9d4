# shellcheck shell=bash
# Builds Resurge when a source is newer than what was built, and runs its tests.

RESURGE_MODULES=(workflows activities worker starter deploy/scenery deploy/demo deploy/bench)
RESURGE_BUILT=$RESURGE_ROOT/target/built

# Where everything that is built comes from. Folders count too: a removed file changes its folder.
sources() {
  local module
  printf '%s\n' pom.xml .mvn
  for module in "${RESURGE_MODULES[@]}"; do
    printf '%s\n' "$module/pom.xml" "$module/src"
  done
}

is_built() {
  local paths
  [ -f "$RESURGE_BUILT" ] || return 1
  mapfile -t paths < <(sources)
  [ -z "$(cd "$RESURGE_ROOT" && find "${paths[@]}" -newer "$RESURGE_BUILT" -print -quit 2>/dev/null)" ]
}

# Prints what a build needs, if there is something to build.
programs_to_build() {
  is_built || echo mvn:maven
}

maven() {
  # without colours: the log is searched for errors
  (cd "$RESURGE_ROOT" && mvn -B -Dstyle.color=never "$@")
}

# Builds unless all is built. Two commands at once: the second waits and finds it done.
build_once() {
  is_built && return
  need_programs mvn:maven
  mkdir -p "$RESURGE_ROOT/target"
  (
    flock 9
    is_built || build
  ) 9>"$RESURGE_ROOT/target/lock"
}

build() {
  local status=0 log=$RESURGE_ROOT/target/build.log
  say 'Building (first time takes a minute or two) …'
  # the stamp is as old as the build's start: what is edited meanwhile is built next time
  touch "$RESURGE_BUILT.new"
  # formatting and tests are ./resurge test's business
  # not -q: it would hide the warnings that the build fails for
  maven -DskipTests -Dspotless.check.skip=true package </dev/null >"$log" 2>&1 9>&- || status=$?
  # ended by a signal, as by Ctrl-C: there is nothing to mend
  [ "$status" -le 128 ] || exit "$status"
  if [ "$status" != 0 ]; then
    grep -v '^\[INFO\]' "$log" >&2 || true
    fail 'the build failed; it said the above' 'Mend the source, or give the above to its author.'
  fi
  mv "$RESURGE_BUILT.new" "$RESURGE_BUILT"
}

# Runs every test of every module, those against real services too, and adds up what they reported.
# A failing module does not keep the others from being tested; so Maven is told to ignore failures,
# and then ignores a crashed test process too: any error it prints counts as a failure here.
run_tests() {
  local status=0 module log=$RESURGE_ROOT/target/test.log
  use_utf8_file_names
  mkdir -p "$RESURGE_ROOT/target"
  for module in "${RESURGE_MODULES[@]}"; do
    rm -rf "$RESURGE_ROOT/$module"/target/{surefire,failsafe}-reports
  done
  (
    flock 9
    touch "$RESURGE_BUILT.new"
    # two modules at once where neither needs the other: most of the time tests wait
    maven -T2 -Dmaven.test.failure.ignore=true verify "$@" </dev/null 9>&- || exit
    # with arguments perhaps only a part was built
    [ $# -gt 0 ] || mv "$RESURGE_BUILT.new" "$RESURGE_BUILT"
  ) 9>"$RESURGE_ROOT/target/lock" 2>&1 | tee "$log" || status=$?
  if [ "$status" = 0 ] && grep -q '^\[ERROR\]' "$log"; then
    status=1
  fi
  add_up "$status"
}

# run_lab NAME [--matrix]: sets a real platform up and runs on it the tests that need one, and those
# whose promises it may break; with --matrix its crash matrix instead, whose page it writes anew.
run_lab() {
  local temporal tests left_out=matrix regenerate=()
  case "$1" in
    temporal)
      # a browser for Temporal's UI; with it come fonts
      need_programs chromium:chromium
      temporal=$(temporal_program)
      tests=TemporalE2E,TemporalPagesE2E,SecretsE2E,NightE2E,StackIT,RestoreIT,ConcurrencyIT,CrashIT,MetricsIT
      ;;
    *) fail "there is no lab '$1'" "Name one: ./resurge test --lab temporal" ;;
  esac
  shift
  if [ "${1-}" = --matrix ]; then
    shift
    tests=CrashMatrixE2E left_out='' regenerate=(-Dregenerate)
  fi
  run_tests -pl worker -am -Dtest.leftOut="$left_out" "${regenerate[@]}" -Dtest=None -Dit.test="$tests" \
    -Dlab.temporal="$temporal" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false "$@"
}

# add_up STATUS: prints `N passed, N failed` from the reports' XML; succeeds only if tests ran, all
# of them passed and STATUS, Maven's own, is 0.
add_up() {
  local reports
  mapfile -t reports < <(
    for module in "${RESURGE_MODULES[@]}"; do
      find "$RESURGE_ROOT/$module/target" -path '*-reports/TEST-*.xml' 2>/dev/null
    done
  )
  [ "$1" = 0 ] || say "Maven reported errors, see above; the numbers are of the tests that ran."
  [ "${#reports[@]}" -gt 0 ] || reports=(/dev/null)
  awk -v status="$1" '
    function number(name) {
      return match($0, " " name "=\"[0-9]+\"") \
        ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
    }
    /<testsuite / && !counted[FILENAME]++ {
      failed += number("errors") + number("failures")
      skipped += number("skipped")
      total += number("tests")
    }
    END {
      # Maven may end within a line
      printf "\n%d passed, %d failed", total - failed - skipped, failed
      if (skipped) printf ", %d skipped", skipped
      printf "\n"
      exit !(status == 0 && failed == 0 && total > 0)
    }' "${reports[@]}"
}

# Breaks the decisions that nobody may get wrong in many small ways, and prints for each group of
# them how much of it the tests saw; fails where that is less than the pom demands.
run_mutants() {
  local status=0 report
  rm -rf "$RESURGE_ROOT"/{workflows,activities}/target/mutants
  mkdir -p "$RESURGE_ROOT/target"
  (
    flock 9
    maven --fail-at-end -Pmutants -pl workflows,activities process-test-classes "$@" \
      </dev/null 9>&-
  ) 9>"$RESURGE_ROOT/target/lock" 2>&1 | tee "$RESURGE_ROOT/target/mutants.log" || status=$?
  printf '\n'
  for report in "$RESURGE_ROOT"/{workflows,activities}/target/mutants/*/mutations.csv; do
    [ -f "$report" ] || continue
    awk -F, -v group="$(basename "$(dirname "$report")")" '
      $6 != "SURVIVED" && $6 != "NO_COVERAGE" { killed++ }
      END { printf "%s: %d of %d killed (%.0f %%)\n", group, killed, NR, NR ? 100 * killed / NR : 0 }
    ' "$report"
  done
  return "$status"
}

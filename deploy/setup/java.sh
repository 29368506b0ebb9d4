# shellcheck shell=bash
# Finds a JDK that is new enough and starts our programs on it.

RESURGE_JAVA_NEEDED=25

# Prints the major version of the JDK at a folder, 0 if there is none with a compiler.
java_version_at() {
  local version=0
  if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; then
    if [ -r "$1/release" ]; then
      version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    else
      version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    fi
  fi
  echo "${version:-0}"
}

# Sets JAVA_HOME to the first JDK that is new enough; fails if there is none.
find_java() {
  local folder on_path
  on_path=$(readlink -f "$(command -v javac || echo /nowhere/bin/javac)")
  for folder in "${RESURGE_JAVA_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* "${on_path%/bin/javac}"; do
    if [ -n "$folder" ] && [ "$(java_version_at "$folder")" -ge "$RESURGE_JAVA_NEEDED" ]; then
      export JAVA_HOME=$folder RESURGE_JAVA_HOME=$folder
      return
    fi
  done
  return 1
}

need_java() {
  local package="openjdk-$RESURGE_JAVA_NEEDED-jdk-headless"
  find_java && return
  if may_install && apt_knows "$package"; then
    apt_install "$package"
    find_java && return
  fi
  say "error: no JDK $RESURGE_JAVA_NEEDED or newer in RESURGE_JAVA_HOME, JAVA_HOME, /usr/lib/jvm or PATH"
  if apt_lists "$package"; then
    say "  next: $(how_to_install "$package")"
  else
    say "  next: this system's package lists have none. For your user alone:"
    command -v curl >/dev/null || say "          $(how_to_install curl ca-certificates)"
    say "          mkdir -p ~/jdk && curl -fL 'https://api.adoptium.net/v3/binary/latest/$RESURGE_JAVA_NEEDED/ga/linux/$(java_architecture)/jdk/hotspot/normal/eclipse' | tar -xz -C ~/jdk --strip-components=1"
    say "          export RESURGE_JAVA_HOME=~/jdk"
    say "        Debian 13, Ubuntu 25.10 and later have $package once apt-get update has run."
  fi
  exit 5
}

# The processor's name as Adoptium writes it.
java_architecture() {
  case "$(uname -m)" in
    x86_64) echo x64 ;;
    *) uname -m ;;
  esac
}

# Java takes the encoding of file names from the locale. Under POSIX it could not open a file whose
# name is not ASCII, so backups would stop at the first umlaut.
use_utf8_file_names() {
  if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
    export LC_ALL=C.UTF-8
  fi
}

# run_java MODULE KIND MAIN ARGUMENT…: becomes that program, so that signals reach it.
# KIND cli and demo start quickly; server lives long and is compiled for that. It moves streams and
# keeps little: left to itself, Java would take a quarter of the machine before it cleans up.
run_java() {
  local module=$1 kind=$2 main=$3 flags=() options=()
  shift 3
  use_utf8_file_names
  flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  flags+=(-XX:+UseSerialGC)
  if [ "$kind" = server ]; then
    flags+=(-Xms32m -Xmx256m -XX:TrimNativeHeapInterval=10000)
    # the C library keeps a heap for each thread that compressed something, and gives little back
    export MALLOC_ARENA_MAX=2
  else
    flags+=(-XX:TieredStopAtLevel=1)
  fi
  read -r -a options <<<"${RESURGE_JAVA_OPTIONS-}"
  exec "$JAVA_HOME/bin/java" "${flags[@]}" ${options[@]+"${options[@]}"} \
    -cp "$(jars_of "$module")" "$main" "$@"
}

# The module's own jar and what it uses; its test jar and sources lie beside it and are left out.
jars_of() {
  local jar target=$RESURGE_ROOT/$1/target
  for jar in "$target"/resurge-*.jar; do
    case "$jar" in
      *-tests.jar | *-sources.jar) ;;
      *) printf '%s:' "$jar" ;;
    esac
  done
  printf '%s' "$target/lib/*"
}

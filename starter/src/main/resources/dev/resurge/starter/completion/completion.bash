# Completion of ./resurge; printed by ./resurge completion bash|zsh

# The runbook folder: RESURGE_RUNBOOKS, or what the configuration file says, or runbooks beside it.
_resurge_runbooks() {
  local config folder
  if [ -n "${RESURGE_RUNBOOKS-}" ]; then
    printf '%s\n' "$RESURGE_RUNBOOKS"
    return
  fi
  for config in "${RESURGE_CONFIG-}" ./resurge.yaml "$HOME/.config/resurge/resurge.yaml" \
    /etc/resurge/resurge.yaml; do
    if [ -n "$config" ] && [ -f "$config" ]; then
      folder=$(sed -n "s/^runbooks:[[:space:]]*[\"']\{0,1\}\([^\"'#]*[^\"'#[:space:]]\).*/\1/p" "$config")
      folder=${folder:-runbooks}
      case "$folder" in
        /*) printf '%s\n' "$folder" ;;
        *) printf '%s/%s\n' "$(dirname "$config")" "$folder" ;;
      esac
      return
    fi
  done
  printf './runbooks\n'
}

_resurge_systems() {
  local folder file
  folder=$(_resurge_runbooks)
  while IFS= read -r file; do
    file=${file##*/}
    printf '%s\n' "${file%.*}"
  done < <(find "$folder/" -maxdepth 1 -type f \( -name '*.yaml' -o -name '*.yml' \) 2>/dev/null)
}

# The words that may follow a command: its subcommands and options.
_resurge_words() {
  local listed=
  case "$1" in
@WORDS@
  esac
  printf '%s\n' "$listed"
}

# Whether an option is followed by a value.
_resurge_takes_value() {
  case "$1" in
    @VALUED@) return 0 ;;
  esac
  return 1
}

_resurge() {
  local current=${COMP_WORDS[COMP_CWORD]} chain='' word candidates index positionals=0 skip=0
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [ "$skip" = 1 ]; then
      skip=0
      continue
    fi
    if _resurge_takes_value "$word"; then
      skip=1
      continue
    fi
    case "$word" in
      -*) continue ;;
    esac
    if [ "$positionals" = 0 ] && [ -n "$(_resurge_words "${chain:+$chain }$word")" ]; then
      chain="${chain:+$chain }$word"
    else
      positionals=$((positionals + 1))
    fi
  done
  if [ "$skip" = 1 ]; then
    return
  fi
  candidates=$(_resurge_words "$chain")
  if [ "$positionals" = 0 ]; then
    case "$chain" in
      @SYSTEMS@) candidates="$candidates $(_resurge_systems)" ;;
    esac
  fi
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen -W "$candidates" -- "$current")
}

complete -o default -F _resurge resurge ./resurge

#!/usr/bin/env bash
# The least that a restore of Resurge's archives can take: nothing but pg_restore and ANALYZE, in
# the same sections, with as many jobs and the same settings of its sessions (in PGOPTIONS).
set -euo pipefail

database=$1 set=$2 scratch=$3 jobs=$4

zstd -dcq "$set"/schema.dump.zst >"$scratch"
pg_restore --exit-on-error -d "$database" --section=pre-data "$scratch"
loading=()
for archive in "$set"/data-*.dump.zst; do
  zstd -dcq "$archive" | pg_restore --exit-on-error -d "$database" --section=data &
  loading+=($!)
done
for each in "${loading[@]}"; do
  wait "$each"
done
pg_restore --exit-on-error -d "$database" --section=post-data --jobs="$jobs" "$scratch"
vacuumdb --analyze-only --quiet --jobs="$jobs" "$database"

#!/usr/bin/env bash
# What guide 002 tells its reader to type. Its "docker compose exec" is left out.
set -euo pipefail

case "$1" in
  backup-database) # DATABASE ARCHIVE
    pg_dump --format=custom --compress=9 "$2" >"$3"
    ;;
  restore-database) # DATABASE ARCHIVE
    pg_restore -d "$2" --clean --if-exists <"$3"
    ;;
esac

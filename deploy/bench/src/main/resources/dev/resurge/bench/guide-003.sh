#!/usr/bin/env bash
# What guide 003 tells its reader to type. Its "docker exec" is left out: the programs run here.
set -euo pipefail

case "$1" in
  backup-database) # DATABASE ARCHIVE
    pg_dump "$2" | gzip >"$3"
    ;;
  restore-database) # DATABASE ARCHIVE
    psql -d postgres -c "DROP DATABASE IF EXISTS $2"
    psql -d postgres -c "CREATE DATABASE $2"
    gunzip -c "$3" | psql -d "$2"
    ;;
  backup-files) # DIRECTORY ARCHIVE
    tar czf "$3" -C "$2" .
    ;;
  restore-files) # DIRECTORY ARCHIVE; the guide removes and creates a volume
    rm -rf "$2"
    mkdir "$2"
    tar xzf "$3" -C "$2"
    ;;
esac

#!/usr/bin/env bash
#
# Backs up folders into dated archives and forgets the old ones.

set -euo pipefail
source "$(dirname "$0")/common.sh"

readonly KEEP_DAYS=14
BACKUP_DIR="${BACKUP_DIR:-/var/backups}"
declare -A EXCLUDES=([node_modules]=1 [.git]=1)

# Prints a message with the time, to standard error.
log() {
  printf '%s %s\n' "$(date +%T)" "$*" >&2
}

die() { log "error: $*"; exit 1; }

# Says how to call this.
function usage {
  cat <<USAGE
usage: backup [-n] folder...

  -n  only say what would be done
function looks_like_one() { this is text; }
USAGE
}

# Archives one folder.
#   $1  the folder
#   $2  where the archive goes
function archive_folder() {
  local folder=$1 target=$2
  local args=()
  for name in "${!EXCLUDES[@]}"; do
    args+=(--exclude "$name")
  done
  if [[ ! -d $folder ]]; then
    die "no such folder: $folder"
  fi

  cleanup() {
    rm -f "$target.part"
  }
  trap cleanup EXIT
  tar -czf "$target.part" "${args[@]}" "$folder"
  mv "$target.part" "$target"
}

backup::forget_old() (
  cd "$BACKUP_DIR" || exit
  find . -name '*.tar.gz' -mtime "+$KEEP_DAYS" -print0 |
    while IFS= read -r -d '' file; do
      log "forgetting $file"
      rm -- "$file"
    done
)

main() {
  local dry_run=0
  while getopts 'nh' option; do
    case $option in
      n) dry_run=1 ;;
      h) usage; exit 0 ;;
      *) usage; exit 2 ;;
    esac
  done
  shift $((OPTIND - 1))
  (($# > 0)) || die 'nothing to do'
  for folder in "$@"; do
    local target="$BACKUP_DIR/$(basename "$folder")-$(date +%F).tar.gz"
    ((dry_run)) || archive_folder "$folder" "$target"
  done
  backup::forget_old
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
  main "$@"
fi

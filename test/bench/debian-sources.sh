# Debian's source packages through the machine's own apt configuration; sourced by corpus.sh and corpus-huge.sh, under
# `set -euo pipefail`. Debian keeps one version of a package within a release, so packages are pinned by release and upstream
# version: another upstream version than the one named is used, and said.

# usage: debian_sources_begin TARGET_DIR. Makes it and goes there, with private lists of sources beside it.
debian_sources_begin() {
  APT_DIR=$1.apt
  mkdir -p "$1" "$APT_DIR/lists/partial" "$APT_DIR/sources"
  # A private copy of the source lists with deb-src in place of deb, so that the machine's own stay as they are.
  local list
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian*; do
    [ -f "$list" ] || continue
    sed -E 's/^deb /deb-src /; s/^Types:.*/Types: deb-src/' "$list" > "$APT_DIR/sources/$(basename "$list")"
  done
  APT=(-q -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$APT_DIR/sources" -o "Dir::State::lists=$APT_DIR/lists" -o "APT::Sandbox::User=root")
  apt-get "${APT[@]}" update > /dev/null
  cd "$1"
}

# usage: debian_source NAME=VERSION [RELEASE]. VERSION may be a pattern. Unpacks the upstream source into the folder NAME. With a release, that one's
# own version: what the security archive's list names may be gone from its pool.
debian_source() {
  local name=${1%%=*} version=${1#*=} archive
  # Only the upstream tarball matters: the packaging files beside it may be gone from the pool.
  apt-get "${APT[@]}" source --download-only "$name${2:+/$2}" > /dev/null 2>&1 || true
  archive=$(find . -maxdepth 1 -name "${name}_*.orig.tar.*" ! -name '*.asc' -printf '%f\n' | sort | head -n 1)
  [ -n "$archive" ] || { echo "bench corpus: no source of $name is to be had" >&2; exit 1; }
  # shellcheck disable=SC2254
  case "$archive" in "${name}_"$version.orig.*) ;; *) echo "bench corpus: $archive in place of $name=$version" >&2 ;; esac
  mkdir "$name"
  tar -xf "$archive" -C "$name" --strip-components=1
  rm -f "${name}"_*
}

debian_sources_end() {
  rm -rf "$APT_DIR"
}

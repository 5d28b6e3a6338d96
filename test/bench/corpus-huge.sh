#!/usr/bin/env bash
# Assembles the corpus of the huge benchmark: Debian's source of the Linux kernel beside the large corpus, more than half a
# million functions. usage: corpus-huge.sh TARGET_DIR LARGE_CORPUS_DIR (see corpus.sh). Needs 2 GB of disk.
# Pinned as in corpus.sh, by release and upstream version: another version than the one named here is used, and said.
set -euo pipefail
target=$1
large=$2
LINUX=linux=6.1
RELEASE=$(. /etc/os-release && echo "$VERSION_CODENAME")
# The whole kernel would be more than a million: enough drivers are left out to stay above half a million, not far above.
PRUNED=(linux/Documentation linux/tools linux/samples linux/drivers/{net,gpu,media,scsi,usb} linux/sound)
stamp="$target/.complete"
want="$LINUX ${PRUNED[*]}"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && exit 0
rm -rf "$target"
mkdir -p "$target" "$target.apt/lists/partial" "$target.apt/sources"

# A private copy of the source lists with deb-src in place of deb, so that the machine's own stay as they are.
for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian*; do
  [ -f "$list" ] || continue
  sed -E 's/^deb /deb-src /; s/^Types:.*/Types: deb-src/' "$list" > "$target.apt/sources/$(basename "$list")"
done
apt=(-q -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$target.apt/sources" -o "Dir::State::lists=$target.apt/lists" -o "APT::Sandbox::User=root")
apt-get "${apt[@]}" update > /dev/null
cd "$target"
name=${LINUX%%=*}
# Only the upstream tarball matters: the packaging files beside it may be gone from the pool.
# The release's own version: that of the security archive may be named in its list and be gone from its pool.
apt-get "${apt[@]}" source --download-only "$name/$RELEASE" > /dev/null 2>&1 || true
archive=$(find . -maxdepth 1 -name "${name}_*.orig.tar.*" ! -name '*.asc' -printf '%f\n' | head -n 1)
[ -n "$archive" ] || { echo "bench corpus: no source of $name is to be had" >&2; exit 1; }
case "$archive" in "${name}_${LINUX#*=}."*.orig.*) ;; *) echo "bench corpus: $archive in place of $LINUX" >&2 ;; esac
mkdir "$name"
tar -xf "$archive" -C "$name" --strip-components=1
rm -f "${name}"_*
for pattern in "${PRUNED[@]}"; do
  rm -rf "${target:?}/$pattern"
done
rm -rf "$target.apt"
cp -al "$large" "$target/large"
echo "$want" > "$stamp"

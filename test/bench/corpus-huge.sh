#!/usr/bin/env bash
# Assembles the corpus of the huge benchmark: Debian's source of the Linux kernel beside the large corpus, more than half a
# million functions. usage: corpus-huge.sh TARGET_DIR LARGE_CORPUS_DIR (see corpus.sh). Needs 2 GB of disk.
# Pinned as debian-sources.sh says.
set -euo pipefail
. "$(dirname "$0")/debian-sources.sh"
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
debian_sources_begin "$target"
debian_source "$LINUX.*" "$RELEASE"
debian_sources_end
for pattern in "${PRUNED[@]}"; do
  rm -rf "${target:?}/$pattern"
done
cp -al "$large" "$target/large"
echo "$want" > "$stamp"

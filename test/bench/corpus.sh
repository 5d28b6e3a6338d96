#!/usr/bin/env bash
# Assembles the benchmark's corpus: pinned source packages of Debian and npm, through the machine's own apt and npm
# configuration. usage: corpus.sh TARGET_DIR. Beside it, TARGET_DIR-large has more of the same packages: 100,000 functions.
# See debian-sources.sh for how its part from Debian is pinned.
set -euo pipefail
. "$(dirname "$0")/debian-sources.sh"
target=$1
DEBIAN=(python-django=3.2.25 rails=6.1.7.10+dfsg guava-libraries=31.1 golang-1.19=1.19.8 redis=7.0.15)
NPM=(rxjs@7.8.1)
# Test suites are left out: they are more than half of these trees, and repeat themselves.
PRUNED=(python-django/tests 'rails/*/test' guava-libraries/android guava-libraries/guava-tests golang-1.19/test golang-1.19/misc
  golang-1.19/src/cmd golang-1.19/src/runtime golang-1.19/src/syscall golang-1.19/src/vendor golang-1.19/src/go
  'guava-libraries/guava-*' redis/deps redis/tests rxjs/dist rxjs/_*)
# What of that the large corpus has all the same.
MORE=(golang-1.19/src/cmd golang-1.19/src/runtime)
stamp="$target/.complete"
want="${DEBIAN[*]} ${NPM[*]} ${PRUNED[*]} ${MORE[*]}"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && exit 0
rm -rf "$target" "$target-large"
debian_sources_begin "$target"
for pin in "${DEBIAN[@]}"; do
  debian_source "$pin"
done
debian_sources_end
for pin in "${NPM[@]}"; do
  name=${pin%@*}
  mkdir "$name"
  tar -xzf "$(npm pack --silent "$pin")" -C "$name" --strip-components=1
done
rm -f ./*.tgz ./*.asc
mkdir "$target-large"
for more in "${MORE[@]}"; do
  mkdir -p "$target-large/more/$(dirname "$more")"
  cp -al "$more" "$target-large/more/$more"
done
for pattern in "${PRUNED[@]}"; do
  # shellcheck disable=SC2086
  rm -rf $pattern
done
find golang-1.19/src -name '*_test.go' -delete
cp -al ./* "$target-large"
echo "$want" > "$stamp"

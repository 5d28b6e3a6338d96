#!/usr/bin/env bash
# Assembles the benchmark's corpus: pinned source packages of Debian and npm, through the machine's own apt and npm
# configuration. usage: corpus.sh TARGET_DIR. Beside it, TARGET_DIR-large has more of the same packages: 100,000 functions.
# Debian keeps one version of a package within a release, so its part is pinned by release and upstream version: another
# upstream version than the one named here is used, and said.
set -euo pipefail
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
mkdir -p "$target" "$target.apt/lists/partial" "$target.apt/sources"

# A private copy of the source lists with deb-src in place of deb, so that the machine's own stay as they are.
for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian*; do
  [ -f "$list" ] || continue
  sed -E 's/^deb /deb-src /; s/^Types:.*/Types: deb-src/' "$list" > "$target.apt/sources/$(basename "$list")"
done
apt=(-q -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$target.apt/sources" -o "Dir::State::lists=$target.apt/lists" -o "APT::Sandbox::User=root")
apt-get "${apt[@]}" update > /dev/null
cd "$target"
for pin in "${DEBIAN[@]}"; do
  name=${pin%%=*}
  # Only the upstream tarball matters: the packaging files beside it may be gone from the pool.
  apt-get "${apt[@]}" source --download-only "$name" > /dev/null 2>&1 || true
  archive=$(ls "${name}"_*.orig.tar.* 2> /dev/null | grep -v '\.asc$' | head -n 1 || true)
  [ -n "$archive" ] || { echo "bench corpus: no source of $name is to be had" >&2; exit 1; }
  case "$archive" in "${name}_${pin#*=}.orig."*) ;; *) echo "bench corpus: $archive in place of $pin" >&2 ;; esac
  mkdir "$name"
  tar -xf "$archive" -C "$name" --strip-components=1
  rm -f "${name}"_*
done
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
rm -rf "$target.apt"
cp -al ./* "$target-large"
echo "$want" > "$stamp"

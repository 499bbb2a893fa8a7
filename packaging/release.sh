#!/bin/sh
# Builds the files of a release into target/packages: a tarball with the static program and one with the program for glibc,
# a Debian package, a software bill of materials and the checksums. packaging/tools.sh installs what it needs.
#
# The files are the same for the same commit, compiler and tools, whatever the folder: times are those of the commit, and
# paths of this machine are replaced.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
build=${CARGO_TARGET_DIR:-$root/target}
out=$root/target/packages
stage=$root/target/staging
name=digest-search
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
static=x86_64-unknown-linux-musl
dynamic=x86_64-unknown-linux-gnu
export LC_ALL=C.UTF-8 TZ=UTC
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
umask 022
rm -rf "$out" "$stage"
mkdir -p "$out" "$stage/man" "$stage/completions"

# Paths that end up in the program, in messages of panics. The later of two that match counts.
remap() { printf -- '--remap-path-prefix=%s=%s' "$1" "$2"; }
separator=$(printf '\037')
CARGO_ENCODED_RUSTFLAGS=$(remap "$(rustc --print sysroot)" /rust)$separator$(remap "${CARGO_HOME:-$HOME/.cargo}" /cargo)
CARGO_ENCODED_RUSTFLAGS=$CARGO_ENCODED_RUSTFLAGS$separator$(remap "$root" /$name)$separator$(remap "$build" /target)
export CARGO_ENCODED_RUSTFLAGS
for target in $dynamic $static; do
    cargo build --release --locked --target "$target"
    mkdir -p "$stage/$target"
    cp "$build/$target/release/$name" "$stage/$target/"
done
program=$stage/$static/$name

# The manual pages that the main one lists, except that of `help`, and the completions.
"$program" man >"$stage/man/$name.1"
sed -n 's/^digest\\-search\\-\([a-z]*\)(1)$/\1/p' "$stage/man/$name.1" | grep -v help | while read -r command; do
    "$program" man "$command" >"$stage/man/$name-$command.1"
done
"$program" completions bash >"$stage/completions/$name"
"$program" completions zsh >"$stage/completions/_$name"
"$program" completions fish >"$stage/completions/$name.fish"

# What the licences of libraries ask of those who give the program away.
cargo about generate --locked --offline --config packaging/about.toml packaging/about.hbs --output-file "$stage/THIRD-PARTY.txt"
cp "$(rustc --print sysroot)/share/doc/rust/COPYRIGHT-library.html" "$stage/rust-standard-library.html"

# A tarball: the program, its documents, and the files of packaging/ that a server needs.
tarball() {
    folder=$name-$version-$1
    files=$stage/$1/$folder
    mkdir -p "$files"
    cp "$stage/$1/$name" README.md CHANGELOG.md SECURITY.md LICENSE-APACHE LICENSE-MIT "$files/"
    cp "$stage/THIRD-PARTY.txt" "$stage/rust-standard-library.html" "$files/"
    cp -R "$stage/man" "$stage/completions" docs reports schemas packaging/systemd packaging/proxies "$files/"
    tar --create --directory "$stage/$1" --sort=name --format=gnu --mode=u=rwX,go=rX --owner=0 --group=0 --numeric-owner \
        --mtime="@$SOURCE_DATE_EPOCH" "$folder" | gzip -n9 >"$out/$folder.tar.gz"
    rm -r "$files"
}
tarball $static
tarball $dynamic

# The Debian package: Cargo.toml lists its files.
cat >"$stage/changelog" <<EOF
$name ($version-1) unstable; urgency=medium

  * Release $version; /usr/share/doc/$name/changelog.gz lists the changes.

 -- $(sed -n 's/^maintainer = "\(.*\)"/\1/p' Cargo.toml)  $(date -R -d "@$SOURCE_DATE_EPOCH")
EOF
cargo deb --locked --no-build --no-strip --target $dynamic --output "$out/"

# The bill of materials names the package by its folder, which is that of this machine.
bill=$name-$version.cdx
cargo cyclonedx --quiet --format json --spec-version 1.5 --target $static --override-filename "$bill"
sed "s|path+file://$root|path+file:///$name|g" "$bill.json" >"$out/$bill.json"
rm "$bill.json"

# The folder of the container (packaging/Containerfile).
mkdir "$stage/$static/empty"
cd "$out"
sha256sum ./*.tar.gz ./*.deb ./*.json | sed 's|\./||' >SHA256SUMS
cat SHA256SUMS

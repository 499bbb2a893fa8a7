#!/bin/sh
# Installs the tools of packaging/release.sh, in the versions that it was tested with. They take some minutes to build.
# On Debian, it also needs: apt-get install dpkg-dev musl-tools
set -eu
rustup target add x86_64-unknown-linux-musl
cargo install --locked cargo-deb@3.8.0 cargo-cyclonedx@0.5.9
cargo install --locked cargo-about@0.9.3 --features cli

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ./demo.sh [FOLDER] [--no-serve] [--port N]
# Installs what is missing, builds Relata, turns FOLDER (without one: our samples) into a graph, writes the GraphML for
# Gephi beside it and serves the page. --no-serve stops before serving.
set -euo pipefail
root="$(cd "$(dirname "$0")" && pwd)"

folder="" serve=yes port=7878
while [ $# -gt 0 ]; do
    case "$1" in
        --no-serve) serve=no ;;
        --port) shift; port="${1:?--port needs a number}" ;;
        -h | --help) sed -n '3,6s/^# //p' "$0"; exit 0 ;;
        -*) echo "demo.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
        *) folder="$1" ;;
    esac
    shift
done
folder="${folder:-$root/samples/articles}"
[ -e "$folder" ] || { echo "demo.sh: $folder: no such folder" >&2; exit 1; }
folder="$(cd "$folder" 2>/dev/null && pwd || realpath "$folder")"

"$root/cmake/install_packages.sh"
cd "$root"
mkdir -p build
cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
cmake --build --preset release --target relata

mkdir -p build/demo
name="$(basename "$folder")"
relata="$root/build/release/relata"
echo
"$relata" build "$folder" -o "build/demo/$name.relata" --force
"$relata" export "build/demo/$name.relata" -f graphml -o "build/demo/$name.graphml" --force
echo
echo "The graph:          $root/build/demo/$name.relata"
echo "For Gephi:          $root/build/demo/$name.graphml"
[ "$serve" = yes ] || exit 0
exec "$relata" serve "build/demo/$name.relata" --port "$port"

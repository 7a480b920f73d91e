#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what packages.txt lists and is not there yet. Needs root or sudo only when something is missing.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

missing=()
while read -r package; do
    case "$package" in '' | '#'*) continue ;; esac
    # A tool that is already there by another way (a newer cmake, a system python) is good enough.
    case "$package" in
        cmake | ccache | g++ | pkg-config | python3 | clang-format) command -v "$package" >/dev/null && continue ;;
        ninja-build) command -v ninja >/dev/null && continue ;;
        nodejs | npm) command -v "${package%js}" >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done <"$root/packages.txt"

[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing: ${missing[*]}"
sudo=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "These packages are missing and this user cannot install them: ${missing[*]}" >&2; exit 1; }
    sudo=(sudo)
fi
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

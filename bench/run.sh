#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench/run.sh [RELATA] [TIMES]: speed, memory and start-up time of a built program, as a table.
# The text is our samples, copied TIMES times (default 20) under different names. Each figure is the best of three runs,
# since other work on the machine can only slow a run down; the last column counts sentences by processor time, which other
# work hardly changes. Needs python3 for the clock and the peak memory.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
relata="$(realpath "${1:-$root/build/release/relata}")"
times="${2:-20}"
[ -x "$relata" ] || { echo "bench: $relata: no program; build it with: cmake --workflow --preset release" >&2; exit 1; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for i in $(seq "$times"); do
    mkdir -p "$work/text/$i"
    cp "$root"/samples/articles/* "$work/text/$i/"
done
echo 'Halden Motor agreed to buy Tolm AG for $1.4 billion.' >"$work/sentence.txt"

RELATA="$relata" WORK="$work" python3 - <<'PYTHON'
import os, subprocess, time

relata, work = os.environ["RELATA"], os.environ["WORK"]
cores = sorted(os.sched_getaffinity(0))


def run(arguments, used):
    """Best wall and processor time and highest peak memory (MB) of three runs on the given cores."""
    best, busy, peak = float("inf"), float("inf"), 0
    for _ in range(3):
        start = time.perf_counter()
        child = subprocess.Popen([relata, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                 preexec_fn=lambda: os.sched_setaffinity(0, used))
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            raise SystemExit(f"bench: relata {' '.join(arguments)} failed")
        seconds = time.perf_counter() - start
        best = min(best, seconds)
        busy = min(busy, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, busy, peak, output


text, graph = work + "/text", work + "/g.relata"
_, _, _, analysed = run(["analyse", text], set(cores))
lines = analysed.decode().split("\n")
sentences = sum(1 for line in lines if line.startswith("1\t"))
tokens = sum(1 for line in lines if line and not line.startswith("#"))
print(f"text: {sentences} sentences, {tokens} tokens; machine: {len(cores)} cores")
print(f"{'':34}{'seconds':>9}{'sentences/s':>13}{'peak MB':>9}{'per CPU second':>16}")
start, _, peak, _ = run(["extract", work + "/sentence.txt"], {cores[0]})
print(f"{'start-up: extract of one sentence':34}{start:9.2f}{'':13}{peak:9.0f}")
for label, arguments in (("analyse", ["analyse", text]), ("extract", ["extract", text]),
                         ("build", ["build", text, "-o", graph, "--force"])):
    for used in ([{cores[0]}, set(cores)] if len(cores) > 1 else [{cores[0]}]):
        seconds, busy, peak, _ = run([*arguments, "--threads", str(len(used))], used)
        name = f"{label}, {len(used)} core{'s' if len(used) > 1 else ''}"
        print(f"{name:34}{seconds:9.2f}{sentences / seconds:13.0f}{peak:9.0f}{sentences / busy:16.0f}")
PYTHON

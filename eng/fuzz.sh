#!/usr/bin/env bash
# Fuzzes the decoders of frames with afl++ (Debian: apt-get install afl++) for some seconds, at the lowest priority.
#
#   eng/fuzz.sh [SECONDS]     the default is 300; findings stand in artifacts/fuzz/found
#
# A crash is replayed with the build that is not instrumented:
#   dotnet artifacts/bin/Fuzz/release/DaprMoE.Fuzz.dll replay artifacts/fuzz/found/default/crashes/id*
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

seconds=${1:-300}
tool_version=2.3.0
work=artifacts/fuzz
command -v afl-fuzz >/dev/null || { echo "eng/fuzz.sh needs afl++: apt-get install afl++" >&2; exit 127; }

dotnet build tests/Fuzz/Fuzz.csproj -c Release -v quiet --nologo
[[ -x artifacts/tools/sharpfuzz ]] || dotnet tool install SharpFuzz.CommandLine --version "$tool_version" --tool-path artifacts/tools

rm -rf "$work/program" "$work/seeds" "$work/found"
mkdir -p "$work"
cp -r artifacts/bin/Fuzz/release "$work/program"
dotnet artifacts/bin/Fuzz/release/DaprMoE.Fuzz.dll seeds "$work/seeds"
artifacts/tools/sharpfuzz "$work/program/DaprMoE.Ports.dll"

export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1
nice -n 19 afl-fuzz -i "$work/seeds" -o "$work/found" -V "$seconds" -m none -t 5000 dotnet "$work/program/DaprMoE.Fuzz.dll" >"$work/log" || { tail -n 20 "$work/log" >&2; exit 1; }

grep -E '^(execs_done|execs_per_sec|saved_crashes|saved_hangs|edges_found|run_time) ' "$work/found/default/fuzzer_stats"
! ls "$work"/found/default/crashes/id* >/dev/null 2>&1

#!/usr/bin/env bash
# Runs the marked commands of a Markdown file from the repository's root and compares what they print.
#
#   <!-- ci: run -->                         the next code block is run by bash; it must succeed
#   <!-- ci: serve http://host:port/path --> the next code block is started, and left running once that address answers
#   <!-- ci: output -->                      each line of the next code block must come, in this order, in what the last run printed;
#                                            other lines may come between, which a line of "..." can show
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

readme=$1
deadline_s=120
work=$(mktemp -d)
servers=()
failures=0
ran=0
trap 'stop_servers; rm -rf "$work"' EXIT

stop_servers() {
    for server in ${servers[@]+"${servers[@]}"}; do kill -INT -- "-$server" 2>/dev/null && wait "$server" 2>/dev/null; done
}

fail() {
    echo "$readme:$1: $2" >&2
    failures=$((failures + 1))
}

run_block() {
    ran=$((ran + 1))
    echo "+ $(head -n 1 "$2")"
    timeout "$deadline_s" bash -eo pipefail "$2" >"$work/printed" 2>"$work/errors" </dev/null && return
    cat "$work/printed" "$work/errors" >&2
    fail "$1" "the command failed"
}

serve_block() {
    ran=$((ran + 1))
    echo "+ $(head -n 1 "$2") &"
    # A group of its own, so that the server goes with its shell.
    set -m
    bash "$2" >"$work/printed" 2>&1 </dev/null &
    servers+=($!)
    set +m
    for ((i = 0; i < deadline_s * 5; i++)); do
        curl -fs -o /dev/null "$3" && return
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.2
    done
    cat "$work/printed" >&2
    fail "$1" "$3 does not answer"
}

compare_block() {
    awk -v line="$1" -v readme="$readme" '
        NR == FNR { printed[++last] = $0; next }
        $0 == "..." { next }
        {
            while (++at <= last && printed[at] != $0) { }
            if (at > last) { printf "%s:%d: this line was not printed: %s\n", readme, line + FNR, $0 > "/dev/stderr"; exit 1 }
        }' "$work/printed" "$2" && return
    cat "$work/printed" >&2
    failures=$((failures + 1))
}

# Splits the file into numbered blocks, each with the line and the words of its marker.
awk -v work="$work" '
    /^<!-- ci: .* -->$/ { marker = $0; sub(/^<!-- ci: /, "", marker); sub(/ -->$/, "", marker); next }
    /^```/ && inside { inside = 0; marker = ""; close(file); next }
    /^```/ && marker != "" { inside = 1; file = work "/" (++n) ".block"; print NR, file, marker > (work "/blocks"); printf "" > file; next }
    inside { print > file }' "$readme" || exit 1
touch "$work/blocks"

while read -r line file kind address; do
    case $kind in
        run) run_block "$line" "$file" ;;
        serve) serve_block "$line" "$file" "$address" ;;
        output) compare_block "$line" "$file" ;;
        *) fail "$line" "there is no marker 'ci: $kind'; there are run, serve and output" ;;
    esac
done <"$work/blocks"

if ((ran == 0)); then fail 1 "no command is marked with <!-- ci: run -->"; fi
echo "$ran commands of $readme run, $failures failures"
((failures == 0))

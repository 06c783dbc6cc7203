#!/usr/bin/env bash
# Makes each image's folder as its container file does, starts it by the image's command line and environment, and asks its health check.
# There is no container engine in it: what is tested is that the published folder is whole, and that nothing is written to it.
# Arguments go to `dotnet publish`; --no-build takes what is built already.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

root=$PWD
deadline_s=60
work=$(mktemp -d)
failures=0
service=
trap 'stop; rm -rf "$work"' EXIT

stop() {
    [[ -z $service ]] || { kill "$service" && wait "$service"; } 2>/dev/null
    service=
}

# The words of a JSON array after an instruction.
words() { sed -n "s/^$1 .*\[\(.*\)\]\$/\1/p" "$2" | tr -d '",'; }

environment() { sed -n 's/^ENV //p' "$1" | sed -e "s|=/tmp|=$work|;t" -e "s|=/models|=$root/models|;t" -e "s|=/cache|=$work/cache|"; }

listing() { find "$1" -printf '%P %s %T@\n' | sort; }

check() {
    local file=$1; shift
    local name app project entrypoint health path=/readyz settings
    name=$(basename "$(dirname "$file")")
    app=$work/$name
    project=$(sed -n 's/^RUN dotnet publish \([^ ]*\) .*/\1/p' "$file")
    dotnet publish "$project" -c Release -o "$app" -v quiet --nologo -clp:NoSummary "$@" || return 1
    listing "$app" >"$work/before"
    mapfile -t settings < <(environment "$file")
    # Without a sidecar it starts, and is never ready.
    [[ $name != orchestrator ]] || { settings+=(DAPRMOE__SIDECAR__APPPORT=7005); path=/livez; }
    read -ra entrypoint <<<"$(words ENTRYPOINT "$file")"
    read -ra health <<<"$(words HEALTHCHECK "$file")"
    (cd "$app" && exec env "${settings[@]}" "${entrypoint[@]}" >"$work/log" 2>&1) &
    service=$!
    for ((i = 0; i < deadline_s * 5; i++)); do
        if "${health[0]}" "deploy${health[1]}" "${health[2]}" "$path" 2>/dev/null; then
            stop
            listing "$app" | diff "$work/before" - || { echo "$name wrote to its folder" >&2; return 1; }
            return 0
        fi
        kill -0 "$service" 2>/dev/null || break
        sleep 0.2
    done
    stop
    cat "$work/log" >&2
    return 1
}

for file in deploy/*/Containerfile; do
    started=$SECONDS
    if check "$file" "$@"; then echo "$file: ok ($((SECONDS - started)) s)"; else echo "$file: FAILED" >&2; failures=$((failures + 1)); fi
done
((failures == 0))

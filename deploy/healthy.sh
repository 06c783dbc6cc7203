#!/usr/bin/env bash
# Whether a service answers 200. Usage: healthy.sh PORT [PATH]. The base image has neither curl nor wget.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "${2:-/readyz}" >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]

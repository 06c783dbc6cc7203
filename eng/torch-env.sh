#!/usr/bin/env bash
# usage: torch-env.sh DIR CMD...   Runs CMD in DIR, in an environment where libtorch loads; with CMD left out it only makes it.
#
# libtorch needs the libstdc++ of gcc 13 (GLIBCXX_3.4.32). A system that has it runs CMD as it is. On an older Debian CMD runs in a
# root folder of Debian 13, which is made once from 15 packages (70 MB, a few seconds). Exits with 3 and one sentence where that is
# not possible. There is no shell of yours in that folder, so CMD is a program such as `dotnet`, not a script.
#
# TORCH_ROOT  where the root folder is kept               DEBIAN_MIRROR  where packages come from
# TORCH_BIND  more folders that CMD sees, beside the SDK, the package cache, the home folder, /tmp and DIR
set -euo pipefail
dir=$(realpath "$1")
shift
root=${TORCH_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/daprmoe-trixie-root}
packages=(libc6 libgcc-s1 libstdc++6 zlib1g libssl3t64 libzstd1 libicu76 dash coreutils libselinux1 libpcre2-8-0 libacl1 libattr1
    libgmp10 libcap2)

refuse() {
    echo "libtorch can't be loaded here: it needs libstdc++ with GLIBCXX_3.4.32 (Debian 13, Ubuntu 24.04 or newer), and $1." >&2
    exit 3
}

has_new_libstdcxx() {
    local lib
    lib=$({ ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | awk '/libstdc\+\+\.so\.6 .*x86-64/ { print $NF; exit }') || true
    [[ -n $lib ]] && grep -qa GLIBCXX_3.4.32 "$lib"
}

mirror() {
    local known
    known=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 '/debian$') || true
    echo "${DEBIAN_MIRROR:-${known:-http://deb.debian.org/debian}}"
}

make_root() {
    local tool
    for tool in apt-get dpkg-deb unshare; do
        command -v "$tool" >/dev/null || refuse "a folder of Debian 13 can't be made without $tool"
    done
    mkdir -p "$(dirname "$root")"
    new=$(mktemp -d "$root.XXXX")
    trap 'rm -rf "$new"' EXIT
    mkdir -p "$new"/.apt/{lists,cache,state} "$new"/usr/{bin,sbin,lib,lib64} "$new"/{etc,proc,dev,sys,tmp,root,run}
    local link
    for link in bin sbin lib lib64; do ln -s "usr/$link" "$new/$link"; done
    fetch || refuse "the packages of Debian 13 can't be fetched from $(mirror)"
    local deb
    for deb in "$new"/.apt/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$new" --exclude=./usr/share
    done
    rm -rf "$new/.apt"
    touch "$new/.ok"
    chmod 755 "$new"
    trap - EXIT
    # Of two that make it at the same time the first one's stays.
    mv -T "$new" "$root" 2>/dev/null || rm -rf "$new"
}

# Private lists: the system's own sources stay as they are.
fetch() {
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) trixie main" >"$new/.apt/sources.list"
    local apt=(apt-get -qq -oDir::Etc::SourceList="$new/.apt/sources.list" -oDir::Etc::SourceParts=/nonexistent
        -oDir::State::Lists="$new/.apt/lists" -oDir::Cache="$new/.apt/cache" -oAPT::Sandbox::User=root)
    "${apt[@]}" update && (cd "$new/.apt" && "${apt[@]}" download "${packages[@]}")
}

# Mounts live in a namespace of their own, so none is left behind; without root rights a user namespace gives them.
enter() {
    local user=()
    ((EUID == 0)) || user=(-r)
    exec unshare ${user[@]+"${user[@]}"} -m --propagation private bash -euc '
        root=$1 dir=$2; shift 2
        sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
        for path in /tmp /proc /sys /dev "$sdk" "$HOME" "${NUGET_PACKAGES:-}" /etc/ssl /usr/share/ca-certificates /usr/share/zoneinfo \
            "$dir" ${TORCH_BIND:-}; do
            [[ -n $path && -e $path ]] || continue
            mkdir -p "$root$path"
            mount --rbind "$path" "$root$path"
        done
        for file in resolv.conf hosts passwd group nsswitch.conf; do cat "/etc/$file" >"$root/etc/$file" 2>/dev/null || true; done
        export PATH="$sdk:/usr/bin:/usr/sbin" LANG=C.UTF-8
        exec unshare -R "$root" -w "$dir" "$@"' _ "$root" "$dir" "$@"
}

if has_new_libstdcxx; then
    cd "$dir"
    (($# == 0)) || exec "$@"
    exit 0
fi
[[ -e $root/.ok ]] || make_root
unshare ${EUID:+$( ((EUID == 0)) || echo -r)} -m true 2>/dev/null || refuse "this system lets nobody enter a folder of Debian 13 (unshare)"
(($# == 0)) || enter "$@"

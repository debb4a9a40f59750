# What every script needs: say, die, again, numbers, as_root, find_go, use_tools. To be sourced by bash; sets $root.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=script/lib/java.sh
. "$root/script/lib/java.sh"

GO_OLDEST=22 # of Go 1: the routes of net/http have patterns since then
GO_TOOLCHAIN=go1.26.8

say() { printf '%s\n' "$*" >&2; }

die() {
    say "${0##*/}: $*"
    exit 1
}

# again CMD...: a command that downloads, up to three times: one download in thousands fails, and the next one succeeds.
again() {
    local tries=1
    until "$@"; do
        [ "$tries" -lt 3 ] || return 1
        say "${0##*/}: '$*' failed and is tried again"
        sleep $((tries * 5))
        tries=$((tries + 1))
    done
}

# numbers USAGE WORD...: dies with the usage unless each is a whole number.
numbers() {
    local usage=$1 word
    shift
    for word; do
        case $word in
            '' | *[!0-9]*) die "'$word' is no number; $usage" ;;
        esac
    done
}

# as_root CMD...: as it is for root, by sudo for others.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo -- "$@"
    else
        sudo -n -- "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

go_arch() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        *) uname -m ;;
    esac
}

# The module that holds Go itself, in the module cache of the one who calls.
go_toolchain() { echo "golang.org/toolchain@v0.0.1-$GO_TOOLCHAIN.linux-$(go_arch)"; }

# find_go: sets go_bin to the folder of a Go that is new enough.
find_go() {
    local candidate version cache=${GOMODCACHE:-${GOPATH:-${HOME:-/root}/go}/pkg/mod}
    for candidate in "$(command -v go || true)" "$cache/$(go_toolchain)/bin/go" /usr/local/go/bin/go; do
        if [ -x "$candidate" ]; then
            version=$(cd / && GOTOOLCHAIN=local "$candidate" env GOVERSION 2>/dev/null) || continue
            version=${version#go1.}
            if [ "${version%%[!0-9]*}" -ge "$GO_OLDEST" ] 2>/dev/null; then
                go_bin=$(dirname "$candidate")
                return 0
            fi
        fi
    done
    go_bin=
    return 1
}

# use_tools: puts the JDK and Go on the PATH.
use_tools() {
    find_java javac || die "no JDK $JAVA_OLDEST or newer: call script/bootstrap"
    find_go || die "no Go 1.$GO_OLDEST or newer: call script/bootstrap"
    export JAVA_HOME=$java_home PATH="$java_home/bin:$go_bin:$PATH"
}

# What guests are made of: Debian's packages, fetched by an apt with folders of its own, so that the machine's stays as it
# is. To be sourced by bash after env.sh.
# shellcheck shell=bash

cache=${XDG_CACHE_HOME:-$HOME/.cache}/zerospan/vm
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
base_packages=(openjdk-17-jre-headless busybox-static util-linux libsmartcols1 libcap-ng0 libc6 libstdc++6 libgcc-s1 zlib1g libbpf1 libelf1 libcap2 bpftool)

# vm_apt TOOL ARGUMENT...: an apt tool that knows these releases for both architectures and nothing of this machine.
vm_apt() { APT_CONFIG=$cache/apt/apt.conf "$@"; }

write_apt_folder() {
    local suite
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial" "$cache/debs"
    {
        for suite in bullseye bookworm bookworm-backports trixie trixie-backports; do
            echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main"
        done
        echo "deb [signed-by=$keyring] http://deb.debian.org/debian-security bullseye-security main"
    } >"$cache/apt/sources.list"
    cat >"$cache/apt/apt.conf" <<END
Dir::State "$cache/apt";
Dir::State::status "/dev/null";
Dir::Cache "$cache/apt";
Dir::Etc::SourceList "$cache/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
APT::Architecture "amd64";
APT::Architectures { "amd64"; "arm64"; };
APT::Sandbox::User "";
Acquire::Languages "none";
END
}

# refresh_lists: not more than once a day, so that what is there can be used offline and twice the same.
refresh_lists() {
    [ -z "$(find "$cache/apt/lists.time" -mmin -1440 2>/dev/null)" ] || return 0
    write_apt_folder
    vm_apt apt-get update -qq || die "cannot fetch Debian's package lists; is http://deb.debian.org reachable?"
    touch "$cache/apt/lists.time"
}

# unpack FOLDER PACKAGE:ARCH/RELEASE...: the files of the packages, nothing of their scripts.
unpack() {
    local folder=$1 files file
    shift
    (cd "$cache/debs" && vm_apt apt-get download -qq "$@" >&2) # fetches what is not there
    files=$(cd / && vm_apt apt-get download --print-uris "$@" | awk '{ print $2 }') # prints what is not there
    mkdir -p "$folder"
    for file in $files; do
        dpkg -x "$cache/debs/$file" "$folder"
    done
}

# kernel ARCH RELEASE: prints the path of that Debian release's cloud kernel.
kernel() {
    local package folder
    package=$(vm_apt apt-cache show "linux-image-cloud-$1:$1/$2" |
        sed -n 's/^Depends:.*\(linux-image-[0-9][^ ,]*\).*/\1/p' | head -n 1)
    [ -n "$package" ] || die "Debian $2 has no cloud kernel for $1"
    if vm_apt apt-cache show "${package/image/binary}:$1" >/dev/null 2>&1; then
        package=${package/image/binary} # since 7.3 the image's package depends on the one with the file
    fi
    folder=$cache/kernels/$package
    if [ ! -d "$folder" ]; then
        unpack "$folder.new" "$package:$1"
        mv "$folder.new" "$folder"
    fi
    find "$folder" -name 'vmlinu[xz]*' -print -quit
}

# base ARCH: prints the folder of what every guest has: a Java, libbpf and a shell.
base() {
    local packages folder
    packages=$(sha256sum <<<"${base_packages[*]}") # not by time: another checkout may want others
    folder=$cache/base-$1-${packages:0:8}
    if [ ! -d "$folder" ]; then
        rm -rf "$folder.new"
        unpack "$folder.new" "${base_packages[@]/%/:$1/bookworm}"
        mkdir -p "$folder.new"/{proc,sys,dev,tmp}
        ln -s busybox "$folder.new/bin/sh"
        mv "$folder.new" "$folder"
    fi
    echo "$folder"
}

# Finds a Java of at least version 17, without starting one. POSIX sh: sourced by the scripts and by bin/zerospan.
# shellcheck shell=sh

JAVA_OLDEST=17

# java_in FOLDER PROGRAM: whether it holds such a Java with this program; sets java_version.
java_in() {
    java_version=
    { [ -x "$1/bin/$2" ] && [ -r "$1/release" ]; } || return 1
    while IFS='=' read -r java_key java_value || [ -n "$java_key" ]; do
        if [ "$java_key" = JAVA_VERSION ]; then
            java_version=${java_value#\"}
            java_version=${java_version%\"*}
        fi
    done <"$1/release"
    java_feature=${java_version%%[!0-9]*}
    [ "${java_feature:-0}" -ge "$JAVA_OLDEST" ]
}

# find_java PROGRAM: sets java_home to the first of $JAVA_HOME, the PATH and /usr/lib/jvm with java (or javac).
find_java() {
    java_on_path=$(command -v "$1") && java_on_path=$(readlink -f "$java_on_path")
    for java_home in "${JAVA_HOME:-}" "${java_on_path%/bin/*}" /usr/lib/jvm/*; do
        if [ -n "$java_home" ] && java_in "$java_home" "$1"; then
            return 0
        fi
    done
    java_home=
    return 1
}

# Prints docs/vm-matrix.md from what the guests told. To be sourced by bash after script/vm-matrix has defined told and
# names.
# shellcheck shell=bash

# row GUEST: its line of the first table.
row() {
    local name=$1 result probes armed programs
    result=$(told "$name" result)
    probes='' armed=''
    if [ -n "$(told "$name" armed_ms)" ]; then
        probes="$(told "$name" uprobe_multi) uprobe_multi, $(told "$name" perf) perf"
        armed="$(($(told "$name" armed_ms) / 1000)) s"
    fi
    programs=$(told "$name" go | sed 's/^go//; s/ ok$//' | paste -sd ' ')
    echo "| $name | $(told "$name" kernel) | $(told "$name" preempt) | ${result#failed: } | $programs | $probes | $armed | $(told "$name" seconds) s |"
}

# programs_table: what the verifier of each kernel went through, one line a program.
programs_table() {
    local name program line shown=()
    for name in $(names); do
        [ -z "$(told "$name" verified)" ] || shown+=("$name")
    done
    echo "| program |$(printf ' %s |' "${shown[@]}")"
    echo "|---|$(printf -- '---:|%.0s' "${shown[@]}")"
    for program in $(for name in "${shown[@]}"; do told "$name" verified; done | awk '{ print $1 }' | sort -u); do
        line="| \`$program\` |"
        for name in "${shown[@]}"; do
            line+=" $(told "$name" "verified $program") |"
        done
        echo "$line"
    done
}

# headers_table: what came to a service that is not traced, of 300 requests by each way.
headers_table() {
    local name column
    echo "| guest | memory, HTTP/1.1 | memory, h2c | socket, HTTP/1.1 | socket, h2c |"
    echo "|---|---|---|---|---|"
    for name in $(names); do
        [ -n "$(told "$name" 'memory h1')" ] || continue
        printf '| %s |' "$name"
        for column in 'memory h1' 'memory h2c' 'socket h1' 'socket h2c'; do
            printf ' %s |' "$(told "$name" "$column")"
        done
        echo
    done
}

print_document() {
    local name
    cat <<END
# Kernels

Made by \`script/vm-matrix\` on $(date -u +%Y-%m-%d), by $(qemu-system-x86_64 --version | sed -n '1s/.*version \([^ ]*\).*/QEMU \1/p') without an accelerator: read the seconds as an order of
magnitude, the counts as they are.

The distribution of this folder, with Debian's own kernel (its cloud flavour, nothing added), libbpf 1.1 and Java 17, traces
the demo program (Go ${GO_TOOLCHAIN#go}) as \`script/demo\` does, and then the program with all hooks (HTTP server and client, database/sql, a
panic) that \`script/go-matrix\` uses, built by the Go releases shown. *ok*: exactly the expected trees came, by parent,
kind, name, route, statement, status and error; and a span for each call of a function that only the configuration names,
with a text and an interface's type among its arguments, which are found by the debug information.

| guest | kernel | preemption | result | Go | links | armed after | whole guest |
|---|---|---|---|---|---|---|---|
$(for name in $(names); do row "$name"; done)

The oldest kernel that Zerospan runs on is 5.15, which Debian never had: between the refused 5.10 and 6.1 nothing was run.

## Instructions that the verifier went through

The kernel's limit is a million a program.

$(programs_table)

## Headers out

Of six kinds of requests (3 MB of body, chunked, Expect: 100-continue, 9 KB of headers, a long URL), 16 at a time, from a
traced program to one that is not traced: how many failed or came changed (by their checksums), came with one
\`traceparent\`, without, with more. Then the host is killed amid as many over HTTP/1.1, of which none may fail either.

$(headers_table)

With 64 at a time over HTTP/1.1, by memory in amd64-6.12 on 2026-11-23 (\`ways-out memory 20000 64\`, and once more with 5,000; some
50 a second there, so \`script/vm-matrix --requests NUMBER\` takes its time):

| | |
|---|---|
| 20,000 | errors=0 with=20000 without=0 more=0 |
| 5,000, the host killed amid them | errors=0 with=2623 without=2377 more=0 |
END
}

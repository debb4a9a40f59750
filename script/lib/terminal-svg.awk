# Draws what a terminal showed as an SVG whose lines appear when they did. Input: the timing file of script(1), then its
# output. Knows lines, UTF-8 of single width, and the colours that zerospan uses; nothing that moves the cursor up.
# A viewer that does not animate shows the end. Run it with LC_ALL=C, so that a character is a byte.

function xml(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

function columns(text) {
    gsub(/[\200-\277]/, "", text) # what continues a character
    return length(text)
}

function flush_run(    width, style) {
    if (run == "") {
        return
    }
    width = columns(run)
    if (run !~ /^ *$/) {
        style = (ink == "" ? "" : " class=\"" ink "\"")
        line = line sprintf("<tspan x=\"%.1f\" textLength=\"%.1f\"%s>%s</tspan>",
            MARGIN + column * CELL, width * CELL, style, xml(run))
    }
    column += width
    if (column > widest) {
        widest = column
    }
    run = ""
}

function end_line() {
    flush_run()
    rows++
    if (line != "") {
        body = body sprintf("<text y=\"%d\">%s<animate attributeName=\"opacity\" values=\"0\" dur=\"%.2fs\"/></text>\n",
            MARGIN + rows * HEIGHT - 5, line, born + 0.01)
    }
    line = ""
    column = 0
}

function colour(code) {
    flush_run()
    ink = (code in INKS ? INKS[code] : "")
}

BEGIN {
    CELL = 8.4
    HEIGHT = 19
    MARGIN = 14
    INKS["1"] = "b"; INKS["2"] = "d"; INKS["31"] = "r"; INKS["32"] = "g"; INKS["34"] = "u"; INKS["36"] = "c"
}

FNR == NR {
    delay[NR] = $1
    size[NR] = $2
    chunks = NR
    next
}

FNR == 1 { next } # "Script started on ..."

{ data = data $0 "\n" }

END {
    at = 1
    for (chunk = 1; chunk <= chunks; chunk++) {
        now += delay[chunk]
        for (end = at + size[chunk]; at < end; at++) {
            c = substr(data, at, 1)
            if (c == "\n") {
                end_line()
            } else if (c == "\033") {
                stop = at + 2
                while (stop < at + 12 && substr(data, stop, 1) !~ /[A-Za-z]/) {
                    stop++
                }
                colour(substr(data, at + 2, stop - at - 2))
                at = stop
            } else if (c != "\r") {
                if (run == "" && line == "") {
                    born = now
                }
                run = run c
            }
        }
    }
    if (run != "" || line != "") {
        end_line()
    }
    width = 2 * MARGIN + widest * CELL
    height = 2 * MARGIN + rows * HEIGHT
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" xml:space=\"preserve\">\n", width, height, width, height
    print "<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;fill:#e6edf3;white-space:pre}"
    print ".b{font-weight:bold}.d{fill:#8b949e}.r{fill:#ff7b72}.g{fill:#3fb950}.u{fill:#58a6ff}.c{fill:#39c5cf}</style>"
    print "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>"
    printf "%s", body
    print "</svg>"
}

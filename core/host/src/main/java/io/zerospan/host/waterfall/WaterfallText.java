package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.waterfall.Palette.Ink;
import java.util.ArrayList;
import java.util.List;

/** A trace as lines of text, none wider than the screen: a heading, then a line for each span. */
final class WaterfallText {
    private static final String FAILED = "✗ ";
    /** Columns that the tree's lines may ask for; deeper levels are told as numbers if need be. */
    private static final int MOST_LINES = 36;

    /** One span's line before its columns are known. */
    private record Line(TraceRows.Row row, SpanLabel label, String duration) {
        int width() {
            return Math.min(row.lines().length(), MOST_LINES)
                    + (label.failed() ? FAILED.length() : 0)
                    + Cells.width(label.name())
                    + before(label.failure())
                    + before(label.detail());
        }

        private static int before(String word) {
            return word.isEmpty() ? 0 : 1 + Cells.width(word);
        }
    }

    private final Palette palette;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private WaterfallText(int width, Palette palette) {
        this.width = Columns.usable(width);
        this.palette = palette;
    }

    /** Ends with a line break. */
    static String of(Trace trace, int width, Palette palette) {
        WaterfallText page = new WaterfallText(width, palette);
        page.draw(trace);
        return page.text.toString();
    }

    private void draw(Trace trace) {
        long begin = trace.spans().stream()
                .mapToLong(SpanData::getStartEpochNanos)
                .min()
                .orElse(0);
        long end = trace.spans().stream()
                .mapToLong(SpanData::getEndEpochNanos)
                .max()
                .orElse(begin);
        List<Line> lines = new ArrayList<>();
        for (TraceRows.Row row : TraceRows.of(trace.spans())) {
            lines.add(new Line(row, SpanLabel.of(row.span()), DurationText.of(duration(row.span()))));
        }
        heading(trace, end - begin);
        Columns columns = Columns.fit(
                width,
                lines.stream().mapToInt(Line::width).max().orElse(0),
                lines.stream()
                        .mapToInt(line -> line.label.kind().length())
                        .max()
                        .orElse(0),
                lines.stream()
                        .mapToInt(line -> Cells.width(line.label.service()))
                        .max()
                        .orElse(0),
                lines.stream().mapToInt(line -> line.duration.length()).max().orElse(0));
        lines.forEach(line -> line(line, columns, begin, end - begin));
    }

    private static long duration(SpanData span) {
        return span.getEndEpochNanos() - span.getStartEpochNanos();
    }

    private void heading(Trace trace, long nanos) {
        int spans = trace.spans().size();
        String facts = " · " + (spans == 1 ? "1 span" : spans + " spans") + " · " + DurationText.of(nanos);
        String remark = trace.state().remark();
        String heading = Cells.cut("trace " + trace.id() + facts, width);
        text.append(palette.paint(Ink.QUIET, heading));
        if (!remark.isEmpty()) {
            // On a line of its own where both do not fit: it is what one has to know.
            boolean fits = Cells.width(heading) + 3 + Cells.width(remark) <= width;
            text.append(fits ? palette.paint(Ink.QUIET, " · ") : "\n")
                    .append(palette.paint(Ink.STRONG, Cells.cut(remark, width)));
        }
        text.append('\n');
    }

    private void line(Line line, Columns columns, long begin, long total) {
        SpanLabel label = line.label;
        label(line, columns.label());
        text.append(' ')
                .append(palette.paint(Ink.QUIET, label.kind()))
                .append(Cells.fill(label.kind().length(), columns.kind()));
        String service = Cells.cut(label.service(), columns.service());
        text.append(' ').append(service).append(Cells.fill(Cells.width(service), columns.service()));
        text.append(' ')
                .append(Cells.fill(line.duration.length(), columns.duration()))
                .append(line.duration);
        SpanData span = line.row.span();
        String bar = Bar.of(span.getStartEpochNanos() - begin, duration(span), total, columns.bar());
        text.append(' ').append(palette.paint(ink(span, label), bar)).append('\n');
    }

    private static Ink ink(SpanData span, SpanLabel label) {
        if (label.failed()) {
            return Ink.ERROR;
        }
        return switch (span.getKind()) {
            case CLIENT, PRODUCER -> Ink.CLIENT;
            case SERVER, CONSUMER -> Ink.SERVER;
            case INTERNAL -> Ink.OTHER;
        };
    }

    private void label(Line line, int columns) {
        String lines = line.row.lines();
        // Where the tree's lines would leave too little to the name, the depth is told as a number.
        if (line.row.depth() * 3 > columns / 2) {
            lines = "⋯" + line.row.depth() + " ";
        }
        int left = columns;
        left -= part(lines, Ink.QUIET, left);
        if (line.label.failed()) {
            left -= part(FAILED, Ink.ERROR, left);
        }
        left -= part(line.label.name(), line.label.failed() ? Ink.ERROR : Ink.STRONG, left);
        left -= word(line.label.failure(), Ink.ERROR, left);
        left -= word(line.label.detail(), Ink.QUIET, left);
        text.append(Cells.fill(0, left));
    }

    private int word(String word, Ink ink, int left) {
        // A word of which one letter is seen is noise.
        return word.isEmpty() || left < 3 ? 0 : part(" " + word, ink, left);
    }

    /** Returns how many columns it took. */
    private int part(String part, Ink ink, int left) {
        String shown = Cells.cut(part, left);
        text.append(palette.paint(ink, shown));
        return Cells.width(shown);
    }
}

package io.zerospan.host.kernel;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What W3C's own test suite (w3c/trace-context, test/test.py, all of it) demands of a service that is called with such
 * lines and calls on. Keys that occur twice it wants kept, or one of each: they are kept. Where names are written in
 * capitals, or values have blanks around them, it is net/http that puts them right.
 */
final class TraceContextCases {
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN = "b7ad6b7169203331";
    private static final String IDS = TRACE + "-" + SPAN;
    private static final String VALID = "traceparent: 00-" + IDS + "-01";
    private static final String UNSAMPLED = "traceparent: 00-" + IDS + "-00";

    /**
     * @param lines of the request's header
     * @param same whether the calls belong to the caller's trace
     * @param state their tracestate, without blanks; empty for none
     */
    record Case(String name, List<String> lines, boolean same, String state) {
        @Override
        public String toString() {
            return name;
        }
    }

    private TraceContextCases() {}

    static Stream<Case> all() {
        return Stream.of(parents(), states(), statesRefused(), limits()).flatMap(cases -> cases);
    }

    private static Case follows(String name, String... lines) {
        return new Case(name, List.of(lines), true, "");
    }

    private static Case begins(String name, String... lines) {
        return new Case(name, List.of(lines), false, "");
    }

    private static Case refused(String name, String parent) {
        return begins(name + " " + parent, "traceparent: " + parent);
    }

    private static Stream<Case> parents() {
        String span = "-" + SPAN + "-01";
        String trace = "00-" + TRACE + "-";
        return Stream.of(
                begins("no headers"),
                follows("a traceparent", VALID),
                begins("two traceparents", VALID, "traceparent: 00-" + TRACE.replace('0', '1') + span),
                begins("name with a dash", "trace-parent: 00-" + IDS + "-01"),
                begins("name with a dot", "trace.parent: 00-" + IDS + "-01"),
                follows("name in mixed case", VALID.replace("traceparent", "TraceParent")),
                follows("name in any case", VALID.replace("traceparent", "TrAcEpArEnT")),
                follows("name in capitals", VALID.replace("traceparent", "TRACEPARENT")),
                refused("version 0 with a dot behind", "00-" + IDS + "-01."),
                refused("version 0 with more behind", "00-" + IDS + "-01-what-the-future-will-be-like"),
                follows("later version", "traceparent: cc-" + IDS + "-01"),
                follows("later version with more", "traceparent: cc-" + IDS + "-01-what-the-future-will-be-like"),
                refused("later version, no dash", "cc-" + IDS + "-01.what-the-future-will-be-like"),
                refused("version ff", "ff-" + IDS + "-01"),
                refused("version", ".0-" + IDS + "-01"),
                refused("version", "0.-" + IDS + "-01"),
                refused("version too long", "000-" + IDS + "-01"),
                refused("version too long", "0000-" + IDS + "-01"),
                refused("version too short", "0-" + IDS + "-01"),
                refused("trace id of zeros", "00-" + "0".repeat(32) + span),
                refused("trace id", "00-." + TRACE.substring(1) + span),
                refused("trace id", "00-" + TRACE.substring(1) + "." + span),
                refused("trace id too long", "00-" + TRACE + "3" + span),
                refused("trace id too short", "00-" + TRACE.substring(1) + span),
                refused("span id of zeros", trace + "0".repeat(16) + "-01"),
                refused("span id", trace + "." + SPAN.substring(1) + "-01"),
                refused("span id", trace + SPAN.substring(1) + ".-01"),
                refused("span id too long", trace + SPAN + "7-01"),
                refused("span id too short", trace + SPAN.substring(1) + "-01"),
                refused("flags", trace + SPAN + "-.0"),
                refused("flags", trace + SPAN + "-0."),
                refused("flags too long", trace + SPAN + "-001"),
                refused("flags too short", trace + SPAN + "-1"),
                follows("blank in front", "traceparent:  00-" + IDS + "-01"),
                follows("tab in front", "traceparent: \t00-" + IDS + "-01"),
                follows("blank behind", VALID + " "),
                follows("tab behind", VALID + "\t"),
                follows("blanks around", "traceparent: \t 00-" + IDS + "-01 \t"));
    }

    private static Case carries(String state, String name, String... lines) {
        return new Case(
                name,
                Stream.concat(Stream.of(UNSAMPLED), Stream.of(lines)).toList(),
                true,
                state.replaceAll("[ \t]", ""));
    }

    private static Case drops(String value) {
        return carries("", "tracestate refused: " + value, "tracestate: " + value);
    }

    private static Stream<Case> states() {
        String inner = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        String value = IntStream.rangeClosed(' ', '~')
                .filter(c -> c != ',' && c != '=')
                .mapToObj(Character::toString)
                .collect(joining());
        String whole = inner + "=" + value;
        String ofTenant = inner + "@a-z0-9_-*/=" + value;
        return Stream.of(
                begins("tracestate alone", "tracestate: foo=1"),
                begins("tracestate alone, of two", "tracestate: foo=1,bar=2"),
                carries("foo=1,bar=2", "tracestate", "tracestate: foo=1,bar=2"),
                carries("", "state's name with a dash", "trace-state: foo=1"),
                carries("", "state's name with a dot", "trace.state: foo=1"),
                carries("foo=1", "state's name in mixed case", "TraceState: foo=1"),
                carries("foo=1", "state's name in any case", "TrAcEsTaTe: foo=1"),
                carries("foo=1", "state's name in capitals", "TRACESTATE: foo=1"),
                carries("", "empty tracestate", "tracestate: "),
                carries("foo=1,", "empty line behind", "tracestate: foo=1", "tracestate: "),
                carries("foo=1", "empty line in front", "tracestate: ", "tracestate: foo=1"),
                carries(
                        "foo=1,bar=2,rojo=1,congo=2,baz=3",
                        "three lines",
                        "tracestate: foo=1,bar=2",
                        "tracestate: rojo=1,congo=2",
                        "tracestate: baz=3"),
                carries("foo=1,foo=1", "key twice", "tracestate: foo=1,foo=1"),
                carries("foo=1,foo=2", "key twice, other values", "tracestate: foo=1,foo=2"),
                carries("foo=1,foo=1", "key in two lines", "tracestate: foo=1", "tracestate: foo=1"),
                carries("foo=1,foo=2", "key in two lines, other values", "tracestate: foo=1", "tracestate: foo=2"),
                carries(whole, "all characters", "tracestate: " + whole),
                carries(ofTenant, "all characters, with a tenant", "tracestate: " + ofTenant),
                carries("foo=1,bar=2,baz=3", "blanks between", "tracestate: foo=1 \t , \t bar=2, \t baz=3"),
                carries("foo=1,bar=2,baz=3", "tabs between", "tracestate: foo=1\t \t,\t \tbar=2,\t \tbaz=3"),
                carries("foo=1", "state with a blank in front", "tracestate:  foo=1"),
                carries("foo=1", "state with a tab in front", "tracestate: \tfoo=1"),
                carries("foo=1", "state with a blank behind", "tracestate: foo=1 "),
                carries("foo=1", "state with a tab behind", "tracestate: foo=1\t"),
                carries("foo=1", "state with blanks around", "tracestate: \t foo=1 \t"));
    }

    private static Stream<Case> statesRefused() {
        return Stream.of(
                        "foo =1",
                        "FOO=1",
                        "foo.bar=1",
                        "foo@=1,bar=2",
                        "@foo=1,bar=2",
                        "foo@@bar=1,bar=2",
                        "foo@bar@baz=1,bar=2",
                        "foo=bar=baz",
                        "foo=,bar=3")
                .map(TraceContextCases::drops);
    }

    private static String members(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "bar%02d=%02d".formatted(i, i))
                .collect(joining(","));
    }

    private static String[] lines(int last) {
        return new String[] {
            "tracestate: " + members(1, 10),
            "tracestate: " + members(11, 20),
            "tracestate: " + members(21, 30),
            "tracestate: " + members(31, last)
        };
    }

    private static Case key(String key, boolean kept) {
        String member = key + "=1";
        return carries(
                kept ? "foo=1," + member : "",
                "key of " + key.length() + (kept ? " kept" : " refused"),
                "tracestate: foo=1",
                "tracestate: " + member);
    }

    private static Stream<Case> limits() {
        return Stream.of(
                carries(members(1, 32), "32 members", lines(32)),
                carries("", "33 members", lines(33)),
                key("z".repeat(256), true),
                key("z".repeat(257), false),
                key("t".repeat(241) + "@" + "v".repeat(14), true),
                key("t".repeat(242) + "@v", false),
                key("t@" + "v".repeat(15), false));
    }
}

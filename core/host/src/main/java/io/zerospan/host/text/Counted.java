package io.zerospan.host.text;

/** A number with what it counts: {@code 1 span}, {@code 2 spans}. */
public final class Counted {
    private Counted() {}

    public static String of(long number, String one) {
        return number == 1 ? "1 " + one : number + " " + one + "s";
    }
}

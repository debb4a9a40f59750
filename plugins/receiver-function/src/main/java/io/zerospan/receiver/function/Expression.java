package io.zerospan.receiver.function;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code arg0.Owner.Name}, {@code len(arg1)}, {@code ret1.error}: what of a call becomes an attribute.
 *
 * @param text as the user wrote it
 * @param root {@code arg0}, {@code ret1}, or a parameter's name
 * @param path fields on the way, the last may be {@code type} or {@code error}
 */
record Expression(String text, Function function, String root, List<String> path) {
    /** What is asked of the value. */
    enum Function {
        VALUE,
        LEN,
        CAP
    }

    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
    private static final Pattern WAY = Pattern.compile("(" + NAME + ")((?:\\." + NAME + ")*)");
    private static final Pattern CALL = Pattern.compile("(len|cap)\\(\\s*(.*?)\\s*\\)");

    static Expression parse(String text) throws ExpressionException {
        String way = text.strip();
        Function function = Function.VALUE;
        Matcher call = CALL.matcher(way);
        if (call.matches()) {
            function = call.group(1).equals("len") ? Function.LEN : Function.CAP;
            way = call.group(2);
        }
        Matcher matcher = WAY.matcher(way);
        if (!matcher.matches()) {
            throw new ExpressionException("'" + text + "' is no expression known here; write a way through fields such"
                    + " as arg0.Owner.Name, len(arg0.Items), arg1.type or ret1.error");
        }
        String fields = matcher.group(2);
        List<String> path =
                fields.isEmpty() ? List.of() : List.of(fields.substring(1).split("\\."));
        return new Expression(text, function, matcher.group(1), path);
    }
}

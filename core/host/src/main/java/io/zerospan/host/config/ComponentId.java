package io.zerospan.host.config;

import java.util.regex.Pattern;

/**
 * {@code type} or {@code type/name}, as in the Collector's component/identifiable.go.
 *
 * @param name empty if there is none
 */
public record ComponentId(String type, String name) {
    private static final Pattern TYPE = Pattern.compile("^[a-zA-Z][0-9a-zA-Z_]{0,62}$");
    /** Anything but control characters, white space and symbols. */
    private static final Pattern NAME = Pattern.compile("^[^\\pZ\\pC\\pS]{1,1024}$");

    /** Whether this can stand before the slash. */
    public static boolean isType(String text) {
        return TYPE.matcher(text).matches();
    }

    /** Throws {@link IllegalArgumentException} with the Collector's words. */
    static ComponentId parse(String text) {
        int slash = text.indexOf('/');
        String type = (slash < 0 ? text : text.substring(0, slash)).strip();
        if (type.isEmpty()) {
            throw new IllegalArgumentException(
                    text.isEmpty()
                            ? "id must not be empty"
                            : "in \"" + text + "\" id: the part before / should not be empty");
        }
        String name = slash < 0 ? "" : text.substring(slash + 1).strip();
        if (slash >= 0 && name.isEmpty()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: the part after / should not be empty");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: invalid character(s) in type \"" + type
                    + "\"; a type is a letter and up to 62 letters, digits or _");
        }
        if (slash >= 0 && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: invalid character(s) in name \"" + name + "\"");
        }
        return new ComponentId(type, name);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type : type + "/" + name;
    }
}

package io.zerospan.gobinary;

/** The package part of a qualified name such as {@code net/http.Request}. */
final class GoPackage {
    private GoPackage() {}

    /** {@code net/http} of {@code net/http.Request} and of {@code net/http.(*Client).do}; empty for {@code int}. */
    static String of(String qualified) {
        int brackets = qualified.indexOf('['); // type arguments have packages of their own
        String name = brackets < 0 ? qualified : qualified.substring(0, brackets);
        int receiver = name.indexOf(".(");
        if (receiver >= 0) return name.substring(0, receiver);
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        int last = name.lastIndexOf('.');
        // the last element of a path may have dots: gopkg.in/yaml.v3.Node
        return dot < 0 ? "" : name.substring(0, last);
    }

    static boolean isIn(String packagePath, String module) {
        return packagePath.equals(module) || packagePath.startsWith(module + "/");
    }

    /** A path of the standard library has no dot in its first element. */
    static boolean isStandard(String packagePath) {
        int slash = packagePath.indexOf('/');
        return (slash < 0 ? packagePath : packagePath.substring(0, slash)).indexOf('.') < 0;
    }
}

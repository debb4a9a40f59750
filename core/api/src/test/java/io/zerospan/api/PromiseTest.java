package io.zerospan.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What plugins were compiled against must be there as it was. {@code promise.txt} holds all that a plugin can see, as of
 * the last change that was meant: whoever changes it tells of it in the CHANGELOG. Lines may be added at any time; one
 * that goes or changes breaks plugins that exist.
 */
class PromiseTest {
    private static final Path PROMISE = Path.of("src", "test", "resources", "promise.txt");

    @Test
    void api_isAsPromised() throws Exception {
        String seen = String.join("\n", seen()) + "\n";
        Files.writeString(Path.of("target", "promise.txt"), seen);
        assertThat(seen)
                .as("target/promise.txt is what the api is now; copy it to %s if that is meant", PROMISE)
                .isEqualTo(Files.readString(PROMISE));
    }

    private static List<String> seen() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : classes()) {
            if (Modifier.isPublic(type.getModifiers())) {
                lines.add(kind(type) + " " + type.getName() + parents(type));
                members(type).forEach(member -> lines.add("    " + member));
            }
        }
        return lines;
    }

    private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
        Path root = Path.of("target", "classes");
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
            }
        }
        return classes;
    }

    /** Not as Java prints it, which differs between its versions. */
    private static String kind(Class<?> type) {
        if (type.isInterface()) {
            return "interface";
        }
        String kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        return Modifier.isFinal(type.getModifiers()) ? "final " + kind : kind;
    }

    private static String parents(Class<?> type) {
        List<Type> parents = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            parents.add(0, type.getGenericSuperclass());
        }
        return parents.isEmpty()
                ? ""
                : " : " + parents.stream().map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static TreeSet<String> members(Class<?> type) {
        TreeSet<String> members = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (isSeen(method.getModifiers()) && !method.isSynthetic()) {
                members.add(method.toGenericString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isSeen(constructor.getModifiers())) {
                members.add(constructor.toGenericString());
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers())) {
                members.add(field.toGenericString());
            }
        }
        return members;
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}

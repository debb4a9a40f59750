package io.zerospan.host.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text behind one {@code --config}.
 *
 * @param name what error texts call it
 */
record ConfigSource(String name, String text) {
    /** One-letter schemes are Windows drives, here as in the Collector. */
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    static ConfigSource of(String uri, Function<String, @Nullable String> environment) throws ConfigException {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            return ofFile(uri);
        }
        String rest = parts.group(2);
        switch (parts.group(1)) {
            case "file":
                return ofFile(rest);
            case "yaml":
                return new ConfigSource("--config", path(rest));
            case "env":
                String text = environment.apply(rest);
                if (text == null) {
                    throw new ConfigException("--config " + uri + ": the environment variable " + rest + " is not set");
                }
                return new ConfigSource("env:" + rest, text);
            default:
                if (Files.exists(Path.of(uri))) {
                    return ofFile(uri);
                }
                throw new ConfigException("--config " + uri + ": the scheme '" + parts.group(1)
                        + "' is not supported; use file:, env:, yaml: or a path");
        }
    }

    /** {@code yaml:a::b: 1} is the Collector's short form of nested keys; ordinary YAML is left as it is. */
    private static String path(String yaml) {
        String[] keys = yaml.split("::");
        if (keys.length == 1 || yaml.indexOf('\n') >= 0) {
            return yaml;
        }
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < keys.length; i++) {
            nested.append("  ".repeat(i)).append(keys[i].strip()).append(i < keys.length - 1 ? ":\n" : "\n");
        }
        return nested.toString();
    }

    private static ConfigSource ofFile(String name) throws ConfigException {
        if (name.isBlank()) {
            throw new ConfigException("--config is empty; name a file, such as config/default.yaml");
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(YamlReader.MAX_CHARS + 1);
            if (bytes.length > YamlReader.MAX_CHARS) {
                throw new ConfigException(name + ": the file is longer than " + YamlReader.MAX_CHARS + " bytes");
            }
            return new ConfigSource(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException("read configuration " + name + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new ConfigException("read configuration " + name + ": this user may not read it");
        } catch (CharacterCodingException e) {
            throw new ConfigException("read configuration " + name + ": the file is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            String why = new File(name).isDirectory() ? "it is a folder; name a file in it" : e.getMessage();
            throw new ConfigException("read configuration " + name + ": " + why);
        }
    }
}

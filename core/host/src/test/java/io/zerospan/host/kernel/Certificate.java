package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A server's certificate that nobody has signed, as files that belong to the server's user. */
record Certificate(Path chain, Path key) {
    private static final String PASSWORD = "unused";
    private static final String NAME = "server";
    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

    static Certificate in(Path folder, String user) throws IOException, InterruptedException {
        Path store = folder.resolve("certificate.p12");
        DatabaseServer.run(List.of(
                KEYTOOL.toString(),
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new Certificate(
                    write(
                            folder.resolve("chain.pem"),
                            user,
                            "CERTIFICATE",
                            keys.getCertificate(NAME).getEncoded()),
                    write(
                            folder.resolve("key.pem"),
                            user,
                            "PRIVATE KEY",
                            keys.getKey(NAME, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("read " + store + ": " + e.getMessage(), e);
        }
    }

    private static Path write(Path file, String user, String what, byte[] der)
            throws IOException, InterruptedException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
        DatabaseServer.run(List.of("chmod", "600", file.toString()));
        DatabaseServer.run(List.of("chown", user, file.toString()));
        return file;
    }
}

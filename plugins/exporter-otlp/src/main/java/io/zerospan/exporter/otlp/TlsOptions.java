package io.zerospan.exporter.otlp;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The Collector's {@code tls} section, as far as it is supported. Files are read at start, not before. */
record TlsOptions(
        boolean insecure,
        boolean skipVerify,
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile) {

    static TlsOptions read(Config tls) {
        TlsOptions options = new TlsOptions(
                tls.bool("insecure", false),
                tls.bool("insecure_skip_verify", false),
                tls.string("ca_file", null),
                tls.string("cert_file", null),
                tls.string("key_file", null));
        if ((options.certFile == null) != (options.keyFile == null)) {
            tls.reject(options.certFile == null ? "key_file" : "cert_file", "needs both cert_file and key_file");
        }
        if (options.skipVerify && (options.caFile != null || options.certFile != null)) {
            tls.reject("insecure_skip_verify", "cannot be combined with ca_file or cert_file; leave one out");
        }
        return options;
    }

    /** Hands what is configured to the client's setters. */
    void apply(
            String id,
            Consumer<byte[]> trusted,
            BiConsumer<byte[], byte[]> client,
            BiConsumer<SSLContext, X509TrustManager> context)
            throws ComponentException {
        if (skipVerify) {
            context.accept(trustingContext(id), TrustEverybody.INSTANCE);
            return;
        }
        try {
            if (caFile != null) {
                trusted.accept(contents(id, "ca_file", caFile));
            }
            if (certFile != null && keyFile != null) {
                client.accept(contents(id, "key_file", keyFile), contents(id, "cert_file", certFile));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ComponentException(
                    id + ": the files of tls hold no usable certificate or key in PEM: " + e.getMessage(), e);
        }
    }

    private static byte[] contents(String id, String key, String file) throws ComponentException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            String why = Files.exists(Path.of(file)) ? "not readable" : "no such file";
            throw new ComponentException(id + ": cannot read tls::" + key + " " + file + ": " + why, e);
        }
    }

    private static SSLContext trustingContext(String id) throws ComponentException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TrustEverybody.INSTANCE}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ComponentException(id + ": this Java offers no TLS: " + e.getMessage(), e);
        }
    }
}

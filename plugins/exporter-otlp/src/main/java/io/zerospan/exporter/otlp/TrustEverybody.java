package io.zerospan.exporter.otlp;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Accepts any chain of certificates: {@code insecure_skip_verify}. */
enum TrustEverybody implements X509TrustManager {
    INSTANCE;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

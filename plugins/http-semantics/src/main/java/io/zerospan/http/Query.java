package io.zerospan.http;

import java.util.Set;

/** Query strings without the secrets that the convention names. */
public final class Query {
    private static final String REDACTED = "REDACTED";
    private static final Set<String> SECRETS = Set.of(
            "X-Amz-Signature",
            "X-Amz-Credential",
            "X-Amz-Security-Token",
            "AWSAccessKeyId",
            "Signature",
            "sig",
            "X-Goog-Signature");

    private Query() {}

    public static String redact(String query) {
        boolean found = false;
        for (String secret : SECRETS) {
            found |= query.contains(secret + "=");
        }
        if (!found) {
            return query;
        }
        String[] pairs = query.split("&", -1);
        for (int i = 0; i < pairs.length; i++) {
            int equals = pairs[i].indexOf('=');
            if (equals > 0 && SECRETS.contains(pairs[i].substring(0, equals))) {
                pairs[i] = pairs[i].substring(0, equals + 1) + REDACTED;
            }
        }
        return String.join("&", pairs);
    }
}

package io.zerospan.gobinary;

import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads binaries and remembers what was asked of them: a program that is started again and again, or is in many containers,
 * is looked into once. Known by its build id and, as anybody can claim any build id, a digest of all that is loaded; where
 * there is no build id by the digest alone. Safe for use by several threads.
 */
public final class BinaryCache {
    /** A node runs some dozen different programs; an entry takes 3 KB for each 10 MB of its binary. */
    static final int MOST = 128;

    private final Fingerprint fingerprint = new Fingerprint();
    private final Map<Key, Answers> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String buildId, long bytes, LongBuffer digests) {}

    /** Like {@link GoBinary#read}; the file stays open until the binary is closed. */
    public GoBinary read(Path file) throws GoBinaryException {
        FilePages pages = FilePages.open(file);
        GoBinary binary = null;
        try {
            Image image = Image.read(pages);
            BuildInfo buildInfo = BuildInfo.read(image);
            String buildId = BuildId.read(image);
            Key key = new Key(buildId, pages.size(), fingerprint.of(image));
            pages.checkUnchanged();
            Answers answers = answers(key);
            if (answers == null) {
                answers = new Answers();
                binary = GoBinary.read(image, buildInfo, buildId, answers);
                remember(key, answers);
            } else {
                binary = GoBinary.known(image, buildInfo, buildId, answers);
            }
            return binary;
        } finally {
            if (binary == null) pages.close();
        }
    }

    private synchronized @Nullable Answers answers(Key key) {
        return known.get(key);
    }

    private synchronized void remember(Key key, Answers answers) {
        known.put(key, answers);
        if (known.size() > MOST) known.remove(known.keySet().iterator().next());
    }

    synchronized int size() {
        return known.size();
    }
}

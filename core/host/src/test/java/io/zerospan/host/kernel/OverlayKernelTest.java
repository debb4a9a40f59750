package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file in two overlay mounts, as two containers of one image have it: the kernel probes what lies below both. */
@KernelTest
class OverlayKernelTest {
    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();

    private Path image() throws Exception {
        Path image = Files.createDirectory(folder.resolve("image"));
        GoBuild.of("web").buildAs(image.resolve("web"));
        return image;
    }

    @Test
    void oneMountChosen_leavesTheOtherAlone() throws Exception {
        Path image = image();
        try (Overlay left = Overlay.of(image, folder.resolve("left"));
                Overlay right = Overlay.of(image, folder.resolve("right"));
                WebProcesses web = new WebProcesses(spans)) {
            WebProcesses.One chosen = web.start(left.folder().resolve("web"));
            WebProcesses.One other = web.start(right.folder().resolve("web"));
            try (Tracing tracing = Tracing.of(spans, Tracing.exe(left.folder().resolve("web")))) {
                web.assertTracedOnce(chosen);
                web.assertLeftAlone(other);
                web.assertTracedOnce(web.start(left.folder().resolve("web")));
                web.assertLeftAlone(web.start(right.folder().resolve("web")));
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }

    @Test
    void bothMountsChosen_areTracedOnceEach() throws Exception {
        Path image = image();
        try (Overlay left = Overlay.of(image, folder.resolve("left"));
                Overlay right = Overlay.of(image, folder.resolve("right"));
                WebProcesses web = new WebProcesses(spans)) {
            WebProcesses.One one = web.start(left.folder().resolve("web"));
            WebProcesses.One two = web.start(right.folder().resolve("web"));
            try (Tracing tracing =
                    Tracing.of(spans, Tracing.exe(folder.resolve("*").resolve("web")))) {
                web.assertTracedOnce(one);
                web.assertTracedOnce(two);
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }
}

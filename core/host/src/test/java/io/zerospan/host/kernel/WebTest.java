package io.zerospan.host.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that run scenarios of a program such as {@code web}: one traced process for each Go version and class. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebTest {
    /** The oldest Go that is traced, without symbols; the newest; and that at an address chosen at each start. */
    static final String OLDEST_STRIPPED = GoBuild.OLDEST + " -ldflags=-s -w";

    static final String NEWEST = GoBuild.NEWEST;
    static final String NEWEST_PIE = GoBuild.NEWEST + " -buildmode=pie";

    /** Once with each of the builds above. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {OLDEST_STRIPPED, NEWEST, NEWEST_PIE})
    @interface EachGo {}

    /** The same and the very oldest, for programs that it understands. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1.18.10", OLDEST_STRIPPED, NEWEST_PIE})
    @interface EachGoSince18 {}

    private final Webs webs;

    WebTest() {
        this("web");
    }

    WebTest(String program) {
        this.webs = new Webs(go -> Web.start(GoBuild.of(program).with(go)));
    }

    final Web web(String go) throws Exception {
        return webs.of(go);
    }

    @AfterAll
    final void stop() throws Exception {
        webs.close();
    }
}

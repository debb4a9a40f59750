package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What lies on a page that is not there costs an attribute, and is counted: it never becomes another value, nor a parent.
 * The program drops the second half of a text.
 */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DroppedPagesKernelTest {
    private static final Map<String, String> BUILDS =
            Map.of("old", WebTest.OLDEST_STRIPPED, "new", WebTest.NEWEST, "pie", WebTest.NEWEST_PIE);
    private static final String UNREAD = "attribute_read";
    /** That of the caller in the program's header. */
    private static final String CALLER = "b7ad6b7169203331";

    private final Webs webs = new Webs(age -> Web.startAll(GoBuild.of("pages").with(BUILDS.get(age))));

    @AfterAll
    void stop() throws Exception {
        webs.close();
    }

    private static long unread(Web web) {
        return web.lost().getOrDefault(UNREAD, 0L);
    }

    private static Expected served(Web web, String path, String query) {
        Expected span =
                server(web.plain(), path).text("server.address", "pages").without("server.port");
        return query.isEmpty() ? span : span.text("url.query", query);
    }

    private static void checkOnePage(Web web, String scenario, Expected... traces) throws Exception {
        long before = unread(web);
        web.check(scenario, "200 OK", traces);
        assertThat(web.lost()).isEqualTo(Map.of(UNREAD, before + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "old, uri, url.path url.query",
        "new, uri, url.path url.query",
        "pie, uri, url.path url.query",
        "old, host, server.address",
        "new, host, server.address",
        "old, client, client.address",
        "new, client, client.address",
    })
    void textOfAServersRequest_isMissingAlone(String age, String part, String attributes) throws Exception {
        Web web = webs.of(age);
        checkOnePage(web, "server " + part, served(web, "/server", part).without(attributes.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void methodOfAServersRequest_isNoneThatIsKnown(String age) throws Exception {
        Web web = webs.of(age);
        checkOnePage(web, "server method", served(web, "/server", "method").unknownMethod());
    }

    @ParameterizedTest
    @CsvSource({"old, path", "new, path", "pie, path", "old, query", "new, query"})
    void partOfAClientsUrl_takesTheWholeUrlAlong(String age, String part) throws Exception {
        Web web = webs.of(age);
        String path = "/gone/" + part;
        Expected server = server(web.plain(), path).route("/gone/{part}").text("url.query", "q=1");
        checkOnePage(
                web,
                "client " + part,
                client(web.plain(), path).without("url.full").children(server));
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void methodOfAClientsRequest_isNotTakenForGet(String age) throws Exception {
        Web web = webs.of(age);
        Expected server = server("DELETE", web.plain(), "/gone/method").route("/gone/{part}");
        checkOnePage(
                web,
                "client method",
                client(web.plain(), "/gone/method?q=1").unknownMethod().children(server.text("url.query", "q=1")));
    }

    @ParameterizedTest
    @CsvSource({
        "old, name",
        "new, name",
        "pie, name",
        "old, list",
        "new, list",
        "pie, list",
        "old, value",
        "new, value",
        "pie, value"
    })
    void headerOfACaller_leavesTheSpanARoot(String age, String part) throws Exception {
        Web web = webs.of(age);
        checkOnePage(web, "header " + part, served(web, "/header", part));
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void headerThatIsThere_namesTheParent(String age) throws Exception {
        Web web = webs.of(age);
        List<SpanData> spans = web.run("header none", 1).spans();
        assertThat(SpanTree.of(spans, CALLER))
                .containsExactly(served(web, "/header", "none").toString());
    }

    @ParameterizedTest
    @CsvSource({"old", "new", "pie"})
    void contextOfACall_leavesItARoot(String age) throws Exception {
        Web web = webs.of(age);
        Expected call = client(web.plain(), "/items/1")
                .children(server(web.plain(), "/items/1").route("/items/{id}"));
        checkOnePage(web, "context gone", served(web, "/context", "gone"), call);
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void contextThatIsThere_leadsToTheParent(String age) throws Exception {
        Web web = webs.of(age);
        Expected call = client(web.plain(), "/items/1")
                .children(server(web.plain(), "/items/1").route("/items/{id}"));
        web.check("context none", "200 OK", served(web, "/context", "none").children(call));
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void statement_isMissing(String age) throws Exception {
        Web web = webs.of(age);
        long before = unread(web);
        assertThat(web.run("statement gone", 2).trees())
                .containsExactly(
                        served(web, "/statement", "gone") + "  CLIENT other_sql UNSET {db.system.name='other_sql'}\n");
        assertThat(unread(web)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void statementThatIsThere_isShown(String age) throws Exception {
        Web web = webs.of(age);
        assertThat(web.run("statement none", 2).trees())
                .containsExactly(served(web, "/statement", "none") + "  "
                        + SqlSpan.statement("other_sql", "DELETE things", "DELETE FROM things"));
    }
}

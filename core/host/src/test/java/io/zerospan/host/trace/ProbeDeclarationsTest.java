package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Stability;
import io.zerospan.host.trace.ProbeDeclarations.About;
import io.zerospan.host.trace.ProbeDeclarations.Attribute;
import io.zerospan.host.trace.ProbeDeclarations.Field;
import io.zerospan.host.trace.ProbeDeclarations.Hook;
import io.zerospan.host.trace.ProbeDeclarations.Point;
import io.zerospan.host.trace.ProbeDeclarations.TypeAddress;
import io.zerospan.libbpf.ProbeTags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeDeclarationsTest {
    private static ProbeTags.Tag tag(String name, String text) {
        return new ProbeTags.Tag(ProbeTags.Target.VARIABLE, name, text);
    }

    private static ProbeDeclarations read(ProbeTags.Tag... tags) throws ComponentException {
        return ProbeDeclarations.read("cart", new ProbeTags(List.of(tags)));
    }

    @Test
    void hooks_haveProgramPointAndCandidates() throws ComponentException {
        ProbeDeclarations declarations = read(
                tag("start", "zs:start:net/http.(*Client).do|net/http.(*Client).Do"),
                tag("end", "zs:return:net/http.(*Client).do"));
        assertThat(declarations.hooks())
                .containsExactly(
                        new Hook("start", Point.START, List.of("net/http.(*Client).do", "net/http.(*Client).Do")),
                        new Hook("end", Point.RETURN, List.of("net/http.(*Client).do")));
    }

    @Test
    void hooks_areRequiredOrOptional() throws ComponentException {
        ProbeDeclarations declarations = read(
                tag("start", "zs:optional_start:database/sql.(*DB).queryDC"),
                tag("end", "zs:optional_return:database/sql.(*DB).queryDC"));
        assertThat(declarations.hooks())
                .containsExactly(
                        new Hook("start", Point.START, List.of("database/sql.(*DB).queryDC"), false),
                        new Hook("end", Point.RETURN, List.of("database/sql.(*DB).queryDC"), false));
    }

    @Test
    void returns_mayBeLeftToTheStartOfTheLastCall() throws ComponentException {
        ProbeDeclarations declarations = read(
                tag("end", "zs:optional_return:main.a|main.b unless main.last"), tag("last", "zs:start:main.last"));
        assertThat(declarations.hooks().get(0))
                .isEqualTo(new Hook("end", Point.RETURN, List.of("main.a", "main.b"), false, "main.last"));
        assertThat(declarations.unless(declarations.hooks().get(1)))
                .containsExactly(declarations.hooks().get(0));
    }

    @Test
    void fields_areRequiredOrOptional() throws ComponentException {
        ProbeDeclarations declarations = read(
                tag("method", "zs:field:net/http.Request:Method"), tag("fd", "zs:optional_field:net.TCPConn:conn.fd"));
        assertThat(declarations.fields())
                .containsExactly(
                        new Field("method", "net/http.Request", "Method", true),
                        new Field("fd", "net.TCPConn", "conn.fd", false));
    }

    @Test
    void types_keepTheirWholeName() throws ComponentException {
        assertThat(read(tag("tls", "zs:type:*crypto/tls.Conn")).types())
                .containsExactly(new TypeAddress("tls", "*crypto/tls.Conn"));
    }

    @ParameterizedTest
    @EnumSource(AttributeType.class)
    void attributes_ofEveryType_areKnown(AttributeType type) throws ComponentException {
        String word = type.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(read(tag("a", "zs:attr:" + word + ":cart.id")).attributes())
                .containsExactly(new Attribute("a", type, "cart.id"));
    }

    @Test
    void attributes_keepTheirOrder_whichIsTheirId() throws ComponentException {
        ProbeDeclarations declarations =
                read(tag("b", "zs:attr:int:second.first"), tag("s", "zs:start:x"), tag("a", "zs:attr:text:then"));
        assertThat(declarations.attributes()).extracting(Attribute::name).containsExactly("second.first", "then");
    }

    @Test
    void spanName_isTheDeclaredOneElseTheObjects() throws ComponentException {
        assertThat(read(tag("n", "zs:span:check out: cart")).spanName()).isEqualTo("check out: cart");
        assertThat(read().spanName()).isEqualTo("cart");
    }

    @Test
    void tagsOfOthers_arePassedOver() throws ComponentException {
        assertThat(read(tag("x", "kfunc"), tag("y", "zs"), tag("z", "")))
                .isEqualTo(new ProbeDeclarations(
                        "cart",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "cart",
                        SpanKind.INTERNAL,
                        Map.of(),
                        About.NOTHING));
    }

    @Test
    void constants_keepWhatStandsBehindTheFirstEqualSign() throws ComponentException {
        assertThat(read(tag("a", "zs:const:db.system.name=redis"), tag("b", "zs:const:rule=a=b"))
                        .constants())
                .isEqualTo(Map.of("db.system.name", "redis", "rule", "a=b"));
    }

    @Test
    void kind_isTheDeclaredOneElseInternal() throws ComponentException {
        assertThat(read(tag("k", "zs:kind:consumer")).kind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(read().kind()).isEqualTo(SpanKind.INTERNAL);
    }

    @Test
    void about_hasTextAndStability() throws ComponentException {
        assertThat(read(tag("a", "zs:about:carts: all"), tag("s", "zs:stability:beta"))
                        .about())
                .isEqualTo(new About("carts: all", Stability.BETA));
        assertThat(read().about()).isEqualTo(new About("", Stability.DEVELOPMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zs:const:x",
                "zs:const:=x",
                "zs:stability:good",
                "zs:about:",
                "zs:",
                "zs:start",
                "zs:start:",
                "zs:return: ",
                "zs:begin:main.main",
                "zs:field:Method",
                "zs:field::Method",
                "zs:field:net/http.Request:",
                "zs:type:",
                "zs:span:",
                "zs:kind:",
                "zs:kind:Client",
                "zs:attr:text",
                "zs:attr:text:",
                "zs:attr:float:x",
                "zs:attr:TEXT:x",
                "zs:START:x",
            })
    void malformedTag_isOneSentenceWithTagAndVariable(String text) {
        assertThatThrownBy(() -> read(tag("variable", text)))
                .isInstanceOf(ComponentException.class)
                .hasMessage("cart: declaration '" + text + "' of variable is not known to this host; "
                        + "rebuild the probe against this host's zerospan/probe.bpf.h");
    }

    @Test
    void attributes_beyondTheLimit_areRefused() throws ComponentException {
        List<ProbeTags.Tag> tags = new ArrayList<>(Collections.nCopies(256, tag("a", "zs:attr:int:a")));
        assertThat(read(tags.toArray(ProbeTags.Tag[]::new)).attributes()).hasSize(256);
        tags.add(tag("b", "zs:attr:int:b"));
        assertThatThrownBy(() -> read(tags.toArray(ProbeTags.Tag[]::new)))
                .isInstanceOf(ComponentException.class)
                .hasMessage("cart: declares 257 attributes; at most 256 are possible");
    }
}

package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class YamlReaderTest {

    @Test
    void keysAndValues_knowTheirPlaces() throws Exception {
        Entry entry = read("a:\n  key: value\n", "a", "key");

        assertThat(entry.keyPlace()).hasToString("f.yaml:2:3");
        assertThat(entry.value()).isEqualTo(new Scalar(new Place("f.yaml", 2, 8), "value", Kind.TEXT));
    }

    @Test
    void scalars_haveTheKindOfTheCoreSchema() throws Exception {
        assertThat(kind("1")).isEqualTo(Kind.INTEGER);
        assertThat(kind("'1'")).isEqualTo(Kind.TEXT);
        assertThat(kind("1.5")).isEqualTo(Kind.DECIMAL);
        assertThat(kind("true")).isEqualTo(Kind.BOOL);
        assertThat(kind("yes")).isEqualTo(Kind.TEXT);
        assertThat(kind("~")).isEqualTo(Kind.NULL);
        assertThat(kind("")).isEqualTo(Kind.NULL);
    }

    @Test
    void alias_isExpandedAtItsAnchorsPlace() throws Exception {
        assertThat(read("x: &x {k: 1}\ny: *x\n", "y", "k").keyPlace()).hasToString("f.yaml:1:8");
    }

    @Test
    void textLongerThanTheLimit_isRefused() {
        assertThatThrownBy(() -> new YamlReader("f.yaml").read("#".repeat(YamlReader.MAX_CHARS + 1)))
                .hasMessage("the file is longer than 1048576 characters");
    }

    @Test
    void deepestAllowedNesting_isRead() throws Exception {
        String yaml = "[".repeat(YamlReader.MAX_DEPTH) + "]".repeat(YamlReader.MAX_DEPTH);

        assertThat(new YamlReader("f.yaml").read(yaml)).isPresent();
    }

    @Test
    void nestingThatWouldOverflowTheStack_isRefusedWithItsPlace() {
        UnreadableYamlException e = catchThrowableOfType(
                UnreadableYamlException.class, () -> new YamlReader("f.yaml").read("[".repeat(500_000)));

        assertThat(e.text()).isEqualTo("nested deeper than 64 levels");
        assertThat(e.place()).hasToString("f.yaml:1:65");
    }

    @Test
    void moreKeysAndValues_thanTheHeapHolds_areRefusedBeforeTheyAreKept() {
        String yaml = "- a: 1\n".repeat(YamlReader.MAX_WRITTEN / 3 + 1);

        assertThatThrownBy(() -> new YamlReader("f.yaml").read(yaml))
                .isInstanceOf(UnreadableYamlException.class)
                .hasMessageContaining("has more than 50000 keys and values");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mappingMergedIntoItself_isRefusedWithItsPlace() {
        UnreadableYamlException e = catchThrowableOfType(
                UnreadableYamlException.class, () -> new YamlReader("f.yaml").read("x: &x {<<: *x}"));

        assertThat(e.text()).isEqualTo("the alias *x stands in what it names");
        assertThat(e.place()).hasToString("f.yaml:1:12");
    }

    @Test
    void secondDocument_isRefused() {
        assertThatThrownBy(() -> new YamlReader("f.yaml").read("a: 1\n---\nb: 2\n"))
                .isInstanceOf(UnreadableYamlException.class)
                .hasMessageContaining("expected a single document");
    }

    private static Kind kind(String value) throws Exception {
        return ((Scalar) read("k: " + value, "k").value()).kind();
    }

    private static Entry read(String yaml, String... path) throws Exception {
        Node node = new YamlReader("f.yaml").read(yaml).orElseThrow();
        Entry entry = null;
        for (String key : path) {
            entry = ((Mapping) node).entries().get(key);
            node = entry.value();
        }
        return entry;
    }
}

package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoPackageTest {
    @ParameterizedTest
    @CsvSource({
        "net/http.Request,net/http",
        "net/http.(*Client).do,net/http",
        "gopkg.in/yaml.v3.Node,gopkg.in/yaml.v3",
        "main.pair[net/http.Request],main",
        "int,''"
    })
    void of_qualifiedName_isThePackage(String name, String expected) {
        assertThat(GoPackage.of(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/jackc/pgx/v5/pgconn,github.com/jackc/pgx/v5,true",
        "github.com/lib/pq,github.com/lib/pq,true",
        "github.com/lib/pqx,github.com/lib/pq,false"
    })
    void isIn_module_isByWholeElements(String path, String module, boolean expected) {
        assertThat(GoPackage.isIn(path, module)).isEqualTo(expected);
    }
}

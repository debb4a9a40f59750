package io.zerospan.receiver.databasesql;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import java.util.List;
import java.util.Locale;
import org.pf4j.Extension;

/** Makes the receiver {@code database_sql}. */
@Extension
public final class DatabaseSqlFactory implements ReceiverFactory {
    @Override
    public String type() {
        return "database_sql";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "a span for each statement and each step of a transaction that database/sql hands to a driver";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        String text = config.choice("query_text", "sanitized", "sanitized", "raw", "off");
        SqlSpanShaper shaper = new SqlSpanShaper(QueryText.valueOf(text.toUpperCase(Locale.ROOT)));
        ProbeObject probe =
                ProbeObject.resource("database_sql", DatabaseSqlFactory.class, "/probes/database_sql.bpf.o", shaper);
        return () -> List.of(probe);
    }
}

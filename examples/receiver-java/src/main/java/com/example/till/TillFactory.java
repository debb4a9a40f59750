package com.example.till;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** Makes the receiver {@code till}, with the option {@code currency}. */
@Extension
public final class TillFactory implements ReceiverFactory {
    @Override
    public String type() {
        return "till";
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "a span for each charge";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        String currency = config.string("currency", "EUR");
        if (currency == null || !currency.matches("[A-Z]{3}")) {
            config.reject("currency", "'" + currency + "' is no currency; ISO 4217 has three letters, such as EUR");
            currency = "EUR";
        }
        ProbeObject probe = ProbeObject.resource(
                type(), TillFactory.class, "/till.bpf.o", new TillShaper(currency));
        return () -> List.of(probe);
    }
}

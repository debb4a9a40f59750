package com.example.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every plugin keeps to, and what this one does. */
class TeamContractTest extends ComponentContract {
    @Override
    protected ComponentFactory factory() {
        return new TeamProcessorFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("name", "checkout");
    }

    @Test
    void team_isAddedToWhatIsThere() {
        var span = TeamSpan.of(TestSpanBuilder.aSpan().name("GET /").build(), "checkout");
        assertThat(span.getName()).isEqualTo("GET /");
        assertThat(span.getAttributes().get(TeamSpan.TEAM)).isEqualTo("checkout");
    }
}

package io.zerospan.host.trace;

import io.zerospan.api.GoFunction;
import io.zerospan.api.GoProgram;
import io.zerospan.api.GoShape;
import io.zerospan.api.GoVariable;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.GoParameter;
import io.zerospan.gobinary.GoSymbol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A binary as planners see it. What can't be read is as good as absent: the binary was read once already. */
class BinaryProgram implements GoProgram {
    private static final Logger LOG = LoggerFactory.getLogger(BinaryProgram.class);

    private final GoBinary binary;
    private final String path;
    private final Shapes shapes;

    BinaryProgram(GoBinary binary, String path) {
        this.binary = binary;
        this.path = path;
        this.shapes = new Shapes(binary);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String goVersion() {
        return binary.goVersion();
    }

    @Override
    public String architecture() {
        return binary.goArch();
    }

    @Override
    public List<GoFunction> functions(String pattern, int limit) {
        try {
            List<GoSymbol> symbols = SymbolGlob.isGlob(pattern)
                    ? binary.functions(SymbolGlob.of(pattern), limit + 1)
                    : binary.functions(pattern);
            return symbols.stream()
                    .map(symbol -> new GoFunction(symbol.name(), symbol.address()))
                    .toList();
        } catch (GoBinaryException e) {
            LOG.debug("functions {}: {}", pattern, e.getMessage());
            return List.of();
        }
    }

    @Override
    public List<String> similar(String symbol) {
        try {
            SimilarNames names = new SimilarNames(symbol);
            binary.functions(names::offer, 1);
            return names.best();
        } catch (GoBinaryException e) {
            return List.of();
        }
    }

    @Override
    public String refusal(GoFunction function) {
        return PlannedHooks.why(binary.hook(symbol(function)));
    }

    @Override
    public boolean isInlined(String symbol) {
        try {
            return binary.inlinedCopies(symbol) > 0;
        } catch (GoBinaryException e) {
            return false;
        }
    }

    @Override
    public Map<GoFunction, List<GoVariable>> variables(Collection<GoFunction> functions) {
        Map<GoFunction, List<GoVariable>> known = new LinkedHashMap<>();
        if (functions.isEmpty() || !binary.hasDebugInformation()) {
            return known;
        }
        try {
            Map<GoSymbol, List<GoParameter>> parameters = binary.parameters(
                    functions.stream().map(BinaryProgram::symbol).toList());
            for (GoFunction function : functions) {
                List<GoParameter> found = parameters.get(symbol(function));
                if (found != null) {
                    known.put(function, found.stream().map(this::variable).toList());
                }
            }
        } catch (GoBinaryException e) {
            LOG.warn("parameters of functions are not known: {}", e.getMessage());
        }
        return known;
    }

    private static GoSymbol symbol(GoFunction function) {
        return new GoSymbol(function.symbol(), function.address());
    }

    private GoVariable variable(GoParameter parameter) {
        String name = parameter.name().startsWith("~") ? "" : parameter.name();
        return new GoVariable(name, parameter.result(), parameter.type(), type(parameter));
    }

    private @Nullable GoShape type(GoParameter parameter) {
        return shapes.at(parameter.typeId())
                .or(() -> shapes.named(parameter.type()))
                .or(() -> shapes.ofKind(parameter.type(), parameter.kind()))
                .orElse(null);
    }

    @Override
    public Optional<GoShape> type(String name) {
        return shapes.named(name);
    }
}

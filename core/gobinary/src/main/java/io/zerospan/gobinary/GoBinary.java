package io.zerospan.gobinary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Go executable, read without DWARF: Go 1.18 and newer, amd64 and arm64, stripped or position-independent too.
 * Addresses are as linked. Safe for use by several threads; after {@link #close()} nothing new is found.
 */
public final class GoBinary implements AutoCloseable {
    private final FilePages pages;
    private final Image image;
    private final BuildInfo buildInfo;
    private final String buildId;
    private final Answers answers;
    /** Read late where the answers are known. */
    private @Nullable Tables tables;

    private GoBinary(Image image, BuildInfo buildInfo, String buildId, Answers answers, @Nullable Tables tables) {
        this.pages = image.pages();
        this.image = image;
        this.buildInfo = buildInfo;
        this.buildId = buildId;
        this.answers = answers;
        this.tables = tables;
    }

    /** Reads the tables of an executable; the file stays open until {@link #close()}. */
    public static GoBinary read(Path file) throws GoBinaryException {
        FilePages pages = FilePages.open(file);
        GoBinary binary = null;
        try {
            Image image = Image.read(pages);
            binary = read(image, BuildInfo.read(image), BuildId.read(image), new Answers());
            return binary;
        } finally {
            if (binary == null) pages.close();
        }
    }

    static GoBinary read(Image image, BuildInfo buildInfo, String buildId, Answers answers) throws GoBinaryException {
        return new GoBinary(image, buildInfo, buildId, answers, Tables.read(image, buildInfo));
    }

    /** A binary of which this was asked before. */
    static GoBinary known(Image image, BuildInfo buildInfo, String buildId, Answers answers) {
        return new GoBinary(image, buildInfo, buildId, answers, null);
    }

    private Tables tables() throws GoBinaryException {
        if (tables == null) tables = Tables.read(image, buildInfo);
        return tables;
    }

    private HookFinder hooks() throws GoBinaryException {
        return new HookFinder(image, tables());
    }

    public Path file() {
        return pages.file();
    }

    /** Such as {@code go1.26.8}. */
    public String goVersion() {
        return buildInfo.goVersion();
    }

    /** Maps are Swiss tables, as since Go 1.24; else they are buckets with overflow. */
    public boolean swissMaps() {
        return buildInfo.swissMaps();
    }

    /** {@code amd64} or {@code arm64}. */
    public String goArch() {
        return image.header().machine() == ElfHeader.AMD64 ? "amd64" : "arm64";
    }

    /** Position-independent: a process has it at another place than linked. */
    public boolean pie() {
        return image.header().positionIndependent();
    }

    /** GNU's build id in hex, else Go's own, else empty. */
    public String buildId() {
        return buildId;
    }

    /** The main module first, as the program was built. */
    public List<GoModule> modules() {
        return buildInfo.modules();
    }

    /** Where a function can be probed; one that cannot be has the reason. */
    public synchronized HookSites hook(String symbol) {
        try {
            return answers.hook(symbol, () -> hooks().find(symbol));
        } catch (GoBinaryException e) {
            return HookSites.refused(symbol, withoutFile(e));
        }
    }

    /** The same for one of several functions of a name, as static ones of assembly files. */
    public synchronized HookSites hook(GoSymbol symbol) {
        try {
            return answers.hook(symbol.name() + '@' + symbol.address(), () -> hooks().find(symbol));
        } catch (GoBinaryException e) {
            return HookSites.refused(symbol.name(), withoutFile(e));
        }
    }

    private String withoutFile(GoBinaryException e) {
        String reason = String.valueOf(e.getMessage());
        String file = file() + ": "; // the reason stands next to the file's name
        return reason.startsWith(file) ? reason.substring(file.length()) : reason;
    }

    /** Functions whose names are wanted, wrappers left out, in the order of their addresses; at most {@code limit}. */
    public synchronized List<GoSymbol> functions(Predicate<String> wanted, int limit) throws GoBinaryException {
        image.reading("function names");
        Functions functions = tables().functions();
        List<GoSymbol> found = new ArrayList<>();
        for (int function = 0; function < functions.count() && found.size() < limit; function++) {
            String name = functions.name(function);
            if (wanted.test(name) && !functions.isWrapper(function) && functions.isGo(function)) {
                found.add(new GoSymbol(name, functions.start(function)));
            }
        }
        return found;
    }

    /** The functions of this very name: one, as a rule. */
    public synchronized List<GoSymbol> functions(String symbol) throws GoBinaryException {
        image.reading("function names");
        Functions functions = tables().functions();
        List<GoSymbol> found = new ArrayList<>();
        for (int function : functions.all(symbol)) found.add(new GoSymbol(symbol, functions.start(function)));
        return found;
    }

    /** In how many functions there is a copy of one that may have no address of its own. */
    public synchronized int inlinedCopies(String symbol) throws GoBinaryException {
        return tables().inlining().copies(tables().functions(), symbol);
    }

    /** How values of a type lie in memory; empty if there is no such type. Ids are addresses, or come from parameters. */
    public synchronized Optional<TypeLayout> layout(long type) throws GoBinaryException {
        if (type < 0) return answers.debugType(type);
        image.reading("type");
        RuntimeTypes types = tables().types();
        return types.reader().isType(type) ? Optional.of(TypeLayout.read(types.reader(), type)) : Optional.empty();
    }

    /**
     * The same sites, but of the returns only those that do not lie straight behind a call of another function. All of
     * them if that one cannot be probed where it begins.
     */
    public synchronized HookSites withoutReturnsBehind(HookSites sites, String last) {
        ProbeSite start = hook(last).start();
        if (!hook(last).eligible() || start == null || start.cost() != CostClass.EMULATED) return sites;
        try {
            return answers.hook(
                    sites.symbol() + " unless " + last, () -> hooks().withoutReturnsBehind(sites, hook(last)));
        } catch (GoBinaryException e) {
            return sites; // dearer, and as right
        }
    }

    /**
     * Where a field lies, by a name such as {@code Method} or a dotted way through structs held by value such as
     * {@code pfd.Sysfd}; empty if the type is not in the binary or has no such field.
     *
     * @param struct qualified by the package's path, such as {@code net/http.Request}
     */
    public synchronized Optional<FieldOffset> field(String struct, String path) {
        try {
            return answers.field(new FieldOffsets.Field(struct, path), () -> {
                image.reading("type " + struct);
                int offset = tables().types().offset(struct, path);
                if (offset < 0) return Optional.empty();
                return Optional.of(new FieldOffset(struct, path, offset, FieldOffset.Source.RUNTIME_TYPES));
            });
        } catch (GoBinaryException e) {
            return Optional.empty(); // the types were all read once: the file has gone or was closed since
        }
    }

    /** Whether the file has debug information; a stripped one has none. */
    public synchronized boolean hasDebugInformation() {
        try {
            return DwarfSections.read(pages).has(".debug_info");
        } catch (GoBinaryException e) {
            return false; // section headers are no business of the loader: damaged ones are none
        }
    }

    /**
     * The parameters and results of a function, by the debug information; empty if that does not know it. Takes a
     * process and a quarter of a second.
     */
    public List<GoParameter> parameters(String symbol) throws GoBinaryException {
        return ask(List.of(symbol), List.of()).parameters().getOrDefault(symbol, List.of());
    }

    /** The same of several functions, for the price of one. */
    public Map<GoSymbol, List<GoParameter>> parameters(Collection<GoSymbol> symbols) throws GoBinaryException {
        Map<String, List<GoParameter>> known =
                ask(symbols.stream().map(GoSymbol::known).toList(), List.of()).parameters();
        Map<GoSymbol, List<GoParameter>> parameters = new HashMap<>();
        for (GoSymbol symbol : symbols) {
            List<GoParameter> of = known.get(symbol.known());
            if (of != null) parameters.put(symbol, of);
        }
        return parameters;
    }

    /** The id of a type that the linker dropped, by the debug information; 0 if that does not know it. Takes as long. */
    public long debugType(String name) throws GoBinaryException {
        return ask(List.of(), List.of(name)).types().getOrDefault(name, 0L);
    }

    /** The fields of the structs that {@link #layout} had from the debug information. */
    public List<FieldOffset> debugFields() {
        return answers.usedDebugFields();
    }

    private DebugQuestions.Known ask(Collection<String> symbols, Collection<String> types) throws GoBinaryException {
        DebugQuestions.Known known =
                DebugQuestions.ask(DwarfProcess.create(), file(), symbols, types, this::runtimeType);
        answers.debugTypes(known.layouts());
        return known;
    }

    Map<FieldOffsets.Field, Integer> debugOffsets(Collection<FieldOffsets.Field> fields) throws GoBinaryException {
        return DebugQuestions.offsets(DwarfProcess.create(), file(), fields);
    }

    /** Go's debug information has addresses of types, or offsets into the types. */
    private synchronized long runtimeType(long value) {
        try {
            RuntimeTypes types = tables().types();
            return types.reader().isType(value) ? value : types.addressOf(value);
        } catch (GoBinaryException e) {
            return 0; // the types were all read once: the file has gone or was closed since
        }
    }

    Version release() {
        return Version.ofGo(buildInfo.minor());
    }

    Optional<FieldOffset> measured(OffsetsDb db, String struct, String path) {
        return db.field(buildInfo.minor(), modules(), struct, path);
    }

    /** Whether there may be code of the package of one of these types: cheap, since most programs lack most of them. */
    synchronized boolean mayHold(Set<String> structs) {
        try {
            image.reading("function names");
            Set<String> packages = new HashSet<>();
            structs.forEach(struct -> packages.add(GoPackage.of(struct)));
            for (String path : packages) {
                if (isBuiltIn(path)
                        && answers.code(path, () -> tables().functions().mayHavePackage(path))) return true;
            }
        } catch (GoBinaryException e) {
            return false; // the names were all read once: the file has gone or was closed since
        }
        return false;
    }

    private boolean isBuiltIn(String packagePath) {
        return GoPackage.isStandard(packagePath)
                || modules().stream().anyMatch(module -> GoPackage.isIn(packagePath, module.path()));
    }

    /** The type of a name qualified by its package's path, such as {@code *net.TCPConn}; empty if not in the binary. */
    public synchronized Optional<GoType> type(String name) {
        try {
            return answers.type(name, () -> {
                image.reading("type " + name);
                RuntimeTypes types = tables().types();
                long type = types.find(name);
                if (type == 0) return Optional.empty();
                RuntimeType reader = types.reader();
                return Optional.of(new GoType(name, type, reader.kind(type), reader.size(type)));
            });
        } catch (GoBinaryException e) {
            return Optional.empty();
        }
    }

    /** The name of the type at a linked address as Go's {@code %T} prints it: {@code *net.OpError}. */
    public synchronized Optional<String> typeName(long address) {
        try {
            RuntimeTypes types = tables().types();
            return types.holds(address) ? Optional.of(types.reader().name(address)) : Optional.empty();
        } catch (GoBinaryException e) {
            return Optional.empty();
        }
    }

    /** The same with the package's full path: {@code *net/http.http2StreamError}. */
    public synchronized Optional<String> typePath(long address) {
        try {
            RuntimeTypes types = tables().types();
            return types.holds(address) ? Optional.of(types.reader().path(address)) : Optional.empty();
        } catch (GoBinaryException e) {
            return Optional.empty();
        }
    }

    /** The types that wrap a parent context, the context package's own first. */
    public synchronized List<ContextType> contextTypes() {
        try {
            return answers.contextTypes(() -> {
                image.reading("context types");
                return ContextTypes.find(tables().types());
            });
        } catch (GoBinaryException e) {
            return List.of();
        }
    }

    /** Gives up the pages read so far, for one that is kept open for a name now and then. */
    public synchronized void forgetPages() {
        pages.forget();
    }

    @Override
    public synchronized void close() {
        pages.close();
    }
}

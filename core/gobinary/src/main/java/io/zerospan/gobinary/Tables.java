package io.zerospan.gobinary;

import org.jspecify.annotations.Nullable;

/** What the linker left in a binary for the Go runtime: functions, types, and what follows from both. */
final class Tables {
    private final Image image;
    private final Pclntab table;
    private final Functions functions;
    private final RuntimeTypes types;
    private final AfterCalls afterCalls;
    private @Nullable Inlining inlining;

    private Tables(Image image, Pclntab table, Functions functions, RuntimeTypes types, AfterCalls afterCalls) {
        this.image = image;
        this.table = table;
        this.functions = functions;
        this.types = types;
        this.afterCalls = afterCalls;
    }

    static Tables read(Image image, BuildInfo buildInfo) throws GoBinaryException {
        Pclntab table = Pclntab.find(image);
        ModuleData module = ModuleData.find(image, table, buildInfo.minor());
        Functions functions = Functions.read(image, table, module);
        RuntimeTypes types = RuntimeTypes.read(image, module, buildInfo.minor());
        image.pages().checkUnchanged();
        return new Tables(image, table, functions, types, new AfterCalls(image, functions, module));
    }

    Functions functions() {
        return functions;
    }

    RuntimeTypes types() {
        return types;
    }

    AfterCalls afterCalls() {
        return afterCalls;
    }

    Inlining inlining() throws GoBinaryException {
        if (inlining == null) inlining = Inlining.read(image, functions, table.layout118());
        return inlining;
    }
}

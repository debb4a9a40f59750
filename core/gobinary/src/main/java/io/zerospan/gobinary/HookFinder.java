package io.zerospan.gobinary;

import java.util.List;

/** Finds where a function can be probed: where it begins, and sites of which each call passes one at its end. */
final class HookFinder {
    private final Image image;
    private final Tables tables;

    HookFinder(Image image, Tables tables) {
        this.image = image;
        this.tables = tables;
    }

    HookSites find(String symbol) throws GoBinaryException {
        tables.inlining(); // read first: what follows is about this function
        image.reading("function " + symbol);
        return sites(symbol, tables.functions().find(symbol));
    }

    HookSites find(GoSymbol symbol) throws GoBinaryException {
        return sites(symbol.name(), tables.functions().at(symbol.address()));
    }

    private HookSites sites(String symbol, int function) throws GoBinaryException {
        Functions functions = tables.functions();
        Inlining inlining = tables.inlining();
        image.reading("function " + symbol);
        if (function < 0) {
            int copies = inlining.copies(functions, symbol);
            return copies == 0 ? HookSites.absent(symbol) : HookSites.refused(symbol, inlined(symbol, copies));
        }
        if (!functions.isGo(function)) return HookSites.refused(symbol, symbol + " is not Go code");
        SiteFinder finder = SiteFinder.of(image, functions);
        Code code = code(function);
        ProbeSite start = finder.start(function, code);
        List<ProbeSite> returns = finder.returns(function, code);
        int copies = inlining.copies(functions.nameOffset(function));
        String reason = copies == 0 ? "" : inlined(symbol, copies);
        List<ProbeSite> ends = copies == 0 ? ends(function, returns) : returns;
        return new HookSites(symbol, copies == 0, reason, true, functions.start(function), start, returns, ends);
    }

    private List<ProbeSite> ends(int function, List<ProbeSite> returns) {
        if (returns.stream().allMatch(site -> site.cost() == CostClass.EMULATED)) return returns;
        List<ProbeSite> behind = tables.afterCalls().of(function);
        return behind.isEmpty() ? returns : behind;
    }

    private static String inlined(String symbol, int copies) {
        return symbol + " is inlined into " + copies + (copies == 1 ? " function" : " functions");
    }

    /** The same sites, but of the returns only those that do not lie straight behind a call of {@code last}. */
    HookSites withoutReturnsBehind(HookSites sites, HookSites last) throws GoBinaryException {
        if (!sites.ends().equals(sites.returns())) return sites;
        Code code = code(tables.functions().find(sites.symbol()));
        List<ProbeSite> ends = sites.returns().stream()
                .filter(site ->
                        site.cost() == CostClass.EMULATED || !code.isStraightBehindCall(site.address(), last.address()))
                .toList();
        return ends.isEmpty() ? sites : sites.endingAt(ends); // a probe of the end wants to be somewhere
    }

    private Code code(int function) throws GoBinaryException {
        Functions functions = tables.functions();
        return Code.read(image, InstructionSet.of(image), functions.start(function), functions.end(function));
    }
}

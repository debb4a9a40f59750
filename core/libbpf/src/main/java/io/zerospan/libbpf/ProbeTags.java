package io.zerospan.libbpf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the author of a probe declared in its C file by {@code btf_decl_tag}, in the order of the object's BTF. */
public record ProbeTags(List<Tag> tags) {
    public ProbeTags {
        tags = List.copyOf(tags);
    }

    /** What a tag was written at. */
    public enum Target {
        FUNCTION,
        /** {@link Tag#name} is {@code function.parameter}. */
        PARAMETER,
        VARIABLE,
        /** A variable of the section {@code .maps}. */
        MAP,
        /** A struct, union or typedef. */
        TYPE,
        /** {@link Tag#name} is {@code struct.member}. */
        MEMBER
    }

    /**
     * One {@code btf_decl_tag}.
     *
     * @param name of the function, variable, map or type
     * @param text as written
     */
    public record Tag(Target target, String name, String text) {}

    /** Reads raw BTF, for example the section {@code .BTF} of an object that was never opened. */
    public static ProbeTags parse(byte[] btf) throws BpfException {
        return of(Btf.parse(btf));
    }

    static ProbeTags of(Btf btf) throws BpfException {
        Set<Integer> maps = mapVariables(btf);
        List<Tag> tags = new ArrayList<>();
        for (BtfType type : btf.types()) {
            if (type.kind() == BtfType.DECL_TAG) {
                tags.add(tag(btf, type, maps));
            }
        }
        return new ProbeTags(tags);
    }

    private static Set<Integer> mapVariables(Btf btf) {
        Set<Integer> maps = new HashSet<>();
        for (BtfType type : btf.types()) {
            if (type.kind() == BtfType.DATASEC && type.name().equals(".maps")) {
                type.parts().forEach(part -> maps.add(part.type()));
            }
        }
        return maps;
    }

    private static Tag tag(Btf btf, BtfType tag, Set<Integer> maps) throws BpfException {
        BtfType at = btf.type(tag.sizeOrType());
        int component = tag.extra().get(0);
        if (component >= 0) {
            boolean function = at.kind() == BtfType.FUNC;
            List<BtfType.Part> parts = function ? btf.type(at.sizeOrType()).parts() : at.parts();
            if (component >= parts.size()) {
                throw Btf.broken("tag \"" + tag.name() + "\" is on part " + component + " of " + at.name()
                        + ", which has " + parts.size());
            }
            String name = at.name() + "." + parts.get(component).name();
            return new Tag(function ? Target.PARAMETER : Target.MEMBER, name, tag.name());
        }
        Target target = switch (at.kind()) {
            case BtfType.FUNC -> Target.FUNCTION;
            case BtfType.VAR -> maps.contains(tag.sizeOrType()) ? Target.MAP : Target.VARIABLE;
            default -> Target.TYPE;
        };
        return new Tag(target, at.name(), tag.name());
    }
}

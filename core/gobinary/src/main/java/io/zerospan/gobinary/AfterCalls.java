package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds emulated sites behind the calls of a function: where a caller tests the result, the branch right behind the call
 * costs a fraction of a return instruction and still has all results in their registers. Right only if every call is
 * seen, so a function whose address is kept anywhere (a func value, a method that an interface may call) has none.
 */
final class AfterCalls {
    /** Each site costs time to attach; what is called from everywhere is not what a probe is for. */
    private static final int MAX_CALLS = 32;

    private final Image image;
    private final Functions functions;
    private final ModuleData module;
    private final InstructionSet set;
    private @Nullable CallIndex index;

    AfterCalls(Image image, Functions functions, ModuleData module) {
        this.image = image;
        this.functions = functions;
        this.module = module;
        this.set = InstructionSet.of(image);
    }

    /** One site for each call of the function; empty where some call has none, or may not be seen. */
    List<ProbeSite> of(int function) {
        try {
            long text = functions.end(functions.count() - 1) - functions.start(0);
            if (text > CallIndex.MAX_TEXT_BYTES || isKept(functions.start(function))) return List.of();
            if (index == null) index = CallIndex.read(image, functions);
            return sites(function, index.places(functions.start(function)));
        } catch (GoBinaryException e) {
            return List.of(); // code that can't be read is no caller to rely on; the returns are there
        }
    }

    private List<ProbeSite> sites(int function, long[] places) throws GoBinaryException {
        long entry = functions.start(function);
        List<ProbeSite> sites = new ArrayList<>();
        for (long place : places) {
            int caller = functions.at(place);
            if (caller < 0 || sites.size() == MAX_CALLS) return List.of();
            Code code = Code.read(image, set, functions.start(caller), functions.end(caller));
            int call = code.indexOf(place - 1);
            Instruction instruction = call < 0 ? null : code.instructions().get(call);
            if (instruction == null || instruction.target() != entry) return List.of();
            boolean restart = caller == function && instruction.kind() == Instruction.Kind.JUMP;
            if (restart) continue; // on a larger stack
            ProbeSite site = instruction.kind() == Instruction.Kind.CALL ? behind(code, call) : null;
            if (site == null) return List.of();
            sites.add(site);
        }
        return sites;
    }

    /** The first emulated instruction behind a call, if nothing on the way touches a result or comes from elsewhere. */
    private @Nullable ProbeSite behind(Code code, int call) throws GoBinaryException {
        if (code.jumpsIndirectly()) return null;
        for (int i = call + 1; i < code.instructions().size(); i++) {
            Instruction instruction = code.instructions().get(i);
            if (instruction.cost() == CostClass.EMULATED) {
                boolean shared = code.isJumpedTo(code.instructions().get(call).end(), instruction.address());
                return shared ? null : ProbeSite.of(image, instruction, false);
            }
            if (!instruction.keepsResults()) return null;
        }
        return null;
    }

    private boolean isKept(long entry) throws GoBinaryException {
        Relocations relocations = image.relocations();
        for (int i = 0; i < relocations.count(); i++) {
            if (relocations.value(i) == entry) return true;
        }
        for (Segment segment : image.segments()) {
            long end = segment.offset() + segment.fileBytes();
            long from = segment.offset() + Math.floorMod(-segment.address(), Long.BYTES);
            if (image.pages().find(entry, from, end, Long.BYTES) >= 0) return true;
        }
        return isMethod((int) (entry - module.text()));
    }

    /** Types name the code of their methods by its distance from the text's beginning. */
    private boolean isMethod(int textOffset) throws GoBinaryException {
        for (long at = module.types(); at + Integer.BYTES <= module.typesEnd(); at += Integer.BYTES) {
            if (image.i32(at) == textOffset) return true;
        }
        return false;
    }
}

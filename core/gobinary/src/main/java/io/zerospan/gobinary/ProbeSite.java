package io.zerospan.gobinary;

/**
 * An instruction a uprobe may be put on.
 *
 * @param address as linked
 * @param fileOffset what a uprobe is attached by
 * @param filterStackGrowth the site is the branch of the stack check: a hit whose branch is taken (amd64: CF or ZF set;
 *     arm64: C clear or Z set) must be ignored, because the function then starts again on a larger stack
 */
public record ProbeSite(long address, long fileOffset, CostClass cost, boolean filterStackGrowth) {
    static ProbeSite of(Image image, Instruction instruction, boolean filterStackGrowth) throws GoBinaryException {
        long offset = image.offset(instruction.address(), instruction.bytes());
        return new ProbeSite(instruction.address(), offset, instruction.cost(), filterStackGrowth);
    }
}

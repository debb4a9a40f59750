package io.zerospan.gobinary;

/** Decodes the instructions of one architecture, as far as probe sites depend on them. */
interface InstructionSet {
    /** Throws where the instruction is not known: guessing on would find sites in the midst of others. */
    Instruction decode(long address, long end) throws GoBinaryException;

    static InstructionSet of(Image image) {
        return image.header().machine() == ElfHeader.AMD64
                ? new Amd64Instructions(image)
                : new Arm64Instructions(image);
    }
}

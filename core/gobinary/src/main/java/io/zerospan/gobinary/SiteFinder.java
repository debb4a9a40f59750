package io.zerospan.gobinary;

import java.util.List;

/** Finds the instructions of a function that are worth a probe; throws, with the reason, where none is safe. */
interface SiteFinder {
    ProbeSite start(int function, Code code) throws GoBinaryException;

    List<ProbeSite> returns(int function, Code code) throws GoBinaryException;

    static SiteFinder of(Image image, Functions functions) {
        return image.header().machine() == ElfHeader.AMD64 ? new Amd64Sites(image, functions) : new Arm64Sites(image);
    }
}

package io.zerospan.gobinary;

import java.util.List;

/** Finds the instructions of a function that are worth a probe. */
interface SiteFinder {
    ProbeSite start(int function) throws GoBinaryException;

    List<ProbeSite> returns(int function) throws GoBinaryException;

    static SiteFinder of(Image image, Functions functions) {
        return image.header().machine() == ElfHeader.AMD64
                ? new Amd64Sites(image, functions)
                : new Arm64Sites(image, functions);
    }
}

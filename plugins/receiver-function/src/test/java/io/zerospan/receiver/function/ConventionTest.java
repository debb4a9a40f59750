package io.zerospan.receiver.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.receiver.function.Convention.Part;
import io.zerospan.receiver.function.Convention.Place;
import org.junit.jupiter.api.Test;

/** Go's src/cmd/compile/abi-internal.md, by its rules. */
class ConventionTest {
    private final Convention amd64 = new Convention("amd64");

    @Test
    void words_takeOneRegisterAfterTheOther() {
        assertThat(amd64.next(Shape.STRING).parts()).containsExactly(new Part(0, 0), new Part(8, 1));
        assertThat(amd64.next(Shape.INT8).parts()).containsExactly(new Part(0, 2));
    }

    @Test
    void fieldsOfAStruct_haveRegistersOfTheirOwn() {
        Place place = amd64.next(Shape.struct("A", Shape.INT8, "B", Shape.FLOAT64, "C", Shape.INT));
        assertThat(place.parts()).containsExactly(new Part(0, 0), new Part(8, -1), new Part(16, 1));
    }

    @Test
    void whatDoesNotFit_goesToTheStackAsAWhole_andTheNextMayFitAgain() {
        for (int i = 0; i < 8; i++) {
            amd64.next(Shape.INT);
        }
        assertThat(amd64.next(Shape.STRING)).isEqualTo(new Place(java.util.List.of(), 0));
        assertThat(amd64.next(Shape.INT).parts()).containsExactly(new Part(0, 8));
        assertThat(amd64.next(Shape.INT).stack()).isEqualTo(16);
    }

    @Test
    void arm64_hasSixteenRegisters() {
        Convention arm64 = new Convention("arm64");
        for (int i = 0; i < 16; i++) {
            assertThat(arm64.next(Shape.INT).parts()).containsExactly(new Part(0, i));
        }
        assertThat(arm64.next(Shape.INT).stack()).isZero();
    }

    @Test
    void sixteenthFloat_isOnTheStack_andTakesNoIntegersRegister() {
        for (int i = 0; i < 15; i++) {
            assertThat(amd64.next(Shape.FLOAT64).stack()).isNegative();
        }
        assertThat(amd64.next(Shape.FLOAT64).stack()).isZero();
        assertThat(amd64.next(Shape.INT).parts()).containsExactly(new Part(0, 0));
    }

    @Test
    void arraysOfMoreThanOne_goToTheStack_withWhatHoldsThem() {
        assertThat(amd64.next(Shape.array(1, Shape.INT)).parts()).containsExactly(new Part(0, 0));
        assertThat(amd64.next(Shape.struct("A", Shape.INT, "B", Shape.array(2, Shape.INT8)))
                        .stack())
                .isZero();
    }

    @Test
    void arrayOfTwoEmptyStructs_takesWhatHoldsItToTheStack() {
        assertThat(amd64.next(Shape.struct("A", Shape.INT, "B", Shape.array(2, Shape.struct())))
                        .stack())
                .isZero();
        assertThat(amd64.next(Shape.struct("A", Shape.array(0, Shape.INT), "B", Shape.INT))
                        .parts())
                .containsExactly(new Part(0, 0));
    }

    @Test
    void emptyStruct_takesNothing() {
        amd64.next(Shape.struct());
        assertThat(amd64.next(Shape.INT).parts()).containsExactly(new Part(0, 0));
    }

    @Test
    void results_beginWithTheFirstRegister_behindTheArgumentsOnTheStack() {
        amd64.next(Shape.array(3, Shape.INT8));
        amd64.results();
        assertThat(amd64.next(Shape.INT).parts()).containsExactly(new Part(0, 0));
        assertThat(amd64.next(Shape.array(2, Shape.INT)).stack()).isEqualTo(8);
    }
}

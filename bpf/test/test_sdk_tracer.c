/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A process whose SDK starts spans is told once. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static void sdk_span_starts(const struct process *process)
{
	kernel_run_as(process);
	probes_run(SDK_TRACER, "sdk_span_starts", 0, (const go_ptr[9]){});
}

TEST(sdkSpan_first_tellsTheProcess)
{
	__u64 start;
	__u16 type;

	sdk_span_starts(&SHOP);
	EXPECT_EQUAL(take_news(&type, &start), SHOP.tgid);
	EXPECT_EQUAL(type, ZS_TYPE_OWN_SPANS);
}

TEST(sdkSpan_later_saysNothing)
{
	sdk_span_starts(&SHOP);
	sdk_span_starts(&SHOP);
	EXPECT_EQUAL(kernel_records(), 1);
}

TEST(sdkSpan_ofAnotherProcess_isToldToo)
{
	sdk_span_starts(&SHOP);
	sdk_span_starts(&DESK);
	EXPECT_EQUAL(kernel_records(), 2);
}

TEST(sdkSpan_afterExec_isToldAgain)
{
	struct process again = SHOP;

	again.execs++;
	sdk_span_starts(&SHOP);
	sdk_span_starts(&again);
	EXPECT_EQUAL(kernel_records(), 2);
}

TEST(sdkSpan_untold_isCountedAndTriedAgain)
{
	kernel_ring_max(16);
	sdk_span_starts(&SHOP);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PROCESS_NEWS), 1);
	kernel_ring_max(65536);
	sdk_span_starts(&SHOP);
	EXPECT_EQUAL(kernel_records(), 1);
}

TEST(sdkSpan_withoutRoomForItsMark_isCounted)
{
	kernel_contexts_max(0);
	sdk_span_starts(&SHOP);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PROCESS_NEWS), 1);
}

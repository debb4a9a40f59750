/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* News about processes. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

/* The desk becomes known by a client's call. */
static void become_known(void)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	EXPECT(kernel_process_known(DESK.tgid));
}

TEST(exit_ofLastThread_forgetsTheProcessAndTells)
{
	struct process dying = DESK;
	__u64 start;
	__u16 type;

	become_known();
	dying.threads = 0;
	process_exit(&dying);
	EXPECT(!kernel_process_known(DESK.tgid));
	EXPECT_EQUAL(take_news(&type, &start), DESK.tgid);
	EXPECT_EQUAL(type, ZS_TYPE_EXIT);
	EXPECT_EQUAL(start, DESK.start_ns);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(exit_ofOneThread_saysNothing)
{
	become_known();
	process_exit(&DESK);
	EXPECT(kernel_process_known(DESK.tgid));
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(exit_ofUnknownProcess_saysNothing)
{
	struct process dying = SHOP;

	dying.threads = 0;
	process_exit(&dying);
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(exec_isTold)
{
	struct process again = SHOP;
	__u64 start;
	__u16 type;

	again.execs++;
	kernel_run_as(&again);
	probes_run(LIFECYCLE, "process_exec", 0, (const go_ptr[9]){});
	EXPECT_EQUAL(take_news(&type, &start), SHOP.tgid);
	EXPECT_EQUAL(type, ZS_TYPE_EXEC);
	EXPECT_EQUAL(start, again.start_ns + again.execs);
}

TEST(exec_untold_isCounted)
{
	kernel_ring_max(16);
	kernel_run_as(&SHOP);
	probes_run(LIFECYCLE, "process_exec", 0, (const go_ptr[9]){});
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PROCESS_NEWS), 1);
}

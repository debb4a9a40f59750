/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* News about processes: the host looks at each new program at once, and forgets dead ones. */
#include <zerospan/kernel.h>
#include <zerospan/news.h>

char LICENSE[] SEC("license") = "GPL";

SEC("raw_tp/sched_process_exec")
int process_exec(void *ctx)
{
	zs_tell(ZS_TYPE_EXEC, bpf_get_current_pid_tgid() >> 32);
	return 0;
}

/* Runs for each thread, before the last one closes the process's sockets: whoever gets its ports finds no offer of it. */
SEC("raw_tp/sched_process_exit")
int process_exit(void *ctx)
{
	struct zs_key key = {.tgid = bpf_get_current_pid_tgid() >> 32, .kind = ZS_KEY_PROCESS};

	if (zs_task()->signal->live.counter)
		return 0;
	if (!bpf_map_delete_elem(&zs_contexts, &key))
		zs_tell(ZS_TYPE_EXIT, key.tgid);
	return 0;
}

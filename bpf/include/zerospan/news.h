/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Records that tell the host of a process instead of a span; for the host's own programs. */
#pragma once

#include "kernel.h"
#include "maps.h"

struct zs_process_news {
	__u16 abi;
	__u16 type;
	__u32 length;
	__u32 tgid;
	__u32 zero;
	__u64 process_start_ns; /* of the process that begins or ends: a former one had another */
};

/* Not 0 if there was no room; that is counted. */
static __always_inline int zs_tell(__u16 type, __u32 tgid)
{
	struct zs_process_news news = {
		.abi = ZS_ABI,
		.type = type,
		.length = sizeof(news),
		.tgid = tgid,
		.process_start_ns = zs_process_start(),
	};

	if (!bpf_ringbuf_output(&zs_events, &news, sizeof(news), BPF_RB_NO_WAKEUP))
		return 0;
	zs_count(ZS_LOST_PROCESS_NEWS);
	return -1;
}

// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("uprobe")
int reads_anywhere(void *ctx)
{
	__u64 address = bpf_get_current_pid_tgid();

	return *(int *)address;
}

char LICENSE[] SEC("license") = "GPL";

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* As if compiled without the header. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("uprobe") int start(void *ctx)
{
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Has an idea of its own of what the shared map holds. */
#include <linux/bpf.h>
#include <zerospan/tags.h>
#include <zerospan/wire.h>

char LICENSE[] SEC("license") = "GPL";
ZS_TAG("zs:abi:" ZS_TEXT(ZS_ABI)) const volatile __u16 zs_abi = ZS_ABI;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, __u64);
} zs_contexts SEC(".maps");

GO_START("net/http.serverHandler.ServeHTTP")
int start(void *ctx)
{
	__u64 key = 0;

	return bpf_map_delete_elem(&zs_contexts, &key);
}

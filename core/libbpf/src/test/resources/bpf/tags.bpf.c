// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define TAG(text) __attribute__((btf_decl_tag(text)))

struct pair {
	__u32 left TAG("member of pair");
	__u32 right;
} TAG("a struct");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct pair);
} pairs SEC(".maps") TAG("a map");

const volatile __u64 wide TAG("a variable") TAG("a second tag") = 7;
const volatile __u32 offset_of_method TAG("field:net/http.Request:Method") = 0;

static __attribute__((noinline)) int helper(int x TAG("a parameter"), int y)
{
	return x + y + wide;
}

SEC("uprobe")
TAG("zs:start:net/http.serverHandler.ServeHTTP")
TAG("zs:start:main.(*Cart[go.shape.int]).Checkout")
int start(void *ctx)
{
	return helper((long)ctx, offset_of_method);
}

SEC("uprobe")
int untagged(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

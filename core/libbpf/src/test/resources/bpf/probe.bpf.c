// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Counts hits by cookie in a shared map and sends one record a hit; VALUE_WORDS changes the shape of the map. */
#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifndef VALUE_WORDS
#define VALUE_WORDS 2
#endif

struct count {
	__u64 words[VALUE_WORDS];
};

struct hit {
	__u64 cookie;
	__u32 probe_id;
	__u32 tgid;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u64);
	__type(value, struct count);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} totals SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

enum colour { RED, GREEN };

struct pair {
	__u32 left;
	__u32 right;
};

typedef __u32 probe_id_t;

const volatile probe_id_t probe_id = 1;
const volatile __u8 small = 0;
const volatile short delta = 0;
const volatile bool on = false;
const volatile __u64 wide = 0;
const volatile enum colour colour = RED;
const volatile char label[8] = "";
const volatile struct pair pair = {};

static __always_inline void note(__u32 index, __u64 value)
{
	bpf_map_update_elem(&seen, &index, &value, BPF_ANY);
}

SEC("uprobe")
int on_hit(void *ctx)
{
	__u64 cookie = bpf_get_attach_cookie(ctx);
	struct count *count = bpf_map_lookup_elem(&counts, &cookie);
	__u32 first = 0;
	__u32 *total = bpf_map_lookup_elem(&totals, &first);
	struct hit *hit;

	if (total)
		*total += 1;
	if (count)
		__sync_fetch_and_add(&count->words[0], 1);
	hit = bpf_ringbuf_reserve(&hits, sizeof(*hit), 0);
	if (!hit)
		return 0;
	hit->cookie = cookie;
	hit->probe_id = probe_id;
	hit->tgid = bpf_get_current_pid_tgid() >> 32;
	bpf_ringbuf_submit(hit, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("raw_tp/sched_process_exec")
int on_exec(void *ctx)
{
	struct hit *hit = bpf_ringbuf_reserve(&hits, sizeof(*hit), 0);

	if (!hit)
		return 0;
	hit->cookie = 0;
	hit->probe_id = probe_id;
	hit->tgid = bpf_get_current_pid_tgid() >> 32;
	bpf_ringbuf_submit(hit, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("uprobe")
int show_constants(void *ctx)
{
	note(0, small + delta);
	note(1, on ? wide : 0);
	note(2, (__u64)label[1] << 8 | colour);
	note(3, (__u64)pair.left << 32 | pair.right);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

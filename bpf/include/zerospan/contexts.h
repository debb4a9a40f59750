/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Entries of zs_contexts. A goroutine's entry is written by that goroutine alone; others read it, and entries of a hash
 * map are given to other keys under their readers. So each carries its own key and a sequence number, odd while it is
 * written, and a reader that sees either change takes nothing.
 */
#pragma once

#include "kernel.h"
#include "record.h"

/* What a child needs to know of its parent. */
struct zs_parent {
	__u64 trace[2];
	__u64 span_id; /* 0: there is none, but the caller has decided about sampling */
	__u32 flags;
	__u32 tgid;
	__u64 process_start_ns;
};

static const struct zs_entry zs_empty_entry;

#define zs_load(x) (*(volatile typeof(x) *)&(x))
/*
 * Stores before and after it are seen in this order, and so are loads. On x86 they always are, and the kernel's compiler
 * moves none; elsewhere it is a full barrier, because the atomic's result is used.
 */
#if defined(__TARGET_ARCH_x86) && defined(__bpf__)
#define zs_fence(entry) asm volatile("" ::: "memory")
#else
#define zs_fence(entry) asm volatile("" ::"r"(__sync_fetch_and_add(&(entry)->fence, 0)) : "memory")
#endif

/* splitmix64's finalizer: ids must look random in every bit, samplers depend on it. */
static __always_inline __u64 zs_mix(__u64 x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
	return x ^ (x >> 31);
}

static __always_inline int zs_key_equal(const struct zs_key *a, const struct zs_key *b)
{
	return a->id == b->id && a->tgid == b->tgid && a->kind == b->kind;
}

static __always_inline void zs_write_begin(struct zs_entry *entry)
{
	entry->sequence |= 1;
	zs_fence(entry);
}

static __always_inline void zs_write_end(struct zs_entry *entry)
{
	zs_fence(entry);
	entry->sequence++;
}

static __always_inline struct zs_entry *zs_entry_find(struct zs_key *key)
{
	return bpf_map_lookup_elem(&zs_contexts, key);
}

/* A new entry under key, open for writing; replaces what stands there. */
static __always_inline struct zs_entry *zs_entry_new(struct zs_key *key)
{
	struct zs_entry *entry;

	if (bpf_map_update_elem(&zs_contexts, key, &zs_empty_entry, BPF_ANY) ||
	    !(entry = bpf_map_lookup_elem(&zs_contexts, key))) {
		zs_count(key->kind == ZS_KEY_GOROUTINE ? ZS_LOST_MAP_FULL : ZS_LOST_PARENT_MAP_FULL);
		return 0;
	}
	entry->sequence = bpf_get_prandom_u32() | 1; /* differs from the slot's former life */
	zs_fence(entry);
	entry->key = *key;
	entry->process_start_ns = zs_process_start();
	return entry;
}

static __always_inline void zs_entry_delete(__u64 id, __u32 tgid, __u16 kind)
{
	struct zs_key key = {.id = id, .tgid = tgid, .kind = kind};

	bpf_map_delete_elem(&zs_contexts, &key);
}

/* The deepest open span of an entry; true if it was the same from beginning to end. */
static __always_inline int zs_entry_read(struct zs_entry *entry, const struct zs_key *key, struct zs_parent *parent)
{
	__u32 sequence = zs_load(entry->sequence);
	__u32 top;

	zs_fence(entry);
	top = zs_load(entry->depth) - 1;
	if (sequence & 1 || top >= ZS_STACK_MAX || !zs_key_equal(&entry->key, key))
		goto changed;
	parent->trace[0] = ((volatile __u64 *)entry->trace_id)[0];
	parent->trace[1] = ((volatile __u64 *)entry->trace_id)[1];
	asm volatile("%0 &= %1" : "+r"(top) : "i"(ZS_STACK_MAX - 1));
	parent->span_id = zs_load(entry->frames[top].span_id);
	parent->flags = ((volatile struct zs_frame *)entry->frames)[top].flags & ZS_EVENT_INHERITED;
	parent->tgid = zs_load(entry->owner_tgid);
	parent->process_start_ns = zs_load(entry->process_start_ns);
	zs_fence(entry);
	if (zs_load(entry->sequence) == sequence && zs_key_equal(&entry->key, key))
		return 1;
changed:
	zs_count(ZS_LOST_PARENT_RACE);
	return 0;
}

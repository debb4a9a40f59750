/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Buffers in which records are built. A uprobe program can be preempted by another one on the same CPU, so one buffer
 * per CPU is not enough: each CPU has a few, claimed atomically and given back on every way out.
 */
#pragma once

#include "go.h"

/* Preempted probes per CPU. One was never enough under full preemption, four always. */
#define ZS_SLOTS 4
/* CPUs beyond these share slots with others; claiming is atomic, so that is slower, not wrong. */
#define ZS_CPUS_MAX 256

/* The verifier knows an attribute's position by a mask only, so the last one may reach this far behind the limit. */
#define ZS_SLACK (ZS_TEXT_MAX + sizeof(struct zs_attr))

/* In place of a position: the span leaves no record, and nothing is appended. */
#define ZS_NO_RECORD (~0u)

struct zs_slot {
	__u32 busy;
	__u32 position;
	__u8 data[ZS_RECORD_MAX + ZS_SLACK];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ZS_SLOTS * ZS_CPUS_MAX);
	__type(key, __u32);
	__type(value, struct zs_slot);
} zs_slots SEC(".maps");

static __always_inline struct zs_slot *zs_slot_claim(void)
{
	__u32 first = (bpf_get_smp_processor_id() % ZS_CPUS_MAX) * ZS_SLOTS;

	for (int i = 0; i < ZS_SLOTS; i++) {
		__u32 index = first + i;
		struct zs_slot *slot = bpf_map_lookup_elem(&zs_slots, &index);

		if (slot && __sync_val_compare_and_swap(&slot->busy, 0, 1) == 0)
			return slot;
	}
	zs_count(ZS_LOST_NO_SCRATCH);
	return 0;
}

static __always_inline void zs_slot_release(struct zs_slot *slot)
{
	__sync_lock_test_and_set(&slot->busy, 0);
}

/* Room for a value of up to size bytes, or null. The caller fills it and calls zs_attr_close. */
static __always_inline struct zs_attr *zs_attr_open(struct zs_slot *slot, __u32 size)
{
	__u32 position = slot->position;

	if (position == ZS_NO_RECORD)
		return 0;
	if (position > ZS_RECORD_MAX - sizeof(struct zs_attr) ||
	    position + sizeof(struct zs_attr) + size > ZS_RECORD_MAX) {
		zs_count(ZS_LOST_RECORD_FULL);
		return 0;
	}
	/* keeps the compiler from dropping the mask, which is what the verifier goes by */
	asm volatile("%0 &= %1" : "+r"(position) : "i"(ZS_RECORD_MAX - 1));
	return (struct zs_attr *)(slot->data + position);
}

static __always_inline void zs_attr_close(struct zs_slot *slot, struct zs_attr *attr, __u16 id, __u8 type, __u8 flags,
					  __u32 length)
{
	struct zs_event *event = (struct zs_event *)slot->data;

	attr->id = id;
	attr->type = type;
	attr->flags = flags;
	attr->length = length;
	slot->position += sizeof(*attr) + ((length + 7) & ~7u);
	event->attrs++;
}

/* Appends a Go string. An unread or empty one leaves no attribute; less than 0 says that it was unread, and counted. */
static __always_inline int zs_attr_text(struct zs_slot *slot, __u16 id, __u64 data, __u64 length)
{
	__u32 size = length > ZS_TEXT_MAX ? ZS_TEXT_MAX : length;
	struct zs_attr *attr;

	if (!id || !data || !size)
		return 0;
	attr = zs_attr_open(slot, size);
	if (!attr)
		return 0;
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_TEXT_MAX - 1));
	if (size > ZS_TEXT_MAX || go_read(attr + 1, size, data))
		return -1;
	zs_attr_close(slot, attr, id, ZS_ATTR_TEXT, length > ZS_TEXT_MAX ? ZS_ATTR_CUT : 0, size);
	return 0;
}

/* Appends the Go string whose header lies at address. */
static __always_inline int zs_attr_text_at(struct zs_slot *slot, __u16 id, __u64 address)
{
	struct go_string text;

	if (!id)
		return 0;
	return go_read(&text, sizeof(text), address) ? -1 : zs_attr_text(slot, id, text.data, text.length);
}

static __always_inline void zs_attr_u64(struct zs_slot *slot, __u16 id, __u8 type, __u64 value)
{
	struct zs_attr *attr = id ? zs_attr_open(slot, sizeof(value)) : 0;

	if (!attr)
		return;
	*(__u64 *)(attr + 1) = value;
	zs_attr_close(slot, attr, id, type, 0, sizeof(value));
}

static __always_inline void zs_attr_int(struct zs_slot *slot, __u16 id, __s64 value)
{
	zs_attr_u64(slot, id, ZS_ATTR_INT, value);
}

static __always_inline void zs_attr_bool(struct zs_slot *slot, __u16 id, int value)
{
	zs_attr_u64(slot, id, ZS_ATTR_BOOL, !!value);
}

static __always_inline void zs_attr_go_type(struct zs_slot *slot, __u16 id, __u64 type)
{
	if (type)
		zs_attr_u64(slot, id, ZS_ATTR_GO_TYPE, type);
}

static __always_inline void zs_attr_go_path(struct zs_slot *slot, __u16 id, __u64 type)
{
	if (type)
		zs_attr_u64(slot, id, ZS_ATTR_GO_PATH, type);
}

static __always_inline void zs_attr_addr(struct zs_slot *slot, __u16 id, const __u8 address[16], __u16 port)
{
	struct zs_attr *attr = id ? zs_attr_open(slot, 24) : 0;
	__u8 *value;

	if (!attr)
		return;
	value = (__u8 *)(attr + 1);
	__builtin_memcpy(value, address, 16);
	*(__u16 *)(value + 16) = port;
	zs_attr_close(slot, attr, id, ZS_ATTR_ADDR, 0, 18);
}

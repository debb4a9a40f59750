/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A span's life: it begins on its goroutine's stack and ends as a record in the ring buffer. */
#pragma once

#include "abandoned.h"
#include "block.h"
#include "context_chain.h"
#include "kernel_stack.h"
#include "sampling.h"

/*
 * False until all probes of the executable are attached, so that no tree is seen by halves; and for those that are about
 * to be detached because others, attached for other processes, take over.
 */
static __always_inline int zs_armed(void *ctx)
{
	__u32 executable = zs_executable;
	struct zs_settings *settings;

	zs_keep_kernel_stack(); /* here, because each probe asks */
	settings = bpf_map_lookup_elem(&zs_settings, &executable);
	return settings && settings->armed && settings->armed == bpf_get_attach_cookie(ctx) >> ZS_WAVE_SHIFT;
}

/* One run of a probe. */
struct zs_call {
	void *ctx;
	struct zs_slot *slot;
	struct zs_entry *entry; /* of this goroutine, or null */
	struct zs_key key;	/* of this goroutine */
	__u64 g;
	__u64 stack_high; /* where the goroutine's stack begins */
	__u64 bias;
	__u16 type; /* of its records: zs_event_type, unless the function is a planned one, see planned.h */
};

/* Which goroutine runs, and where its stack begins; false if it is none, or can't be read. */
static __always_inline int zs_read_goroutine(struct zs_call *call)
{
	struct zs_block g = ZS_BLOCK;

	zs_block_field(&g, go_g_goid, sizeof(call->key.id));
	zs_block_field(&g, go_g_stack_hi, sizeof(call->stack_high));
	zs_block_read(call->slot, &g, call->g);
	/* no goroutine has the id 0 */
	return !zs_block_word(call->slot, &g, go_g_goid, &call->key.id) && call->key.id &&
	       !zs_block_word(call->slot, &g, go_g_stack_hi, &call->stack_high);
}

/* Each probe begins with this; if it answers 0 there is nothing to do, else zs_leave must follow. */
static __always_inline int zs_enter(struct zs_call *call, void *ctx)
{
	if (!zs_armed(ctx) || go_stack_grows(ctx))
		return 0;
	__builtin_memset(call, 0, sizeof(*call));
	call->ctx = ctx;
	call->g = zs_g((struct zs_regs *)ctx);
	call->key.kind = ZS_KEY_GOROUTINE;
	call->key.tgid = bpf_get_current_pid_tgid() >> 32;
	call->type = zs_event_type;
	call->slot = zs_slot_claim();
	if (!call->slot)
		return 0;
	if (!zs_read_goroutine(call)) {
		zs_count(ZS_LOST_FAULT);
		zs_slot_release(call->slot);
		return 0;
	}
	call->bias = go_bias(ctx);
	call->entry = zs_entry_find(&call->key);
	/*
	 * The pid was used before: whatever stands here is another process's. Or it was: the host removes such entries, and
	 * another goroutine of ours may have got this one since.
	 */
	if (call->entry &&
	    (call->entry->process_start_ns != zs_process_start() || call->entry->key.id != call->key.id)) {
		zs_bury(call->slot, &call->key, call->entry);
		call->entry = 0;
	}
	return 1;
}

static __always_inline void zs_leave(struct zs_call *call)
{
	zs_slot_release(call->slot);
}

/* What a frame's 24 bits hold: 128 MiB of stack in words, by which Go aligns no less. */
#define ZS_STACK_UNIT 8
#define ZS_STACK_DEEPEST ((1u << 24) - 1)

/* How deep in a stack that begins at high sp is; stays the same when Go moves the stack. 0: not known. */
static __always_inline __u32 zs_depth_below(__u64 high, __u64 sp)
{
	__u64 depth = (high - sp) / ZS_STACK_UNIT;

	return high && depth <= ZS_STACK_DEEPEST ? depth : 0;
}

/* The same in g's stack. */
static __always_inline __u32 zs_depth_of(__u64 g, __u64 sp)
{
	return zs_depth_below(go_read_pointer(g + go_g_stack_hi), sp);
}

/* How deep in its goroutine's stack a function is called. 0: not known. */
static __always_inline __u32 zs_stack_depth(struct zs_call *call)
{
	return zs_depth_below(call->stack_high, zs_sp((struct zs_regs *)call->ctx));
}

/* How many of the goroutine's spans are of functions that were called from less deep than stack. */
static __always_inline __u32 zs_alive(const struct zs_entry *entry, __u32 stack)
{
	__u32 alive = 0;

	for (int i = 0; i < ZS_STACK_MAX; i++)
		if (i < entry->depth && entry->frames[i].stack < stack)
			alive = i + 1;
	return alive;
}

/*
 * Gives up the spans of functions that can't be running any more, because this one is called from where they were or
 * above: a panic passed through them, and someone recovered. Leaves the entry open for writing.
 */
static __always_inline void zs_drop_dead(struct zs_entry *entry, __u32 stack)
{
	__u32 alive = zs_alive(entry, stack);

	zs_write_begin(entry);
	if (stack && alive < entry->depth)
		zs_abandon(entry, alive, ZS_END_PANIC);
}

static __always_inline __u64 zs_random(void)
{
	return (__u64)bpf_get_prandom_u32() << 32 | bpf_get_prandom_u32();
}

static __always_inline __u64 zs_id_of(__u64 random, int seed)
{
	__u64 id = zs_mix(random ^ zs_seed[seed]);

	return id ? id : 1; /* all zeros is no id */
}

static __always_inline __u64 zs_random_id(int seed)
{
	return zs_id_of(zs_random(), seed);
}

static __always_inline struct zs_entry *zs_own_entry(struct zs_call *call)
{
	if (call->entry) {
		zs_write_begin(call->entry);
		return call->entry;
	}
	call->entry = zs_entry_new(&call->key);
	if (call->entry)
		call->entry->owner_tgid = call->key.tgid;
	return call->entry;
}

/*
 * Opens the goroutine's first span; parent is null, or its span id 0, for a root. Leaves the entry open for writing.
 */
static __always_inline struct zs_frame *zs_first_frame(struct zs_entry *entry, const struct zs_parent *parent)
{
	struct zs_frame *frame = &entry->frames[0];
	__u64 *trace = (__u64 *)entry->trace_id;
	__u64 base = parent ? parent->span_id : 0;
	__u64 random = zs_random();
	/* a trace's second half goes by other chances than the first: the span that was here before, and the entry's own */
	__u64 former = frame->span_id + ((__u64)entry->sequence << 32);

	trace[0] = base ? parent->trace[0] : zs_id_of(random, 1);
	trace[1] = base ? parent->trace[1] : zs_id_of(random + former, 0);
	entry->base_parent = base;
	entry->depth = 1;
	entry->overflow = 0;
	frame->span_id = zs_id_of(random, 0);
	if (base && !(parent->flags & ZS_EVENT_REMOTE_PARENT))
		frame->flags = zs_frame_flags(trace, parent->flags);
	else
		frame->flags = zs_entering_flags(trace, parent ? parent->flags : 0);
	zs_count_left_out(frame->flags);
	return frame;
}

/* Opens a span inside another of the same goroutine; null if the stack is full. Leaves the entry open for writing. */
static __always_inline struct zs_frame *zs_next_frame(struct zs_entry *entry)
{
	struct zs_frame *frame;
	__u32 depth = entry->depth;
	__u32 below = depth - 1;

	if (depth >= ZS_STACK_MAX) {
		entry->overflow++;
		zs_count(ZS_LOST_TOO_DEEP);
		return 0;
	}
	entry->depth = depth + 1;
	asm volatile("%0 &= %1" : "+r"(depth) : "i"(ZS_STACK_MAX - 1));
	asm volatile("%0 &= %1" : "+r"(below) : "i"(ZS_STACK_MAX - 1));
	frame = &entry->frames[depth];
	frame->span_id = zs_random_id(0);
	frame->flags = zs_frame_flags((__u64 *)entry->trace_id, entry->frames[below].flags & ZS_EVENT_INHERITED);
	zs_count_left_out(frame->flags);
	return frame;
}

/*
 * Opens a span whose parent is the goroutine's open span, else the one that context was made in, else none.
 * The caller fills in frame->object.
 */
static __always_inline struct zs_frame *zs_span_start(struct zs_call *call, struct go_interface context)
{
	struct zs_entry *entry = call->entry;
	__u32 stack = zs_stack_depth(call);
	struct zs_parent parent = {};
	struct zs_frame *frame;

	if (zs_budget_closed())
		return 0;
	if (entry)
		zs_drop_dead(entry, stack);
	if (entry && entry->depth) {
		frame = zs_next_frame(entry);
	} else {
		int found = zs_parent_of_context(context, call->key.tgid, call->bias, &parent);

		entry = zs_own_entry(call);
		if (!entry)
			return 0;
		frame = zs_first_frame(entry, found ? &parent : 0);
	}
	if (frame) {
		frame->hook = call->type;
		frame->stack = stack;
		frame->object = 0;
		frame->start_ns = bpf_ktime_get_ns();
	}
	zs_write_end(entry);
	return frame;
}

/* The goroutine's innermost span, if this probe opened it. */
static __always_inline struct zs_frame *zs_span_top(struct zs_call *call)
{
	struct zs_entry *entry = call->entry;
	__u32 top = entry ? entry->depth - 1 : ZS_STACK_MAX;

	if (top >= ZS_STACK_MAX || entry->overflow)
		return 0;
	asm volatile("%0 &= %1" : "+r"(top) : "i"(ZS_STACK_MAX - 1));
	return entry->frames[top].hook == call->type ? &entry->frames[top] : 0;
}

/* How deep the function was called that returns here. 0: it does not return, or it is not known. */
static __always_inline __u32 zs_return_depth(struct zs_call *call)
{
	__u64 cookie = bpf_get_attach_cookie(call->ctx);
	__u64 sp = zs_sp((struct zs_regs *)call->ctx);

	if (!(cookie & ZS_COOKIE_RETURN))
		return 0;
	return zs_depth_below(call->stack_high, cookie & ZS_COOKIE_CALLER ? sp - GO_CALL_BYTES : sp);
}

/*
 * The span that this probe opened last and did not end; where a function returns, the one that began with this very call.
 * Spans above it never returned: a panic passed through them, and they are given up with it. Null is normal: the call was
 * under way when the probes were armed.
 */
static __always_inline struct zs_frame *zs_span_find(struct zs_call *call)
{
	struct zs_entry *entry = call->entry;
	__u32 stack;

	if (!entry)
		return 0;
	stack = zs_return_depth(call);
	if (entry->overflow && !stack) {
		entry->overflow--;
		return 0;
	}
	for (int i = ZS_STACK_MAX - 1; i >= 0; i--) {
		if (i >= entry->depth || entry->frames[i].hook != call->type ||
		    (stack && entry->frames[i].stack && entry->frames[i].stack != stack))
			continue;
		zs_write_begin(entry);
		zs_abandon(entry, i + 1, ZS_END_PANIC);
		entry->overflow = 0;
		zs_write_end(entry);
		return &entry->frames[i];
	}
	if (entry->overflow)
		entry->overflow--;
	return 0;
}

/* Whether an open span will leave a record. If not, a probe need not keep anything for its end. */
static __always_inline int zs_span_wanted(const struct zs_frame *frame)
{
	return !(frame->flags & ZS_EVENT_SILENT);
}

/*
 * Begins the record of the open span frame, which zs_span_find found. Attributes may follow, then zs_span_submit.
 * Answers 0 if a sampler or the budget is against the span: there is no need to read its attributes then, and what is appended
 * or submitted all the same goes nowhere. zs_span_pop must follow either way.
 */
static __always_inline int zs_span_record(struct zs_call *call, struct zs_frame *frame, __u8 kind)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;
	struct zs_entry *entry = call->entry;
	__u32 below = entry->depth - 2;

	if (!zs_span_wanted(frame)) {
		call->slot->position = ZS_NO_RECORD;
		return 0;
	}
	event->abi = ZS_ABI;
	event->type = call->type;
	event->tgid = call->key.tgid;
	event->kind = kind;
	event->flags = frame->flags & ZS_EVENT_TOLD;
	event->attrs = 0;
	event->end = 0;
	event->goid = call->key.id;
	event->start_ns = frame->start_ns;
	event->end_ns = bpf_ktime_get_ns();
	__builtin_memcpy(event->trace_id, entry->trace_id, sizeof(event->trace_id));
	event->span_id = frame->span_id;
	if (below < ZS_STACK_MAX) {
		asm volatile("%0 &= %1" : "+r"(below) : "i"(ZS_STACK_MAX - 1));
		event->parent_id = entry->frames[below].span_id;
	} else {
		event->parent_id = entry->base_parent;
	}
	event->process_start_ns = entry->process_start_ns;
	call->slot->position = sizeof(*event);
	return 1;
}

/* Takes the open span off the stack. The entry goes with the last one, unless the goroutine serves a connection. */
static __always_inline void zs_span_pop(struct zs_call *call)
{
	struct zs_entry *entry = call->entry;

	if (entry->depth <= 1 && !entry->connection) {
		bpf_map_delete_elem(&zs_contexts, &call->key);
		call->entry = 0;
		return;
	}
	zs_write_begin(entry);
	entry->depth--;
	zs_write_end(entry);
}

/* The open span is at an end and another one begins in its place: the next attempt of the same call. */
static __always_inline void zs_span_again(struct zs_call *call, struct zs_frame *frame)
{
	zs_write_begin(call->entry);
	frame->span_id = zs_random_id(0);
	frame->start_ns = bpf_ktime_get_ns();
	zs_write_end(call->entry);
}

/* Hands the record to the host, which looks every few milliseconds: waking it for each would cost more than the probe. */
static __always_inline void zs_span_submit(struct zs_call *call)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;
	__u32 length = call->slot->position;

	if (length < sizeof(*event) || length > ZS_RECORD_MAX)
		return;
	event->length = length;
	asm volatile("" : "+r"(length)); /* the verifier's bounds must be on the register that is passed */
	if (length <= ZS_RECORD_MAX && bpf_ringbuf_output(&zs_events, event, length, BPF_RB_NO_WAKEUP))
		zs_count(ZS_LOST_RING_FULL);
}

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Finds a value by its plan and appends it to the record. */
#pragma once

#include "function_plan.h"

/* Integer registers of Go's calling convention, and one more so that the last one has a next. */
#define FUNCTION_REGISTERS 16

/* What one side of a function is read from. */
struct function_frame {
	__u64 registers[FUNCTION_REGISTERS];
	__u64 stack; /* address of the first argument or result on the stack */
	__u64 bias;
	__u64 words[2]; /* the value that was found */
};

/* Go leaves a word below the arguments: the return address, or room for it. */
#define FUNCTION_STACK_ARGUMENTS 8

static __always_inline void function_frame(struct function_frame *frame, struct zs_call *call)
{
	struct zs_regs *regs = call->ctx;
	__u64 cookie = bpf_get_attach_cookie(call->ctx);

	__builtin_memset(frame, 0, sizeof(*frame));
#define FUNCTION_REGISTER(n) (frame->registers[(n) - 1] = go_arg(call->ctx, n))
	FUNCTION_REGISTER(1), FUNCTION_REGISTER(2), FUNCTION_REGISTER(3);
	FUNCTION_REGISTER(4), FUNCTION_REGISTER(5), FUNCTION_REGISTER(6);
	FUNCTION_REGISTER(7), FUNCTION_REGISTER(8), FUNCTION_REGISTER(9);
#if defined(__TARGET_ARCH_arm64)
	FUNCTION_REGISTER(10), FUNCTION_REGISTER(11), FUNCTION_REGISTER(12), FUNCTION_REGISTER(13);
	FUNCTION_REGISTER(14), FUNCTION_REGISTER(15), FUNCTION_REGISTER(16);
#endif
	frame->stack = zs_sp(regs) + FUNCTION_STACK_ARGUMENTS - (cookie & ZS_COOKIE_CALLER ? GO_CALL_BYTES : 0);
	frame->bias = call->bias;
}

/* How many bytes a value takes. */
static __always_inline __u32 function_size(const struct function_read *read)
{
	switch (read->value) {
	case FUNCTION_SIGNED:
	case FUNCTION_UNSIGNED:
	case FUNCTION_BOOL:
		return read->size;
	default:
		return 16;
	}
}

/*
 * Finds a value; 0 if there is none, because a pointer on the way is nil or a page is missing. A function of its own,
 * which is verified once.
 */
__noinline int function_find(struct function_frame *frame, const struct function_read *read)
{
	__u64 address;
	__u32 size;

	if (!frame || !read)
		return 0;
	if (read->from != FUNCTION_STACK && read->from >= FUNCTION_REGISTERS)
		return 0;
	address = read->from == FUNCTION_STACK ? frame->stack : frame->registers[read->from & (FUNCTION_REGISTERS - 1)];
	if (!read->memory) {
		frame->words[0] = address;
		frame->words[1] = frame->registers[(read->from + 1) & (FUNCTION_REGISTERS - 1)];
		return 1;
	}
	if (!address)
		return 0;
	address += read->at[0];
	for (int i = 1; i <= FUNCTION_HOPS_MAX; i++) {
		if (i > read->hops)
			break;
		address = go_read_pointer(address);
		if (!address)
			return 0;
		address += read->at[i];
	}
	size = function_size(read);
	if (size > sizeof(frame->words)) /* one comparison: of two clang makes one that 6.1 does not understand */
		return 0;
	frame->words[0] = 0;
	frame->words[1] = 0;
	return !go_read(frame->words, size, address);
}

static __always_inline __s64 function_signed(__u64 word, __u8 size)
{
	switch (size) {
	case 1:
		return (__s8)word;
	case 2:
		return (__s16)word;
	case 4:
		return (__s32)word;
	default:
		return word;
	}
}

static __always_inline __u64 function_unsigned(__u64 word, __u8 size)
{
	switch (size) {
	case 1:
		return (__u8)word;
	case 2:
		return (__u16)word;
	case 4:
		return (__u32)word;
	default:
		return word;
	}
}

static __always_inline void function_error(struct zs_slot *slot, const struct function_frame *frame,
					   const struct function_plan *plan, __u16 attribute, int text)
{
	__u64 type = go_dynamic_type(frame->words[0], frame->bias);

	if (!type)
		return;
	for (int i = 0; text && i < FUNCTION_PLAIN_ERRORS; i++) {
		if (plan->plain_errors[i] == type) {
			zs_attr_text_at(slot, attribute, frame->words[1]);
			return;
		}
	}
	zs_attr_go_type(slot, text ? attribute + 1 : attribute, type);
}

static __always_inline void function_append(struct zs_slot *slot, const struct function_frame *frame,
					    const struct function_plan *plan, const struct function_read *read)
{
	__u64 word = frame->words[0];

	switch (read->value) {
	case FUNCTION_TEXT:
		zs_attr_text(slot, read->attribute, word, frame->words[1]);
		break;
	case FUNCTION_SIGNED:
		zs_attr_int(slot, read->attribute, function_signed(word, read->size));
		break;
	case FUNCTION_UNSIGNED:
		zs_attr_int(slot, read->attribute, function_unsigned(word, read->size));
		break;
	case FUNCTION_BOOL:
		zs_attr_bool(slot, read->attribute, (__u8)word);
		break;
	case FUNCTION_PAIR:
		zs_attr_int(slot, read->attribute, word);
		zs_attr_int(slot, read->attribute + 1, frame->words[1]);
		break;
	case FUNCTION_INTERFACE:
		zs_attr_go_type(slot, read->attribute, go_dynamic_type(word, frame->bias));
		break;
	case FUNCTION_ANY:
		zs_attr_go_type(slot, read->attribute, word ? word - frame->bias : 0);
		break;
	case FUNCTION_ERROR:
	case FUNCTION_ERROR_TYPE:
		function_error(slot, frame, plan, read->attribute, read->value == FUNCTION_ERROR);
		break;
	}
}

/* One value of a plan. Verified once, whatever the number of them. */
__noinline int function_read_one(struct zs_slot *slot, struct function_frame *frame, const struct function_plan *plan,
				 __u32 index)
{
	if (!slot || !frame || !plan || index >= FUNCTION_READS_MAX)
		return 0;
	if (function_find(frame, &plan->read[index & (FUNCTION_READS_MAX - 1)]))
		function_append(slot, frame, plan, &plan->read[index & (FUNCTION_READS_MAX - 1)]);
	return 0;
}

static __always_inline void function_read_all(struct zs_call *call, const struct function_plan *plan,
					      struct function_frame *frame)
{
	for (__u32 i = 0; i < FUNCTION_READS_MAX; i++) {
		if (i >= plan->reads)
			break;
		function_read_one(call->slot, frame, plan, i);
	}
}

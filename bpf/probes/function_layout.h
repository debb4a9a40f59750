/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What the receiver `function` leaves at a site: which values to read, and the way to each. Its Java side
 * (io.zerospan.receiver.function.Plan) writes the same bytes.
 */
#pragma once

#include <zerospan/plan.h>

/* Attributes of one side of a function. */
#define FUNCTION_READS_MAX 16
/* Pointers followed on the way to a value. */
#define FUNCTION_HOPS_MAX 6
/* Types of errors whose text is a string at their beginning. */
#define FUNCTION_PLAIN_ERRORS 4

/* In place of a register: the value lies in the caller's frame, or there is none. */
#define FUNCTION_STACK 0xfe
#define FUNCTION_NOWHERE 0xff

enum function_value {
	FUNCTION_TEXT = 1,   /* a string */
	FUNCTION_SIGNED,     /* an integer of size bytes */
	FUNCTION_UNSIGNED,
	FUNCTION_BOOL,
	FUNCTION_PAIR,	     /* two words, as two attributes: a time's */
	FUNCTION_INTERFACE,  /* the dynamic type of an interface with methods */
	FUNCTION_ANY,	     /* the same of one without */
	FUNCTION_ERROR,	     /* the text of an error where it is a plain one, else its type as the next attribute */
	FUNCTION_ERROR_TYPE, /* the type of an error */
};

/*
 * A value in registers: the words from `from` on; hops and at are 0. Else it lies in memory: beginning with the address
 * in the register `from`, or with the caller's frame, at[0] is added; then each hop reads a pointer and adds the next.
 */
struct function_read {
	__u16 attribute;
	__u8 value; /* enum function_value */
	__u8 size;
	__u8 from; /* number of a register, or FUNCTION_STACK */
	__u8 hops;
	__u8 memory; /* the value lies in memory */
	__u8 zero;
	__u32 at[FUNCTION_HOPS_MAX + 1];
	__u32 pad;
};

struct function_plan {
	struct zs_plan head;
	__u8 kind; /* enum zs_kind */
	__u8 reads;
	__u8 keeps; /* end: something was kept at the start */
	__u8 zero;
	__u32 pad;
	struct function_read context; /* start: a context.Context, or from FUNCTION_NOWHERE */
	__u64 plain_errors[FUNCTION_PLAIN_ERRORS]; /* link-time addresses of types; 0: none */
	struct function_read read[FUNCTION_READS_MAX];
};

_Static_assert(sizeof(struct function_read) == 40, "Plan writes 40 bytes");
_Static_assert(sizeof(struct function_plan) == 728, "Plan writes 728 bytes");

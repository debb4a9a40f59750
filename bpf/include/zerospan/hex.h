/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Hexadecimal digits, eight at a time and without a branch: neither the verifier nor the processor has one to follow. */
#pragma once

#include <linux/types.h>

/* Up to eight characters as they lie in memory. */
#define ZS_CHARS(a, b, c, d, e, f, g, h)                                                                            \
	((__u64)(a) | (__u64)(b) << 8 | (__u64)(c) << 16 | (__u64)(d) << 24 | (__u64)(e) << 32 | (__u64)(f) << 40 | \
	 (__u64)(g) << 48 | (__u64)(h) << 56)

#define ZS_EACH(byte) ((__u64)(byte) * 0x0101010101010101ull)
#define ZS_TOP ZS_EACH(0x80)

/* Whether capital letters are digits. */
#define ZS_HEX_LOWER 0
#define ZS_HEX_ANY ZS_TOP

/* The top bit of each byte of c, all of them below 0x80, that lies in from..to. */
#define ZS_WITHIN(c, from, to) (((c) + ZS_EACH(0x80 - (from))) & ~((c) + ZS_EACH(0x7f - (to))) & ZS_TOP)

/*
 * The 4 bytes that 8 digits stand for, in their order; adds to bad what is no digit. forms says whether upper case is
 * one. On a little-endian machine, as all are that run probes.
 */
static __always_inline __u64 zs_hex(__u64 c, __u64 forms, __u64 *bad)
{
	__u64 low = c & ~ZS_TOP;
	__u64 digits = ZS_WITHIN(low, '0', '9') | ZS_WITHIN(low, 'a', 'f') | (ZS_WITHIN(low, 'A', 'F') & forms);
	__u64 x = (low & ZS_EACH(0x0f)) + 9 * (low >> 6 & ZS_EACH(1));

	*bad |= (c & ZS_TOP) | (digits ^ ZS_TOP);
	x = (x << 4 | x >> 8) & 0x00ff00ff00ff00ffull;
	x = (x | x >> 8) & 0x0000ffff0000ffffull;
	return (x | x >> 16) & 0xffffffff;
}

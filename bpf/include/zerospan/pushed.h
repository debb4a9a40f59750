/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Shapes of the tables in which processors tell the probes what to do for them. */
#pragma once

#include <linux/types.h>

#define ZS_CAPTURE_MAX 16 /* names of headers; each costs a comparison for each header of that length */
#define ZS_NAME_WORDS 6
#define ZS_NAME_BYTES (ZS_NAME_WORDS * 8) /* longer names are none of anybody's */

/* Whose headers. */
enum zs_side {
	ZS_SERVER_REQUEST,
	ZS_SERVER_RESPONSE,
	ZS_CLIENT_REQUEST,
	ZS_CLIENT_RESPONSE,
	ZS_SIDES,
};

/* A header that a user wants as an attribute: its name as Go writes it, and on which sides, a bit each. */
struct zs_captured {
	__u64 name[ZS_NAME_WORDS];
	__u32 length, sides;
};

#define ZS_TRUSTED_MAX 16 /* networks; each costs a comparison for each request that names a parent */

/* As addresses lie in memory; IPv4 is IPv4-mapped. */
struct zs_network {
	__u64 address[2], mask[2];
};

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Names of headers that are none of ours, by where they lie in the executable: net/http has the usual ones there, and they
 * need not be read again. A word each, the address and the length: whoever else writes there, it is one whole name.
 */
#pragma once

#include "go.h"
#include "kernel.h"

#define ZS_STRANGERS 64
volatile __u64 zs_strangers[ZS_STRANGERS] = {};

static __always_inline __u64 zs_stranger(const struct go_string *key)
{
	return key->data << 8 | key->length;
}

static __always_inline __u32 zs_stranger_at(const struct go_string *key)
{
	return (key->data ^ key->data >> 6) % ZS_STRANGERS;
}

static __always_inline int zs_is_stranger(const struct go_string *key)
{
	return zs_strangers[zs_stranger_at(key)] == zs_stranger(key);
}

/* A program that lies somewhere else in each process has another name there. */
static __always_inline void zs_remember_stranger(const struct go_string *key)
{
	if (!zs_pie && zs_is_read_only(key->data))
		zs_strangers[zs_stranger_at(key)] = zs_stranger(key);
}

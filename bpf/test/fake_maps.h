/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Maps with the kernel's habits that matter here: a deleted or replaced element of a hash map goes to the next key at
 * once, under whoever still reads it; a full map refuses, unless it is an LRU map, which drops its oldest; arrays are
 * zeroed and never refuse.
 */
#pragma once

#include <bpf/bpf_helpers.h>

#define CPUS_MAX 300 /* more than the probes have scratch for */

void maps_reset(void);
/* The host decides how many entries a hash map has. */
void maps_hash_max(__u32 entries);
/*
 * Whether a freed element may still be read. A program may do so when another CPU freed it; when the program freed it
 * itself, that is a bug, and the address sanitizer tells.
 */
void maps_let_read(int readable);
void *map_lookup(const struct user_shape *shape, const void *key, __u32 cpu);
long map_update(const struct user_shape *shape, const void *key, const void *value, __u32 cpu);
long map_delete(const struct user_shape *shape, const void *key);
/* Calls visit with each live element of a map, if any program has used it. */
void map_each(const char *name, void (*visit)(void *key, void *value, void *context), void *context);

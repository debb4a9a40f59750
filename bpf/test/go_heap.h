/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The memory of the traced programs. Each object has pages of its own, so that a test can take one away. */
#pragma once

#include <linux/types.h>

typedef __u64 go_ptr;

void go_heap_reset(void);
go_ptr go_alloc(__u32 size);
void go_put(go_ptr at, __u64 value);
void go_put_bytes(go_ptr at, const void *bytes, __u32 size);
/* Puts a string's header at an address and its bytes elsewhere; answers where. */
go_ptr go_put_string(go_ptr at, const char *text);
/* The page is swapped out, or never was there. */
void go_lose(go_ptr at);
/* A copy of an object across two pages, of which the second, all but so many bytes, never was there. */
go_ptr go_torn(go_ptr object, __u32 size, __u32 there);
/* The word at an address. */
go_ptr go_get(go_ptr at);
int go_heap_read(void *to, __u32 size, go_ptr from);

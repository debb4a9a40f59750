/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "go_heap.h"

#include <stdlib.h>
#include <string.h>

#define BASE 0xc000000000ull
#define PAGE 4096
#define PAGES 8192

static __u8 memory[PAGES * PAGE];
static __u8 present[PAGES];
static __u32 pages_used;

void go_heap_reset(void)
{
	memset(memory, 0, pages_used * PAGE);
	memset(present, 0, sizeof(present));
	pages_used = 0;
}

go_ptr go_alloc(__u32 size)
{
	__u32 pages = (size + PAGE) / PAGE;
	go_ptr at = BASE + (__u64)pages_used * PAGE;

	if (pages_used + pages > PAGES)
		abort();
	memset(present + pages_used, 1, pages);
	pages_used += pages;
	return at;
}

void go_put_bytes(go_ptr at, const void *bytes, __u32 size)
{
	if (at < BASE || at - BASE + size > sizeof(memory))
		abort();
	memcpy(memory + (at - BASE), bytes, size);
}

void go_put(go_ptr at, __u64 value)
{
	go_put_bytes(at, &value, sizeof(value));
}

go_ptr go_put_string(go_ptr at, const char *text)
{
	__u32 length = text ? strlen(text) : 0;
	go_ptr bytes = length ? go_alloc(length) : 0;

	if (length)
		go_put_bytes(bytes, text, length);
	go_put(at, bytes);
	go_put(at + 8, length);
	return bytes;
}

void go_lose(go_ptr at)
{
	present[(at - BASE) / PAGE] = 0;
}

int go_heap_read(void *to, __u32 size, go_ptr from)
{
	if (from < BASE || from - BASE + size > sizeof(memory))
		return -1;
	for (__u64 page = (from - BASE) / PAGE; page <= (from - BASE + size - 1) / PAGE; page++)
		if (!present[page])
			return -1;
	memcpy(to, memory + (from - BASE), size);
	return 0;
}

go_ptr go_get(go_ptr at)
{
	go_ptr value = 0;

	if (go_heap_read(&value, sizeof(value), at))
		abort();
	return value;
}

go_ptr go_torn(go_ptr object, __u32 size, __u32 there)
{
	go_ptr copy = go_alloc(PAGE + size) + PAGE - there;

	go_put_bytes(copy, memory + (object - BASE), size);
	go_lose(copy + there);
	return copy;
}

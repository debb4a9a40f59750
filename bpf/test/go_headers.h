/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Maps of type net/http.Header as Go lays them out. Keys are given as net/http makes them: canonical. */
#pragma once

#include "go_heap.h"

#define HEADER_VALUES_MAX 3

struct header {
	const char *name;
	const char *values[HEADER_VALUES_MAX];
};

/* Headers "Filler-0", "Filler-1", ... with the given ones at the end; the array is valid until the next call. */
const struct header *go_headers(int number, const struct header *last, int number_last);

/* Go 1.24 and later: a map of up to 8 entries, and a larger one whose table has so many groups. */
go_ptr go_swiss_small(const struct header *headers, int number);
go_ptr go_swiss_map(const struct header *headers, int number, int groups);
/* A key was deleted: its slot is marked so, what lies in it stays. */
void go_swiss_delete(go_ptr map, int slot);

/* Up to Go 1.23: 2^bits buckets, and overflow buckets as needed. */
go_ptr go_classic_map(const struct header *headers, int number, int bits);
/* The same in the midst of growing from 2^old_bits buckets: none but the first old bucket has been moved, by other names. */
go_ptr go_classic_growing(const struct header *headers, int number, int bits, int old_bits);

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "go_headers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 8
#define HEADERS_MAX 512

/* Swiss */
#define GROUP_SIZE 328
#define SLOT_SIZE 40
#define EMPTY 0x80
#define DELETED 0xfe
#define FULL 0x5a

/* classic */
#define BUCKET_SIZE 336
#define BUCKET_KEYS 8
#define BUCKET_VALUES 136
#define BUCKET_OVERFLOW 328
#define EVACUATED 2
#define TOPHASH 0xc3
#define SAME_SIZE_GROW 8

const struct header *go_headers(int number, const struct header *last, int number_last)
{
	static struct header headers[HEADERS_MAX];
	static char names[HEADERS_MAX][16];

	if (number > HEADERS_MAX)
		abort();
	memset(headers, 0, sizeof(headers));
	for (int i = 0; i < number - number_last; i++) {
		snprintf(names[i], sizeof(names[i]), "Filler-%d", i);
		headers[i] = (struct header){names[i], {"value"}};
	}
	memcpy(headers + number - number_last, last, number_last * sizeof(*last));
	return headers;
}

static void put_entry(go_ptr key, go_ptr slice, const struct header *header)
{
	go_ptr values = go_alloc(HEADER_VALUES_MAX * 16);
	int number = 0;

	go_put_string(key, header->name);
	for (; number < HEADER_VALUES_MAX && header->values[number]; number++)
		go_put_string(values + 16 * number, header->values[number]);
	go_put(slice, values);
	go_put(slice + 8, number);
	go_put(slice + 16, number);
}

static void put_byte(go_ptr at, __u8 value)
{
	go_put_bytes(at, &value, 1);
}

/* Header i goes to group i % groups. */
static go_ptr swiss_groups(const struct header *headers, int number, int groups)
{
	go_ptr data = go_alloc(groups * GROUP_SIZE);

	if (number > groups * SLOTS)
		abort();
	for (int i = 0; i < groups * SLOTS; i++)
		put_byte(data + i / SLOTS * GROUP_SIZE + i % SLOTS, EMPTY);
	for (int i = 0; i < number; i++) {
		go_ptr group = data + i % groups * GROUP_SIZE;
		go_ptr slot = group + SLOTS + i / groups * SLOT_SIZE;

		put_byte(group + i / groups, FULL);
		put_entry(slot, slot + 16, &headers[i]);
	}
	return data;
}

static go_ptr swiss_head(int number, go_ptr directory, int tables)
{
	go_ptr map = go_alloc(48);

	go_put(map, number);
	go_put(map + 8, 0x1234567890abcdef); /* seed */
	go_put(map + 16, directory);
	go_put(map + 24, tables);
	return map;
}

go_ptr go_swiss_small(const struct header *headers, int number)
{
	return swiss_head(number, swiss_groups(headers, number, 1), 0);
}

go_ptr go_swiss_map(const struct header *headers, int number, int groups)
{
	go_ptr directory = go_alloc(8), table = go_alloc(32);

	go_put(directory, table);
	go_put(table, number | (__u64)groups * SLOTS << 16);
	go_put(table + 16, swiss_groups(headers, number, groups));
	go_put(table + 24, groups - 1);
	return swiss_head(number, directory, 1);
}

void go_swiss_delete(go_ptr map, int slot)
{
	go_put(map, go_get(map) - 1);
	put_byte(go_get(map + 16) + slot, DELETED);
}

/* Header i goes to bucket i % buckets, behind what is there. */
static go_ptr classic_buckets(const struct header *headers, int number, int buckets)
{
	go_ptr data = go_alloc(buckets * BUCKET_SIZE);

	for (int i = 0; i < number; i++) {
		go_ptr bucket = data + i % buckets * BUCKET_SIZE;
		int slot = i / buckets;

		for (; slot >= SLOTS; slot -= SLOTS) {
			if (!go_get(bucket + BUCKET_OVERFLOW))
				go_put(bucket + BUCKET_OVERFLOW, go_alloc(BUCKET_SIZE));
			bucket = go_get(bucket + BUCKET_OVERFLOW);
		}
		put_byte(bucket + slot, TOPHASH);
		put_entry(bucket + BUCKET_KEYS + 16 * slot, bucket + BUCKET_VALUES + 24 * slot, &headers[i]);
	}
	return data;
}

static go_ptr classic_head(int number, int flags, int bits, go_ptr buckets, go_ptr old_buckets)
{
	go_ptr map = go_alloc(48);

	go_put(map, number);
	put_byte(map + 8, flags);
	put_byte(map + 9, bits);
	go_put(map + 16, buckets);
	go_put(map + 24, old_buckets);
	return map;
}

go_ptr go_classic_map(const struct header *headers, int number, int bits)
{
	return classic_head(number, 0, bits, classic_buckets(headers, number, 1 << bits), 0);
}

go_ptr go_classic_growing(const struct header *headers, int number, int bits, int old_bits)
{
	go_ptr buckets = go_alloc((1 << bits) * BUCKET_SIZE), old = classic_buckets(headers, number, 1 << old_bits);

	for (int i = 0; i < SLOTS && i << old_bits < number; i++) {
		put_byte(old + i, EVACUATED);
		put_byte(buckets + i, TOPHASH);
		put_entry(buckets + BUCKET_KEYS + 16 * i, buckets + BUCKET_VALUES + 24 * i,
			  &(struct header){"Other-Name", {"value"}});
	}
	return classic_head(number, bits == old_bits ? SAME_SIZE_GROW : 0, bits, buckets, old);
}

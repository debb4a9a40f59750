/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "fake_maps.h"

#include <errno.h>
#include <linux/bpf.h>
#include <sanitizer/asan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAPS_MAX 8

struct element {
	void *key, *value;
	int used;
	__u64 age; /* when it was written, in updates of all maps */
};

struct map {
	struct user_shape shape;
	struct element *elements;
	__u32 count;
	struct element **free; /* a stack: what was freed last is given away first */
	__u32 free_count;
	struct element *spare; /* an update of a present key needs no room */
};

static struct map maps[MAPS_MAX];
static __u32 hash_max;
static __u64 updates;
static int freed_readable;

void maps_let_read(int readable)
{
	freed_readable = readable;
}

void maps_hash_max(__u32 entries)
{
	hash_max = entries;
}

void maps_reset(void)
{
	for (struct map *map = maps; map < maps + MAPS_MAX; map++) {
		for (__u32 i = 0; i < map->count; i++) {
			if (map->elements[i].value)
				ASAN_UNPOISON_MEMORY_REGION(map->elements[i].value, map->shape.value_size);
			free(map->elements[i].key);
			free(map->elements[i].value);
		}
		free(map->elements);
		free(map->free);
	}
	memset(maps, 0, sizeof(maps));
}

static int is_lru(const struct map *map)
{
	return map->shape.type == BPF_MAP_TYPE_LRU_HASH;
}

static int is_hash(const struct map *map)
{
	return map->shape.type == BPF_MAP_TYPE_HASH || is_lru(map);
}

static void map_create(struct map *map, const struct user_shape *shape)
{
	map->shape = *shape;
	if (is_hash(map))
		map->count = (is_lru(map) ? shape->max_entries : hash_max) + 1;
	else
		map->count = shape->max_entries * (shape->type == BPF_MAP_TYPE_PERCPU_ARRAY ? CPUS_MAX : 1);
	map->elements = calloc(map->count, sizeof(*map->elements));
	if (!is_hash(map))
		return;
	map->free = calloc(map->count, sizeof(*map->free));
	for (__u32 i = 0; i < map->count; i++) {
		map->elements[i].key = calloc(1, shape->key_size);
		map->elements[i].value = calloc(1, shape->value_size);
		map->free[map->free_count++] = &map->elements[i];
	}
	map->spare = map->free[--map->free_count];
}

static struct map *map_of(const struct user_shape *shape)
{
	struct map *map = maps;

	while (map < maps + MAPS_MAX && map->elements && strcmp(map->shape.name, shape->name))
		map++;
	if (map == maps + MAPS_MAX)
		abort();
	if (!map->elements)
		map_create(map, shape);
	if (map->shape.key_size != shape->key_size || map->shape.value_size != shape->value_size) {
		fprintf(stderr, "%s has two shapes\n", shape->name);
		abort();
	}
	return map;
}

static struct element *hash_find(struct map *map, const void *key)
{
	for (__u32 i = 0; i < map->count; i++)
		if (map->elements[i].used && !memcmp(map->elements[i].key, key, map->shape.key_size))
			return &map->elements[i];
	return 0;
}

void *map_lookup(const struct user_shape *shape, const void *key, __u32 cpu)
{
	struct map *map = map_of(shape);
	struct element *element;
	__u32 index;

	if (is_hash(map)) {
		element = hash_find(map, key);
		return element ? element->value : 0;
	}
	memcpy(&index, key, sizeof(index));
	if (index >= shape->max_entries)
		return 0;
	if (shape->type == BPF_MAP_TYPE_PERCPU_ARRAY)
		index += cpu * shape->max_entries;
	element = &map->elements[index];
	if (!element->value)
		element->value = calloc(1, shape->value_size);
	element->used = 1;
	return element->value;
}

static void retire(const struct map *map, struct element *element)
{
	element->used = 0;
	if (!freed_readable)
		ASAN_POISON_MEMORY_REGION(element->value, map->shape.value_size);
}

static long array_update(const struct user_shape *shape, const void *key, const void *value, __u32 cpu)
{
	void *element = map_lookup(shape, key, cpu);

	if (!element)
		return -E2BIG;
	memcpy(element, value, shape->value_size);
	return 0;
}

/* Which element of an LRU map goes for a new one; none of another map. */
static struct element *hash_oldest(struct map *map)
{
	struct element *oldest = 0;

	for (__u32 i = 0; i < map->count && is_lru(map); i++)
		if (map->elements[i].used && (!oldest || map->elements[i].age < oldest->age))
			oldest = &map->elements[i];
	return oldest;
}

long map_update(const struct user_shape *shape, const void *key, const void *value, __u32 cpu)
{
	struct map *map = map_of(shape);
	struct element *former, *element;

	if (!is_hash(map))
		return array_update(shape, key, value, cpu);
	former = hash_find(map, key);
	if (!former && !map->free_count && !(former = hash_oldest(map)))
		return -E2BIG;
	element = former ? map->spare : map->free[--map->free_count];
	ASAN_UNPOISON_MEMORY_REGION(element->value, map->shape.value_size);
	memcpy(element->key, key, map->shape.key_size);
	memcpy(element->value, value, map->shape.value_size);
	element->used = 1;
	element->age = ++updates;
	if (former) {
		retire(map, former);
		map->spare = former;
	}
	return 0;
}

long map_delete(const struct user_shape *shape, const void *key)
{
	struct map *map = map_of(shape);
	struct element *element = hash_find(map, key);

	if (!element)
		return -ENOENT;
	retire(map, element);
	map->free[map->free_count++] = element;
	return 0;
}

void map_each(const char *name, void (*visit)(void *key, void *value, void *context), void *context)
{
	for (struct map *map = maps; map < maps + MAPS_MAX && map->elements; map++)
		for (__u32 i = 0; i < map->count && !strcmp(map->shape.name, name); i++)
			if (map->elements[i].used)
				visit(map->elements[i].key, map->elements[i].value, context);
}

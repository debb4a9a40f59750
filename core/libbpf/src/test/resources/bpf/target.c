// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Prints the file offsets of first() and second(), then for each "m N" or "t N" read calls first N and second 2 N times. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) void first(void)
{
	asm volatile("nop\n\tnop");
}

__attribute__((noinline)) void second(void)
{
	asm volatile("nop\n\tnop\n\tnop");
}

static long file_offset(void *function)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long from, to, offset;
	char line[512];

	while (maps && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %*s %lx", &from, &to, &offset) == 3 &&
		    (uintptr_t)function >= from && (uintptr_t)function < to) {
			fclose(maps);
			return (uintptr_t)function - from + offset;
		}
	return -1;
}

static void *work(void *count)
{
	for (long i = 0; i < (long)count; i++) {
		first();
		second();
		second();
	}
	return NULL;
}

int main(void)
{
	pthread_t thread;
	char where;
	long count;

	printf("%ld %ld\n", file_offset(first), file_offset(second));
	fflush(stdout);
	while (scanf(" %c %ld", &where, &count) == 2) {
		if (where == 't') {
			pthread_create(&thread, NULL, work, (void *)count);
			pthread_join(thread, NULL);
		} else {
			work((void *)count);
		}
		printf("done\n");
		fflush(stdout);
	}
	return 0;
}

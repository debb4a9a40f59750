/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "runner.h"

#include "go_world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct test *tests;
static jmp_buf failed;
static const char *current;

void test_add(struct test *test)
{
	struct test **end = &tests;

	while (*end)
		end = &(*end)->next;
	*end = test;
}

void test_fail(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	printf("FAILED %s, %s:%d: ", current, file, line);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	longjmp(failed, 1);
}

static int passes(const struct test *test)
{
	current = test->name;
	world_reset();
	if (setjmp(failed))
		return 0;
	test->run();
	EXPECT_EQUAL(probes_slots_busy(), 0);
	return 1;
}

/* Arguments: the folder of the probes' objects, and perhaps a part of the names of the tests to run. */
int main(int count, char **arguments)
{
	int passed = 0, all = 0;

	probes_load(arguments[1]);
	for (struct test *test = tests; test; test = test->next) {
		if (count > 2 && !strstr(test->name, arguments[2]))
			continue;
		all++;
		passed += passes(test);
	}
	kernel_reset();
	printf("%d passed, %d failed\n", passed, all - passed);
	return all == 0 || passed != all;
}

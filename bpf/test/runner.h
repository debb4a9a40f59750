/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Tests that find themselves. The first failed expectation ends a test, and the next begins in a new world. */
#pragma once

struct test {
	const char *name;
	void (*run)(void);
	struct test *next;
};

void test_add(struct test *test);
/* Counts the failure and leaves the test. */
void test_fail(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4), noreturn));

#define TEST(name) \
	static void name(void); \
	__attribute__((constructor)) static void add_##name(void) \
	{ \
		static struct test test = {#name, name, 0}; \
		test_add(&test); \
	} \
	static void name(void)

#define EXPECT(condition) \
	do { \
		if (!(condition)) \
			test_fail(__FILE__, __LINE__, "not so: %s", #condition); \
	} while (0)

#define EXPECT_EQUAL(actual, expected) \
	do { \
		long long actual_ = (long long)(actual), expected_ = (long long)(expected); \
		if (actual_ != expected_) \
			test_fail(__FILE__, __LINE__, "%s is %lld, not %lld", #actual, actual_, expected_); \
	} while (0)

#define EXPECT_TEXT(actual, expected) \
	do { \
		const char *actual_ = (actual), *expected_ = (expected); \
		if (__builtin_strcmp(actual_, expected_)) \
			test_fail(__FILE__, __LINE__, "%s is\n  %s\nnot\n  %s", #actual, actual_, expected_); \
	} while (0)

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The probes as the host sees them: objects that are loaded, given their constants, and then run. */
#pragma once

#include "go_heap.h"
#include <zerospan/tags.h>

enum probe {
	SERVER,
	CLIENT,
	LIFECYCLE,
	SQL,
	SDK_TRACER,
	ROUTES,
	UNWINDING,
	SOCKET,
	MEMORY,
	FUNCTION,
	PROBES,
};

/* The event types that the host gave the probes. */
#define SERVER_TYPE 11
#define CLIENT_TYPE 12
#define SQL_TYPE 13
/* Of one planned function. */
#define FUNCTION_TYPE 14
/* Index of the executable in zs_settings. */
#define EXECUTABLE 5

/* Attribute ids that the host gave, the same for all probes. */
enum attribute {
	NO_ATTRIBUTE,
	METHOD,
	URI,
	HOST,
	PEER,
	PATTERN,
	STATUS,
	MAJOR,
	MINOR,
	TLS,
	PANIC,
	SCHEME,
	OPAQUE,
	USER,
	PATH,
	RAW_PATH,
	QUERY,
	PEER_ADDRESS,
	ERROR_TYPE,
	CUT,
	OPERATION,
	DRIVER,
	BAD_CONNECTION,
	CODE,
	NUMBER,
	ROUTE,
	ROUTE_2,
	ROUTE_3,
	ROUTE_4,
	GOEXIT,
	RESENDS,
	SERVER_HOST,
	SERVER_PORT,
	NAMESPACE,
	TRACESTATE,
	REQUEST_HEADERS,
	RESPONSE_HEADERS,
	LINK,
	CLIENT_IS_PEER,
	ATTRIBUTES,
};

/* ZS_CHAIN_MAX. */
extern const int probes_chain_max;
/* ZS_COOKIE_STACK_CHECK. */
extern const __u64 probes_cookie_stack_check;
/* ZS_KEPT_MAX. */
extern const int probes_kept_max;
/* ZS_COOKIE_RETURN. */
extern const __u64 probes_return_cookie;
/* ZS_COOKIE_CALLER, GO_CALL_BYTES. */
extern const __u64 probes_caller_cookie, probes_call_bytes;

/* Loads the objects that stand in folder; once, before the first test. */
void probes_load(const char *folder);
/* Gives all constants the values of the test's Go world. */
void probes_reset(void);
/* Sets one constant; all probes have it or only some. */
void probes_set(const char *constant, __u64 value);

/* Sets one constant, an array, of a probe that has it. */
/* The constant as one object has it. */
__u32 probes_get(enum probe probe, const char *constant);
void probes_fill(enum probe probe, const char *constant, const void *bytes, __u32 size);

/* Leaves a plan at a site, given by its link-time address. */
struct function_plan;
void probes_plan(__u64 site, const struct function_plan *plan);

/* From now on the client's object is another probe's. */
void probes_client_type(__u16 type);
/* Until the next reset server spans tell their connection's other end. */
void probes_server_peer(void);

/* Runs a program on the goroutine whose g lies there. Its arguments are the integer registers, from 1. */
void probes_run(enum probe probe, const char *program, go_ptr g, const go_ptr arguments[9]);
/* Runs a program on a context of its own kind; its answer. */
int probes_run_on(enum probe probe, const char *program, void *context);
/* Where the next programs hit; with the attach cookie it tells a position-independent executable's bias. */
void probes_ip(__u64 ip);
/* What the stack check of the function just found: whether its branch would be taken. */
void probes_stack_grows(int grows);

/*
 * Where each goroutine's stack begins, and how far from there the next programs hit. 0: each one deeper than the one
 * before, as if all that began were within one another.
 */
#define GO_STACK_TOP 0xc000080000ull
void probes_depth(__u64 bytes);

/* The buffers for records: how many are in use, and taking all of a CPU. */
int probes_slots_busy(void);
void probes_slots_claim(__u32 cpu);
void probes_slots_release(__u32 cpu);

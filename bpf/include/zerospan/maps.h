/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The maps that all probes share. The host creates each once and gives it to every object; an object whose idea of a
 * map's shape differs is refused.
 */
#pragma once

#include "wire.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Spans open at once in one goroutine; children of deeper ones hang on the deepest. Four fit the 256 bytes. */
#define ZS_STACK_MAX 4

enum zs_key_kind {
	ZS_KEY_GOROUTINE = 1,  /* id: goid */
	ZS_KEY_CONTEXT = 2,    /* id: data pointer of a context.Context */
	ZS_KEY_CONNECTION = 3, /* id: hash of the tuple; tgid 0, both ends must find it */
	ZS_KEY_PROCESS = 4,    /* id 0: the process lives and has been seen */
	ZS_KEY_OWN_SPANS = 5,  /* id 0: the process makes spans of its own, which the host has been told */
	ZS_KEY_REMOTE = 6,     /* id: a span's; the span that its headers named, see trust.h */
	ZS_KEY_ADOPTED = 7,    /* id: an open span that has joined another trace than its goroutine's */
	ZS_KEY_CLIENT_CONNECTION = 8, /* id: address of a *net/http.persistConn, see probes/client_connection.h */
};

struct zs_key {
	__u64 id;
	__u32 tgid;
	__u16 kind;
	__u16 zero;
};

/* A TCP connection within one network namespace; IPv4 addresses are IPv4-mapped. */
struct zs_tuple {
	__u8 client[16];
	__u8 server[16];
	__u16 client_port;
	__u16 server_port;
	__u32 netns;
} __attribute__((aligned(8))); /* hashed and compared by words */

/* Where a router keeps the pattern that it chose for a request, see route.h */
struct zs_route {
	__u32 kind; /* enum zs_route_kind */
	__u32 proof_offset;
	__u64 object;
	__u64 proof_at;
	__u64 proof;
	__u64 raw_path;
};

struct zs_frame {
	__u64 span_id;
	__u64 start_ns;
	__u64 object; /* whatever the probe wants to find again at the end */
	__u32 hook;   /* which probe opened it */
	__u32 flags : 8;  /* enum zs_event_flags */
	__u32 stack : 24; /* how deep in the goroutine's stack the function was called, see zs_stack_depth */
};

struct zs_entry {
	struct zs_key key; /* its own key: a reader in another goroutine checks that the slot was not given away */
	__u32 sequence;	   /* odd while being written */
	__u16 depth;
	__u16 overflow; /* spans open beyond the stack */
	__u64 process_start_ns;
	__u8 trace_id[16];
	__u64 base_parent; /* parent of frame 0; the parent of frame n is frame n - 1 */
	__u64 context;	   /* id of the context entry of frame 0 */
	__u64 connection;  /* goroutine: not 0 if it serves one, whose tuple is below; connection: HTTP/2's stream, else 0 */
	__u64 offer;	   /* goroutine: id of the connection entry that its client span left, see connection.h */
	__u32 owner_tgid;
	__u32 fence; /* operand of fences; connection: ZS_OFFER_…, and see probes/http2_client.h */
	union {
		struct zs_tuple tuple;
		struct zs_route route; /* context */
	};
	struct zs_frame frames[ZS_STACK_MAX];
};

_Static_assert(sizeof(struct zs_key) == 16, "shape of zs_contexts");
_Static_assert(sizeof(struct zs_entry) == 256, "shape of zs_contexts");

/* One executable's switches. */
struct zs_settings {
	__u32 armed; /* 0, or the wave of attached probes that act: those whose attach cookie begins with it, see go.h */
	__u32 generation;
};

/* Every way in which something is lost. The host shows each under the name in LossCounters.java. */
enum zs_counter {
	ZS_LOST_RING_FULL,	/* span: the host did not read fast enough */
	ZS_LOST_MAP_FULL,	/* span: more goroutines in flight than zs_contexts holds */
	ZS_LOST_TOO_DEEP,	/* span: nested deeper than the stack */
	ZS_LOST_NO_SCRATCH,	/* span: all buffers of this CPU in use by preempted probes */
	ZS_LOST_READ,		/* attribute: a page of the program was not present */
	ZS_LOST_RECORD_FULL,	/* attribute: the record had no room */
	ZS_LOST_PARENT_RACE,	/* parent: the entry changed while it was read */
	ZS_LOST_PARENT_DEAD,	/* parent: its process has ended */
	ZS_LOST_FAULT,		/* span: the goroutine could not be read */
	ZS_UNKNOWN_CONNECTION,	/* hand-over: neither *net.TCPConn nor *tls.Conn over one */
	ZS_LOST_PROCESS_NEWS,	/* process: no room to tell that one began or ended; the host then looks at all */
	ZS_LOST_HEADERS,	/* parent: more headers than are looked through */
	ZS_LOST_PARENT_MAP_FULL, /* parent: no room to leave a span for children in other goroutines or processes */
	ZS_LOST_HEADERS_INVALID, /* parent: a trace header that its format does not allow */
	ZS_LOST_BUDGET,		/* span: more would cost the program more than its max_overhead */
	/* From here on what became of spans on their way into the next service: PropagationCounters.java. */
	ZS_OUT_CONNECTION_TAKEN, /* by a server of this host */
	ZS_OUT_APPLICATION_OWN_HEADER, /* it has set a trace header itself, which stays: nothing is written */
	ZS_OUT_APPLICATION_OWN_UNKNOWN, /* whether it has can't be known: nothing is written */
	ZS_OUT_SOCKET_WRITTEN, /* into the message */
	ZS_OUT_SOCKET_UNFIT, /* no whole request line, or no HEADERS frame with room, where the request begins */
	ZS_OUT_SOCKET_BUSY, /* too much is unsent for a message to grow safely */
	ZS_OUT_SOCKET_FAILED, /* the kernel gave no memory */
	ZS_OUT_MEMORY_WRITTEN, /* into the program's buffer */
	ZS_OUT_MEMORY_UNFIT, /* not the writer that is expected, or no room in it */
	ZS_OUT_MEMORY_FAILED, /* the page was not there */
	ZS_OUT_SOCKET_TRACESTATE_UNFIT, /* a traceparent went without the tracestate that belongs to it */
	ZS_OUT_MEMORY_TRACESTATE_UNFIT, /* the same */
	ZS_COUNTERS,
};

#define ZS_LOSSES ZS_OUT_CONNECTION_TAKEN

#define ZS_EXECUTABLES_MAX 1024 /* executables attached to at once */

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* the host decides */
	__type(key, struct zs_key);
	__type(value, struct zs_entry);
} zs_contexts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096); /* the host decides */
} zs_events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ZS_EXECUTABLES_MAX);
	__type(key, __u32);
	__type(value, struct zs_settings);
} zs_settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, ZS_COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} zs_counters SEC(".maps");

static __always_inline void zs_count_by(__u32 counter, __u64 number)
{
	__u64 *value = bpf_map_lookup_elem(&zs_counters, &counter);

	if (value)
		__sync_fetch_and_add(value, number);
}

static __always_inline void zs_count(__u32 counter)
{
	zs_count_by(counter, 1);
}

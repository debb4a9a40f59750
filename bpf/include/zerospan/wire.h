/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What crosses from the kernel to the host: one record per finished span, a fixed header and then typed attributes at
 * their true length. Everything is in host byte order except ids, which are bytes in the order they are printed.
 */
#pragma once

#include <linux/types.h>

#define ZS_ABI 1

/* Longest record; the host's reader rejects longer ones. */
#define ZS_RECORD_MAX 4096
/* Longest text attribute; longer ones are cut and marked. Request lines beyond it are rare and no use in a span. */
#define ZS_TEXT_MAX 1024

/* Event types the host does not hand out: news about processes, see news.h */
enum zs_reserved_type {
	ZS_TYPE_OWN_SPANS = 0xfffd,
	ZS_TYPE_EXEC = 0xfffe,
	ZS_TYPE_EXIT = 0xffff,
};

enum zs_kind {
	ZS_INTERNAL = 1,
	ZS_SERVER = 2,
	ZS_CLIENT = 3,
	ZS_PRODUCER = 4,
	ZS_CONSUMER = 5,
};

enum zs_event_flags {
	ZS_EVENT_REMOTE_PARENT = 1, /* the parent is a span of another process or connection */
	ZS_EVENT_ABANDONED = 2,	    /* the function never returned: a panic, or the goroutine is gone */
	ZS_EVENT_UNSAMPLED = 4,	    /* a sampler or the caller decided against this span; its ids travel on all the same */
	ZS_EVENT_DECIDED = 8,	    /* it was a caller outside who decided, in the request's headers */
	/* never in a record: */
	ZS_EVENT_SILENT = 16,	  /* the open span will leave none */
	ZS_EVENT_LINKED = 32,	  /* the headers name a span that is not trusted as a parent, see trust.h */
	ZS_EVENT_TRACESTATE = 64, /* the headers have a tracestate that goes with the parent */
	ZS_EVENT_ADOPTED = 128,	  /* the open span has joined another trace, see probes/own_headers.h */
};

/* The budget is against an open span: it is silent, and so are its children. None has a record, which needs the bit. */
#define ZS_EVENT_LEFT_OUT ZS_EVENT_ABANDONED

/* What of a span's flags stands in its record. */
#define ZS_EVENT_TOLD (ZS_EVENT_REMOTE_PARENT | ZS_EVENT_ABANDONED | ZS_EVENT_UNSAMPLED | ZS_EVENT_DECIDED)

/* How an abandoned span came to its end. */
enum zs_end {
	ZS_END_PANIC = 1,  /* a panic passed through it, and somebody below recovered */
	ZS_END_GOEXIT = 2, /* runtime.Goexit ended its goroutine */
	ZS_END_EXIT = 3,   /* its process ended; the host notes this one */
};

/* What a span hands on to its children. */
#define ZS_EVENT_INHERITED (ZS_EVENT_UNSAMPLED | ZS_EVENT_DECIDED | ZS_EVENT_LEFT_OUT)

enum zs_attr_type {
	ZS_ATTR_TEXT = 1,
	ZS_ATTR_INT = 2,
	ZS_ATTR_BOOL = 3,
	ZS_ATTR_GO_TYPE = 4, /* link-time address of a Go runtime type; the host makes it the type's name */
	ZS_ATTR_ADDR = 5,    /* 16 bytes IPv6 or IPv4-mapped address, u16 port */
	ZS_ATTR_GO_PATH = 6, /* like ZS_ATTR_GO_TYPE; the name has its package's whole path */
	ZS_ATTR_NAMED = 7,   /* 48 bytes name with zeros behind, then a text: an element of the list "attribute.name" */
	ZS_ATTR_LINK = 8,    /* another span: 16 bytes trace id, 8 bytes span id, u64 flags of enum zs_event_flags */
};

enum zs_attr_flags {
	ZS_ATTR_CUT = 1, /* the text was longer than the limit */
};

struct zs_event {
	__u16 abi;
	__u16 type;   /* which object in which executable, given by the host */
	__u32 length; /* of the whole record */
	__u32 tgid;
	__u8 kind; /* 0 in an abandoned span: what the probe declares with SPAN_KIND */
	__u8 flags;
	__u8 attrs;
	__u8 end; /* of an abandoned span: enum zs_end */
	__u64 goid;
	__u64 start_ns; /* CLOCK_MONOTONIC */
	__u64 end_ns;
	__u8 trace_id[16];
	__u64 span_id;
	__u64 parent_id; /* 0: root */
	__u64 process_start_ns;
};

struct zs_attr {
	__u16 id;     /* given by the host to each declared attribute, from 1 */
	__u8 type;
	__u8 flags;
	__u32 length; /* of the value that follows; the next attribute begins at the next multiple of 8 */
};

_Static_assert(sizeof(struct zs_event) == 80, "the host decodes 80 bytes");
_Static_assert(sizeof(struct zs_attr) == 8, "the host decodes 8 bytes");

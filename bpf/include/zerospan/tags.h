/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * How a probe says what it needs. Each declaration becomes a BTF declaration tag in the object file; the host reads the
 * tags, finds hooks, offsets and types in the Go binary, and sets the constants before the object is loaded.
 */
#pragma once

#include <bpf/bpf_helpers.h>
#include <linux/types.h>

#define ZS_TAG(text) __attribute__((btf_decl_tag(text)))

/* The program runs when the Go function starts; "a|b" tries b where a is missing or inlined. */
#define GO_START(symbol) SEC("uprobe") ZS_TAG("zs:start:" symbol)
/* The program runs each time the Go function returns. Not on a panic. */
#define GO_RETURN(symbol) SEC("uprobe") ZS_TAG("zs:return:" symbol)

/* The same for a function that the linker leaves out of programs that never call it: it is not missed there. */
#define GO_START_OPTIONAL(symbol) SEC("uprobe") ZS_TAG("zs:optional_start:" symbol)
#define GO_RETURN_OPTIONAL(symbol) SEC("uprobe") ZS_TAG("zs:optional_return:" symbol)

/*
 * The same without the returns straight behind a call of last, where that can be probed: a program of this probe runs at
 * its start and does there what this one would do. A probe at a start costs a fraction of one on a return.
 */
#define GO_RETURN_OPTIONAL_UNLESS(symbol, last) SEC("uprobe") ZS_TAG("zs:optional_return:" symbol " unless " last)

/*
 * Offset of a field, dotted through structs held by value; "a|b" is b where there is no a. The object is not used where
 * a plain field is missing.
 */
#define GO_FIELD(name, type, field) ZS_TAG("zs:field:" type ":" field) const volatile __u32 name = 0
#define GO_FIELD_OPTIONAL(name, type, field) \
	ZS_TAG("zs:optional_field:" type ":" field) const volatile __u32 name = ZS_NO_FIELD
#define ZS_NO_FIELD 0xffffffffu

/* Link-time address of a runtime type as it stands in an interface; 0 where the binary has no such type. */
#define GO_TYPE(name, type) ZS_TAG("zs:type:" type) const volatile __u64 name = 0

/* Attributes of the span. Names beginning with "zs." are inputs for the receiver and not exported. */
#define SPAN_ATTR_TEXT(name, attribute) ZS_TAG("zs:attr:text:" attribute) const volatile __u16 name = 0
#define SPAN_ATTR_INT(name, attribute) ZS_TAG("zs:attr:int:" attribute) const volatile __u16 name = 0
#define SPAN_ATTR_BOOL(name, attribute) ZS_TAG("zs:attr:bool:" attribute) const volatile __u16 name = 0
#define SPAN_ATTR_GO_TYPE(name, attribute) ZS_TAG("zs:attr:go_type:" attribute) const volatile __u16 name = 0
/* The type's name with its package's whole path: "*github.com/lib/pq.conn". */
#define SPAN_ATTR_GO_PATH(name, attribute) ZS_TAG("zs:attr:go_path:" attribute) const volatile __u16 name = 0
/* Texts by names that are known only when the program runs: lists of texts "attribute.name", the name in lower case. */
#define SPAN_ATTR_NAMED(name, attribute) ZS_TAG("zs:attr:named:" attribute) const volatile __u16 name = 0
/* A link to another span; the attribute's name says nothing. */
#define SPAN_LINK(name, attribute) ZS_TAG("zs:attr:link:" attribute) const volatile __u16 name = 0
#define SPAN_ATTR_ADDR(name, attribute) ZS_TAG("zs:attr:addr:" attribute) const volatile __u16 name = 0

/*
 * Name of the span where no receiver gives a better one. "{db.operation.name} of {zs.table}" takes in attributes; one
 * that is missing leaves nothing behind.
 */
#define SPAN_NAME(text) ZS_TAG("zs:span:" text) const volatile __u8 zs_span_name = 0
/*
 * What a span is whose function never returned: internal, server, client, producer or consumer, as the probe says of the
 * others. Without it: internal.
 */
#define SPAN_KIND(word) ZS_TAG("zs:kind:" word) const volatile __u8 zs_span_kind = 0
/* An attribute that is the same text in each span. */
#define SPAN_CONST(attribute, text) \
	ZS_TAG("zs:const:" attribute "=" text) const volatile __u8 ZS_JOIN(zs_const_, __COUNTER__) = 0

/* What `zerospan components` says of a probe that has no Java beside it: a line, and development, alpha, beta, stable. */
#define PROBE_ABOUT(text) ZS_TAG("zs:about:" text) const volatile __u8 zs_about = 0
#define PROBE_STABILITY(word) ZS_TAG("zs:stability:" word) const volatile __u8 zs_stability = 0

#define ZS_JOIN(a, b) ZS_JOINED(a, b)
#define ZS_JOINED(a, b) a##b
#define ZS_TEXT(number) ZS_QUOTED(number)
#define ZS_QUOTED(number) #number

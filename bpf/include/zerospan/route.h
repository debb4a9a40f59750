/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * How a router's probe tells the server's by which pattern a request's handler was chosen. A router is probed where it
 * begins to look for one: there the instruction is cheap, and what it will find is not known yet. So the probe notes
 * where the pattern will stand, in the entry of the request's context, and the server's probe reads it at the end. By
 * then the router may have given its object to another request. So a note has a proof: a word that the object holds for
 * this request alone, and that routers set for the next one before they touch the pattern. It is compared after the
 * pattern has been read. Include it beside probe.bpf.h.
 */
#pragma once

#include "span.h"

enum zs_route_kind {
	ZS_ROUTE_TEXT = 1, /* object: address of a Go string */
	ZS_ROUTE_PARTS,	   /* of a slice of them, one for each router on the way */
	ZS_ROUTE_REQUEST,  /* of a copy of the request, in which net/http's own router sets its pattern */
};

/* The proof is the word at proof_at itself, and not one behind the pointer that stands there. */
#define ZS_PROOF_DIRECT 0xffffffffu

/* Where a route of the request that this goroutine serves is noted; null if it serves none. */
static __always_inline struct zs_route *zs_route_of(void *ctx)
{
	struct zs_key key = {.tgid = bpf_get_current_pid_tgid() >> 32, .kind = ZS_KEY_GOROUTINE};
	struct zs_entry *entry;

	if (!zs_armed(ctx))
		return 0;
	key.id = go_read_pointer(zs_g((struct zs_regs *)ctx) + go_g_goid);
	entry = key.id ? zs_entry_find(&key) : 0;
	if (!entry || !entry->depth || !entry->context || entry->process_start_ns != zs_process_start())
		return 0;
	key.id = entry->context;
	key.kind = ZS_KEY_CONTEXT;
	entry = zs_entry_find(&key);
	return entry ? &entry->route : 0;
}

/*
 * Notes where the route will stand. The proof is what stands now at proof_at, or at proof_offset behind the pointer
 * that stands there. A proof_at of 0 needs none: the text stays what it is. A pattern at raw_path is none: it is the
 * request's own path, which some routers put there until they find something.
 */
static __always_inline int zs_route_note(struct zs_route *route, __u32 kind, __u64 object, __u64 proof_at,
					 __u32 proof_offset, __u64 raw_path)
{
	__u64 proof = 0;

	route->kind = 0;
	if (proof_at && go_read(&proof, sizeof(proof), proof_at))
		return 0;
	if (proof_at && proof_offset != ZS_PROOF_DIRECT && go_read(&proof, sizeof(proof), proof + proof_offset))
		return 0;
	if (proof_at && !proof)
		return 0;
	route->object = object;
	route->proof_at = proof_at;
	route->proof_offset = proof_offset;
	route->proof = proof;
	route->raw_path = raw_path;
	route->kind = kind;
	return 0;
}

/* Whether the object still belongs to the request. */
static __always_inline int zs_route_stands(const struct zs_route *route)
{
	__u64 word;

	if (!route->proof_at)
		return 1;
	if (go_read(&word, sizeof(word), route->proof_at))
		return 0;
	if (route->proof_offset != ZS_PROOF_DIRECT && go_read(&word, sizeof(word), word + route->proof_offset))
		return 0;
	return word == route->proof;
}

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

/* Where the route of a request is noted. */
struct zs_note {
	struct zs_route *route; /* null: there is no such request */
	struct zs_entry *entry; /* of the request's context, if another goroutine serves it */
	struct zs_key key;	/* its key */
	__u32 sequence;
};

/* Of the request that this goroutine serves. */
static __always_inline void zs_note_own(struct zs_note *note)
{
	struct zs_key key = {.tgid = bpf_get_current_pid_tgid() >> 32, .kind = ZS_KEY_CONTEXT};
	struct zs_entry *entry;

	entry = zs_entry_find(&note->key);
	if (!entry || !entry->depth || !entry->context || entry->process_start_ns != zs_process_start())
		return;
	key.id = entry->context;
	entry = zs_entry_find(&key);
	if (entry)
		note->route = &entry->route;
}

static __always_inline struct zs_note zs_route_of(void *ctx)
{
	struct zs_note note = {};

	if (!zs_armed(ctx))
		return note;
	note.key.kind = ZS_KEY_GOROUTINE;
	note.key.tgid = bpf_get_current_pid_tgid() >> 32;
	note.key.id = go_read_pointer(zs_g((struct zs_regs *)ctx) + go_g_goid);
	if (note.key.id)
		zs_note_own(&note);
	return note;
}

/*
 * Of the request that a context was made in: http.TimeoutHandler calls its handler in another goroutine. The server's
 * may just be giving up, and its entry become another's: that is looked at again when the note is made.
 */
static __always_inline void zs_route_of_context(void *ctx, __u64 context_at, struct zs_note *note)
{
	struct go_interface context;

	if (note->route || !zs_armed(ctx) || go_read(&context, sizeof(context), context_at))
		return;
	note->entry = zs_entry_of_context(context, bpf_get_current_pid_tgid() >> 32, go_bias(ctx), &note->key);
	if (!note->entry)
		return;
	note->sequence = zs_load(note->entry->sequence);
	if (!(note->sequence & 1) && zs_key_equal(&note->entry->key, &note->key))
		note->route = &note->entry->route;
}

/*
 * Notes where the route will stand. The proof is what stands now at proof_at, or at proof_offset behind the pointer
 * that stands there. A proof_at of 0 needs none: the text stays what it is. A pattern at raw_path is none: it is the
 * request's own path, which some routers put there until they find something.
 */
static __always_inline int zs_route_note(struct zs_note *note, __u32 kind, __u64 object, __u64 proof_at,
					 __u32 proof_offset, __u64 raw_path)
{
	struct zs_route *route = note->route;
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
	if (note->entry && (zs_load(note->entry->sequence) != note->sequence ||
			    !zs_key_equal(&note->entry->key, &note->key))) {
		route->kind = 0;
		zs_count(ZS_LOST_PARENT_RACE);
	}
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

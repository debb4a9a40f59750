/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A statement's text. */
#pragma once

#include <zerospan/function.h>
#include <zerospan/keep.h>
#include <zerospan/probe.bpf.h>

SPAN_ATTR_TEXT(attr_query, "zs.query");
SPAN_ATTR_BOOL(attr_cut, "zs.query_cut");

static __always_inline void read_text(struct zs_call *call, struct go_string query)
{
	zs_attr_text(call->slot, attr_query, query.data, query.length);
	if (query.length > ZS_TEXT_MAX)
		zs_attr_bool(call->slot, attr_cut, 1);
}

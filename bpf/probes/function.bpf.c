/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Spans of functions that a configuration names. Arguments are read where the function begins: at its end the collector
 * may have taken them. Results are read where it ends.
 */
#include <zerospan/function.h>
#include <zerospan/keep.h>
#include <zerospan/probe.bpf.h>

#include "function_read.h"

SPAN_NAME("function");

GO_START_PLANNED
int function_start(void *ctx)
{
	struct go_interface context = {};
	const struct function_plan *plan;
	struct function_frame values;
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	plan = zs_plan_here(ctx);
	if (!plan)
		goto leave;
	zs_call_planned(&call, &plan->head);
	function_frame(&values, &call);
	if (plan->context.from != FUNCTION_NOWHERE && function_find(&values, &plan->context))
		context = go_interface(values.words[0], values.words[1]);
	frame = zs_span_start(&call, context);
	if (frame && plan->reads && zs_span_wanted(frame)) {
		zs_keep_begin(&call);
		function_read_all(&call, plan, &values);
		zs_keep(&call, frame->span_id);
	}
leave:
	zs_leave(&call);
	return 0;
}

GO_RETURN_PLANNED
int function_end(void *ctx)
{
	const struct function_plan *plan;
	struct function_frame values;
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	plan = zs_plan_here(ctx);
	if (!plan)
		goto leave;
	zs_call_planned(&call, &plan->head);
	frame = zs_span_find(&call);
	if (!frame)
		goto leave;
	if (zs_span_record(&call, frame, plan->kind)) {
		if (plan->keeps)
			zs_attr_kept(&call, frame->span_id);
		function_frame(&values, &call);
		function_read_all(&call, plan, &values);
		zs_span_submit(&call);
	}
	zs_span_pop(&call);
leave:
	zs_leave(&call);
	return 0;
}

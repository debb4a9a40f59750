/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The program makes spans of its own: its OpenTelemetry SDK starts one, sampled or not. Told once for each process; the
 * host then takes the probe out of it. An SDK that is linked and not used never comes here.
 */
#include <linux/errno.h>
#include <zerospan/kernel.h>
#include <zerospan/kernel_stack.h>
#include <zerospan/news.h>
#include <zerospan/tags.h>

char LICENSE[] SEC("license") = "GPL";

/* Start is called through an interface and newSpan by it alone: in all versions so far neither was inlined. */
GO_START("go.opentelemetry.io/otel/sdk/trace.(*tracer).Start|go.opentelemetry.io/otel/sdk/trace.(*tracer).newSpan")
int sdk_span_starts(void *ctx)
{
	struct zs_entry mark = {
		.key = {.tgid = bpf_get_current_pid_tgid() >> 32, .kind = ZS_KEY_OWN_SPANS},
		.process_start_ns = zs_process_start(),
	};
	struct zs_entry *told;
	long error;

	zs_keep_kernel_stack();
	told = bpf_map_lookup_elem(&zs_contexts, &mark.key);
	if (told && told->process_start_ns == mark.process_start_ns)
		return 0;
	error = bpf_map_update_elem(&zs_contexts, &mark.key, &mark, told ? BPF_ANY : BPF_NOEXIST);
	if (error == -EEXIST) /* of the threads that come here together one tells */
		return 0;
	if (error)
		zs_count(ZS_LOST_PROCESS_NEWS);
	else if (zs_tell(ZS_TYPE_OWN_SPANS, mark.key.tgid))
		bpf_map_delete_elem(&zs_contexts, &mark.key); /* the next span tries again */
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Probes a function that its library does not have. */
#include <zerospan/probe.bpf.h>
#include <zerospan/function.h>

GO_START("github.com/redis/go-redis/v9.(*Client).Proces")
int start(void *ctx)
{
	return zs_function_start(ctx, go_interface(0, 0), 0);
}

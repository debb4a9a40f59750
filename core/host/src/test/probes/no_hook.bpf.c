/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Forgot to say where it goes. */
#include <zerospan/probe.bpf.h>

SEC("uprobe") int start(void *ctx)
{
	return 0;
}

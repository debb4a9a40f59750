/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Two to the power of thirty ways, each with a stack of its own: the verifier gives up after a million instructions. */
#include <zerospan/probe.bpf.h>

#define FOR_EACH(DO)                                                                                           \
	DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14)           \
	DO(15) DO(16) DO(17) DO(18) DO(19) DO(20) DO(21) DO(22) DO(23) DO(24) DO(25) DO(26) DO(27) DO(28) DO(29)
#define CLEAR(i) seen[i] = 0;
#define PERHAPS_SET(i)                   \
	if (bpf_get_prandom_u32() & 1) \
		seen[i] = i + 1;
#define ADD(i) sum += seen[i];

GO_START("net/http.(*conn).readRequest")
int start(void *ctx)
{
	volatile __u64 seen[30];
	__u64 sum = 0;

	FOR_EACH(CLEAR)
	FOR_EACH(PERHAPS_SET)
	FOR_EACH(ADD)
	return sum == 3;
}

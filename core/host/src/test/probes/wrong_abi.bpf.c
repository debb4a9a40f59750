/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* As if compiled against the header of another version. */
#include <zerospan/span.h>

char LICENSE[] SEC("license") = "GPL";
ZS_TAG("zs:abi:99") const volatile __u16 zs_abi = 99;

GO_START("net/http.serverHandler.ServeHTTP")
int start(void *ctx)
{
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The one header to include in a probe. What not every program has stands in headers of its own, because a program
 * without the fields that a probe declares is not traced by it: connection.h wants TCP. keep.h remembers a text from the
 * start of a span to its end, function.h has short forms for a span that is one call of one function. headers.h finds a parent
 * in a net/http.Header.
 */
#pragma once

#include "span.h"

char LICENSE[] SEC("license") = "GPL";

/* What the host compares before it trusts anything else in the object. */
ZS_TAG("zs:abi:" ZS_TEXT(ZS_ABI)) const volatile __u16 zs_abi = ZS_ABI;

/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The one header to include in a probe. What not every program has stands in headers of its own, because a program
 * without the fields that a probe declares is not traced by it: connection.h wants TCP.
 */
#pragma once

#include "span.h"

char LICENSE[] SEC("license") = "GPL";
